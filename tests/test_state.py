"""Nothing but the text and what is asked decides an answer: no state of the process, the machine or the day does."""

from __future__ import annotations

import ast
import locale
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from decimal import (
    ROUND_UP,
    Clamped,
    Context,
    Decimal,
    FloatOperation,
    Inexact,
    InvalidOperation,
    Overflow,
    Rounded,
    Subnormal,
    Underflow,
    localcontext,
)
from pathlib import Path

import pytest

import zzcli
from tests.labels import GOLD
from zzcli.many.answering import Question, answer

PAGES = [GOLD.parents[1] / "seeds" / "zhuzhou.txt", GOLD / "second_page.txt"]
HARD = (
    "云江市2024年公报\n\n2024年，全市生产总值123456.789亿元，比上年增长1.2345%，达到三分之一。甲项目投资12元5角3分，"
    "乙路长一千二百三十四点五六七八公里，用时两年半。丙产品产量下降12345.6789%，产值由1.5亿元增加到1.8亿元，增长20%，"
    "丁企业利润减少123456789012345678901234567890.5元，规模1.234567亿至2.3456789亿元。\n"
)
QUESTIONS = [
    Question(kind, form, chart=form == "table" and kind in ("figures", "industries"))
    for kind in ("figures", "timeline", "industries", "doubts", "overview", "text")
    for form in ("ndjson", "table")
] + [Question("figures", "sdmx-csv"), Question("figures", "table"), Question("industries", "table")]


def everything(text: str) -> list[str]:
    """All that a text answers, in records and as it is shown."""
    told = [answer("page.txt", question, text.encode()) for question in QUESTIONS]
    assert not any(each.error for each in told), told
    return [each.text for each in told]


@pytest.fixture(scope="module")
def usual() -> dict[str, list[str]]:
    """What the pages answer as a rule."""
    return {text: everything(text) for text in (HARD, PAGES[1].read_text(encoding="utf-8"))}


HOSTILE = {
    "coarse": Context(prec=3),
    "coarsest": Context(prec=1, rounding=ROUND_UP),
    "strict": Context(prec=5, traps=[Inexact, Rounded, FloatOperation]),
    "narrow": Context(prec=5, Emax=5, Emin=-5, traps=[Overflow, Underflow, Subnormal, Clamped, InvalidOperation]),
    "careless": Context(prec=2, traps=[]),
}


@pytest.mark.parametrize("context", HOSTILE)
def test_a_program_that_reckons_otherwise_gets_the_same_answers(usual: dict[str, list[str]], context: str) -> None:
    with localcontext(HOSTILE[context]):
        assert {text: everything(text) for text in usual} == usual
        (quantity,) = zzcli.find_quantities("产值1234.5678亿元")
    assert quantity.value == 123456780000


def test_the_context_of_the_program_is_left_as_it_was() -> None:
    with localcontext(Context(prec=3, traps=[])) as context:
        zzcli.parse(HARD).figures  # noqa: B018
        zzcli.find_quantities(HARD)
        assert (context.prec, list(filter(context.flags.get, context.flags))) == (3, [])


def test_a_fall_keeps_all_the_digits_of_its_number() -> None:
    digits = "12345678901234567890123456789012345"
    fall, loss = zzcli.parse(f"2024年，全市产值下降{digits}.678%，减少{digits}元。").figures
    assert (fall.value, loss.value) == (Decimal(f"-{digits}.678"), Decimal(f"-{digits}"))


