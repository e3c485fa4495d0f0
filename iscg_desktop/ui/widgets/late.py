"""Widgets made when first needed, and kept: seen when they say something, reached where they are seen."""

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


def in_tab_order(before: QWidget, late: QWidget) -> None:
    """Have Tab come to a widget made late right after another one, whether or not they take the keyboard now."""
    policies = before.focusPolicy(), late.focusPolicy()
    for each in (before, late):
        each.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Qt leaves alone whatever takes no keys
    QWidget.setTabOrder(before, late)
    for each, policy in zip((before, late), policies, strict=True):
        each.setFocusPolicy(policy)


def show_when(widget: QWidget, wanted: bool) -> None:
    """Hide a part of something, or show it again.

    One that was never hidden is left to be shown with what it is a part of: shown by itself it would be dressed now,
    and once more in its place.
    """
    if not wanted:
        widget.hide()
    elif widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
        widget.show()
