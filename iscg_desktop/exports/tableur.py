"""Reads a spreadsheet of anyone's making (CSV, XLSX, XLS, ODS) into plain texts, whatever its encoding."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from iscg_desktop.domain.importation import column_key
from iscg_desktop.errors import UserError

BYTES_MAX = 20_000_000
LINES_MAX = 20_000
COLUMNS_MAX = 120
CELL_MAX = 20_000
"""Greatest size of a file that is read, its lines, its columns, and the characters of a cell."""

_UNZIPPED_MAX = 400_000_000  # bytes: a workbook is a compressed file, and may hold far more than it weighs
_SEPARATORS = ";\t,|"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class Tableur:
    """The first sheet of a file.

    Attributes:
        entetes: Names of the columns, as the first line gives them; never twice the same.
        lignes: Number of each line in the file and its cells, as many as there are columns; empty ones left out.
    """

    entetes: tuple[str, ...]
    lignes: tuple[tuple[int, tuple[str, ...]], ...]


def read_tableur(data: bytes) -> Tableur:
    """Read a file.

    Dates of a workbook are read as « 2026-03-12 »; of a formula, what it gave when the file was saved.

    Raises:
        UserError: ``tableur_trop_gros``, ``tableur_trop_de_lignes``, ``tableur_trop_de_colonnes``,
            ``tableur_illisible``, ``tableur_vide``.
    """
    if len(data) > BYTES_MAX:
        raise UserError("tableur_trop_gros", maximum=BYTES_MAX // 1_000_000)
    rows = _workbook(data) if data.startswith(_WORKBOOKS) else _delimited(data)
    return _table(rows)


def _table(rows: Iterable[Sequence[str]]) -> Tableur:
    numbered = (
        (number, tuple(cell.strip()[:CELL_MAX] for cell in row)) for number, row in enumerate(rows, 1)
    )
    filled = ((number, cells) for number, cells in numbered if any(cells))
    _, head = next(filled, (0, ()))
    width = max((place + 1 for place, cell in enumerate(head) if cell), default=0)
    if not width:
        raise UserError("tableur_vide")
    if width > COLUMNS_MAX:
        raise UserError("tableur_trop_de_colonnes", nombre=width, maximum=COLUMNS_MAX)
    lines: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in filled:
        cells = (*cells[:width], *("",) * (width - len(cells)))
        if not any(cells):
            continue
        if len(lines) == LINES_MAX:
            raise UserError("tableur_trop_de_lignes", milliers=LINES_MAX // 1_000)
        lines.append((number, cells))
    if not lines:
        raise UserError("tableur_vide")
    return Tableur(_named(head[:width]), tuple(lines))


def _named(head: Sequence[str]) -> tuple[str, ...]:
    """Names of the columns: one that has none takes its place, one that stands twice is numbered."""
    names: dict[str, str] = {}
    for place, given in enumerate(head, 1):
        name, number = given or f"Colonne {place}", 1
        while column_key(name) in names:
            number += 1
            name = f"{given or f'Colonne {place}'} ({number})"
        names[column_key(name)] = name
    return tuple(names.values())


def _delimited(data: bytes) -> Iterator[list[str]]:
    text = decoded(data)
    if "\0" in text:
        raise UserError("tableur_illisible")
    sample = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=sample.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error:
        raise UserError("tableur_illisible") from None


def decoded(data: bytes) -> str:
    """The text of bytes whose encoding nobody said, line by line where two were mixed in one file."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise UserError("tableur_illisible") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "".join(_either(line) for line in data.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True))


def _either(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _workbook(data: bytes) -> Iterator[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    _refuse_bomb(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError):
        raise UserError("tableur_illisible") from None
    for row in rows:
        yield [_said(cell) for cell in row]


def _refuse_bomb(data: bytes) -> None:
    """A workbook that would unfold to more than a laptop holds is refused before it is unfolded."""
    if not data.startswith(_WORKBOOKS[0]):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            total = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise UserError("tableur_illisible") from None
    if total > _UNZIPPED_MAX:
        raise UserError("tableur_trop_gros", maximum=BYTES_MAX // 1_000_000)


def _said(cell: object) -> str:
    """A cell as one would type it."""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, timedelta):
        return str(round(cell.total_seconds() / 60))
    return str(cell)
