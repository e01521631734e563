"""A document as zzcli reads it: the reflowed text, and on demand what was read from it, marked where it stands.

The number before a line is that of the line of the file on which its first character stands; one that is the same as
above is not said again. Marks are colours, and brackets where there are none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from zzcli.language import say
from zzcli.patterns import compiled
from zzcli.reading.reflow import Block
from zzcli.span import Span
from zzcli.views.sheet import BETWEEN, QUIET, folded, plain

if TYPE_CHECKING:  # a view loads no more than it shows
    from zzcli.document import Document

_HEADING = "bold"
_NARROWEST = 8  # cells of a line, however narrow the screen
_CELLS = compiled(r"\t+|[ \u3000]{2,}")  # what stands between two cells of a row


class Kind(Struct, frozen=True):
    """A kind of mark: its colour, and the brackets where there is none."""

    name: str
    style: str
    brackets: tuple[str, str]


# What two claim, the first of them has.
KINDS = (
    Kind("figures", "cyan", ("【", "】")),
    Kind("dates", "magenta", ("〔", "〕")),
    Kind("industries", "green", ("〈", "〉")),
)


class Mark(NamedTuple):
    """A stretch of the clean text that is marked."""

    start: int
    end: int
    kind: Kind


def text_view(document: Document, marks: bool, blocks: Sequence[Block] | None = None) -> RenderableType:
    """The text of a document to be read; with ``marks`` its figures, dates and industries are marked in it.

    ``blocks`` are those that are shown, the first ones of it; all if left out.
    """
    shown = document.text.blocks if blocks is None else blocks
    end = shown[-1].end if shown else 0
    return _Reading(document, shown, [mark for mark in _marks(document) if mark.end <= end] if marks else None)


def _marks(document: Document) -> list[Mark]:
    """What is marked, in the order of the text; no two share a character."""
    figures = document.figures
    dates = [figure.period for figure in figures if figure.period] + [event.period for event in document.events]
    spans: tuple[Iterable[Span], ...] = (
        figures,
        dates,
        (mention for industry in document.industries for mention in industry.mentions),
    )
    marked: list[Mark] = []
    for kind, found in zip(KINDS, spans, strict=True):
        starts = [mark.start for mark in marked]
        free: list[Mark] = []
        # of two that share a character the longer one is marked, of two as long the first
        for start, end in sorted({(span.start, span.end) for span in found}, key=lambda place: (place[0], -place[1])):
            at = bisect_left(starts, end)
            taken = (at and marked[at - 1].end > start) or (free and free[-1].end > start)
            if start < end and not taken:
                free.append(Mark(start, end, kind))
        marked = sorted([*marked, *free])
    return marked


class _Line(NamedTuple):
    """A line of the view and the place in the clean text at which it begins."""

    text: Text
    start: int


class _Reading:
    """The blocks of a document below one another, with the lines of its file in the margin."""

    def __init__(self, document: Document, blocks: Sequence[Block], marks: Sequence[Mark] | None) -> None:
        self._document = document
        self._blocks = blocks
        self._clean = document.text.clean
        self._marks = marks or ()
        self._starts = [mark.start for mark in self._marks]
        self._legend = marks is not None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        colored = console.color_system is not None and not console.no_color
        for line in self._lines(options.max_width, colored, not options.ascii_only):
            yield from line.render(console, end="\n")

    def _lines(self, width: int, colored: bool, blocks: bool) -> Iterator[Text]:
        text, file = self._document.text, self._document.file
        margin = len(str(text.line(len(text.source))))
        room = max(width - margin - len(BETWEEN), _NARROWEST)
        page = number = 0
        before = ""
        for index, (block, lines) in enumerate(self._set(room, colored, blocks)):
            gap = index > 0
            for line in lines:
                place = text.origin(Span(line.start, line.start + 1)).start
                here = text.line(place)
                if (new := file.page(place)) is not None and new != page:
                    page = new
                    yield from [Text()] if gap else []
                    yield _rule(say("page {number}", number=page), width, blocks)
                elif gap and not (block.kind in _CLOSE and block.kind == before and here <= number + 1):
                    yield Text()
                gap = False
                said = "" if here == number else str(here)
                number = here
                yield Text().append(said.rjust(margin) + BETWEEN, QUIET).append_text(line.text)
            before = block.kind
        if self._legend:
            yield Text()
            yield from folded(self._counted(colored), width)

    def _set(self, room: int, colored: bool, blocks: bool) -> Iterator[tuple[Block, list[_Line]]]:
        """The blocks with their lines; rows that follow one another share their columns."""
        found = self._blocks
        at = 0
        while at < len(found):
            end = at + 1
            if found[at].kind == "row":
                while end < len(found) and found[end].kind == "row":
                    end += 1
                yield from self._rows(found[at:end], room, colored)
            else:
                yield found[at], self._folded(found[at], room, colored, blocks)
            at = end

    def _folded(self, block: Block, room: int, colored: bool, blocks: bool) -> list[_Line]:
        """The lines of a block, each with its place."""
        shown, places = self._marked(block, colored)
        if block.truncated:
            sign = "┄" if blocks else "..."
            shown.append(sign, QUIET)
            places.extend([block.end - 1] * len(sign))
        shown.stylize(_STYLES.get(block.kind, ""))
        lines = []
        at = 0
        for piece in folded(shown, room):
            while at < len(places) - 1 and shown.plain[at].isspace():
                at += 1
            lines.append(_Line(piece, places[at]))
            at += len(piece.plain.strip())
        return lines

    def _rows(self, rows: Sequence[Block], room: int, colored: bool) -> Iterator[tuple[Block, list[_Line]]]:
        """Rows of a table with their cells in columns, or apart where columns have no room."""
        cells = [[self._marked(cell, colored)[0] for cell in _cells_of(self._clean, row)] for row in rows]
        widths = [0] * max(map(len, cells))
        for row in cells:
            for index, cell in enumerate(row):
                widths[index] = max(widths[index], cell_len(cell.plain))
        if sum(widths) + len(BETWEEN) * (len(widths) - 1) > room:
            widths = [0] * len(widths)
        for block, row in zip(rows, cells, strict=True):
            line = Text()
            for index, (cell, width) in enumerate(zip(row, widths, strict=False)):
                line.append(BETWEEN if index else "").append_text(cell)
                line.append(" " * (width - cell_len(cell.plain)))
            line.rstrip()
            yield block, [_Line(piece, block.start) for piece in folded(line, room)]

    def _marked(self, span: Span, colored: bool) -> tuple[Text, list[int]]:
        """A stretch of the text with its marks, and for each character shown its place in the clean text."""
        shown = Text()
        places: list[int] = []

        def add(start: int, end: int, style: str = "") -> None:
            at = start
            for place, hidden in self._document.text.hidden(Span(start, end), opening=True):
                stretch(at, place, style)
                sign(plain(hidden).plain, place, style)
                at = place
            stretch(at, end, style)

        def stretch(start: int, end: int, style: str) -> None:
            words = plain(self._clean[start:end]).plain
            if len(words) == end - start:
                places.extend(range(start, end))
            else:  # a character that steers is shown by a sign of several
                signs = [plain(sign).plain for sign in self._clean[start:end]]
                words = "".join(signs)
                places.extend(place for place, sign in enumerate(signs, start) for _ in sign)
            shown.append(words, style)

        def sign(words: str, place: int, style: str) -> None:
            shown.append(words, style)
            places.extend([place] * len(words))

        at = span.start
        for mark in self._marks[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]:
            if mark.end > span.end:
                break
            opening, closing = ("", "") if colored else mark.kind.brackets
            add(at, mark.start)
            sign(opening, mark.start, mark.kind.style)
            add(mark.start, mark.end, mark.kind.style)
            sign(closing, mark.end - 1, mark.kind.style)
            at = mark.end
        add(at, span.end)
        return shown, places

    def _counted(self, colored: bool) -> Text:
        """What the marks mean, and how many there are of each."""
        names = {"figures": say("figures"), "dates": say("dates"), "industries": say("industries")}
        counts = Counter(mark.kind.name for mark in self._marks)
        told = Text()
        for index, kind in enumerate(KINDS):
            opening, closing = ("", "") if colored else kind.brackets
            told.append(" · " if index else "", QUIET).append(f"{opening}{names[kind.name]}{closing}", kind.style)
            told.append(f" {counts[kind.name]}", QUIET)
        return told


_CLOSE = ("row", "furniture")  # what stands below its like without a blank line, where the file has none either
_STYLES = {"heading": _HEADING, "furniture": QUIET}


def _cells_of(clean: str, row: Span) -> Iterator[Span]:
    """The cells of a row."""
    at = row.start
    for gap in _CELLS.finditer(clean, row.start, row.end):
        yield Span(at, gap.start())
        at = gap.end()
    yield Span(at, row.end)


def _rule(words: str, width: int, blocks: bool) -> Text:
    sign = "─" if blocks else "-"
    return Text(f"{sign * 2} {words} " + sign * max(width - cell_len(words) - 4, 0), QUIET)
