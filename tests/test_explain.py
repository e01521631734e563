"""--explain says how each answer came about, in every format."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import zzcli as package
from tests.conftest import Answer
from zzcli.views.explain import WORDS, of_event, of_figure

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


def test_the_date_of_a_figure_is_quoted_with_its_line() -> None:
    document = package.read()
    output = next(figure for figure in document.figures if figure.written == "1853.63亿元")
    assert "date “今年上半年”, line 91" in of_figure(document, output)


def test_an_inferred_year_says_what_it_was_inferred_from() -> None:
    document = package.read()
    told = [of_event(document, event) for event in document.timeline if "year-inferred" in event.flags]
    assert told
    assert all(any(line.startswith("year: 2024") for line in lines) for lines in told)


@pytest.mark.parametrize("command", ["figures", "timeline", "industries"])
def test_records_get_the_names_of_their_rules_last(zzcli: Callable[..., Answer], command: str) -> None:
    plain = json.loads(zzcli(command, "--format", "json").out)
    explained = json.loads(zzcli(command, "--format", "json", "--explain").out)
    assert [{key: value for key, value in record.items() if key != "rules"} for record in explained] == plain
    assert all(record["rules"] and list(record)[-1] == "rules" for record in explained)


@pytest.mark.parametrize("command", ["figures", "timeline", "industries"])
def test_the_table_tells_the_reasons_below_the_answer(zzcli: Callable[..., Answer], command: str) -> None:
    plain, explained = zzcli(command).out, zzcli(command, "--explain").out
    assert len(explained.splitlines()) > len(plain.splitlines()) * 1.5
