"""The note of information in the language of the person: its words, with places for who and for how long.

A translation is shipped « à faire relire »: it becomes good once she says that a reader of that language checked it.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from iscg_desktop.domain.canonical import Cleaned
from iscg_desktop.errors import Problem

PLACES: Final = frozenset(
    {"nom", "qualite", "employeur", "mois", "fondement", "ecrire", "adresse", "dpo", "date"}
)
"""What braces may hold."""
LONGEST: Final = 1_200
"""Characters of one paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraphe(Cleaned):
    """A title and its words."""

    titre: str = ""
    texte: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLangue(Cleaned):
    """The note in one language.

    Attributes:
        code: ISO 639-1.
        langue: Name of the language, in itself.
        remise: Line under the title, with the day.
        interet_public: The ground and who answers for what is noted, for a public employer; ``interet_legitime`` for
            a private one.
        a_moi: How to write to her; ``au_dpo`` to whom the employer named, ``cnil`` to the authority.
        securite: The warning at the foot.
        relue_le: Day on which she said that a reader checked it; None: « à faire relire ».
        modifiee: Whether she changed its words.
    """

    code: str
    langue: str
    titre: str
    remise: str
    sections: tuple[Paragraphe, ...]
    interet_public: str
    interet_legitime: str
    a_moi: str
    au_dpo: str
    cnil: str
    securite: str
    relue_le: date | None = None
    modifiee: bool = False

    def check(self) -> tuple[Problem, ...]:
        """All that is wrong with its words: an empty one, one too long, a place that does not exist."""
        problems = []
        for name, words in self.words().items():
            if not words.strip():
                problems.append(Problem(name, "note_vide"))
            elif len(words) > LONGEST:
                problems.append(Problem(name, "texte_trop_long", {"maximum": LONGEST}))
            elif unknown := _unknown_places(words):
                problems.append(Problem(name, "note_place_inconnue", {"place": unknown}))
        if not any("{ecrire}" in each.texte for each in self.sections):
            problems.append(Problem("sections", "note_sans_ecrire"))
        return tuple(problems)

    def words(self) -> dict[str, str]:
        """Each of its texts by the name of its field."""
        plain = (
            "titre",
            "remise",
            "interet_public",
            "interet_legitime",
            "a_moi",
            "au_dpo",
            "cnil",
            "securite",
        )
        found = {name: str(getattr(self, name)) for name in plain}
        for rank, each in enumerate(self.sections):
            found |= {f"sections.{rank}.titre": each.titre, f"sections.{rank}.texte": each.texte}
        return found

    def with_words(self, words: Mapping[str, str]) -> NoteLangue:
        """The same note with other words; whoever changes them has them read again."""
        sections = tuple(
            Paragraphe(titre=words[f"sections.{rank}.titre"], texte=words[f"sections.{rank}.texte"])
            for rank in range(len(self.sections))
        )
        plain = {name: text for name, text in words.items() if not name.startswith("sections.")}
        changed: dict[str, Any] = {**plain, "sections": sections}
        return replace(self, **changed, relue_le=None, modifiee=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRemplie(Cleaned):
    """A note whose places are filled: what is printed."""

    langue: str
    titre: str
    remise: str
    paragraphes: tuple[Paragraphe, ...] = field(default=())
    securite: str = ""


def remplie(note: NoteLangue, values: Mapping[str, str], *, public: bool) -> NoteRemplie:
    """The note with its places filled.

    Args:
        note: Its words.
        values: ``nom``, ``qualite``, ``employeur``, ``mois``, ``adresse``, ``dpo`` ("" for none), ``date``.
        public: Whether the employer is a public one.
    """
    ground = _fill(note.interet_public if public else note.interet_legitime, values)
    lines = [note.a_moi, *([note.au_dpo] if values.get("dpo", "").strip() else []), note.cnil]
    filled = {**values, "fondement": ground, "ecrire": "\n".join(_fill(line, values) for line in lines)}
    return NoteRemplie(
        langue=note.code,
        titre=_fill(note.titre, filled),
        remise=_fill(note.remise, filled),
        paragraphes=tuple(
            Paragraphe(titre=_fill(each.titre, filled), texte=_fill(each.texte, filled))
            for each in note.sections
        ),
        securite=_fill(note.securite, filled),
    )


def _fill(words: str, values: Mapping[str, str]) -> str:
    """Words with their places filled, once: what fills one is never read for places."""
    return "".join(
        before + (values.get(name, "") if name else "")
        for before, name, _, _ in string.Formatter().parse(words)
    )


def _unknown_places(words: str) -> str:
    """The first thing between braces that is no place; "{" when a brace is not closed."""
    try:
        names = [name for _, name, _, _ in string.Formatter().parse(words) if name is not None]
    except ValueError:
        return "{"
    return next((name or "{}" for name in names if name not in PLACES), "")
