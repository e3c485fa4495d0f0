"""Shows a PDF from memory: no file, no trace."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from iscg_desktop.services.pdf_pages import PdfPages, Raster
from iscg_desktop.ui.theme import color
from iscg_desktop.ui.tokens import GAP

_ZOOMS = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0)
_LINE = 60  # pixels an arrow key scrolls


class PdfPreview(QAbstractScrollArea):
    """The pages of a document under each other, as wide as the place allows.

    Arrows, page keys and wheel scroll; + and −, or the wheel with Ctrl, draw the pages larger; 0 as they were.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: PdfPages | None = None
        self._images: dict[int, QImage] = {}
        self._zoom = 0
        self._covered = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(self.tr("Aperçu du document"))
        self.setToolTip(self.tr("Ctrl + molette, ou + et −\u00a0: agrandir"))
        # Always there: the width of the pages must not depend on whether they need it.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(_LINE)
        self.horizontalScrollBar().setSingleStep(_LINE)

    @property
    def pages(self) -> int:
        """Number of pages shown."""
        return len(self._pages) if self._pages is not None else 0

    def show_pdf(self, pdf: bytes) -> None:
        """Show these bytes in place of the ones before, at the same height."""
        self._forget()
        self._pages = PdfPages(pdf)
        self.setAccessibleDescription(self.tr("%n pages", "", self.pages))
        self._measure()

    def clear(self) -> None:
        """Show nothing."""
        self._forget()
        self.setAccessibleDescription("")
        self.verticalScrollBar().setValue(0)
        self._measure()

    def cover(self, words: str) -> None:
        """Hide the pages behind a word; "" shows them again."""
        self._covered = words
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(420, 594)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 120)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), color("ground"))
        if self._covered:
            painter.setPen(color("quiet"))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self._covered)
            return
        shift = QPoint(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        for index, sheet in enumerate(self._sheets()):
            place = sheet.translated(shift)
            if place.intersects(self.viewport().rect()):
                painter.drawImage(place.topLeft(), self._image(index, sheet.width()))
                painter.setPen(color("line"))
                painter.drawRect(place.adjusted(0, 0, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._images = {}  # more than a megabyte each; drawn again when they are seen again

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and turn:
            self._enlarge(1 if turn > 0 else -1)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_0):
            self._enlarge({Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1}.get(Qt.Key(key), -len(_ZOOMS)))
        elif key == Qt.Key.Key_Home:
            self.verticalScrollBar().setValue(0)
        elif key == Qt.Key.Key_End:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        else:
            super().keyPressEvent(event)

    def _enlarge(self, steps: int) -> None:
        """Draw larger or smaller, what is in the middle staying there."""
        zoom = min(max(self._zoom + steps, 0), len(_ZOOMS) - 1)
        if zoom != self._zoom:
            ratio = _ZOOMS[zoom] / _ZOOMS[self._zoom]
            self._zoom = zoom
            bars = (self.horizontalScrollBar(), self.verticalScrollBar())
            middles = [(bar.value() + bar.pageStep() / 2) * ratio for bar in bars]
            self._measure()
            for bar, middle in zip(bars, middles, strict=True):
                bar.setValue(round(middle - bar.pageStep() / 2))

    def _sheets(self) -> list[QRect]:
        """Where each page is, from the top of the first."""
        found: list[QRect] = []
        across = round(self.viewport().width() * _ZOOMS[self._zoom])
        y = 0
        for width, height in self._pages.sizes if self._pages is not None else ():
            down = round(across * height / width)
            found.append(QRect(0, y, across, down))
            y += down + GAP
        return found

    def _image(self, index: int, width: int) -> QImage:
        """A page as wide as asked, drawn when it is first seen."""
        ratio = self.devicePixelRatioF()
        wanted = round(width * ratio)
        image = self._images.get(index)
        if image is None or image.width() != wanted:
            assert self._pages is not None
            image = image_of(self._pages.render(index, wanted))
            image.setDevicePixelRatio(ratio)
            self._images[index] = image
        return image

    def _measure(self) -> None:
        """Fit the scroll bars to the pages."""
        sheets = self._sheets()
        room = self.viewport().size()
        for bar, needed, shown in (
            (self.verticalScrollBar(), sheets[-1].bottom() + 1 if sheets else 0, room.height()),
            (self.horizontalScrollBar(), sheets[-1].width() if sheets else 0, room.width()),
        ):
            bar.setPageStep(shown)
            bar.setRange(0, max(needed - shown, 0))
        self.viewport().update()

    def _forget(self) -> None:
        self._images = {}
        if self._pages is not None:
            self._pages.close()
            self._pages = None


def image_of(raster: Raster) -> QImage:
    """The picture as Qt draws it."""
    # A copy: the bytes belong to the raster, which does not outlive this call.
    return QImage(
        raster.pixels, raster.width, raster.height, raster.stride, QImage.Format.Format_RGB32
    ).copy()
