"""What a comparison and a series promise: what is put together, what is kept apart, and when a change is told."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any, Literal

import pytest

from tests.stated import figure
from tests.work import grows_linearly
from zzcli.comparing import Change, Comparison, Series, agree, compare, series
from zzcli.document import parse
from zzcli.views.formats import number
from zzcli.views.records import Record, compared_records, keys, records, series_records

a = partial(figure, source="a.txt")
b = partial(figure, source="b.txt")
c = partial(figure, source="c.txt")
OWN = {"a.txt": "云江市", "b.txt": "云江市", "c.txt": "云江市"}


def side_by_side(*found: Record, own: dict[str, str | None] | None = None) -> Comparison:
    return compare(found, "document", OWN if own is None else own)


def shown(comparison: Comparison) -> list[tuple[str, list[list[str]]]]:
    """The rows that several columns have: the name, and the values of each cell."""
    return [
        (row.indicator, [[number(each.value) for each in cell.stated] for cell in row.cells]) for row in comparison.rows
    ]


def change(*found: Record, own: dict[str, str | None] | None = None) -> tuple[str, str] | None:
    """The change in the second column of the one row."""
    (row,) = side_by_side(*found, own=own).rows
    told = row.cells[1].change
    return (format(told.value, "f"), told.unit) if told else None


# ---------------------------------------------------------------------------------------------------------------------
# What stands in one row


def test_a_statistic_is_known_by_any_of_its_names_and_keeps_its_words() -> None:
    told = side_by_side(a("GDP", "100亿元"), b("全市地区生产总值", "110亿元"))
    assert shown(told) == [("GDP", [["10000000000"], ["11000000000"], []])]
    assert [cell.stated[0].indicator for cell in told.rows[0].cells[:2]] == ["GDP", "全市地区生产总值"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (a("工业增加值", "5亿元"), b("规模以上工业增加值", "5亿元")),
        (a("GDP", "5亿元"), b("GDP", "+5%")),
        (a("GDP", "5亿元"), b("GDP", "5亿吨")),
        (a("GDP", "5亿元", area="江北区"), b("GDP", "5亿元", area="江南区")),
        (a("GDP", "5亿元", area="江北区"), b("GDP", "5亿元")),
        (a("GDP", "5亿元"), b("GDP", "5亿元", status="target")),
        (a("GDP", "+5%"), b("GDP", "+5%", basis="2020年")),
        (a("GDP", "+5%"), b("GDP", "+83%", basis=None, period="2021/2025")),
        (a("居民收入", "+5%", flags=["real"]), b("居民收入", "+5%", flags=["nominal"])),
        (a("GDP", "1位", measure="rank", basis="全省"), b("GDP", "1位", measure="rank", basis="全国")),
        (a("GDP增速", "1位", measure="rank"), b("GDP", "1位", measure="rank")),
        (a("企业", "5家"), b("企业", "5家")),
        (a("增速", "+5%"), b("增速", "+5%")),
        (a("投入", "5亿元"), b("投入", "5亿元")),
    ],
)
def test_what_is_no_one_statistic_stands_in_no_one_row(one: Record, other: Record) -> None:
    told = side_by_side(one, other)
    assert not told.rows
    assert len(told.only) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (a("GDP", "+5%"), b("GDP", "+5%", basis=None)),
        (a("GDP", "+5%", basis="上年"), b("GDP", "+5%", basis="去年同期")),
        (a("GDP增速", "+5%"), b("GDP", "+5%")),
        (a("规上工业企业", "5家"), b("规模以上工业企业", "5个")),
        (a("粮食产量", "5亿斤"), b("粮食总产", "5万吨")),
        (a("GDP", "5亿元", area="江北区"), b("GDP", "5亿元", area="江北区")),
    ],
)
def test_what_is_one_statistic_stands_in_one_row(one: Record, other: Record) -> None:
    assert len(side_by_side(one, other).rows) == 1


def test_what_documents_say_of_their_own_areas_stands_side_by_side() -> None:
    own: dict[str, str | None] = {"a.txt": "云江市", "b.txt": "江北区"}
    told = side_by_side(a("GDP", "100亿元"), b("GDP", "40亿元", area="江北区"), b("GDP", "100亿元"), own=own)
    (row,), (alone,) = told.rows, told.only
    assert row.area is None
    assert [cell.stated[0].area for cell in row.cells] == ["云江市", "江北区"]
    assert (alone.area, [len(cell.stated) for cell in alone.cells]) == ("云江市", [0, 1])
    assert told.areas == ("云江市", "江北区")


def test_a_row_has_one_unit_the_smaller_so_that_all_comes_out_even() -> None:
    told = side_by_side(a("粮食产量", "2785万吨"), b("粮食产量", "557.1亿斤"))
    assert told.rows[0].unit == "斤"
    assert shown(told) == [("粮食产量", [["55700000000"], ["55710000000"], []])]
    told = side_by_side(a("播种面积", "3万公顷"), b("播种面积", "4平方公里"))
    assert (told.rows[0].unit, shown(told)[0][1]) == ("公顷", [["30000"], ["400"], []])


def test_columns_come_in_the_order_given_also_of_documents_that_say_nothing() -> None:
    told = side_by_side(c("GDP", "1亿元"), a("GDP", "2亿元"))
    assert told.columns == told.documents == ("a.txt", "b.txt", "c.txt")
    assert [cell.stated == () for cell in told.rows[0].cells] == [False, True, False]
    assert compare([c("GDP", "1亿元"), a("GDP", "2亿元")], "document").columns == ("c.txt", "a.txt")


def test_the_most_common_rows_come_first_and_what_one_document_has_below() -> None:
    of_one = [a("进口", "1亿元"), a("社零", "1亿元"), a("GDP", "1亿元")]
    told = side_by_side(*of_one, b("GDP", "1亿元"), b("社零", "1亿元"), c("GDP", "1亿元"))
    assert [row.indicator for row in told.rows] == ["GDP", "社零"]
    assert [(row.indicator, row.in_columns) for row in told.only] == [("进口", 1)]


def test_figures_without_a_name_are_counted_and_left_out() -> None:
    told = side_by_side(a(None, "1亿元"), a("", "1亿元"), a("“”", "1亿元"))
    assert (told.rows, told.only, told.left_out) == ((), (), 3)


def test_a_cell_holds_each_value_once_the_latest_first() -> None:
    told = side_by_side(
        a("GDP", "70亿元", period=None),
        a("GDP", "300亿元", period="2021/2024"),
        a("GDP", "80亿元", period="2023"),
        a("GDP", "90亿元", line=2),
        a("GDP", "90亿元", line=5),
        a("GDP", "50亿元", period="2024-S1"),
        b("GDP", "1亿元"),
    )
    cell = told.rows[0].cells[0]
    assert [each.period for each in cell.stated] == ["2024", "2021/2024", "2024-S1", "2023", None]
    assert [place.line for place in cell.stated[0].places] == [2, 5]


# ---------------------------------------------------------------------------------------------------------------------
# Changes


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("1000亿元", "1055亿元", ("5.5", "%")),
        ("1000亿元", "999.5亿元", ("-0.1", "%")),  # a half goes away from zero
        ("1000亿元", "1000.4亿元", ("0.0", "%")),
        ("3亿元", "1亿元", ("-66.7", "%")),
        ("64.5%", "63%", ("-1.5", "个百分点")),
        ("+5.8%", "+5.5%", ("-0.3", "个百分点")),
        ("-1%", "+2.5%", ("3.5", "个百分点")),
    ],
)
def test_levels_change_in_per_cent_rates_and_growths_in_points(before: str, now: str, told: tuple[str, str]) -> None:
    assert change(a("工业增加值", before, period="2023"), b("工业增加值", now)) == told
    assert change(a("工业增加值", before, relation="~"), b("工业增加值", now)) == told


GDP: Callable[..., Record] = partial(a, "GDP", "100亿元")
NEXT: Callable[..., Record] = partial(b, "GDP", "110亿元")


@pytest.mark.parametrize(
    "found",
    [
        (GDP(relation=">"), NEXT()),
        (GDP(), NEXT(relation="≥")),
        (GDP(), NEXT(value_max=Decimal(10**11))),
        (GDP(), NEXT(period="2024-S1")),
        (GDP(period="2024-S1"), NEXT(period="2024-S2")),
        (GDP(period=None), NEXT()),
        (GDP(period="2021/.."), NEXT(period="2021/..")),
        (GDP(), NEXT(flags=["truncated"])),
        (GDP(flags=["vague"]), NEXT()),
        (GDP(), NEXT(), b("GDP", "120亿元")),
        (a("GDP", "0亿元"), NEXT()),
        (a("工业利润", "-3亿元", measure="level", basis=None), b("工业利润", "5亿元")),
        (a("高新技术企业", "50家"), b("高新技术企业", "60家")),
        (a("GDP", "3位", measure="rank"), b("GDP", "2位", measure="rank")),
        (a("GDP", "0.3个", measure="difference"), b("GDP", "0.5个", measure="difference")),
    ],
)
def test_there_is_no_change_where_it_is_not_sound(found: tuple[Record, ...]) -> None:
    assert change(*found) is None


def test_there_is_no_change_where_both_the_area_and_the_time_are_others() -> None:
    own: dict[str, str | None] = {"a.txt": "云江市", "b.txt": "江北区"}
    assert change(GDP(), NEXT(area="江北区"), own=own) == ("10.0", "%")
    assert change(GDP(period="2023"), NEXT(area="江北区"), own=own) is None
    assert change(GDP(period="2023"), NEXT()) == ("10.0", "%")


def test_a_change_is_that_of_the_latest_periods_that_are_alike() -> None:
    told = side_by_side(GDP(period="2022"), GDP(period="2023"), b("GDP", "80亿元", period="2025-S1"), NEXT())
    cell = told.rows[0].cells[1]
    assert isinstance(cell.change, Change)
    assert (cell.stated[cell.change.of].period, cell.change.against.period) == ("2024", "2023")


def test_of_values_that_agree_the_more_exact_one_changes() -> None:
    found = (a("GDP", "99亿元", relation=">"), a("GDP", "100亿元"), a("GDP", "100.2亿元", relation="~"), NEXT())
    assert change(*found) == ("10.0", "%")


def test_a_change_is_from_the_column_before_and_from_no_other() -> None:
    told = side_by_side(GDP(), c("GDP", "110亿元"), b("社零", "1亿元"))
    assert told.rows[0].cells[2].change is None


# ---------------------------------------------------------------------------------------------------------------------
# By period


def by_period(*found: Record) -> Comparison:
    return compare(found, "period", OWN)


def test_periods_are_columns_in_order_of_time_over_all_documents() -> None:
    told = by_period(
        GDP(period="2025"), NEXT(period="2023"), NEXT(period="2024-S1"), GDP(period="../2024"), NEXT(), GDP(period=None)
    )
    assert told.columns == ("2023", "2024-S1", "../2024", "2024", "2025")
    assert told.left_out == 1
    assert told.documents == ("a.txt", "b.txt", "c.txt")


def test_a_period_changes_from_the_one_before_it_that_is_like_it() -> None:
    told = by_period(GDP(period="2023"), b("GDP", "40亿元", period="2024-S1"), NEXT())
    assert [cell.change and str(cell.change.value) for cell in told.rows[0].cells] == [None, None, "10.0"]


def test_what_several_documents_say_of_a_period_is_in_one_cell() -> None:
    told = by_period(GDP(), b("GDP", "100亿元"), GDP(period="2023"))
    assert [[place.source for place in cell.stated[0].places] for cell in told.rows[0].cells] == [
        ["a.txt"],
        ["a.txt", "b.txt"],
    ]


def test_a_target_stands_beside_what_came_of_it_and_nothing_changes_between() -> None:
    told = by_period(GDP(), GDP(period="2025", status="target"))
    (row,) = told.rows
    assert row.status is None
    assert [(cell.stated[0].status, cell.change) for cell in row.cells] == [("actual", None), ("target", None)]


def test_periods_of_several_areas_are_rows_of_their_own() -> None:
    assert not by_period(GDP(), NEXT(period="2023", area="江北区")).rows


# ---------------------------------------------------------------------------------------------------------------------
# Series


def points(told: Series) -> list[tuple[str | None, str, int]]:
    return [(each.period, f"{each.value:f}", len(each.places)) for each in told.points]


def test_a_series_has_all_of_a_statistic_by_area_measure_unit_and_time() -> None:
    told = series(
        [
            NEXT(period="2024-S1"),
            b("GDP", "+5%"),
            NEXT(area="江北区"),
            a("生产总值", "100亿元", period="2023"),
            a("人均GDP", "1万元"),
            a("社零", "1亿元"),
            a("地区生产总值", "1位", measure="rank"),
            a(None, "1亿元"),
        ],
        "国内生产总值",
    )
    lines = [(line.area, line.measure, line.unit, [each.period for each in line.points]) for line in told.lines]
    assert lines == [
        ("云江市", "level", "元", ["2023", "2024-S1"]),
        ("云江市", "growth", "%", ["2024"]),
        ("云江市", "rank", "位", ["2024"]),
        ("江北区", "level", "元", ["2024"]),
    ]
    assert told.near == ("人均GDP",)


def test_a_growth_is_asked_for_by_its_own_name() -> None:
    told = series([GDP(), a("GDP", "+5%")], "GDP增速")
    assert [line.measure for line in told.lines] == ["growth"]


def test_where_there_is_none_the_names_that_hold_it_are_told_as_they_are_written() -> None:
    told = series([a("规上工业增加值", "+5%"), a("规模以上工业增加值", "+6%"), a("社零", "1亿元")], "工业增加值")
    assert (told.lines, told.near) == ((), ("规上工业增加值",))


def test_equal_statements_are_one_point_with_all_their_places() -> None:
    told = series([GDP(line=3), b("生产总值", "100亿元", line=7)], "GDP")
    assert points(told) == [("2024", "10000000000", 2)]
    assert [(place.source, place.line) for place in told.points[0].places] == [("a.txt", 3), ("b.txt", 7)]


AGREEING: list[tuple[tuple[str, dict[str, Any]], tuple[str, dict[str, Any]]]] = [
    (("1203.5亿元", {}), ("1203.45亿元", {})),
    (("1203.5亿元", {}), ("1203.54亿元", {})),
    (("1200亿元", {"relation": "~"}), ("1203.45亿元", {})),
    (("1200亿元", {"relation": ">"}), ("1203.45亿元", {})),
    (("1200亿元", {"relation": ">"}), ("1100亿元", {"relation": "≥"})),
    (("1300亿元", {"relation": "<"}), ("1203.45亿元", {})),
    (("+5%", {"value_max": Decimal("5.5")}), ("+5.2%", {})),
    (("-1%", {"relation": "≥"}), ("-1.5%", {})),  # 下降1%以上
    (("三亿元", {"value": "300000000"}), ("3.2亿元", {"relation": "~"})),
]
CONTRARY: list[tuple[tuple[str, dict[str, Any]], tuple[str, dict[str, Any]]]] = [
    (("1203.5亿元", {}), ("1203.4亿元", {})),
    (("1203.5亿元", {}), ("1203.56亿元", {})),
    (("1200亿元", {}), ("1203亿元", {})),
    (("1200亿元", {"relation": "~"}), ("1400亿元", {})),
    (("1200亿元", {"relation": ">"}), ("1100亿元", {})),
    (("1200亿元", {"relation": "<"}), ("1300亿元", {})),
    (("+5%", {"value_max": Decimal("5.5")}), ("+5.8%", {})),
    (("-1%", {"relation": "≥"}), ("-0.5%", {})),
    (("三亿元", {"value": "300000000"}), ("4亿元", {})),
    (("+0%", {}), ("+1%", {})),
]


@pytest.mark.parametrize(
    ("one", "other", "agreeing"), [(*pair, True) for pair in AGREEING] + [(*pair, False) for pair in CONTRARY]
)
def test_two_statements_contradict_each_other_where_both_cannot_be_true(
    one: tuple[str, dict[str, Any]], other: tuple[str, dict[str, Any]], agreeing: bool
) -> None:
    for first, second in ((one, other), (other, one)):
        stated = [a("税收收入", first[0], **first[1]), b("税收收入", second[0], **second[1])]
        found = series(stated, "税收收入")
        assert len(found.points) == 2
        assert agree(*found.points) is agreeing
        assert [point.contradicted for point in found.points] == [not agreeing] * 2


@pytest.mark.parametrize(
    "other", [{"period": "2023"}, {"status": "target"}, {"area": "江北区"}, {"flags": ["real"]}, {"basis": "2020年"}]
)
def test_statements_of_another_time_area_basis_or_status_contradict_nothing(other: dict[str, Any]) -> None:
    told = series([GDP(), NEXT(**other)], "GDP")
    assert not any(point.contradicted for point in told.points)


def test_statements_without_a_period_contradict_nothing() -> None:
    told = series([GDP(period=None), NEXT(period=None)], "GDP")
    assert not any(point.contradicted for point in told.points)


def test_only_what_is_contradicted_is_marked() -> None:
    told = series([GDP(), b("GDP", "100.4亿元"), c("GDP", "140亿元"), c("GDP", "90亿元", relation=">")], "GDP")
    assert [(str(each.value), each.contradicted) for each in told.points] == [
        ("10000000000", True),
        ("10040000000.0", True),
        ("14000000000", True),
        ("9000000000", False),
    ]


# ---------------------------------------------------------------------------------------------------------------------
# Records

PLACE = ["source", "line", "start", "end", "page", "paragraph"]


def test_the_keys_of_their_records_are_stable() -> None:
    value = ["value", "value_max", "relation"]
    kept = {
        "compare": [
            *PLACE,
            *["indicator", "measure", "area", "unit", "status", "basis", "column", *value, "period"],
            *["flags", "change", "change_unit", "in_columns", "also"],
        ],
        "series": [
            *PLACE,
            *["indicator", "area", "measure", "unit", "period", "period_start", "period_end", *value],
            *["basis", "status", "flags", "also"],
        ],
    }
    assert {kind: list(keys(kind)) for kind in kept} == kept
    found = [GDP(line=4), GDP(line=9), NEXT(period="2025"), b("社零", "1亿元")]
    assert [list(record) for record in compared_records(side_by_side(*found))] == [kept["compare"]] * 3
    assert [list(record) for record in series_records(series(found, "GDP"))] == [kept["series"]] * 2


def test_a_record_of_a_comparison_has_the_change_at_the_value_that_changed() -> None:
    found = list(
        compared_records(side_by_side(GDP(line=4), GDP(line=9), NEXT(period="2025"), NEXT(period="2021/2025")))
    )
    told = [(each["column"], each["period"], each["change"], each["change_unit"], each["in_columns"]) for each in found]
    assert told == [
        ("a.txt", "2024", None, None, 2),
        ("b.txt", "2025", Decimal("10.0"), "%", 2),
        ("b.txt", "2021/2025", None, None, 2),
    ]
    assert [(each["line"], each["also"]) for each in found[:1]] == [
        (4, [{"source": "a.txt", "line": 9, "start": 0, "end": 4}])
    ]


def test_a_record_of_a_series_is_flagged_where_it_is_contradicted() -> None:
    found = series_records(series([GDP(flags=["year-inferred"]), NEXT(), GDP(period="2023")], "GDP"))
    assert [each["flags"] for each in found] == [[], ["year-inferred", "contradicted"], ["contradicted"]]


def test_the_figures_of_documents_are_compared_as_they_are_read() -> None:
    texts = {
        "one.txt": "云江市2023年工作报告\n\n2023年，全市GDP1000亿元，增长5.8%；社零总额450亿元。",
        "two.txt": "云江市2024年工作报告\n\n2024年，全市地区生产总值1055亿元，增长5.5%；进出口总值12亿元。",
    }
    documents = [parse(text, source=name) for name, text in texts.items()]
    found = [record for document in documents for record in records(document, "figures")]
    told = compare(found, "document", {document.source: document.area for document in documents})
    changes = [(row.measure, str(row.cells[1].change.value)) for row in told.rows if row.cells[1].change]
    assert changes == [("level", "5.5"), ("growth", "-0.3")]
    assert [row.indicator for row in told.only] == ["社零总额", "进出口总值"]


@pytest.mark.parametrize("digits", ["9" * 60, "0." + "3" * 60, "1e999", "0"])
def test_no_number_is_too_long_to_be_compared(digits: str) -> None:
    found = [a("GDP", "1元", digits), b("GDP", "1元", "7"), b("GDP", "9元", digits, period="2023")]
    assert len(side_by_side(*found).rows) == 1
    assert len(series(found, "GDP").points) == 3


# ---------------------------------------------------------------------------------------------------------------------
# However many


RELATIONS = ("=", "=", "=", "~", ">", "≥", "<", "≤")


def many(count: int, seed: int) -> list[Record]:
    """Statements of one year, some rounded, some bounds, some ranges, most of them near each other."""
    chance = random.Random(seed)
    found = []
    for at in range(count):
        value = Decimal(chance.randint(9000, 9300)).scaleb(-chance.randint(0, 1) - 1)
        most = value + chance.randint(1, 5) if chance.random() < 0.2 else None
        stated = {"relation": chance.choice(RELATIONS), "value_max": most, "line": at + 1}
        found.append(a("GDP", f"{value}亿元", str(value * 10**8), **stated))
    return found


@pytest.mark.parametrize("seed", range(20))
def test_a_value_is_marked_where_any_other_cannot_be_true_with_it(seed: int) -> None:
    (line,) = series(many(2 + seed // 2, seed), "GDP").lines
    for point in line.points:
        assert point.contradicted == any(not agree(point, other) for other in line.points)


@pytest.mark.parametrize(
    "of",
    [
        lambda at: a("GDP", "约1203亿元", str(1203_0000_0000 + at), relation="~"),
        lambda at: a("GDP", "超过1203亿元", str(1203_0000_0000 + at), relation=">"),
        lambda at: a(
            "GDP", "1203亿元", str(1203_0000_0000 + at)
        ),  # as of 1203亿5万元: each is rounded to another place
        lambda at: a("GDP", "1203亿元", period=str(1000 + at)),
        lambda at: a("GDP", "1203亿元", period=f"{1000 + at}/{1001 + 2 * at}"),
    ],
    ids=["about", "above", "each another", "each of another year", "each of other years"],
)
def test_thousands_of_values_of_one_statistic_take_linear_work(of: Callable[[int], Record]) -> None:
    def work(size: int, by: Literal["document", "period"] | None) -> Callable[[], object]:
        found = [of(at) for at in range(size)]
        others = [{**record, "source": "b.txt"} for record in found]
        return partial(series, found, "GDP") if by is None else partial(compare, [*found, *others], by, OWN)

    for by in ("document", "period", None):
        assert grows_linearly(partial(work, by=by), 200), by
