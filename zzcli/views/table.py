"""Facts as tables for people: quiet, folded to the width of the terminal, every character of a cell kept.

One colour has a meaning: it marks the answer, as the document has it. Dim is what explains it. Text of a document is
shown through ``visible`` and as ``Text``, so nothing in it is taken for markup.
"""

from __future__ import annotations

import io
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from zzcli.document import Document
from zzcli.facts.dating import Dated, Dating
from zzcli.facts.events import Event
from zzcli.facts.figures import Figure
from zzcli.facts.industries import Industry
from zzcli.mentions.periods import Period
from zzcli.search import Hit
from zzcli.span import Span
from zzcli.views.formats import number
from zzcli.views.records import line, lines
from zzcli.views.visible import one_line

ANSWER = "cyan"
QUIET = "dim"

DEFAULT_WIDTH = 100
NARROWEST = 60

INFERRED = "year-inferred"
INFERRED_MARK = "*"

# How the date of publication came to be known.
ORIGINS = {
    "given": "given",
    "dateline": "from its dateline",
    "title": "from its title",
    "inferred": "inferred from the dates in it",
}


def render(views: Iterable[RenderableType], to_file: bool) -> str:
    """The views as text for the terminal, or plain for a file: as wide as the terminal, or ``COLUMNS``, or 100."""
    width = max(shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns, NARROWEST)
    settings = {"file": io.StringIO(), "color_system": None} if to_file else {}
    console = Console(width=width, markup=False, emoji=False, highlight=False, **settings)  # type: ignore[arg-type]
    with console.capture() as captured:
        console.print(*views, sep="\n\n", end="\n")
    if console.color_system:
        return captured.get()
    return "".join(row.rstrip() + "\n" for row in captured.get().splitlines())


def figures(document: Document, shown: Sequence[Figure]) -> RenderableType:
    """Figures, a level with its growth, rank and difference on one row."""
    with_level = defaultdict(list)
    alone = []
    for index, figure in enumerate(shown):
        if figure.measure != "level" and figure.level is not None and figure.level < len(shown):
            with_level[figure.level].append(figure)
        else:
            alone.append((index, figure))
    value = _Values(figure for _, figure in alone if figure.measure == "level")
    areas = any(figure.area != document.area for _, figure in alone)
    notes = any(_note(figure) for figure in shown)

    table = _table()
    table.add_column("indicator", overflow="fold", ratio=3)
    table.add_column(value.heading, overflow="fold", min_width=value.width)
    table.add_column("change, rank", overflow="fold", ratio=2)
    table.add_column("period", overflow="fold")
    if areas:
        table.add_column("area", overflow="fold")
    if notes:
        table.add_column("note", overflow="fold")
    table.add_column("line", justify="right", no_wrap=True)
    for index, figure in alone:
        related = [figure] if figure.measure != "level" else []
        related += with_level[index]
        cells = [
            _text(figure.indicator or "?"),
            value.cell(figure) if figure.measure == "level" else Text(),
            Text("\n").join(_change(item, figure) for item in related),
            _period(figure.period, figure.flags),
        ]
        if areas:
            cells.append(_text(figure.area or "?"))
        if notes:
            cells.append(_stacked(dict.fromkeys(filter(None, map(_note, [figure, *with_level[index]]))), QUIET))
        table.add_row(*cells, _line(document, figure))
    doubts = Counter(flag for figure in shown for flag in figure.flags)
    return _framed("Figures", document, table, _count(shown, document.figures, "figure"), doubts)


def timeline(document: Document, shown: Sequence[Event]) -> RenderableType:
    """Dated statements in order of date."""
    table = _table()
    table.add_column("date", overflow="fold", min_width=10)
    table.add_column("as written", overflow="fold", style=QUIET, max_width=16)
    table.add_column("what happened", overflow="fold", ratio=1)
    table.add_column("line", justify="right", no_wrap=True)
    for event in shown:
        date = _period(event.period, event.flags, ANSWER)
        table.add_row(date, _text(event.expression), _text(event.event), _line(document, event))
    doubts = Counter(flag for event in shown for flag in event.flags)
    return _framed("Timeline", document, table, _count(shown, document.timeline, "dated statement"), doubts)


