"""Conformité: rights, deadlines, journal, passation."""
