"""Lines as they stand on pages → the text of the document, a line for a paragraph, and where each page begins.

A line goes on in the next where it is full and the next is of the same size and stands where lines of the column begin:
in the column, and, where no sentence ends, also in the next column or on the next page. What stands between (a table, a
caption, a footnote) is set before or after the paragraph.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from zzcli.patterns import compiled
from zzcli.reading.columns import UNIT, Column, Line, Run, rows_of
from zzcli.reading.lines import PAGE, PUNCTUATION, ends_sentence, lines_of

_EDGE = 3  # rows at the top and at the bottom of a page that may be its heads and feet
_LARGER = 1.15  # than the text: a heading
_ALIKE = 0.12  # of its size: what type of the same size may differ
_TITLE = 12  # characters of a line that may be the title of what follows
_ASIDE = 60  # lines that may stand inside a paragraph
_AROUND = 50  # pages before one, and after it, whose heads are compared with its own
_HEIGHT = 6.0  # points that the place of a running head may differ
_MARKED = frozenset(("numbered", "item", "caption", "label", "menu", "markdown", "row"))

_PAGE_OF = attrgetter("page")
_DIGITS = compiled(r"\d{1,12}")
_SENTENCE = compiled("[，。；]")
_BLANK = compiled(r"\s")
_WORD = compiled(r"[!-~]{1,40}")


class _Edge(NamedTuple):
    """A row near the edge of a page: its words without numbers, its numbers, and where it stands."""

    words: str
    numbers: tuple[str, ...]
    height: float
    page: int


def without_heads(pages: Sequence[list[Run]]) -> list[list[Run]]:
    """The pages without page numbers and running heads, but for those of the first page, which may be a title."""
    edges = [_edges(page, number) for number, page in enumerate(pages)]
    seen: dict[str, list[_Edge]] = {}
    for edge in (edge for sides in edges for side in sides for edge, _ in side):
        seen.setdefault(edge.words, []).append(edge)
    filled = [number for number, page in enumerate(pages) if page]
    kept: list[list[Run]] = []
    for number, page in enumerate(pages):
        away: set[int] = set()
        for side in edges[number]:
            inside = [row for _, row in side]
            for edge, row in side:
                inside.pop(0)
                numbered = _page_number(row, inside)
                if not numbered and not _runs_on(edge, seen[edge.words], filled):
                    break
                if numbered or number != filled[0]:
                    away.update(map(id, row))
        kept.append([run for run in page if id(run) not in away])
    return kept


def _edges(runs: list[Run], page: int) -> list[list[tuple[_Edge, list[Run]]]]:
    """The first rows of a page from its top, and the last from its bottom."""
    rows = rows_of(runs)
    sides = rows[:_EDGE], rows[: -_EDGE - 1 : -1]
    return [[(_edge(row, page), row) for row in side] for side in sides]


def _edge(row: list[Run], page: int) -> _Edge:
    text = _BLANK.sub("", "".join(run.text for run in row))
    return _Edge(_DIGITS.sub("#", text), tuple(_DIGITS.findall(text)), row[0].middle, page)


def _page_number(row: list[Run], inside: list[list[Run]]) -> bool:
    """Whether a row looks like the number of its page; a bare number stands apart from the rows next to it."""
    text = "".join(run.text for run in row).strip()
    if not PAGE.fullmatch(text):
        return False
    return not text.isdecimal() or not inside or abs(inside[0][0].middle - row[0].middle) > 1.8 * row[0].size


def _runs_on(edge: _Edge, seen: list[_Edge], filled: list[int]) -> bool:
    """Whether the same words stand at the same height on most pages, or on most of those with odd or even numbers.

    Of many pages those around it count.
    """
    if _SENTENCE.search(edge.words):
        return False
    first, last = edge.page - _AROUND, edge.page + _AROUND
    seen = seen[bisect_left(seen, first, key=_PAGE_OF) : bisect_right(seen, last, key=_PAGE_OF)]
    filled = filled[bisect_left(filled, first) : bisect_right(filled, last)]
    there = {other.page for other in seen if abs(other.height - edge.height) < _HEIGHT and _counts_on(edge, other)}
    if len(there) > 1 and 2 * len(there) > len(filled):
        return True
    alike = [page for page in filled if (page - edge.page) % 2 == 0]
    return len(there) > 2 and 2 * len(there.intersection(alike)) > len(alike)


def _counts_on(edge: _Edge, other: _Edge) -> bool:
    """Whether the numbers of two rows are the same or those of their pages: 第3页 共9页."""
    return all(
        a == b or int(b) - int(a) == other.page - edge.page for a, b in zip(edge.numbers, other.numbers, strict=True)
    )


# ---------------------------------------------------------------------------------------------------------------------


class _Shape(NamedTuple):
    """What the lines of a column have in common."""

    base: float  # where lines begin that go on
    right: float  # where full lines end
    step: float  # from line to line
    indented: bool  # where paragraphs begin


class _Placed(NamedTuple):
    """A line in its column and page."""

    line: Line
    shape: _Shape
    column: int
    page: int


class _Paragraph:
    """A paragraph as it grows: its text, and where in it a page begins."""

    __slots__ = ("begins", "blank", "last", "parts", "size")

    def __init__(self, placed: _Placed, blank: bool, indent: bool) -> None:
        self.parts = ["\u3000\u3000" if indent else "", placed.line.text]
        self.size = sum(map(len, self.parts))
        self.begins = [(placed.page, 0)]
        self.last = placed
        self.blank = blank

    def add(self, placed: _Placed) -> None:
        between = _between(self.last.line.text, placed.line.text)
        if placed.page != self.last.page:
            self.begins.append((placed.page, self.size + len(between)))
        self.parts += [between, placed.line.text]
        self.size += len(between) + len(placed.line.text)
        self.last = placed


def text_of(pages: Sequence[Sequence[Column]]) -> tuple[str, tuple[int, ...]]:
    """The text of the pages, each a list of columns, and where each page begins in it."""
    body = _body(pages)
    parts: list[str] = []
    size = 0
    begins: dict[int, int] = {}
    for paragraph in _paragraphs(_stream(pages, body), body):
        if paragraph.blank and parts:
            parts.append("\n")
            size += 1
        for page, at in paragraph.begins:
            begins.setdefault(page, size + at)
        parts += [*paragraph.parts, "\n"]
        size += paragraph.size + 1
    places: list[int] = []
    for number in reversed(range(len(pages))):
        places.append(begins.get(number, places[-1] if places else size))
    return "".join(parts), tuple(reversed(places))


def _body(pages: Sequence[Sequence[Column]]) -> float:
    """The size of most of the text."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for column in page:
            for line in column:
                sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=10.0)


