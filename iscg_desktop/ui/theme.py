"""Dresses the application: Fusion, palette and style sheet, light or dark as the system, live."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from iscg_desktop.ui import fonts
from iscg_desktop.ui.dressing import LateDressing
from iscg_desktop.ui.style_sheet import style_sheet
from iscg_desktop.ui.tokens import DARK, LIGHT, Tokens, body_size

Choice = Literal["systeme", "clair", "sombre"]
Size = Literal["normale", "grande", "tres_grande"]

_SCALES = {"normale": 1.0, "grande": 1.2, "tres_grande": 1.45}

_SCHEMES = {
    "systeme": Qt.ColorScheme.Unknown,
    "clair": Qt.ColorScheme.Light,
    "sombre": Qt.ColorScheme.Dark,
}


def tokens() -> Tokens:
    """The colours in use: those of the palette the application wears."""
    return DARK if QGuiApplication.palette().window().color().lightness() < 128 else LIGHT


def color(role: str) -> QColor:
    """Colour of a role, for what paints itself."""
    return QColor(tokens().role(role))


def soft_color(role: str) -> QColor:
    """Ground that goes under the words of a role."""
    return QColor(tokens().soft_of(role))


class Theme(QObject):
    """Keeps the application dressed, and dresses it again when the system's scheme changes.

    Args:
        app: The application; its font when given is taken for the system's.
        choice: What the user wants rather than the system's scheme.
        system_scheme: Tells the system's scheme; Qt's style hints by default.
    """

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        choice: Choice = "systeme",
        system_scheme: Callable[[], Qt.ColorScheme] | None = None,
    ) -> None:
        super().__init__(app)
        self._system_scheme = system_scheme or app.styleHints().colorScheme
        self._app = app
        self._system_size = app.font().pointSizeF()
        self._family = fonts.load()
        self._late = LateDressing(app)
        self._worn: tuple[bool, float] | None = None
        self._choice: Choice = choice
        self._size: Size = "normale"
        app.setStyle("Fusion")
        # Before the connection: this call may itself announce a change.
        app.styleHints().setColorScheme(_SCHEMES[choice])
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self._dress()

    @property
    def choice(self) -> Choice:
        """What was chosen; « systeme » follows the system."""
        return self._choice

    @property
    def dark(self) -> bool:
        """Whether the dark set is worn."""
        if self._choice != "systeme":
            return self._choice == "sombre"
        return self._system_scheme() is Qt.ColorScheme.Dark

    def choose(self, choice: Choice) -> None:
        """Follow the system, or stay light or dark."""
        if choice == self._choice:
            return
        self._choice = choice
        self._app.styleHints().setColorScheme(_SCHEMES[choice])
        self._dress()

    def wear(self, choice: Choice, size: Size) -> None:
        """Follow a choice and a size of the letters at once."""
        if size != self._size:
            self._size = size
            if choice == self._choice:
                self._dress()
        self.choose(choice)

    @staticmethod
    def worn() -> Theme | None:
        """The theme of the application, if it is dressed."""
        app = QApplication.instance()
        return app.findChild(Theme) if app is not None else None

    @Slot(Qt.ColorScheme)
    def _on_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        self._dress()

    def _dress(self) -> None:
        size = body_size(self._system_size) * _SCALES[self._size]
        if self._worn == (self.dark, size):
            return
        self._worn = (self.dark, size)
        worn = DARK if self.dark else LIGHT
        font = QFont(self._family) if self._family else self._app.font()
        font.setPointSizeF(size)
        with self._late.sparing():
            # Taken off first: where a sheet takes the place of another, Qt dresses a widget once per ancestor it has.
            self._app.setStyleSheet("")
            if font != self._app.font():
                self._app.setFont(font)
            self._app.setPalette(palette(worn))
            self._app.setStyleSheet(style_sheet(worn, size))
        self.changed.emit()

    def finish(self, page: QWidget) -> None:
        """Dress a page that comes into sight, if it still wears the colours before."""
        self._late.finish(page)


def palette(t: Tokens) -> QPalette:
    """Palette that makes Qt's own widgets agree with the style sheet."""
    role = QPalette.ColorRole
    colours = {
        role.Window: t.ground,
        role.WindowText: t.ink,
        role.Base: t.surface,
        role.AlternateBase: t.ground,
        role.Text: t.ink,
        role.Button: t.surface,
        role.ButtonText: t.ink,
        role.BrightText: t.alert,
        role.Highlight: t.accent,
        role.HighlightedText: t.accent_ink,
        role.Accent: t.accent,
        role.Link: t.accent,
        role.LinkVisited: t.accent,
        role.ToolTipBase: t.ink,
        role.ToolTipText: t.surface,
        role.PlaceholderText: t.quiet,
        role.Light: t.surface,
        role.Midlight: t.soft,
        role.Mid: t.edge,
        role.Dark: t.edge,
        role.Shadow: t.line,
    }
    made = QPalette()
    for name, value in colours.items():
        made.setColor(name, QColor(value))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(t.quiet))
    made.setColor(QPalette.ColorGroup.Disabled, role.Base, QColor(t.ground))
    return made
