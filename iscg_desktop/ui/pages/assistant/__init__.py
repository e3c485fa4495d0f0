"""The first-run assistant, until the coffre exists."""
