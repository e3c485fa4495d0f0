"""The record of a coffre closed for good: what was handed over, what is destroyed, what remains elsewhere; no name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reportlab.platypus import Flowable, Spacer

from iscg_desktop.documents import fonts, layout
from iscg_desktop.documents.layout import Box, Heading, Row
from iscg_desktop.documents.page import furniture
from iscg_desktop.documents.pdf import build
from iscg_desktop.domain.dates import format_date, format_date_courte

TITLE = "Procès-verbal de fermeture d’un coffre"
_DESTROYED = (
    "Ce qui ouvrait le coffre (phrase de passe et fiche de secours) est écrasé, puis sa base, ses sauvegardes à"
    " portée et ce qu’une restauration avait mis de côté sont supprimés. Plus rien ne l’ouvre."
)
_ELSEWHERE = (
    "Chacune s’ouvre encore avec la phrase de passe ou la fiche de secours du jour où elle a été faite. À détruire,"
    " avec la fiche de secours."
)


@dataclass(frozen=True, slots=True)
class Fermeture:
    """What the record says.

    Attributes:
        coffre: Short name of the coffre, which tells nothing about it.
        transmis: Numbers of the dossiers that were handed over.
        relu_le: When the file was read again with the successor's passphrase (local).
        empreinte: SHA-256 of what was handed over, in hexadecimal.
        detruits: How many closed dossiers go with the coffre.
        ouverts: Labels of the quarters whose figures were never arrêtés.
        copies: Name and day of each copy that lies out of reach.
        journal: Digest of the last line of the journal, in hexadecimal.
    """

    jour: date
    employeur: str
    intervenant: str
    coffre: str
    transmis: Sequence[str]
    relu_le: datetime
    empreinte: str
    detruits: int
    ouverts: Sequence[str]
    copies: Sequence[tuple[str, date]]
    journal: str


def render_fermeture(record: Fermeture) -> bytes:
    """One page, or more when many dossiers left."""
    fonts.register()
    story: list[Flowable] = [
        *layout.titled(TITLE, f"{record.employeur} · {record.intervenant} · {format_date(record.jour)}"),
        Heading("Ce qui est transmis"),
        *_rows(
            ("Dossiers", f"{len(record.transmis)}\u00a0: {', '.join(record.transmis)}"),
            ("Fichier relu", f"Le {record.relu_le:%d/%m/%Y à %H:%M}, avec la phrase de passe du successeur."),
            ("Empreinte", record.empreinte),
        ),
        Heading("Ce qui est détruit"),
        *_rows(
            ("Coffre", f"{record.coffre}. {_DESTROYED}"),
            ("Dossiers clos", _lost(record.detruits)),
            ("Chiffres", _figures(record.ouverts)),
            ("Journal", f"Détruit avec le coffre. Empreinte de sa dernière ligne\u00a0: {record.journal}"),
        ),
        Heading("Ce qui reste ailleurs"),
        *_rows(*_copies(record.copies)),
        Spacer(0, 12),
        Box([layout.text("L’intervenante ou l’intervenant", layout.LABEL), Spacer(0, 40), _sign()]),
        Spacer(0, 8),
        Box([layout.text("Pour l’employeur", layout.LABEL), Spacer(0, 40), _sign()]),
    ]
    return build(TITLE, story, furniture(TITLE, mention=""))


def _rows(*pairs: tuple[str, str]) -> list[Flowable]:
    return [block for label, words in pairs for block in (Row((label, layout.text(words))), Spacer(0, 3))] + [
        Spacer(0, 4)
    ]


def _sign() -> Flowable:
    return layout.text("Date et signature", layout.SMALL)


def _lost(count: int) -> str:
    if not count:
        return "Aucun dossier clos n’est détruit sans avoir été transmis."
    return f"{count} dossier clos, non transmis." if count == 1 else f"{count} dossiers clos, non transmis."


def _figures(quarters: Sequence[str]) -> str:
    if not quarters:
        return "Tous les trimestres sont arrêtés\u00a0; leurs bilans sont chez l’employeur."
    return f"Jamais arrêtés, perdus avec le coffre\u00a0: {', '.join(quarters)}."


def _copies(copies: Sequence[tuple[str, date]]) -> list[tuple[str, str]]:
    if not copies:
        return [("Copies", "Aucune copie connue hors de portée.")]
    names = " ; ".join(f"{name} du {format_date_courte(day)}" for name, day in copies).replace(
        " ;", "\u00a0;"
    )
    return [("Copies", f"{names}. {_ELSEWHERE}")]
