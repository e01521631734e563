"""Promises of the Python interface: what it is called, what it gives, and that the same text gives the same answer."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import zzcli
from tests.labels import GOLD
from zzcli.document import Document
from zzcli.errors import UnreadableError, UsageError, ZzcliError
from zzcli.views.formats import json_text
from zzcli.views.records import keys, records

NEWS = (
    "梅州电子信息产业提速\n"
    "今年上半年，梅州市电子信息产业实现产值86.4亿元，同比增长7.5%。去年10月，产业园二期开工。\n"
    "截至6月底，产业集聚企业45家。\n"
)


def answer(document: Document) -> str:
    """Everything that was read from a document."""
    return "".join(json_text(records(document, kind)) for kind in ("figures", "timeline", "industries", "overview"))


def period_of(document: Document, written: str) -> str | None:
    (figure,) = [figure for figure in document.figures if figure.written == written]
    return figure.period.code if figure.period else None


@pytest.mark.parametrize("kind", ["figures", "timeline", "industries", "doubts", "overview"])
def test_a_frame_library_takes_the_records_of_a_document(kind: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what they have to say to their own makers
        import pandas
        import pyarrow

    found = zzcli.read().records(kind)
    assert found == records(zzcli.read(), kind)
    frame, table = pandas.DataFrame(found), pyarrow.Table.from_pylist(found)
    assert list(frame.columns) == table.column_names == list(keys(kind))
    assert len(frame) == table.num_rows == len(found) > 0


def test_a_kind_of_records_that_there_is_not_is_answered_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"^'events' is no kind of records; there are figures, timeline"):
        zzcli.read().records("events")


def test_the_names_of_the_interface_are_there() -> None:
    assert {"parse", "read", "find_quantities", "find_periods", "Document", "__version__"} <= set(dir(zzcli))
    assert zzcli.Document is Document
    with pytest.raises(AttributeError, match="no attribute 'guess'"):
        zzcli.guess  # noqa: B018


def test_a_text_becomes_a_document_with_figures_timeline_and_industries() -> None:
    document = zzcli.parse(NEWS, published=date(2024, 7, 20))
    assert [(figure.indicator, figure.measure, figure.value, figure.unit) for figure in document.figures] == [
        ("电子信息产业产值", "level", Decimal("8640000000"), "元"),
        ("电子信息产业产值", "growth", Decimal("7.5"), "%"),
        ("集聚企业", "level", Decimal(45), "家"),
    ]
    assert [event.expression for event in document.timeline] == ["去年10月", "今年上半年", "6月底"]
    assert "电子信息" in [industry.industry for industry in document.industries]
    assert (document.source, document.encoding, document.given) == ("text", "str", date(2024, 7, 20))


def test_places_of_facts_are_those_of_the_clean_text_and_have_an_origin() -> None:
    source = NEWS.replace("同比", "同 比").replace("86.4亿", "86.4\n亿 ")
    document = zzcli.parse(source)
    level = document.figures[0]
    assert level.of(document.text.clean) == level.written == "86.4亿元"
    place = document.text.origin(level)
    assert place.of(source) == "86.4\n亿 元"
    assert document.text.line(place.start) == 2
    assert document.figures[1].statement.of(document.text.clean).count("同比") == 1


def test_a_file_is_read_as_its_text_is_parsed(tmp_path: Path) -> None:
    file = tmp_path / "news.txt"
    file.write_bytes(NEWS.replace("\n", "\r\n").encode("gb18030"))
    document = zzcli.read(file, published=date(2024, 7, 20))
    assert (document.source, document.encoding) == (str(file), "gb18030")
    assert document.text.source == NEWS.replace("\n", "\r\n")
    assert len(document.figures) == 3
    assert answer(zzcli.read(str(file), encoding="gbk")) == answer(zzcli.read(file)).replace("gb18030", "gbk")


def test_no_path_is_the_bundled_page() -> None:
    document = zzcli.read()
    assert document.source == "zhuzhou.txt"
    assert document.area == "株洲市"


def test_what_cannot_be_read_is_an_error_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no such file"):
        zzcli.read(tmp_path / "missing.txt")
    assert issubclass(UnreadableError, ZzcliError)


@pytest.mark.parametrize("text", ["", " \n\u3000", "\ufeff", "。"])
def test_a_text_without_words_is_a_document_without_facts(text: str) -> None:
    document = zzcli.parse(text)
    assert (document.figures, document.timeline, document.industries) == ((), (), ())
    assert document.area is None
    assert document.dating.origin == "none"


def test_a_document_is_frozen_and_its_facts_are_made_once() -> None:
    document = zzcli.parse(NEWS)
    with pytest.raises(AttributeError, match="immutable"):
        document.source = "other"  # type: ignore[misc]
    with pytest.raises(AttributeError, match="immutable"):
        document.figures[0].value = Decimal(1)  # type: ignore[misc]
    assert document.figures is document.figures
    assert document.timeline is document.timeline
    assert document.industries is document.industries
    assert all(isinstance(kind, tuple) for kind in (document.figures, document.timeline, document.industries))


def test_quantities_are_found_in_a_plain_string() -> None:
    text = "产值86.4亿元，企业七八十家，增长5%至6%，近3万户。"
    found = zzcli.find_quantities(text)
    assert [text[quantity.start : quantity.end] for quantity in found] == ["86.4亿元", "七八十家", "5%至6%", "3万户"]
    assert [(quantity.value, quantity.value_max, quantity.unit, quantity.relation) for quantity in found] == [
        (Decimal("8640000000"), None, "元", "="),
        (Decimal(70), Decimal(80), "家", "="),
        (Decimal(5), Decimal(6), "%", "="),
        (Decimal(30000), None, "户", "~"),
    ]
    assert zzcli.find_quantities("") == []


def test_periods_are_found_in_a_plain_string() -> None:
    text = "去年10月开工，2024年上半年投产。"
    found = zzcli.find_periods(text, published=date(2024, 9, 30))
    assert [(text[period.start : period.end], period.code, period.first, period.last) for period in found] == [
        ("去年10月", "2023-10", date(2023, 10, 1), date(2023, 10, 31)),
        ("2024年上半年", "2024-S1", date(2024, 1, 1), date(2024, 6, 30)),
    ]
    assert [period.granularity for period in found] == ["month", "half"]
    assert [period.code for period in zzcli.find_periods("去年10月开工。")] == []


def test_a_given_day_of_publication_settles_what_hangs_on_it() -> None:
    for year in (2019, 2024):
        document = zzcli.parse(NEWS, date(year, 7, 20))
        assert (document.dating.published, document.dating.origin) == (date(year, 7, 20), "given")
        assert period_of(document, "86.4亿元") == f"{year}-S1"
        assert [event.period.code for event in document.timeline] == [f"{year - 1}-10", f"{year}-S1", f"{year}-06-30"]
        assert not any("year-inferred" in event.flags for event in document.timeline)


def test_without_it_nothing_is_settled_that_the_text_does_not_settle() -> None:
    document = zzcli.parse(NEWS)
    assert (document.dating.published, document.dating.origin) == (None, "none")
    assert [event.period.code for event in document.timeline] == [None] * 3
    assert all("unsettled" in event.flags for event in document.timeline)
    assert period_of(document, "86.4亿元") is None


def test_a_date_in_the_text_settles_it_and_says_so() -> None:
    document = zzcli.parse(NEWS + "5月8日，2024年梅州国际电路板展览会开幕。\n")
    assert document.dating.origin == "inferred"
    assert period_of(document, "86.4亿元") == "2024-S1"
    (half,) = [event for event in document.timeline if event.expression == "今年上半年"]
    assert "year-inferred" in half.flags


@pytest.mark.parametrize(
    ("text", "title", "area"),
    [
        (NEWS, "梅州电子信息产业提速", "梅州市"),
        (
            "关于促进汕尾市海洋经济发展的若干措施\n\n为加快发展，制定本措施。\n",
            "关于促进汕尾市海洋经济发展的若干措施",
            "汕尾市",
        ),
        (
            "2023年阳江市国民经济和社会发展统计公报\n全市生产总值1580亿元。\n",
            "2023年阳江市国民经济和社会发展统计公报",
            "阳江市",
        ),
    ],
)
def test_a_document_has_a_title_and_an_area(text: str, title: str, area: str) -> None:
    document = zzcli.parse(text)
    assert (document.title, document.area) == (title, area)


@pytest.mark.parametrize(
    ("text", "title", "heading"),
    [
        ("云江市2023年经济运行情况\n\n2023年，全市经济向好。", "云江市2023年经济运行情况", True),
        ("增长5%。", "增长5%。", False),
        ("2023年5月，公司转型，情况喜人。" * 5, "2023年5月，公司转型，情况喜人", False),
        ("全市产值1,203亿元," * 9 + "增长5%。", "全市产值1,203亿元,全市产值1,203亿元,全市产值1,203亿元", False),
        ("长" * 5000, "长" * 40 + "…", False),
    ],
)
def test_a_title_is_short_and_only_a_heading_tells_the_facts_anything(text: str, title: str, heading: bool) -> None:
    document = zzcli.parse(text)
    assert document.title == title
    assert document.heading == (title if heading else None)


def test_a_first_sentence_dates_nothing_but_its_own_numbers() -> None:
    document = zzcli.parse("2023年5月，公司转型发展低空经济，情况喜人。\n\n公司现有员工320人。")
    (figure,) = document.figures
    assert figure.period is None


def test_the_same_text_gives_the_same_answer_whatever_was_read_before() -> None:
    first = answer(zzcli.read())
    zzcli.parse(NEWS, date(1999, 1, 1)).timeline  # noqa: B018
    assert answer(zzcli.read()) == first


def test_documents_in_threads_do_not_know_of_each_other() -> None:
    page = (GOLD / "second_page.txt").read_text(encoding="utf-8")
    years = [2015, 2018, 2021, 2025, 2030] * 4

    def read(year: int) -> str:
        return answer(zzcli.parse(page, published=date(year, 7, 1)))

    alone = {year: read(year) for year in set(years)}
    assert len(set(alone.values())) == len(alone)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(read, years)) == [alone[year] for year in years]


def test_one_document_may_be_asked_by_many_threads() -> None:
    document = zzcli.read()
    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(answer, [document] * 8))) == 1


def test_the_order_of_a_hash_changes_nothing() -> None:
    said = [
        subprocess.run(
            [sys.executable, "-c", HASHED],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[1],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "4242")
    ]
    assert said[0]
    assert said[0] == said[1]


HASHED = """
from pathlib import Path
from zzcli.cli import run
for file in ("seeds/zhuzhou.txt", "tests/gold/second_page.txt"):
    for command in (["figures"], ["timeline"], ["industries"], ["overview"], ["search", "现代产业体系"]):
        run([*command, file, "-f", "json"])
"""


def test_a_day_of_publication_that_is_no_date_is_refused_at_once() -> None:
    with pytest.raises(UsageError, match="is no datetime"):
        zzcli.parse("今年，产值5亿元。", "2024-05-05")  # type: ignore[arg-type]
