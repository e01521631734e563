"""How answers are set for people: sheets of columns that fold as Chinese is set, on a screen or in a file.

Every character of a cell is kept: it folds, and where columns have no room, the cells of a row stand below one another.
Only a cell that no one could read to its end (``LONGEST_CELL``) is clipped, and says so.
Text of a document is shown through ``visible`` and as ``Text``, so nothing in it is taken for markup.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Literal, cast

from msgspec import Struct
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, JustifyMethod, OverflowMethod, RenderableType
from rich.containers import Lines
from rich.segment import Segment
from rich.text import Text

from zzcli.language import say
from zzcli.patterns import compiled
from zzcli.views.visible import one_line

ColorSystem = Literal["auto", "standard", "256", "truecolor", "windows"]

ANSWER = "cyan"
QUIET = "dim"

DEFAULT_WIDTH = 100
NARROWEST = 24
INDENT = 2
BETWEEN = "  "  # columns
LONGEST_CELL = 100_000  # characters; a book has as many
_LEAST = 10  # cells of a column that shares the width; where it would be narrower, cells stand below one another
_DATES = 100  # a terminal that is narrower folds the range of a period


DRAWN = "█▉▊▋▌▍▎▏▕─│├┤┬┄┊●←→"
"""All that is drawn; where a terminal lacks any of it, plain characters stand for it."""


class Screen(Struct, frozen=True):
    """What is set for people is made for this, wherever that is done.

    Attributes:
        width: in cells.
        colors, no_color: its colours in Rich's terms; without ``colors`` no escape code is written.
        blocks: whether blocks and lines can be drawn on it.
    """

    width: int
    colors: ColorSystem | None
    no_color: bool
    blocks: bool = True


def screen(to_file: bool) -> Screen:
    """The terminal, or for a file none: as wide as the terminal, or ``COLUMNS``, or 100.

    A pipe has colours where ``FORCE_COLOR`` asks for them and ``NO_COLOR`` does not forbid them, a file never.
    """
    width = shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns
    terminal = bool(not to_file and sys.stdout and sys.stdout.isatty())
    console = Console(
        file=io.StringIO(), color_system=None if to_file else "auto", force_terminal=True if terminal else None
    )
    colors = cast("ColorSystem | None", console.color_system) if terminal or not console.no_color else None
    return Screen(max(width, NARROWEST), colors, console.no_color, to_file or _draws())


def _draws() -> bool:
    """Whether standard output can show what is drawn."""
    if os.environ.get("TERM", "").lower() in _DUMB:
        return False
    try:
        DRAWN.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


_DUMB = ("dumb", "unknown")


class _Page(io.StringIO):
    """What is rendered into; Rich tells a view of its encoding whether it can draw (``options.ascii_only``)."""

    def __init__(self, blocks: bool) -> None:
        super().__init__()
        self._blocks = blocks

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return "utf-8" if self._blocks else "ascii"


def render(views: Iterable[RenderableType], screen: Screen) -> str:
    """The views as text for a screen."""
    rendered = _Page(screen.blocks)
    console = Console(
        file=rendered,
        width=screen.width,
        color_system=screen.colors,
        no_color=screen.no_color,
        force_terminal=screen.colors is not None,
        markup=False,
        emoji=False,
        highlight=False,
    )
    for index, view in enumerate(views):
        console.print(*[Text()] * (index > 0), view, sep="\n")
    if console.color_system:
        return rendered.getvalue()
    return "".join(row.rstrip() + "\n" for row in rendered.getvalue().split("\n")[:-1])


def group(heading: Text, sheet: RenderableType, *caption: Text) -> RenderableType:
    """A sheet between its heading and its caption."""
    return Group(Folding.of(heading), Text(), sheet, Text(), *map(Folding.of, caption))


def aside(words: str) -> Text:
    """What zzcli says about an answer, told apart from the words of the document."""
    return plain(f"· {words}", QUIET)


class Column(Struct, frozen=True):
    """A column: as wide as its widest line but no wider than ``most``, or a ``share`` of what the others leave.

    ``roomy`` stands for ``most`` in a wide terminal. Where a share is narrower than ``least``, no column stands.
    """

    heading: str
    share: int = 0
    least: int = _LEAST
    most: int = 40
    roomy: int | None = None
    right: bool = False
    style: str = ""

    def most_in(self, width: int) -> int:
        """The most that it takes of so wide a screen."""
        return self.most if self.roomy is None or width < _DATES else self.roomy


class Row(Struct, frozen=True):
    """A row: its cells, and the lines below it that run across all columns."""

    cells: tuple[Text, ...]
    below: tuple[Text, ...] = ()
    indent: int = 0


class Sheet:
    """Rows in columns. Every cell folds; where the columns have no room, the cells of a row stand below one another."""

    def __init__(self, *columns: Column, leading: int = 0) -> None:
        self._columns = columns
        self._leading = leading
        self._entries: list[Row | Text] = []

    def row(self, *cells: Text, below: Sequence[Text] = (), indent: int = 0) -> None:
        """Add a row with a cell for each column."""
        self._entries.append(Row(tuple(map(_readable, cells)), tuple(below), indent))

    def line(self, text: Text | None = None) -> None:
        """Add a line across all columns, empty where there is no text."""
        self._entries.append(text or Text())

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        for each in self._lines(options.max_width, "-" if options.ascii_only else "─"):
            yield from each.render(console, end="\n")

    def _lines(self, width: int, rule: str) -> Iterator[Text]:
        widths = self._widths(width)
        if widths:
            yield from self._beside(Row(tuple(Text(column.heading, QUIET) for column in self._columns)), widths)
            yield Text(rule * width)
        for index, entry in enumerate(self._entries):
            if isinstance(entry, Text):
                yield from folded(entry, width)
                continue
            if index and self._leading:
                yield Text()
            yield from self._beside(entry, widths) if widths else self._below(entry, width)
            for text in entry.below:
                yield from folded(text, width, INDENT + entry.indent)
            following = self._entries[index + 1] if index + 1 < len(self._entries) else None
            if not widths and not self._leading and isinstance(following, Row):
                yield Text()

    def _widths(self, width: int) -> list[int]:
        """The width of each column, wide enough for its heading or at least its words; empty where there is no room."""
        rows = [entry for entry in self._entries if isinstance(entry, Row)]
        indent = max((row.indent for row in rows), default=0)
        natural = [
            max((cell_len(part) for row in rows for part in row.cells[index].plain.split("\n")), default=0)
            for index in range(len(self._columns))
        ]
        natural[0] += indent
        shares = sum(column.share for column in self._columns)
        for heading in (cell_len, _longest_word):
            widths = [
                0 if column.share else max(min(needed, column.most_in(width)), heading(column.heading))
                for needed, column in zip(natural, self._columns, strict=True)
            ]
            rest = width - sum(widths) - len(BETWEEN) * (len(widths) - 1)
            if not shares:
                if rest >= 0:
                    return widths
                continue
            parts = [rest * column.share // shares for column in self._columns]
            if all(part >= column.least for part, column in zip(parts, self._columns, strict=True) if column.share):
                parts[max(i for i, column in enumerate(self._columns) if column.share)] += rest - sum(parts)
                return [fixed + part for fixed, part in zip(widths, parts, strict=True)]
        return []

    def _beside(self, row: Row, widths: Sequence[int]) -> Iterator[Text]:
        """The lines of a row whose cells stand beside one another."""
        cells = [
            folded(cell, width, row.indent if index == 0 else 0)
            for index, (cell, width) in enumerate(zip(row.cells, widths, strict=True))
        ]
        for beside in zip_longest(*cells):
            joined = Text()
            for index, (text, width, column) in enumerate(zip(beside, widths, self._columns, strict=True)):
                text = text or Text()
                room = " " * max(width - cell_len(text.plain), 0)
                last = index + 1 == len(widths)
                joined.append(room if column.right else "").append_text(text)
                joined.append("" if last else BETWEEN if column.right else room + BETWEEN)
            yield joined

    def _below(self, row: Row, width: int) -> Iterator[Text]:
        """The lines of a row whose cells stand below the first, each behind the heading of its column."""
        yield from folded(row.cells[0], width, row.indent)
        labels = max((cell_len(column.heading) for column in self._columns[1:]), default=0)
        labels = min(labels, width // 3)
        for column, cell in zip(self._columns[1:], row.cells[1:], strict=True):
            if cell.plain.strip():
                room = len(cell.plain) - len(cell.plain.lstrip())
                yield from labelled(
                    Text(column.heading.strip(), QUIET), cell[room:], labels, width, row.indent + INDENT
                )


def _readable(cell: Text) -> Text:
    """A cell, without what of it is beyond all reading, and how much that is."""
    more = len(cell.plain) - LONGEST_CELL
    if more <= 0:
        return cell
    told = say(" … [{count} characters more; --format json has them all]", count=more)
    return cell[:LONGEST_CELL].append(told, QUIET)


class Fitted:
    """What is made when the width is known."""

    def __init__(self, make: Callable[[int], RenderableType]) -> None:
        self._make = make

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        yield self._make(options.max_width)


class Drawn:
    """What is made when the width is known, and whether blocks and lines can be drawn or plain characters must do."""

    def __init__(self, make: Callable[[int, bool], RenderableType]) -> None:
        self._make = make

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        yield self._make(options.max_width, not options.ascii_only)


class Ruled:
    """Lines that are laid out already and stand as they are."""

    def __init__(self, lines: Iterable[Text]) -> None:
        self._lines = lines

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        for line in self._lines:
            yield from line.render(console, end="\n")


class Pairs:
    """Labels with their texts behind them, both folded."""

    def __init__(self, pairs: Iterable[tuple[Text, Text]]) -> None:
        self._pairs = list(pairs)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        labels = max(cell_len(label.plain) for label, _ in self._pairs)
        for label, text in self._pairs:
            for row in labelled(label, text, min(labels, options.max_width // 2), options.max_width):
                yield from row.render(console, end="\n")


def labelled(label: Text, text: Text, labels: int, width: int, indent: int = 0) -> Iterator[Text]:
    """A text behind its label, which is ``labels`` wide, both folded."""
    texts = folded(text, max(width - indent - labels - len(BETWEEN), 1))
    for left, right in zip_longest(folded(label, labels), texts, fillvalue=Text()):
        yield (
            Text(" " * indent)
            .append_text(left)
            .append(" " * (labels - cell_len(left.plain)) + BETWEEN)
            .append_text(right)
        )


def _longest_word(heading: str) -> int:
    return max(map(cell_len, heading.split()), default=0)


def folded(text: Text, width: int, indent: int = 0) -> list[Text]:
    """The lines of a text, each behind ``indent`` spaces."""
    room = max(width - indent, 1)
    if "\n" not in text.plain and cell_len(text.plain) <= room:
        folded = [text.copy()]
    else:
        folded = [piece for part in text.split(allow_blank=True) for piece in part.divide(_folds(part.plain, room))]
    for piece in folded:
        piece.rstrip()
    return [Text(" " * indent).append_text(piece) for piece in folded] if indent else folded


class Folding(Text):
    """Text that folds as Chinese is set: between any two characters, but no closing mark opens a line.

    Rich folds between words, and a Chinese sentence is one word to it.
    """

    @classmethod
    def of(cls, text: Text) -> Folding:
        """The same text, folding."""
        return cls(text.plain, style=text.style, spans=text.spans)

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """Its lines; Rich asks for them."""
        return Lines(folded(self, width))


# What stays on one line: a Latin word or a number with its unit, or one character; with the marks around it.
_UNBROKEN = compiled(
    r"""
    [(\[{“‘「『《〈（【〔]{0,3}
    (?:
        [A-Za-z0-9.,+\-−±%:*_]{1,40}
        (?: /++ | [余多]? [十百千万亿]{0,3} (?:个?百分点|平方米|[公美欧日]元|[元年月日个家户人项条位吨倍届亿万]) )?
      | .
    )
    [)\]}”’」』》〉）】〕、，。；：！？!?…·%,.;:!?]{0,3}
    \s?
    """,
    re.VERBOSE | re.DOTALL,
)
_PAUSES = tuple("，。；：、！？,;)）”")
_ROOMY = 40  # in a column as wide as this a line ends rather behind a mark


def _folds(text: str, width: int) -> list[int]:
    """Where to cut ``text`` into lines of at most ``width`` cells."""
    cuts = []
    used = 0
    pause = (0, 0)  # the last mark that a line may end behind, and how much was used there
    for match in _UNBROKEN.finditer(_paired(text)):
        bare = match[0].rstrip()
        needed = cell_len(bare)
        if used and used + needed > width:
            place, before = pause
            if width >= _ROOMY and before > width * 3 // 4 and used - before + needed <= width:
                cuts.append(place)
                used -= before
            else:
                cuts.append(match.start())
                used = 0
            pause = (0, 0)
        if needed > width:
            for place, char in enumerate(match[0], match.start()):
                if used and used + cell_len(char) > width:
                    cuts.append(place)
                    used = 0
                used += cell_len(char)
        else:
            used += needed if bare == match[0] else cell_len(match[0])
        if bare.endswith(_PAUSES):
            pause = (match.end(), used)
    return cuts


def _paired(text: str) -> str:
    """The text with every other straight quotation mark as an opening or a closing one."""
    first, *rest = text.split('"')
    return first + "".join("“”"[i % 2] + part for i, part in enumerate(rest))


def clipped(text: Text, room: int, blocks: bool) -> Text:
    """A text that ends, where it is wider than ``room``, with a sign that it goes on."""
    if cell_len(text.plain) <= room:
        return text
    sign = "…" if blocks else "..."
    cut = text.copy()
    cut.truncate(max(room - len(sign), 0), overflow="crop")
    cut.rstrip()
    return cut.append(sign[: max(room, 0)])


def plain(text: str, style: str = "") -> Text:
    """Text of anybody on one line, safe to show."""
    return Text(one_line(text), style)
