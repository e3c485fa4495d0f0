"""The bordereau of a tournée: what a service signs for, without a name unless she asked for it."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from iscg_desktop.documents import fonts, layout, signs
from iscg_desktop.documents.layout import Box, Row, grid, letterhead, section, text, together
from iscg_desktop.documents.page import furniture, read_logo
from iscg_desktop.documents.pdf import build
from iscg_desktop.domain.dates import format_date, format_date_courte
from iscg_desktop.domain.tournee import Bordereau, LigneBordereau

_TITLE = "Bordereau de remise"
_CARE = (
    "Ce bordereau est rendu signé à l’émetteur. Les fiches sont remises au seul service nommé, tenu au secret\u00a0:"
    " elles ne se copient ni ne se transmettent sans son accord."
)
# Left edge of each column after the box to tick, and its heading.
_COLUMNS = ((20.0, "Fiche"), (150.0, "Établie le"), (222.0, "Urgence"), (300.0, "Personne"), (0.0, "Pages"))
_LABEL_ROOM = 250.0
_HEAD, _LINE, _NOTES = 20.0, 20.0, 92.0


def render_bordereau(bordereau: Bordereau, logo: bytes | None = None) -> bytes:
    """The bordereau of one service, as it is printed, under the letterhead of the employer."""
    fonts.register()

    label = f"Bordereau du {format_date_courte(bordereau.date)} · {bordereau.service}"
    count = len(bordereau.lignes)
    pages = sum(ligne.pages for ligne in bordereau.lignes)
    fiches = (
        f"{count} fiche{'s' if count > 1 else ''} de liaison, {pages} page{'s' if pages > 1 else ''} en tout"
    )
    story: list[Flowable] = [
        *letterhead(bordereau.employeur, bordereau.mise_en_page, read_logo(logo)),
        text(f"{_TITLE} du {format_date(bordereau.date)}", layout.style(17, bold=True)),
        Spacer(0, 6),
        *section("Destinataire", _who(bordereau.service, bordereau.adresse)),
        *section(
            "Émetteur",
            grid(
                (
                    ("Employeur", bordereau.employeur),
                    ("Intervenant", bordereau.emetteur),
                    ("Coordonnées", bordereau.coordonnees),
                )
            ),
        ),
        *section(fiches, [Head(), *(Line(ligne) for ligne in bordereau.lignes)]),
        Spacer(0, 12),
        *together([_Receipt(), Spacer(0, 8), text(_CARE, layout.SMALL)]),
    ]
    name = fonts.fitted(label, fonts.SEMIBOLD, 9.5, _LABEL_ROOM)
    return build(_TITLE, story, furniture(name, bordereau.mise_en_page.pied))


def _who(service: str, adresse: str) -> Sequence[Flowable]:
    rows: list[Flowable] = [Row(("Service", text(service or "–", layout.style(11.5, bold=True))))]
    return [*rows, *([Row(("Adresse", text(adresse)))] if adresse.strip() else [])]


class Head(Flowable):  # type: ignore[misc]
    """Headings of the columns."""

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:  # noqa: D102
        self.width, self.height = available_width, _HEAD
        return self.width, self.height

    def draw(self) -> None:  # noqa: D102
        self.canv.setFillColor(layout.INK)
        self.canv.setFont(fonts.REGULAR, 8.2)
        for x, words in _COLUMNS[:-1]:
            self.canv.drawString(x, 7, words)
        self.canv.drawRightString(self.width, 7, _COLUMNS[-1][1])
        self.canv.setLineWidth(0.8)
        self.canv.line(0, 1, self.width, 1)


class Line(Flowable):  # type: ignore[misc]
    """One fiche: a box to tick at the counter, then what tells it from the others."""

    def __init__(self, ligne: LigneBordereau) -> None:
        super().__init__()
        self._ligne = ligne

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:  # noqa: D102
        self.width, self.height = available_width, _LINE
        return self.width, self.height

    def draw(self) -> None:  # noqa: D102
        ligne = self._ligne
        signs.box(self.canv, 1, 6)
        self.canv.setFillColor(layout.INK)
        last = self.width - 34
        cells = (ligne.numero, format_date_courte(ligne.etablie_le), ligne.urgence, ligne.personne)
        rooms = [*(x for x, _ in _COLUMNS[1:-1]), last]
        for place, (words, (x, _), end) in enumerate(zip(cells, _COLUMNS, rooms, strict=False)):
            font = fonts.SEMIBOLD if place == 0 else fonts.REGULAR
            self.canv.setFont(font, 9.5)
            self.canv.drawString(x, 6, fonts.fitted(words, font, 9.5, end - x - 6))
        self.canv.setFont(fonts.REGULAR, 9.5)
        self.canv.drawRightString(self.width, 6, str(ligne.pages))
        self.canv.setLineWidth(0.5)
        self.canv.line(0, 0, self.width, 0)


class _Receipt(Box):
    """Where the service signs."""

    def __init__(self) -> None:
        super().__init__(
            [text("Reçu par le service", layout.style(11, bold=True)), _Blanks()], line=1.2, padding=10
        )


class _Blanks(Flowable):  # type: ignore[misc]
    """Lines to write on: the day, the name and quality of who receives, a signature."""

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, _NOTES
        return self.width, self.height

    def draw(self) -> None:
        half = (self.width - 8 * mm) / 2
        for x, y, label, wide in (
            (0.0, 66.0, "Reçu le", half),
            (half + 8 * mm, 66.0, "Qualité", half),
            (0.0, 38.0, "Nom", half),
            (half + 8 * mm, 38.0, "Signature et cachet", half),
        ):
            self.canv.setFillColor(layout.INK)
            self.canv.setFont(fonts.REGULAR, 9)
            self.canv.drawString(x, y, label)
            start = x + fonts.width(label, fonts.REGULAR, 9) + 5
            self.canv.setLineWidth(0.6)
            if not label.startswith("Signature"):
                self.canv.line(start, y - 2, x + wide, y - 2)
