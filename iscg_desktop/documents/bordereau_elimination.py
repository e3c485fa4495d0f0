"""The bordereau d'élimination: what a public employer's archives service signs before dossiers are erased.

Source: articles L212-2 and R212-14 of the Code du patrimoine. It describes the dossiers without naming anyone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable, Spacer

from iscg_desktop.documents import fonts, layout
from iscg_desktop.documents.layout import Box, Row
from iscg_desktop.documents.page import furniture
from iscg_desktop.documents.pdf import build
from iscg_desktop.domain.dates import format_date, format_date_courte

TITLE = "Bordereau d’élimination"
_WHY = (
    "Durée d’utilité administrative échue\u00a0; dossiers sans intérêt historique. Élimination par effacement du"
    " coffre chiffré."
)


@dataclass(frozen=True, slots=True)
class LigneElimination:
    """One dossier to be eliminated; no name.

    Attributes:
        ouvert_le: Its first day; ``dernier_contact`` its last.
        regime: Label of its regime.
        pieces: How many pièces jointes it holds.
    """

    numero: str
    ouvert_le: date
    dernier_contact: date
    regime: str
    entretiens: int
    pieces: int


def render_bordereau_elimination(
    lignes: Sequence[LigneElimination], employeur: str, intervenant: str, jour: date
) -> bytes:
    """The bordereau, to be signed by the producer and by the archives."""
    fonts.register()
    count = f"{len(lignes)} dossier" if len(lignes) == 1 else f"{len(lignes)} dossiers"
    story: list[Flowable] = [
        *layout.titled(TITLE, f"{employeur} · {intervenant} · {format_date(jour)} · {count}"),
        Row(("Producteur", layout.text(employeur))),
        Row(
            (
                "Nature",
                layout.text("Dossiers individuels d’intervention sociale en commissariat et gendarmerie"),
            )
        ),
        Row(("Motif", layout.text(_WHY))),
        Spacer(0, 10),
        *(block for ligne in lignes for block in (_ligne(ligne), Spacer(0, 2))),
        Spacer(0, 12),
        _signature("Pour le service producteur"),
        Spacer(0, 8),
        _signature("Visa du directeur des Archives départementales"),
    ]
    return build(TITLE, story, furniture(TITLE, mention=""))


def _ligne(ligne: LigneElimination) -> Flowable:
    days = f"du {format_date_courte(ligne.ouvert_le)} au {format_date_courte(ligne.dernier_contact)}"
    held = f"{ligne.entretiens} entretien" + ("s" if ligne.entretiens > 1 else "")
    if ligne.pieces:
        held += f", {ligne.pieces} pièce" + ("s" if ligne.pieces > 1 else "")
    return Row((ligne.numero, layout.text(f"{days} · {ligne.regime} · {held}")))


def _signature(words: str) -> Flowable:
    return Box(
        [layout.text(words, layout.LABEL), Spacer(0, 46), layout.text("Date et signature", layout.SMALL)]
    )
