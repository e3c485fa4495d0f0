"""Lucide icons, tinted by role, sharp at every scale of the screen."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QFontInfo, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QWidget

from iscg_desktop import paths
from iscg_desktop.ui.tokens import DARK, LIGHT

_USUAL_TEXT = 13
_PROPERTY = "iscgIcon"


def side(size: int) -> int:
    """Pixels an icon takes: it grows with the text it stands beside.

    Args:
        size: Side beside text of the usual size, which is 13 pixels high.
    """
    return round(size * max(QFontInfo(QGuiApplication.font()).pixelSize() / _USUAL_TEXT, 1))


def pixmap(name: str, role: str, size: int = 18, scale: float = 1.0) -> QPixmap:
    """An icon as a picture.

    Args:
        name: Lucide name, such as ``lock``.
        role: Role of a token, such as ``quiet``.
        size: Side in pixels beside text of the usual size; see ``side``.
        scale: Physical pixels per pixel, a widget's ``devicePixelRatioF()``.

    Raises:
        FileNotFoundError: The program ships no such icon.
        KeyError: There is no such role.
    """
    return _drawn(name, _colour(role), side(size), 0, scale)


def icon(name: str, role: str, size: int = 18, gap: int = 0) -> QIcon:
    """An icon for the scale of every screen there is; its disabled state is drawn in the colour of edges.

    Args:
        name: Lucide name.
        role: Role of a token.
        size: Side in pixels beside text of the usual size.
        gap: Empty pixels after it, where Qt puts words too near.
    """
    scales = frozenset({1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())})
    return _made(name, _colour(role), _colour("edge"), side(size), gap, scales)


def set_icon(
    target: QAbstractButton | QAction, name: str, role: str = "quiet", size: int = 18, gap: int = 0
) -> None:
    """Give a button or an action its icon; it is tinted again when the theme changes."""
    target.setProperty(_PROPERTY, [name, role, size, gap])
    target.setIcon(icon(name, role, size, gap))
    if isinstance(target, QAbstractButton):
        target.setIconSize(QSize(side(size) + gap, side(size)))


def tint_again(widgets: Iterable[QWidget]) -> None:
    """Tint the icons given by ``set_icon`` with the colours now worn."""
    for widget in widgets:
        for target in (widget, *widget.actions()):
            if isinstance(target, QAbstractButton | QAction) and (given := target.property(_PROPERTY)):
                set_icon(target, *given)


def _colour(role: str) -> str:
    dark = QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128
    return (DARK if dark else LIGHT).role(role)


@cache
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=500)
def _made(name: str, colour: str, disabled: str, size: int, gap: int, scales: frozenset[float]) -> QIcon:
    made = QIcon()
    for scale in sorted(scales):
        made.addPixmap(_drawn(name, colour, size, gap, scale))
        made.addPixmap(_drawn(name, disabled, size, gap, scale), QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=2000)
def _drawn(name: str, colour: str, size: int, gap: int, scale: float) -> QPixmap:
    svg = _source(name).replace("currentColor", colour)
    pixels = round(size * scale)
    drawn = QPixmap(pixels + round(gap * scale), pixels)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    drawn.setDevicePixelRatio(scale)
    return drawn
