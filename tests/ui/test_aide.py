"""The help from anywhere: F1 and F2 on every page and at the gate, the way back, what is looked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from iscg_desktop.errors import UserError
from iscg_desktop.messages import SENTENCES, sentence
from iscg_desktop.messages.renvois import RENVOIS, renvoi
from iscg_desktop.services import aide
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.forms.lost_sheet import LostSheet
from iscg_desktop.ui.help_places import PLACES, SECTIONS, chapter_of
from iscg_desktop.ui.pages.aide import AidePage
from iscg_desktop.ui.program import Program
from iscg_desktop.ui.sections_page import SectionsPage
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.theme import Theme
from iscg_desktop.ui.widgets.text_area import TextArea
from tests.vie import draft, open_services

KEY = Qt.Key


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    services, _ = open_services(tmp_path)
    services.entretiens.record(draft())
    tasks = TaskRunner()
    made = Desk(services, tasks)
    qtbot.addWidget(made.window)
    made.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    made.close()
    tasks.close()


def _press(widget: object, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or widget, key)  # type: ignore[call-overload]
    QApplication.processEvents()


def test_every_error_code_has_a_passage_of_the_guide() -> None:
    assert [code for code in SENTENCES if not aide.existe(renvoi(code))] == []
    assert [
        start for start in RENVOIS if not any(f"{code}_".startswith(f"{start}_") for code in SENTENCES)
    ] == []


def test_every_page_has_its_chapter_and_f1_opens_it(desk: Desk) -> None:
    pages = set(desk.window._makers) - {"aide"}
    assert pages == set(PLACES)
    for key in PLACES:
        desk.window.show_page(key)
        _press(desk.window, KEY.Key_F1)
        assert desk.window.current_page() == "aide"
        expected = chapter_of(key, desk.window.page(key))
        assert aide.existe(expected), key
        assert expected.partition("#")[0] == desk.aide.reader.cle, key
        _press(desk.window, KEY.Key_Escape)
        assert desk.window.current_page() == key


def test_every_section_has_its_passage_and_f1_opens_it(desk: Desk) -> None:
    pages = {key: desk.window.page(key) for key in desk.window._makers}
    made = {
        f"{key}:{section}"
        for key, page in pages.items()
        if isinstance(page, SectionsPage)
        for section in page._makers
    }
    assert made == set(SECTIONS)
    for place, chapter in SECTIONS.items():
        key, _, section = place.partition(":")
        page = desk.window.page(key)
        assert isinstance(page, SectionsPage)
        desk.window.show_page(key)
        page.show_section(section)
        _press(desk.window, KEY.Key_F1)
        assert desk.aide.reader.cle == chapter.partition("#")[0]
        assert aide.existe(chapter)


def test_f2_shows_the_emergency_numbers_and_escape_goes_back_the_way_she_came(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.window.show_page("saisines")
    desk._ways._on_saisine_entretien_requested(None)
    qtbot.waitUntil(lambda: desk.window.current_page() == "entretien")
    field = desk.entretien.findChildren(TextArea)[0]
    field.setFocus()
    _press(desk.window, KEY.Key_F2)
    assert desk.aide.reader.cle == "urgences"
    assert "39 19" in desk.aide.reader.toPlainText()
    _press(desk.window, KEY.Key_Escape)
    assert desk.window.current_page() == "entretien"
    assert QApplication.focusWidget() is field
    desk.entretien.left.emit()
    assert desk.window.current_page() == "saisines"


def test_what_the_foot_of_the_window_says_wrong_is_what_f1_explains(desk: Desk) -> None:
    desk.window.show_page("agenda")
    words = sentence(UserError("disque_plein"))
    desk.window.say(words, "alert")
    _press(desk.window, KEY.Key_F1)
    assert desk.aide.reader.cle == words.aide.partition("#")[0]
    _press(desk.window, KEY.Key_Escape)
    desk.window.say("")
    _press(desk.window, KEY.Key_F1)
    assert desk.aide.reader.cle == "agenda"


def test_one_key_shows_the_emergency_numbers_before_any_coffre_is_open(gate: Program, qtbot: QtBot) -> None:
    window = gate._gate
    assert window is not None
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page, focused = window.centralWidget(), QApplication.focusWidget()
    _press(window, KEY.Key_F2)
    assert window.help is not None
    assert (window.help.isVisible(), window.help.reader.cle) == (True, "urgences")
    assert not page.isEnabled()
    assert window.help.geometry() == window.rect()
    _press(window, KEY.Key_Escape)
    assert not window.help.isVisible()
    assert window.centralWidget() is page
    assert (page.isEnabled(), QApplication.focusWidget()) == (True, focused)
    _press(window, KEY.Key_F1)
    assert window.help.reader.cle == "phrase"


@pytest.fixture
def page(qtbot: QtBot) -> AidePage:
    made = AidePage(TaskRunner())
    qtbot.addWidget(made)
    made.resize(1084, 800)
    made.show()
    made.activated()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_nothing_of_the_guide_is_read_before_the_page_is_shown(qtbot: QtBot) -> None:
    made = AidePage(TaskRunner())
    qtbot.addWidget(made)
    assert (made.list.entries(), made.reader.cle) == ((), "")


def test_what_is_looked_for_is_listed_with_its_passage_and_opens(page: AidePage) -> None:
    page.search.setFocus()
    QTest.keyClicks(page.search, "sauvgarde usb")
    QTest.keyClick(page.search, KEY.Key_Down)
    found = page.list.entries()
    assert found[0].renvoi.startswith("sauvegardes")
    assert found[0].extrait
    assert page.reader.cle == "sauvegardes"
    assert QApplication.focusWidget() is page.list
    QTest.keyClick(page.list, KEY.Key_Return)
    assert QApplication.focusWidget() is page.reader
    page.search.setText("xylophone")
    page.search._on_timer_timeout()
    assert page.nothing.isVisible()
    page.search.clear()
    page.search._on_timer_timeout()
    assert not page.nothing.isVisible()
    assert len(page.list.entries()) > 15


def test_the_arrows_go_from_chapter_to_chapter_over_the_headings(page: AidePage) -> None:
    page.list.setFocus()
    seen = [page.reader.cle]
    for _ in range(4):
        QTest.keyClick(page.list, KEY.Key_Down)
        seen.append(page.reader.cle)
    assert seen == [entry.renvoi for entry in page.list.entries() if entry.renvoi][:5]


def test_a_link_leads_to_its_heading(page: AidePage) -> None:
    page.reader.followed.emit("urgences#être-écouté-conseillé-orienté")
    assert page.reader.cle == "urgences"
    assert page.reader.verticalScrollBar().value() > 0
    page.reader.followed.emit("nulle-part")
    assert page.reader.cle == "premiers-pas"


def test_a_narrow_page_shows_the_list_or_the_chapter(page: AidePage) -> None:
    page.resize(560, 700)
    QApplication.processEvents()
    assert page.reader.isVisible()
    assert not page.list.isVisible()
    page.contents.click()
    assert page.list.isVisible()
    assert not page.reader.isVisible()
    page.show_help("agenda")
    assert page.reader.isVisible()


def test_the_words_follow_the_colours_of_the_program(page: AidePage, theme: Theme) -> None:
    page.show_help("clavier" if aide.existe("clavier") else "premiers-pas")
    before = page.reader.toHtml()
    theme.choose("sombre")
    assert page.reader.toHtml() != before


def test_pictures_are_never_wider_than_the_column(page: AidePage) -> None:
    for group in aide.sommaire():
        for key in group.cles:
            page.show_help(key)
            assert page.reader.horizontalScrollBar().maximum() == 0, key


def test_the_sheet_is_written_where_she_chooses(page: AidePage, qtbot: QtBot, tmp_path: Path) -> None:
    page.show_help("agenda")
    assert not page.sheet.isVisible()
    page.show_help("perdu-ou-vole")
    assert page.sheet.isVisible()
    page.sheet.save(tmp_path / "feuille.pdf")
    qtbot.waitUntil(lambda: page.sheet.message.tone == "good" and bool(page.sheet.message.text))
    assert (tmp_path / "feuille.pdf").read_bytes() == aide.feuille_perdu()
    page.sheet.save(tmp_path / "nulle-part" / "feuille.pdf")
    qtbot.waitUntil(lambda: page.sheet.message.tone == "alert")
    assert page.sheet.message.text == SENTENCES["dossier_introuvable"]
    assert page.sheet.message.aide == renvoi("dossier_introuvable")


def test_no_demonstration_is_offered_while_a_coffre_is_open(page: AidePage) -> None:
    page.show_help("demonstration")
    assert not page.demo.isVisible()


def test_the_sheet_is_offered_beside_the_passphrase_too(desk: Desk) -> None:
    page = desk.window.page("reglages")
    assert isinstance(page, SectionsPage)
    desk.window.show_page("reglages")
    page.show_section("phrase")
    (sheet,) = page.section("phrase").findChildren(LostSheet)
    assert sheet.print_button.isVisible()
