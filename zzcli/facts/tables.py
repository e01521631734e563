"""Tables that were flattened to lines: the cells of each row with the name, measure and unit that its column gives.

A table is a stretch of ``row`` blocks: a unit line (单位：亿元), a header, then rows; a line is a row whose cells stand
apart by tabs or wide spaces, or, where the table came a cell a line, a cell. How many numbers a row has is told by most
of its rows; a row that has more or fewer is left out, for nobody can say which column its numbers are of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from zzcli.facts import naming
from zzcli.mentions.numbers import times
from zzcli.mentions.quantities import find_quantities
from zzcli.reading.reflow import Text
from zzcli.span import Span

_GAP = re.compile(r"\t|[  \u3000]{2,}|\u3000")
_INNER = re.compile(r"[\s\u3000]+")
_UNIT_LINE = re.compile(r"^[（(]?(?:计量)?单位[：:](?P<unit>[^）)]{1,12})[）)]?$")
_NAMES_HEAD = re.compile(
    r"^(?:指标|指标名称|产品名称|产品|项目|名称|行业|类别|分类|品种|地区|县区|县[（(]?市?[)）]?区|单位名称|序号)$"
)
_UNIT_HEAD = re.compile(r"^(?:计量)?单位$")
_IN_BRACKETS = re.compile(r"[（(](?P<unit>[^（）()]{1,10})[）)]\s*$")
_NUMBER = re.compile(r"^[+＋\-−－–—]?[\d０-９][\d０-９.,，．]*[%％]?$")
_SPACED = 2  # a name of few characters is spaced out to the width of the others
_EMPTY = re.compile(r"^(?:[-－—–―…/／\\*.·]{1,4}|持平|无|不详|空)$")
_ADDED = re.compile(r"增[加减]额|增[加减]量|净增")
_CHANGE = re.compile(r"增长|增速|增幅|增减|涨幅|±|升降|同比|环比|比上年|比去年|较上年")
_NUMBERED = re.compile(r"表\s{0,2}[\d一二三四五六七八九十]{1,3}$")
_MOVING = re.compile(r"涨跌|增长速度|增长率|增速|增长情况|升降幅度|涨幅|价格变动")
_PLACE = re.compile(r"[省市县区州旗盟镇乡]$")
_POINTS = re.compile(r"百分点")
_SHARE = re.compile(r"比重|占比|构成|份额")
_RANK = re.compile(r"排名|位次|名次")
# headers that name no statistic of their own
_PLAIN = re.compile(
    r"^(?:指标值?|数值?|数据|数量|绝对[额数值量]|总量|本[期月年季]|当[月季年]|累计|全年|实绩|实际|完成|合计|年末|期末|\d{4}年?.{0,6})*$"
)
_PART = re.compile(r"^(?:[#＃*]|其中)")
_SINCE = re.compile(r"[比较](?P<basis>[^增]{1,8})增")
_MARKS = re.compile(
    r"^(?:[#＃*·•]|其中[：:]?|[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.、．])\s*"
)


@dataclass(frozen=True, slots=True)
class Cell(Span):
    """A number of a table: what it measures and in what unit, by its row and column.

    ``column`` cuts the header of its column (whose date, if any, is the number's), ``title`` the title of the table,
    ``row`` the words from the row's name to its last cell.
    """

    name: str
    measure: str
    value: Decimal
    unit: str | None
    basis: str | None
    column: Span
    title: Span
    row: Span


@dataclass(frozen=True, slots=True)
class _Column:
    """What the numbers under a header are."""

    place: Span
    measure: str
    unit: tuple[Decimal, str] | None
    basis: str | None
    statistic: str  # the noun that the header names; "" where it names none
    header: str = ""  # the same with all that the header says of it: 粮食产量


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: the texts before its numbers, and its numbers and empty cells."""

    labels: tuple[Span, ...]
    values: tuple[Span, ...]


def read_table(text: Text, first: int, last: int) -> list[Cell]:
    """The numbers of the table in the blocks ``first`` to ``last`` (inclusive), in order.

    Empty where the rows do not come out even or no header says what the numbers are.
    """
    clean = text.clean
    title = Span(text.blocks[first].start, text.blocks[first].start)
    if first and text.blocks[first - 1].kind == "heading":
        title = Span(text.blocks[first - 1].start, text.blocks[first - 1].end)
    whole: tuple[Decimal, str] | None = None
    rows: list[_Row] = []
    for row in _rows(clean, [_cells(clean, block) for block in text.blocks[first : last + 1]]):
        if not row.values and len(row.labels) == 1 and (match := _UNIT_LINE.match(_plain(clean, row.labels[0]))):
            whole = _unit(match["unit"]) or whole
        else:
            rows.append(row)
    return [
        cell for head, part in _parts(clean, title, _joined(clean, rows)) for cell in _read(clean, head, whole, part)
    ]


def _parts(clean: str, title: Span, rows: list[_Row]) -> Iterator[tuple[Span, list[_Row]]]:
    """The tables of a stretch, each with its title: a line of headers without numbers begins a new one."""
    start = 0
    for i, row in enumerate(rows):
        if i > start and len(row.labels) > 1 and not row.values:
            if _NUMBERED.match(row.labels[0].of(clean)):
                continue  # 表2　主要指标: a title, whose header is yet to come
            above = rows[i - 1].labels
            titled = not rows[i - 1].values and (len(above) == 1 or _NUMBERED.match(above[0].of(clean)) is not None)
            yield title, rows[start : i - titled]
            title, start = Span(above[0].start, above[-1].end) if titled else Span(title.end, title.end), i
    yield title, rows[start:]


def _cells(clean: str, block: Span) -> list[Span]:
    """The cells of a line."""
    cells, start = [], block.start
    for gap in _GAP.finditer(clean, block.start, block.end):
        cells.append(_stripped(clean, start, gap.start()))
        start = gap.end()
    cells.append(_stripped(clean, start, block.end))
    if "\t" in block.of(clean):
        return cells
    cells = [cell for cell in cells if cell.start < cell.end]
    if len(cells) > 1 and all(cell.end - cell.start <= _SPACED and not _is_value(clean, cell) for cell in cells):
        return [Span(cells[0].start, cells[-1].end)]  # 农　业
    return cells


def _stripped(clean: str, start: int, end: int) -> Span:
    while start < end and clean[start].isspace():
        start += 1
    while end > start and clean[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _plain(clean: str, cell: Span) -> str:
    return _INNER.sub("", cell.of(clean))


def _rows(clean: str, lines: Sequence[Sequence[Span]]) -> Iterator[_Row]:
    """The lines as rows: each line of several cells, or, a cell a line, texts and the numbers behind them."""
    labels: list[Span] = []
    values: list[Span] = []
    for line in lines:
        if len(line) > 1:
            if labels or values:
                yield _Row(tuple(labels), tuple(values))
                labels, values = [], []
            texts = next((i for i, cell in enumerate(line) if i and _is_value(clean, cell)), len(line))
            yield _Row(tuple(line[:texts]), tuple(line[texts:]))
            continue
        for cell in line:
            if _is_value(clean, cell):
                values.append(cell)
                continue
            if values or _UNIT_LINE.match(_plain(clean, cell)):
                yield _Row(tuple(labels), tuple(values))
                labels, values = [], []
            if labels and cell.end - cell.start == labels[-1].end - labels[-1].start == 1:
                cell = Span(labels.pop().start, cell.end)  # 农 ¶ 业
            labels.append(cell)
            if _UNIT_LINE.match(_plain(clean, cell)):
                yield _Row((cell,), ())
                labels = []
    if labels or values:
        yield _Row(tuple(labels), tuple(values))


def _joined(clean: str, rows: list[_Row]) -> list[_Row]:
    """Rows with their header apart: in a table a cell a line the header runs into the first row."""
    filled = [row for row in rows if row.labels or row.values]
    if not filled or not filled[0].values:
        return filled
    usual = Counter(len(row.labels) for row in filled[1:]).most_common(1)
    labels = usual[0][0] if usual else 1
    head = filled[0].labels[: len(filled[0].labels) - labels]
    first = filled[0].labels[len(head) :]
    return [_Row(head, ()), _Row(first, filled[0].values), *filled[1:]] if head else filled


def _read(clean: str, titled: Span, whole: tuple[Decimal, str] | None, rows: list[_Row]) -> Iterator[Cell]:
    title = titled.of(clean)
    counted = Counter(len(row.values) for row in rows if row.values)
    if not counted or not rows or rows[0].values:
        return
    width = counted.most_common(1)[0][0]
    header = list(rows[0].labels)
    if header and (len(header) == width + 1 or _NAMES_HEAD.match(_plain(clean, header[0]))):
        header = header[1:]
    with_unit = bool(header) and _UNIT_HEAD.match(_plain(clean, header[0])) is not None
    if with_unit:
        header = header[1:]
    columns, over = [_column(clean, place) for place in header[:width]], header[width:]
    if len(columns) < width or len(over) > 1:
        return
    if whole and whole[1] == "%" and _MOVING.search(title):
        # 居民消费价格比上年涨跌幅度，单位：%
        columns = [_moved(column, title) for column in columns]
    for i, column in enumerate(columns):
        if i and column.measure == "growth" and not column.statistic and columns[i - 1].statistic:
            before = columns[i - 1]  # 地区生产总值（亿元） 增速（%）
            columns[i] = replace(column, statistic=before.statistic, header=before.header)
    statistic = naming.part_head(title.strip())
    if statistic == "指标":
        statistic = ""  # 主要经济指标 names none
    group = _MARKS.sub("", _plain(clean, over[0])) if over else ""
    unit = whole
    for row in rows[1:]:
        if not row.labels:
            continue
        labels = [_MARKS.sub("", _plain(clean, label)) for label in row.labels]
        own = _unit(labels.pop()) if with_unit and len(labels) > 1 else None
        part = _PART.match(_plain(clean, row.labels[-1])) is not None
        if len(labels) > 1 or not row.values:
            group = labels[0]  # a line of its own above the rows it holds together
        if len(row.values) != width:
            continue
        name, bracket = labels[-1], _IN_BRACKETS.search(labels[-1])
        if bracket and (given := _unit(bracket["unit"])):
            own, name = given, name[: bracket.start()]
        unit = own or (unit if part else whole)  # 其中 and # divide the row above, and have its unit
        place = Span(row.labels[0].start, row.values[-1].end)
        for value, column in zip(row.values, columns, strict=True):
            if cell := _cell(clean, value, column, (name, group, title, statistic), unit, titled, place):
                yield cell


def _cell(
    clean: str,
    value: Span,
    column: _Column,
    names: tuple[str, str, str, str],
    unit: tuple[Decimal, str] | None,
    titled: Span,
    row: Span,
) -> Cell | None:
    found = find_quantities(value.of(clean))
    if len(found) != 1 or found[0].value_max is not None or not _NUMBER.match(_plain(clean, value)):
        return None
    number = found[0].value
    factor, shown = column.unit or unit or (Decimal(1), None)
    name, group, title, statistic = names
    if column.statistic:
        # 秦州区 has no 产量 but a 粮食产量
        statistic = column.header if column.header and _PLACE.search(name) else column.statistic
    elif group:
        statistic = ""
        name = group + name if not _tells(name) else name
    if statistic and not _tells(name) and not title.endswith(name):
        name += statistic
    return Cell(
        value.start,
        value.end,
        name,
        column.measure,
        times(number, factor),
        shown,
        column.basis,
        column.place,
        titled,
        row,
    )


def _tells(name: str) -> bool:
    """Whether a row's name says by itself what is measured (原油加工量)."""
    return bool(naming.head_of(name)) or name[-1:] in "量额率数值"


def _column(clean: str, place: Span) -> _Column:
    words = _plain(clean, place)
    bracket = _IN_BRACKETS.search(words)
    unit = _unit(bracket["unit"]) if bracket else None
    bare = words[: bracket.start()] if bracket else words
    if _RANK.search(bare):
        return _Column(place, "rank", (Decimal(1), "位"), None, "")
    if _ADDED.search(bare):
        match = _SINCE.search(bare)
        return _Column(place, "difference", unit, match["basis"] if match else None, "")
    if _CHANGE.search(words):
        basis = _basis(words)
        points = _POINTS.search(words) is not None
        shown = (Decimal(1), "个百分点") if points else unit or (Decimal(1), "%")
        return _Column(place, "difference" if points else "growth", shown, basis, "")
    if _SHARE.search(bare):
        return _Column(place, "level", (Decimal(1), "%"), None, "比重")
    statistic = "" if _PLAIN.match(bare) else naming.head_of(bare)
    return _Column(place, "level", unit, None, statistic, bare if statistic else "")


def _basis(words: str) -> str:
    """What the numbers of a column of changes are against."""
    return "上期" if "环比" in words else "上年" if re.search(r"比[上去]年|较上年", words) else "上年同期"


def _moved(column: _Column, title: str) -> _Column:
    """A column of a table whose title says that all its numbers are changes; a share or a rank stays what it is."""
    if column.measure != "level" or column.unit or column.statistic:
        return column
    return replace(column, measure="growth", basis=_basis(title))


def _unit(words: str) -> tuple[Decimal, str] | None:
    """A unit with its multiplier: 亿元 → 100000000, 元; None where the words are no unit."""
    words = _INNER.sub("", words).strip("±+- ")
    found = find_quantities("1" + words)
    if len(found) == 1 and found[0].end == len(words) + 1 and found[0].unit:
        return found[0].value, found[0].unit
    return None


def _is_value(clean: str, cell: Span) -> bool:
    words = _plain(clean, cell)
    return bool(_NUMBER.match(words) or _EMPTY.match(words))
