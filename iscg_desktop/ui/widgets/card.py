"""A group of things on its own surface."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import LinkButton
from iscg_desktop.ui.widgets.icon_label import IconLabel
from iscg_desktop.ui.widgets.labels import Heading
from iscg_desktop.ui.widgets.late import reach_at


class Card(QFrame):
    """A titled surface; what it holds stands in ``body``, from top to bottom.

    Args:
        title: Its heading, or "".
        action: Words of one link at the right of the heading, or "".
        icon: Lucide name before the heading, or "".
    """

    action_triggered = Signal()

    def __init__(
        self, title: str = "", *, action: str = "", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = Heading(title)
        self._action: LinkButton | None = None  # most cards lead nowhere
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        if icon:
            head.addWidget(IconLabel(icon, "quiet", 18))
        head.addWidget(self._title, 1)
        self._head_row = head
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(GAP, GAP - 2, GAP, GAP)
        outer.setSpacing(10)
        outer.addWidget(self._head)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        outer.addLayout(self.body)
        # In a row of cards the shorter ones keep their content at the top.
        outer.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum))
        outer.setStretch(2, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_title(title)
        self.set_action(action)

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Add something under what is already there."""
        if isinstance(item, QWidget):
            self.body.addWidget(item, stretch)
        else:
            self.body.addLayout(item, stretch)
        if stretch:
            self._outer.setStretchFactor(self.body, 1)
            self._outer.setStretch(2, 0)

    def add_beside_title(self, widget: QWidget) -> None:
        """Put something at the right of the heading, before its link."""
        self._head_row.insertWidget(self._head_row.count() - (self._action is not None), widget)

    def clear(self) -> None:
        """Take away all the widgets it holds."""
        while (item := self.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def set_title(self, title: str) -> None:
        """Head it otherwise."""
        self._title.setText(title)
        self._show_head()

    def set_action(self, action: str) -> None:
        """Give the link other words; "" takes it away."""
        if action and self._action is None:
            self._action = LinkButton()
            self._action.clicked.connect(self.action_triggered)
            self._head_row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignTop)
            reach_at(self._title, self._action)
        if self._action is not None:
            self._action.setText(action)
            self._action.setVisible(bool(action))
        self._show_head()

    def _show_head(self) -> None:
        leads = self._action is not None and bool(self._action.text())
        self._head.setVisible(bool(self._title.text()) or leads)
