"""Facts as tables for people, quiet and set in a ``sheet``.

One colour has a meaning: it marks the answer, as the document has it. Dim is what explains it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from zzcli.language import counted, listed, retold, say
from zzcli.patterns import compiled
from zzcli.reading.files import BUNDLED
from zzcli.span import Span
from zzcli.views.excerpts import excerpt
from zzcli.views.formats import cell, number
from zzcli.views.records import Record, surroundings
from zzcli.views.sheet import (
    ANSWER,
    BETWEEN,
    INDENT,
    QUIET,
    Column,
    Fitted,
    Folding,
    Pairs,
    Sheet,
    aside,
    group,
    plain,
)
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
    from zzcli.reading.reflow import Text as Reflowed
    from zzcli.search import Hit


_EXAMPLES = 8  # numerals that are named beside such a count

_SENTENCE = 20  # cells in which a sentence can be read

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

# What is counted: none, one, many, some of them.
FIGURES = ("no figures", "{count} figure", "{count} figures", "{shown} of {count} figures")
STATEMENTS = (
    "no dated statements",
    "{count} dated statement",
    "{count} dated statements",
    "{shown} of {count} dated statements",
)
INDUSTRIES = ("no industries", "{count} industry", "{count} industries", "{shown} of {count} industries")
DOUBTS = ("no doubts", "{count} doubt", "{count} doubts", "{shown} of {count} doubts")
RECORDS = ("no records", "{count} record", "{count} records", "{shown} of {count} records")
PASSAGES = ("no passages", "{count} passage", "{count} passages", "{shown} of {count} passages")

INDUSTRY_WIDTH = 20  # most names are shorter; what is left over goes to what is said of them

# Flags that say how a thing is written; all others are doubts.
DESCRIBING = frozenset(
    {"class", "dateline", "heading", "list", "multiplier", "nominal", "quoted", "ratio", "real", "upto"}
)
# The keys of records whose values are codes.
CODES = frozenset({"measure", "status", "flags", "kind", "granularity", "published_by"})
PRICES = ("nominal", "real")  # at current prices, at constant ones

# How the date of publication came to be known.
ORIGINS = {
    "given": "given",
    "dateline": "from its dateline",
    "title": "from its title",
    "inferred": "inferred from the dates in it",
}


def figures(document: Document, shown: Sequence[Figure], explain: bool = False) -> RenderableType:
    """Figures, a level with its growth, rank and difference on one row."""
    with_level = defaultdict(list)
    alone = []
    places = {id(figure): index for index, figure in enumerate(shown)}  # those of the levels that are shown
    for index, figure in enumerate(shown):
        level = document.figures[figure.level] if figure.level is not None and figure.measure != "level" else None
        if level is not None and level.measure == "level" and id(level) in places:
            with_level[places[id(level)]].append(figure)
        else:
            alone.append((index, figure))
    clean = document.text.clean
    value = _Values(clean, (figure for _, figure in alone if figure.measure == "level"))
    areas = any(figure.area != document.area for _, figure in alone)

    sheet = Sheet(
        Column(say("indicator"), share=1),
        Column(value.heading, most=value.width),
        Column(say("change, rank, notes"), share=1),
        Column(say("period"), most=11, roomy=17),
        *([Column(say("area"), most=12)] if areas else []),
        Column(_where(document), right=True),
    )
    if explain:
        from zzcli.views.explain import of_row
    for index, figure in alone:
        on_row = [figure, *with_level[index]]
        changes = [_change(clean, item, figure) for item in on_row if item.measure != "level"]
        notes = [aside(note) for note in dict.fromkeys(map(_note, on_row)) if note]
        if figure.measure == "level" and MISREAD in figure.flags:
            notes.insert(0, aside(say("written {words}", words=one_line(figure.written))))
        cells = [
            plain(figure.indicator or "?"),
            value.cell(figure) if figure.measure == "level" else Text(),
            Text("\n").join(changes + notes),
            _period(figure.period, figure.flags),
        ]
        if areas:
            cells.append(plain((figure.area or "?") if figure.area != document.area else ""))
        why = of_row(document, on_row, [words(clean, item) for item in on_row]) if explain else ()
        sheet.row(*cells, _line(document, figure), below=[aside(reason) for reason in why])
    doubts = Counter(flag for figure in shown for flag in figure.flags)
    count = _count(shown, document.figures, *FIGURES)
    return _framed(say("Figures"), document, sheet, count, doubts, explain)


def timeline(document: Document, shown: Sequence[Event], explain: bool = False) -> RenderableType:
    """Dated statements in order of date; one that is told again (headline and body) has one row and all its lines."""
    sheet = Sheet(
        Column(say("date"), most=11, roomy=17),
        Column(say("as written"), most=16),
        Column(say("what happened"), share=1, least=_SENTENCE),
        Column(_where(document), most=10, right=True),
    )
    if explain:
        from zzcli.views.explain import of_event
    for told in told_again(shown):
        event = told[0]
        date = _period(event.period, event.flags, ANSWER)
        notes = [aside(listed(marks))] if (marks := _marks(event.flags)) else []
        happened = Text("\n").join([plain(event.event), *notes])
        where = plain(places(document, told), QUIET)
        why = [aside(say("; ").join(of_event(event)))] if explain else []
        sheet.row(date, plain(event.expression, QUIET), happened, where, below=why)
    doubts = Counter(flag for event in shown for flag in event.flags)
    count = _count(shown, document.timeline, *STATEMENTS)
    return _framed(say("Timeline"), document, sheet, count, doubts, explain)


def told_again(shown: Sequence[Event]) -> Iterator[Sequence[Event]]:
    """The events, those of one time that tell the same together, in the order of the first."""
    together: dict[object, list[Event]] = {}
    for event in shown:
        words = _NUMBERED.sub("", "".join(event.event.split())).removeprefix(event.expression).strip("。，；,;.")
        together.setdefault((event.period.code or event, words), []).append(event)
    yield from together.values()


_NUMBERED = compiled(r"^(?:[（(]?\d{1,2}[)）.、]|[一二三四五六七八九十]{1,2}、|#)++")


def industries(document: Document, shown: Sequence[Industry], explain: bool = False) -> RenderableType:
    """Industries under the tiers the document puts them in; those outside its tiers below."""
    sheet = Sheet(
        Column(say("industry"), most=INDUSTRY_WIDTH),
        Column(say("scale"), most=44, right=True),
        Column(say("enterprises"), right=True),
        Column(say("standing, milestones"), share=2),
        Column(_where(document, several=True), share=1, right=True),
    )
    if explain:
        from zzcli.views.explain import of_industry
    tiers = sorted(dict.fromkeys(industry.tier for industry in shown), key=lambda tier: tier is None)
    for index, tier in enumerate(tiers):
        if index:
            sheet.line()
        if len(tiers) > 1 or tier:
            sheet.line(plain(tier or say("outside the tiers"), "bold"))
        for industry in shown:
            if industry.tier == tier:
                why = [aside(say("; ").join(of_industry(document, industry)))] if explain else []
                sheet.row(*_industry(document, industry), below=why, indent=INDENT if tier else 0)
    count = _count(shown, document.industries, *INDUSTRIES)
    return _framed(say("Industries"), document, sheet, count, Counter())


def industry(document: Document, shown: Sequence[Industry]) -> RenderableType:
    """All that the document says of industries that were asked for by name: each in the sentences that speak of it."""
    return Group(industries(document, shown), *(_spoken_of(document, each) for each in shown))


def _spoken_of(document: Document, industry: Industry) -> RenderableType:
    sheet = Sheet(Column(say("what is said of it"), share=1), Column(_where(document), right=True), leading=1)
    said: dict[Span, list[Span]] = defaultdict(list)
    for mention in industry.mentions:
        said[surroundings(document, mention)].append(mention)
    for sentence, mentions in said.items():
        marks = [Span(mention.start, mention.end) for mention in mentions]
        sheet.row(_marked(document.text, sentence, marks), _line(document, sentence))
    return Group(Text(), plain(industry.industry, "bold"), Text(), sheet)


def listing(title: str, keys: Sequence[str], found: Sequence[Record]) -> RenderableType:
    """Records as they are, a row each, under their keys."""
    shares = {"quote": 3, "event": 3, "reason": 2, "indicator": 1, "industry": 1, "title": 2, "milestones": 2}
    sheet = Sheet(*(Column(say(key), share=shares.get(key, 0), most=24, right=_is_number(found, key)) for key in keys))
    for record in found:
        sheet.row(*(plain(_cell(key, record[key])) for key in keys))
    return group(Text(title, "bold"), sheet, plain(_of(len(found), len(found), *RECORDS), QUIET))


def _cell(key: str, value: object) -> str:
    """A value of a record, with its codes and reasons in words."""
    if key in CODES:
        return listed(map(say, value)) if isinstance(value, list) else say(cell(value))
    return retold(cell(value)) if key == "reason" else cell(value)


def _is_number(found: Sequence[Record], key: str) -> bool:
    return any(isinstance(record[key], Decimal | int) for record in found)


def doubts(document: Document, shown: Sequence[Doubt]) -> RenderableType:
    """What should be looked at, by its kind, marked in the words around it.

    What is carried and what states no amount is counted; the records have each.
    """
    return Fitted(lambda width: _doubts(document, shown, width))


def _doubts(document: Document, shown: Sequence[Doubt], width: int) -> RenderableType:
    from zzcli.facts.doubts import CARRIED, KINDS

    counted = CARRIED | {"no-amount"}
    sheet = Sheet(Column(say("what was seen"), share=1), Column(_where(document), right=True))
    by_kind = defaultdict(list)
    for doubt in shown:
        by_kind[doubt.kind].append(doubt)
    for kind, found in by_kind.items():
        if kind != shown[0].kind:
            sheet.line()
        sheet.line(Text.assemble((say(kind), "bold"), (f"  {_times(say(KINDS[kind]), len(found))}", QUIET)))
        of_kind = KINDS[kind]
        rows = _counted(document, found, of_kind) if kind in counted else _placed(document, found, of_kind, width)
        for where, place in rows:
            sheet.row(where, place, indent=INDENT)
    return _framed(say("To be looked at"), document, sheet, _count(shown, document.doubts, *DOUBTS), Counter())


def _placed(document: Document, found: Sequence[Doubt], usual: str, width: int) -> Iterator[tuple[Text, Text]]:
    """Each doubt in the words around it, under its reason where that is not the usual one of its kind."""
    room = width - INDENT - cell_len(_where(document)) - len(BETWEEN)
    for reason, doubts in _by_reason(found).items():
        if reason != usual:
            yield aside(_times(retold(reason), len(doubts)) if len(doubts) > 1 else retold(reason)), Text()
        around: dict[Span, list[Doubt]] = defaultdict(list)
        for doubt in doubts:
            around[excerpt(document.text, doubt, room - 2 * len(MARKS))].append(doubt)
        for passage, marked in around.items():
            spans = [Span(doubt.start, doubt.end) for doubt in marked]
            yield _marked(document.text, passage, spans, MARKS), _line(document, marked[0])


def _counted(document: Document, found: Sequence[Doubt], usual: str) -> Iterator[tuple[Text, Text]]:
    """How many there are for each reason, with the commonest of them."""
    for reason, doubts in _by_reason(found).items():
        forms = Counter(doubt.of(document.text.clean) for doubt in doubts)
        some = listed(form for form, _ in forms.most_common(_EXAMPLES))
        more = " …" if len(forms) > _EXAMPLES else ""
        why = "" if reason == usual else say("{words}: ", words=retold(reason))
        yield Text.assemble((f"{len(doubts)}  ", ANSWER), plain(why), plain(some + more, QUIET)), Text()


def _by_reason(found: Sequence[Doubt]) -> dict[str, list[Doubt]]:
    by_reason: dict[str, list[Doubt]] = defaultdict(list)
    for doubt in found:
        by_reason[doubt.reason].append(doubt)
    return by_reason


def search(hits: Sequence[Hit], found: int, query: str) -> RenderableType:
    """Passages that a search found, best first, what was asked for marked in each."""
    sources = len({hit.document.source for hit in hits}) > 1
    read = say("all that was read") if sources else _name(hits[0].document)
    passages = _of(len(hits), found, *PASSAGES)
    return _hits(hits, query, say("{passages} of {source}, best first", passages=passages, source=read), sources)


def search_of_many(hits: Sequence[Hit], found: int, documents: int, query: str) -> RenderableType:
    """The best passages of the documents that hold what was asked for."""
    shown = counted(len(hits), "the best passage", "the best {count} passages")
    hold = counted(
        found,
        "{count} of {documents} documents holds what was asked for",
        "{count} of {documents} documents hold what was asked for",
        documents=documents,
    )
    return _hits(hits, query, f"{shown} · {hold}", sources=True)


def _hits(hits: Sequence[Hit], query: str, caption: str, sources: bool) -> RenderableType:
    sheet = Sheet(
        Column(say("passage"), share=1),
        *([Column(say("source"), most=24)] if sources else []),
        Column(say("line"), right=True),
        leading=1,
    )
    for hit in hits:
        passage = _marked(hit.document.text, hit.passage, hit.highlights)
        name = [plain(Path(hit.document.source).name, QUIET)] if sources else []
        sheet.row(passage, *name, _line(hit.document, hit.passage))
    heading = Text.assemble((say("Search") + "  ", "bold"), plain(query, ANSWER))
    return group(heading, sheet, plain(caption, QUIET))


def overview(document: Document) -> RenderableType:
    """What a document is and how much was read from it, with the commands to go on with."""
    facts = [
        (say("file"), _file(document), ""),
        (say("area"), document.area or say("not settled"), ""),
        (say("published"), _published(document.dating), ""),
        (say("figures"), str(len(document.figures)), ANSWER),
        (say("timeline"), str(len(document.timeline)), ANSWER),
        (say("industries"), str(len(document.industries)), ANSWER),
        *((say("not read"), _without_name(document, retold(note)), "") for note in document.file.notes),
    ]
    file = "" if document.source == BUNDLED else " FILE"
    further = [*((command + file, say(purpose)) for command, purpose in FURTHER), ("zzcli --help", say("all commands"))]
    return Group(
        Folding.of(plain(_heading(document), "bold")),
        Text(),
        Pairs((Text(name, QUIET), plain(fact, style)) for name, fact, style in facts),
        Text(),
        Pairs((Text(command), Text(purpose, QUIET)) for command, purpose in further),
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
        heading = say("value")
        self.heading = " " * (self._number - cell_len(heading)) + heading

    def cell(self, figure: Figure) -> Text:
        numeral, unit = level_words(self._clean, figure)
        room = " " * max(self._number - cell_len(numeral), 0)
        return Text.assemble(room, (numeral, ANSWER), " ", unit)


def _change(clean: str, figure: Figure, row: Figure) -> Text:
    """A growth, difference, contribution or rank, with what it is against."""
    parts: list[tuple[str, str]] = [(change_words(clean, figure), ANSWER), *_misread(figure)]
    if figure.measure == "contribution":
        parts.insert(0, (say("contributes "), QUIET))
    if figure.basis:
        parts.append((f" · {one_line(figure.basis)}", QUIET))
    parts += [(f" · {say(price)}", QUIET) for price in PRICES if price in figure.flags]
    if figure.period and row.period and figure.period.code != row.period.code:
        parts.append((f" · {figure.period.code or '?'}", QUIET))
    return Text.assemble(*parts)


def _misread(figure: Figure) -> list[tuple[str, str]]:
    """The misread form that the number was read from: 第一 (written 第-)."""
    return [(say(" (written {words})", words=one_line(figure.written)), QUIET)] if MISREAD in figure.flags else []


def _note(figure: Figure) -> str:
    marks = [say(figure.status)] if figure.status != "actual" else []
    return listed(marks + _marks(figure.flags))


def _marks(flags: Sequence[str]) -> list[str]:
    """The doubts that are told in words; an inferred year has its mark at the date."""
    return [say(flag) for flag in flags if flag != INFERRED and flag not in DESCRIBING]


def _period(period: Period | Dated | None, flags: Sequence[str], style: str = "") -> Text:
    if period is None or period.code is None:
        return Text("–", QUIET)
    return Text.assemble((period.code, style), (INFERRED_MARK if INFERRED in flags else "", QUIET))


def _industry(document: Document, industry: Industry) -> list[Text]:
    scale = readable(industry.scale) + (industry.scale_unit or "") if industry.scale is not None else ""
    return [
        plain(industry.industry),
        plain(scale, ANSWER),
        plain(number(industry.enterprises) if industry.enterprises is not None else ""),
        Text("\n").join(plain(words) for words in (*industry.status, *map(_milestone, industry.milestones))),
        plain(places(document, industry.mentions), QUIET),
    ]


def _milestone(reached: Milestone) -> str:
    """What was reached and when; the year is said once."""
    code = reached.period_code or "?"
    return reached.event if code[:4] in reached.event else f"{code} {reached.event}"


def _marked(text: Reflowed, passage: Span, marks: Sequence[Span], signs: tuple[str, str] = ("", "")) -> Text:
    """A passage with what counts in it coloured, and between ``signs``; without these, marks that touch are one."""
    done = passage.start
    marked = Text()
    for start, end in _runs(marks) if signs == ("", "") else ((span.start, span.end) for span in marks):
        if done < start:
            marked.append(plain(text.quoted(Span(done, start), opening=True)))
        marked.append(signs[0]).append(plain(text.quoted(Span(start, end), opening=True), f"bold {ANSWER}"))
        marked.append(signs[1])
        done = end
    return marked.append(plain(text.quoted(Span(done, passage.end), opening=True)))


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
    title: str, document: Document, sheet: Sheet, count: str, doubts: Counter[str], explain: bool = False
) -> RenderableType:
    """A table between its title and a caption that says what was read and what is doubtful."""
    read = [
        _file(document) if explain else _name(document),
        document.area or say("area not settled"),
        say("published {when}", when=_published(document.dating)),
        count,
    ]
    inferred = doubts.pop(INFERRED, 0)
    doubtful = [_times(f"{INFERRED_MARK} {say('year inferred')}", inferred)] if inferred else []
    if inferred and explain:
        doubtful = [say("{words}: {reason}", words=doubtful[0], reason=retold(document.dating.reason))]
    doubtful += [_times(say(flag), times) for flag, times in sorted(doubts.items()) if flag not in DESCRIBING]
    caption = [plain(" · ".join(read), QUIET)]
    if doubtful:
        caption.append(plain(say("doubtful: {flags}", flags=listed(doubtful)), QUIET))
    heading = Text.assemble((f"{title}  ", "bold"), plain(_heading(document)))
    return group(heading, sheet, *caption)


def _heading(document: Document) -> str:
    return document.title or _name(document)


def _name(document: Document) -> str:
    return say("standard input") if document.source == "-" else document.source


def _file(document: Document) -> str:
    """Its name, its format, and what it was decoded from."""
    file = document.file
    told = [file.format] if file.format != "text" else []
    told += [counted(len(file.pages), "{count} page", "{count} pages")] if file.pages else []
    told += [file.encoding] if file.encoding else []
    return _times(_name(document), listed(told))


def _without_name(document: Document, note: str) -> str:
    return note.removeprefix(document.source).lstrip(":： ")


def _published(dating: Dating) -> str:
    when = dating.published.isoformat() if dating.published else str(dating.year) if dating.year else None
    how = say(ORIGINS.get(dating.origin, ORIGINS["inferred"]))
    return say("{when}, {how}", when=when, how=how) if when else say("not settled")


def _times(words: str, times: object) -> str:
    return say("{words} ({times})", words=words, times=times)


def _count(shown: Sequence[object], there: Sequence[object], none: str, one: str, many: str, some: str) -> str:
    return _of(len(shown), len(there), none, one, many, some)


def _of(shown: int, there: int, none: str, one: str, many: str, some: str) -> str:
    if not there:
        return say(none)
    return counted(there, one, many) if shown == there else say(some, shown=shown, count=there)


def _where(document: Document, several: bool = False) -> str:
    """The heading above places."""
    return say("page:line") if document.file.pages else say("lines") if several else say("line")


def places(document: Document, spans: Sequence[Span]) -> str:
    """Where spans begin, each line once: ``12, 40``; in a file with pages, page and line: ``3:12``."""
    text, file = document.text, document.file
    first: dict[int, int] = {}  # of each line
    for start in sorted(text.origin(span).start for span in spans):
        first.setdefault(text.line(start), start)
    return ", ".join(f"{file.page(start)}:{line}" if file.pages else str(line) for line, start in first.items())


def _line(document: Document, fact: Span) -> Text:
    return Text(places(document, [fact]), QUIET)