def _stream(pages: Sequence[Sequence[Column]], body: float) -> list[_Placed]:
    placed: list[_Placed] = []
    columns = 0
    for number, page in enumerate(pages):
        for column in page:
            shape = _shape(column, body)
            columns += 1
            placed += [_Placed(line, shape, columns, number) for line in column]
    return placed


def _shape(column: Column, body: float) -> _Shape:
    lines = [line for line in column if not line.row]
    lines = [line for line in lines if abs(line.size - body) <= _ALIKE * body] or lines or column
    right = max(line.right for line in lines)
    steps = [a.bottom - b.bottom for a, b in pairwise(lines) if a.bottom > b.bottom]
    after = [
        round(b.left / body * 2)
        for a, b in pairwise(lines)
        if right - a.right < 2 * body and not ends_sentence(a.text) and a.text[-1] not in "：:；;"
    ]
    base = min(line.left for line in lines)
    if after:
        most = max(set(after), key=lambda place: (after.count(place), -place))
        base = median(line.left for line in lines if round(line.left / body * 2) == most)
    indented = any(1.2 * body < line.left - base < 4.5 * body and right - line.right < 2 * body for line in lines)
    return _Shape(base, right, min(steps, default=0.0) if len(steps) < 3 else median(steps), indented)


def _paragraphs(stream: list[_Placed], body: float) -> Iterator[_Paragraph]:
    at = 0
    before: _Placed | None = None
    while at < len(stream):
        paragraph = _Paragraph(stream[at], _apart(before, stream[at], body), _indented(stream[at], body))
        asides: list[_Placed] = []
        at += 1
        while at < len(stream):
            if _goes_on(paragraph.last, stream[at], body):
                paragraph.add(stream[at])
                at += 1
            elif further := _further(paragraph.last, stream, at, body):
                asides += stream[at:further]
                paragraph.add(stream[further])
                at = further + 1
            else:
                break
        first = paragraph.begins[-1][0] if len(paragraph.begins) > 1 else stream[at - 1].page
        ahead = [aside for aside in asides if aside.page < first]
        behind = [aside for aside in asides if aside.page >= first]
        yield from _paragraphs(ahead, body)
        yield paragraph
        yield from _paragraphs(behind, body)
        before = stream[at - 1]


