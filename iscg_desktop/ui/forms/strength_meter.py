"""How hard a chosen passphrase is to guess, in a bar and in words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from iscg_desktop.services.passphrase import NEEDED_BITS, SHORTEST_PASSPHRASE, Strength
from iscg_desktop.ui.theme import color
from iscg_desktop.ui.widgets.labels import Quiet

_SEGMENTS = 4


class StrengthMeter(QWidget):
    """Four segments and a sentence; the sentence says all that the colour says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = _Bar()
        self._words = Quiet()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._bar)
        column.addWidget(self._words)
        self.show_strength("", None)

    @property
    def text(self) -> str:
        """The sentence it says."""
        return self._words.text()

    def show_strength(self, passphrase: str, strength: Strength | None) -> None:
        """Show the strength of a passphrase; None while it is being worked out."""
        if not passphrase:
            self._say(0, "line", self.tr("Au moins {n} caractères.").format(n=SHORTEST_PASSPHRASE))
        elif strength is not None and strength.enough:
            self._say(4, "good", self.tr("Solide : elle protège votre coffre."))
        elif (missing := SHORTEST_PASSPHRASE - len(passphrase)) > 0:
            words = self.tr("Encore un caractère.") if missing == 1 else self.tr("Encore {n} caractères.")
            self._say(1, "alert", words.format(n=missing))
        elif strength is None:
            self._say(1, "quiet", self.tr("Estimation…"))
        else:
            self._rate(strength.bits)

    def _rate(self, bits: int) -> None:
        if bits < NEEDED_BITS // 2:
            self._say(1, "alert", self.tr("Très facile à deviner. Évitez les mots et les suites connus."))
        elif bits < NEEDED_BITS * 3 // 4:
            self._say(2, "warn", self.tr("Trop facile à deviner. Ajoutez des mots sans lien entre eux."))
        else:
            self._say(3, "warn", self.tr("Presque solide. Ajoutez encore un mot."))

    def _say(self, filled: int, role: str, words: str) -> None:
        self._bar.fill(filled, role)
        self._words.setText(words)


class _Bar(QWidget):
    """Segments filled with the colour of a role."""

    def __init__(self) -> None:
        super().__init__()
        self._filled, self._role = 0, "line"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fill(self, filled: int, role: str) -> None:
        self._filled, self._role = filled, role
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        width = (self.width() - 4 * (_SEGMENTS - 1)) / _SEGMENTS
        for place in range(_SEGMENTS):
            painter.setBrush(color(self._role if place < self._filled else "line"))
            painter.drawRoundedRect(QRectF(place * (width + 4), 0, width, 6), 3, 3)
