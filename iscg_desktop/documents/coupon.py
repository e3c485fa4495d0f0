"""The coupon retour: cut off the last page of a fiche, it comes back without a word on the person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from iscg_desktop.documents import fonts, layout, signs

_QR = 25 * mm
_HEIGHT = 196.0
_ADDRESS_HEIGHT, _ADDRESS_SIZE = 72.0, 9.0
_COLUMN = (layout.WIDTH - 6 * mm) / 2
_ROW = 19.0

_NOTE = "Ne rien écrire ici sur la personne ni sur sa situation\u00a0: il peut circuler sans enveloppe."
# The first appointment has its own line; what is not here is written in full.
_SUITES = ("accompagnement engagé", "en attente", "refus de la personne", "pas de place", "sans suite")


class Coupon(Flowable):  # type: ignore[misc]
    """Stands at the foot of the last page, never split.

    Args:
        numero: Number of the fiche, as printed.
        qr: Text of the QR code; empty prints an empty frame in its place.
        retour: Who and where it comes back to, several lines.
    """

    def __init__(self, numero: str, qr: str, retour: str) -> None:
        super().__init__()
        self._numero, self._qr, self._retour = numero, qr, retour

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: D102
        self.width, self.height = available_width, max(_HEIGHT, available_height - 1)
        return self.width, self.height

    def draw(self) -> None:  # noqa: D102
        self._cut_line()
        self._head()
        self._fields()

    def _cut_line(self) -> None:
        y = _HEIGHT - 8
        self.canv.setStrokeColor(layout.INK)
        self.canv.setLineWidth(0.9)
        self.canv.setDash(5, 3)
        self.canv.line(-layout.MARGIN_LEFT + 12, y, self.width + layout.MARGIN_RIGHT - 12, y)
        self.canv.setDash()
        signs.scissors(self.canv, -layout.MARGIN_LEFT + 20, y)

    def _head(self) -> None:
        top = _HEIGHT - 19
        self._words(0, top - 14, "Coupon retour", 13, bold=True)
        self._words(0, top - 31, f"Fiche {self._numero}", 11, bold=True)
        wide = (self.width - _QR) / 2 - 8 * mm
        note = layout.text(_NOTE, layout.SMALL)
        _, tall = note.wrapOn(self.canv, wide, top)
        note.drawOn(self.canv, 0, top - 40 - tall)
        where = layout.text(_folded(self._retour, wide), layout.style(_ADDRESS_SIZE, leading=11.8))
        _, tall = where.wrapOn(self.canv, wide, _ADDRESS_HEIGHT)
        if tall > _ADDRESS_HEIGHT:
            where = where.split(wide, _ADDRESS_HEIGHT)[0]
            _, tall = where.wrapOn(self.canv, wide, _ADDRESS_HEIGHT)
        self._words(wide + 8 * mm, top - 10, "À renvoyer à", 8.2)
        where.drawOn(self.canv, wide + 8 * mm, top - 13 - tall)
        x, y = self.width - _QR, top - _QR - 2
        if self._qr:
            signs.qr(self.canv, self._qr, x, y, _QR)
        else:
            self.canv.setLineWidth(0.8)
            self.canv.rect(x, y, _QR, _QR)

    def _fields(self) -> None:
        y, right = 79.0, _COLUMN + 6 * mm
        self._choice(0, y, "Personne connue du service", 128)
        self._choice(right, y, "Prise en charge", 88)
        y -= _ROW
        self._blank(0, y, "Premier rendez-vous le", _COLUMN)
        self._blank(right, y, "Référent", _COLUMN)
        y -= _ROW
        self._words(0, y, "Suite", 9)
        x = 34.0
        for suite in _SUITES:
            signs.box(self.canv, x, y)
            self._words(x + 11, y, suite, 8.6)
            x += 11 + fonts.width(suite, fonts.REGULAR, 8.6) + 9
        y -= _ROW
        self._blank(34, y, "", self.width - 34)
        y -= _ROW
        self._blank(0, y, "Date", _COLUMN * 0.6)
        self._blank(right - _COLUMN * 0.4, y, "Signature et cachet", _COLUMN * 1.4)

    def _choice(self, x: float, y: float, label: str, after: float) -> None:
        self._words(x, y, label, 9)
        for word in ("oui", "non"):
            signs.box(self.canv, x + after, y)
            self._words(x + after + 12, y, word, 9)
            after += 40

    def _blank(self, x: float, y: float, label: str, wide: float) -> None:
        """A label and the line one writes on."""
        self._words(x, y, label, 9)
        start = x + fonts.width(label, fonts.REGULAR, 9) + (5 if label else 0)
        self.canv.setLineWidth(0.6)
        self.canv.setStrokeColor(layout.INK)
        self.canv.line(start, y - 2, x + wide, y - 2)

    def _words(self, x: float, y: float, words: str, size: float, *, bold: bool = False) -> None:
        self.canv.setFillColor(layout.INK)
        self.canv.setFont(fonts.SEMIBOLD if bold else fonts.REGULAR, size)
        self.canv.drawString(x, y, words)


def _folded(address: str, wide: float) -> str:
    """The same words; one too long for a line, a courriel, goes on the next at its « @ », else at a dot or a hyphen."""

    def fits(text: str) -> bool:
        return fonts.width(text, fonts.REGULAR, _ADDRESS_SIZE) <= wide

    def fold(word: str, places: Sequence[str]) -> str:
        if fits(word) or not places:
            return word  # a word without such a place is cut where the line ends
        lines = [""]
        for part in re.split(places[0], word):
            if fits(lines[-1] + part):
                lines[-1] += part
            else:
                lines.append(fold(part, places[1:]))
        return "\n".join(filter(None, lines))

    return re.sub(r"\S+", lambda word: fold(word[0], (r"(?=@)", r"(?<=[.\-_])")), address)
