"""Use cases: one method, one transaction, one set of changes."""
