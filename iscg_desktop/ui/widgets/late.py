"""Widgets made when first needed: the keyboard reaches them where they are seen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def reach_at(place: QWidget, late: QWidget) -> None:
    """Have Tab come to a widget made late right after whatever it came to before ``place``."""
    before = place.previousInFocusChain()
    while before is not place and (before is late or before.focusPolicy() == Qt.FocusPolicy.NoFocus):
        before = before.previousInFocusChain()
    if before is not place:
        QWidget.setTabOrder(before, late)
