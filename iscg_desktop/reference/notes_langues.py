"""The note of information in the languages that are shipped, as ``resources/information`` gives them."""

from __future__ import annotations

import json
from functools import cache

from iscg_desktop.domain.note_langue import NoteLangue, Paragraphe
from iscg_desktop.paths import resources

FRANCAIS = "fr"
"""Code of the one that nobody needs to read again: it was written in this language."""


@cache
def shipped_notes() -> dict[str, NoteLangue]:
    """Each by its code: French first, the others by the name of the language."""
    notes = []
    for path in (resources() / "information").glob("*.json"):
        data = json.loads(path.read_text(encoding="utf-8"))
        sections = tuple(Paragraphe(**each) for each in data.pop("sections"))
        notes.append(NoteLangue(**data, sections=sections))
    notes.sort(key=lambda each: (each.code != FRANCAIS, each.langue))
    return {each.code: each for each in notes}
