"""Makes the Tab key follow the order in which a form reads, however late its parts were made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def order_tabs(root: QWidget) -> None:
    """Chain everything that takes the focus in a widget, in the order of its layouts.

    A row of answers is chained before its answers: left behind the last field, it would send Tab back to them.
    Qt chains in place of a widget the one it hands the focus to; so it hands it to nobody meanwhile.
    """
    chained = list(_focusable(root))
    proxies = [(each, proxy) for each in chained if (proxy := each.focusProxy()) is not None]
    for each, _ in proxies:
        each.setFocusProxy(None)  # type: ignore[arg-type] # as Qt documents it
    for before, after in pairwise(chained):
        QWidget.setTabOrder(before, after)
    for each, proxy in proxies:
        each.setFocusProxy(proxy)


def stops(widget: QWidget) -> Iterator[QWidget]:
    """What takes the focus itself in a widget, in the order of its layouts."""
    return (each for each in _focusable(widget) if each.focusProxy() is None)


def _focusable(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
        yield widget
    layout = widget.layout()
    if layout is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from _focusable(widget)
        elif inner is not None:
            yield from _in_layout(inner)
