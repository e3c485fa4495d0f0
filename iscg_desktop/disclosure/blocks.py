"""What a reader holds, cut into independent blocks: what is printed links nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from iscg_desktop.disclosure.system import Row
from iscg_desktop.errors import BugError


@dataclass(frozen=True, slots=True)
class Reader:
    """What one reader holds and knows.

    Attributes:
        size: Number of cells, printed, masked and hidden.
        rows: Every relation between them, known to all readers.
        printed: Printed value of each printed cell.
        floors: Lowest value this reader knows for a cell that is not printed; 0 when left out. A reader who
            knows which masks are complementary knows that those count k or more.
    """

    size: int
    rows: tuple[Row, ...]
    printed: Mapping[int, int]
    floors: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Block:
    """Unprinted cells that depend on each other.

    Attributes:
        cells: Positions of the cells; the rank of a cell here is its column.
        rows: Relations between the columns, what is printed carried to the constant.
        floors: Lowest value of each column.
    """

    cells: tuple[int, ...]
    rows: tuple[Row, ...]
    floors: tuple[int, ...]

    def agrees(self, table: Sequence[int]) -> bool:
        """Whether whole values satisfy every relation and floor, exactly."""
        return all(row.holds(table) for row in self.rows) and all(
            value >= floor for value, floor in zip(table, self.floors, strict=True)
        )


def blocks(reader: Reader) -> list[Block]:
    """Unprinted cells grouped by the relations that link them, in order.

    Raises:
        BugError: What is printed contradicts the relations.
    """
    leader = {cell: cell for cell in range(reader.size) if cell not in reader.printed}

    def lead(cell: int) -> int:
        while leader[cell] != cell:
            leader[cell] = cell = leader[leader[cell]]
        return cell

    linked: list[tuple[int, Row]] = []
    for row in reader.rows:
        unknown = [cell for cell, _ in row.termes if cell in leader]
        for cell in unknown[1:]:
            leader[lead(cell)] = lead(unknown[0])
        if unknown:
            linked.append((unknown[0], row))
        elif not _holds(row, reader.printed):
            raise BugError("the printed figures contradict each other")
    cells: dict[int, list[int]] = {}
    for cell in leader:
        cells.setdefault(lead(cell), []).append(cell)
    rows: dict[int, list[Row]] = {}
    for cell, row in linked:
        rows.setdefault(lead(cell), []).append(row)
    return [
        _block(reader, cells[first], rows.get(first, ())) for first in sorted(cells, key=lambda f: cells[f])
    ]


def _block(reader: Reader, cells: list[int], rows: Iterable[Row]) -> Block:
    column = {cell: rank for rank, cell in enumerate(cells)}
    reduced = dict.fromkeys(_reduced(rows, reader.printed, column))
    return Block(tuple(cells), tuple(reduced), tuple(reader.floors.get(cell, 0) for cell in cells))


def _reduced(rows: Iterable[Row], printed: Mapping[int, int], column: Mapping[int, int]) -> Iterator[Row]:
    """The relations of a block, what is printed carried to the constant."""
    for row in rows:
        termes = tuple((column[cell], coefficient) for cell, coefficient in row.termes if cell in column)
        known = sum(coefficient * printed.get(cell, 0) for cell, coefficient in row.termes)
        yield Row(termes, row.sens, row.constante - known)


def _holds(row: Row, printed: Mapping[int, int]) -> bool:
    """Whether a relation between printed cells alone holds."""
    termes = tuple((rank, coefficient) for rank, (_, coefficient) in enumerate(row.termes))
    return Row(termes, row.sens, row.constante).holds([printed[cell] for cell, _ in row.termes])
