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
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, JustifyMethod, OverflowMethod, RenderableType
from rich.containers import Lines
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from zzcli.document import Document
from zzcli.facts.dating import Dated, Dating
from zzcli.facts.doubts import KINDS, Doubt
from zzcli.facts.events import Event
from zzcli.facts.figures import Figure
from zzcli.facts.industries import Industry, Milestone
from zzcli.mentions.periods import Period
from zzcli.reading.files import BUNDLED
from zzcli.span import Span
from zzcli.views.explain import of_event, of_figure, of_industry
from zzcli.views.formats import number
from zzcli.views.records import line, lines, surroundings
from zzcli.views.visible import one_line

if TYPE_CHECKING:
    from zzcli.search import Hit  # loaded by a search only

ANSWER = "cyan"
QUIET = "dim"

NO_AMOUNT = "no-amount"  # the kind of doubt that is counted in the table
_EXAMPLES = 8  # numerals that are named beside such a count

DEFAULT_WIDTH = 100
NARROWEST = 60
_INDENT = 2

INFERRED = "year-inferred"
INFERRED_MARK = "*"

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
DESCRIBING = frozenset({"class", "dateline", "heading", "list", "multiplier", "quoted", "ratio", "upto"})

# How the date of publication came to be known.
ORIGINS = {
    "given": "given",
    "dateline": "from its dateline",
    "title": "from its title",
    "inferred": "inferred from the dates in it",
}


