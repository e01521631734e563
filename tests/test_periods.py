"""Time expressions → periods."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.work import grows_linearly
from zzcli.lexicon import table
from zzcli.mentions.periods import RULES, Context, Period, Rule, find_periods, scan, settle

CORPUS = Path(__file__).parent / "corpus" / "periods.txt"
PUBLISHED = date(2024, 9, 30)


def corpus() -> list[tuple[str, str, str]]:
    """The cases of the corpus: day of publication, marked text, codes."""
    lines = [line for line in CORPUS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    cases = [tuple(part.strip() for part in line.split(" | ")) for line in lines]
    assert len(cases) > 150
    return [(published, text, codes) for published, text, codes in cases]


def marked(text: str, codes: str) -> list[tuple[str, int, str]]:
    """What a marked text says must be found: the expression, its place in the plain text, its code."""
    found = [
        (mark[1], mark.start() - 2 * index, code)
        for index, (mark, code) in enumerate(zip(re.finditer("【([^】]*)】", text), codes.split(), strict=False))
    ]
    assert len(found) == text.count("【")
    return found


@pytest.mark.parametrize(("published", "text", "codes"), corpus())
def test_corpus_cases_are_read_as_marked(published: str, text: str, codes: str) -> None:
    plain = text.replace("【", "").replace("】", "")
    periods = find_periods(plain, None if published == "-" else date.fromisoformat(published))
    assert [(period.of(plain), period.start, period.code) for period in periods] == marked(text, codes)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_reads_its_examples(rule: Rule) -> None:
    assert rule.examples
    for written, code in rule.examples:
        codes = [period.code for period in find_periods(written, PUBLISHED)]
        assert (code in codes) if code else not codes, written


def test_rule_names_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))


def test_codes_and_days_agree() -> None:
    for text in ("去年10月", "今年上半年", "前三季度", "上周", "6月上旬", "2021—2023年", "“十四五”期间", "昨天"):
        [period] = find_periods(text, PUBLISHED)
        assert period.code is not None
        assert period.first is not None
        assert period.last is not None
        first, _, last = period.code.partition("/")
        if len(first) == 10:
            assert date.fromisoformat(first) == period.first
        if len(last) == 10:
            assert date.fromisoformat(last) == period.last
        assert period.first <= period.last


@pytest.mark.parametrize(
    ("text", "first", "last", "granularity"),
    [
        ("2024年", date(2024, 1, 1), date(2024, 12, 31), "year"),
        ("2024年上半年", date(2024, 1, 1), date(2024, 6, 30), "half"),
        ("2024年二季度", date(2024, 4, 1), date(2024, 6, 30), "quarter"),
        ("2024年2月", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2024年2月上旬", date(2024, 2, 1), date(2024, 2, 10), "ten-days"),
        ("2024年2月29日", date(2024, 2, 29), date(2024, 2, 29), "day"),
        ("2022年以来", date(2022, 1, 1), None, "range"),
        ("2019年以前", None, date(2018, 12, 31), "range"),
        ("20世纪80年代", date(1980, 1, 1), date(1989, 12, 31), "decade"),
    ],
)
def test_first_and_last_day_are_inclusive(text: str, first: date | None, last: date | None, granularity: str) -> None:
    [period] = find_periods(text)
    assert (period.first, period.last, period.granularity) == (first, last, granularity)


def test_what_needs_a_day_of_publication_is_left_out_without_one() -> None:
    assert find_periods("去年10月开工，昨天完工，上周验收") == []


def test_unsettled_mentions_are_found_and_flagged() -> None:
    [mention] = scan("近年来成果丰硕")
    period = settle(mention, Context(published=PUBLISHED))
    assert (period.code, period.flags) == (None, ("vague",))
    [mention] = scan("去年开工")
    assert settle(mention, Context()).flags == ("unsettled",)


def test_up_to_is_flagged() -> None:
    [period] = find_periods("截至2024年6月底，企业3万户")
    assert period.flags == ("upto",)


def test_a_work_report_looks_back_on_whole_years() -> None:
    [mention] = scan("五年来")
    assert settle(mention, Context(published=date(2026, 2, 5), report=True)).code == "2021/2025"


def test_the_year_a_document_is_about_settles_its_parts() -> None:
    context = Context(published=date(2013, 3, 20), year=2012)
    codes = {text: settle(scan(text)[0], context).code for text in ("全年", "上年", "年末", "上半年", "今年")}
    assert codes == {"全年": "2012", "上年": "2011", "年末": "2012-12", "上半年": "2012-S1", "今年": "2013"}


def test_a_date_ahead_lends_its_year_to_nothing() -> None:
    periods = find_periods("到2027年达到千亿元。9月24日，项目开工", PUBLISHED)
    assert [period.code for period in periods] == ["2027", "2024-09-24"]


@pytest.mark.parametrize(
    ("text", "context", "code"),
    [
        ("两年前", Context(written=2024), "2022"),
        ("两个月前，", Context(written=2024), None),
        ("三个月以来，", Context(written=2024), None),
        ("75年来", Context(published=date(50, 5, 1)), None),
        ("两年前", Context(published=date(1, 5, 1)), None),
        ("上三年", Context(), None),
        ("下两个月", Context(written=2024), None),
        ("改革开放以来", Context(), "1978-12/.."),
        ("这五年", Context(published=date(2026, 2, 5), report=True), "2021/2025"),
        ("八十年代", Context(written=2024), "1980/1989"),
        ("去年5月至今年3月", Context(), None),
        ("9999年12月31日以后", Context(), None),
        ("前5个月", Context(written=2024), "2024-01/2024-05"),
    ],
)
def test_what_little_is_known_settles_what_it_can_and_no_more(text: str, context: Context, code: str | None) -> None:
    assert settle(scan(text)[0], context).code == code


def test_traditional_characters_are_read() -> None:
    periods = find_periods("兩年後建成，今年國慶節開幕，從2021年開始", PUBLISHED)
    assert [period.code for period in periods] == ["2026", "2024-10-01", "2021/.."]


def test_lunar_feasts_fall_on_their_days() -> None:
    feasts = table("periods")["holidays"]
    for name, written in (("春节", "01-20 02-21"), ("端午", "05-25 06-27"), ("中秋", "09-05 10-09")):
        days = feasts[name]["day"]
        low, high = written.split()
        assert len(days) == 61
        assert all(low <= day <= high for day in days)
    assert find_periods("2025年春节", None)[0].code == "2025-01-29"


@given(
    st.text(alphabet="0123456789年月日季度上下半去今前后底初末至到—-./（）“”五一十世纪个周 以来截自，。", max_size=60)
)
@settings(max_examples=400, deadline=None)
def test_any_text_gives_ordered_periods_inside_it(text: str) -> None:
    last = 0
    for period in find_periods(text, PUBLISHED):
        assert isinstance(period, Period)
        assert last <= period.start < period.end <= len(text)
        assert period.code
        assert period.first or period.last
        if period.first and period.last:
            assert period.first <= period.last
        last = period.end


@pytest.mark.parametrize(
    "piece", ["2024年", "1", "一", "“", "1月", "2024-", "自2024年", "上", "1,", "2024.05-", "十年"]
)
def test_hostile_text_takes_linear_work(piece: str) -> None:
    assert grows_linearly(lambda size: partial(scan, piece * (size // len(piece))), 3000)