def industries(document: Document, shown: Sequence[Industry]) -> RenderableType:
    """Industries under the tiers the document puts them in; those outside its tiers below."""
    table = _table()
    table.add_column("industry", overflow="fold", ratio=2)
    table.add_column("scale", justify="right", overflow="fold")
    table.add_column("enterprises", justify="right", overflow="fold")
    table.add_column("standing, milestones", overflow="fold", ratio=3)
    table.add_column("lines", overflow="fold", justify="right", ratio=1)
    tiers = sorted(dict.fromkeys(industry.tier for industry in shown), key=lambda tier: tier is None)
    for tier in tiers:
        if len(tiers) > 1 or tier:
            table.add_row(_text(tier or "outside the tiers", "bold"))
        for industry in shown:
            if industry.tier == tier:
                table.add_row(*_industry(document, industry))
        table.add_section()
    doubts = Counter(flag for industry in shown for flag in industry.flags)
    return _framed("Industries", document, table, _count(shown, document.industries, "industry", "industries"), doubts)


def search(hits: Sequence[Hit], found: int, query: str) -> RenderableType:
    """Passages that a search found, best first, what was asked for marked in each."""
    sources = len({hit.document.source for hit in hits}) > 1
    table = _table(header=False)
    table.add_column("passage", overflow="fold", ratio=1)
    if sources:
        table.add_column("source", overflow="fold", style=QUIET)
    table.add_column("line", justify="right", no_wrap=True)
    for hit in hits:
        cells = [_marked(hit), _line(hit.document, hit.passage)]
        if sources:
            cells.insert(1, _text(Path(hit.document.source).name))
        table.add_row(*cells)
    read = hits[0].document.source if hits and not sources else "all that was read"
    caption = f"{_of(len(hits), found, 'passage')} of {read}, best first"
    return Group(Text.assemble(("Search  ", "bold"), _text(query, ANSWER)), table, _text(caption, QUIET))


def overview(document: Document, commands: Sequence[tuple[str, str]]) -> RenderableType:
    """What a document is and how much was read from it, with the ``commands`` to go on with."""
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style=QUIET, no_wrap=True)
    facts.add_column(overflow="fold")
    facts.add_row("file", _text(f"{document.source} ({document.encoding})"))
    facts.add_row("area", _text(document.area or "not settled"))
    facts.add_row("published", _text(_published(document.dating)))
    for name, count in (
        ("figures", len(document.figures)),
        ("timeline", len(document.timeline)),
        ("industries", len(document.industries)),
    ):
        facts.add_row(name, Text(str(count), ANSWER))
    further = Table.grid(padding=(0, 2))
    further.add_column(overflow="fold")
    further.add_column(style=QUIET, overflow="fold")
    for command, purpose in commands:
        further.add_row(_text(command), purpose)
    return Group(_text(_heading(document), "bold"), Text(), facts, Text(), further)


class _Values:
    """The column of values: numbers flush right, their units behind them."""

    # A longer number or unit folds; no hostile one pushes the other columns out.
    WIDEST_NUMBER, WIDEST_UNIT = 12, 10

    def __init__(self, levels: Iterable[Figure]) -> None:
        written = [_number_and_unit(figure) for figure in levels]
        self._number = min(max([5, *(cell_len(numeral) for numeral, _ in written)]), self.WIDEST_NUMBER)
        unit = min(max([0, *(cell_len(unit) for _, unit in written)]), self.WIDEST_UNIT)
        self.width = self._number + 1 + unit
        self.heading = Text("value".rjust(self._number))

    def cell(self, figure: Figure) -> Text:
        numeral, unit = _number_and_unit(figure)
        room = " " * max(self._number - cell_len(numeral), 0)
        return Text.assemble(room, (numeral, ANSWER), " ", unit)


def _number_and_unit(figure: Figure) -> tuple[str, str]:
    """The number as written and its unit with 万 or 亿: ``('49.51', '万户')``; ≥, ~ and the like stand before."""
    written = one_line(figure.written)
    unit = figure.unit if figure.unit and written.endswith(figure.unit) else ""
    stem = written[: len(written) - len(unit)]
    if not unit:
        stem, unit = _LAST_NUMERAL.fullmatch(written).groups()  # type: ignore[union-attr]
    numeral = stem.rstrip("万亿")
    sign = "" if figure.relation == "=" else figure.relation
    return sign + numeral, stem[len(numeral) :] + unit


# The unit is what stands behind the last numeral, before any stroke: 0.5 元/千瓦时.
_LAST_NUMERAL = re.compile(r"((?:[^/]*[\d〇零一二三四五六七八九十百千余多几])?)(.*)", re.DOTALL)


