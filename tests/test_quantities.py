"""Quantities: every case of the corpus, relations, lists, names, and time on hostile text."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.work import grows_linearly
from zzcli.errors import LexiconError
from zzcli.lexicon import table
from zzcli.mentions import quantities
from zzcli.mentions.quantities import Quantity, find_quantities

CORPUS = Path(__file__).parent / "corpus" / "quantities.txt"
RELATIONS = set("=~>≥<≤")
KINDS = {"amount", "bare", "rank", "ordinal", "percent", "points", "times", "duration", "fraction"}


def corpus() -> list[tuple[str, str]]:
    lines = CORPUS.read_text(encoding="utf-8").splitlines()
    cases = [line for line in lines if line and not line.startswith("#")]
    assert len(cases) > 80
    return [(marked, wanted) for marked, _, wanted in (case.partition(" => ") for case in cases)]


def told(text: str, found: Quantity) -> str:
    """A quantity as the corpus writes it."""
    high = "" if found.value_max is None else f"..{found.value_max:f}"
    words = [f"{found.value:f}{high}", found.unit or ""]
    words += [found.relation if found.relation != "=" else "", found.kind if found.kind != "amount" else ""]
    return " ".join(filter(None, [*words, *(f"+{flag}" for flag in found.flags)]))


@pytest.mark.parametrize(("marked", "wanted"), corpus())
def test_the_corpus_is_read_as_marked(marked: str, wanted: str) -> None:
    text = re.sub("[【】]", "", marked)
    found = find_quantities(text)
    shown = text
    for quantity in reversed(found):
        shown = f"{shown[: quantity.start]}【{quantity.of(text)}】{shown[quantity.end :]}"
    assert shown == marked
    assert " | ".join(told(text, quantity) for quantity in found) == wanted


def only(text: str) -> Quantity:
    (quantity,) = find_quantities(text)
    return quantity


def test_a_span_cuts_number_and_unit_and_number_end_parts_them() -> None:
    text = "累计吸引约400余万人次参加"
    quantity = only(text)
    assert quantity.of(text) == "400余万人次"
    assert text[quantity.start : quantity.number_end] == "400余万"


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("约5%", "~"),
        ("节约5%", "="),
        ("超5%", ">"),
        ("不超过5%", "≤"),
        ("不低于5%", "≥"),
        ("不足5%", "<"),
        ("满足5%", "="),
        ("5%以上", "≥"),
        ("5%（含）以上", "≥"),
        ("5%左右", "~"),
        ("5%以内", "≤"),
        ("不超过5%左右", "≤"),
        ("约20多家", ">"),
    ],
)
def test_the_relation_is_read_from_the_words_around(text: str, relation: str) -> None:
    assert only(text).relation == relation


def test_a_multiplier_at_the_end_of_a_list_belongs_to_all_but_to_what_is_too_large_for_it() -> None:
    assert [q.value for q in find_quantities("分别为5.2、3.1和7.8亿元")] == [520000000, 310000000, 780000000]
    assert [q.value for q in find_quantities("分别为8000、9000和1.1万元")] == [8000, 9000, 11000]


def test_a_comma_alone_makes_no_list() -> None:
    assert [q.unit for q in find_quantities("编号12，企业3家")] == [None, "家"]


def test_an_article_is_flagged_and_a_written_one_is_a_count() -> None:
    assert only("一个新的起点").flags == ("indefinite",)
    assert only("1个新的起点").flags == ()


def test_shares_of_a_whole_are_percentages_and_other_ratios_nothing() -> None:
    assert [(q.value, q.unit) for q in find_quantities("结构为5.5：44.5：50")] == [
        (Decimal("5.5"), "%"),
        (Decimal("44.5"), "%"),
        (Decimal("50"), "%"),
    ]
    assert find_quantities("比例尺1:50000，14:30开会，比分2:1") == []


def test_the_empty_text_has_no_quantities() -> None:
    assert find_quantities("") == []


@pytest.mark.parametrize("digits", [4301, 10_000])
def test_long_numbers_are_exact(digits: int) -> None:
    number = "7" * digits
    assert only(f"共{number}元").value == Decimal(number)
    assert only(f"共{number}万元").value == Decimal(number + "0000")


def test_a_number_too_long_is_left_out_and_the_next_one_is_read() -> None:
    assert [q.value for q in find_quantities("9" * 20_000 + "元，3家，" + "一" * 20_000 + "个，5%")] == [3, 5]


HOSTILE = [
    "一",
    "1",
    "亿",
    "1,234,",
    "1，234",
    "1-",
    "1.",
    "第",
    "$",
    "1 ",
    "几十",
    "1O",
    "百分之",
    "1、",
    "一分之",
    "1:",
]
HOSTILE += ["1万", "1%-", "$1", "前一", "9 0 . ", "三千瓦", "一亿一万", "1个（", "1元/", "1至"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_linear_work(piece: str) -> None:
    assert grows_linearly(lambda size: partial(find_quantities, piece * (size // len(piece))), 3000)


ALPHABET = "0123456789.,，%％万亿千百十一二两三五零第几数多余约近上个家元吨"
ALPHABET += "年月日至到—-~∶:/（）() \n$\\翻番成半首O"


@given(st.text(alphabet=ALPHABET))
def test_spans_are_ordered_inside_the_text_and_never_empty(text: str) -> None:
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.start < quantity.number_end <= len(text)
        assert quantity.start < quantity.end <= len(text)
        assert quantity.relation in RELATIONS
        assert quantity.kind in KINDS
        assert quantity.value_max is None or quantity.value < quantity.value_max
        end = quantity.end


def test_every_unit_of_the_table_is_read_behind_a_number() -> None:
    for kind in ("money", "physical", "duration", "percent", "points", "times"):
        for name in table("units")[kind]:
            quantity = only(f"共5{name}。")
            assert quantity.unit is not None, name
            assert quantity.value == 5 or name in ("角", "分钱"), name


def test_a_faulty_entry_of_the_table_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quantities, "table", lambda _: {"money": {"元": {"alias": ["块"]}}})
    with pytest.raises(LexiconError, match=r"money\.元: knows no alias"):
        quantities._entries.__wrapped__("money")


def test_a_word_without_numeral_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quantities, "table", lambda _: {"not_numbers": {"words": ["星期日"]}})
    with pytest.raises(LexiconError, match="星期日 holds no numeral"):
        quantities._words.__wrapped__()


# What may stand around a word that holds a numeral: nothing, punctuation, a noun, a measure word.
BEFORE = ("", "全省", "有", "达到", "近")
BEHIND = (*"人家项年个次级倍成种条点，", "", "发展", "5个", "三家", "公里")


def test_every_word_without_number_holds_a_number_back(monkeypatch: pytest.MonkeyPatch) -> None:
    words: list[str] = table("units")["not_numbers"]["words"]
    assert len(set(words)) == len(words)
    index = quantities._words()

    def read(sentence: str, known: dict[tuple[int, str], tuple[tuple[str, str], ...]]) -> list[Quantity]:
        monkeypatch.setattr(quantities, "_words", lambda: known)
        return find_quantities(sentence)

    idle = []
    for entry in words:
        word, _, unless = entry.partition("!")
        without = {key: tuple(w for w in found if w != (word, unless)) for key, found in index.items() if found}
        sentences = (f"{before}{word}{behind}" for before in BEFORE for behind in BEHIND)
        if all(read(sentence, index) == read(sentence, without) for sentence in sentences):
            idle.append(entry)
    assert not idle, " ".join(idle)