def _further(last: _Placed, stream: list[_Placed], at: int, body: float) -> int | None:
    """Where a paragraph goes on behind something that stands inside it, of smaller type or a table."""
    if last.line.row or ends_sentence(last.line.text) or abs(last.line.size - body) > _ALIKE * body:
        return None
    for further in range(at, min(at + _ASIDE, len(stream))):
        line = stream[further].line
        if further > at and _goes_on(last, stream[further], body, over=True):
            return further
        if not line.row and line.size > (1 - _ALIKE) * body and not UNIT.match(line.text):
            return None
    return None


def _goes_on(a: _Placed, b: _Placed, body: float, over: bool = False) -> bool:
    """Whether a line goes on in another; ``over`` something that stands between the two."""
    line, after = a.line, b.line
    if line.row or after.row or abs(line.size - after.size) > _ALIKE * max(line.size, after.size):
        return False
    near = a.column == b.column and not over
    step = line.bottom - after.bottom
    if line.size > _LARGER * body:
        return near and step < 2 * line.size and _one_title(a, b)
    word = _WORD.match(after.text)
    slack = 2 * line.size + (0.6 * line.size * len(word[0]) if word else 0)
    if a.shape.right - line.right > slack or line.right - line.left < 4 * line.size:
        return False
    if over and len(line.text) < _TITLE and not PUNCTUATION.search(line.text):
        return False
    indent = (after.left - b.shape.base) / after.size
    if abs(indent) > 1 if b.shape.indented or not near else indent > 1:
        return False
    if near:
        return step <= 1.5 * max(a.shape.step, line.size) and (b.shape.indented or not _marked(after.text))
    if a.shape.indented and b.shape.indented:
        return True  # what begins there would be indented
    return not ends_sentence(line.text) and not _marked(after.text)


def _one_title(a: _Placed, b: _Placed) -> bool:
    """Whether two lines of large type are one title: of one size, centred or flush, and no mark between them."""
    line, after = a.line, b.line
    if abs(line.size - after.size) > 0.03 * line.size or ends_sentence(line.text) or _marked(after.text):
        return False
    centred = abs(line.left + line.right - after.left - after.right) < line.size
    return (centred or abs(line.left - after.left) < line.size / 2) and not after.text.startswith(("—", "（", "("))


def _marked(text: str) -> bool:
    """Whether a line begins with the number or mark of an item."""
    return any(line.look in _MARKED for line in lines_of(text))


def _indented(placed: _Placed, body: float) -> bool:
    line, shape = placed.line, placed.shape
    indent, rest = line.left - shape.base, shape.right - line.right
    centred = rest > 2 * line.size and abs(indent - rest) < line.size
    if line.row or line.size > _LARGER * body:
        return False
    return 1.2 * line.size < indent < 4.5 * line.size and not centred


def _apart(before: _Placed | None, placed: _Placed, body: float) -> bool:
    """Whether a blank line belongs before a paragraph: a heading, another column, a wider gap."""
    if before is None or (before.line.row and placed.line.row):
        return False
    line, above = placed.line, before.line
    if before.column != placed.column or max(line.size, above.size) > _LARGER * body:
        return True
    return above.bottom - line.bottom > 1.5 * max(placed.shape.step, line.size)


def _between(text: str, after: str) -> str:
    """What stands between two lines of a paragraph: a space between Latin words, else nothing."""
    left, right = text[-1:], after[:1]
    if not (left + right).isascii() or left in '-"(/':
        return ""
    return " " if right.isalpha() or (right.isdigit() and left.isalpha()) else ""
