"""What can be asked of the command line, the same in every format; what is not there is answered with what there is."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import zzcli as package
from tests.conftest import Answer
from zzcli.cli import COMMANDS, indicators, industry_names
from zzcli.views.records import keys

Zzcli = Callable[..., Answer]

TOP = Path(__file__).parents[1]
REPORT = """云江市2024年工作回顾

2024年，全市地区生产总值1203.5亿元，同比增长5.8%，居全省第三。2023年，全市工业投资260亿元。
2024年5月，大桥通车。做强轨道交通、航空动力两大优势产业。轨道交通产业规模320亿元，航空动力产业有企业85家。
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "report.txt"
    file.write_text(REPORT, encoding="utf-8")
    return file


def records(answer: Answer) -> list[dict[str, object]]:
    assert answer.code == 0, answer.err
    found: list[dict[str, object]] = json.loads(answer.out)
    return found


@pytest.mark.parametrize("form", ["table", "json", "ndjson", "csv", "tsv", "markdown"])
def test_what_is_chosen_is_the_same_in_every_format(zzcli: Zzcli, report: Path, form: str) -> None:
    out = zzcli("figures", report, "--unit", "亿元", "--since", "2024", "-f", form).out
    assert "1203.5亿" in out.replace(" ", "")
    assert "260" not in re.sub(r"quote.*", "", out.split("云江市")[0]) or form != "table"
    assert "5.8%" not in out or form != "table"


def test_a_growth_without_its_level_has_a_row_of_its_own(zzcli: Zzcli, report: Path) -> None:
    out = zzcli("figures", report, "--measure", "growth").out
    assert "+5.8%" in out
    assert "1203.5 亿元" not in out
    assert "1 of" in out


def test_a_level_that_is_not_the_first_keeps_its_growth_beside_it(zzcli: Zzcli) -> None:
    out = zzcli("figures", "--indicator", "规模以上工业企业利润总额").out
    row = next(line for line in out.splitlines() if "129.39 亿元" in line)
    assert "+0.8%" in row


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["figures", "--unit", "吨"], "元"),
        (["figures", "--indicator", "税收"], "地区生产总值"),
        (["figures", "--area", "大江省"], "云江市"),
        (["figures", "--measure", "contribution"], "level"),
        (["industries", "--tier", "未来"], "优势产业"),
        (["industries", "纺织"], "轨道交通"),
        (["timeline", "--granularity", "century"], "month"),
        (["figures", "--unit", "元", "--measure", "growth"], "all that was asked"),
        (["figures", "--since", "2030"], "all that was asked"),
    ],
)
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_what_is_not_there_is_answered_with_what_there_is(
    zzcli: Zzcli, report: Path, arguments: list[str], told: str, form: str
) -> None:
    command, *rest = arguments
    files = [*rest, report] if rest[0] == "纺织" else [report, *rest]
    answer = zzcli(command, *files, "-f", form)
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert told in answer.err
    assert answer.out in ("", "[]\n", ",".join(keys(command)) + "\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["figures", "--measure", "size"], "level, growth"),
        (["figures", "--status", "done"], "actual, target, rule"),
        (["timeline", "--granularity", "hour"], "century"),
        (["figures", "--sort", "size"], "value"),
        (["figures", "--fields", "value,size"], "'size'"),
        (["timeline", "--sort", "-value"], "period"),
        (["figures", "--since", "neulich"], "2024-Q1"),
        (["figures", "--min", "viel"], "100亿"),
        (["figures", "-f", "xml"], "parquet"),
        (["timeline", "-f", "sdmx-csv"], "figures"),
        (["figures", "-f", "sdmx-csv", "--fields", "value"], "sdmx-csv"),
    ],
)
def test_an_unknown_key_or_value_is_answered_with_the_ones_there_are(
    zzcli: Zzcli, report: Path, arguments: list[str], told: str
) -> None:
    assert told in zzcli(*arguments, report).refused()


def test_records_come_in_the_order_that_is_asked_for_over_all_documents(zzcli: Zzcli, report: Path) -> None:
    other = report.with_name("other.txt")
    other.write_text("2024年，全市进出口总额500亿元，财政收入80亿元。", encoding="utf-8")
    values = [record["value"] for record in records(zzcli("figures", report, other, "--sort", "-value", "-f", "json"))]
    assert values == sorted(values, reverse=True)  # type: ignore[type-var]
    assert values[0] == 120350000000
    first = records(zzcli("figures", report, other, "--sort", "value", "--limit", "2", "-f", "json"))
    assert [record["value"] for record in first] == sorted(values)[:2]  # type: ignore[type-var]


def test_what_has_nothing_to_sort_by_comes_last_either_way(zzcli: Zzcli) -> None:
    for key in ("period", "-period"):
        dated = [record["period"] is not None for record in records(zzcli("figures", "--sort", key, "-f", "json"))]
        assert True in dated
        assert False in dated
        assert dated == sorted(dated, reverse=True)


