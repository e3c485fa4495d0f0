"""Underlines misspelt words in every text she writes; the dictionary answers in a worker, the window never waits."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.orthographe import OrthographeService, bare, words_of
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.theme import color
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.text_area import TextArea

PAUSE = 250
"""Milliseconds without a keystroke before the new words are asked about."""

_NAMED_BY = {"personnes", "partenaires", "reglages"}


class Speller(QObject):
    """Watches the text fields of a window from the first time each has the focus; until then it costs nothing.

    Shift+F7 goes to the next misspelt word and offers what may be meant; so does the menu of a word.

    Args:
        service: The dictionary and her words.
        tasks: Where the dictionary answers.
        hub: Tells when the names of the coffre change.

    Signals:
        refused: Why a word was not kept.
    """

    refused = Signal(str)

    def __init__(
        self, service: OrthographeService, tasks: TaskRunner, hub: ChangesHub, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._service, self._tasks, self._hub, self._window = service, tasks, hub, parent
        self._verdicts: dict[str, bool] = {}  # word -> whether it is misspelt
        self._asked: set[str] = set()
        self._names: tuple[str, ...] | None = None
        self._watched: list[Highlighter] = []
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._on_pause_timeout)
        hub.changed.connect(self._on_hub_changed)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def is_wrong(self, word: str) -> bool:
        """Whether a word is known to be misspelt; an unknown one is asked about in a moment."""
        if word not in self._verdicts:
            self._asked.add(word)
            self._pause.start()
        return self._verdicts.get(word, False)

    def offer(self, area: TextArea, cursor: QTextCursor, place: QPoint) -> QMenu:
        """Show the menu of a text at a place, with what the word under a cursor may mean when it is misspelt."""
        menu = area.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        found = _word_at(cursor)
        if found is not None and self.is_wrong(found[1]):
            self._add_suggestions(menu, area, cursor.block().position() + found[0], found[1])
        menu.popup(place)
        return menu

    def go_to_next(self, area: TextArea) -> None:
        """Select the next misspelt word of a text, from the cursor on and round, and offer what it may mean."""
        text, here = area.toPlainText(), area.textCursor().selectionEnd()
        wrong = [(start, word) for start, word in words_of(text) if self.is_wrong(word)]
        following = [each for each in wrong if each[0] >= here] or wrong
        if not following:
            return
        cursor = _selecting(area, *following[0])
        area.setTextCursor(cursor)
        at = area.cursorRect().bottomLeft()
        self.offer(area, cursor, area.viewport().mapToGlobal(at))

    def _add_suggestions(self, menu: QMenu, area: TextArea, start: int, word: str) -> None:
        first = menu.actions()[0]
        waiting = QAction(self.tr("Recherche…"), menu, enabled=False)
        add = QAction(self.tr("&Ajouter à mes mots"), menu)
        add.triggered.connect(partial(self._add, word))
        rule = QAction(menu)
        rule.setSeparator(True)
        menu.insertActions(first, [waiting, add, rule])
        core = bare(word)
        self._tasks.run(
            self._service.correcteur.suggest,
            core,
            on_done=lambda words: self._fill(menu, waiting, area, start, word, words),
        )

    def _fill(
        self, menu: QMenu, waiting: QAction, area: TextArea, start: int, word: str, words: Iterable[str]
    ) -> None:
        if self._menu_is_gone(menu):
            return
        before = word[: len(word) - len(bare(word))]
        found = [QAction(before + each, menu) for each in words]
        for action in found:
            action.triggered.connect(partial(_replace, area, start, word, action.text()))
        if found:
            menu.insertActions(waiting, found)
            menu.removeAction(waiting)
            menu.setActiveAction(found[0])
        else:
            waiting.setText(self.tr("Aucune suggestion"))

    @staticmethod
    def _menu_is_gone(menu: QMenu) -> bool:
        import shiboken6

        return not shiboken6.isValid(menu)

    def _add(self, word: str) -> None:
        try:
            changes = self._service.add(bare(word))
        except UserError as error:
            self.refused.emit(sentence(error))
            return
        self._hub.announce(changes)

    def _forget(self) -> None:
        """Ask again about every word: the names changed."""
        self._names = None
        self._verdicts.clear()
        for each in self._watched:
            each.rehighlight()

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(new, TextArea) and self._window.isAncestorOf(new) and not new.isReadOnly():
            if any(each.area is new for each in self._watched):
                return
            highlighter = Highlighter(new, self)
            self._watched.append(highlighter)
            highlighter.destroyed.connect(self._on_highlighter_destroyed)

    @Slot()
    def _on_highlighter_destroyed(self) -> None:
        import shiboken6

        self._watched = [each for each in self._watched if shiboken6.isValid(each)]

    @Slot()
    def _on_pause_timeout(self) -> None:
        words, self._asked = frozenset(self._asked - self._verdicts.keys()), set()
        if not words:
            return
        if self._names is None:
            self._names = self._service.names()
        # Names typed in the same form are not in the coffre yet.
        typed = [edit.text() for edit in self._window.findChildren(LineEdit) if edit.isVisible()]
        self._tasks.run(
            self._service.correcteur.wrong,
            words,
            (*self._names, *typed),
            on_done=partial(self._on_answered, words),
        )

    def _on_answered(self, asked: frozenset[str], wrong: frozenset[str]) -> None:
        self._verdicts |= {word: word in wrong for word in asked}
        if wrong:
            for each in self._watched:
                each.rehighlight()

    @Slot(object)
    def _on_hub_changed(self, changed: Changes) -> None:
        if changed.kinds & _NAMED_BY:
            self._forget()


class Highlighter(QSyntaxHighlighter):
    """Underlines the misspelt words of one text, the one being typed left out.

    Attributes:
        area: The text.
    """

    def __init__(self, area: TextArea, speller: Speller) -> None:
        super().__init__(area.document())
        self.area, self._speller = area, speller
        self._spared = -1  # place of the word under the cursor, left in peace while it is typed
        # The key of the menu goes to the area itself, a right click to what is under the mouse.
        for each in (area, area.viewport()):
            each.installEventFilter(self)
        area.cursorPositionChanged.connect(self._on_cursor_moved)

    def highlightBlock(self, text: str) -> None:
        if not self.area.checks_spelling:
            return
        block = self.currentBlock()
        here = self.area.textCursor().position() - block.position() if self.area.hasFocus() else -1
        for start, word in words_of(text):
            if (
                start < here <= start + len(word) and here == len(text.rstrip())
            ) or start < here < start + len(word):
                self._spared = block.position() + start
            elif self._speller.is_wrong(word):
                self.setFormat(start, len(word), _wavy())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QContextMenuEvent) and watched in (self.area, self.area.viewport()):
            by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
            cursor = self.area.textCursor() if by_key else self.area.cursorForPosition(event.pos())
            self._speller.offer(self.area, cursor, event.globalPos())
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
            if event.key() == Qt.Key.Key_F7 and shift:
                self._speller.go_to_next(self.area)
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _on_cursor_moved(self) -> None:
        """The word that was spared is looked at once the cursor leaves it."""
        if self._spared < 0:
            return
        spared, here = self._spared, self.area.textCursor().position()
        block = self.document().findBlock(spared)
        found = next((w for at, w in words_of(block.text()) if block.position() + at == spared), "")
        if not spared <= here <= spared + len(found):
            self._spared = -1
            self.rehighlightBlock(block)


def _wavy() -> QTextCharFormat:
    found = QTextCharFormat()
    found.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    found.setUnderlineColor(color("alert"))
    return found


def _word_at(cursor: QTextCursor) -> tuple[int, str] | None:
    """The word under a cursor, with its place in the block."""
    here = (
        cursor.selectionStart() if cursor.hasSelection() else cursor.position()
    ) - cursor.block().position()
    words = words_of(cursor.block().text())
    return next(((at, word) for at, word in words if at <= here <= at + len(word)), None)


def _selecting(area: TextArea, start: int, word: str) -> QTextCursor:
    cursor = area.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start + len(word), QTextCursor.MoveMode.KeepAnchor)
    return cursor


def _replace(area: TextArea, start: int, word: str, other: str) -> None:
    """Put one word in place of another, if it is still there; Ctrl+Z takes it back."""
    cursor = _selecting(area, start, word)
    if cursor.selectedText() == word:
        cursor.insertText(other)
        area.setFocus(Qt.FocusReason.OtherFocusReason)
