"""Figures as SDMX-CSV 2.0: the columns of the standard, exact values, and a reader of others' making takes them."""

from __future__ import annotations

import csv
import io
import warnings
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from zzcli.document import Document, parse, read
from zzcli.views.formats import cell, frame, framed, texts
from zzcli.views.records import Record, records
from zzcli.views.sdmx import DOUBTFUL, KEYS, observation

INVENTED = """云江市2023年经济运行情况

2023年，全市工业产值5—6亿元，安排资金三千五百亿元，带动投资近亿元，新增企业400余家。上半年，利润下降3.2%。
一季度，出口12.5亿元。5月，建成厂房3.5万平方米。5月20日，签约项目12个。1至7月，投资1.2万亿元。
1月15日至31日，销售额3亿元。2021年至2025年，完成投资80亿元。截至6月底，累计建成站点120座。
上世纪八十年代，建成工厂5家。2022年以来，新增岗位300个。到2030年，总产值达到20亿元。
"""


def table(documents: list[Document]) -> str:
    found = (record for document in documents for record in records(document, "figures"))
    return "".join(framed(texts("sdmx-csv", found, ()), frame("sdmx-csv", ())))


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [read(), parse(INVENTED, date(2024, 1, 20), source="invented.txt")]


def test_the_columns_are_in_the_order_of_the_standard() -> None:
    text = table([parse("2024年上半年，株洲市产值1853.63亿元。", source="a.txt")])
    assert list(csv.reader(io.StringIO(text))) == [
        [
            *["STRUCTURE", "STRUCTURE_ID", "ACTION", "INDICATOR", "MEASURE", "REF_AREA", "TIME_PERIOD", "OBS_VALUE"],
            *["UNIT_MEASURE", "UNIT_MULT", "OBS_STATUS", "QUALIFIER", "SOURCE", "START", "END"],
        ],
        [
            *["dataflow", "ZZCLI:FIGURES(1.0)", "I", "株洲市产值", "level", "430200", "2024-S1", "1853.63"],
            *["元", "8", "A", "", "a.txt", "14", "23"],
        ],
    ]


