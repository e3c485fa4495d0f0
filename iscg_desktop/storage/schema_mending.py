"""Gives a damaged database back the pages that say where its tables are: they are those of any coffre just created.

The schema is written once, by the migrations, and never moves: a fresh database has the same pages at the same
places. What is left of the damaged one must agree with it to the byte; else nothing is put in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from iscg_desktop.storage.pages import SALT, SIZE, PageCipher

_INTERIOR: Final = 5  # kind of a page that names others
_HEADER: Final = 100  # bytes of the first page that are not of its tree
_CHANGED: Final = slice(24, 28)  # number of the last change, which the count of pages repeats
_COUNTED: Final = slice(28, 40)  # count of pages, first page and count of the free ones
_COUNTED_AT: Final = slice(92, 96)


def mend_schema(copy: Path, fresh: Path, dbk: bytes) -> bool:
    """Put the pages of the schema of a database just created in the place of those that are damaged.

    Args:
        copy: A copy of the damaged database, changed in its place.
        fresh: A database to which the same migrations were applied, and closed.
        dbk: Key of both.

    Returns:
        Whether anything was mended: there was damage, and all else agrees.
    """
    data, model = copy.read_bytes(), fresh.read_bytes()
    if len(data) < 2 * SIZE:
        return False
    opener, read = PageCipher(dbk, data[:SALT]), PageCipher(dbk, model[:SALT])
    known, numbers = dict(pages_of_tree(model, read, 1)), range(2, len(data) // SIZE + 1)
    sound = {number for number in (1, *numbers) if opener.is_authentic(number, _page(data, number))}
    # Not one page is: the salt itself is lost. They are then sealed again as they are, on the word of the schema.
    unproven = set() if sound else set(numbers)
    left = {number for number in known.keys() & (sound | unproven) if _agrees(number, data, opener, known)}
    if known.keys() & sound != left & sound or known.keys() == left or not (sound or left):
        return False
    with copy.open("r+b") as file:
        for number in sorted((known.keys() | unproven) - sound):
            file.seek((number - 1) * SIZE)
            file.write(opener.write(number, _mended(number, data, opener, known)))
    return True


def _page(data: bytes, number: int) -> bytes:
    return data[(number - 1) * SIZE : number * SIZE].ljust(SIZE, b"\0")


def pages_of_tree(data: bytes, cipher: PageCipher, number: int) -> Iterator[tuple[int, bytes]]:
    """Every page of a table of a sound database: its number and what it says."""
    plain = cipher.read(number, _page(data, number))
    yield number, plain
    start = _HEADER if number == 1 else 0
    if plain[start] == _INTERIOR:
        count = int.from_bytes(plain[start + 3 : start + 5], "big")
        cells = (
            int.from_bytes(plain[at : at + 2], "big") for at in range(start + 12, start + 12 + 2 * count, 2)
        )
        for place in (*cells, start + 8):
            yield from pages_of_tree(data, cipher, int.from_bytes(plain[place : place + 4], "big"))


def _agrees(number: int, data: bytes, opener: PageCipher, known: dict[int, bytes]) -> bool:
    """Whether a page of the schema says what that of a fresh database does, but for the head of the file."""
    start = _HEADER if number == 1 else 0
    return opener.read(number, _page(data, number))[start:] == known[number][start:]


def _mended(number: int, data: bytes, opener: PageCipher, known: dict[int, bytes]) -> bytes:
    if number == 1:
        return _first(known[1], len(data) // SIZE)
    return known[number] if number in known else opener.read(number, _page(data, number))


def _first(plain: bytes, count: int) -> bytes:
    """The first page for a file of so many pages, none of them free: those that were are only not read."""
    page = bytearray(plain)
    page[_COUNTED] = count.to_bytes(4, "big") + bytes(8)
    page[_COUNTED_AT] = page[_CHANGED]
    return bytes(page)
