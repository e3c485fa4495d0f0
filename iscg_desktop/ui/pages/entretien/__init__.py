"""The entretien: recorded, read, amended."""
