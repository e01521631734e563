"""Facts as tables for people: quiet, folded to the width of the terminal, every character of a cell kept.

One colour has a meaning: it marks the answer, as the document has it. Dim is what explains it. Text of a document is
shown through ``visible`` and as ``Text``, so nothing in it is taken for markup.
"""

from __future__ import annotations

import io
import re
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from msgspec import Struct
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, JustifyMethod, OverflowMethod, RenderableType
from rich.containers import Lines
from rich.segment import Segment
from rich.text import Text

from zzcli.patterns import compiled
from zzcli.reading.files import BUNDLED
from zzcli.span import Span
from zzcli.views.excerpts import excerpt
from zzcli.views.formats import number
from zzcli.views.records import line, lines
from zzcli.views.visible import one_line
from zzcli.views.written import MISREAD, change_words, level_words, readable, words

if TYPE_CHECKING:  # a view loads no more than it shows
    from zzcli.document import Document
    from zzcli.facts.dating import Dated, Dating
    from zzcli.facts.doubts import Doubt
    from zzcli.facts.events import Event
    from zzcli.facts.figures import Figure
    from zzcli.facts.industries import Industry, Milestone
    from zzcli.mentions.periods import Period
    from zzcli.search import Hit

ColorSystem = Literal["auto", "standard", "256", "truecolor", "windows"]

ANSWER = "cyan"
QUIET = "dim"

_EXAMPLES = 8  # numerals that are named beside such a count

DEFAULT_WIDTH = 100
NARROWEST = 24
_INDENT = 2
_BETWEEN = "  "  # columns
_LEAST = 10  # cells of a column that shares the width; where it would be narrower, cells stand below one another
_SENTENCE = 20  # cells in which a sentence can be read
_DATES = 100  # a terminal that is narrower folds the range of a period

INFERRED = "year-inferred"
INFERRED_MARK = "*"

MARKS = ("【", "】")  # around what is doubtful: a pipe has no colour

# The commands to go on with, and what they show.
FURTHER = (
    ("zzcli industries", "its industries by tier"),
    ("zzcli timeline", "what happened when"),
    ("zzcli figures", "its numbers"),
    ("zzcli search TERM", "the passages that hold a term"),
    ("zzcli check", "what to look at before you rely on it"),
)

OUTSIDE = "outside the tiers"
INDUSTRY_WIDTH = 20  # most names are shorter; what is left over goes to what is said of them

# Flags that say how a thing is written; all others are doubts.
DESCRIBING = frozenset(
    {"class", "dateline", "heading", "list", "multiplier", "nominal", "quoted", "ratio", "real", "upto"}
)
PRICES = ("nominal", "real")  # at current prices, at constant ones

# How the date of publication came to be known.
ORIGINS = {
    "given": "given",
    "dateline": "from its dateline",
    "title": "from its title",
    "inferred": "inferred from the dates in it",
}


class Screen(Struct, frozen=True):
    """What tables are made for, wherever that is done: its width, and its colours in Rich's terms."""

    width: int
    colors: ColorSystem | None
    no_color: bool


def screen(to_file: bool) -> Screen:
    """The terminal, or for a file none: as wide as the terminal, or ``COLUMNS``, or 100."""
    width = shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns
    console = Console(
        file=io.StringIO(),
        color_system=None if to_file else "auto",
        force_terminal=True if not to_file and sys.stdout and sys.stdout.isatty() else None,
    )
    return Screen(max(width, NARROWEST), cast("ColorSystem | None", console.color_system), console.no_color)


def render(views: Iterable[RenderableType], screen: Screen) -> str:
    """The views as text for a screen."""
    rendered = io.StringIO()
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


