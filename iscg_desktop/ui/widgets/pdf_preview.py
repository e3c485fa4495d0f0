"""Shows a PDF from memory: no file, no trace."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from iscg_desktop.services.pdf_pages import PdfPages, Raster
from iscg_desktop.ui.theme import color
from iscg_desktop.ui.tokens import GAP


class PdfPreview(QWidget):
    """The pages of a document under each other, as wide as the place allows; arrows and wheel scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: PdfPages | None = None
        self._sheets = QWidget()
        self._sheets.setObjectName("scrolled")
        self._stack = QVBoxLayout(self._sheets)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(GAP)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("scroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: the width of the pages must not depend on whether they need it.
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName(self.tr("Aperçu du document"))
        self._scroll.setWidget(self._sheets)
        self.setFocusProxy(self._scroll)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)

    def show_pdf(self, pdf: bytes) -> None:
        """Show these bytes in place of the ones before, at the same height."""
        place = self._scroll.verticalScrollBar().value()
        self.clear()
        self._pages = PdfPages(pdf)
        for index in range(len(self._pages)):
            self._stack.addWidget(_Sheet(self._pages, index))
        self._stack.addStretch(1)
        self._sheets.adjustSize()
        self._scroll.verticalScrollBar().setValue(place)

    def clear(self) -> None:
        """Show nothing."""
        while (item := self._stack.takeAt(0)) is not None:
            if (sheet := item.widget()) is not None:
                sheet.hide()
                sheet.deleteLater()
        if self._pages is not None:
            self._pages.close()
            self._pages = None

    @property
    def pages(self) -> int:
        """Number of pages shown."""
        return len(self._pages) if self._pages is not None else 0


class _Sheet(QWidget):
    """One page, drawn when it is first seen at a width."""

    def __init__(self, pages: PdfPages, index: int) -> None:
        super().__init__()
        self._pages, self._index = pages, index
        self._image = QImage()
        self._drawn = 0  # pixels across
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("Page {numero}").replace("{numero}", str(index + 1)))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        across, down = self._pages.sizes[self._index]
        return round(width * down / across)

    def sizeHint(self) -> QSize:
        return QSize(400, self.heightForWidth(400))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(event.size().width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        wanted = round(self.width() * self.devicePixelRatioF())
        if self._drawn != wanted:
            self._drawn = wanted
            self._image = image_of(self._pages.render(self._index, wanted))
            self._image.setDevicePixelRatio(self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawImage(0, 0, self._image)
        painter.setPen(color("line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


def image_of(raster: Raster) -> QImage:
    """The picture as Qt draws it."""
    # A copy: the bytes belong to the raster, which does not outlive this call.
    return QImage(
        raster.pixels, raster.width, raster.height, raster.stride, QImage.Format.Format_RGB32
    ).copy()
