"""A coffre of fictitious dossiers, made through the same use cases as the real ones."""