def figures(document: Document, shown: Sequence[Figure], explain: bool = False) -> RenderableType:
    """Figures, a level with its growth, rank and difference on one row."""
    with_level = defaultdict(list)
    alone = []
    for index, figure in enumerate(shown):
        level = figure.level if figure.measure != "level" else None
        if level is not None and level < len(shown) and shown[level].measure == "level":
            with_level[level].append(figure)
        else:
            alone.append((index, figure))
    clean = document.text.clean
    value = _Values(clean, (figure for _, figure in alone if figure.measure == "level"))
    areas = any(figure.area != document.area for _, figure in alone)

    sheet = _Sheet(
        _Column("indicator", share=1),
        _Column(value.heading, most=value.width),
        _Column("change, rank, notes", share=1),
        _Column("period", most=11, roomy=17),
        *([_Column("area", most=12)] if areas else []),
        _Column("line", right=True),
    )
    if explain:
        from zzcli.views.explain import of_row
    for index, figure in alone:
        on_row = [figure, *with_level[index]]
        changes = [_change(clean, item, figure) for item in on_row if item.measure != "level"]
        notes = [_aside(note) for note in dict.fromkeys(map(_note, on_row)) if note]
        if figure.measure == "level" and MISREAD in figure.flags:
            notes.insert(0, _aside(f"written {one_line(figure.written)}"))
        cells = [
            _text(figure.indicator or "?"),
            value.cell(figure) if figure.measure == "level" else Text(),
            Text("\n").join(changes + notes),
            _period(figure.period, figure.flags),
        ]
        if areas:
            cells.append(_text((figure.area or "?") if figure.area != document.area else ""))
        why = of_row(document, on_row, [words(clean, item) for item in on_row]) if explain else ()
        sheet.row(*cells, _line(document, figure), below=[_aside(reason) for reason in why])
    doubts = Counter(flag for figure in shown for flag in figure.flags)
    return _framed("Figures", document, sheet, _count(shown, document.figures, "figure"), doubts, explain)


def timeline(document: Document, shown: Sequence[Event], explain: bool = False) -> RenderableType:
    """Dated statements in order of date; one that is told again (headline and body) has one row and all its lines."""
    sheet = _Sheet(
        _Column("date", most=11, roomy=17),
        _Column("as written", most=16),
        _Column("what happened", share=1, least=_SENTENCE),
        _Column("line", most=10, right=True),
    )
    if explain:
        from zzcli.views.explain import of_event
    for told in _retold(shown):
        event = told[0]
        date = _period(event.period, event.flags, ANSWER)
        notes = [_aside(", ".join(marks))] if (marks := _marks(event.flags)) else []
        happened = Text("\n").join([_text(event.event), *notes])
        where = _text(", ".join(map(str, lines(document, told))), QUIET)
        why = [_aside("; ".join(of_event(event)))] if explain else []
        sheet.row(date, _text(event.expression, QUIET), happened, where, below=why)
    doubts = Counter(flag for event in shown for flag in event.flags)
    return _framed("Timeline", document, sheet, _count(shown, document.timeline, "dated statement"), doubts, explain)


def _retold(shown: Sequence[Event]) -> Iterator[Sequence[Event]]:
    """The events, those of one time that tell the same together, in the order of the first."""
    together: dict[object, list[Event]] = {}
    for event in shown:
        words = _NUMBERED.sub("", "".join(event.event.split())).removeprefix(event.expression).strip("。，；,;.")
        together.setdefault((event.period.code or event, words), []).append(event)
    yield from together.values()


_NUMBERED = compiled(r"^(?:[（(]?\d{1,2}[)）.、]|[一二三四五六七八九十]{1,2}、|#+)+")


def industries(document: Document, shown: Sequence[Industry], explain: bool = False) -> RenderableType:
    """Industries under the tiers the document puts them in; those outside its tiers below."""
    sheet = _Sheet(
        _Column("industry", most=INDUSTRY_WIDTH),
        _Column("scale", most=44, right=True),
        _Column("enterprises", right=True),
        _Column("standing, milestones", share=2),
        _Column("lines", share=1, right=True),
    )
    if explain:
        from zzcli.views.explain import of_industry
    tiers = sorted(dict.fromkeys(industry.tier for industry in shown), key=lambda tier: tier is None)
    for index, tier in enumerate(tiers):
        if index:
            sheet.line()
        if len(tiers) > 1 or tier:
            sheet.line(_text(tier or OUTSIDE, "bold"))
        for industry in shown:
            if industry.tier == tier:
                why = [_aside("; ".join(of_industry(document, industry)))] if explain else []
                sheet.row(*_industry(document, industry), below=why, indent=_INDENT if tier else 0)
    count = _count(shown, document.industries, "industry", "industries")
    return _framed("Industries", document, sheet, count, Counter())


def doubts(document: Document, shown: Sequence[Doubt]) -> RenderableType:
    """What should be looked at, by its kind, marked in the words around it.

    What is carried and what states no amount is counted; the records have each.
    """
    return _Fitted(lambda width: _doubts(document, shown, width))


