"""Tables that were flattened to lines: the cells of each row with the name, measure and unit that its column gives.

A table is a stretch of ``row`` blocks: a unit line (单位：亿元), a header, then rows; a line is a row whose cells stand
apart by tabs, strokes or wide spaces, or, where the table came a cell a line, a cell. Where every line has the cells of
its header, each cell is of the header above it; else how many numbers a row has is told by most of its rows, and a row
that has more or fewer is left out, for nobody can say which column its numbers are of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from zzcli.facts import naming
from zzcli.mentions.numbers import times
from zzcli.mentions.quantities import NOTE, find_quantities
from zzcli.patterns import compiled
from zzcli.reading.reflow import Text
from zzcli.span import Span

_GAP = compiled(r"\t|[  \u3000]{2,}|\u3000")
_INNER = compiled(r"[\s\u3000]+")
_STROKE = compiled(r"\s{0,8}[|｜]\s{0,8}")
_TABS = compiled(r"[ \t\u3000]{1,80}")
_TABS_BEFORE = compiled(r"[ \t\u3000]{1,80}\Z")
_EMPTY_CELLS = 80  # characters beside a line that may hold empty cells
_UNIT_LINE = compiled(r"^[（(]?(?:计量)?单位[：:](?P<unit>[^）)]{1,16})[）)]?$")
_UNIT_IN_TITLE = compiled(r"[（(](?:计量)?单位[：:](?P<unit>[^（()）]{1,16})[)）]")
_NAMES_HEAD = compiled(
    r"^(?:指标|指标名称|产品名称|产品|项目|名称|行业|类别|分类|品种|地区|县区|县[（(]?市?[)）]?区|单位名称|序号)$"
)
_SERIAL_HEAD = compiled(r"^(?:序号|编号|顺序|№|[Nn][Oo]\.?)$")
_UNITS = compiled(r"[、，,/／及和]")  # 单位：亿元、%
_YEAR = compiled(r"^(?:19|20)\d\d$")
_YEARS = compiled(r"(?:19|20)\d\d")
_DATED = compiled(r"\d{1,4}\s?[年月日季]")
_RULE = compiled(r"^[|｜+\-—=:：\s]{3,1200}$")  # what a drawn table has between its rows
_SHORT = 20  # characters of a line that may be a header
_HEADERS = 12  # lines above a stretch of rows among which its header is looked for
_SENTENCE = compiled(r"[，。；！？]")
_UNIT_HEAD = compiled(r"^(?:计量)?单位$")
_IN_BRACKETS = compiled(r"[（(](?P<unit>[^（）()]{1,10})[）)]\s{0,40}$")
_NUMBER = compiled(rf"^[+＋\-−－–—]?[\d０-９][\d０-９.,，．]{{0,100}}[%％]?{NOTE}?$")
# 410.5亿元, but not 2023年 nor 65岁
_NUMBER_AND_UNIT = compiled(r"^[+＋\-－−–—]?\d[\d.,，]{0,20}(?P<unit>[^\d\s.,，年月日岁号季度第]{1,8})$")
_SPACED = 1  # a name of few characters is spaced out to the width of the others
_EVEN = "持平"
_EMPTY = compiled(r"^(?:[-－—–―…/／\\*.·]{1,4}|持平|无|不详|空)$")
_ADDED = compiled(r"增[加减]额|增[加减]量|净增")
_CHANGE = compiled(r"增长|增速|增幅|增减|涨幅|±|升降|同比|环比|比上年|比去年|较上年")
_NUMBERED = compiled(r"表\s{0,2}[\d一二三四五六七八九十]{1,3}$")
_MOVING = compiled(r"涨跌|增长速度|增长率|增速|增长情况|升降幅度|涨幅|价格变动")
_PLACE = compiled(r"[省市县区州旗盟镇乡]$")
_POINTS = compiled(r"百分点")
_SHARE = compiled(r"比重|占比|构成|份额")
_RANK = compiled(r"排名|位次|名次")
# headers that name no statistic of their own
_PLAIN = compiled(
    r"^(?:指标值?|数[值据量]?|绝对[额数值量]|总量|本[期月年季]|当[月季年]|累计|全年|实绩|实际|完成|计划|目标|预[期计]"
    r"|合计|年末|期末|[初末底]){0,12}$"
)
# the date before what a header says: 2024年产值, 2024年1—5月完成投资
_HEAD_DATE = compiled(
    r"^(?:(?:19|20)\d\d年?(?:度(?!假))?)?"
    r"(?:1?\d(?:[-—－~～至]1?\d)?月份?|[上下]半年|[1-4一二三四]季度|前三季度)?"
)
# a header of changes that names nothing of its own: 同比增长（%）
_BARE_CHANGE = compiled(
    r"^(?:[+±%％（）()]|同比|环比|[比较][上去][年月期]|同期|实际|名义|增长|增速|增幅|增减|涨幅|涨跌|升降|速度|幅度|情况|率){0,12}$"
)
# a header that names its statistic before what it is of it: 地区生产总值绝对额, 财政收入同比增长
_OF_STATISTIC = compiled(
    r"^(?P<of>[^（()）]{2,20}?)(?:绝对[额数值量]|总量|指标值|累计|实绩"
    r"|(?:[比较][上去]年(?:同[期月])?|同比|环比|实际|名义|±){0,8}(?:增长|增速|增幅|增减|涨幅)(?:率|速度|幅度|情况)?)$"
)
# columns of the same statistic for some of the people or places
_PEOPLE = compiled(r"^(?:城市|城镇|农村|乡村|市区|男性?|女性?)$")
# a header that is a noun, and no time (上年同期), sum or remark
_NOUN = compiled(
    r"^(?![^）]{0,8}(?:[年月日季期本上末初]|合计|总计|小计|备注|说明|全[国省市县区]))[\u4e00-\u9fff]{2,8}$"
)
# columns whose numbers name, number or date something
_CODES = compiled(
    r"电话|手机|传真|邮编|邮政编码|编号|号码|代码|证号|学号|文号|账号|日期|时间|年份|年度$|经度|纬度|页码|版本|联系方式|车次|航班|房号|门牌|出生"
)
# rows that are times: 2021年8月, 一季度, 2019
_TIMES = compiled(
    r"^(?:(?:19|20)\d\d年?(?:[1-4一二三四]季度|\d{1,2}月份?|\d{1,2}[-—－]\d{1,2}月份?|[上下]半年|前三季度)?"
    r"|[1-4一二三四]季度|\d{1,2}(?:[-—－~～至]\d{1,2})?月份?|[上下]半年|前三季度)$"
)
_PART = compiled(r"^(?:[#＃*]|其中)")
_SINCE = compiled(r"[比较](?P<basis>[^增]{1,8})增")
_MARKS = compiled(
    r"^(?:[#＃*·•]|其中[：:]?|[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.、．])\s*"
)
_AGAINST_YEAR = compiled(r"比[上去]年|较上年")


class Cell(Span, frozen=True):
    """A number of a table: what it measures and in what unit, by its row and column.

    ``column`` cuts the header of its column (whose date, if any, is the number's; ``year``, where it is a bare number),
    ``title`` the title of the table, ``row`` the words from the row's name to its last cell; ``time`` the name of a row
    that is a time (2021年8月).
    """

    name: str
    measure: str
    value: Decimal
    unit: str | None
    basis: str | None
    column: Span
    title: Span
    row: Span
    year: int | None = None
    time: Span | None = None


class _Column(Struct, frozen=True):
    """What the numbers under a header are."""

    place: Span
    measure: str
    unit: tuple[Decimal, str] | None
    basis: str | None
    statistic: str  # the noun that the header names; "" where it names none
    header: str = ""  # the same with all that the header says of it: 粮食产量
    people: str = ""  # whose numbers they are: 城市, 农村


class _Row(Struct, frozen=True):
    """A row: the texts before its numbers, and its numbers and empty cells.

    ``cells`` are all of them, each in its place, where the row came as one line.
    """

    labels: tuple[Span, ...]
    values: tuple[Span, ...]
    cells: tuple[Span, ...] = ()


def read_table(text: Text, first: int, last: int) -> list[Cell]:
    """The numbers of the table in the blocks ``first`` to ``last`` (inclusive), in order.

    Empty where the rows do not come out even or no header says what the numbers are.
    """
    blocks = text.blocks
    found = _read_blocks(text, first, blocks[first : last + 1])
    if not found and (above := _head_above(text, first)):
        found = _read_blocks(text, above[0], [*(blocks[index] for index in above), *blocks[first : last + 1]])
    return found


def _head_above(text: Text, first: int) -> list[int]:
    """The short lines right above a stretch that are its header: they begin at a unit line or with 指标 or its like.

    A drawn table has a rule below its header; where each cell is a line, 2023年 may stand as a paragraph.
    """
    above: list[int] = []
    for index in range(first - 1, max(first - _HEADERS, 0) - 1, -1):
        words = text.blocks[index].of(text.clean)
        if _RULE.match(words[:_SHORT]):
            continue
        plain = _INNER.sub("", words[: 8 * _SHORT])
        start = _STROKE.sub("", plain.split("|")[1] if plain.startswith("|") else plain)
        if len(plain) > (8 * _SHORT if "|" in plain else _SHORT) or _SENTENCE.search(plain):
            break
        above.insert(0, index)
        if _UNIT_LINE.match(plain):
            return above
        if _NAMES_HEAD.match(start):
            unit = _INNER.sub("", text.blocks[index - 1].of(text.clean)[: 2 * _SHORT]) if index else ""
            return [index - 1, *above] if _UNIT_LINE.match(unit) else above
        if text.blocks[index].kind == "heading":
            break
    return []


def _read_blocks(text: Text, first: int, blocks: Sequence[Span]) -> list[Cell]:
    clean = text.clean
    title = Span(blocks[0].start, blocks[0].start)
    above = text.blocks[first - 1] if first else None
    if above and above.kind == "heading":
        title = Span(above.start, above.end)
    whole: tuple[Decimal, str] | None = None
    if match := _UNIT_IN_TITLE.search(title.of(clean)):
        whole = _unit(match["unit"])
    rows: list[_Row] = []
    for row in _rows(clean, [_cells(text, block) for block in blocks]):
        if rows and _units_of(clean, row) and _goes_on_head(clean, rows[-1], row):
            rows.append(row)
        elif not row.values and len(row.labels) == 1 and (match := _UNIT_LINE.match(_plain(clean, row.labels[0]))):
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
        if i > start and len(row.labels) > 1 and not row.values and not _goes_on_head(clean, rows[i - 1], row):
            if _NUMBERED.match(row.labels[0].of(clean)):
                continue  # 表2　主要指标: a title, whose header is yet to come
            above = rows[i - 1].labels
            titled = not rows[i - 1].values and (len(above) == 1 or _NUMBERED.match(above[0].of(clean)) is not None)
            yield title, rows[start : i - titled]
            title, start = Span(above[0].start, above[-1].end) if titled else Span(title.end, title.end), i
    yield title, rows[start:]


def _goes_on_head(clean: str, head: _Row, row: _Row) -> bool:
    """Whether a line without numbers is the second one of a header: it gives units, or stands under fewer cells."""
    if head.values or len(head.labels) < 2:
        return False
    return all(_bracketed(clean, label) for label in row.labels) or bool(_units_of(clean, row))


def _units_of(clean: str, row: _Row) -> tuple[tuple[Decimal, str], ...]:
    """The units of a line that gives one for each column: 单位：元 ¦ 亿 ¦ 万 ¦ 万."""
    match = _UNIT_LINE.match(_plain(clean, row.labels[0])) if len(row.labels) > 1 and not row.values else None
    if match is None:
        return ()
    found = [_unit(_plain(clean, label) + match["unit"]) or _unit(_plain(clean, label)) for label in row.labels[1:]]
    return tuple(unit for unit in found if unit) if all(found) else ()


def _bracketed(clean: str, label: Span) -> bool:
    words = _plain(clean, label)
    return not words or (words[0] in "（(" and _IN_BRACKETS.fullmatch(words) is not None)


def _cells(text: Text, block: Span) -> list[Span]:
    """The cells of a line; those that are empty at its ends too, where tabs part them."""
    clean, words = text.clean, block.of(text.clean)
    drawn = words.lstrip().startswith(("|", "｜"))
    cells, start = [], block.start
    for gap in (_STROKE if drawn else _GAP).finditer(clean, block.start, block.end):
        cells.append(_stripped(clean, start, gap.start()))
        start = gap.end()
    cells.append(_stripped(clean, start, block.end))
    if drawn:
        return cells[1 : -1 if cells[-1].start == cells[-1].end else None]
    if "\t" in words:
        place = text.origin(block)
        before = _TABS_BEFORE.search(text.source[max(place.start - _EMPTY_CELLS, 0) : place.start])
        behind = _TABS.match(text.source, place.end, place.end + _EMPTY_CELLS)
        left = before[0].count("\t") if before else 0
        right = behind[0].count("\t") if behind else 0
        return [Span(block.start, block.start)] * left + cells + [Span(block.end, block.end)] * right
    return _unspaced(clean, [cell for cell in cells if cell.start < cell.end])


def _unspaced(clean: str, cells: list[Span]) -> list[Span]:
    """Cells, those joined that are one word spaced out to the width of the others (农　业, 指  标)."""
    if len(cells) > 1 and all(cell.end - cell.start <= _SPACED and not _is_value(clean, cell) for cell in cells):
        return [Span(cells[0].start, cells[-1].end)]
    joined: list[Span] = []
    single = False
    for cell in cells:
        alone = cell.end - cell.start == 1 and "\u4e00" <= clean[cell.start] <= "\u9fff"
        alone = alone and clean[cell.start] not in "万亿千百元吨台个户人家"  # units, each of its column
        if alone and single:
            joined[-1] = Span(joined[-1].start, cell.end)
        else:
            joined.append(cell)
        single = alone
    return joined


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
            numbers = [cell for cell in line[texts:] if _is_value(clean, cell)]
            if all(_YEAR.match(_plain(clean, cell)) for cell in numbers):
                texts = len(line)  # 产品 2021 2022 2023: a header
            yield _Row(tuple(line[:texts]), tuple(line[texts:]), tuple(line))
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
    if not rows or rows[0].values:
        return
    header, units, rows = _header(clean, rows)
    each = _units_of(clean, _Row(units, ())) if units else ()
    years = [int(words) for head in header if _YEAR.match(words := _plain(clean, head))]
    if len(years) == 1 or any(b - a != years[1] - years[0] for a, b in pairwise(years)):
        return  # a number that may be a year is one only in a row of years
    statistic = naming.part_head(title.strip())
    if statistic == "指标":
        statistic = ""  # 主要经济指标 names none
    grid = _Grid.of(clean, header, rows)
    heads = list(grid.values) if grid else []
    group = ""
    if not grid:
        counted = Counter(len(row.values) for row in rows if row.values)
        if not counted:
            return
        width = max(counted, key=lambda count: (counted[count], count if count < len(header) else 0))
        heads = list(header)
        if heads and (len(heads) == width + 1 or _NAMES_HEAD.match(_plain(clean, heads[0]))):
            heads = heads[1:]
        with_unit = bool(heads) and _UNIT_HEAD.match(_plain(clean, heads[0])) is not None
        if with_unit:
            heads = heads[1:]
        heads, over = heads[:width], heads[width:]
        if len(heads) < width or len(over) > 1:
            return
        group = _MARKS.sub("", _plain(clean, over[0])) if over else ""
    columns = _columns(clean, heads, title, whole, units)
    if len(each) == len(columns):
        columns = [replace(column, unit=unit) for column, unit in zip(columns, each, strict=True)]
    only = columns[0]
    if len(header) == 1 and not whole and not only.unit and only.statistic and not naming.head_of(only.statistic):
        return  # 目录 above names and pages is a title, and no column
    unit = whole
    for row in rows:
        if grid:
            if (placed := grid.place(clean, row)) is None:
                continue
            names, given, values = placed
        else:
            names, given, values = list(row.labels), None, list(row.values)
            if with_unit and len(names) > 1:
                given = names.pop()
        if not names:
            continue
        labels = [_MARKS.sub("", _plain(clean, label)) for label in names]
        own = _unit(_plain(clean, given)) if given else None
        part = _PART.match(_plain(clean, names[-1])) is not None
        if len(labels) > 1 or all(value.start == value.end for value in values):
            group = labels[0]  # a line of its own above the rows it holds together
        elif grid and len(grid.names) > 1 and names[0] is row.cells[grid.names[0]]:
            group = ""  # 合计 stands where 甲县 stood
        if len(values) != len(columns):
            continue
        if _TIMES.match(labels[-1]) and len(columns) > 1:
            whole_row = Span(names[-1].start, max(values[-1].end, names[-1].end))
            for value, column in zip(values, columns, strict=True):
                of_column = _named_by_column(clean, column) or statistic
                if cell := _cell(clean, value, column, (of_column, "", title, ""), whole, titled, whole_row):
                    yield replace(cell, name=of_column, time=names[-1])  # a series: 2021年8月 ¦ 1.52 ¦ 3140
            continue
        name, bracket = labels[-1], _IN_BRACKETS.search(labels[-1])
        if bracket and (unit_of_name := _unit(bracket["unit"])):
            own, name = unit_of_name, name[: bracket.start()]
        unit = own or (unit if part else whole)  # 其中 and # divide the row above, and have its unit
        place = Span(names[0].start, max(values[-1].end, names[-1].end))
        for value, column in zip(values, columns, strict=True):
            if cell := _cell(clean, value, column, (name, group, title, statistic), unit, titled, place):
                yield cell


def _header(clean: str, rows: list[_Row]) -> tuple[tuple[Span, ...], tuple[Span, ...], list[_Row]]:
    """The cells of the header, those of a second line that gives the units of the last of them, and the rows below."""
    first, rest = rows[0].labels, rows[1:]
    if rest and not rest[0].values and len(rest[0].labels) > 1 and _goes_on_head(clean, rows[0], rest[0]):
        return first, rest[0].labels, rest[1:]
    return first, (), rest


class _Grid(Struct, frozen=True):
    """A table whose lines have the cells of their header: what each place of a line holds."""

    width: int
    names: tuple[int, ...]
    unit: int | None
    places: tuple[int, ...]  # of the numbers
    values: tuple[Span, ...]  # the headers of these

    @classmethod
    def of(cls, clean: str, header: Sequence[Span], rows: Sequence[_Row]) -> _Grid | None:
        """The grid of a header and its rows; None where less than half of the lines with numbers fit it."""
        lines = [row.cells for row in rows if row.values]
        width = len(header)
        fitting = [line for line in lines if len(line) == width]
        if width < 2 or 2 * len(fitting) <= len(lines):
            return None
        heads = [_plain(clean, head) for head in header]
        serial = {i for i, head in enumerate(heads) if _SERIAL_HEAD.match(head)}
        unit = next((i for i, head in enumerate(heads) if i and _UNIT_HEAD.match(head)), None)
        numbers = [
            sum(_NUMBER.match(_plain(clean, line[i])) is not None or _counts(clean, line[i]) for line in fitting)
            for i in range(width)
        ]
        texts = [
            sum(line[i].start < line[i].end and not _is_value(clean, line[i]) for line in fitting) for i in range(width)
        ]
        places = [i for i in range(1, width) if i not in serial and i != unit and numbers[i] > texts[i]]
        if not places or any(not heads[i] for i in places):
            return None
        names = [i for i in range(places[0]) if i not in serial and i != unit]
        return cls(width, tuple(names), unit, tuple(places), tuple(header[i] for i in places)) if names else None

    def place(self, clean: str, row: _Row) -> tuple[list[Span], Span | None, list[Span]] | None:
        """The names, the unit and the numbers of a row, empty cells among them; None where it does not fit."""
        cells = row.cells
        if len(cells) != self.width:
            if row.values or len(row.labels) != 1:
                return None
            end = Span(row.labels[0].end, row.labels[0].end)
            cells = (row.labels[0], *[end] * (self.width - 1))  # a line of its own above the rows it holds together
        names = [cells[i] for i in self.names if cells[i].start < cells[i].end]
        return names, None if self.unit is None else cells[self.unit], [cells[i] for i in self.places]


def _columns(
    clean: str,
    heads: Sequence[Span],
    title: str,
    whole: tuple[Decimal, str] | None,
    units: Sequence[Span],
) -> list[_Column]:
    columns = [_column(clean, place) for place in heads]
    for at, label in enumerate(reversed(units), 1):
        match = _IN_BRACKETS.search(_plain(clean, label))
        if match and at <= len(columns) and (given := _unit(match["unit"])):
            columns[-at] = replace(columns[-at], unit=given)
    if whole and whole[1] == "%" and _MOVING.search(title):
        # 居民消费价格比上年涨跌幅度，单位：%
        columns = [_moved(column, title) for column in columns]
    dated = [
        column
        for column, words in ((column, _plain(clean, column.place)) for column in columns)
        if column.measure == "level" and (_DATED.search(words) or _YEAR.match(words))
    ]
    years = [_YEARS.findall(_plain(clean, column.place)) for column in dated]
    if len(dated) == 1 or (dated and all(len(found) == 1 for found in years)):
        # 2022年 2023年 增长（%）: the growth is that of the last year
        latest = max(zip(years, range(len(dated)), strict=True))[1]
        columns = [
            column
            if column.measure == "level" or _DATED.search(_plain(clean, column.place))
            else replace(column, place=dated[latest].place)
            for column in columns
        ]
    for i, column in enumerate(columns):
        if not i or column.measure != "growth" or column.statistic:
            continue
        if columns[i - 1].statistic and _BARE_CHANGE.match(_plain(clean, column.place)):
            before = columns[i - 1]  # 地区生产总值（亿元） 增速（%）
            columns[i] = replace(column, statistic=before.statistic, header=before.header)
    return columns


def _counts(clean: str, cell: Span) -> bool:
    """Whether a cell is a number with a unit of its own (410.5亿元)."""
    match = _NUMBER_AND_UNIT.match(_plain(clean, cell)[:40])
    return match is not None and _unit(match["unit"]) is not None


def _cell(
    clean: str,
    value: Span,
    column: _Column,
    names: tuple[str, str, str, str],
    unit: tuple[Decimal, str] | None,
    titled: Span,
    row: Span,
) -> Cell | None:
    if column.measure == "code":
        return None
    if column.measure in ("growth", "difference") and _plain(clean, value) == _EVEN:
        return _told(clean, value, column, names, Decimal(0), column.unit or unit, titled, row)
    found = find_quantities(value.of(clean))
    counts = _counts(clean, value)
    if len(found) != 1 or found[0].value_max is not None or not (counts or _NUMBER.match(_plain(clean, value))):
        return None
    number = found[0].value
    value = Span(value.start, value.start + found[0].end)  # without the mark of a note
    factor, shown = column.unit or unit or (Decimal(1), None)
    if counts or (found[0].unit and column.unit is None):
        factor, shown = Decimal(1), found[0].unit
    return _told(clean, value, column, names, times(number, factor), (factor, shown), titled, row)


def _told(
    clean: str,
    value: Span,
    column: _Column,
    names: tuple[str, str, str, str],
    number: Decimal,
    unit: tuple[Decimal, str | None] | None,
    titled: Span,
    row: Span,
) -> Cell:
    """The cell at ``value`` with the number that it comes to, named by its row, its column and the title."""
    name, group, title, statistic = names
    if column.statistic:
        # 秦州区 has no 产量 but a 粮食产量
        statistic = column.header if column.header and _PLACE.search(name) else column.statistic
    elif group:
        statistic = ""
        name = group + name if not _tells(name) else name
    if statistic and not _tells(name) and not title.endswith(name):
        name += statistic
    if column.people and not name.startswith(column.people):
        name = column.people + name  # 城市居民消费价格
    return Cell(
        value.start,
        value.end,
        name,
        column.measure,
        number,
        unit[1] if unit else None,
        column.basis,
        column.place,
        titled,
        row,
        int(words) if _YEAR.match(words := _plain(clean, column.place)) else None,
    )


def _named_by_column(clean: str, column: _Column) -> str:
    """What a column of a series measures; "" where its header is but a year."""
    if column.measure != "level" and column.statistic:
        return column.header or column.statistic
    words = _IN_BRACKETS.sub("", _plain(clean, column.place))
    words = words[_HEAD_DATE.match(words).end() :]  # type: ignore[union-attr]
    return "" if _PLAIN.match(words) else words


def _tells(name: str) -> bool:
    """Whether a row's name says by itself what is measured (原油加工量)."""
    return bool(naming.head_of(name)) or name[-1:] in "量额率数值"


def _column(clean: str, place: Span) -> _Column:
    words = _plain(clean, place)
    bracket = _IN_BRACKETS.search(words)
    unit = _unit(bracket["unit"]) if bracket else None
    bare = words[: bracket.start()] if bracket else words
    bare = bare[_HEAD_DATE.match(bare).end() :]  # type: ignore[union-attr]  # it matches nothing too
    if _CODES.search(bare):
        return _Column(place, "code", None, None, "")
    if _RANK.search(bare):
        return _Column(place, "rank", (Decimal(1), "位"), None, "")
    if _ADDED.search(bare):
        match = _SINCE.search(bare)
        return _Column(place, "difference", unit, match["basis"] if match else None, "")
    of = _OF_STATISTIC.match(bare)
    named = of["of"] if of and naming.head_of(of["of"]) else ""
    if _CHANGE.search(words):
        basis = _basis(words)
        points = _POINTS.search(words) is not None
        shown = (Decimal(1), "个百分点") if points else unit or (Decimal(1), "%")
        return _Column(place, "difference" if points else "growth", shown, basis, naming.head_of(named), named)
    if _SHARE.search(bare):
        return _Column(place, "level", (Decimal(1), "%"), None, "比重")
    if _PEOPLE.match(bare):
        return _Column(place, "level", unit, None, "", people=bare)
    bare = named or bare
    statistic = "" if _PLAIN.match(bare) else naming.head_of(bare)
    if not statistic and not _PLAIN.match(bare) and _NOUN.match(bare):
        statistic = bare  # 学校数, 在校学生
    return _Column(place, "level", unit, None, statistic, bare if statistic else "")


def _basis(words: str) -> str:
    """What the numbers of a column of changes are against."""
    return "上期" if "环比" in words else "上年" if _AGAINST_YEAR.search(words) else "上年同期"


def _moved(column: _Column, title: str) -> _Column:
    """A column of a table whose title says that all its numbers are changes; a share or a rank stays what it is."""
    if column.measure != "level" or column.unit or column.statistic:
        return column
    return replace(column, measure="growth", basis=_basis(title))


@lru_cache(maxsize=4096)
def _unit(words: str) -> tuple[Decimal, str] | None:
    """A unit with its multiplier: 亿元 → 100000000, 元; None where the words are no unit."""
    words = _INNER.sub("", words).strip("±+- ")
    if _UNITS.search(words) and (several := [unit for part in _UNITS.split(words) if (unit := _unit(part))]):
        return next((unit for unit in several if unit[1] != "%"), several[0])
    found = find_quantities("1" + words)
    if len(found) == 1 and found[0].end == len(words) + 1 and found[0].unit:
        return found[0].value, found[0].unit
    return None


def _is_value(clean: str, cell: Span) -> bool:
    words = _plain(clean, cell)
    return bool(_NUMBER.match(words) or _EMPTY.match(words)) or _counts(clean, cell)
