"""Saisines: the triage grid and what became of each."""
