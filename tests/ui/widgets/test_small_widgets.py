"""Cards, lines, chips, messages, buttons, boxes, texts and search."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from iscg_desktop.ui.widgets.button import Button, LinkButton
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.empty_state import EmptyState
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Figure, Heading, Quiet, Text, Title
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.nav_button import NavButton
from iscg_desktop.ui.widgets.search_field import SearchField
from iscg_desktop.ui.widgets.text_area import TextArea


def test_sizes_of_type_stand_in_their_proportions(shown):
    labels = [Text("a"), Heading("a"), Title("a"), Figure("a")]
    shown(*labels)
    sizes = [label.font().pointSizeF() for label in labels]
    assert [round(size / sizes[0], 1) for size in sizes] == [1, 1.1, 1.8, 2.2]


@pytest.mark.parametrize("kind", [Text, Title, Heading, Quiet, Figure])
def test_words_of_the_coffre_are_never_taken_for_html(qtbot, kind):
    label = kind("<b>Le Goff</b> <img src='x'>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_one_very_long_word_does_not_push_the_page_aside(shown):
    text = Text("x" * 1000)
    shown(text, width=300)
    assert text.minimumSizeHint().width() < 300
    assert text.text() == "x" * 1000


def test_a_long_state_leaves_the_words_of_a_line_their_width(shown):
    long = Line(
        "CDAS de Vallière", "Évaluation", chip=Chip("quiet", "Refus ou absence de place du partenaire")
    )
    short = Line("CDAS de Vallière", "Évaluation", chip=Chip("quiet", "sans suite"))
    shown(long, short, width=366)
    words = [line.findChild(Quiet).width() for line in (long, short)]
    assert words[0] > words[1] > 200
    (chip,) = long.findChildren(Chip)
    assert chip.geometry().bottom() <= long.height()
    assert chip.width() >= chip.sizeHint().width()


def test_a_card_holds_and_forgets(shown, qtbot):
    card = Card("Fiches", action="Préparer")
    card.add(Line("une"))
    card.add(Line("deux"))
    shown(card)
    with qtbot.waitSignal(card.action_triggered):
        qtbot.mouseClick(card.findChild(LinkButton), Qt.MouseButton.LeftButton)
    card.clear()
    assert card.body.count() == 0
    assert not any(line.isVisible() for line in card.findChildren(Line))
    card.set_action("")
    assert not card.findChild(LinkButton).isVisible()
    assert card.findChild(Heading).isVisible()
    card.set_title("")
    assert not card.findChild(Heading).isVisible()


def test_the_link_of_a_card_answers_the_keyboard(shown, qtbot):
    card = Card("Fiches", action="Préparer")
    shown(card)
    link = card.findChild(LinkButton)
    link.setFocus()
    with qtbot.waitSignal(card.action_triggered):
        qtbot.keyClick(link, Qt.Key.Key_Space)


def test_links_that_come_late_are_reached_in_the_order_they_are_seen(shown, qtbot):
    card, message = Card("Fiches"), InlineMessage()
    inner = Button("Dedans")
    card.add(inner)
    shown(card, message)
    message.show_message("info", "Lisez.")
    close = message.findChild(QToolButton)
    card.set_action("Préparer")
    message.show_message("info", "Lisez.", "Ouvrir")
    for first, then in ((card.findChild(LinkButton), inner), (message.findChild(LinkButton), close)):
        following = first.nextInFocusChain()
        while following.focusPolicy() == Qt.FocusPolicy.NoFocus or not following.isVisible():
            following = following.nextInFocusChain()
        assert following is then


def test_a_line_is_activated_by_enter_space_and_click(shown, qtbot):
    line = Line("9 h 30", "premier entretien", chip=Chip("good", "tenu"), clickable=True)
    shown(line)
    assert line.accessibleName() == "9 h 30, premier entretien, tenu"
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        with qtbot.waitSignal(line.activated):
            qtbot.keyClick(line, key)
    with qtbot.waitSignal(line.activated):
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton)


def test_a_line_that_leads_nowhere_takes_no_focus(shown, qtbot):
    line = Line("9 h 30")
    shown(line, QLineEdit())
    assert line.focusPolicy() is Qt.FocusPolicy.NoFocus
    with qtbot.assertNotEmitted(line.activated):
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton)


def test_a_chip_always_has_its_words(shown):
    chip = Chip("warn", "sous 48 h")
    shown(chip)
    assert chip.width() > chip.fontMetrics().horizontalAdvance("sous 48 h")
    chip.set("good", "traitée")
    assert (chip.role, chip.text()) == ("good", "traitée")


def test_a_message_is_hidden_until_it_says_something(shown, qtbot):
    message = InlineMessage()
    shown(message)
    assert not message.isVisible()
    message.show_message("warn", "Vérifiez le nom.", "Ouvrir")
    assert message.isVisible()
    assert message.accessibleName() == "Vérifiez le nom."
    with qtbot.waitSignal(message.action_triggered):
        qtbot.mouseClick(message.findChild(LinkButton), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(message.dismissed):
        qtbot.mouseClick(message.findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert (message.isVisible(), message.text) == (False, "")


def test_a_message_that_says_nothing_is_made_of_nothing(shown):
    """There are eighty in the program, seven widgets each once they speak."""
    message = InlineMessage("warn")
    shown(message)
    message.resize(300, 40)
    message.clear()
    message.enter_action()
    assert (message.findChildren(QWidget), message.text, message.aide) == ([], "", "")


def test_in_a_narrow_place_the_links_of_a_message_stand_under_it_and_whole(shown):
    message = InlineMessage("alert", dismissible=False)
    shown(message)
    message.show_message(
        "alert", "La base du coffre est abîmée ou incomplète. " * 3, "Sauver ce qui peut l’être"
    )
    label, link = message.findChild(QLabel), message.findChild(LinkButton)
    for width, beside in ((900, True), (380, False)):
        message.resize(width, message.heightForWidth(width))
        message.layout().activate()
        assert (link.mapTo(message, link.rect().topLeft()).x() > label.geometry().right()) is beside
        assert link.width() >= link.sizeHint().width()
        assert label.width() > 250


def test_a_message_that_must_stay_has_no_cross(shown):
    message = InlineMessage("alert", "Coffre en lecture seule.", dismissible=False)
    shown(message)
    assert message.findChild(QToolButton) is None


def test_an_empty_state_leads_on(shown, qtbot):
    empty = EmptyState("phone", "Aucun contact", detail="Notez un appel.", action="Ouvrir l’annuaire")
    shown(empty)
    with qtbot.waitSignal(empty.action_triggered):
        qtbot.mouseClick(empty.findChild(QPushButton), Qt.MouseButton.LeftButton)
    words = {label.text() for label in empty.findChildren(QLabel) if label.isVisible()}
    assert words >= {"Aucun contact", "Notez un appel."}


@pytest.mark.parametrize("kind", ["primary", "secondary", "quiet", "danger"])
def test_buttons_are_high_enough_and_answer_their_key(shown, qtbot, kind):
    button = Button("&Imprimer", kind=kind, icon="printer", shortcut="Ctrl+P")
    other = QLineEdit()
    shown(other, button)
    assert button.height() >= 34
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(other, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(other, Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)
    assert button.toolTip() == "Ctrl+P"


class _TakesEnter(QWidget):
    """A form that takes Enter for « done »."""

    done = 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.done += event.key() == Qt.Key.Key_Return


@pytest.mark.parametrize("make", [Button, LinkButton, lambda text: NavButton(text, "sun")])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_on_a_button_presses_it_and_nothing_around_it(shown, make, key):
    form = _TakesEnter()
    button = make("Annuler")
    QVBoxLayout(form).addWidget(button)
    shown(form)
    pressed = []
    button.clicked.connect(lambda: pressed.append(True))
    button.setFocus()
    keypad = Qt.KeyboardModifier.KeypadModifier
    QTest.keyClick(button, key, keypad if key == Qt.Key.Key_Enter else Qt.KeyboardModifier.NoModifier)
    held = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", True)
    QApplication.sendEvent(button, held)
    assert (pressed, form.done) == ([True], 0)


def test_focus_and_pointer_do_not_move_a_button(shown, qtbot):
    button = Button("Imprimer", icon="printer")
    other = QLineEdit()
    shown(button, other)
    with_focus = button.size()
    other.setFocus()
    assert button.sizeHint() == with_focus


def test_a_box_is_ticked_by_space_by_its_words_and_by_its_mnemonic(shown, qtbot):
    box = CheckBox("&Ne pas laisser de message")
    shown(box, QLineEdit())
    with qtbot.waitSignals([box.edited, box.committed]):
        qtbot.keyClick(box, Qt.Key.Key_Space)
    assert box.value() is True
    qtbot.mouseClick(
        box, Qt.MouseButton.LeftButton, pos=QPoint(box.sizeHint().width() - 8, box.height() // 2)
    )
    assert box.value() is False
    qtbot.keyClick(box, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(box.value)
    with qtbot.assertNotEmitted(box.edited):
        box.set_value(False)
    box.clear()
    assert box.value() is False


def test_a_text_grows_with_what_is_written_up_to_a_point(shown, qtbot):
    area = TextArea("Ce qui peut aller à une fiche.", rows=2, max_rows=6)
    shown(area, QLineEdit(), width=500, height=600)
    low = area.height()
    line = area.fontMetrics().lineSpacing()
    area.set_value("une ligne\n" * 4 + "fin")
    qtbot.waitUntil(lambda: area.height() == pytest.approx(low + 3 * line, abs=4))
    assert area.verticalScrollBar().maximum() == 0
    area.set_value("une ligne\n" * 30)
    qtbot.waitUntil(lambda: area.height() == pytest.approx(low + 4 * line, abs=4))
    assert area.verticalScrollBar().maximum() > 0


def test_lines_of_a_text_are_no_longer_than_75_characters(shown):
    area = TextArea()
    shown(area, width=1500)
    assert area.viewport().width() / area.fontMetrics().averageCharWidth() < 80


def test_tab_leaves_a_text(shown, qtbot):
    area = TextArea()
    shown(area, QLineEdit())
    with qtbot.waitSignal(area.edited):
        qtbot.keyClicks(area, "mot")
    with qtbot.waitSignal(area.committed) as committed:
        qtbot.keyClick(area, Qt.Key.Key_Tab)
    assert committed.args == ["mot"]
    assert (area.value(), area.hasFocus()) == ("mot", False)
    with qtbot.assertNotEmitted(area.edited):
        area.set_value("autre")
        area.clear()
    assert area.value() == ""


def test_search_answers_each_letter_unless_the_answers_are_slow(shown, qtbot):
    field = SearchField()
    shown(field, QLineEdit())
    slow = [False]

    def answer(_text: str) -> None:
        until = time.thread_time() + (0.07 if slow[0] else 0)
        while time.thread_time() < until:
            pass

    field.searched.connect(answer)
    searched = []
    field.searched.connect(searched.append)
    qtbot.keyClicks(field, "le")
    QApplication.processEvents()
    assert searched == ["le"]  # at once, one answer to keys that came together
    slow[0] = True
    qtbot.keyClick(field, "g")
    QApplication.processEvents()
    qtbot.keyClick(field, "a")
    QApplication.processEvents()
    assert searched == ["le", "leg"]
    qtbot.waitUntil(lambda: searched == ["le", "leg", "lega"])


def test_search_does_not_wait_for_enter(shown, qtbot):
    field = SearchField()
    shown(field, QLineEdit())
    searched = []
    field.searched.connect(searched.append)
    qtbot.keyClicks(field, "le g")
    assert searched == []
    qtbot.waitUntil(lambda: searched == ["le g"])
    qtbot.keyClicks(field, "o")
    with qtbot.waitSignal(field.opened):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert searched == ["le g", "le go"]
    with qtbot.waitSignal(field.left_downwards):
        qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert searched == ["le g", "le go", ""]
    assert field.text() == ""


def test_words_she_typed_beside_a_box_never_push_a_page_past_its_edge(qtbot):
    names = "2026-0001 · " + " & ".join(["DE LA VILLETREHUÉ-KERGOAT Anne-Sophie"] * 6)
    box, clipped = (CheckBox(names.replace("&", "&&"), elides=elides) for elides in (True, False))
    for each in (box, clipped):
        qtbot.addWidget(each)
        each.resize(300, each.sizeHint().height())
    assert box.minimumSizeHint().width() < 300 < box.sizeHint().width()
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.addWidget(CheckBox(names.replace("&", "&&"), elides=True))
    assert column.minimumSize().width() < 300
    assert clipped.minimumSizeHint() == clipped.sizeHint()
    assert box.toolTip() == names
    assert not clipped.toolTip()
    assert box.grab().toImage() != clipped.grab().toImage()  # it says that there is more


def test_the_ring_of_a_link_does_not_touch_its_words(qtbot):
    link = LinkButton("Rouvrir")
    qtbot.addWidget(link)
    link.ensurePolished()
    words = link.fontMetrics().horizontalAdvance("Rouvrir")
    assert link.sizeHint().width() >= words + 2 * (2 + 3), "two pixels of ring and three of air, on each side"