def _change(figure: Figure, row: Figure) -> Text:
    """A growth, difference, contribution or rank, with what it is against."""
    numeral, unit = _number_and_unit(figure)
    sign = ""
    if figure.measure in ("growth", "difference") and numeral[:1] not in "-−－负+":
        sign = "−" if figure.value < 0 else "+" if figure.value else ""
    parts: list[tuple[str, str]] = [(sign + numeral + unit, ANSWER)]
    if figure.measure == "contribution":
        parts.insert(0, ("contributes ", QUIET))
    if figure.basis:
        parts.append((f" · {one_line(figure.basis)}", QUIET))
    if figure.period and row.period and figure.period.code != row.period.code:
        parts.append((f" · {figure.period.code or '?'}", QUIET))
    return Text.assemble(*parts)


def _note(figure: Figure) -> str:
    marks = [figure.status] if figure.status != "actual" else []
    return " ".join(marks + [flag for flag in figure.flags if flag != INFERRED])


def _period(period: Period | Dated | None, flags: Sequence[str], style: str = "") -> Text:
    if period is None or period.code is None:
        return Text("?", QUIET)
    return Text.assemble((period.code, style), (INFERRED_MARK if INFERRED in flags else "", QUIET))


def _industry(document: Document, industry: Industry) -> list[Text]:
    scale = _readable(industry.scale) + (industry.scale_unit or "") if industry.scale is not None else ""
    standing = [*industry.status, *(f"{reached.period_code or '?'} {reached.event}" for reached in industry.milestones)]
    return [
        Text.assemble("  " if industry.tier else "", _text(industry.industry)),
        _text(scale, ANSWER),
        _text(number(industry.enterprises) if industry.enterprises is not None else ""),
        _stacked(standing),
        _text(", ".join(map(str, lines(document, industry.mentions))), QUIET),
    ]


def _readable(value: Decimal) -> str:
    """A number in 亿 or 万, exactly."""
    for multiplier, power in (("亿", 8), ("万", 4)):
        if abs(value) >= 10**power:
            return number(value.scaleb(-power)) + multiplier
    return number(value)


def _marked(hit: Hit) -> Text:
    clean, done = hit.document.text.clean, hit.passage.start
    marked = Text()
    for span in hit.highlights:
        marked.append(_text(clean[done : span.start])).append(_text(span.of(clean), f"bold {ANSWER}"))
        done = span.end
    return marked.append(_text(clean[done : hit.passage.end]))


def _framed(title: str, document: Document, table: Table, count: str, doubts: Counter[str]) -> RenderableType:
    """A table between its title and a caption that says what was read and what is doubtful."""
    read = [
        document.source,
        document.area or "area not settled",
        f"published {_published(document.dating)}",
        count,
    ]
    inferred = doubts.pop(INFERRED, 0)
    doubtful = [f"{INFERRED_MARK} year inferred ({inferred})"] if inferred else []
    doubtful += [f"{flag} ({times})" for flag, times in sorted(doubts.items())]
    caption = [_text(" · ".join(read), QUIET)]
    if doubtful:
        caption.append(_text("doubtful: " + ", ".join(doubtful), QUIET))
    return Group(Text.assemble((f"{title}  ", "bold"), _text(_heading(document))), table, *caption)


def _table(header: bool = True) -> Table:
    return Table(
        box=box.SIMPLE_HEAD if header else None,
        show_header=header,
        show_edge=False,
        pad_edge=False,
        padding=(0, 2, 0, 0),
        collapse_padding=True,
        header_style=QUIET,
        expand=True,
    )


def _heading(document: Document) -> str:
    """The title, or else the first line that says something."""
    spoken = (block.of(document.text.clean) for block in document.text.blocks if block.kind != "furniture")
    return document.title or next(spoken, "")


def _published(dating: Dating) -> str:
    when = dating.published.isoformat() if dating.published else str(dating.year) if dating.year else None
    how = ORIGINS.get(dating.origin, ORIGINS["inferred"])
    return f"{when}, {how}" if when else "not settled"


def _count(shown: Sequence[object], there: Sequence[object], one: str, many: str | None = None) -> str:
    return _of(len(shown), len(there), one, many)


def _of(shown: int, there: int, one: str, many: str | None = None) -> str:
    noun = one if there == 1 else many or one + "s"
    if not there:
        return f"no {one}"
    return f"{there} {noun}" if shown == there else f"{shown} of {there} {noun}"


def _line(document: Document, fact: Span) -> Text:
    return Text(str(line(document, fact)), QUIET)


def _text(text: str, style: str = "") -> Text:
    return Text(one_line(text), style)


def _stacked(texts: Iterable[str], style: str = "") -> Text:
    return Text("\n").join(_text(text, style) for text in texts)
