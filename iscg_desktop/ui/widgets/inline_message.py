"""A message where the eye already is, instead of a dialog."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from iscg_desktop.ui import icons
from iscg_desktop.ui.theme import color, soft_color
from iscg_desktop.ui.widgets.button import LinkButton
from iscg_desktop.ui.widgets.help_link import HelpLink
from iscg_desktop.ui.widgets.icon_label import IconLabel
from iscg_desktop.ui.widgets.labels import Text
from iscg_desktop.ui.widgets.late import reach_at

Tone = Literal["info", "good", "warn", "alert"]

_ICONS = {"info": "info", "good": "circle-check", "warn": "triangle-alert", "alert": "circle-alert"}
_READABLE = 330  # px that a sentence takes beside its links, mark included


class InlineMessage(QWidget):
    """A sentence with the mark of its tone; hidden while it says nothing.

    A ``Sentence`` that the guide explains has a link to its chapter, which F1 opens too.

    Args:
        tone: What kind of message it is.
        text: The sentence, or "".
        action: Words of a link that helps, or "".
        dismissible: Whether she can put it away.
    """

    action_triggered = Signal()
    dismissed = Signal()

    def __init__(
        self,
        tone: Tone = "info",
        text: str = "",
        *,
        action: str = "",
        dismissible: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone: Tone = tone
        self._dismissible = dismissible
        self._inside: _Inside | None = None  # most never say anything: made for the first sentence
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_message(tone, text, action)

    @property
    def text(self) -> str:
        """What it says, or ""."""
        return self._inside.text.text() if self._inside is not None else ""

    @property
    def aide(self) -> str:
        """Where the guide says more of it, or ""."""
        links = self._inside.links if self._inside is not None and self.text else None
        return links.more.aide if links is not None else ""

    @property
    def tone(self) -> Tone:
        """What kind of message it is."""
        return self._tone

    def show_message(self, tone: Tone, text: str, action: str = "") -> None:
        """Say something else; "" hides it."""
        self._tone = tone
        if text and self._inside is None:
            self._inside = self._make_inside()
        if self._inside is not None:
            self._inside.icon.set(_ICONS[tone], self._role)
            self._inside.say(text, action)
            self._inside.place_links(self.width())
        self.setAccessibleName(text)
        if not text or self.parent() is not None:
            self.setVisible(bool(text))  # without a parent it would open as a window of its own
        self.update()
        if text and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def clear(self) -> None:
        """Say nothing and hide."""
        self.show_message(self._tone, "")

    def enter_action(self) -> None:
        """Bring the keyboard to the link that helps: what is asked is answered where it is asked."""
        if self._inside is not None and self._inside.links is not None:
            self._inside.links.action.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._inside is not None:
            self._inside.place_links(event.size().width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft_color(self._role))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        painter.setBrush(color(self._role))
        painter.drawRoundedRect(QRectF(0, 8, 3, self.height() - 16), 1.5, 1.5)

    def _make_inside(self) -> _Inside:
        inside = _Inside(self, self._role)
        if self._dismissible:
            close = inside.add_close()
            close.clicked.connect(self._on_close_clicked)
            for say in (close.setAccessibleName, close.setToolTip):
                say(self.tr("Fermer ce message"))
        return inside

    @property
    def _role(self) -> str:
        return "accent" if self._tone == "info" else self._tone

    @Slot()
    def _on_close_clicked(self) -> None:
        self.clear()
        self.dismissed.emit()


class _Inside:
    """What a message is made of: its links for the first that leads somewhere.

    Args:
        message: The one it fills.
        role: Colour of its mark.
    """

    def __init__(self, message: InlineMessage, role: str) -> None:
        self._message = message
        self.icon = IconLabel(_ICONS[message.tone], role, 18)
        self.text = Text()
        self.links: _Links | None = None
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.addWidget(self.text, 1)
        self._row = QHBoxLayout(message)
        self._row.setContentsMargins(12, 9, 8, 9)
        self._row.setSpacing(10)
        self._row.addWidget(self.icon)
        self._row.addLayout(self._body, 1)

    def add_close(self) -> QToolButton:
        """A cross at the end."""
        close = QToolButton()
        close.setObjectName("close")
        icons.set_icon(close, "x", "quiet", 16)
        self._row.addWidget(close)
        return close

    def say(self, text: str, action: str) -> None:
        """Say a sentence, with the words of a link that helps, or ""."""
        self.text.setText(text)
        if self.links is None and (action or getattr(text, "aide", "")):
            self.links = _Links()
            self.links.action.clicked.connect(self._message.action_triggered)
            self._body.addWidget(self.links, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            reach_at(self.text, self.links.action)
            QWidget.setTabOrder(self.links.action, self.links.more)
        if self.links is not None:
            self.links.lead(text, action)

    def place_links(self, width: int) -> None:
        """Beside the sentence, or under it where it would else stand in a column of some words."""
        if self.links is None:
            return
        narrow = width < _READABLE + self.links.sizeHint().width()
        self._body.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
        self._body.setSpacing(2 if narrow else 10)


class _Links(QWidget):
    """Where a message leads: what helps, and where the guide says more."""

    def __init__(self) -> None:
        super().__init__()
        self.action, self.more = LinkButton(), HelpLink()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.action)
        row.addWidget(self.more)

    def lead(self, text: str, action: str) -> None:
        """Lead there; hidden when nowhere."""
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self.more.follow(text)
        self.setVisible(bool(action) or bool(self.more.aide))
