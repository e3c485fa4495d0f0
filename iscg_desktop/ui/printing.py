"""Prints a PDF from memory on paper; nothing is written but what the system's spooler keeps."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from iscg_desktop.services.pdf_pages import PdfPages
from iscg_desktop.ui.application import NAME
from iscg_desktop.ui.widgets.pdf_preview import image_of

_DPI = 300
_POINTS_PER_INCH = 72


def print_pdf(parent: QWidget, pdf: bytes) -> bool:
    """Ask for a printer and print; False when she gives up.

    The job's name in the printer's queue is that of the program, never that of a person.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(NAME)
    printer.setResolution(_DPI)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    paint_pdf(printer, pdf)
    return True


def paint_pdf(printer: QPrinter, pdf: bytes) -> int:
    """Draw every page on a printer, at its size; returns the number of pages."""
    pages = PdfPages(pdf)
    printer.setFullPage(True)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    painter = QPainter(printer)
    scale = printer.resolution() / _POINTS_PER_INCH
    for index, (width, height) in enumerate(pages.sizes):
        if index:
            printer.newPage()
        image = image_of(pages.render(index, round(width * scale)))
        painter.drawImage(QRectF(0, 0, width * scale, height * scale), image)
    painter.end()
    pages.close()
    return len(pages)
