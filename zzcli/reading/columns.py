"""The characters of a page and where they stand → its lines, column by column, in the order in which they are read.

Characters in a row are a run; a run ends where a wide gap or another row begins. A gutter is a place from which many
runs begin and that none crosses over some height; it parts two columns where there is running text on both sides, and
the cells of a table where there is not. The page is cut at its tallest gutter into what stands above, left, right and
below, and so on within each. In what is left the runs of one row are a line; rows whose gaps stand over each other are
rows of a table, and get a tab between their cells.

Places are in points, upwards and to the right; ``size`` is the width of a Chinese character.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from zzcli.patterns import compiled
from zzcli.reading.lines import CHINESE, HAN, SENTENCE_MARK

_WIDE = 0.8  # of a character: a gap that ends a run
_TALL = 3  # rows beside a gutter
_LEAST = 4  # runs beside a gutter, on both sides
_FEW = 24  # runs among which each may be the only one of its column
_NEAR = 0.7  # of a character: edges that are the same but for punctuation and rounding
_FAR = 1.7  # of the usual distance of rows: a gap between blocks
_LARGER = 1.2  # than the text: a heading
_STRIPE = 2.5  # of a character: what is blank between a line that stands alone and what follows
_ROW = 12  # runs of a row that are looked at
_STARTS = 40  # places that are tried as a gutter, those from which most runs begin
_DEEPEST = 60  # cuts within cuts
_MOST = 10_000  # runs of a page with columns; a full page of a newspaper has 2,000
_LOOSE = 4  # of a character: the distance of rows of one table
_BETWEEN = 2  # rows of one cell between rows of a table
_CLOSE = 0.75  # of the usual distance of rows: the rest of a cell
_DOWN = 4  # characters below each other that are vertical writing

_CHINESE = compiled(f"[{CHINESE}]")
_HAN = compiled(f"[{HAN}]")
_PAUSE = compiled("[，。；、：！？,;]")
UNIT = compiled(r"[（(]?(?:计量)?单位[：:]")
_MARK = compiled(
    r"(?:[\d一二三四五六七八九十]{1,3}[、.．]?|[（(][\d一二三四五六七八九十]{1,3}[）)]|[①-⑳●○■□◆◇▪•·※*—\-])"
)


class Glyph(NamedTuple):
    """A character and its box; ``spaced`` where white space stands before it, ``turn`` in quarters to the left."""

    char: str
    left: float
    bottom: float
    right: float
    top: float
    spaced: bool
    turn: int


class Run(NamedTuple):
    """Characters in a row."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.bottom + self.top) / 2


