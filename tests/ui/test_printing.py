"""Printing from memory: every page at its size, no name in the queue, a refusal in words."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from iscg_desktop.errors import UserError
from iscg_desktop.services.pdf_pages import PdfPages
from iscg_desktop.ui import printing
from iscg_desktop.ui.widgets.pdf_preview import image_of


def _document(pages: int) -> bytes:
    """Pages with a black square whose place tells which page it is."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for page in range(pages):
        canvas.rect(100, 100 + 150 * page, 200, 100, fill=1)
        canvas.drawString(60, 780, f"page {page + 1}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _printer(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(300)
    return printer


def _image(pdf: bytes, page: int) -> QImage:
    return image_of(PdfPages(pdf).render(page, 300)).convertToFormat(QImage.Format.Format_Grayscale8)


def _difference(one: QImage, other: QImage) -> float:
    """Mean difference of the greys of two pictures, 0 to 255."""
    assert one.size() == other.size()
    pairs = zip(bytes(one.constBits()), bytes(other.constBits()), strict=True)
    return sum(abs(a - b) for a, b in pairs) / one.sizeInBytes()


def test_every_page_comes_out_at_its_size(qapp: QApplication, tmp_path: Path) -> None:
    pdf, path = _document(3), tmp_path / "papier.pdf"
    assert sorted(set(printing.paint_pdf(_printer(path), pdf))) == [0, 1, 2]
    printed = path.read_bytes()
    pages = PdfReader(io.BytesIO(printed)).pages
    assert len(pages) == 3
    assert [round(side) for side in pages[0].mediabox[2:]] == [595, 842]
    for page in range(3):
        assert _difference(_image(printed, page), _image(pdf, page)) < 2
    assert _difference(_image(printed, 0), _image(pdf, 1)) > 10, "the comparison tells pages apart"


def test_only_the_pages_asked_for_come_out(qapp: QApplication, tmp_path: Path) -> None:
    pdf, path = _document(3), tmp_path / "papier.pdf"
    printer = _printer(path)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 9)
    assert sorted(set(printing.paint_pdf(printer, pdf))) == [1, 2]
    printed = path.read_bytes()
    assert len(PdfReader(io.BytesIO(printed)).pages) == 2
    assert _difference(_image(printed, 0), _image(pdf, 1)) < 2


def test_no_page_is_drawn_in_one_go(qapp: QApplication, tmp_path: Path) -> None:
    """The window is drawn between two strips of a page."""
    assert len(list(printing.paint_pdf(_printer(tmp_path / "papier.pdf"), _document(1)))) > 4


@pytest.mark.qt_log_ignore("Returned false|propagateSizeHints")
def test_a_printer_that_refuses_is_said(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refusal:
        list(printing.paint_pdf(_printer(tmp_path / "absent" / "papier.pdf"), _document(1)))
    assert refusal.value.code == "impression_impossible"


def test_the_queue_learns_the_name_of_the_program_only(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def choose(printer: QPrinter, _parent: QWidget) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "papier.pdf"))
        seen.append((printer.docName(), printer.pageLayout().pageSize().name()))
        return True

    monkeypatch.setattr(printing, "_chosen", choose)
    page = QWidget()
    qtbot.addWidget(page)
    turned = []
    QTimer.singleShot(0, lambda: turned.append("the event loop"))
    assert printing.print_pdf(page, _document(2))
    assert [name for name, _ in seen] == ["ISCG Desktop"]
    assert seen[0][1].startswith("A4")
    assert turned, "the event loop turns while it prints"
    assert (tmp_path / "papier.pdf").exists()


def test_giving_up_prints_nothing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: QPrintDialog.DialogCode.Rejected)
    page = QWidget()
    qtbot.addWidget(page)
    assert not printing.print_pdf(page, _document(1))
