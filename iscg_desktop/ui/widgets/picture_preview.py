"""Shows a picture from memory: no file, no trace, and no more of it decoded than the place can show."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from iscg_desktop.ui.theme import color

PIXELS_MAX = 50_000_000
"""Largest picture decoded: a few bytes may announce thousands of millions of pixels."""

SIDE = 1_400
"""Pixels of the longest side once decoded."""


def decode(octets: bytes) -> QImage | None:
    """The picture, no larger than it is shown; None when it is too large or damaged. For a worker."""
    held = QByteArray(octets)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()  # said by the first bytes, before anything is decoded
    if not size.isValid() or size.width() * size.height() > PIXELS_MAX:
        return None
    if max(size.width(), size.height()) > SIDE:
        reader.setScaledSize(size.scaled(SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image


class PicturePreview(QWidget):
    """A picture, as wide as the place allows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._covered = ""
        self.setAccessibleName(self.tr("Aperçu de la photo"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_image(self, image: QImage) -> None:
        """Show this picture in place of the one before."""
        self._image = image
        self.updateGeometry()
        self.update()

    def clear(self) -> None:
        """Show nothing, and keep nothing."""
        self.show_image(QImage())

    def cover(self, words: str) -> None:
        """Hide the picture behind a word; "" shows it again."""
        self._covered = words
        self.update()

    @property
    def shown(self) -> QSize:
        """Pixels of the picture held; empty when there is none."""
        return self._image.size()

    def sizeHint(self) -> QSize:
        return QSize(420, self.heightForWidth(420))

    def heightForWidth(self, width: int) -> int:
        if self._image.isNull():
            return 0
        return min(round(width * self._image.height() / self._image.width()), 560)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("ground"))
        if self._covered:
            painter.setPen(color("quiet"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._covered)
        elif not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left = (self.width() - size.width()) // 2
            painter.drawImage(
                self.rect().adjusted(left, 0, left + size.width() - self.width(), 0), self._image
            )
