"""Which dossiers a list shows, and in what order: filters, sort, and the views that name both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from iscg_desktop.domain.dates import months_before
from iscg_desktop.errors import Problem


class Etat(StrEnum):
    """Whether a dossier is still open."""

    OUVERT = "ouvert"
    CLOS = "clos"


class Contact(StrEnum):
    """When the last contact was, counted from today: a view keeps its meaning from one month to the next."""

    MOINS_DE_30_JOURS = "moins_de_30_jours"
    MOINS_DE_3_MOIS = "moins_de_3_mois"
    MOINS_D_UN_AN = "moins_d_un_an"
    PLUS_DE_3_MOIS = "plus_de_3_mois"
    PLUS_DE_6_MOIS = "plus_de_6_mois"
    PLUS_D_UN_AN = "plus_d_un_an"

    def bornes(self, today: date) -> tuple[date | None, date | None]:
        """First and last day of contact it lets through; None where there is no bound."""
        if self is Contact.MOINS_DE_30_JOURS:
            return today - timedelta(days=30), None
        limit = months_before(today, _MONTHS[self])
        recent = self in (Contact.MOINS_DE_3_MOIS, Contact.MOINS_D_UN_AN)
        return (limit, None) if recent else (None, limit - timedelta(days=1))


_MONTHS = {
    Contact.MOINS_DE_3_MOIS: 3,
    Contact.MOINS_D_UN_AN: 12,
    Contact.PLUS_DE_3_MOIS: 3,
    Contact.PLUS_DE_6_MOIS: 6,
    Contact.PLUS_D_UN_AN: 12,
}


class Signe(StrEnum):
    """What a dossier may carry and that calls for something."""

    A_REVOIR = "a_revoir"
    RELANCE_DUE = "relance_due"
    SANS_RETOUR = "sans_retour"
    MINEUR = "mineur"


class Colonne(StrEnum):
    """What the list is sorted by."""

    NUMERO = "numero"
    PERSONNES = "personnes"
    PROBLEMATIQUE = "problematique"
    UNITE = "unite"
    ENTRETIENS = "entretiens"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Tri:
    """A column and a direction; dossiers that are equal there come by last contact, the newest first."""

    colonne: Colonne = Colonne.CONTACT
    descendant: bool = True


@dataclass(frozen=True, slots=True)
class Filtre:
    """What a dossier must be to be shown: one of the answers of each kind, and all its signs.

    Attributes:
        familles: Families of the problématique principale.
        communes: INSEE codes; where one of its persons lives.
        signes: All of them are wanted.
    """

    etats: frozenset[Etat] = frozenset()
    unites: frozenset[int] = frozenset()
    familles: frozenset[str] = frozenset()
    communes: frozenset[str] = frozenset()
    regimes: frozenset[str] = frozenset()
    contacts: frozenset[Contact] = frozenset()
    signes: frozenset[Signe] = frozenset()

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))

    def codes(self) -> tuple[str, ...]:
        """Each answer as « kind:answer », in a fixed order."""
        return tuple(
            f"{each.name}:{answer}" for each in fields(self) for answer in sorted(getattr(self, each.name))
        )

    @classmethod
    def of_codes(cls, codes: Iterable[str]) -> Filtre:
        """The filter that ``codes`` gave; what it does not know is passed over."""
        found: dict[str, set[Any]] = {}
        for code in codes:
            kind, _, answer = code.partition(":")
            value = _read(kind, answer)
            if value is not None:
                found.setdefault(kind, set()).add(value)
        return cls(**{kind: frozenset(values) for kind, values in found.items()})


_CLOSED = {"etats": Etat, "contacts": Contact, "signes": Signe}
_OPEN = ("familles", "communes", "regimes")


def _read(kind: str, answer: str) -> object:
    """One answer of a kind; None when it is none."""
    if kind in _CLOSED:
        return next((member for member in _CLOSED[kind] if member.value == answer), None)
    if kind == "unites":
        return int(answer) if answer.isascii() and answer.isdecimal() and len(answer) < 16 else None
    return answer if kind in _OPEN and answer else None


LONGEST_NAME = 60
"""Characters of the name of a view."""


@dataclass(frozen=True, slots=True)
class Vue:
    """A named filter and its sort.

    Attributes:
        code: Stable name of a shipped view; empty for one of hers.
    """

    nom: str
    filtre: Filtre = field(default_factory=Filtre)
    tri: Tri = field(default_factory=Tri)
    code: str = ""

    def check(self, others: Iterable[str]) -> tuple[Problem, ...]:
        """What forbids keeping it, given the names of the shipped views."""
        nom = self.nom.strip()
        if not nom:
            return (Problem("nom", "vue_sans_nom"),)
        if len(nom) > LONGEST_NAME:
            return (Problem("nom", "vue_nom_long", {"maximum": LONGEST_NAME}),)
        if nom.casefold() in {other.casefold() for other in others}:
            return (Problem("nom", "vue_deja_fournie"),)
        return ()

    def to_json(self) -> dict[str, Any]:
        """As the coffre keeps it."""
        return {
            "nom": self.nom,
            "filtre": list(self.filtre.codes()),
            "tri": self.tri.colonne.value,
            "descendant": self.tri.descendant,
        }

    @classmethod
    def from_json(cls, kept: object) -> Vue | None:
        """The view that was kept; None when it is no view."""
        if not isinstance(kept, dict) or not isinstance(kept.get("nom"), str) or not kept["nom"].strip():
            return None
        codes = kept.get("filtre")
        wanted = [code for code in codes if isinstance(code, str)] if isinstance(codes, list) else []
        column = next((each for each in Colonne if each.value == kept.get("tri")), Colonne.CONTACT)
        return cls(kept["nom"], Filtre.of_codes(wanted), Tri(column, kept.get("descendant") is not False))


TOUS = Vue("Tous", code="tous")
VUES_FOURNIES: tuple[Vue, ...] = (
    TOUS,
    Vue("Ouverts", Filtre(etats=frozenset({Etat.OUVERT})), code="ouverts"),
    Vue("À revoir avec le référent", Filtre(signes=frozenset({Signe.A_REVOIR})), code="a_revoir"),
    Vue("Fiche sans retour", Filtre(signes=frozenset({Signe.SANS_RETOUR})), code="sans_retour"),
    Vue(
        "Sans contact depuis 3 mois",
        Filtre(etats=frozenset({Etat.OUVERT}), contacts=frozenset({Contact.PLUS_DE_3_MOIS})),
        Tri(Colonne.CONTACT, descendant=False),
        code="sans_contact",
    ),
)
"""The views every coffre has."""
