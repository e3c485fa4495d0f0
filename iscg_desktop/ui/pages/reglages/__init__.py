"""Réglages: one section a file."""
