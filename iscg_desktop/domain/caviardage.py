"""Taking one person's words out of the texts about others: pure, a text in, a text out.

What is taken out is what names her or reaches her: her names, her nickname, her telephones, where she
lives and gets her mail.
A word that another person of the dossier bears too (the name of a couple) stays: it no longer tells of her alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from iscg_desktop.domain.noms import PARTICULES, folded
from iscg_desktop.domain.personne import Identite
from iscg_desktop.domain.recherche import phones

MARQUE: Final = "[…]"
"""What stands in the place of what was taken out."""
_PART = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\+?\d[\d \u00a0\u202f.\-/()]{6,}\d")
_MAIL = re.compile(r"[^\s<>(),;]+@[^\s<>(),;]+")
_SHORTEST: Final = 2
_SHORTEST_ADDRESS: Final = 6


@dataclass(frozen=True, slots=True)
class Signalement:
    """What a person is recognised by in a text.

    Attributes:
        mots: Folded words of her names.
        numeros: Significant digits of her telephones.
        courriels: Her addresses for mail, folded.
        adresses: Where she lives, each line as it is written.
    """

    mots: frozenset[str]
    numeros: frozenset[str]
    courriels: frozenset[str]
    adresses: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.mots or self.numeros or self.courriels or self.adresses)


def signalement(identites: Iterable[Identite], autres: Iterable[Identite] = ()) -> Signalement:
    """What tells one person, however many lines of the coffre hold her, from the others named."""
    mine, theirs = _all_of(identites), _all_of(autres)
    return Signalement(
        mine.mots - theirs.mots,
        mine.numeros - theirs.numeros,
        mine.courriels - theirs.courriels,
        mine.adresses - theirs.adresses,
    )


def _all_of(identites: Iterable[Identite]) -> Signalement:
    mots: set[str] = set()
    numeros: set[str] = set()
    courriels: set[str] = set()
    adresses: set[str] = set()
    for one in identites:
        for name in (one.nom_naissance, one.nom_usage, one.prenom, one.surnom):
            parts = [folded(part) for part in _PART.findall(name)]
            mots |= {part for part in parts if len(part) >= _SHORTEST and part not in PARTICULES}
        numeros |= {*phones(one.telephone), *phones(one.contact_sur)}
        lines = (" ".join(line.split()) for line in one.adresse.splitlines())
        adresses |= {line for line in lines if len(line) >= _SHORTEST_ADDRESS}
        courriels |= {
            folded(mail) for text in (one.courriel, one.contact_sur) for mail in _MAIL.findall(text)
        }
    return Signalement(frozenset(mots), frozenset(numeros), frozenset(courriels), frozenset(adresses))


def redacted(text: str, who: Signalement) -> str:
    """The text without what she is recognised by; the same text when it holds nothing of the kind."""
    if not who or not text:
        return text
    text = _MAIL.sub(lambda found: MARQUE if folded(found[0].strip(".")) in who.courriels else found[0], text)
    text = _NUMBER.sub(lambda found: MARQUE if _rings(found[0], who) else found[0], text)
    for adresse in who.adresses:
        text = re.sub(r"\s+".join(map(re.escape, adresse.split())), MARQUE, text, flags=re.IGNORECASE)
    return _PART.sub(lambda part: MARQUE if folded(part[0]) in who.mots else part[0], text)


def _rings(figures: str, who: Signalement) -> bool:
    """Whether some figures hold one of her numbers, whatever stands glued before or after it."""
    digits = "".join(c for c in figures if c.isdecimal())
    return any(number in digits for number in who.numeros)


def designe(texts: Iterable[str], who: Signalement) -> bool:
    """Whether texts that are not about her speak of her all the same: by what reaches her, or by two of her names.

    One name alone may be anybody's, unless she has no other.
    """
    known: set[str] = set()
    for text in texts:
        if any(folded(found.strip(".")) in who.courriels for found in _MAIL.findall(text)):
            return True
        if any(_rings(found, who) for found in _NUMBER.findall(text)):
            return True
        known |= {folded(part) for part in _PART.findall(text)} & who.mots
    return bool(known) and len(known) >= min(2, len(who.mots))
