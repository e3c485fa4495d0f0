"""The window navigates by keys and mouse, folds its bar, and never says whose dossier is open."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from iscg_desktop.ui import mnemonics
from iscg_desktop.ui.main_window import MainWindow
from iscg_desktop.ui.tokens import BAR, BAR_COLLAPSED
from iscg_desktop.ui.trail import Trail
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.nav_button import NavButton
from iscg_desktop.ui.widgets.search_field import SearchField


class FakePage(QWidget):
    """A page that counts how often it was shown."""

    def __init__(self, title: str, *, searches: bool = False) -> None:
        super().__init__()
        self.title = title
        self.times = 0
        column = QVBoxLayout(self)
        self.search = SearchField() if searches else None
        if self.search is not None:
            column.addWidget(self.search)
        self.line = LineEdit()
        column.addWidget(self.line)

    def activated(self) -> None:
        self.times += 1


@pytest.fixture
def pages() -> dict[str, FakePage]:
    return {
        "aujourdhui": FakePage("Aujourd’hui"),
        "dossiers": FakePage("Dossiers", searches=True),
        "aide": FakePage("Aide"),
        "entretien": FakePage("Entretien"),
    }


@pytest.fixture
def window(pages, qtbot) -> MainWindow:
    shown = MainWindow()
    qtbot.addWidget(shown)
    shown.add_page("aujourdhui", "Aujourd’hui", "sun", lambda: pages["aujourdhui"])
    shown.add_page("dossiers", "Dossiers", "folder-open", lambda: pages["dossiers"])
    shown.add_page("aide", "Aide", "life-buoy", lambda: pages["aide"], bottom=True)
    shown.add_inner_page("entretien", lambda: pages["entretien"], under="dossiers")
    shown.show_page("aujourdhui")
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    return shown


def _button(window: MainWindow, label: str) -> NavButton:
    return next(button for button in window.findChildren(NavButton) if button.text() == label)


def test_alt_and_a_number_open_a_page(window, pages, qtbot):
    with qtbot.waitSignal(window.page_shown) as page_shown:
        qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert page_shown.args == ["dossiers"]
    assert window.current_page() == "dossiers"
    assert pages["dossiers"].isVisible()
    assert _button(window, "Dossiers").isChecked()
    assert not _button(window, "Aujourd’hui").isChecked()
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.current_page() == "aide")


def test_a_page_reads_again_each_time_it_is_shown(window, pages):
    assert pages["aujourdhui"].times == 1
    window.show_page("dossiers")
    window.show_page("aujourdhui")
    assert (pages["aujourdhui"].times, pages["dossiers"].times) == (2, 1)
    assert window.page("aide") is pages["aide"]


def test_a_page_is_made_when_it_is_needed_or_ahead_of_that(qtbot):
    shown, made = MainWindow(), []
    qtbot.addWidget(shown)
    shown.page_made.connect(lambda key, page: made.append((key, page.title)))
    for key in ("aujourdhui", "dossiers", "aide"):
        shown.add_page(key, key, "sun", lambda key=key: FakePage(key))
    assert shown.made_pages() == ()
    shown.show_page("dossiers")
    shown.show_page("dossiers")
    assert made == [("dossiers", "dossiers")]
    assert [shown.make_ahead() for _ in range(5)] == [True, True, True, True, False], "two turns a page"
    assert [key for key, _ in made] == ["dossiers", "aujourdhui", "aide"]
    assert shown.current_page() == "dossiers"


def test_a_click_in_the_bar_opens_a_page_and_a_second_one_keeps_it(window, qtbot):
    for _ in range(2):
        qtbot.mouseClick(_button(window, "Dossiers"), Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: window.current_page() == "dossiers")
        assert _button(window, "Dossiers").isChecked()


def test_a_page_without_a_place_marks_the_one_it_came_from(window):
    window.show_page("entretien")
    assert window.current_page() == "entretien"
    assert _button(window, "Dossiers").isChecked()


def test_an_unknown_page_is_a_mistake_of_ours(window):
    with pytest.raises(KeyError):
        window.show_page("licorne")


def test_tab_after_a_change_of_page_goes_to_its_first_field(window, pages, qtbot, qapp):
    window.show_page("dossiers")
    qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
    assert pages["dossiers"].search.hasFocus()


@pytest.mark.parametrize(
    "take_away", [LineEdit.hide, lambda line: line.setEnabled(False)], ids=["hidden", "disabled"]
)
def test_the_keyboard_stays_on_a_page_whose_only_field_goes(window, pages, qapp, take_away):
    pages["aujourdhui"].line.setFocus()
    take_away(pages["aujourdhui"].line)
    assert qapp.focusWidget() is pages["aujourdhui"], "and not a button of the bar, that Space would press"


def test_ctrl_l_and_the_button_ask_for_the_lock(window, pages, qtbot):
    pages["aujourdhui"].line.setFocus()
    with qtbot.waitSignal(window.lock_requested):
        qtbot.keyClick(pages["aujourdhui"].line, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(window.lock_requested):
        qtbot.mouseClick(_button(window, "Verrouiller"), Qt.MouseButton.LeftButton)


def test_f9_enters_and_leaves_the_discreet_mode(window, qtbot):
    seen = []
    window.discreet_changed.connect(seen.append)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert window.discreet
    qtbot.mouseClick(_button(window, "Mode discret"), Qt.MouseButton.LeftButton)
    window.set_discreet(True)
    window.set_discreet(True)
    assert seen == [True, False, True]


@pytest.mark.parametrize("key", [Qt.Key.Key_K, Qt.Key.Key_F])
def test_ctrl_k_searches_everything_and_ctrl_f_what_the_page_lists(window, pages, qtbot, key):
    with qtbot.waitSignal(window.search_requested):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    window.show_page("dossiers")
    with qtbot.assertNotEmitted(window.search_requested):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert pages["dossiers"].search.hasFocus()
    pages["dossiers"].search.everywhere = False
    pages["dossiers"].line.setFocus()
    with qtbot.waitSignal(window.search_requested, raising=False, timeout=0) as asked:
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert asked.signal_triggered is (key is Qt.Key.Key_K)
    assert pages["dossiers"].search.hasFocus() is (key is Qt.Key.Key_F)


def test_the_bar_folds_to_icons_in_a_narrow_window(window, qtbot):
    bar = window.findChild(QWidget, "bar")
    assert bar.width() == BAR
    assert _button(window, "Dossiers").toolTip() == "Alt+2"
    window.resize(900, 700)
    assert bar.width() == BAR_COLLAPSED
    assert _button(window, "Dossiers").toolTip() == "Dossiers   Alt+2"
    assert _button(window, "Dossiers").accessibleName() == "Dossiers"
    window.resize(1200, 700)
    assert bar.width() == BAR


def test_the_title_of_the_window_is_always_the_same(window, pages):
    titles = {window.windowTitle()}
    for key in pages:
        window.show_page(key)
        titles.add(window.windowTitle())
    assert titles == {"ISCG Desktop"}


def test_the_window_says_what_was_done_without_a_dialog(window, qtbot):
    window.say("Entretien enregistré")
    label = next(each for each in window.findChildren(QLabel) if each.text() == "Entretien enregistré")
    assert label.isVisible()
    window.say("")
    assert not label.isVisible()


def test_mnemonics_are_underlined_only_while_alt_is_held(window, pages, qtbot):
    button = Button("&Imprimer")
    pages["aujourdhui"].layout().addWidget(button)
    plain = button.grab().toImage()
    QTest.keyPress(window.windowHandle(), Qt.Key.Key_Alt)
    assert mnemonics.shown()
    assert button.grab().toImage() != plain
    QTest.keyRelease(window.windowHandle(), Qt.Key.Key_Alt)
    assert not mnemonics.shown()
    assert button.grab().toImage() == plain


def test_leaving_goes_back_the_way_she_came(window):
    trail = Trail(window)
    for key in ("dossier", "fiche"):
        window.add_inner_page(key, lambda key=key: FakePage(key), under="dossiers")
    window.show_page("dossiers")
    trail.go("dossier")
    trail.go("entretien")
    trail.go("fiche")
    trail.back("entretien")  # not shown: nothing to leave
    assert window.current_page() == "fiche"
    trail.back("fiche")
    assert window.current_page() == "entretien"
    trail.come_from("aujourdhui")
    trail.back("entretien")
    assert window.current_page() == "aujourdhui"


def test_a_page_of_the_bar_begins_a_new_trail(window):
    trail = Trail(window)
    window.show_page("aujourdhui")
    trail.go("entretien")
    window.show_page("aide")
    window.show_page("entretien")
    trail.back("entretien")
    assert window.current_page() == "dossiers"  # its place in the bar