def render(views: Iterable[RenderableType], to_file: bool) -> str:
    """The views as text for the terminal, or plain for a file: as wide as the terminal, or ``COLUMNS``, or 100."""
    rendered = io.StringIO()
    console = Console(
        file=rendered,
        width=max(shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns, NARROWEST),
        color_system=None if to_file else "auto",
        force_terminal=True if not to_file and sys.stdout and sys.stdout.isatty() else None,
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

    table = _table()
    table.add_column("indicator", ratio=1)
    table.add_column(value.heading, min_width=value.width)
    table.add_column("change, rank, notes", ratio=1)
    table.add_column("period")
    if areas:
        table.add_column("area", max_width=12)
    table.add_column("line", justify="right", no_wrap=True)
    for index, figure in alone:
        on_row = [figure, *with_level[index]]
        changes = [_change(clean, item, figure) for item in on_row if item.measure != "level"]
        notes = [_aside(note) for note in dict.fromkeys(map(_note, on_row)) if note]
        cells = [
            _text(figure.indicator or "?"),
            value.cell(figure) if figure.measure == "level" else Text(),
            Text("\n").join(
                changes + notes + [_aside(why) for item in on_row if explain for why in of_figure(document, item)]
            ),
            _period(figure.period, figure.flags),
        ]
        if areas:
            cells.append(_text((figure.area or "?") if figure.area != document.area else ""))
        _add(table, *cells, _line(document, figure))
    doubts = Counter(flag for figure in shown for flag in figure.flags)
    return _framed("Figures", document, table, _count(shown, document.figures, "figure"), doubts)


def timeline(document: Document, shown: Sequence[Event], explain: bool = False) -> RenderableType:
    """Dated statements in order of date; one that is told again (headline and body) has one row and all its lines."""
    table = _table()
    table.add_column("date", min_width=10)
    table.add_column("as written", style=QUIET, max_width=16)
    table.add_column("what happened", ratio=1)
    table.add_column("line", justify="right", no_wrap=True)
    for told in _retold(shown):
        event = told[0]
        date = _period(event.period, event.flags, ANSWER)
        notes = [_aside(", ".join(marks))] if (marks := _marks(event.flags)) else []
        if explain:
            notes += [_aside(why) for why in of_event(document, event)]
        happened = Text("\n").join([_text(event.event), *notes])
        _add(table, date, _text(event.expression), happened, _text(", ".join(map(str, lines(document, told))), QUIET))
    doubts = Counter(flag for event in shown for flag in event.flags)
    return _framed("Timeline", document, table, _count(shown, document.timeline, "dated statement"), doubts)


def _retold(shown: Sequence[Event]) -> Iterator[Sequence[Event]]:
    """The events, those of one time that tell the same together, in the order of the first."""
    together: dict[object, list[Event]] = {}
    for event in shown:
        words = _NUMBERED.sub("", "".join(event.event.split())).removeprefix(event.expression).strip("。，；,;.")
        together.setdefault((event.period.code or event, words), []).append(event)
    yield from together.values()


_NUMBERED = re.compile(r"^(?:[（(]?\d{1,2}[)）.、]|[一二三四五六七八九十]{1,2}、|#+)+")


def industries(document: Document, shown: Sequence[Industry], explain: bool = False) -> RenderableType:
    """Industries under the tiers the document puts them in; those outside its tiers below."""
    table = _table()
    table.add_column("industry", width=INDUSTRY_WIDTH)
    table.add_column("scale", justify="right")
    table.add_column("enterprises", justify="right")
    table.add_column("standing, milestones", ratio=2)
    table.add_column("lines", justify="right", ratio=1)
    tiers = sorted(dict.fromkeys(industry.tier for industry in shown), key=lambda tier: tier is None)
    for tier in tiers:
        if len(tiers) > 1 or tier:
            _add(table, _text(tier or OUTSIDE, "bold"))
        for industry in shown:
            if industry.tier == tier:
                _add(table, *_industry(document, industry, explain))
        table.add_section()
    doubts = Counter(flag for industry in shown for flag in industry.flags)
    return _framed("Industries", document, table, _count(shown, document.industries, "industry", "industries"), doubts)


def doubts(document: Document, shown: Sequence[Doubt]) -> RenderableType:
    """What should be looked at, by its kind; numerals that state no amount are counted, the records have each."""
    table = _table()
    table.add_column("what was seen", ratio=1)
    table.add_column("line", justify="right", no_wrap=True)
    by_kind = defaultdict(list)
    for doubt in shown:
        by_kind[doubt.kind].append(doubt)
    for kind, found in by_kind.items():
        _add(table, Text.assemble((kind, "bold"), (f"  {KINDS[kind]} ({len(found)})", QUIET)), Text())
        for where, place in _counted(document, found) if kind == NO_AMOUNT else _placed(document, found):
            _add(table, _indented(where), place)
        table.add_section()
    return _framed("To be looked at", document, table, _count(shown, document.doubts, "doubt"), Counter())


def _placed(document: Document, found: Sequence[Doubt]) -> Iterator[tuple[Text, Text]]:
    """Each doubt in the words around it, under its reason where that is not the one of its kind."""
    clean = document.text.clean
    for reason, doubts in _by_reason(found).items():
        if reason != KINDS[doubts[0].kind]:
            yield _aside(f"{reason} ({len(doubts)})" if len(doubts) > 1 else reason), Text()
        for doubt in doubts:
            around = surroundings(document, doubt)
            where = Text.assemble(
                _text(Span(around.start, doubt.start).of(clean)),
                _text(doubt.of(clean), f"bold {ANSWER}"),
                _text(Span(doubt.end, around.end).of(clean)),
            )
            yield where, _line(document, doubt)


def _counted(document: Document, found: Sequence[Doubt]) -> Iterator[tuple[Text, Text]]:
    """How many were left out for each reason, with the commonest of them."""
    for reason, doubts in _by_reason(found).items():
        forms = Counter(doubt.of(document.text.clean) for doubt in doubts)
        some = ", ".join(form for form, _ in forms.most_common(_EXAMPLES))
        more = " …" if len(forms) > _EXAMPLES else ""
        yield Text.assemble((f"{len(doubts)}  ", ANSWER), _text(f"{reason}: "), _text(some + more, QUIET)), Text()


def _by_reason(found: Sequence[Doubt]) -> dict[str, list[Doubt]]:
    by_reason: dict[str, list[Doubt]] = defaultdict(list)
    for doubt in found:
        by_reason[doubt.reason].append(doubt)
    return by_reason


def search(hits: Sequence[Hit], found: int, query: str) -> RenderableType:
    """Passages that a search found, best first, what was asked for marked in each."""
    sources = len({hit.document.source for hit in hits}) > 1
    table = _table()
    table.leading = 1
    table.add_column("passage", ratio=1)
    if sources:
        table.add_column("source", style=QUIET)
    table.add_column("line", justify="right", no_wrap=True)
    for hit in hits:
        cells = [_marked(hit), _line(hit.document, hit.passage)]
        if sources:
            cells.insert(1, _text(Path(hit.document.source).name))
        _add(table, *cells)
    read = "all that was read" if sources else _name(hits[0].document)
    caption = f"{_of(len(hits), found, 'passage')} of {read}, best first"
    heading = Text.assemble(("Search  ", "bold"), _text(query, ANSWER))
    return _group(heading, table, _text(caption, QUIET))


def overview(document: Document) -> RenderableType:
    """What a document is and how much was read from it, with the commands to go on with."""
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style=QUIET, no_wrap=True)
    facts.add_column()
    _add(facts, Text("file"), _text(f"{_name(document)} ({document.encoding})"))
    _add(facts, Text("area"), _text(document.area or "not settled"))
    _add(facts, Text("published"), _text(_published(document.dating)))
    for name, count in (
        ("figures", len(document.figures)),
        ("timeline", len(document.timeline)),
        ("industries", len(document.industries)),
    ):
        _add(facts, Text(name), Text(str(count), ANSWER))
    further = Table.grid(padding=(0, 2))
    further.add_column()
    further.add_column(style=QUIET)
    file = "" if document.source == BUNDLED else " FILE"
    for command, purpose in FURTHER:
        _add(further, Text(command + file), Text(purpose))
    _add(further, Text("zzcli --help"), Text("all commands"))
    return Group(_Folding.of(_text(_heading(document), "bold")), Text(), facts, Text(), further)


