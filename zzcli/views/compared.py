"""Statistics of several documents side by side, and one over documents and time, set in a ``sheet``.

A row has one unit with one multiplier (亿 or 万), which stands below its name; all its numbers are shown in it,
exactly.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace
from rich.console import Group, RenderableType
from rich.text import Text

from zzcli.comparing import LAST_YEAR, PERCENT, Cell, Change, Comparison, Line, Place, Row, Series, Stated
from zzcli.language import counted, listed, say
from zzcli.views.charts import Bar, bars
from zzcli.views.formats import number
from zzcli.views.sheet import ANSWER, INDENT, QUIET, Column, Drawn, Sheet, aside, group, plain
from zzcli.views.table import DESCRIBING, INFERRED, INFERRED_MARK
from zzcli.views.visible import one_line

# Multipliers, their powers of ten, and that of the least number which a row with them may have.
_MULTIPLIERS = (("亿", 8, 6), ("万", 4, 4))
_NEAR = 8  # names that are told beside the one asked for


def comparison(compared: Comparison, limit: int | None = None) -> RenderableType:
    """Rows that several columns have, and below what only one has; at most ``limit`` rows in all."""
    rows = compared.rows[:limit]
    only = compared.only[: None if limit is None else limit - len(rows)]
    documents = labels(compared.documents)
    periods = compared.by == "period"
    names = {code: code for code in compared.columns} if periods else documents
    several = documents if periods and len(documents) > 1 else {}
    one_area = compared.areas[0] if periods and len(set(compared.areas)) == 1 else None
    parts: list[RenderableType] = []
    if rows:
        parts.append(_side_by_side(compared, rows, names, several, one_area))
    if rows and only:
        parts.append(Text())
    if only:
        parts.append(_alone(compared, only, names, several, one_area))
    read = [listed(documents.values()), *([one_area] if one_area else [])]
    heading = Text.assemble((say("Side by side") + "  ", "bold"), plain(" · ".join(read)))
    told = [
        counted(len(compared.rows), "{count} statistic in several columns", "{count} statistics in several columns"),
        say("{count} in one only", count=len(compared.only)),
    ]
    if len(rows) + len(only) < len(compared.rows) + len(compared.only):
        told.append(say("the first {count} shown", count=len(rows) + len(only)))
    if any(cell.change for row in rows for cell in row.cells):
        told.append(say("in brackets: against the column before"))
    if compared.left_out:
        told.append(
            counted(
                compared.left_out,
                "{count} figure left out, without a name or a period",
                "{count} figures left out, without a name or a period",
            )
        )
    return group(heading, Group(*parts), plain(" · ".join(told), QUIET))


def series(asked: Series, limit: int | None = None) -> RenderableType:
    """The points of a series by area, measure and unit, in order of time, and below them a bar for each.

    At most the first ``limit`` points.
    """
    there = len(asked.points)
    names = labels(place.source for point in asked.points for place in point.places)
    asked = _first(asked, limit)
    sheet = Sheet(
        Column(say("period"), most=11, roomy=17),
        Column(say("value"), most=20),
        Column(say("notes"), share=2),
        Column(say("where"), share=3),
    )
    for index, line in enumerate(asked.lines):
        power = _power(line.points)
        if index:
            sheet.line()
        sheet.line(_title(line, power, "bold"))
        for point in line.points:
            sheet.row(
                _period(point),
                plain(_words(point, power), ANSWER),
                Text("\n").join(aside(note) for note in _notes(point, line)),
                _where(point.places, names),
                indent=INDENT,
            )
    charts = [_chart(line) for line in asked.lines if len(line.points) > 1 and line.measure != "rank"]
    heading = Text.assemble((say("Series") + "  ", "bold"), plain(asked.asked, ANSWER))
    told = [counted(there, "{count} value", "{count} values")]
    told.append(counted(len(names), "{count} document", "{count} documents"))
    if len(asked.points) < there:
        told.append(say("the first {count} shown", count=len(asked.points)))
    caption = [plain(" · ".join(told), QUIET)]
    marked = sum(point.contradicted for point in asked.points)
    inferred = sum(INFERRED in point.flags for point in asked.points)
    doubtful = [say("{words} ({times})", words=say("contradicted"), times=marked)] if marked else []
    if inferred:
        doubtful.append(say("{words} ({times})", words=f"{INFERRED_MARK} {say('year inferred')}", times=inferred))
    if doubtful:
        caption.append(plain(say("doubtful: {flags}", flags=listed(doubtful)), QUIET))
    if asked.near:
        caption.append(plain(say("also there: {names}", names=listed(asked.near[:_NEAR])), QUIET))
    return group(heading, Group(sheet, *(part for drawn in charts for part in (Text(), drawn))), *caption)


def _first(asked: Series, limit: int | None) -> Series:
    """A series with its first points only."""
    if limit is None:
        return asked
    lines = []
    for line in asked.lines:
        if points := line.points[:limit]:
            lines.append(replace(line, points=points))
            limit -= len(points)
    return replace(asked, lines=tuple(lines))


def _chart(line: Line) -> RenderableType:
    """A bar for each point of a line."""
    power = _power(line.points)
    rows = [
        Bar(
            _period(point).plain,
            point.value,
            _words(point, power),
            say("contradicted") if point.contradicted else "",
            quiet=point.status != "actual",
        )
        for point in line.points
    ]
    return Group(_title(line, power, QUIET), Drawn(lambda width, blocks: bars(rows, width, blocks)))


def _title(line: Line, power: int, style: str) -> Text:
    """What the numbers of a line are, and whose."""
    return plain(" · ".join([line.indicator, *_told(line, power), *([line.area] if line.area else [])]), style)


def labels(sources: Iterable[str]) -> dict[str, str]:
    """What to call each document: the name of its file without the suffix, or the path where two have the same."""
    stems = {source: Path(source).stem or source for source in dict.fromkeys(sources)}
    shared = Counter(stems.values())
    called = {source: one_line(stem if shared[stem] == 1 else source) for source, stem in stems.items()}
    return {source: say("standard input") if source == "-" else name for source, name in called.items()}


def _side_by_side(
    compared: Comparison,
    rows: Sequence[Row],
    names: Mapping[str, str],
    several: Mapping[str, str],
    one_area: str | None,
) -> Sheet:
    """One column for each document or period that the rows have."""
    used = [at for at in range(len(compared.columns)) if any(row.cells[at].stated for row in rows)]
    headings = {at: names[compared.columns[at]] for at in used}
    if compared.by == "document" and len(set(compared.areas)) > 1:
        for at in used:
            area = compared.areas[at]
            headings[at] += f"\n{one_line(area)}" if area and area not in headings[at] else ""
    sheet = Sheet(Column(say("indicator"), share=8), *(Column(headings[at], share=7) for at in used), leading=1)
    for row in rows:
        power = _power(stated for cell in row.cells for stated in cell.stated)
        cells = [_cell(row.cells[at], power, row, several) for at in used]
        sheet.row(_head(row, power, one_area), *cells)
    return sheet


def _alone(
    compared: Comparison,
    rows: Sequence[Row],
    names: Mapping[str, str],
    several: Mapping[str, str],
    one_area: str | None,
) -> Sheet:
    """What one column has, column by column."""
    of_column = defaultdict(list)
    for row in rows:
        at = next(at for at, cell in enumerate(row.cells) if cell.stated)
        of_column[at].append((row, row.cells[at].stated))
    sheet = Sheet(
        Column(say("indicator"), share=3),
        Column(say("value"), share=2),
        Column(say("period"), most=11, roomy=17),
        *([Column(say("source"), most=24)] if several else []),
        Column(say("line"), most=10, right=True),
    )
    for index, at in enumerate(sorted(of_column)):
        if index:
            sheet.line()
        sheet.line(plain(say("only {column}", column=names[compared.columns[at]]), "bold"))
        for row, found in of_column[at]:
            power = _power(found)
            for stated in found:
                unit = _unit(row.unit, power) if row.measure != "rank" else ""
                about = [say(row.measure)] if row.measure != "level" else []
                about += _terms(row, stated.status, one_area)
                parts = [(_words(stated, power), ANSWER), (f" {unit}" if unit else "", "")]
                parts += [(f" · {one_line(each)}", QUIET) for each in about]
                document = [plain(several[stated.places[0].source], QUIET)] if several else []
                sheet.row(
                    plain(stated.indicator),
                    Text.assemble(*parts),
                    _period(stated),
                    *document,
                    plain(_lines(stated.places), QUIET),
                    indent=INDENT,
                )
    return sheet


def _head(row: Row, power: int, one_area: str | None) -> Text:
    """A statistic with what its numbers are, below its name."""
    told = _told(row, power) + _terms(row, row.status or "actual", one_area)
    return Text("\n").join([plain(row.indicator), *([plain(" · ".join(told), QUIET)] if told else [])])


def _told(of: Row | Line, power: int) -> list[str]:
    """The measure and the unit."""
    measure = [say(of.measure)] if of.measure != "level" else []
    return measure + ([unit] if (unit := _unit(of.unit, power)) and of.measure != "rank" else [])


def _terms(row: Row, status: str, one_area: str | None) -> list[str]:
    """What a number is against, at which prices, whether it is a target, and whose it is, where that is not shared."""
    terms = [row.basis, row.price and say(row.price), say(status) if status != "actual" else None]
    return [term for term in (*terms, row.area if row.area != one_area else None) if term]


def _cell(cell: Cell, power: int, row: Row, several: Mapping[str, str]) -> Text:
    """Each value with its change, and below it its period or document and its line."""
    lines = []
    for at, stated in enumerate(cell.stated):
        value = plain(_words(stated, power), ANSWER)
        if cell.change and cell.change.of == at:
            value.append(f" ({_changed(cell.change)})", "")
        if row.status is None:  # the columns are periods
            told = [_line(stated.places, several), *([say(stated.status)] if stated.status != "actual" else [])]
        else:
            told = [stated.period or "–", _line(stated.places)]
        lines += [value, plain(" · ".join(told), QUIET)]
    return Text("\n").join(lines)


def _changed(change: Change) -> str:
    sign = "−" if change.value < 0 else "+" if change.value else "±"
    value = sign + number(abs(change.value))
    return value + PERCENT if change.unit == PERCENT else say("{points}pp", points=value)


def _power(stated: Iterable[Stated]) -> int:
    """The power of ten of the multiplier that all numbers of a row are shown with."""
    numbers = [abs(each.value) for each in stated if each.value and each.unit != PERCENT and each.measure != "rank"]
    for _, power, least in _MULTIPLIERS:
        if numbers and max(numbers) >= 10**power and min(numbers) >= 10**least:
            return power
    return 0


def _unit(unit: str | None, power: int) -> str:
    """A unit with its multiplier; of a percentage nothing, for it stands at the number."""
    if unit == PERCENT:
        return ""
    return next((word for word, of, _ in _MULTIPLIERS if of == power), "") + one_line(unit or "")


def _words(stated: Stated, power: int) -> str:
    """A value in the multiplier of its row: ``≥5.5%``, ``+5.8%``, ``第3``, ``836.9``."""
    if stated.measure == "rank":
        return "第" + number(stated.value)
    ends = [stated.value] if stated.value_max is None else [stated.value, stated.value_max]
    signed = stated.measure in ("growth", "difference")
    sign = "+" if signed and min(ends) > 0 else ""
    relation = "" if stated.bound == "=" else stated.bound + " " * signed
    return relation + sign + "–".join(_scaled(end, power) for end in ends) + (PERCENT if stated.unit == PERCENT else "")


def _scaled(value: Decimal, power: int) -> str:
    sign, digits, exponent = value.as_tuple()
    return number(Decimal((sign, digits, int(exponent) - power))).replace("-", "−")


def _period(stated: Stated) -> Text:
    mark = INFERRED_MARK if INFERRED in stated.flags else ""
    return Text.assemble(stated.period or "–", (mark, QUIET)) if stated.period else Text("–", QUIET)


def _notes(point: Stated, line: Line) -> list[str]:
    """What the number is against, at which prices, a target or not, and what is doubtful."""
    notes = [point.basis] if point.basis and (line.measure != "growth" or point.basis != LAST_YEAR) else []
    notes += [say(point.price)] if point.price else []
    notes += [say(point.status)] if point.status != "actual" else []
    notes += [say(flag) for flag in point.flags if flag != INFERRED and flag not in DESCRIBING]
    notes += [point.indicator] if point.indicator != line.indicator else []
    return notes + ([say("contradicted by another statement")] if point.contradicted else [])


def _where(places: Sequence[Place], names: Mapping[str, str]) -> Text:
    """The documents that say so, each with its lines, one below the other."""
    return Text("\n").join(plain(told, QUIET) for told in _told_in(places, names))


def _line(places: Sequence[Place], names: Mapping[str, str] | None = None) -> str:
    """The documents, if they have names here, with their lines."""
    return "; ".join(_told_in(places, names))


def _told_in(places: Sequence[Place], names: Mapping[str, str] | None) -> list[str]:
    of_source = defaultdict(list)
    for place in places:
        of_source[place.source].append(place)
    told = []
    for source, found in of_source.items():
        page = found[0].page
        parts = [names[source]] if names else []
        parts += [say("page {page}", page=page)] if page is not None else []
        told.append(" · ".join([*parts, say("line {line}", line=_lines(found))]))
    return told


def _lines(places: Sequence[Place]) -> str:
    return ", ".join(map(str, dict.fromkeys(place.line for place in places)))