def test_threads_that_read_for_eight_days_of_publication_do_not_know_of_each_other() -> None:
    text = PAGES[1].read_text(encoding="utf-8")
    days = [date(2010 + number, number, 3 * number) for number in range(1, 9)]

    def read(day: date) -> str:
        return answer("page.txt", Question("timeline", published=day), text.encode()).text

    alone = [read(day) for day in days]
    assert len(set(alone)) == 8
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(read, days * 3)) == alone * 3


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system has one time zone")
@pytest.mark.parametrize("zone", ["UTC+12", "Asia/Shanghai", "XXX-14"])
def test_a_time_zone_changes_nothing(usual: dict[str, list[str]], zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as changed:
        changed.setenv("TZ", zone)
        time.tzset()
        assert everything(HARD) == usual[HARD]
    time.tzset()


def there(name: str) -> bool:
    try:
        with located(name):
            return True
    except locale.Error:
        return False


@contextmanager
def located(name: str) -> Iterator[None]:
    before = locale.setlocale(locale.LC_ALL)
    locale.setlocale(locale.LC_ALL, name)
    try:
        yield
    finally:
        locale.setlocale(locale.LC_ALL, before)


# Which of them a machine has is its own affair; C it has.
LOCALES = ["C", *filter(there, ["C.UTF-8", "zh_CN.UTF-8", "zh_CN.GB18030", "tr_TR.UTF-8", "de_DE.UTF-8"])]


@pytest.mark.parametrize("name", LOCALES)
def test_a_locale_changes_nothing(usual: dict[str, list[str]], name: str) -> None:
    with located(name):
        assert everything(HARD) == usual[HARD]


DATES = ("today", "now", "utcnow", "fromtimestamp")
CLOCKS = ("time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "strftime")

ASKING = {*(f"{of}.{name}" for of in ("date", "datetime") for name in DATES), *(f"time.{name}" for name in CLOCKS)}


def test_whatever_day_it_is_the_answer_is_the_same(
    usual: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise AssertionError("somebody looked at the clock")

    for clock in CLOCKS:
        monkeypatch.setattr(time, clock, stopped)
    with pytest.raises(AssertionError, match="looked at the clock"):
        date.today()
    told = everything(HARD)
    monkeypatch.undo()
    assert told == usual[HARD]


def test_only_an_index_asks_the_clock_and_only_for_the_time_of_its_own_file() -> None:
    asking = set()
    for path in Path(zzcli.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and ast.unparse(node) in ASKING:
                asking.add((path.name, ast.unparse(node)))
            if isinstance(node, ast.ImportFrom) and node.module == "time":
                asking.add((path.name, "import"))
    assert asking == {("index.py", "time.time_ns")}


def test_few_frames_are_enough_however_deep_a_text_is() -> None:
    run = subprocess.run([sys.executable, "-c", SHALLOW], capture_output=True)
    assert (run.returncode, run.stderr) == (0, b"")


SHALLOW = """
import sys, zzcli
document = zzcli.parse("")
document.records("figures"), document.records("timeline"), document.records("industries"), document.records("doubts")
for opening in ("（", "“", "《", "((((", "其中：", "第一，", "十", "万亿"):
    document = zzcli.parse("2024年，全市产值" + opening * 3000 + "5亿元，增长5%。")
    sys.setrecursionlimit(120)
    for kind in ("figures", "timeline", "industries", "doubts", "text", "overview"):
        document.records(kind)
    sys.setrecursionlimit(1000)
"""

TOLD = """
import hashlib, sys
from zzcli.many.answering import Question, answer
for path in sys.argv[1:]:
    for kind in ("figures", "timeline", "industries", "doubts", "overview", "text"):
        told = answer(path, Question(kind))
        assert told.error is None, told.error
        print(hashlib.sha256(told.text.encode("utf-8", "surrogateescape")).hexdigest())
"""
SURROUNDINGS: dict[str, dict[str, str | None]] = {
    "seed 0": {"PYTHONHASHSEED": "0", "TZ": "UTC", "PYTHONWARNINGS": "error"},
    "seed 1, Chinese": {"PYTHONHASHSEED": "1", "LC_ALL": "zh_CN.GBK", "LANG": "zh_CN.GBK", "TZ": "Asia/Shanghai"},
    "seed 2, Turkish": {"PYTHONHASHSEED": "2", "LC_ALL": "tr_TR.UTF-8", "TZ": "America/Los_Angeles"},
    "seed 3, no docstrings": {"PYTHONHASHSEED": "3", "PYTHONOPTIMIZE": "2", "PYTHONINTMAXSTRDIGITS": "640"},
    "seed 4, no UTF-8": {"PYTHONHASHSEED": "4", "PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
    "nothing": dict.fromkeys(("HOME", "LANG", "LC_ALL", "TERM", "ZZCLI_CACHE", "ZZCLI_LANG", "PYTHONPATH", "TZ")),
}


def test_no_seed_locale_time_zone_or_option_of_python_changes_anything() -> None:
    command = [sys.executable, "-c", TOLD, *map(str, PAGES)]
    running = {
        name: subprocess.Popen(command, env=surrounded(changes), stdout=-1, stderr=-1)
        for name, changes in SURROUNDINGS.items()
    }
    told = {name: run.communicate() for name, run in running.items()}
    assert {name: err for name, (_, err) in told.items() if err} == {}
    assert len(set(told.values())) == 1
    assert told["seed 0"][0].count(b"\n") == 12


def surrounded(changes: dict[str, str | None]) -> dict[str, str]:
    changed = {**os.environ, **changes}
    return {name: value for name, value in changed.items() if value is not None}


def started(*arguments: str, **changes: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "zzcli", *arguments], env=surrounded({**changes}), stdout=-1, stderr=-1
    )


def test_python_without_docstrings_has_all_commands_and_their_help() -> None:
    asked = [["--help"], ["figures", "--help"], ["search", "产业"]]
    runs = [(started(*each), started(*each, PYTHONOPTIMIZE="2")) for each in asked]
    for usual, stripped in runs:
        told, err = stripped.communicate()
        assert (stripped.returncode, err) == (0, b"")
        assert told == usual.communicate()[0]


def test_a_folder_that_is_gone_is_no_place_to_stand_but_the_bundled_page_is_read(tmp_path: Path) -> None:
    gone = tmp_path / "gone"

    def run(*arguments: str) -> tuple[int, bytes, bytes]:
        gone.mkdir()
        code = "import os, sys; from zzcli.__main__ import main; os.rmdir(os.getcwd()); sys.exit(main())"
        ended = subprocess.run([sys.executable, "-c", code, *arguments], cwd=gone, capture_output=True)
        return ended.returncode, ended.stdout, ended.stderr

    assert run("overview")[0] == 0
    assert run("overview", "page.txt") == (2, b"", b"zzcli: page.txt: no such file; check the path\n")
    assert run("overview", "-o", "out.csv") == (
        2,
        b"",
        b"zzcli: out.csv: cannot be written: No such file or directory\n",
    )
