"""Makes again the page that led to the others of a table, when it is the one damaged page of a database.

Such a page says nothing of its own: which pages hold the rows, and up to which row each. Those pages are still there,
and nothing leads to them (https://www.sqlite.org/fileformat2.html#b_tree_pages).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from iscg_desktop.storage.pages import SALT, SIZE, USED, PageCipher
from iscg_desktop.storage.schema_mending import pages_of_tree

_INTERIOR, _LEAF = 5, 13  # kinds of the pages of a table; what overflows, or is free, begins with 0
_HEAD: Final = {_INTERIOR: 12, _LEAF: 8}
_DEEPEST: Final = 20
_RIGHT: Final = 8  # where an interior page names the last of those below it


def mend_tree(copy: Path, roots: set[int], dbk: bytes) -> bool:
    """Put a page that leads to all those that nothing leads to in the place of the one that is damaged.

    Args:
        copy: A copy of the damaged database, changed in its place.
        roots: First pages of its tables.
        dbk: Its key.

    Returns:
        Whether it was mended; not when several are damaged, or when it held rows of its own.
    """
    data = copy.read_bytes()
    cipher = PageCipher(dbk, data[:SALT])
    pages = {number: data[(number - 1) * SIZE : number * SIZE] for number in range(2, len(data) // SIZE + 1)}
    damaged = [number for number, page in pages.items() if not cipher.is_authentic(number, page)]
    if len(damaged) != 1:
        return False
    told = {number: cipher.read(number, page) for number, page in pages.items() if number != damaged[0]}
    led_to = roots | {number for number, _ in pages_of_tree(data, cipher, 1)}
    try:
        lost = _lost(told, led_to)
    except IndexError:  # sealed again unproven, a page may say anything
        return False
    if not lost:
        return False
    with copy.open("r+b") as file:
        file.seek((damaged[0] - 1) * SIZE)
        file.write(cipher.write(damaged[0], _leading_to(lost)))
    return True


def _lost(told: dict[int, bytes], led_to: set[int]) -> dict[int, int]:
    """The pages of a table that nothing leads to, and the last row below each.

    Args:
        told: What each page says.
        led_to: Pages that something else leads to.
    """
    tables = {number: page for number, page in told.items() if page[0] in _HEAD}
    led_to = led_to | {child for page in tables.values() if page[0] == _INTERIOR for child in _children(page)}
    return {
        number: last for number in tables.keys() - led_to if (last := _last_row(number, tables)) is not None
    }


def _cells(page: bytes) -> list[int]:
    """Where each cell of a page lies, in the order of their rows."""
    head = _HEAD[page[0]]
    count = int.from_bytes(page[3:5], "big")
    return [int.from_bytes(page[at : at + 2], "big") for at in range(head, head + 2 * count, 2)]


def _children(page: bytes) -> list[int]:
    return [int.from_bytes(page[at : at + 4], "big") for at in (*_cells(page), _RIGHT)]


def _last_row(number: int, tables: dict[int, bytes]) -> int | None:
    """The last row below a page; None when its end is lost."""
    page = tables.get(number)
    for _ in range(_DEEPEST):
        if page is not None and page[0] == _INTERIOR:
            page = tables.get(_children(page)[-1])
    cells = _cells(page) if page is not None and page[0] == _LEAF else []
    if page is None or not cells:
        return None
    _, row_at = _varint(page, cells[-1])
    return _varint(page, row_at)[0]


def _varint(page: bytes, at: int) -> tuple[int, int]:
    """A whole number of one to nine bytes, and where the next one begins."""
    value = 0
    for more in range(8):
        byte = page[at + more]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + more + 1
    return value << 8 | page[at + 8], at + 9


def _as_varint(value: int) -> bytes:
    """The same number written; a row below 2^56 takes eight bytes at most."""
    pieces = [value & 0x7F]
    while value := value >> 7:
        pieces.append(value & 0x7F | 0x80)
    return bytes(reversed(pieces))


def _leading_to(lost: dict[int, int]) -> bytes:
    """An interior page above these ones.

    Args:
        lost: Each page, and the last row below it.
    """
    *before, right = sorted(lost, key=lambda number: lost[number])
    page, end = bytearray(USED), USED
    for place, number in enumerate(before):
        cell = number.to_bytes(4, "big") + _as_varint(lost[number])
        end -= len(cell)
        page[end : end + len(cell)] = cell
        page[12 + 2 * place : 14 + 2 * place] = end.to_bytes(2, "big")
    page[:12] = bytes(
        [_INTERIOR, 0, 0, *len(before).to_bytes(2, "big"), *end.to_bytes(2, "big"), 0]
    ) + right.to_bytes(4, "big")
    return bytes(page)
