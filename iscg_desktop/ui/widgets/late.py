"""Widgets made when first needed: the keyboard reaches them where they are seen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def reach_at(place: QWidget, late: QWidget) -> None:
    """Have Tab come to a widget made late right after whatever it came to before ``place``."""
    before: QWidget | None = place.previousInFocusChain()
    while before is not None and before is not place:
        if before is not late and before.focusPolicy() != Qt.FocusPolicy.NoFocus:
            QWidget.setTabOrder(before, late)
            return
        before = before.previousInFocusChain()