def _doubts(document: Document, shown: Sequence[Doubt], width: int) -> RenderableType:
    from zzcli.facts.doubts import CARRIED, KINDS

    counted = CARRIED | {"no-amount"}
    sheet = _Sheet(_Column("what was seen", share=1), _Column("line", right=True))
    by_kind = defaultdict(list)
    for doubt in shown:
        by_kind[doubt.kind].append(doubt)
    for kind, found in by_kind.items():
        if kind != shown[0].kind:
            sheet.line()
        sheet.line(Text.assemble((kind, "bold"), (f"  {KINDS[kind]} ({len(found)})", QUIET)))
        of_kind = KINDS[kind]
        rows = _counted(document, found, of_kind) if kind in counted else _placed(document, found, of_kind, width)
        for where, place in rows:
            sheet.row(where, place, indent=_INDENT)
    return _framed("To be looked at", document, sheet, _count(shown, document.doubts, "doubt"), Counter())


def _placed(document: Document, found: Sequence[Doubt], usual: str, width: int) -> Iterator[tuple[Text, Text]]:
    """Each doubt in the words around it, under its reason where that is not the usual one of its kind."""
    room = width - _INDENT - len("line") - len(_BETWEEN)
    for reason, doubts in _by_reason(found).items():
        if reason != usual:
            yield _aside(f"{reason} ({len(doubts)})" if len(doubts) > 1 else reason), Text()
        around: dict[Span, list[Doubt]] = defaultdict(list)
        for doubt in doubts:
            around[excerpt(document.text, doubt, room - 2 * len(MARKS))].append(doubt)
        for passage, marked in around.items():
            spans = [Span(doubt.start, doubt.end) for doubt in marked]
            yield _marked(document.text.clean, passage, spans, MARKS), _line(document, marked[0])


def _counted(document: Document, found: Sequence[Doubt], usual: str) -> Iterator[tuple[Text, Text]]:
    """How many there are for each reason, with the commonest of them."""
    for reason, doubts in _by_reason(found).items():
        forms = Counter(doubt.of(document.text.clean) for doubt in doubts)
        some = ", ".join(form for form, _ in forms.most_common(_EXAMPLES))
        more = " …" if len(forms) > _EXAMPLES else ""
        why = "" if reason == usual else f"{reason}: "
        yield Text.assemble((f"{len(doubts)}  ", ANSWER), _text(why), _text(some + more, QUIET)), Text()


def _by_reason(found: Sequence[Doubt]) -> dict[str, list[Doubt]]:
    by_reason: dict[str, list[Doubt]] = defaultdict(list)
    for doubt in found:
        by_reason[doubt.reason].append(doubt)
    return by_reason


def search(hits: Sequence[Hit], found: int, query: str) -> RenderableType:
    """Passages that a search found, best first, what was asked for marked in each."""
    sources = len({hit.document.source for hit in hits}) > 1
    read = "all that was read" if sources else _name(hits[0].document)
    return _hits(hits, query, f"{_of(len(hits), found, 'passage')} of {read}, best first", sources)


def search_of_many(hits: Sequence[Hit], found: int, documents: int, query: str) -> RenderableType:
    """The best passages of the documents that hold what was asked for."""
    shown = f"best {len(hits)} passages" if len(hits) > 1 else "best passage"
    hold = "holds" if found == 1 else "hold"
    caption = f"the {shown} · {found} of {documents} documents {hold} what was asked for"
    return _hits(hits, query, caption, sources=True)


def _hits(hits: Sequence[Hit], query: str, caption: str, sources: bool) -> RenderableType:
    sheet = _Sheet(
        _Column("passage", share=1),
        *([_Column("source", most=24)] if sources else []),
        _Column("line", right=True),
        leading=1,
    )
    for hit in hits:
        passage = _marked(hit.document.text.clean, hit.passage, hit.highlights)
        name = [_text(Path(hit.document.source).name, QUIET)] if sources else []
        sheet.row(passage, *name, _line(hit.document, hit.passage))
    heading = Text.assemble(("Search  ", "bold"), _text(query, ANSWER))
    return _group(heading, sheet, _text(caption, QUIET))


def overview(document: Document) -> RenderableType:
    """What a document is and how much was read from it, with the commands to go on with."""
    facts = [
        ("file", f"{_name(document)} ({document.encoding or document.file.format})", ""),
        ("area", document.area or "not settled", ""),
        ("published", _published(document.dating), ""),
        ("figures", str(len(document.figures)), ANSWER),
        ("timeline", str(len(document.timeline)), ANSWER),
        ("industries", str(len(document.industries)), ANSWER),
    ]
    file = "" if document.source == BUNDLED else " FILE"
    further = [*((command + file, purpose) for command, purpose in FURTHER), ("zzcli --help", "all commands")]
    return Group(
        _Folding.of(_text(_heading(document), "bold")),
        Text(),
        _Pairs((Text(name, QUIET), _text(fact, style)) for name, fact, style in facts),
        Text(),
        _Pairs((Text(command), Text(purpose, QUIET)) for command, purpose in further),
    )