class _Values:
    """The column of values: numbers flush right, their units behind them."""

    # A longer number or unit folds; no hostile one pushes the other columns out.
    WIDEST_NUMBER, WIDEST_UNIT = 12, 10

    def __init__(self, clean: str, levels: Iterable[Figure]) -> None:
        self._clean = clean
        written = [self._shown(figure) for figure in levels]
        self._number = min(max([5, *(cell_len(numeral) for numeral, _ in written)]), self.WIDEST_NUMBER)
        unit = min(max([0, *(cell_len(unit) for _, unit in written)]), self.WIDEST_UNIT)
        self.width = self._number + 1 + unit
        self.heading = Text("value".rjust(self._number))

    def cell(self, figure: Figure) -> Text:
        numeral, unit = self._shown(figure)
        room = " " * max(self._number - cell_len(numeral), 0)
        return Text.assemble(room, (numeral, ANSWER), " ", unit)

    def _shown(self, figure: Figure) -> tuple[str, str]:
        relation, numeral, unit = _as_written(self._clean, figure)
        return relation + numeral, unit


def _as_written(clean: str, figure: Figure) -> tuple[str, str, str]:
    """The sign of the relation, the number as written and its unit with 万 or 亿: ``('', '49.51', '万户')``.

    What the number says in words needs no sign (400余万人次, 近亿元).
    """
    numeral, unit = _number_and_unit(figure)
    if figure.relation == "=" or _INEXACT.search(figure.written):
        return "", numeral, unit
    word = clean[max(figure.start - 1, 0) : figure.start]
    if numeral[0] in "十百千万亿" and word in tuple("近上超过逾破约"):
        return "", word + numeral, unit
    return figure.relation, numeral, unit


# What says in the number itself that it is no exact one: 400余万, 七八十, 数千.
_INEXACT = re.compile(r"[余多几数来]|[一二两三四五六七八九]{2}[十百千万]")


def _number_and_unit(figure: Figure) -> tuple[str, str]:
    """The number as written and its unit with 万 or 亿: ``('49.51', '万户')``."""
    written = one_line(figure.written)
    if figure.unit and figure.rules[:1] == ("table",):
        return written, _multiplier(figure) + figure.unit
    unit = figure.unit if figure.unit and written.endswith(figure.unit) else ""
    stem = written[: len(written) - len(unit)]
    if not unit:
        stem, unit = _LAST_NUMERAL.fullmatch(written).groups()  # type: ignore[union-attr]
    numeral = stem.rstrip("万亿") or stem
    return numeral, stem[len(numeral) :] + unit


def _multiplier(figure: Figure) -> str:
    """What the unit of a table's head multiplies a cell by, in words: 亿."""
    written = Decimal(figure.written.translate(_SIGNS))
    return next((word for word, power in _MULTIPLIERS if written and figure.value == written.scaleb(power)), "")


_SIGNS = str.maketrans("０１２３４５６７８９．＋－−－–—", "0123456789.+-----", ",，%％")
_MULTIPLIERS = (
    ("", 0),
    ("百", 2),
    ("千", 3),
    ("万", 4),
    ("十万", 5),
    ("百万", 6),
    ("千万", 7),
    ("亿", 8),
    ("万亿", 12),
)


# The unit is what stands behind the last numeral, before any stroke: 0.5 元/千瓦时.
_LAST_NUMERAL = re.compile(r"((?:[^/]*[\d〇零一二三四五六七八九十百千余多几])?)(.*)", re.DOTALL)


_MIRRORED = {">": "<", "≥": "≤", "<": ">", "≤": "≥"}


