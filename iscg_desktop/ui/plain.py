"""Words of the coffre as a label shows them: nothing in them is HTML, and a number is not cut."""

from __future__ import annotations

import re
from html import escape


def unbroken(text: str) -> str:
    """A text whose telephone numbers stay on one line, and are read by twos however they were typed."""
    text = re.sub(r"(?<![\d+])0\d{9}(?!\d)", lambda number: " ".join(re.findall("..", number[0])), text)
    return re.sub(r"(?<=\d) (?=\d)", "\u00a0", text)


def shortened(text: str, most: int = 44) -> str:
    """A text that fits on a button; three dots say that there is more."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def tooltip(text: str) -> str:
    """A text that a tooltip shows as it is: what looks like HTML is not obeyed.

    A name taken from a spreadsheet may hold ``<img src=…>``, which would have Qt open a file or a network
    share.
    """
    return f"<qt>{escape(text)}</qt>" if "<" in text else text
