"""What the clauses of a sentence promise: marks cut it, numbers stay whole, brackets with numbers stand aside."""

from __future__ import annotations

from zzcli.facts.clauses import seats, split
from zzcli.mentions.quantities import find_quantities
from zzcli.span import Span


def cut(text: str, *kept: str) -> list[tuple[str, str, bool]]:
    """The clauses of a sentence as (words, mark before, aside)."""
    numbers = find_quantities(text)
    whole = [*numbers, *(Span(text.index(words), text.index(words) + len(words)) for words in kept)]
    return [(c.of(text), c.mark, c.aside) for c in split(text, Span(0, len(text)), whole, numbers)]


def seated(text: str) -> list[tuple[str, str, str, bool]]:
    """Each number as (before, number, after, first)."""
    numbers = find_quantities(text)
    clauses = split(text, Span(0, len(text)), numbers, numbers)
    return [(s.before.of(text), s.quantity.of(text), s.after.of(text), s.first) for s in seats(clauses, numbers)]


def test_marks_cut_a_sentence() -> None:
    assert cut("投资5亿元，增长8%；出口持平。") == [
        ("投资5亿元", "", False),
        ("增长8%", "，", False),
        ("出口持平", "；", False),
    ]


def test_a_mark_inside_a_number_or_a_date_cuts_nothing() -> None:
    assert [words for words, _, _ in cut("总值1，234.5亿元")] == ["总值1，234.5亿元"]
    assert [words for words, _, _ in cut("一季度，上半年增长", "一季度，上半年")] == ["一季度，上半年增长"]


def test_a_bracket_with_numbers_is_a_clause_of_its_own() -> None:
    assert cut("增长2%（同口径增长3%），快") == [
        ("同口径增长3%", "（", True),
        ("增长2%（同口径增长3%）", "", False),
        ("快", "，", False),
    ]


def test_a_bracket_of_words_stays_in_its_clause() -> None:
    assert cut("村（社区，含农场）12个") == [("村（社区，含农场）12个", "", False)]


def test_a_bracket_that_never_closes_cuts_nothing() -> None:
    assert cut("村（社区12个，增加") == [("村（社区12个", "", False), ("增加", "，", False)]
    assert cut("》投资）5亿元") == [("》投资）5亿元", "", False)]


def test_numbers_in_a_title_are_not_seated() -> None:
    assert cut("《规划，2万人》印发5份")[0][0] == "《规划，2万人》印发5份"


def test_a_number_has_the_words_up_to_its_neighbours() -> None:
    assert seated("新建学校12所、医院3家，投资5亿元") == [
        ("新建学校", "12所", "、医院", True),
        ("、医院", "3家", "", False),
        ("投资", "5亿元", "", True),
    ]


def test_an_aside_is_no_word_of_its_neighbours() -> None:
    assert seated("增长2%（可比增长3%）以上的有5家") == [
        ("增长", "2%", "", True),
        ("可比增长", "3%", "", True),
        ("以上的有", "5家", "", False),
    ]
