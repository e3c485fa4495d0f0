"""A card of lines: the first at once, the rest when it is asked for, the arrows from one to the next."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button, LinkButton
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.late import in_tab_order, show_when
from iscg_desktop.ui.widgets.line import Line

SHOWN = 6
"""Lines of a card before it must be asked for the rest."""

RING = 8
"""Pixels between the words of a line and the ring of its focus."""

_MORE = 30  # lines added at each asking


class ListCard(Card):
    """A card of lines; only the first are shown until the rest is asked for.

    The first lines may be kept, to say something else at the next reading: see ``keep_rows``.

    ↑ and ↓ go from a line to the next; ↓ on the last one shown brings those that wait.

    Args:
        title: Its heading.
        empty: What it says when there is nothing, and what to do then.
        shown: Lines shown at once.

    Attributes:
        kept_rows: The rows kept, from top to bottom.

    Signals:
        chosen: The key of the line that was activated.
    """

    chosen = Signal(object)

    def __init__(
        self, title: str, empty: str = "", *, action: str = "", icon: str = "", shown: int = SHOWN
    ) -> None:
        super().__init__(title, action=action, icon=icon)
        self._empty = Quiet(empty)
        self._shown = shown
        self._keys: dict[QWidget, object] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._more = LinkButton()
        self._more.clicked.connect(self._on_more_clicked)
        self._waiting: Iterator[tuple[object, QWidget]] = iter(())
        self._count = self._wanted = 0
        self._said: tuple[object, ...] | None = None
        self._lasting: QWidget | None = None  # around the rows kept
        self.kept_rows: list[QWidget] = []
        self._align()
        self._empty.hide()  # until it is known that there is nothing
        self._more.hide()
        self.add(self._empty)
        self.add(self._rows)
        self.add(self._more)

    def says(self, *what: object) -> bool:
        """Whether the lines say this already; remembers it else.

        Reading again what has not changed then makes no line again. To be asked just before ``show_rows``, with
        everything that the lines are made of.
        """
        same = what == self._said
        self._said = what
        return same

    def show_rows(self, rows: Iterable[tuple[object, QWidget]], count: int) -> None:
        """Show these lines in place of the others; a line with a key other than None can be activated.

        Args:
            rows: Taken one by one as they come into sight: hundreds may wait.
            count: How many there are.
        """
        held = self._held()
        while (item := self._rows.takeAt(int(self._lasting is not None))) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._keys = {}
        self._waiting, self._count = iter(rows), count
        self._take(max(self._shown, self._wanted))
        self._empty.setVisible(not count and bool(self._empty.text()))
        if held is not None:
            self._hold(*held)

    def keep_rows(self) -> None:
        """From now on keep the rows first shown, so that they may be shown again."""
        self._lasting = _column()
        self._rows.addWidget(self._lasting)

    def keep(self, row: QWidget) -> None:
        """Put a row under those kept."""
        column = self._lasting.layout() if self._lasting is not None else None
        assert column is not None
        above = [line for each in self.kept_rows for line in _lines(each)]
        column.addWidget(row)
        self.kept_rows.append(row)
        _align(row)
        for line in _lines(row):
            in_tab_order(above[-1] if above else self._empty, line)

    def _held(self) -> tuple[int, object, int] | None:
        """Where the keyboard is: rank of the line, its key, place in it."""
        focused = QApplication.focusWidget()
        for rank, (row, key) in enumerate(self._keys.items()):
            stops = _stops(row)
            if focused in stops:
                return rank, key, stops.index(focused)
        return None

    def _hold(self, rank: int, key: object, place: int) -> None:
        """Keep the keyboard where it was, or give it the line that came in place of the one that is gone."""
        rows = list(self._keys)
        if not rows:
            return
        row = rows[min(rank, len(rows) - 1)]
        stops = _stops(row)
        same = key is not None and self._keys[row] == key
        if stops:
            stops[min(place, len(stops) - 1) if same else 0].setFocus(Qt.FocusReason.OtherFocusReason)

    def forget_wanted(self) -> None:
        """Show the first lines only at the next reading: the card is about something else."""
        self._wanted = 0

    def rows(self) -> list[QWidget]:
        """The rows shown, from top to bottom."""
        return list(self._keys)

    def lines(self) -> list[Line]:
        """The lines shown that take the focus, from top to bottom."""
        found = [line for row in self._keys for line in _lines(row)]
        return [line for line in found if line.focusPolicy() != Qt.FocusPolicy.NoFocus]

    def enter(self) -> bool:
        """Go to the first line that can be activated, bringing those that wait; False when there is none."""
        while not (lines := self.lines()) and self._more.isVisible():
            self._on_more_clicked()
        if lines:
            lines[0].setFocus(Qt.FocusReason.TabFocusReason)
        return bool(lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        focused, key = QApplication.focusWidget(), Qt.Key(event.key())
        lines = self.lines() if key in steps else []
        if focused not in lines:
            super().keyPressEvent(event)
            return
        place = lines.index(focused) + steps[key]
        while place == len(lines) and self._more.isVisible():
            self._on_more_clicked()
            lines = self.lines()
        if 0 <= place < len(lines):
            lines[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _take(self, number: int) -> None:
        lasting = self._lasting if not self._keys else None
        # Shown together: each shown by itself would lay the whole page out once more.
        together = lasting if lasting is not None else _column()
        column = together.layout()
        assert column is not None
        for key, widget in itertools.islice(self._waiting, number):
            self._keys[widget] = key
            if self._lasting is not None and widget.parent() is self._lasting:
                show_when(widget, True)
                continue
            if lasting is not None:
                self.keep(widget)
            else:
                column.addWidget(widget)
                _align(widget)
            if isinstance(widget, Line) and key is not None:
                widget.activated.connect(self._on_line_activated)
        if lasting is not None:
            self._put_away()
        elif column.count():
            self._rows.addWidget(together)
            if self.isVisible():  # else with the card, when its width is known
                together.show()
        hidden = self._count - len(self._keys)
        self._more.setVisible(hidden > 0)
        more = (
            self.tr("Montrer tout ({n} de plus)")
            if hidden <= _MORE
            else self.tr("Montrer la suite ({n} de plus)")
        )
        self._more.setText(more.format(n=hidden))

    def _put_away(self) -> None:
        """Hide the rows kept that say nothing now."""
        assert self._lasting is not None
        for row in self.kept_rows:
            if row not in self._keys:
                row.hide()
            elif self.isVisible():
                row.show()
        show_when(self._lasting, bool(self._keys))

    def _align(self) -> None:
        """Words begin at the margin of the card; the ring around a line stands out of it."""
        set_margins(self, GAP - RING, GAP - 2, GAP - RING, GAP - 4)
        set_margins(self._head, RING, 0, RING, 0)
        self._empty.setContentsMargins(RING, 0, RING, 0)

    @Slot()
    def _on_more_clicked(self) -> None:
        self._wanted = len(self._keys) + _MORE  # as many at the next reading
        self._take(_MORE)

    @Slot()
    def _on_line_activated(self) -> None:
        self.chosen.emit(self._keys[self.sender()])  # type: ignore[index]


def _column() -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return holder


def _align(row: QWidget) -> None:
    for line in _lines(row):
        set_margins(line, RING, 4, RING, 4)


def _lines(row: QWidget) -> list[Line]:
    """The lines of a row, itself if it is one."""
    return [each for each in (row, *row.findChildren(Line)) if isinstance(each, Line)]


def _stops(row: QWidget) -> list[QWidget]:
    """What takes the keyboard in a line, and the line itself."""
    return [
        each for each in (row, *row.findChildren(QWidget)) if each.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]


def set_margins(widget: QWidget, left: int, top: int, right: int, bottom: int) -> None:
    """Margins of the layout of a widget."""
    layout = widget.layout()
    assert layout is not None
    layout.setContentsMargins(left, top, right, bottom)


def with_buttons(line: Line, buttons: Sequence[Button], *, under: bool = False) -> QWidget:
    """A line over its buttons; one alone stands beside it, unless it is to be under."""
    holder = QWidget()
    if len(buttons) == 1 and not under:
        beside = QHBoxLayout(holder)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(4)
        beside.addWidget(line, 1)
        beside.addWidget(buttons[0])
        return holder
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 4)
    column.setSpacing(0)
    column.addWidget(line)
    row = QHBoxLayout()
    row.setSpacing(4)
    for button in buttons:
        row.addWidget(button)
    row.addStretch()
    column.addLayout(row)
    return holder