class _Values:
    """The column of values: numbers flush right, their units behind them."""

    # A longer number or unit folds; no hostile one pushes the other columns out.
    WIDEST_NUMBER, WIDEST_UNIT = 12, 10

    def __init__(self, clean: str, levels: Iterable[Figure]) -> None:
        self._clean = clean
        written = [level_words(clean, figure) for figure in levels]
        self._number = min(max([5, *(cell_len(numeral) for numeral, _ in written)]), self.WIDEST_NUMBER)
        unit = min(max([0, *(cell_len(unit) for _, unit in written)]), self.WIDEST_UNIT)
        self.width = self._number + 1 + unit
        self.heading = "value".rjust(self._number)

    def cell(self, figure: Figure) -> Text:
        numeral, unit = level_words(self._clean, figure)
        room = " " * max(self._number - cell_len(numeral), 0)
        return Text.assemble(room, (numeral, ANSWER), " ", unit)


def _change(clean: str, figure: Figure, row: Figure) -> Text:
    """A growth, difference, contribution or rank, with what it is against."""
    parts: list[tuple[str, str]] = [(change_words(clean, figure), ANSWER), *_misread(figure)]
    if figure.measure == "contribution":
        parts.insert(0, ("contributes ", QUIET))
    if figure.basis:
        parts.append((f" · {one_line(figure.basis)}", QUIET))
    parts += [(f" · {price}", QUIET) for price in PRICES if price in figure.flags]
    if figure.period and row.period and figure.period.code != row.period.code:
        parts.append((f" · {figure.period.code or '?'}", QUIET))
    return Text.assemble(*parts)


def _misread(figure: Figure) -> list[tuple[str, str]]:
    """The misread form that the number was read from: 第一 (written 第-)."""
    return [(f" (written {one_line(figure.written)})", QUIET)] if MISREAD in figure.flags else []


def _note(figure: Figure) -> str:
    marks = [figure.status] if figure.status != "actual" else []
    return ", ".join(marks + _marks(figure.flags))


def _marks(flags: Sequence[str]) -> list[str]:
    """The doubts that are told in words; an inferred year has its mark at the date."""
    return [flag for flag in flags if flag != INFERRED and flag not in DESCRIBING]


def _period(period: Period | Dated | None, flags: Sequence[str], style: str = "") -> Text:
    if period is None or period.code is None:
        return Text("–", QUIET)
    return Text.assemble((period.code, style), (INFERRED_MARK if INFERRED in flags else "", QUIET))


def _industry(document: Document, industry: Industry) -> list[Text]:
    scale = readable(industry.scale) + (industry.scale_unit or "") if industry.scale is not None else ""
    return [
        _text(industry.industry),
        _text(scale, ANSWER),
        _text(number(industry.enterprises) if industry.enterprises is not None else ""),
        Text("\n").join(_text(words) for words in (*industry.status, *map(_milestone, industry.milestones))),
        _text(", ".join(map(str, lines(document, industry.mentions))), QUIET),
    ]


def _milestone(reached: Milestone) -> str:
    """What was reached and when; the year is said once."""
    code = reached.period_code or "?"
    return reached.event if code[:4] in reached.event else f"{code} {reached.event}"


def _marked(clean: str, passage: Span, marks: Sequence[Span], signs: tuple[str, str] = ("", "")) -> Text:
    """A passage with what counts in it coloured, and between ``signs``; without these, marks that touch are one."""
    done = passage.start
    marked = Text()
    for start, end in _runs(marks) if signs == ("", "") else ((span.start, span.end) for span in marks):
        if done < start:
            marked.append(_text(clean[done:start]))
        marked.append(signs[0]).append(_text(clean[start:end], f"bold {ANSWER}")).append(signs[1])
        done = end
    return marked.append(_text(clean[done : passage.end]))


