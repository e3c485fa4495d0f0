"""Read-only Qt models over frozen dataclasses."""
