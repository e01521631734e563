"""What is generated is found, what says nothing new changes nothing, and nothing breaks it: a few inputs of each.

``python -m tests.fuzz --minutes 60`` tries as many more as there is time for; what it finds is kept in
``tests/fuzz/found.txt`` and in ``tests/fuzz/nasty.txt``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz import grounded, nasty
from tests.fuzz.__main__ import attempt, fuzz
from tests.fuzz.amounts import chinese
from tests.fuzz.oracles import ORACLES, Oracle

FOUND = Path(__file__).parent / "fuzz" / "found.txt"
EXAMPLES = 60

kept = [line.split("\t", 1) for line in FOUND.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]


@pytest.mark.parametrize("name", ORACLES)
def test_what_is_made_by_grammar_or_by_chance_is_read_as_it_must_be(name: str) -> None:
    oracle = ORACLES[name]

    @settings(
        max_examples=max(5, EXAMPLES // oracle.few),
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(oracle.examples)
    def holds(example: Any) -> None:
        oracle.check(example)

    holds()


@pytest.mark.parametrize(("name", "example"), kept)
def test_what_was_found_once_stays_mended(name: str, example: str) -> None:
    ORACLES[name].check(json.loads(example))


@pytest.mark.parametrize("text", nasty.strings(), ids=ascii)
def test_a_nasty_string_is_parsed_and_all_that_is_read_lies_in_it(text: str) -> None:
    nasty.text(text)
    nasty.text(f"2024年，智能船舶产业{text}集聚企业12家，增长5.8{text}%。\n{text}\n")


def test_nasty_strings_steer_no_terminal_in_any_view(tmp_path: Path) -> None:
    for name, between in (("lines.txt", "\n"), ("paragraphs.txt", "。\n\n2024年，"), ("words.txt", "工业产值3亿元，")):
        file = tmp_path / name
        file.write_bytes(between.join(nasty.strings()).encode("utf-8", "replace").replace(b"\0", b""))
        for view in grounded.VIEWS + grounded.PLAIN:
            grounded.view(file, view)


def test_nasty_strings_are_looked_for_literally() -> None:
    for text in nasty.strings():
        nasty.term(text)


def test_nasty_strings_may_be_the_names_of_files() -> None:
    for text in nasty.strings()[::2]:
        nasty.name(text)


# ---------------------------------------------------------------------------------------------------------------------
# The fuzzing itself


def _no_seven(example: int) -> None:
    assert example < 7, "seven or more"


SEVENS = Oracle(st.integers(0, 10_000), _no_seven)


def test_a_failure_is_shrunk_and_told_as_a_line_that_can_be_kept(capsys: pytest.CaptureFixture[str]) -> None:
    count, failure = attempt(SEVENS, 1, 50)
    assert failure is not None
    assert failure[1] == "7"
    assert count > 1
    assert fuzz({"sevens": SEVENS}, 5, 1) == 1
    said = capsys.readouterr().out
    assert "sevens\t7\n" in said
    assert "1 oracles failed" in said


def test_what_holds_is_tried_until_the_time_is_over_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzz({"sevens": Oracle(st.integers(0, 6), _no_seven)}, 0.2, 1) == 0
    said = capsys.readouterr().out
    assert "0 oracles failed" in said


def test_an_unknown_oracle_is_refused_with_those_that_there_are() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--only", "nonsense"],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "quantities" in done.stderr


def test_words_of_numbers_are_written_by_the_rules() -> None:
    said = {
        10: "十",
        12: "十二",
        20: "二十",
        105: "一百零五",
        110: "一百一十",
        100_500: "十万零五百",
        10_000_005: "一千万零五",
    }
    assert {number: chinese(number) for number in said} == said
