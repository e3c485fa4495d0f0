"""The sheet of a day: permanences, rendez-vous with room for notes, what is due; with names only when asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from reportlab.platypus import Flowable, Spacer

from iscg_desktop.documents import fonts, layout
from iscg_desktop.documents.layout import Box, Row, section, text, together
from iscg_desktop.documents.page import MENTION, furniture
from iscg_desktop.documents.pdf import build
from iscg_desktop.domain.dates import format_date, format_date_courte, format_duree, format_heure

_TITLE = "Feuille du jour"
_ROOM_FOR_NOTES = 46.0  # points under a rendez-vous
_SHRED = "À détruire en fin de journée."


@dataclass(frozen=True, slots=True)
class LigneRendezVous:
    """A rendez-vous as it is printed; ``duree`` in minutes, ``qui`` a name or initials."""

    heure: time
    duree: int
    qui: str
    dossier: str
    objet: str
    lieu: str


@dataclass(frozen=True, slots=True)
class LigneRelance:
    """Something due as it is printed."""

    pour_le: date
    objet: str
    dossier: str


def render_feuille_jour(
    jour: date,
    intervenant: str,
    permanences: Sequence[tuple[time, time, str]],
    rendez_vous: Sequence[LigneRendezVous],
    relances: Sequence[LigneRelance],
    *,
    names: bool,
) -> bytes:
    """The sheet, as PDF.

    Args:
        jour: The day.
        intervenant: Whose sheet it is.
        permanences: Hour of the beginning, of the end, and unité.
        rendez_vous: In order of hours.
        relances: What is due by that day.
        names: Whether the lines name anyone: the mention of secrecy is then on every page.
    """
    fonts.register()
    story: list[Flowable] = [
        text(format_date(jour).capitalize(), layout.style(20, bold=True)),
        Spacer(0, 2),
        text(" · ".join(part for part in (intervenant, _SHRED) if part), layout.SMALL),
        Spacer(0, 12),
    ]
    story += section("Permanences", [_permanence(each) for each in permanences])
    meetings = [block for each in rendez_vous for block in (*together([_rendez_vous(each)]), Spacer(0, 6))]
    story += section("Rendez-vous", meetings or [text("Aucun rendez-vous.", layout.BODY)])
    story += section("À faire", [_relance(each, jour) for each in relances])
    return build(_TITLE, story, furniture(_TITLE, mention=MENTION if names else ""))


def _permanence(each: tuple[time, time, str]) -> Flowable:
    debut, fin, unite = each
    return Row((f"{format_heure(debut)} – {format_heure(fin)}", text(unite, layout.STRONG)))


def _rendez_vous(each: LigneRendezVous) -> Flowable:
    """One rendez-vous in a frame, with room to write."""
    when = f"{format_heure(each.heure)} ({format_duree(each.duree)})"
    head = " · ".join(part for part in (when, each.qui, each.dossier and f"dossier {each.dossier}") if part)
    below = " · ".join(part for part in (each.lieu, each.objet) if part)
    lines: list[Flowable] = [text(head, layout.style(11, bold=True))]
    if below:
        lines.append(text(below, layout.BODY))
    return Box([*lines, Spacer(0, _ROOM_FOR_NOTES)])


def _relance(each: LigneRelance, jour: date) -> Flowable:
    late = "" if each.pour_le == jour else f"depuis le {format_date_courte(each.pour_le)}"
    words = " · ".join(
        part for part in (each.objet, each.dossier and f"dossier {each.dossier}", late) if part
    )
    return text(f"☐ {words or 'à faire'}", layout.BODY)
