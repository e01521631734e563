"""What one name for all names of a statistic promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zzcli.facts.canonical import canonical, matches, same
from zzcli.lexicon import table

CORPUS = Path(__file__).parent / "corpus" / "canonical.txt"
CASE = re.compile(r"(?P<one>.+) (?P<sign>[=≠]) (?P<other>[^\[]+?)(?: \[(?P<measure>\w+)\])?")


def cases() -> list[tuple[str, str, str, str | None]]:
    lines = [line for line in CORPUS.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return [case.group("one", "sign", "other", "measure") for line in lines if (case := CASE.fullmatch(line))]


def test_corpus_is_there() -> None:
    lines = [line for line in CORPUS.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    assert len(cases()) == len(lines) > 80
    assert sum(sign == "≠" for _, sign, *_ in cases()) > 30


@pytest.mark.parametrize(("one", "sign", "other", "measure"), cases())
def test_names_of_the_corpus(one: str, sign: str, other: str, measure: str | None) -> None:
    assert same(one, other, measure) is (sign == "=")


@pytest.mark.parametrize("kind", ["words", "endings", "names"])
def test_every_synonym_of_the_lexicon_is_the_name_it_stands_below(kind: str) -> None:
    known = table("indicators")["synonyms"][kind]
    assert known
    assert [other for name, others in known.items() for other in others if not same(name, other)] == []


def test_no_name_stands_below_two_others() -> None:
    for known in table("indicators")["synonyms"].values():
        if isinstance(known, dict):
            others = [other for others in known.values() for other in others]
            assert len(others) == len(set(others))


@pytest.mark.parametrize(("one", "_sign", "other", "measure"), cases())
def test_the_name_that_stands_for_all_stands_for_itself(one: str, _sign: str, other: str, measure: str | None) -> None:
    for name in (one, other):
        assert canonical(canonical(name, measure), measure) == canonical(name, measure)


@given(st.text('全市规上工业增加值GDPgdp社零总额进出口“”"（）() 的速增幅', max_size=16))
def test_any_words_have_a_name_and_match_themselves(words: str) -> None:
    assert same(words, words)
    assert matches(words, words) or not canonical(words) or "进出口" in words or "规" in words


@pytest.mark.parametrize(
    ("term", "indicator", "measure"),
    [
        ("GDP", "生产总值", None),
        ("gdp", "地区生产总值", "growth"),
        ("ＧＤＰ", "人均地区生产总值", None),
        ("国内生产总值", "全市生产总值", None),
        ("增加值", "规模以上工业增加值", None),
        ("规上工业增加值", "规模以上工业增加值", None),
        ("工业增加值", "规上民营工业增加值、规上工业增加值", None),
        ("社零", "社会消费品零售总额", "growth"),
        ("零售总额", "社零", None),
        ("货物", "货物进出口总额", None),
        ("进出口总额", "外贸进出口", None),
        ("出口", "出口总额", None),
        ("出口", "进出口总额和出口额", None),
        ("GDP增速", "地区生产总值", "growth"),
        ("GDP增速", "地区生产总值", None),
        ("GDP增速", "地区生产总值增速", "rank"),
        ("增速", "规上工业增加值增速", None),
        ("专精特新 企业", "“专精特新”企业", None),
        ("总产", "粮食总产", None),
    ],
)
def test_a_filter_takes_what_holds_its_term_by_any_name(term: str, indicator: str, measure: str | None) -> None:
    assert matches(term, indicator, measure)


@pytest.mark.parametrize(
    ("term", "indicator", "measure"),
    [
        ("GDP", "工业增加值", None),
        ("GDP", None, None),
        ("", "工业增加值", None),
        ("规上工业增加值", "工业增加值", None),
        ("出口", "进出口总额", None),
        ("规模", "规模以上工业企业", None),
        ("GDP增速", "地区生产总值", "level"),
        ("人均GDP", "地区生产总值", None),
        ("一般公共预算收入", "财政总收入", None),
    ],
)
def test_a_filter_leaves_what_does_not_hold_its_term(term: str, indicator: str | None, measure: str | None) -> None:
    assert not matches(term, indicator, measure)
