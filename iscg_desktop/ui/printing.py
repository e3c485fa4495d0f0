"""Prints a PDF from memory on paper; nothing is written but what the system's spooler keeps."""

from __future__ import annotations

from collections.abc import Iterator

import shiboken6
from PySide6.QtCore import QCoreApplication, QEventLoop, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from iscg_desktop.errors import UserError
from iscg_desktop.services.pdf_pages import PdfPages
from iscg_desktop.ui.application import NAME
from iscg_desktop.ui.dialogs.folder_dialog import without_trace
from iscg_desktop.ui.widgets.pdf_preview import image_of

_DPI = 300
_POINTS_PER_INCH = 72
_STRIPS = 6  # a page drawn and handed to the printer at once would hold the window still for too long


def print_pdf(parent: QWidget, pdf: bytes) -> bool:
    """Ask for a printer and print; False when she gives up.

    The job's name in the printer's queue is that of the program, never that of a person.

    Raises:
        UserError: ``impression_impossible`` when the printer refuses.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(NAME)
    printer.setCreator(NAME)
    printer.setResolution(_DPI)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    if not _chosen(printer, parent):
        return False
    for _ in paint_pdf(printer, pdf):
        # The window is drawn and its clocks turn; keys and clicks wait for the end.
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    return True


def paint_pdf(printer: QPrinter, pdf: bytes) -> Iterator[int]:
    """Draw the pages she chose on a printer, each at its size; yields the number of a page at each strip of it.

    Raises:
        UserError: ``impression_impossible`` when the printer refuses.
    """
    pages = PdfPages(pdf)
    printer.setFullPage(True)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    painter = QPainter()
    try:
        if not painter.begin(printer):
            raise UserError("impression_impossible")
        for place, index in enumerate(_wanted(printer, len(pages))):
            if place and not printer.newPage():
                raise UserError("impression_impossible")
            for _ in _paint_page(painter, pages, index, printer.resolution() / _POINTS_PER_INCH):
                yield index
        if not painter.end():
            raise UserError("impression_impossible")
    finally:
        if painter.isActive():
            painter.end()
        pages.close()


def _chosen(printer: QPrinter, parent: QWidget) -> bool:
    """Whether she chose a printer; what she wrote in the dialog is remembered nowhere."""
    with without_trace():
        dialog = QPrintDialog(printer, parent)
        accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
        shiboken6.delete(dialog)
    return accepted


def _wanted(printer: QPrinter, count: int) -> range:
    if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
        return range(printer.fromPage() - 1, min(printer.toPage(), count))
    return range(count)


def _paint_page(painter: QPainter, pages: PdfPages, index: int, scale: float) -> Iterator[None]:
    """Draw one page from top to bottom, in strips."""
    width, height = (side * scale for side in pages.sizes[index])
    lines = pages.height(index, round(width))
    step = -(-lines // _STRIPS)
    for top in range(0, lines, step):
        yield
        strip = image_of(pages.strip(index, round(width), top, min(top + step, lines)))
        ratio = height / lines
        painter.drawImage(QRectF(0, top * ratio, width, strip.height() * ratio), strip)
    yield
