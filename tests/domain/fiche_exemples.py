"""Contents of fiches used by several tests; every name is fictitious."""

from __future__ import annotations

import string
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.fiche_liaison import GABARIT, FicheContent
from iscg_desktop.domain.fiche_sections import (
    Accord,
    Base,
    BasePartage,
    Canal,
    ContactSur,
    Destinataire,
    Diplome,
    Emetteur,
    Employeur,
    InformationAccord,
    Personne,
    TypeFiche,
    Urgence,
)

TODAY = date(2026, 11, 23)

MINIMALE = FicheContent(
    etablie_le=TODAY,
    type=TypeFiche.EVALUATION,
    urgence=Urgence.SOUS_48H,
    emetteur=Emetteur(
        nom="Claire Duval",
        diplome=Diplome.ASSISTANT_SERVICE_SOCIAL,
        qualite="Assistante de service social",
        employeur="Département des Ardennes",
        nature_employeur=Employeur.DEPARTEMENT,
    ),
    destinataire=Destinataire(service="CDAS de Vallière", canal=Canal.MAIN_PROPRE),
    personne=Personne(nom_naissance="Lambert", prenom="Nadia", naissance=Naissance(date=date(1988, 3, 12))),
    contact_sur=ContactSur(numero="06 00 00 00 01", ne_pas_laisser_de_message=True),
    motif="Demande d’évaluation sociale.",
    information=InformationAccord(informee_le=TODAY, accord=Accord.OUI),
    base=BasePartage(base=Base.ACCORD),
)


def fiche_contents(text: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[FicheContent]:
    """Contents with every field drawn, from the annotations of the dataclasses."""
    drawn: st.SearchStrategy[FicheContent] = _values(
        FicheContent, st.text(max_size=12) if text is None else text
    )
    return drawn


def _values(kind: Any, text: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    if get_origin(kind) is UnionType:
        return st.none() | _values(get_args(kind)[0], text)
    if get_origin(kind) is tuple:
        return st.lists(_values(get_args(kind)[0], text), max_size=3).map(tuple)
    if get_origin(kind) is frozenset:
        return st.frozensets(_values(get_args(kind)[0], text))
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        drawn = {name: _values(hints[name], text) for name in hints}
        if "gabarit" in drawn:
            drawn["gabarit"] = st.just(GABARIT)
        return st.builds(kind, **drawn)  # type: ignore[arg-type]
    if issubclass(kind, StrEnum):
        return st.sampled_from(kind)
    return {
        str: text,
        bool: st.booleans(),
        int: st.integers(0, 2026),
        date: st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    }[kind]


def filled(kind: Any = FicheContent, path: str = "") -> Any:
    """A value with every text set to the marker of its path, so that each leaf is recognised."""
    if get_origin(kind) is UnionType:
        kind = get_args(kind)[0]
    if get_origin(kind) is tuple:
        return (filled(get_args(kind)[0], path),)
    if get_origin(kind) is frozenset:
        return frozenset(get_args(kind)[0])
    if kind is Naissance:
        return Naissance(date=date(1988, 3, 12))
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{f.name: filled(hints[f.name], f"{path}.{f.name}".strip(".")) for f in fields(kind)})  # type: ignore[operator]
    if issubclass(kind, StrEnum):
        return next(iter(kind))
    return {str: marker(path), bool: True, int: GABARIT, date: TODAY}[kind]


def marker(path: str) -> str:
    """What ``filled`` writes at a path: short, one word, made of letters that every font has."""
    number = sum(ord(c) * 131**i for i, c in enumerate(path))
    return "Q" + "".join(string.ascii_uppercase[number // 26**i % 26] for i in range(8))
