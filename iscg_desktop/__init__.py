"""ISCG Desktop: the encrypted case book of an intervenant social en commissariat et gendarmerie."""

__version__ = "0.1.0"
