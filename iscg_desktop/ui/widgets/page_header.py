"""Head of a page: its title, its state, its one primary action."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from iscg_desktop.ui import icons
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button, LinkButton
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.labels import Quiet, Title


class PageHeader(QWidget):
    """Title and subtitle on the left, actions on the right; actions go under the title when it is narrow.

    Args:
        title: Name of the page.
        subtitle: A quiet line, such as the state of the draft.
    """

    back_triggered = Signal()

    def __init__(self, title: str, subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._subtitle = Title(title), Quiet(subtitle)
        self._words = QVBoxLayout()
        self._words.setSpacing(2)
        self._words.addWidget(self._title)
        self._words.addWidget(self._subtitle)
        words = _Words()
        words.setLayout(self._words)
        self._words.setContentsMargins(0, 0, 0, 0)
        self._actions = QWidget()
        self._row = FlowLayout(self._actions, spacing=GAP - 4)
        flow = FlowLayout(self, spacing=GAP - 4)
        flow.addWidget(words)
        flow.addWidget(self._actions)
        self._others = 0
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_subtitle(subtitle)

    @property
    def title(self) -> str:
        """Name of the page."""
        return self._title.text()

    def set_title(self, title: str) -> None:
        """Name the page otherwise."""
        self._title.setText(title)

    def set_subtitle(self, subtitle: str) -> None:
        """Say another state."""
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def set_primary(self, text: str, *, icon: str = "", shortcut: str = "") -> Button:
        """Add the one primary action, the last on the right."""
        button = Button(text, kind="primary", icon=icon, shortcut=shortcut)
        self._row.addWidget(button)
        return button

    def add_secondary(self, text: str, *, icon: str = "", shortcut: str = "") -> Button:
        """Add another action, before the primary one."""
        button = Button(text, icon=icon, shortcut=shortcut)
        self.add_widget(button)
        return button

    def add_widget(self, widget: QWidget) -> None:
        """Add a widget before the primary action, such as a ``SearchField``."""
        if widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Expanding:
            widget.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._row.insert_widget(self._others, widget)
        self._others += 1

    def set_back(self, text: str) -> LinkButton:
        """Add a way back over the title, such as « Dossiers »; Alt+← presses it too."""
        back = LinkButton(text)
        back.setObjectName("back")
        icons.set_icon(back, "arrow-left", "accent", 16, gap=2)
        QShortcut(QKeySequence("Alt+Left"), back, back.click)
        back.setToolTip(QKeySequence("Alt+Left").toString(QKeySequence.SequenceFormat.NativeText))
        back.clicked.connect(self.back_triggered)
        self._words.insertWidget(0, back, alignment=Qt.AlignmentFlag.AlignLeft)
        return back


class _Words(QWidget):
    """Takes the room the actions leave, but asks for little: a long subtitle folds before they do."""

    _ASKED = 48  # characters

    def __init__(self) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        lines = [
            label.fontMetrics().horizontalAdvance(label.text())
            for label in self.findChildren(QLabel)
            if not label.isHidden()
        ]
        asked = self.fontMetrics().averageCharWidth() * self._ASKED
        width = min(max(lines, default=0) + 4, asked)
        return QSize(width, self.heightForWidth(width))
