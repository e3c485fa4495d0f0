"""The fonts embedded in printed documents, and the characters they can print."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from iscg_desktop import paths
from iscg_desktop.domain.canonical import clean

REGULAR = "NotoSans-Regular"
SEMIBOLD = "NotoSans-SemiBold"


@functools.cache
def register() -> None:
    """Make the fonts known to ReportLab; about 10 ms the first time, nothing after."""
    for name in (REGULAR, SEMIBOLD):
        pdfmetrics.registerFont(TTFont(name, str(_folder() / f"{name}.ttf")))


def width(text: str, font: str, size: float) -> float:
    """Width of a text on one line, in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


def fitted(text: str, font: str, size: float, room: float) -> str:
    """The text, or as much of it as a room holds with « … » at its end."""
    if width(text, font, size) <= room:
        return text
    kept = text
    while kept and width(kept + "…", font, size) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def ascent(font: str, size: float) -> float:
    """Height of a line above its baseline, in points."""
    return float(pdfmetrics.getAscent(font, size))


def unsupported_characters(text: str) -> tuple[str, ...]:
    """Characters that would print as an empty box, each once, in order of appearance.

    Characters that are dropped before printing (control, invisible) are not among them.
    """
    known = _printable()
    return tuple(dict.fromkeys(c for c in clean(text) if ord(c) not in known and c != "\n"))


@functools.cache
def _printable() -> frozenset[int]:
    """What every embedded face can print."""
    register()
    faces: list[Any] = [pdfmetrics.getFont(name).face for name in (REGULAR, SEMIBOLD)]
    return frozenset.intersection(*(frozenset(face.charToGlyph) for face in faces))


def _folder() -> Path:
    return paths.resources() / "fonts"