def _runs(marks: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The stretches that marks cover."""
    start = end = -1
    for span in marks:
        if span.start != end:
            if end > start:
                yield start, end
            start = span.start
        end = span.end
    if end > start:
        yield start, end


def _framed(
    title: str, document: Document, sheet: _Sheet, count: str, doubts: Counter[str], explain: bool = False
) -> RenderableType:
    """A table between its title and a caption that says what was read and what is doubtful."""
    read = [
        _name(document),
        document.area or "area not settled",
        f"published {_published(document.dating)}",
        count,
    ]
    inferred = doubts.pop(INFERRED, 0)
    why = f": {document.dating.reason}" if explain else ""
    doubtful = [f"{INFERRED_MARK} year inferred ({inferred}){why}"] if inferred else []
    doubtful += [f"{flag} ({times})" for flag, times in sorted(doubts.items()) if flag not in DESCRIBING]
    caption = [_text(" · ".join(read), QUIET)]
    if doubtful:
        caption.append(_text("doubtful: " + ", ".join(doubtful), QUIET))
    heading = Text.assemble((f"{title}  ", "bold"), _text(_heading(document)))
    return _group(heading, sheet, *caption)


def _group(heading: Text, sheet: _Sheet, *caption: Text) -> RenderableType:
    return Group(_Folding.of(heading), Text(), sheet, Text(), *map(_Folding.of, caption))


def _aside(words: str) -> Text:
    """What zzcli says about an answer, told apart from the words of the document."""
    return _text(f"· {words}", QUIET)


class _Column(Struct, frozen=True):
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
        return self.most if self.roomy is None or width < _DATES else self.roomy


class _Row(Struct, frozen=True):
    """A row: its cells, and the lines below it that run across all columns."""

    cells: tuple[Text, ...]
    below: tuple[Text, ...] = ()
    indent: int = 0


class _Sheet:
    """Rows in columns. Every cell folds; where the columns have no room, the cells of a row stand below one another."""

    def __init__(self, *columns: _Column, leading: int = 0) -> None:
        self._columns = columns
        self._leading = leading
        self._entries: list[_Row | Text] = []

    def row(self, *cells: Text, below: Sequence[Text] = (), indent: int = 0) -> None:
        """Add a row with a cell for each column."""
        self._entries.append(_Row(cells, tuple(below), indent))

    def line(self, text: Text | None = None) -> None:
        """Add a line across all columns, empty where there is no text."""
        self._entries.append(text or Text())

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        for each in self._lines(options.max_width):
            yield from each.render(console, end="\n")

    def _lines(self, width: int) -> Iterator[Text]:
        widths = self._widths(width)
        if widths:
            yield from self._beside(_Row(tuple(Text(column.heading, QUIET) for column in self._columns)), widths)
            yield Text("─" * width)
        for index, entry in enumerate(self._entries):
            if isinstance(entry, Text):
                yield from _folded(entry, width)
                continue
            if index and self._leading:
                yield Text()
            yield from self._beside(entry, widths) if widths else self._below(entry, width)
            for text in entry.below:
                yield from _folded(text, width, _INDENT + entry.indent)
            following = self._entries[index + 1] if index + 1 < len(self._entries) else None
            if not widths and not self._leading and isinstance(following, _Row):
                yield Text()

    def _widths(self, width: int) -> list[int]:
        """The width of each column, wide enough for its heading or at least its words; empty where there is no room."""
        rows = [entry for entry in self._entries if isinstance(entry, _Row)]
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
            rest = width - sum(widths) - len(_BETWEEN) * (len(widths) - 1)
            parts = [rest * column.share // shares for column in self._columns]
            if all(part >= column.least for part, column in zip(parts, self._columns, strict=True) if column.share):
                parts[max(i for i, column in enumerate(self._columns) if column.share)] += rest - sum(parts)
                return [fixed + part for fixed, part in zip(widths, parts, strict=True)]
        return []

    def _beside(self, row: _Row, widths: Sequence[int]) -> Iterator[Text]:
        """The lines of a row whose cells stand beside one another."""
        cells = [
            _folded(cell, width, row.indent if index == 0 else 0)
            for index, (cell, width) in enumerate(zip(row.cells, widths, strict=True))
        ]
        for beside in zip_longest(*cells):
            joined = Text()
            for index, (text, width, column) in enumerate(zip(beside, widths, self._columns, strict=True)):
                text = text or Text()
                room = " " * max(width - cell_len(text.plain), 0)
                last = index + 1 == len(widths)
                joined.append(room if column.right else "").append_text(text)
                joined.append("" if last else _BETWEEN if column.right else room + _BETWEEN)
            yield joined

    def _below(self, row: _Row, width: int) -> Iterator[Text]:
        """The lines of a row whose cells stand below the first, each behind the heading of its column."""
        yield from _folded(row.cells[0], width, row.indent)
        labels = max((cell_len(column.heading) for column in self._columns[1:]), default=0)
        labels = min(labels, width // 3)
        for column, cell in zip(self._columns[1:], row.cells[1:], strict=True):
            if cell.plain.strip():
                room = len(cell.plain) - len(cell.plain.lstrip())
                yield from _labelled(
                    Text(column.heading.strip(), QUIET), cell[room:], labels, width, row.indent + _INDENT
                )


class _Fitted:
    """What is made when the width is known."""

    def __init__(self, make: Callable[[int], RenderableType]) -> None:
        self._make = make

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        yield self._make(options.max_width)


class _Pairs:
    """Labels with their texts behind them, both folded."""

    def __init__(self, pairs: Iterable[tuple[Text, Text]]) -> None:
        self._pairs = list(pairs)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        labels = max(cell_len(label.plain) for label, _ in self._pairs)
        for label, text in self._pairs:
            for row in _labelled(label, text, min(labels, options.max_width // 2), options.max_width):
                yield from row.render(console, end="\n")


def _labelled(label: Text, text: Text, labels: int, width: int, indent: int = 0) -> Iterator[Text]:
    """A text behind its label, which is ``labels`` wide, both folded."""
    texts = _folded(text, max(width - indent - labels - len(_BETWEEN), 1))
    for left, right in zip_longest(_folded(label, labels), texts, fillvalue=Text()):
        yield (
            Text(" " * indent)
            .append_text(left)
            .append(" " * (labels - cell_len(left.plain)) + _BETWEEN)
            .append_text(right)
        )


def _longest_word(heading: str) -> int:
    return max(map(cell_len, heading.split()), default=0)


def _folded(text: Text, width: int, indent: int = 0) -> list[Text]:
    """The lines of a text, each behind ``indent`` spaces."""
    room = max(width - indent, 1)
    if "\n" not in text.plain and cell_len(text.plain) <= room:
        folded = [text.copy()]
    else:
        folded = [piece for part in text.split(allow_blank=True) for piece in part.divide(_folds(part.plain, room))]
    for piece in folded:
        piece.rstrip()
    return [Text(" " * indent).append_text(piece) for piece in folded] if indent else folded


class _Folding(Text):
    """Text that folds as Chinese is set: between any two characters, but no closing mark opens a line.

    Rich folds between words, and a Chinese sentence is one word to it.
    """

    @classmethod
    def of(cls, text: Text) -> _Folding:
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
        return Lines(_folded(self, width))


# What stays on one line: a Latin word or a number with its unit, or one character; with the marks around it.
_UNBROKEN = compiled(
    r"""
    [(\[{“‘「『《〈（【〔]{0,3}
    (?:
        [A-Za-z0-9.,+\-%:*_]{1,40}
        (?: /+ | [余多]? [十百千万亿]{0,3} (?:个百分点|平方米|[公美欧日]元|[元年月日个家户人项条位吨倍届亿万]) )?
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
        needed = cell_len(match[0].rstrip())
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
            used += cell_len(match[0])
        if match[0].rstrip().endswith(_PAUSES):
            pause = (match.end(), used)
    return cuts


def _paired(text: str) -> str:
    """The text with every other straight quotation mark as an opening or a closing one."""
    first, *rest = text.split('"')
    return first + "".join("“”"[i % 2] + part for i, part in enumerate(rest))


def _heading(document: Document) -> str:
    return document.title or _name(document)


def _name(document: Document) -> str:
    return "standard input" if document.source == "-" else document.source


def _published(dating: Dating) -> str:
    when = dating.published.isoformat() if dating.published else str(dating.year) if dating.year else None
    how = ORIGINS.get(dating.origin, ORIGINS["inferred"])
    return f"{when}, {how}" if when else "not settled"


def _count(shown: Sequence[object], there: Sequence[object], one: str, many: str | None = None) -> str:
    return _of(len(shown), len(there), one, many)


def _of(shown: int, there: int, one: str, many: str | None = None) -> str:
    noun = one if there == 1 else many or one + "s"
    if not there:
        return f"no {noun}"
    return f"{there} {noun}" if shown == there else f"{shown} of {there} {noun}"


def _line(document: Document, fact: Span) -> Text:
    return Text(str(line(document, fact)), QUIET)


def _text(text: str, style: str = "") -> Text:
    return Text(one_line(text), style)
