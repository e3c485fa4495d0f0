"""What an assistive program reads of this process: the whole tree it is given."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication

_TEXTS = (
    QAccessible.Text.Name,
    QAccessible.Text.Value,
    QAccessible.Text.Description,
    QAccessible.Text.Help,
)


def said() -> list[str]:
    """Every text of the tree, from the application down, hidden windows included."""
    return [text for text in _texts(QAccessible.queryAccessibleInterface(QApplication.instance())) if text]


def _texts(node: QAccessibleInterface) -> Iterator[str]:
    yield from (node.text(kind) for kind in _TEXTS)
    words = node.textInterface()
    if words is not None:
        yield words.text(0, words.characterCount())
    for place in range(node.childCount()):
        child = node.child(place)
        if child is not None:
            yield from _texts(child)