def test_fields_are_kept_in_their_order(zzcli: Zzcli, report: Path) -> None:
    found = records(zzcli("figures", report, "--fields", "value,indicator", "-f", "json"))
    assert {tuple(record) for record in found} == {("value", "indicator")}
    rows = list(csv.reader(io.StringIO(zzcli("figures", report, "--fields", "line, value", "-f", "csv").out)))
    assert rows[0] == ["line", "value"]
    assert {len(row) for row in rows} == {2}
    table = zzcli("figures", report, "--fields", "indicator,value").out
    assert "地区生产总值" in table
    assert "120350000000" in table
    assert "2024-01-01" not in table


@pytest.mark.parametrize("key", keys("figures"))
def test_figures_can_be_sorted_by_every_key(zzcli: Zzcli, key: str) -> None:
    assert len(records(zzcli("figures", "--sort", key, "-f", "json"))) == len(package.read().figures)


def test_an_industrys_name_shows_all_that_is_said_of_it(zzcli: Zzcli) -> None:
    answer = zzcli("industries", "轨道交通")
    assert answer.code == 0
    industry = next(each for each in package.read().industries if each.industry == "轨道交通")
    assert "1600亿元" in answer.out
    shown = "".join(answer.out.split())
    text = package.read().text
    for mention in industry.mentions:
        assert re.search(rf"{text.line(text.origin(mention).start)}\b", answer.out)
    assert "轨道交通产业成为千亿" in shown or "轨道交通产业于2015年成为千亿集群" in shown
    assert "电子信息" not in answer.out.splitlines()[4]


def test_a_file_is_no_industry(zzcli: Zzcli, report: Path) -> None:
    assert records(zzcli("industries", report, "-f", "json"))
    assert "no such file" in zzcli("industries", "missing.txt").refused()


@pytest.mark.parametrize(
    ("suffix", "begins"),
    [("json", "[\n"), ("ndjson", "{"), ("csv", "source,"), ("tsv", "source\t"), ("md", "| source")],
)
def test_the_suffix_of_the_output_decides_the_format(zzcli: Zzcli, report: Path, suffix: str, begins: str) -> None:
    out = report.with_name(f"out.{suffix}")
    assert zzcli("figures", report, "-o", out).code == 0
    assert out.read_text(encoding="utf-8").startswith(begins)


def test_a_format_that_is_given_goes_before_the_suffix_and_that_before_the_variable(
    zzcli: Zzcli, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = report.with_name("out.csv")
    monkeypatch.setenv("ZZCLI_FORMAT", "ndjson")
    zzcli("figures", report, "-f", "json", "-o", out)
    assert out.read_text(encoding="utf-8").startswith("[")
    zzcli("figures", report, "-o", out)
    assert out.read_text(encoding="utf-8").startswith("source,")
    assert zzcli("figures", report).out.startswith("{")
    zzcli("figures", report, "-o", out.with_suffix(".dat"))
    assert out.with_suffix(".dat").read_text(encoding="utf-8").startswith("{")


def test_the_output_that_is_called_a_stroke_is_standard_output(
    zzcli: Zzcli, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(report.parent)
    assert zzcli("figures", report, "-o", "-").out == zzcli("figures", report).out
    assert [path.name for path in report.parent.iterdir()] == ["report.txt"]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_a_screen_and_ends_with_two_examples(zzcli: Zzcli, command: str) -> None:
    lines = zzcli(command, "--help").out.rstrip().splitlines()
    assert len(lines) <= 60
    assert max(map(len, lines)) <= 80
    assert [line.strip().startswith(f"zzcli {command}") or f"| zzcli {command}" in line for line in lines[-2:]] == [
        True,
        True,
    ]
    assert "Examples:" in lines[-4]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_examples_of_the_help_run_as_they_stand(
    zzcli: Zzcli, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(TOP / "seeds", tmp_path / "seeds")
    shutil.copytree(TOP / "tests" / "gold", tmp_path / "tests" / "gold")
    monkeypatch.chdir(tmp_path)
    shown = zzcli(*command.split(), "--help").out
    examples = [line.strip() for line in shown.split("Examples:")[1].splitlines() if "zzcli" in line]
    assert len(examples) == 2
    for example in examples:
        program, *arguments = shlex.split(example)
        assert program == "zzcli"
        answer = zzcli(*arguments)
        assert (answer.code, answer.err) == (0, ""), example
        assert answer.out


def test_defaults_from_variables_are_shown_in_the_help(zzcli: Zzcli) -> None:
    shown = " ".join(zzcli("figures", "--help").out.split())
    for name in ("ZZCLI_FORMAT", "ZZCLI_ENCODING", "ZZCLI_WORKERS", "ZZCLI_SCHEDULER"):
        assert f"env var: {name}" in shown


def test_names_of_the_bundled_page_are_completed() -> None:
    assert "轨道交通" in industry_names("轨道")
    assert industry_names("纺织机械") == []
    assert "规模以上工业企业利润总额" in indicators("利润")
    assert len(indicators("")) == len(set(indicators("")))
