"""The gate: passphrase, recovery sheet, salvage."""
