"""Tables whose cells may span rows and columns → the cells that each column of each row shows.

A cell that spans columns stands in the first of them; the others stay empty, so that each column keeps its place. One
that spans rows stands in the first of them, and once more in each where it names the row. A header of several rows
becomes one, where spans prove it: 指标 over two rows and 2024年 over two columns, with 绝对量 and 增长 below that, are
the columns 指标, 2024年绝对量 and 2024年增长. What spans the whole table is a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from zzcli.patterns import compiled

MOST_COLUMNS = 1000
"""A span beyond them counts as one up to them."""

_MOST_SLOTS = 1_000_000  # that spans may open; a table has one for each cell anyway
_NUMBER = compiled(r"[+＋\-−－–—]?[\d０-９][\d０-９.,，．]*+\s?[%％]?")
_YEAR = compiled(r"(?:19|20)\d\d")
_LONGEST_NAME = 40  # characters of what may name a row or a column


class Cell(Struct, frozen=True, eq=False):
    """A cell as it stands in its table, ``across`` columns wide and ``down`` rows high; each equals only itself."""

    text: str
    across: int = 1
    down: int = 1


Row = list[list[Cell]]
"""The cells that each column shows: mostly one, none where it is empty, several in the row that a header becomes."""


def arranged(table: Iterable[Sequence[Cell]]) -> list[Row]:
    r"""The rows of a table, without those that are empty.

    >>> head = [Cell("指标", down=2), Cell("2024年", across=2)], [Cell("绝对量"), Cell("增长")]
    >>> [line_of(row) for row in arranged([*head, [Cell("出口"), Cell("35.2"), Cell("")]])]
    ['指标\t2024年绝对量\t2024年增长', '出口\t35.2\t']
    """
    grid = [row for row in _grid(table) if any(cell and cell.text for cell in row)]
    width = max(map(len, grid), default=0)
    for row in grid:
        row.extend([None] * (width - len(row)))
    found: list[Row] = []
    at = 0
    while at < len(grid) and _spans_all(grid[at]):
        found.append(_own(grid, at))
        at += 1
    depth = _depth(grid[at:])
    if depth > 1:
        found.append([_headed(grid[at : at + depth], column) for column in range(width)])
        at += depth
    found += [_own(grid, row) for row in range(at, len(grid))]
    return found


def line_of(row: Row) -> str:
    """The row as a line, with a tab between its columns."""
    return "\t".join("".join(cell.text for cell in column) for column in row)


_Slots = list["Cell | None"]


def _grid(table: Iterable[Sequence[Cell]]) -> list[_Slots]:
    """The cell in each place; one that spans several is in all of them."""
    grid: list[_Slots] = []
    below: dict[int, tuple[Cell, int]] = {}  # by column: what reaches down into the next row, and how far
    room = _MOST_SLOTS
    for cells in table:
        row: _Slots = []
        reaching, below = below, {}

        def take(cell: Cell, down: int, row: _Slots = row, below: dict[int, tuple[Cell, int]] = below) -> None:
            if down > 1:
                below[len(row)] = cell, down - 1
            row.append(cell)

        for cell in cells:
            while len(row) in reaching:
                take(*reaching.pop(len(row)))
            across = max(min(cell.across, MOST_COLUMNS - len(row), room), 1)
            room -= across - 1
            for _ in range(across):
                take(cell, cell.down)
                reaching.pop(len(row) - 1, None)
        for column in sorted(reaching):
            if column < MOST_COLUMNS:
                row.extend([None] * (column - len(row)))
                take(*reaching[column])
        grid.append(row)
    return grid


def _spans_all(row: _Slots) -> bool:
    return len(row) > 1 and row[0] is not None and all(cell is row[0] for cell in row)


def _depth(grid: Sequence[_Slots]) -> int:
    """How many rows the header has: as long as a cell of it spans columns or reaches down."""
    depth = 1
    for at, row in enumerate(grid):
        if at >= depth:
            break
        if any(cell is not None and _is_number(cell.text) for cell in row) or _spans_all(row):
            return 1
        after = grid[at + 1] if at + 1 < len(grid) else None
        if after is None:
            return 1
        spans = any(a is not None and a is b for a, b in pairwise(row))
        if spans:
            depth = max(depth, at + 2)
        if spans or at:
            while depth < len(grid) and any(
                a is not None and a is b for a, b in zip(grid[depth - 1], grid[depth], strict=True)
            ):
                depth += 1
    return depth


def _is_number(text: str) -> bool:
    bare = text.strip()
    return _NUMBER.fullmatch(bare) is not None and not _YEAR.fullmatch(bare)


def _headed(rows: Sequence[_Slots], column: int) -> list[Cell]:
    """What stands above a column, from the top, each cell once."""
    above = [cell for row in rows if (cell := row[column]) is not None]
    return list(dict.fromkeys(above))


def _own(grid: Sequence[_Slots], at: int) -> Row:
    """What each column of a row shows."""
    row = grid[at]
    if _spans_all(row):
        return [[row[0]]] if row[0] else []
    shown: Row = []
    naming = True
    for column, cell in enumerate(row):
        if cell is None or (column and row[column - 1] is cell):
            shown.append([])
            continue
        naming = naming and not _is_number(cell.text)
        repeated = at > 0 and column < len(grid[at - 1]) and grid[at - 1][column] is cell
        shown.append([] if repeated and not (naming and len(cell.text) <= _LONGEST_NAME) else [cell])
    while len(shown) > 1 and not any(shown[1:]):
        del shown[1:]  # a line of its own above the rows it holds together
    return shown
