"""Warns that a saisine may concern somebody the coffre knows already; the one place where that search is made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from iscg_desktop.domain.dossier import DossierLine
from iscg_desktop.domain.saisine import Saisine, noms_cites, numeros_cites
from iscg_desktop.storage.dossiers import digits, folded
from iscg_desktop.storage.transaction import Repositories

MOST = 5
"""Dossiers named in a warning: more would not be read."""

_LOOKED_AT = 30  # dossiers a word may find before the others are passed over


@dataclass(frozen=True, slots=True)
class Doublon:
    """A dossier that may concern the same person.

    Attributes:
        raison: Whether it is the telephone number or a name.
        sans_message: One of its persons must be left no message.
        contact_sur: Where one of its persons is safely reached; "" when nobody noted it.
    """

    dossier: DossierLine
    raison: Literal["telephone", "nom"]
    sans_message: bool = False
    contact_sur: str = ""


def find_doublons(read: Repositories, saisine: Saisine) -> tuple[Doublon, ...]:
    """Dossiers with the same telephone number first, then with a name that reads in the saisine."""
    found: dict[int, Doublon] = {}
    for dossier in _by_number(read, saisine):
        found.setdefault(dossier.id, _with_warnings(read, dossier, "telephone"))
    for dossier in _by_name(read, saisine):
        found.setdefault(dossier.id, _with_warnings(read, dossier, "nom"))
    return tuple(found.values())[:MOST]


def _by_number(read: Repositories, saisine: Saisine) -> Iterable[DossierLine]:
    for number in numeros_cites(saisine.telephone, saisine.contact_sur, saisine.demandeur, saisine.motif):
        wanted = digits(number)
        for line in read.dossiers.search(wanted, _LOOKED_AT):
            people = [personne.identite for personne, _, _ in read.personnes.of_dossier(line.id)]
            # The numbers of fiches are searched too: only a telephone of a person is meant here.
            if any(wanted in (digits(who.telephone), digits(who.contact_sur)) for who in people):
                yield line


def _by_name(read: Repositories, saisine: Saisine) -> Iterable[DossierLine]:
    words = noms_cites(f"{saisine.demandeur} {saisine.motif}")
    scores: dict[int, tuple[int, DossierLine]] = {}
    for word in words:
        for line in read.dossiers.search(word, _LOOKED_AT):
            named = folded(word) in folded(line.noms).replace(",", " ").split()
            if named:
                surname = folded(word) in folded(_surnames(line.noms)).split()
                score, _ = scores.get(line.id, (0, line))
                scores[line.id] = (score + (2 if surname else 1), line)
    # A first name alone would find half of the coffre.
    ranked = sorted(scores.values(), key=lambda pair: (-pair[0], pair[1].numero))
    return (line for score, line in ranked if score >= 2)


def _surnames(noms: str) -> str:
    """The words in capitals of « LE GOFF Maëlle, PÉRON Anaïs »."""
    return " ".join(word for word in noms.replace(",", " ").split() if word.isupper())


def _with_warnings(read: Repositories, line: DossierLine, raison: Literal["telephone", "nom"]) -> Doublon:
    people = [personne.identite for personne, _, _ in read.personnes.of_dossier(line.id)]
    return Doublon(
        line,
        raison,
        any(who.sans_message for who in people),
        " · ".join(
            " ".join(filter(None, (who.contact_sur, who.contact_sur_horaires)))
            for who in people
            if who.contact_sur or who.contact_sur_horaires
        ),
    )