class Line(NamedTuple):
    """A line of a column; of a table, if it is a ``row``."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    row: bool = False


Column = list[Line]


def runs_of(glyphs: Sequence[Glyph]) -> list[list[Run]]:
    """The runs of a page, those of each direction of writing apart and turned upright, most characters first."""
    vertical = _vertical(glyphs)
    groups: dict[int, list[Glyph]] = {}
    for glyph, down in zip(glyphs, vertical, strict=True):
        turn = 3 if down and not glyph.turn else glyph.turn
        groups.setdefault(turn + 4 * down, []).append(_upright(glyph, turn))
    return [list(_runs(group)) for group in sorted(groups.values(), key=len, reverse=True)]


def columns_of(runs: Sequence[Run]) -> list[Column]:
    """The columns of a page in the order in which they are read."""
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[round(run.size * 2) / 2] += len(run.text)
    size = max(sizes, key=lambda size: sizes[size], default=10.0)
    depth = 0 if len(runs) <= _MOST else _DEEPEST
    return [_lines(part) for part in _parts(sorted(runs, key=_from_top), size, depth) if part]


def rows_of(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs that stand beside each other, from top to bottom, each row from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.middle):
        if rows and abs(rows[-1][0].middle - run.middle) < min(rows[-1][0].size, run.size) / 2:
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=attrgetter("left")) for row in rows]


# ---------------------------------------------------------------------------------------------------------------------
# Runs


def _upright(glyph: Glyph, turn: int) -> Glyph:
    """The character on the page turned so that its line runs to the right."""
    char, left, bottom, right, top, spaced, _ = glyph
    if turn == 1:
        return Glyph(char, bottom, -right, top, -left, spaced, 0)
    if turn == 2:
        return Glyph(char, -right, -top, -left, -bottom, spaced, 0)
    if turn == 3:
        return Glyph(char, -top, left, -bottom, right, spaced, 0)
    return glyph


def _vertical(glyphs: Sequence[Glyph]) -> list[bool]:
    """Which characters are written downwards: several, mostly Chinese, each right below the one before.

    Where most of the page is, two are enough.
    """
    stretches: list[tuple[int, int, bool]] = []
    first = 0
    for at in range(1, len(glyphs) + 1):
        if at < len(glyphs) and _below(glyphs[at - 1], glyphs[at]):
            continue
        chinese = sum(_CHINESE.match(glyph.char) is not None for glyph in glyphs[first:at])
        stretches.append((first, at, 2 * chinese >= at - first > 1))
        first = at
    down = sum(end - start for start, end, chinese in stretches if chinese and end - start >= _DOWN)
    least = 2 if 2 * down > len(glyphs) else _DOWN
    return [chinese and end - start >= least for start, end, chinese in stretches for _ in range(start, end)]


def _below(above: Glyph, glyph: Glyph) -> bool:
    size = above.top - above.bottom
    return (
        not glyph.turn
        and abs(above.left + above.right - glyph.left - glyph.right) < 1.2 * size
        and 0.6 * size < above.top - glyph.top < 1.4 * size
    )


def _runs(glyphs: Sequence[Glyph]) -> Iterator[Run]:
    first = 0
    for at in range(1, len(glyphs) + 1):
        if at < len(glyphs) and _beside(glyphs[at - 1], glyphs[at]):
            continue
        yield _run(glyphs[first:at])
        first = at


def _beside(before: Glyph, glyph: Glyph) -> bool:
    height, other = before.top - before.bottom, glyph.top - glyph.bottom
    if abs(before.top + before.bottom - glyph.top - glyph.bottom) > 1.1 * min(height, other):
        return False
    return -0.5 * height < glyph.left - before.right < _WIDE * height


def _run(glyphs: Sequence[Glyph]) -> Run:
    wide = [glyph.right - glyph.left for glyph in glyphs if _HAN.match(glyph.char)]
    size = median(wide) if wide else median(glyph.top - glyph.bottom for glyph in glyphs)
    gaps = [b.left - a.right for a, b in pairwise(glyphs)]
    usual = median(gaps) if len(gaps) > 2 else 0
    parts = [glyphs[0].char]
    for (before, glyph), gap in zip(pairwise(glyphs), gaps, strict=True):
        if glyph.char == before.char and glyph.left - before.left < 0.15 * size:
            continue  # drawn twice, to be bold
        if glyph.spaced and (
            gap - usual > 0.15 * size or (not _CHINESE.match(before.char) and not _CHINESE.match(glyph.char))
        ):
            parts.append(" ")
        parts.append(glyph.char)
    return Run(
        "".join(parts),
        min(glyph.left for glyph in glyphs),
        max(glyph.right for glyph in glyphs),
        min(glyph.bottom for glyph in glyphs),
        max(glyph.top for glyph in glyphs),
        max(size, 1.0),
    )


# ---------------------------------------------------------------------------------------------------------------------
# Columns


class _Gutter(NamedTuple):
    """Where a part of a page is cut: the runs above, left, right and below; ``height`` is how long the gutter is."""

    height: float
    above: list[Run]
    left: list[Run]
    right: list[Run]
    below: list[Run]


def _parts(runs: list[Run], size: float, depth: int) -> Iterator[list[Run]]:
    """The columns of runs that are sorted from the top; ``size`` is that of most of the page."""
    whole: list[Run] = []
    for story in _stories(runs, size):
        gutter = _gutter(story, size) if depth < _DEEPEST else None
        if gutter is None:
            whole += story
            continue
        if whole:
            yield whole
            whole = []
        for part in (gutter.above, gutter.left, gutter.right, gutter.below):
            if part:
                yield from _parts(part, size, depth + 1)
    if whole:
        yield whole


def _stories(runs: list[Run], size: float) -> Iterator[list[Run]]:
    """The runs between blank stripes that go across all of them, with a heading below, or one line above."""
    first = 0
    bottom = math.inf
    for at, run in enumerate(runs):
        stripe = bottom - run.top
        if first < at and stripe > size:
            over = [other for other in runs[max(first, at - _ROW) : at] if other.bottom < bottom + size / 2]
            under = [other for other in runs[at : at + _ROW] if other.top > run.top - size / 2]
            headed = any(other.size > _LARGER * size for other in under)
            alone = len(over) == 1 and (over[0].size > _LARGER * size or stripe > _STRIPE * size)
            if headed or alone:
                yield runs[first:at]
                first, bottom = at, math.inf
        bottom = min(bottom, run.bottom)
    yield runs[first:]


def _gutter(runs: list[Run], size: float) -> _Gutter | None:
    """The tallest gutter between columns."""
    if len(runs) < _LEAST:
        return None
    starts = Counter(round(run.left / size * 2) for run in runs)
    leftmost = min(run.left for run in runs)
    best: _Gutter | None = None
    for start, times in starts.most_common(_STARTS):
        times += max(starts[start - 1], starts[start + 1])
        place = (start - 0.5) * size / 2
        if (times < 2 and len(runs) > _FEW) or place - leftmost < 4 * size:
            continue
        for first, end, floor in _clear(runs, place, _NEAR * size):
            band = [run for run in runs[first:end] if run.middle <= floor]
            if best and band and band[0].top - min(run.bottom for run in band) <= best.height:
                continue
            cut = _cut(band, place)
            if cut and (best is None or cut.height > best.height) and _parts_columns(cut.left, cut.right):
                above = [*runs[:first], *(run for run in runs[first:end] if run.middle > floor), *cut.above]
                below = [*cut.below, *runs[end:]]
                best = cut._replace(above=sorted(above, key=_from_top), below=sorted(below, key=_from_top))
    return best


def _clear(runs: list[Run], place: float, slack: float) -> Iterator[tuple[int, int, float]]:
    """The stretches of runs that do not cross ``place``, and the bottom of what crosses it above them."""
    floor = math.inf
    first = 0
    for at, run in enumerate(runs):
        if run.left < place - slack and run.right > place + slack:
            if at - first >= _LEAST:
                yield first, at, floor
            floor = min(floor, run.bottom)
            first = at + 1
    if len(runs) - first >= _LEAST:
        yield first, len(runs), floor


def _cut(runs: list[Run], place: float) -> _Gutter | None:
    """Runs that do not cross a place, left and right of it, without what stands above and below the two."""
    left = [run for run in runs if run.left + run.right < 2 * place]
    right = [run for run in runs if run.left + run.right >= 2 * place]
    if not left or not right:
        return None
    top = min(left[0].top, right[0].top)
    bottom = max(min(run.bottom for run in left), min(run.bottom for run in right))
    above: list[Run] = []
    below: list[Run] = []
    for side in (left, right):
        high, low = _limits(side, bottom)
        above += [run for run in side if run.middle > high]
        below += [run for run in side if run.middle < low]
        side[:] = [run for run in side if low <= run.middle <= high]
    if not left or not right or top <= bottom:
        return None
    return _Gutter(top - bottom, above, left, right, below)


def _from_top(run: Run) -> tuple[float, float]:
    return -run.top, run.left


def _limits(side: list[Run], bottom: float) -> tuple[float, float]:
    """Between which heights one side of a gutter stands.

    Not a line of small type apart at its top, nor what follows apart where the other side has ended, at ``bottom``.
    """
    rows = [row[0] for row in rows_of(side)]
    steps = [a.middle - b.middle for a, b in pairwise(rows)]
    usual = median(steps) if steps else 0
    size = median(run.size for run in side)
    high, low = math.inf, -math.inf
    if steps and steps[0] > _FAR * usual and rows[0].size < 1.1 * size:
        high = (rows[0].middle + rows[1].middle) / 2
    for (a, b), step in zip(pairwise(rows), steps, strict=True):
        if b.top < bottom and (step > _FAR * usual or abs(a.size - b.size) > 0.15 * size):
            low = (a.middle + b.middle) / 2
            break
    return high, low


def _parts_columns(left: list[Run], right: list[Run]) -> bool:
    """Whether there is running text on both sides, or on one beside something of another size or with other rows."""
    texts = _running(left) + _running(right)
    if texts == 2:
        return True
    if max(len(left), len(right)) < _TALL:
        return False
    sizes = sorted(median(run.size for run in side) for side in (left, right))
    if sizes[1] > 1.25 * sizes[0] and texts:
        return True
    few, many = sorted((left, right), key=len)
    if not texts or len(few) < _TALL:
        return False
    heights = sorted(run.middle for run in many)
    aligned = sum(abs(run.middle - _nearest(heights, run.middle)) < 0.15 * run.size for run in few)
    return 2 * aligned < len(few)


def _nearest(places: Sequence[float], place: float) -> float:
    """The one that is nearest to a place, of several in order."""
    at = bisect_left(places, place)
    return min(places[max(at - 1, 0) : at + 1], key=lambda each: abs(each - place))


def _running(runs: list[Run]) -> bool:
    """Whether most of the characters stand in lines of running text."""
    text = sum(len(run.text) for run in runs if len(run.text) >= 6 and not _numeric(run.text))
    paused = sum(_PAUSE.search(run.text) is not None for run in runs if len(run.text) >= 6)
    long = sum(len(run.text) >= 6 for run in runs)
    return 5 * text > 3 * sum(len(run.text) for run in runs) and 5 * paused > long


def _numeric(text: str) -> bool:
    return 2 * sum(char.isascii() for char in text) > len(text) and not any(char.isalpha() for char in text)


# ---------------------------------------------------------------------------------------------------------------------
# Lines and rows of tables


def _lines(runs: list[Run]) -> Column:
    """The lines of a column."""
    rows = [_cells(row) for row in rows_of(runs)]
    lines: Column = []
    at = 0
    for first, end in _tables(rows):
        wrapped = _wrapped(rows, first, end, at)
        for row in range(at, first):
            if row not in wrapped:
                lines += _plain(rows[row])
        lines += _table([rows[row] for row in range(first, end) if row not in wrapped])
        at = end
        while at in wrapped:
            at += 1
    for cells in rows[at:]:
        lines += _plain(cells)
    return lines


def _tables(rows: list[list[Run]]) -> Iterator[tuple[int, int]]:
    """Where tables stand among rows: rows of several cells, and few others between them."""
    first = 0
    while first < len(rows):
        last = at = first
        while at + 1 < len(rows) and at - last <= _BETWEEN:
            at += 1
            if rows[at - 1][0].middle - rows[at][0].middle > _LOOSE * rows[at][0].size:
                break
            if _same_table(rows[last], rows[at]):
                last = at
            elif len(rows[at]) > 1:
                break
        if last > first:
            yield first, last + 1
        first = last + 1


def _wrapped(rows: list[list[Run]], first: int, end: int, start: int) -> set[int]:
    """The rows that are but the rest of a cell of a table from ``first`` to ``end``; they are set into their cells.

    They stand closer to their row than rows do to each other, and within one column.
    """
    table = [at for at in range(first, end) if len(rows[at]) > 1]
    heights = {at: rows[at][0].middle for at in table}
    usual = median(heights[a] - heights[b] for a, b in pairwise(table))
    places = _places([rows[at] for at in table])
    near: list[tuple[float, int, int]] = []
    for at in range(max(start, first - _BETWEEN), min(end + _BETWEEN, len(rows))):
        if len(rows[at]) == 1:
            below = bisect_left(table, at)  # rows stand in the order of their heights
            row = min(table[max(below - 1, 0) : below + 1], key=lambda row: abs(heights[row] - rows[at][0].middle))
            near.append((abs(heights[row] - rows[at][0].middle), at, row))
    wrapped: set[int] = set()
    for distance, at, row in sorted(near):
        rest = rows[at][0]
        over = [(left, right) for left, right in places if left < rest.right and right > rest.left]
        if distance > _CLOSE * usual or len(over) != 1 or UNIT.match(rest.text):
            continue
        cells = [cell for cell in rows[row] if cell.left < over[0][1] and cell.right > over[0][0]]
        parts = [rest, *cells] if at < row else [*cells, rest]
        others = [cell for cell in rows[row] if cell not in cells]
        rows[row] = sorted([*others, _joined(parts, "")], key=attrgetter("left"))
        wrapped.add(at)
    return wrapped


def _cells(row: list[Run]) -> list[Run]:
    """The runs of a row, those joined that stand close or are one word set apart (目　录)."""
    if len(row) > 1 and all(len(run.text) == 1 and _HAN.match(run.text) for run in row):
        return [_joined(row, "")]
    cells = [row[0]]
    for run in row[1:]:
        gap = run.left - cells[-1].right
        size = min(run.size, cells[-1].size)
        if gap < _WIDE * size:
            cells[-1] = _joined([cells[-1], run], " " if _latin(cells[-1], run) and gap > 0.2 * size else "")
        else:
            cells.append(run)
    return cells


def _latin(a: Run, b: Run) -> bool:
    return not _CHINESE.match(a.text[-1]) and not _CHINESE.match(b.text[0])


def _joined(runs: Sequence[Run], between: str) -> Run:
    return Run(
        between.join(run.text for run in runs),
        min(run.left for run in runs),
        max(run.right for run in runs),
        min(run.bottom for run in runs),
        max(run.top for run in runs),
        max(runs, key=lambda run: len(run.text)).size,
    )


def _same_table(above: list[Run], below: list[Run]) -> bool:
    """Whether two rows have a gap in common, and neither is of sentences."""
    if not (_tabular(above) and _tabular(below)):
        return False
    gaps = [(a.right, b.left) for a, b in pairwise(above)]
    return any(min(right, b.left) - max(left, a.right) > 0 for left, right in gaps for a, b in pairwise(below))


def _tabular(cells: list[Run]) -> bool:
    if len(cells) < 2 or (len(cells) == 2 and _MARK.fullmatch(cells[0].text)):
        return False
    return not any(SENTENCE_MARK.search(cell.text) for cell in cells)


def _plain(cells: list[Run]) -> Iterator[Line]:
    """A row that stands alone; the unit of a table that stands beside its title is a line of its own."""
    if len(cells) > 1 and UNIT.match(cells[-1].text):
        yield _line(cells[:-1], "\u3000")
        cells = cells[-1:]
    yield _line(cells, "\u3000")


def _line(cells: Sequence[Run], between: str) -> Line:
    return Line(*_joined(cells, between))


def _table(rows: list[list[Run]]) -> Iterator[Line]:
    """The rows of a table with a tab between their cells, also those that are empty."""
    while len(rows) > 1 and len(rows[0]) == 2 and UNIT.match(rows[0][1].text):
        yield from _plain(rows[0])
        rows = rows[1:]
    places = _places(rows)
    for row in rows:
        line = _line(row, "\t")
        placed = _placed(row, places) if len(row) > 1 else None
        yield line._replace(text=line.text if placed is None else "\t".join(placed), row=True)


def _places(rows: list[list[Run]]) -> list[tuple[float, float]]:
    """Where the columns of a table stand: under each other in the rows that have the most cells of all usual rows."""
    counted = Counter(map(len, rows))
    usual = max((count for count in counted if 4 * counted[count] >= len(rows)), default=0)
    spans = sorted((run.left, run.right) for row in rows if len(row) == usual for run in row)
    places: list[tuple[float, float]] = []
    for left, right in spans:
        if places and left < places[-1][1]:
            places[-1] = places[-1][0], max(places[-1][1], right)
        else:
            places.append((left, right))
    return places if len(places) == usual else []


def _placed(row: list[Run], places: list[tuple[float, float]]) -> list[str] | None:
    """The cell of each column in a row; None where one stands over several columns."""
    cells = [""] * len(places)
    for run in row:
        over = [at for at, (left, right) in enumerate(places) if run.left < right and run.right > left]
        if not over and places:
            over = [min(range(len(places)), key=lambda at: abs(sum(places[at]) - run.left - run.right))]
        if len(over) != 1:
            return None
        cells[over[0]] += run.text
    return cells
