"""Pages out of sight change their colours later, and wear the right ones whenever they are shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.ui.main_window import MainWindow
from iscg_desktop.ui.theme import Theme
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.labels import Quiet, Title
from iscg_desktop.ui.widgets.line_edit import LineEdit


class _Page(QWidget):
    """A page with something of each kind."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        self.field = LineEdit()
        self.field.setEnabled(False)
        for part in (Title("Titre"), Quiet("Mots"), Button("Imprimer", icon="printer"), self.field):
            column.addWidget(part)


@pytest.fixture
def window(qtbot) -> MainWindow:
    shown = MainWindow()
    qtbot.addWidget(shown)
    for key in ("une", "autre"):
        shown.add_page(key, key, "sun", _Page)
    shown.show()
    for key in ("une", "autre", "une"):
        shown.show_page(key)
        qtbot.waitExposed(shown)
    return shown


def _picture(window: MainWindow, key: str) -> QImage:
    window.show_page(key)
    page = window.page(key)
    page.setFocus()
    return page.grab().toImage()


def _fresh(theme: Theme, choice: str, qtbot) -> QImage:
    """What a page looks like that was made in these colours."""
    theme.choose(choice)  # type: ignore[arg-type]
    made = MainWindow()
    qtbot.addWidget(made)
    made.add_page("une", "une", "sun", _Page)
    made.add_page("autre", "autre", "sun", _Page)
    made.show()
    return _picture(made, "autre")


def test_a_page_shown_at_once_wears_the_new_colours(window, theme, qtbot):
    before = _picture(window, "autre")
    window.show_page("une")
    for choice in ("sombre", "clair", "sombre"):
        theme.choose(choice)
        shown = _picture(window, "autre")
        window.show_page("une")
    assert shown != before
    assert shown == _fresh(theme, "sombre", qtbot)


def test_a_page_out_of_sight_is_dressed_in_the_turns_that_follow(window, theme, qtbot):
    other = window.page("autre")
    for choice in ("sombre", "clair", "sombre"):
        theme.choose(choice)
        assert not other.field.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)
        qtbot.waitUntil(lambda: other.field.testAttribute(Qt.WidgetAttribute.WA_WState_Polished))
    assert _picture(window, "autre") == _fresh(theme, "sombre", qtbot)


def test_a_page_taken_away_before_its_turn_is_let_go(window, theme, qtbot):
    theme.choose("sombre")
    window.page("autre").layout().itemAt(1).widget().deleteLater()
    qtbot.waitUntil(lambda: window.page("autre").field.testAttribute(Qt.WidgetAttribute.WA_WState_Polished))


def test_what_is_in_sight_is_dressed_in_the_next_turn_and_not_seen_before(window, theme, qtbot):
    for choice in ("sombre", "clair", "sombre"):
        theme.choose(choice)
        assert not window.updatesEnabled()
        qtbot.waitUntil(window.updatesEnabled)
        assert window.page("une").field.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)
    assert _picture(window, "une") == _fresh(theme, "sombre", qtbot)
