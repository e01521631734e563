"""Comparisons and series as people read them: nothing lost at any width, every number exact, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

import pytest
from rich.cells import cell_len

from tests.stated import figure
from zzcli.comparing import Comparison, compare, series
from zzcli.language import use
from zzcli.views import compared, sheet
from zzcli.views.records import Record

a = partial(figure, source="reports/云江2024.txt")
b = partial(figure, source="reports/江北2024.txt", area="江北区")
OWN = {"reports/云江2024.txt": "云江市", "reports/江北2024.txt": "江北区"}

FOUND = [
    a("地区生产总值", "1203.5亿元", line=3),
    a("地区生产总值", "+5.8%", line=3),
    a("地区生产总值", "3位", measure="rank", unit="位", basis="全省", line=3),
    a("地区生产总值", "+6%", relation="≥", period="2025", status="target", line=90),
    a("规模以上工业增加值", "+7.1%", flags=["real"], line=4),
    a("常住人口城镇化率", "64.5%", line=5),
    a("粮食产量", "120.35万吨", line=6),
    a("粮食产量", "118万吨", period="2023", line=7),
    a("专精特新企业", "9800家", relation=">", line=8),
    a("[bold]投资[/bold]项目", "12个", line=9),
    b("GDP", "400.25亿元", line=13),
    b("GDP", "-1%", relation="≥", line=13),
    b("全区生产总值", "400.25亿元", line=77),
    b("GDP", "+4%", value_max=Decimal("4.5"), period="2025", status="target", line=99),
    b("规上工业增加值", "+6.6%", flags=["real", "year-inferred"], line=14),
    b("城镇化率", "60%", line=15),
    b("常住人口城镇化率", "61.25%", line=15),
    b("粮食总产", "3.5亿斤", line=16),
    b("高新技术企业", "0.5万家", line=17, page=2),
    b("粮食产量", "5亿斤", area="云江市", line=18),
]


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    use("en")
    yield
    use("en")


def rendered(view: object, width: int) -> str:
    return sheet.render([view], sheet.Screen(width, None, True))  # type: ignore[list-item]


def comparison(width: int = 140, found: list[Record] = FOUND, limit: int | None = None) -> str:
    return rendered(compared.comparison(compare(found, "document", OWN), limit), width)


def words(text: str) -> str:
    """The text without what its setting puts between."""
    return "".join(text.split())


def cells(text: str, of: str) -> list[str]:
    """The cells of the first line that begins so, in columns two spaces and more apart."""
    found = next(line for line in text.splitlines() if line.strip().startswith(of))
    return [cell.strip() for cell in found.split("  ") if cell.strip()]


@pytest.mark.parametrize("width", [24, 40, 60, 80, 100, 140, 200])
def test_a_comparison_fits_its_width_and_loses_nothing(width: int) -> None:
    text = comparison(width)
    assert max(map(cell_len, text.splitlines())) <= width
    assert "…" not in text
    for said in ("云江2024", "江北2024", "1203.5", "400.25", "64.5%", "24.07", "3.5", ">9800", "5000"):
        assert said in words(text)
    for name in ("地区生产总值", "粮食产量", "专精特新企业", "高新技术企业", "[bold]投资[/bold]项目"):
        assert name in words(text)
    for line in (3, 4, 5, 6, 7, 8, 9, 13, 14, 15, 16, 17, 18, 77, 90, 99):
        assert str(line) in text


def test_documents_stand_side_by_side_with_value_change_period_and_line() -> None:
    rows = comparison(80).splitlines()
    at = rows.index("─" * 80)
    assert rows[0] == "Side by side  云江2024, 江北2024"
    assert [each.split() for each in rows[at - 2 : at]] == [["indicator", "云江2024", "江北2024"], ["云江市", "江北区"]]
    assert [" ".join(each.split()) for each in rows[at + 1 : at + 3]] == [
        "地区生产总值 1203.5 400.25 (−66.7%)",
        "亿元 2024 · line 3 2024 · line 13, 77",
    ]


def test_all_numbers_of_a_row_have_one_unit_with_one_multiplier() -> None:
    text = comparison()
    assert cells(text, "粮食产量")[:3] == ["粮食产量", "24.07", "3.5 (−85.5%)"]
    assert cells(text, "亿斤")[0] == "亿斤"
    thousands = comparison(found=[a("外商投资额", "9800万元"), b("外商投资额", "1.2亿元")])
    assert cells(thousands, "外商投资额") == ["外商投资额", "0.98", "1.2 (+22.4%)"]
    few = comparison(found=[a("游客", "0人"), a("游客人数", "9999人"), b("游客人数", "12万人")])
    assert cells(few, "游客人数") == ["游客人数", "9999", "120000 (+1100.1%)"]


def test_growths_have_their_sign_and_relation_and_change_in_points() -> None:
    text = comparison()
    assert cells(text, "规模以上工业增加值") == ["规模以上工业增加值", "+7.1%", "+6.6% (−0.5pp)"]
    assert "growth · 上年同期 · real" in text
    assert "≤ −1%" in text  # 下降1%以上
    assert "+4–4.5%" in text
    assert "≥ +6%" in text
    assert "growth · 上年同期 · target" in text
    assert "+7.1% (±0pp)" in comparison(found=[a("GDP", "+7.1%"), b("GDP", "+7.1%")])


def test_what_one_document_has_stands_below_under_its_name() -> None:
    rows = comparison().splitlines()
    first, second = rows.index("only 云江2024"), rows.index("only 江北2024")
    assert first < second
    assert [row.split() for row in rows[first + 1 : second - 1]] == [
        ["地区生产总值", "第3", "·", "rank", "·", "全省", "2024", "3"],
        ["专精特新企业", ">9800", "家", "2024", "8"],
        ["[bold]投资[/bold]项目", "12", "个", "2024", "9"],
    ]
    assert "粮食产量" in rows[second + 3]
    assert "云江市" in rows[second + 3]


def test_a_limit_is_of_rows_and_is_told() -> None:
    assert "the first 2 shown" in comparison(limit=2)
    assert "only" not in comparison(limit=2).splitlines()[-4]
    assert "shown" not in comparison(limit=1000)
    text = comparison(limit=7)
    assert "地区生产总值" in text
    assert "only 云江2024" in text
    assert "only 江北2024" not in text


def test_figures_that_are_left_out_are_counted() -> None:
    assert "1 figure left out, without a name or a period" in comparison(found=[*FOUND, a(None, "5个")])
    assert "0 statistics in several columns · 0 in one only" in comparison(found=[])


def test_documents_of_one_name_are_called_by_their_paths() -> None:
    assert compared.labels(["x/report.txt", "y/report.txt", "-", "z.txt"]) == {
        "x/report.txt": "x/report.txt",
        "y/report.txt": "y/report.txt",
        "-": "standard input",
        "z.txt": "z",
    }


def by_period(found: list[Record]) -> Comparison:
    return compare(found, "period", dict.fromkeys((record["source"] for record in found), "云江市"))


@pytest.mark.parametrize("width", [24, 60, 80, 140])
def test_periods_stand_side_by_side_with_what_is_a_target(width: int) -> None:
    found = [each for each in FOUND if each["area"] == "云江市"]
    text = rendered(compared.comparison(by_period(found)), width)
    assert max(map(cell_len, text.splitlines())) <= width
    if width >= 80:
        assert cells(text, "地区生产总值")[:3] == ["地区生产总值", "+5.8%", "≥ +6%"]
        assert "江北2024·line18" in words(text)
        assert "line90·target" in words(text)
        assert text.startswith("Side by side  云江2024, 江北2024 · 云江市")
    assert "24.07" in text


def test_periods_of_one_document_need_no_name_of_it() -> None:
    text = rendered(compared.comparison(by_period([a("GDP", "9亿元", period="2023"), a("GDP", "9.9亿元")])), 80)
    assert [" ".join(row.split()) for row in text.splitlines()[4:6]] == ["GDP 9 9.9 (+10%)", "亿元 line 1 line 1"]


SERIES = [
    a("地区生产总值", "1203.5亿元", line=3),
    b("GDP", "1203.5亿元", area="云江市", line=33),
    b("GDP", "1190亿元", area="云江市", line=34, page=4),
    a("GDP", "1100亿元", period="2023", line=5, flags=["year-inferred"]),
    a("GDP", "+5.8%", line=6, flags=["real", "vague"]),
    a("GDP", "+5%", relation="~", period="2025", status="target", line=7),
    a("GDP", "+30%", period="2021/2024", basis="2020年", line=8),
    a("GDP", "2位", measure="rank", unit="位", basis="全省", period=None, line=9),
    a("人均GDP", "9万元"),
]


@pytest.mark.parametrize("width", [24, 40, 80, 140])
def test_a_series_fits_its_width_and_loses_nothing(width: int) -> None:
    text = rendered(compared.series(series(SERIES, "GDP")), width)
    assert max(map(cell_len, text.splitlines())) <= width
    for said in ("1203.5", "1190", "1100", "+5.8%", "~+5%", "+30%", "第2", "2020年", "全省", "target", "vague", "real"):
        assert said in words(text)
    for line in (3, 5, 6, 7, 8, 9, 33, 34):
        assert f"line{line}" in words(text)


def test_a_series_is_set_line_by_line_in_order_of_time_with_every_place() -> None:
    rows = rendered(compared.series(series(SERIES, "GDP")), 140).splitlines()
    assert rows[0] == "Series  GDP"
    at = rows.index("地区生产总值 · 亿元 · 云江市")
    assert [" ".join(row.split()) for row in rows[at + 1 : at + 6]] == [
        "2023* 1100 · GDP 云江2024 · line 5",
        "2024 1203.5 · contradicted by another statement 云江2024 · line 3",
        "江北2024 · line 33",
        "2024 1190 · GDP 江北2024 · page 4 · line 34",
        "· contradicted by another statement",
    ]
    assert "GDP · rank · 云江市" in rows
    assert rows[-3:] == [
        "7 values · 2 documents",
        "doubtful: contradicted (2), * year inferred (1)",
        "also there: 人均GDP",
    ]


def test_a_chart_stands_below_the_lines_it_is_made_of() -> None:
    told = series(SERIES, "GDP")
    rows = [row for row in rendered(compared.series(told), 80).splitlines() if row]
    drawn = [index for index, row in enumerate(rows) if "█" in row]
    assert len(drawn) == sum(len(line.points) for line in told.lines if len(line.points) > 1 and line.measure != "rank")
    assert max(drawn) < rows.index("7 values · 2 documents")


def test_they_speak_chinese_too() -> None:
    use("zh")
    text = comparison() + rendered(compared.series(series(SERIES, "GDP")), 80)
    for said in (
        "对照",
        "指标",
        "第13, 77行",
        "(−0.5百分点)",
        "仅见于云江2024",
        "与另一处矛盾",
        "另有：人均GDP",
        "目标",
    ):
        assert said in text
