"""Charts: bars that are as long as their numbers, and events at their place on the scale."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import RenderableType

from zzcli.document import Document, parse
from zzcli.views import charts, sheet
from zzcli.views.charts import Bar, bars
from zzcli.views.scale import scale

WIDTHS = [24, 40, 60, 80, 140, 300]


def drawn(view: RenderableType, width: int = 80, blocks: bool = True) -> list[str]:
    return sheet.render([view], sheet.Screen(width, None, False, blocks)).splitlines()


def barred(*values: str | None, width: int = 80, blocks: bool = True) -> list[str]:
    """Bars of numbers, without what stands before them."""
    rows = [Bar("产值", None if value is None else Decimal(value), value or "–") for value in values]
    before = len("产值") + 2 + max((len(row.shown) for row in rows), default=0) + 2
    return [line[before:].rstrip() for line in drawn(bars(rows, width, blocks), width, blocks)]


def test_a_bar_is_as_long_as_its_number_to_an_eighth_of_a_cell() -> None:
    whole, half, part = barred("480", "240", "3")
    assert whole == "█" * 60
    assert half == "█" * 30
    assert part == "▍"
    assert barred("60", "59.5")[1] == "█" * 59 + "▌"


def test_plain_bars_have_whole_cells() -> None:
    assert barred("60", "30", "29.6", "0.1", blocks=False) == ["#" * 60, "#" * 30, "#" * 30, "."]


def test_what_is_negative_goes_to_the_left_of_zero() -> None:
    up, down, none = barred("5.8", "-2.9", "0")
    axis = none.index("│")
    assert up.index("█") == axis + 1
    assert down.endswith("│")
    assert len(down) == axis + 1
    assert down.strip("│ ").strip("█") == ""
    assert abs(up.count("█") - 2 * down.count("█")) <= 1
    assert barred("-1", "-2", blocks=False)[1] == "#" * 59 + "|"
    assert "." in barred("-0.001", "9", blocks=False)[0]


def test_equal_numbers_have_equal_bars_and_zero_has_none() -> None:
    assert len(set(barred("7", "7", "7"))) == 1
    assert barred("0", "0") == ["", ""]
    assert barred("3") == ["█" * 60]
    assert barred() == []


def test_a_number_that_is_not_zero_can_be_seen_beside_any_other() -> None:
    assert barred("1E+400", "1", "0")[1:] == ["▏", ""]
    assert barred("-1E-400", "8")[0].strip() == "▕│"


def test_what_has_no_number_has_no_bar() -> None:
    lines = drawn(bars([Bar("产值", Decimal(3), "3亿元"), Bar("税收", None)], 80, True))
    assert lines[1].split() == ["税收", "–"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("blocks", [True, False])
def test_bars_fit_their_width(width: int, blocks: bool) -> None:
    rows = [
        Bar("云江市规模以上工业增加值" * 3, Decimal(5), "1203.5亿元" * 2, "第1行"),
        Bar("税收", Decimal(-5), "−5", "第2行"),
    ]
    lines = drawn(bars(rows, width, blocks), width, blocks)
    assert max(map(cell_len, lines)) <= width
    assert any("█" in line or "#" in line for line in lines)


TABLE = """云江市主要指标

指标\t单位\t2021\t2022\t2023\t2024
地区生产总值\t亿元\t980.5\t1020.3\t1100\t1203.5

