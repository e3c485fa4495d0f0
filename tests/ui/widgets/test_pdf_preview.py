"""The preview: pages under each other from memory, as wide as the place, larger when asked."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from iscg_desktop.ui.theme import Theme, color
from iscg_desktop.ui.widgets.pdf_preview import PdfPreview

KEY = Qt.Key


def _document(pages: int, colour: tuple[float, float, float] = (1, 0, 0)) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for _ in range(pages):
        canvas.setFillColorRGB(*colour)
        canvas.rect(0, 0, *A4, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.fixture
def preview(shown: Callable[..., QWidget]) -> PdfPreview:
    widget = PdfPreview()
    window = shown(widget, width=460, height=500)
    window.layout().setStretch(0, 1)
    window.layout().setStretch(1, 0)
    window.layout().activate()
    return widget


def _middle(preview: PdfPreview) -> QColor:
    image = preview.viewport().grab().toImage()
    return image.pixelColor(image.width() // 2, image.height() // 2)


def test_pages_stand_under_each_other_as_wide_as_the_place(preview: PdfPreview) -> None:
    preview.show_pdf(_document(2))
    assert preview.pages == 2
    assert _middle(preview) == QColor(255, 0, 0)
    width, room = preview.viewport().width(), preview.viewport().height()
    tall = round(width * A4[1] / A4[0])
    assert preview.verticalScrollBar().maximum() == 2 * tall + 16 - room
    assert preview.horizontalScrollBar().maximum() == 0


def test_other_bytes_come_at_the_same_height(preview: PdfPreview) -> None:
    preview.show_pdf(_document(2))
    preview.verticalScrollBar().setValue(300)
    preview.show_pdf(_document(2, (0, 0, 1)))
    assert preview.verticalScrollBar().value() == 300
    assert _middle(preview) == QColor(0, 0, 255)


def test_cleared_it_shows_nothing_of_before(preview: PdfPreview) -> None:
    preview.show_pdf(_document(2))
    preview.verticalScrollBar().setValue(300)
    preview.clear()
    assert preview.pages == 0
    assert _middle(preview) == QColor(color("ground"))
    assert preview.verticalScrollBar().maximum() == 0
    preview.show_pdf(_document(1))
    assert preview.verticalScrollBar().value() == 0


def test_out_of_sight_it_keeps_no_picture_and_shows_the_same_again(preview: PdfPreview) -> None:
    preview.show_pdf(_document(3))
    preview.verticalScrollBar().setValue(200)
    assert _middle(preview) == QColor(255, 0, 0)
    preview.hide()
    kept = [each for each in vars(preview).values() if isinstance(each, dict)]
    assert kept == [{}]
    preview.show()
    assert _middle(preview) == QColor(255, 0, 0)
    assert preview.verticalScrollBar().value() == 200


def test_covered_it_shows_nothing_until_it_is_uncovered(preview: PdfPreview) -> None:
    preview.show_pdf(_document(1))
    preview.cover("Masqué")
    image = preview.viewport().grab().toImage()
    reds = [x for x in range(0, image.width(), 3) if image.pixelColor(x, 40) == QColor(255, 0, 0)]
    assert reds == []
    preview.cover("")
    assert _middle(preview) == QColor(255, 0, 0)


def test_keys_scroll_and_enlarge(preview: PdfPreview, qtbot: QtBot) -> None:
    preview.show_pdf(_document(2))
    preview.setFocus()
    qtbot.keyClick(preview, KEY.Key_End)
    assert preview.verticalScrollBar().value() == preview.verticalScrollBar().maximum()
    qtbot.keyClick(preview, KEY.Key_Home)
    assert preview.verticalScrollBar().value() == 0
    qtbot.keyClick(preview, KEY.Key_PageDown)
    assert preview.verticalScrollBar().value() > 300
    plain = preview.verticalScrollBar().maximum()
    qtbot.keyClick(preview, KEY.Key_Plus)
    assert preview.horizontalScrollBar().maximum() > 0
    assert preview.verticalScrollBar().maximum() > plain
    qtbot.keyClick(preview, KEY.Key_0)
    assert preview.horizontalScrollBar().maximum() == 0
    qtbot.keyClick(preview, KEY.Key_Minus)
    assert preview.verticalScrollBar().maximum() == plain


def test_the_wheel_enlarges_with_ctrl_only(preview: PdfPreview) -> None:
    preview.show_pdf(_document(2))

    def turn(modifier: Qt.KeyboardModifier) -> None:
        place = QPointF(100, 100)
        event = QWheelEvent(
            place, place, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, modifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(preview.viewport(), event)

    turn(Qt.KeyboardModifier.NoModifier)
    assert preview.horizontalScrollBar().maximum() == 0
    turn(Qt.KeyboardModifier.ControlModifier)
    assert preview.horizontalScrollBar().maximum() > 0


def test_a_page_fits_again_when_the_place_changes(preview: PdfPreview) -> None:
    preview.show_pdf(_document(1))
    preview.window().resize(900, 500)
    preview.window().layout().activate()
    image = preview.viewport().grab().toImage()
    assert image.pixelColor(image.width() - 10, 200) == QColor(255, 0, 0)


def test_the_paper_stays_white_in_the_dark(preview: PdfPreview, theme: Theme) -> None:
    theme.choose("sombre")
    preview.show_pdf(_document(1, (1, 1, 1)))
    assert _middle(preview) == QColor(255, 255, 255)


def test_it_tells_a_screen_reader_how_many_pages(preview: PdfPreview) -> None:
    preview.show_pdf(_document(2))
    assert preview.accessibleName() == "Aperçu du document"
    assert preview.accessibleDescription().startswith("2 page")
