"""Dossiers and the people in them: the list, one dossier, one person, doublons."""