2024年，全市地区生产总值1203.5亿元，同比增长5.8%，居全省第三；2025年地区生产总值预计增长6%。
"""


def test_levels_and_growths_have_charts_of_their_own_in_order_of_time() -> None:
    document = parse(TABLE)
    figures = [figure for figure in document.figures if figure.indicator == "地区生产总值"]
    lines = drawn(charts.figures(document, figures, "地区生产总值"))
    level = next(index for index, line in enumerate(lines) if line.startswith("level · 元"))
    growth = next(index for index, line in enumerate(lines) if line.startswith("growth · %"))
    assert [line.split()[0] for line in lines[level + 1 : growth - 1]] == ["2021", "2022", "2023", "2024", "2024"]
    assert "980.5亿元" in lines[level + 1]
    assert lines[level + 1].endswith("line 4")
    assert [line.split()[:2] for line in lines[growth + 1 : growth + 3]] == [["2024", "+5.8%"], ["2025", "+6%"]]
    assert lines[growth + 2].endswith("· target")
    assert "figures: 7 · ranks, not drawn: 1" in lines[-1]


def test_figures_of_several_areas_are_told_apart_and_stand_together() -> None:
    document = parse("2023年，产值5亿元。2023年，产值3亿元。2024年，产值8亿元。2024年，产值6亿元。")
    areas = ["云江市", "海州市"] * 2
    figures = [replace(figure, area=area) for figure, area in zip(document.figures, areas, strict=True)]
    lines = drawn(charts.figures(document, figures, "产值"))
    told = [line.split()[:2] for line in lines if line.startswith("20")]
    assert told == [["2023", "云江市"], ["2024", "云江市"], ["2023", "海州市"], ["2024", "海州市"]]


def test_industries_stand_in_the_order_of_their_scale(page: Document) -> None:
    lines = drawn(charts.industries(page, page.industries))
    assert lines[2].split()[:2] == ["智能船舶", "1600.5亿元"]
    assert lines[2].endswith("line 8")
    assert lines[-1].endswith("industries with a scale: 1 · without: 1")


def test_scales_in_several_units_have_charts_of_their_own(page: Document) -> None:
    small = replace(page.industries[0], industry="钟表", scale=Decimal(5))
    steel = replace(page.industries[0], industry="钢铁", scale_unit="吨")
    lines = drawn(charts.industries(page, [small, page.industries[0], steel]))
    assert [line.split()[0] for line in lines[2:-2] if line] == ["元", "智能船舶", "钟表", "吨", "钢铁"]


def timed(text: str, width: int = 80, blocks: bool = True) -> list[str]:
    document = parse(text)
    return drawn(charts.timeline(document, document.timeline), width, blocks)


def place(lines: list[str], words: str, sign: str) -> int:
    """The cell of the sign on the one line with the words."""
    (line,) = [line for line in lines[4:] if words in line]
    return cell_len(line[: line.index(sign)])


BRIDGE = "2021年，云江大桥开工。2022年3月15日，主塔封顶。2022年10月，全桥合龙。2023年上半年，完成桥面铺装。"


@pytest.mark.parametrize("width", [80, 140])
def test_events_stand_below_their_place_on_the_scale(width: int) -> None:
    lines = timed(BRIDGE, width)
    assert [lines[2].index(year) for year in ("2021", "2022", "2023")] == [
        cell_len(lines[3][:index]) for index, sign in enumerate(lines[3]) if sign in "├┼"
    ]
    begun, capped, closed = place(lines, "开工", "├"), place(lines, "封顶", "●"), place(lines, "合龙", "●")
    second, third = lines[2].index("2022"), lines[2].index("2023")
    assert begun == 0
    assert place(lines, "开工", "┤") == second - 1
    assert second < capped < closed < third
    assert abs((capped - second) / (third - second) - 73 / 365) < 0.06
    assert place(lines, "桥面", "├") == third


def test_a_month_has_its_days() -> None:
    lines = timed("2024年5月3日，云江大桥开工。2024年5月15日，主塔封顶。2024年5月20日至28日，举行展览。")
    assert lines[2].split() == ["2024-05", "5", "10", "15", "20", "25", "30", "line"]
    assert abs(place(lines, "封顶", "●") - lines[2].index("15")) <= 1
    assert abs(place(lines, "展览", "├") - lines[2].index(" 20 ") - 1) <= 1


@pytest.mark.parametrize(("month", "last"), [(2, 28), (4, 30), (12, 31)])
@pytest.mark.parametrize("width", [24, 40, 60, 100, 160])
def test_a_month_has_no_more_days_than_it_has(month: int, last: int, width: int) -> None:
    lines = timed(f"2023年{month}月3日，云江大桥开工。2023年{month}月{last}日，主塔封顶。", width)
    assert {int(label) for label in lines[2].split()[1:-1]} <= set(range(2, last + 1))


def test_years_without_anything_are_left_out_and_the_others_have_their_room() -> None:
    lines = timed(
        "1949年，云江机器厂成立。" + "".join(f"2024年{month}月5日，第{month}条线投产。" for month in range(1, 10))
    )
    assert lines[2].split() == ["1949", "2024", *map(str, range(2, 13)), "line"]
    assert "┄" in lines[3]
    assert lines[2].index("2024") < 20


def test_a_range_is_drawn_from_end_to_end_and_an_open_one_has_an_arrow() -> None:
    lines = timed("2019年至2021年，云江港扩建。自2022年以来，吞吐量连年增长。2024年，云江港获评示范港口。")
    assert place(lines, "扩建", "├") == lines[2].index("2019")
    assert place(lines, "扩建", "┤") == lines[2].index("2022") - 1
    open_end = next(line for line in lines if "→" in line)
    assert cell_len(open_end[: open_end.index("├")]) == lines[2].index("2022")
    assert cell_len(open_end[: open_end.index("→") + 1]) == cell_len(lines[3])


def test_an_event_says_its_date_within_the_year_its_words_and_its_line() -> None:
    lines = timed("云江大事记\n\n2022年3月15日，主塔封顶。\n2023年，通车。\n")
    assert next(line for line in lines if "封顶" in line).replace("┊", "").split() == ["●", "03-15", "主塔封顶", "3"]


def test_undated_statements_are_counted() -> None:
    document = parse("截至目前，云江港建成泊位12个。")
    assert [event.period.code for event in document.timeline] == [None]
    lines = drawn(charts.timeline(document, document.timeline))
    assert lines[-1] == "text · dated statements: 0 · without a date: 1"


def test_a_long_chart_has_its_scale_at_both_ends() -> None:
    lines = timed("云江大事记\n\n" + "".join(f"{year}年，第{year}号工程竣工。\n" for year in range(1990, 2020)))
    assert lines[2].startswith("1990")
    assert lines[-3].startswith("1990")
    assert lines[3] == lines[-4]


CHRONICLE = "".join(
    f"{year}年{year % 12 + 1}月，云江市第{year}号工程竣工并正式投入使用。\n" for year in range(1951, 2026, 1)
)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("blocks", [True, False])
@pytest.mark.parametrize(
    "text", [BRIDGE, CHRONICLE, "公元前221年至9999年12月31日，云江。1年，大水。9999年12月，大水。", "2024年，通车。"]
)
def test_a_timeline_fits_its_width_at_any_span(text: str, width: int, blocks: bool) -> None:
    lines = timed(text, width, blocks)
    assert max(map(cell_len, lines)) <= width


def test_what_is_told_twice_has_one_row() -> None:
    lines = timed("云江大桥通车\n\n2023年6月1日，云江大桥通车。\n\n2023年6月1日，云江大桥通车。\n")
    assert sum("●" in line for line in lines) == 1
    assert any(line.endswith("3, 5") for line in lines)


@pytest.mark.parametrize("width", [1, 3, 10, 36, 72, 200])
def test_every_day_of_a_scale_has_a_cell_in_its_order(width: int) -> None:
    document = parse(CHRONICLE)
    made = scale([event.period for event in document.timeline], width)
    cells = [made.cell(event.period.first) for event in document.timeline if event.period.first]
    assert cells == sorted(cells)
    assert 0 <= cells[0] <= cells[-1] < width


@pytest.mark.usefixtures("chinese")
def test_charts_speak_chinese() -> None:
    assert timed(BRIDGE)[-1] == "text · 记事4条"


def test_nothing_of_a_document_steers_the_terminal() -> None:
    document = parse("2024年，\x1b[31m云江大桥\u202e通车，产值5亿元。")
    views = [charts.timeline(document, document.timeline), charts.figures(document, document.figures, "\x1b[1m产值")]
    for view in views:
        assert not set("\x1b\u202e") & set("".join(drawn(view)))


def test_a_chart_of_figures_is_headed_by_their_one_indicator_or_the_document() -> None:
    document = parse("云江市工作报告\n\n2023年，产值5亿元。2024年，产值8亿元，税收1亿元。")
    outputs = [figure for figure in document.figures if figure.indicator == "产值"]
    assert drawn(charts.figures(document, outputs))[0] == "Figures  产值"
    lines = drawn(charts.figures(document, document.figures))
    assert lines[0] == "Figures  云江市工作报告"
    assert [line.split()[:2] for line in lines[3:6]] == [["2023", "产值"], ["2024", "产值"], ["2024", "税收"]]
