"""A page whose head stays and whose content scrolls, the focused field always in sight."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from iscg_desktop.ui.tokens import GAP, MARGIN
from iscg_desktop.ui.widgets.page_header import PageHeader

KEPT_WHOLE = "keptWhole"
"""Property of a short form: whoever types in it sees its button too."""

_KEPT_IN_SIGHT = 104  # pixels under a field: three lines of an error and the way to its passage of the guide


class ScrollPage(QWidget):
    """A page: header, then what it holds in ``body``, then perhaps a footer.

    Args:
        header: Stays while the rest scrolls.
        max_width: Content is not wider than this, so that the eye finds its way back.
    """

    def __init__(
        self, header: PageHeader | None = None, *, max_width: int = 1180, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.header = header
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        if header is not None:
            self._outer.addWidget(_centred(header, max_width, (MARGIN, 22, MARGIN, 14)))
        self._content = QWidget()
        self.body = QVBoxLayout()
        self.body.setSpacing(GAP)
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self.body)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("scroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled = self._scrolled = _centred(
            self._content, max_width, (MARGIN, 4 if header else 22, MARGIN, 22)
        )
        scrolled.setObjectName("scrolled")
        self._scroll.setWidget(scrolled)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self._outer.addWidget(self._scroll, 1)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)
        self._once_laid_out = QTimer(self, singleShot=True, interval=0)
        self._once_laid_out.timeout.connect(self._keep_in_sight)

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Add something under what is already there; with a stretch it takes the height that is left."""
        if isinstance(item, QWidget):
            self.body.addWidget(item, stretch)
        else:
            self.body.addLayout(item, stretch)
        if stretch:
            self._column.setStretch(0, 1)
            self._column.setStretch(1, 0)

    @contextmanager
    def out_of_sight(self) -> Iterator[None]:
        """Fill it with something else: shown meanwhile, each part would be laid out and dressed as it comes."""
        shown = self._scrolled.isVisible()
        if shown:
            self._scrolled.hide()
        try:
            yield
        finally:
            self._fit()
            if shown:
                self._scrolled.show()

    def _fit(self) -> None:
        """Give what scrolls the height it needs before it is drawn.

        Left to itself Qt lays new parts out in the old height and draws them squeezed, and comes to the height they
        need, and to a second drawing of all, three turns later.
        """
        if not self.testAttribute(Qt.WidgetAttribute.WA_WState_Created):
            return  # never shown: it has no width yet
        # What a widget needs is told to the one around it alone, when its layout is activated: the innermost first.
        for layout in reversed(self.findChildren(QLayout)):
            layout.activate()
        scrolled, width = self._scrolled, self._scrolled.width()
        least = max(scrolled.minimumSizeHint().height(), self._scroll.viewport().height())
        scrolled.resize(width, max(scrolled.heightForWidth(width), least))  # as the area will reckon

    def set_footer(self, widget: QWidget) -> None:
        """Keep a widget under what scrolls, such as a row of buttons."""
        widget.setObjectName("footer")
        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._outer.addWidget(widget)

    @Slot()
    def _keep_in_sight(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self._content.isAncestorOf(focused):
            self._show_whole(focused)
            self._scroll.ensureWidgetVisible(focused, 0, _KEPT_IN_SIGHT)
            # Qt leaves a field alone that is just in sight; what is said under it must be too.
            if focused.height() + 2 * _KEPT_IN_SIGHT < self._scroll.viewport().height():
                under = focused.mapTo(self._scrolled, focused.rect().bottomLeft())
                self._scroll.ensureVisible(under.x(), under.y(), 0, _KEPT_IN_SIGHT)

    def _show_whole(self, focused: QWidget) -> None:
        """Bring the short form around a field into sight, where there is room for it."""
        around: QWidget | None = focused
        while around is not None and not around.property(KEPT_WHOLE):
            around = around.parentWidget()
        if around is not None and around.height() + 2 * GAP < self._scroll.viewport().height():
            self._scroll.ensureWidgetVisible(around, 0, GAP)

    @Slot(int, int)
    def _on_range_changed(self, _least: int, greatest: int) -> None:
        """The scroll bar takes its room from the margin: the content does not move when it comes."""
        layout = self._scrolled.layout()
        assert layout is not None
        margins = layout.contentsMargins()
        bar = self._scroll.verticalScrollBar().sizeHint().width() if greatest else 0
        layout.setContentsMargins(margins.left(), margins.top(), MARGIN - bar, margins.bottom())
        focused = QApplication.focusWidget()
        # What grew is an error, or a message at the foot: they must not hide the field they are about.
        if focused is not None and not focused.visibleRegion().isEmpty():
            self._once_laid_out.start()

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, _new: QWidget | None) -> None:
        self._keep_in_sight()


def _centred(widget: QWidget, max_width: int, margins: tuple[int, int, int, int]) -> QWidget:
    """The widget inside margins, no wider than asked, on the left of what remains."""
    holder = QWidget()
    holder.setObjectName("scrolled")
    box = QVBoxLayout(holder)
    box.setContentsMargins(*margins)
    widget.setMaximumWidth(max_width)
    box.addWidget(widget)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    return holder
