"""Whatever is handed in, the answer is one clear line or sane records, with the exit code that belongs to it."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Answer
from zzcli.document import parse
from zzcli.search import search
from zzcli.views.formats import json_text
from zzcli.views.records import hit_record, records

Zzcli = Callable[..., Answer]

COMMANDS = [["industries"], ["timeline"], ["figures"], ["overview"], ["search", "产业"]]
PYTHON = [sys.executable, "-m", "zzcli"]

NO_TEXT = {
    "random": (random.Random(1).randbytes(4000), "is not text"),
    "white": (" \n\t\r\n\u3000\u00a0\n".encode(), "is empty"),
    "mark": (b"\xff\xfe", "is empty"),
    "picture": (b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01", "is not text|picture"),
    "nulls": ("2024年，企业100家。".encode() + bytes(64), "is not text"),
    "packed": (b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + random.Random(2).randbytes(500), "is not text|archive"),
}
ODD = {
    "only stops": "，。；！？、…—（）“”《》" * 500,
    "only words of industry": "产业" * 5000,
    "only numerals": "一二三千万亿" * 3000,
    "only digits": "7" * 30_000,
    "only percents": "%％‰" * 3000,
    "only dates": "今年去年前年上年同期" * 100,
    "only openers": "（《“【[{" * 2000,
    "one long line": "全市企业" * 5000 + "100家。",
    "no stop": "2024年全市规模以上工业增加值增长5.8% " * 200,
    "blank lines": "\n\n \n".join("2024年产业集聚企业5家") * 20,
    "markup": "2024年，[red]船舶[/red]产业[/]集聚企业12家:smile:，[link=x]利润[/link]30亿元。<b>&amp;</b>{0}%s\\n",
    "control": "2024年\x1b]0;x\x07，船舶产业\x08\x08集聚企业\u202e12\u202c家\u200b，利润\ufeff30亿元。\x85\u2028\x7f",
    "lone surrogate": "2024年\ud800，企业100家。\udfff",
    "far planes": "2024年，𠀀𠀁产业😀集聚企业12家。\U0010ffff\ue000",
    "long word": "2024年，" + "a" * 5000 + "产业集聚企业12家，" + "/" * 5000 + "。",
    "forms of digits": "２０２４年，企业１００家，½个，①个，Ⅳ级，٣个，१२家，〇家，廿五家，卅家，壹佰家。",
    "odd numbers": "1..2%，1,,2,,3元，1e999元，∞元，NaN元，-0%，+-5%，00012家，0.0.0.1版，1/0，5/3/2。",
}
NONSENSE_DATES = (
    "2024年13月45日，甲企业100家。0000年，乙企业3家。99999年，丙企业4家。2024年2月30日，招商5个。"
    "2023年2月29日，开工6个。2024年00月00日，投产7个。2024-99-99，关停8家。"
    "9999年12月31日，企业12家。"
)


def with_text(folder: Path, text: str) -> Path:
    file = folder / "odd.txt"
    file.write_bytes(text.encode("utf-8"))
    return file


@pytest.mark.parametrize("what", NO_TEXT)
@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_no_text_or_blank_is_refused_in_one_line(
    zzcli: Zzcli, tmp_path: Path, command: list[str], what: str
) -> None:
    data, said = NO_TEXT[what]
    file = tmp_path / what
    file.write_bytes(data)
    line = zzcli(*command, file).refused()
    assert line.startswith(f"zzcli: {file}: ")
    assert any(words in line for words in said.split("|"))


def test_an_empty_standard_input_is_named(tmp_path: Path) -> None:
    done = subprocess.run([*PYTHON, "figures", "-"], stdin=subprocess.DEVNULL, capture_output=True)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == "zzcli: standard input: is empty; there is nothing to read\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_may_not_be_read_is_refused_in_one_line(
    zzcli: Zzcli, plain_file: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    usual = open

    def refuse(file: Any, *arguments: Any, **named: Any) -> Any:
        if Path(str(file)) == plain_file:
            raise PermissionError(13, "Permission denied", str(file))
        return usual(file, *arguments, **named)

    monkeypatch.setattr("builtins.open", refuse)
    assert "may not be read" in zzcli(*command, plain_file).refused()


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("options", "said"),
    [(["--published", "2023-02-29"], "is no date"), (["--encoding", "klingon"], "no such encoding")],
)
def test_every_command_refuses_a_bad_date_and_a_bad_encoding(
    zzcli: Zzcli, plain_file: Path, command: list[str], options: list[str], said: str
) -> None:
    assert said in zzcli(*command, plain_file, *options).refused()


@pytest.mark.parametrize("command", COMMANDS)
def test_an_output_below_a_file_is_refused_and_the_file_stays(
    zzcli: Zzcli, plain_file: Path, command: list[str]
) -> None:
    before = plain_file.read_bytes()
    assert "cannot be written" in zzcli(*command, "-o", plain_file / "out.json", "-f", "json").refused()
    assert plain_file.read_bytes() == before


@pytest.mark.parametrize("command", COMMANDS)
def test_an_old_output_stays_where_the_input_cannot_be_read(zzcli: Zzcli, tmp_path: Path, command: list[str]) -> None:
    out = tmp_path / "out.json"
    out.write_text("old")
    zzcli(*command, tmp_path / "missing.txt", "-o", out, "-f", "json").refused()
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


def test_the_input_may_be_the_output(zzcli: Zzcli, plain_file: Path) -> None:
    wanted = zzcli("figures", plain_file, "-f", "json").out
    assert zzcli("figures", plain_file, "-f", "json", "-o", plain_file).code == 0
    assert plain_file.read_text(encoding="utf-8") == wanted


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_wants_one_line_gets_it_quietly(command: list[str]) -> None:
    piped = subprocess.run(
        [
            "bash",
            "-o",
            "pipefail",
            "-c",
            '"$@" | head -1',
            "bash",
            *PYTHON,
            *command,
            "seeds/zhuzhou.txt",
            "--format",
            "json",
        ],
        cwd=Path(__file__).parents[1],
        capture_output=True,
    )
    assert (piped.returncode, piped.stderr) == (0, b"")
    assert piped.stdout == b"[\n"


@pytest.mark.parametrize("form", ["table", "csv"])
def test_ctrl_c_in_the_middle_of_the_work_keeps_the_old_output(tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    out.write_text("old")
    page = (Path(__file__).parents[1] / "seeds" / "zhuzhou.txt").read_bytes()
    file = tmp_path / "long.txt"
    file.write_bytes(page * 600)
    working = subprocess.Popen(
        [*PYTHON, "figures", str(file), "-f", form, "-o", str(out)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    time.sleep(1.5)
    assert working.poll() is None, "the work was done before it could be interrupted"
    working.send_signal(signal.SIGINT)
    said, err = working.communicate(timeout=30)
    assert (working.returncode, said, err) == (130, b"", b"")
    assert out.read_text() == "old"
    assert sorted(tmp_path.iterdir()) == [file, out]


@pytest.mark.parametrize("what", ODD)
def test_an_odd_text_has_a_sane_answer(zzcli: Zzcli, tmp_path: Path, what: str) -> None:
    text = ODD[what].encode("utf-8", "replace").decode("utf-8")
    file = with_text(tmp_path, text)
    for command in COMMANDS:
        for form in ("json", "table"):
            answer = zzcli(*command, file, "-f", form)
            assert answer.code == 0 or (answer.code == 1 and command[0] == "search"), answer.err
            assert answer.err.count("\n") == answer.code
            assert "Traceback" not in answer.out + answer.err
            if form == "table":
                assert not any(mark in answer.out for mark in "\x1b\x07\x08\u202e\u200b\x7f\x85\u2028")
            elif command[0] != "overview":
                for record in json.loads(answer.out):
                    assert 0 <= record["start"] < record["end"] <= len(text)


@pytest.mark.parametrize("what", ODD)
def test_an_odd_text_can_be_parsed_also_with_what_no_file_can_hold(what: str) -> None:
    document = parse(ODD[what])
    for kind in ("figures", "timeline", "industries"):
        json.loads(json_text(records(document, kind)))
    json.loads(json_text([hit_record(hit) for hit in search([document], "产业")]))


def test_markup_in_a_text_is_shown_as_it_stands(zzcli: Zzcli, tmp_path: Path) -> None:
    file = with_text(tmp_path, ODD["markup"])
    (people,) = [
        record for record in json.loads(zzcli("figures", file, "-f", "json").out) if record["written"] == "12家"
    ]
    assert people["value"] == 12
    assert "[red]船舶[/red]产业[/]" in people["quote"]
    assert "[red]船舶[/red]产业[/]" in zzcli("search", "[red]", file).out.replace("\n", "")


def test_a_huge_number_keeps_all_its_digits(zzcli: Zzcli, tmp_path: Path) -> None:
    digits, decimals = "1234567890" * 30, "7" * 300
    file = with_text(tmp_path, f"2024年，全市工业增加值增长{digits}.{decimals}%，企业{digits}亿家。")
    said = json.loads(zzcli("figures", file, "-f", "json").out, parse_float=str, parse_int=str)
    values = {record["unit"]: record["value"] for record in said}
    assert values["%"] == f"{digits}.{decimals}"
    assert values["家"] == digits + "0" * 8
    table = "".join(zzcli("figures", file).out.split())
    assert "E+" not in table


def test_a_nonsense_date_dates_nothing(zzcli: Zzcli, tmp_path: Path) -> None:
    file = with_text(tmp_path, NONSENSE_DATES)
    figures = json.loads(zzcli("figures", file, "-f", "json").out)
    dated = {record["written"]: record["period"] for record in figures if record["period"]}
    assert set(dated) <= {"12家"}, dated
    for record in figures + json.loads(zzcli("timeline", file, "-f", "json").out):
        for day in (record["period_start"], record["period_end"]):
            assert day is None or date.fromisoformat(day)


PIECES = st.sampled_from(
    [
        *"，。；、：！？\n \t\r（）()“”\"'《》%-—~.…0123456789一二十百千万亿",
        *[
            "今年",
            "去年",
            "同期",
            "2024年",
            "1至7月",
            "上半年",
            "截至",
            "6月底",
            "同比",
            "增长",
            "下降",
            "亿元",
            "万户",
            "家",
        ],
        *[
            "产业",
            "集群",
            "轨道交通",
            "、",
            "等",
            "3个",
            "优势",
            "全市",
            "株洲市",
            "居全省",
            "第一",
            "达到",
            "由",
            "减至",
            "\n\n",
        ],
        *[
            "分别",
            "其中",
            "5.8%",
            "个百分点",
            "\x1b[0m",
            "\ufeff",
            "𠀀",
            "--",
            "+",
            "[/]",
            "规模",
            "企业",
            "“十四五”",
            "三大",
        ],
    ]
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=80).map("".join))
def test_any_text_is_parsed_and_every_fact_lies_in_it(text: str) -> None:
    document = parse(text)
    found = [record for kind in ("figures", "timeline", "industries") for record in records(document, kind)]
    for record in [*found, *map(hit_record, search([document], "产业"))]:
        assert 0 <= record["start"] < record["end"] <= len(text)
    for record in records(document, "figures"):
        assert isinstance(record["value"], Decimal)
        assert record["value"].is_finite()


def test_no_answer_hangs_on_the_folder_or_the_home(tmp_path: Path, plain_file: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[1]), "HOME": "/nonexistent"}
    done = subprocess.run(
        [*PYTHON, "search", "船舶产业", str(plain_file), "-f", "json"], cwd=folder, env=bare, capture_output=True
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert list(folder.iterdir()) == []
