"""Prints a PDF from memory on paper; nothing is written but what the system's spooler keeps."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, QSizeF
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from iscg_desktop.ui.application import NAME

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
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    printer.setFullPage(True)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    painter = QPainter(printer)
    scale = printer.resolution() / _POINTS_PER_INCH
    for page in range(document.pageCount()):
        if page:
            printer.newPage()
        size: QSizeF = document.pagePointSize(page) * scale
        image = document.render(page, QSize(round(size.width()), round(size.height())))
        painter.drawImage(QRectF(0, 0, size.width(), size.height()), image)
    painter.end()
    pages = document.pageCount()
    document.close()
    return pages
