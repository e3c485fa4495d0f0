"""Words of the coffre shown where Qt would take them for HTML."""

from __future__ import annotations

from html import escape


def tooltip(text: str) -> str:
    """A text that a tooltip shows as it is: what looks like HTML is not obeyed.

    A name taken from a spreadsheet may hold ``<img src=…>``, which would have Qt open a file or a network
    share.
    """
    return f"<qt>{escape(text)}</qt>" if "<" in text else text