def test_a_reader_of_sdmx_takes_it(documents: list[Document], tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_text(table(documents), encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the reader and what it is made of have to say to their own makers
        from pysdmx.io import read_sdmx

        (dataset,) = read_sdmx(file).data or ()
    assert dataset.short_urn == "Dataflow=ZZCLI:FIGURES(1.0)"
    assert list(dataset.data.columns) == list(KEYS[3:])
    stated = [record for document in documents for record in records(document, "figures")]
    assert len(stated) == len(dataset.data) > 70
    for record, (_, row) in zip(stated, dataset.data.iterrows(), strict=True):
        assert Decimal(row["OBS_VALUE"]) * 10 ** int(row["UNIT_MULT"]) == record["value"]
        assert (row["INDICATOR"], row["SOURCE"]) == (cell(record["indicator"]), record["source"])
        assert int(row["START"]) == record["start"]


def test_a_value_and_its_multiplier_are_exactly_the_value(documents: list[Document]) -> None:
    found = [record for document in documents for record in records(document, "figures")]
    for record in found:
        seen = observation(record)
        assert seen["OBS_VALUE"] * 10 ** seen["UNIT_MULT"] == record["value"]
    assert {observation(record)["UNIT_MULT"] for record in found} == {0, 4, 8, 12}


def figure(**stated: Any) -> Record:
    facts = {"source": "a.txt", "start": 0, "end": 1, "indicator": "产值", "measure": "level", "written": "5个"}
    facts |= {"value": Decimal(5), "value_max": None, "unit": "个", "relation": "=", "area": None, "flags": []}
    return {**facts, "period": None, "period_start": None, "period_end": None, "status": "actual", **stated}


@pytest.mark.parametrize(
    ("given", "value", "observed", "power"),
    [
        ("1853.63亿元", "185363000000", "1853.63", 8),
        ("49.51万户", "495100", "49.51", 4),
        ("1.2万亿元", "1200000000000", "1.2", 12),
        ("400余万人次", "4000000", "400", 4),
        ("5000万—1亿元", "50000000", "5000", 4),
        ("５６．７亿元", "5670000000", "56.7", 8),
        ("三千五百亿元", "350000000000", "3500", 8),
        ("两亿五千万元", "250000000", "25000", 4),
        ("亿元", "-100000000", "-1", 8),
        ("5.8万余名", "58000", "5.8", 4),
        ("1,120.5", "11205000", "1120.5", 4),  # in a column of 万吨
        ("75.7%", "-75.7", "-75.7", 0),
        ("3成", "30", "30", 0),
        ("9O.68%", "90.68", "90.68", 0),  # misread
        ("十二家", "12", "12", 0),
        ("0亿元", "0", "0", 0),
        ("0.7元", "5E+3", "5000", 0),  # nothing that is written makes it so
        ("1.23456789012345678901234567890123亿元", "123456789.01234567890123456789012300", "", 8),
    ],
)
def test_the_multiplier_is_that_of_the_number_as_written(given: str, value: str, observed: str, power: int) -> None:
    seen = observation(figure(written=given, value=Decimal(value)))
    assert seen["UNIT_MULT"] == power
    assert cell(seen["OBS_VALUE"]) == (observed or "1.23456789012345678901234567890123")


def test_a_value_that_json_made_an_integer_is_taken_too() -> None:
    seen = observation(figure(written="5亿元", value=500000000, value_max=600000000))
    assert (cell(seen["OBS_VALUE"]), seen["UNIT_MULT"], seen["QUALIFIER"]) == ("5", 8, "to 6")


@pytest.mark.parametrize(
    ("code", "start", "end", "period"),
    [
        ("2024", "2024-01-01", "2024-12-31", "2024"),
        ("2024-S1", "2024-01-01", "2024-06-30", "2024-S1"),
        ("2024-Q4", "2024-10-01", "2024-12-31", "2024-Q4"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024-02"),
        ("2024-05-20", "2024-05-20", "2024-05-20", "2024-05-20"),
        ("2024-01/2024-07", "2024-01-01", "2024-07-31", "2024-01-01/P7M"),
        ("2023-01/2024-02", "2023-01-01", "2024-02-29", "2023-01-01/P14M"),
        ("2021/2025", "2021-01-01", "2025-12-31", "2021-01-01/P5Y"),
        ("1980/1989", "1980-01-01", "1989-12-31", "1980-01-01/P10Y"),
        ("1900/1999", "1900-01-01", "1999-12-31", "1900-01-01/P100Y"),
        ("2023-05-21/2024-05-20", "2023-05-21", "2024-05-20", "2023-05-21/P1Y"),
        ("2024-05-15/2024-05-31", "2024-05-15", "2024-05-31", "2024-05-15/P17D"),
        ("2024-02-20/2024-03-05", "2024-02-20", "2024-03-05", "2024-02-20/P15D"),
        ("2024-01/2024-05-20", "2024-01-01", "2024-05-20", "2024-01-01/P141D"),
        ("9000/9999", "9000-01-01", "9999-12-31", "9000-01-01/P1000Y"),
        ("../2024-06-30", None, "2024-06-30", "2024-06-30"),
        ("2022/..", "2022-01-01", None, None),
        (None, None, None, None),
    ],
)
def test_a_period_has_a_form_of_the_standard_or_none(
    code: str | None, start: str | None, end: str | None, period: str | None
) -> None:
    assert observation(figure(period=code, period_start=start, period_end=end))["TIME_PERIOD"] == period


def test_the_periods_of_sentences_have_such_forms(documents: list[Document]) -> None:
    found = [observation(record) for record in records(documents[1], "figures")]
    assert [row["TIME_PERIOD"] for row in found] == [
        *["2023"] * 4,
        *["2023-S1", "2023-Q1", "2023-05", "2023-05-20", "2023-01-01/P7M", "2023-01-15/P17D", "2021-01-01/P5Y"],
        *["2023-06-30", "1980-01-01/P10Y", None, "2030"],
    ]


@pytest.mark.parametrize(
    ("area", "code"),
    [
        ("株洲市", "430200"),
        ("湖南省", "430000"),
        ("湖南", "430000"),
        ("全国", "CN"),
        ("朝阳区", "朝阳区"),
        ("云江市", "云江市"),
        ("长三角", "长三角"),
        (None, None),
    ],
)
def test_an_area_has_its_code_or_its_name(area: str | None, code: str | None) -> None:
    assert observation(figure(area=area))["REF_AREA"] == code


@pytest.mark.parametrize(
    ("stated", "status"),
    [
        ({}, "A"),
        ({"flags": ["year-inferred", "upto"]}, "A"),
        *(({"flags": [flag]}, "U") for flag in sorted(DOUBTFUL)),
        ({"status": "target", "flags": ["ocr"]}, "F"),
        ({"status": "rule"}, "_Z"),
    ],
)
def test_the_status_is_one_of_the_code_list(stated: dict[str, Any], status: str) -> None:
    assert observation(figure(**stated))["OBS_STATUS"] == status


@pytest.mark.parametrize(
    ("stated", "qualifier"),
    [
        ({}, None),
        ({"relation": "≥"}, "≥"),
        ({"value": Decimal(7200), "value_max": Decimal(7800), "written": "7200—7800"}, "to 7800"),
        (
            {"value": 75000000, "value_max": Decimal("7.8E+7"), "written": "7500—7800万元", "relation": "~"},
            "~ to 7800",
        ),
    ],
)
def test_the_qualifier_says_what_an_exact_value_does_not(stated: dict[str, Any], qualifier: str | None) -> None:
    assert observation(figure(**stated))["QUALIFIER"] == qualifier