def _change(clean: str, figure: Figure, row: Figure) -> Text:
    """A growth, difference, contribution or rank, with what it is against."""
    relation, numeral, unit = _as_written(clean, figure)
    sign = ""
    if figure.measure in ("growth", "difference") and numeral[:1] not in "-−－负+":
        sign = "−" if figure.value < 0 else "+" if figure.value else ""
    if figure.value < 0:
        relation = _MIRRORED.get(relation, relation)  # 下降1%以上: the growth is at most −1%
    relation = f"{relation} " if relation else ""
    parts: list[tuple[str, str]] = [(relation + sign + numeral + unit, ANSWER)]
    if figure.measure == "contribution":
        parts.insert(0, ("contributes ", QUIET))
    if figure.basis:
        parts.append((f" · {one_line(figure.basis)}", QUIET))
    if figure.period and row.period and figure.period.code != row.period.code:
        parts.append((f" · {figure.period.code or '?'}", QUIET))
    return Text.assemble(*parts)


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


def _industry(document: Document, industry: Industry, explain: bool) -> list[Text | Padding]:
    name = _text(industry.industry)
    scale = _readable(industry.scale) + (industry.scale_unit or "") if industry.scale is not None else ""
    standing = [_text(words) for words in (*industry.status, *map(_milestone, industry.milestones))]
    reasons = [_aside(why) for why in of_industry(document, industry)] if explain else []
    return [
        _indented(name) if industry.tier else name,
        _text(scale, ANSWER),
        _text(number(industry.enterprises) if industry.enterprises is not None else ""),
        Text("\n").join(standing + reasons),
        _text(", ".join(map(str, lines(document, industry.mentions))), QUIET),
    ]


def _milestone(reached: Milestone) -> str:
    """What was reached and when; the year is said once."""
    code = reached.period_code or "?"
    return reached.event if code[:4] in reached.event else f"{code} {reached.event}"


def _readable(value: Decimal) -> str:
    """A number in 亿 or 万, exactly."""
    sign, digits, exponent = value.as_tuple()
    for multiplier, power in (("亿", 8), ("万", 4)):
        if abs(value) >= 10**power and isinstance(exponent, int):
            return number(Decimal((sign, digits, exponent - power))) + multiplier
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
        _name(document),
        document.area or "area not settled",
        f"published {_published(document.dating)}",
        count,
    ]
    inferred = doubts.pop(INFERRED, 0)
    doubtful = [f"{INFERRED_MARK} year inferred ({inferred})"] if inferred else []
    doubtful += [f"{flag} ({times})" for flag, times in sorted(doubts.items()) if flag not in DESCRIBING]
    caption = [_text(" · ".join(read), QUIET)]
    if doubtful:
        caption.append(_text("doubtful: " + ", ".join(doubtful), QUIET))
    heading = Text.assemble((f"{title}  ", "bold"), _text(_heading(document)))
    return _group(heading, table, *caption)


def _group(heading: Text, table: Table, *caption: Text) -> RenderableType:
    return Group(_Folding.of(heading), Text(), table, Text(), *map(_Folding.of, caption))


def _table() -> Table:
    return Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 2, 0, 0),
        header_style=QUIET,
        expand=True,
    )


def _add(table: Table, *cells: Text | Padding) -> None:
    table.add_row(*(_Folding.of(cell) if isinstance(cell, Text) else cell for cell in cells))


def _indented(text: Text) -> Padding:
    """Text that stands below what it belongs to, also where it folds."""
    return Padding(_Folding.of(text), (0, 0, 0, _INDENT))


def _aside(words: str) -> Text:
    """What zzcli says about an answer, told apart from the words of the document."""
    return _text(f"· {words}", QUIET)


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
        lines = Lines(part for row in self.split(allow_blank=True) for part in row.divide(_folds(row.plain, width)))
        for row in lines:
            row.rstrip_end(width)
        if justify:
            lines.justify(console, width, justify=justify, overflow="fold")
        return lines


# What stays on one line: a Latin word or a number, or one character; with the marks that open and close it.
_UNBROKEN = re.compile(
    r"""
    [(\[{“‘「『《〈（【〔]{0,3}
    (?: [A-Za-z0-9.,+\-%/:*_]{1,40} | . )
    [)\]}”’」』》〉）】〕、，。；：！？!?…·%,.;:!?]{0,3}
    \s?
    """,
    re.VERBOSE | re.DOTALL,
)


def _folds(text: str, width: int) -> list[int]:
    """Where to cut ``text`` into lines of at most ``width`` cells."""
    cuts = []
    used = 0
    for match in _UNBROKEN.finditer(_paired(text)):
        needed = cell_len(match[0].rstrip())
        if used and used + needed > width:
            cuts.append(match.start())
            used = 0
        if needed > width:
            for place, char in enumerate(match[0], match.start()):
                if used and used + cell_len(char) > width:
                    cuts.append(place)
                    used = 0
                used += cell_len(char)
        else:
            used += cell_len(match[0])
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
