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

DATA_ROWS = 3
"""A table of so many rows of several cells holds data, even where these hold paragraphs; of fewer it may be a frame."""

_MOST_COLUMNS = 200  # that a span opens; more cells than that are cells
_MOST_PLACES = 50_000  # that the spans of a table fill, beside those where its cells begin
_DEEPEST = 5  # rows of a header
_NUMBER = compiled(r"[+＋\-−－–—]?[\d０-９][\d０-９.,，．]*+\s?[%％]?")
_YEAR = compiled(r"(?:19|20)\d\d")
_LONGEST_NAME = 40  # characters of what may name a row


class Cell(Struct, frozen=True, eq=False):
    """A cell as it stands in its table, ``across`` columns wide and ``down`` rows high; each equals only itself."""

    text: str
    across: int = 1
    down: int = 1


Row = list[list[Cell]]
"""The cells that each column shows: mostly one, none where it is empty, several in the row that a header becomes."""

_Slots = list[Cell | None]  # the cell in each column of a row; one that spans several is in all of them


def arranged(table: Iterable[Sequence[Cell]]) -> list[Row]:
    r"""The rows of a table, without those that are empty.

    >>> head = [Cell("指标", down=2), Cell("2024年", across=2)], [Cell("绝对量"), Cell("增长")]
    >>> [line_of(row) for row in arranged([*head, [Cell("出口"), Cell("35.2"), Cell("")]])]
    ['指标\t2024年绝对量\t2024年增长', '出口\t35.2\t']
    """
    grid = [row for row in _grid(table) if any(cell and cell.text for cell in row)]
    # A span may be wider than the table: columns are where cells begin.
    width = max((1 + _last_begin(row) for row in grid), default=0)
    for row in grid:
        del row[width:]
    found: list[Row] = []
    at = 0
    while at < len(grid) and _spans_all(grid[at]):
        found.append(_own(grid, at, width))
        at += 1
    depth = _depth(grid[at : at + _DEEPEST + 1])
    if depth > 1:
        found.append([_above(grid[at : at + depth], column) for column in range(width)])
        at += depth
    return found + [_own(grid, row, width) for row in range(at, len(grid))]


def line_of(row: Row) -> str:
    """The row as a line, with a tab between its columns."""
    return "\t".join("".join(cell.text for cell in column) for column in row)


def _grid(table: Iterable[Sequence[Cell]]) -> list[_Slots]:
    grid: list[_Slots] = []
    reaching: dict[int, tuple[Cell, int]] = {}  # by column: what reaches down into the next row, and how far
    room = _MOST_PLACES
    for cells in table:
        row: _Slots = []
        below: dict[int, tuple[Cell, int]] = {}
        waiting = list(reversed(cells))
        while waiting or (reaching and len(row) <= max(reaching)):
            if len(row) in reaching and room > 0:
                cell, down = reaching.pop(len(row))
                across = 1
                room -= 1
            elif waiting:
                cell = waiting.pop()
                across, down = max(min(cell.across, _MOST_COLUMNS, room), 1), cell.down
                room -= across - 1
            else:
                reaching.pop(len(row), None)
                row.append(None)
                continue
            for _ in range(across):
                reaching.pop(len(row), None)
                if down > 1:
                    below[len(row)] = cell, down - 1
                row.append(cell)
        grid.append(row)
        reaching = below if room > 0 else {}
    return grid


def _last_begin(row: _Slots) -> int:
    return next((at for at in range(len(row) - 1, 0, -1) if row[at] is not None and row[at] is not row[at - 1]), 0)


def _spans_all(row: _Slots) -> bool:
    return len(row) > 1 and row[0] is not None and all(cell is row[0] for cell in row)


def _depth(rows: Sequence[_Slots]) -> int:
    """How many of the first rows are the header: as far as their cells span columns or reach down; 1 is no proof."""
    depth = 1
    at = 0
    while at < depth:
        if at + 1 >= len(rows):
            return 1
        row = rows[at]
        if _spans_all(row) or any(cell is not None and _is_number(cell.text) for cell in row):
            return 1
        if any(a is not None and a is b for a, b in pairwise(row)):
            depth = max(depth, at + 2)
        if depth > 1 and any(a is not None and a is b for a, b in zip(row, rows[at + 1], strict=False)):
            depth = max(depth, at + 2)
        at += 1
    return depth if depth <= _DEEPEST else 1


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None and not _YEAR.fullmatch(text)


def _above(rows: Sequence[_Slots], column: int) -> list[Cell]:
    """What stands above a column, from the top, each cell once."""
    return list(dict.fromkeys(cell for row in rows if column < len(row) and (cell := row[column]) is not None))


def _own(grid: Sequence[_Slots], at: int, width: int) -> Row:
    """What each column of a row shows."""
    row = grid[at]
    if _spans_all(row):
        return [_above([row], 0)]
    shown: Row = []
    naming = True
    for column, cell in enumerate(row):
        if cell is None or (column and row[column - 1] is cell):
            shown.append([])
            continue
        naming = naming and not _is_number(cell.text)
        again = at > 0 and column < len(grid[at - 1]) and grid[at - 1][column] is cell
        shown.append([] if again and not (naming and len(cell.text) <= _LONGEST_NAME) else [cell])
    return shown + [[] for _ in range(min(width, _MOST_COLUMNS) - len(row))]
