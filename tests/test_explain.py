"""--explain says how each answer came about, in every format."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import zzcli as package
from tests.conftest import Answer
from zzcli.views.explain import WORDS, of_figure, of_row

FACTS = Path(package.__file__).parent / "facts"

REPORT = """2023年云江市国民经济运行情况

全年地区生产总值2310.5亿元，增长5.5%，居全省第三，比全国高0.3个百分点，拉动全省增长0.2个百分点。其中，第一、第二产业增加值分别增长3.1%和6.2%。
工业投资510亿元，其中技改投资占工业投资的比重为31%。三次产业结构为5.2∶43.1∶51.7。
税收由180亿元增加到260亿元。全市拥有科技企业1260家。对新企业按税收的30%给予奖励。力争到2027年产值翻番。
"""


def test_every_rule_that_makes_a_figure_is_told_in_words() -> None:
    rules = {rule for text in (REPORT,) for figure in package.parse(text).figures for rule in figure.rules}
    rules |= {rule for figure in package.read().figures for rule in figure.rules}
    assert len(rules) > 15
    assert rules <= set(WORDS)


def test_every_rule_that_makes_a_dated_statement_or_an_industry_is_told_in_words() -> None:
    document = package.read()
    dated = {rule for event in document.timeline for rule in event.rules if not rule.startswith("period:")}
    named = {rule for industry in document.industries for rule in industry.rules}
    assert dated
    assert named
    assert dated | named <= set(WORDS)


def test_every_rule_that_is_told_is_one_that_the_readers_have() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in FACTS.glob("*.py"))
    assert [rule for rule in WORDS if f'"{rule}"' not in source] == []


def reasons(text: str, *written: str) -> list[str]:
    """Why the figures with these numbers are what they are, as one row tells it."""
    document = package.parse(text)
    row = [next(figure for figure in document.figures if figure.written == each) for each in written]
    return of_row(document, row, written)


def test_the_date_of_a_figure_is_quoted_and_has_its_line_where_it_stands_elsewhere() -> None:
    document = package.read()
    output = next(figure for figure in document.figures if figure.written == "1853.63亿元")
    assert "dated in its sentence: “今年上半年”" in of_figure(document, output)
    carried = next(figure for figure in document.figures if figure.written == "135个")
    assert "dated by a sentence before its own: “今年1至7月”, line 211" in of_figure(document, carried)


def test_a_row_says_of_each_number_what_is_its_own_and_of_all_what_they_share() -> None:
    assert reasons(REPORT, "2310.5亿元", "5.5%", "第三", "0.3个百分点") == [
        "2310.5亿元: a level, no word of change beside it; named by the words before it: “地区生产总值”",
        "5.5%: a growth, by the words before it: “增长”; against 上年同期, for the text names nothing else",
        "第三: a rank",
        "0.3个百分点: a difference, by the words before it: “比全国高”",
        "5.5%, 第三, 0.3个百分点: named like the numbers before it: “地区生产总值”",
        "all: dated in its sentence: “全年”",
    ]


def test_a_name_that_is_put_together_tells_its_parts_and_a_carried_one_its_line() -> None:
    text = "2024年，商品房销售面积60万平方米，增长2%。其中，住宅40万平方米。\n"
    assert any("“住宅” + “销售面积”" in line for line in reasons(text, "40万平方米"))
    (told,) = reasons("标题\n\n2023年，云江市财政收入9亿元，增长3%。其中，增长最快的县达7%。\n", "7%")
    assert "line 3" in told


def test_what_goes_without_saying_is_not_said() -> None:
    (told,) = reasons("2024年，全市企业12家。", "12家")
    assert "fact" not in told
    assert "basis" not in told


def test_the_words_behind_a_number_are_quoted_where_they_make_it_a_growth() -> None:
    (told,) = reasons("2024年，工业增加值实现5.8%的增长。", "5.8%")
    assert "a growth, by the words behind it: “的增长”" in told


def test_the_table_says_once_what_an_inferred_year_was_inferred_from(zzcli: Callable[..., Answer]) -> None:
    for command in ("figures", "timeline"):
        assert " ".join(zzcli(command, "--explain").out.split()).count("2024 is the latest year it names") == 1


def test_every_rule_that_cuts_a_dated_statement_is_told_in_words() -> None:
    source = (FACTS / "events.py").read_text(encoding="utf-8")
    rules = set(re.findall(r'rules\.append\("([a-z-]+)"\)', source))
    assert len(rules) > 3
    assert rules <= set(WORDS)


@pytest.mark.parametrize("command", ["figures", "timeline", "industries"])
def test_records_get_the_names_of_their_rules_last(zzcli: Callable[..., Answer], command: str) -> None:
    plain = json.loads(zzcli(command, "--format", "json").out)
    explained = json.loads(zzcli(command, "--format", "json", "--explain").out)
    assert [{key: value for key, value in record.items() if key != "rules"} for record in explained] == plain
    assert all(record["rules"] and list(record)[-1] == "rules" for record in explained)


@pytest.mark.parametrize("command", ["figures", "timeline", "industries"])
@pytest.mark.parametrize("columns", ["40", "60", "80", "140"])
def test_the_table_tells_the_reasons_below_each_answer(
    zzcli: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch, command: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    plain, explained = zzcli(command).out.splitlines(), zzcli(command, "--explain").out.splitlines()
    told = [line for line in explained if line.startswith(("  · ", "    · "))]
    assert len(told) >= 10
    assert len(explained) >= len(plain) + len(told)


def test_the_reasons_take_about_two_lines_a_number(
    zzcli: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    plain, explained = zzcli("figures").out.splitlines(), zzcli("figures", "--explain").out.splitlines()
    assert len(explained) - len(plain) <= 2.25 * len(package.read().figures)


def test_an_area_that_is_not_the_documents_own_tells_where_it_stands() -> None:
    text = "2023年，宜昌市投资增长5.2%。其中工业投资增长3%。\n"
    assert "of 宜昌市: “宜昌市”" in "; ".join(reasons(text, "5.2%"))
    assert "of 宜昌市, carried from before" in "; ".join(reasons(text, "3%"))
    own = "宜昌市2023年政府工作报告\n\n2023年，投资增长5.2%。\n"
    assert "of 宜昌市" not in "; ".join(reasons(own, "5.2%"))
