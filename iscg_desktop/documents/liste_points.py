"""The list of points to review with the référent: nominative, on paper only, room left for what is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable, Spacer

from iscg_desktop.documents import fonts, layout
from iscg_desktop.documents.layout import Box, together
from iscg_desktop.documents.page import furniture
from iscg_desktop.documents.pdf import build
from iscg_desktop.domain.dates import format_date, format_date_courte

_TITLE = "Points à revoir avec le référent"
_SHRED = "À détruire une fois les décisions reportées dans le coffre."
_LONGEST_NAMES = 160
_DECISION_LINES = 2


@dataclass(frozen=True, slots=True)
class LignePoint:
    """One point as it is printed."""

    dossier: str
    personnes: str
    problematique: str
    unite: str
    dernier_contact: date
    pose_le: date
    texte: str


def render_liste_points(lignes: Sequence[LignePoint], intervenant: str, jour: date) -> bytes:
    """The list, in the order given.

    Args:
        lignes: The points that wait.
        intervenant: Whose list it is.
        jour: Day it is printed.
    """
    fonts.register()
    count = f"{len(lignes)} point" if len(lignes) == 1 else f"{len(lignes)} points"
    story: list[Flowable] = [
        *layout.titled(_TITLE, " · ".join(part for part in (intervenant, format_date(jour), count) if part)),
        layout.text(_SHRED, layout.SMALL),
        Spacer(0, 10),
    ]
    if not lignes:
        story.append(layout.text("Aucun point n’attend.", layout.BODY))
    for ligne in lignes:
        story += [*together([_point(ligne)]), Spacer(0, layout.GAP)]
    return build(_TITLE, story, furniture(_TITLE))


def _point(ligne: LignePoint) -> Flowable:
    """One point in its frame."""
    noms = ligne.personnes
    if len(noms) > _LONGEST_NAMES:
        noms = noms[: _LONGEST_NAMES - 1].rstrip() + "…"
    facts = [
        ligne.problematique,
        ligne.unite,
        f"dernier contact le {format_date_courte(ligne.dernier_contact)}",
        f"noté le {format_date_courte(ligne.pose_le)}",
    ]
    return Box(
        [
            layout.text(
                " · ".join(part for part in (ligne.dossier, noms) if part), layout.style(10.5, bold=True)
            ),
            layout.text(" · ".join(fact for fact in facts if fact), layout.LABEL),
            Spacer(0, 3),
            *layout.paragraphs(ligne.texte, layout.BODY),
            Spacer(0, 4),
            _Decision(),
        ]
    )


class _Decision(Flowable):  # type: ignore[misc]
    """Lines to write what was decided on."""

    _STEP = 19.0

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, self._STEP * _DECISION_LINES + 2
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setFillColor(layout.INK)
        self.canv.setFont(fonts.REGULAR, 8.2)
        self.canv.drawString(0, self.height - 15, "Vu le, décision")
        self.canv.setStrokeColor(layout.INK)
        self.canv.setLineWidth(0.5)
        for rank in range(_DECISION_LINES):
            y = self.height - 17 - rank * self._STEP
            self.canv.line(66 if rank == 0 else 0, y, self.width, y)
