"""The door: what is asked for comes, every fault is one line, and the exit code tells."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Answer, unprivileged
from zzcli import __main__, __version__
from zzcli.views.output import write

Zzcli = Callable[..., Answer]

COMMANDS = ["industries", "timeline", "figures", "check", "overview"]
ASKED = [[command] for command in COMMANDS] + [["search", "产业"]]


def process(
    *arguments: str, stdin: str | bytes | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "zzcli", *arguments],
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        env={**os.environ, **environment},
        capture_output=True,
    )


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("form", ["table", "json", "ndjson", "csv", "tsv"])
def test_every_command_answers_for_the_bundled_page_in_every_format(zzcli: Zzcli, asked: list[str], form: str) -> None:
    answer = zzcli(*asked, "--format", form)
    assert (answer.code, answer.err) == (0, "")
    assert "zhuzhou.txt" in answer.out
    if form == "json":
        assert json.loads(answer.out)
    if form in ("csv", "tsv"):
        rows = list(csv.reader(io.StringIO(answer.out), delimiter="\t" if form == "tsv" else ","))
        assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize("asked", ASKED)
def test_a_file_is_read_instead_of_the_bundled_page(zzcli: Zzcli, plain_file: Path, asked: list[str]) -> None:
    for record in json.loads(zzcli(*asked, plain_file, "-f", "json").out):
        assert record["source"] == str(plain_file)


def test_several_files_come_in_their_order_each_with_its_source(zzcli: Zzcli, plain_file: Path) -> None:
    other = plain_file.with_name("other.txt")
    other.write_bytes(plain_file.read_bytes())
    records = json.loads(zzcli("figures", plain_file, other, "-f", "json").out)
    sources = list(dict.fromkeys(record["source"] for record in records))
    assert sources == [str(plain_file), str(other)]
    tables = zzcli("figures", plain_file, other).out
    assert tables.index(plain_file.name) < tables.index(other.name)


def test_no_command_is_an_overview_of_the_bundled_page(zzcli: Zzcli) -> None:
    answer = zzcli()
    assert answer.code == 0
    assert answer.out == zzcli("overview").out
    for words in ("zhuzhou.txt", "area", "published", "figures", "zzcli timeline", "zzcli search TERM", "zzcli check"):
        assert words in answer.out
    assert "FILE" not in answer.out


def test_the_overview_of_a_file_names_it_once_and_the_commands_for_it(zzcli: Zzcli, tmp_path: Path) -> None:
    file = tmp_path / "the report.txt"
    file.write_text("2024年，全市生产总值1000亿元。", encoding="utf-8")
    out = zzcli("overview", file, "-o", tmp_path / "out.txt").out
    assert not out
    shown = (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert shown.replace("\n", "").count("the report.txt") == 1
    assert "zzcli search TERM FILE" in shown


def test_a_limit_holds_over_all_files(zzcli: Zzcli, plain_file: Path) -> None:
    everything = json.loads(zzcli("figures", plain_file, plain_file, "-f", "json").out)
    limit = len(everything) // 2 + 1
    assert (
        json.loads(zzcli("figures", plain_file, plain_file, "-f", "json", "-n", str(limit)).out) == everything[:limit]
    )
    assert len(json.loads(zzcli("search", "云江", plain_file, "-f", "json", "-n", "1").out)) == 1
    assert len(json.loads(zzcli("overview", plain_file, plain_file, "-f", "json", "-n", "1").out)) == 1
    assert f"1 of {len(everything) // 2} figures" in " ".join(zzcli("figures", plain_file, "-n", "1").out.split())


@pytest.mark.parametrize(
    ("given", "day"),
    [("2024-09-30", "2024-09-30"), ("2024-9-3", "2024-09-03"), ("2024-02", "2024-02-29"), ("2023", "2023-12-31")],
)
def test_a_publication_date_is_a_day_a_month_or_a_year(zzcli: Zzcli, plain_file: Path, given: str, day: str) -> None:
    (record,) = json.loads(zzcli("overview", plain_file, "--published", given, "-f", "json").out)
    assert (record["published"], record["published_by"]) == (day, "given")


@pytest.mark.parametrize("given", ["2024-13", "2024-02-30", "today", "", "24", "0000", "2024-09-30T10:00", "２０２４"])
def test_a_bad_date_is_refused(zzcli: Zzcli, given: str) -> None:
    assert "give 2024-09-30, 2024-09 or 2024" in zzcli("figures", "--published", given).refused()


def test_an_encoding_can_be_named(zzcli: Zzcli, tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text("2024年，全市生产总值1000亿元。", encoding="gb18030")
    (record,) = json.loads(zzcli("overview", file, "--encoding", "gb18030", "-f", "json").out)
    assert record["encoding"] == "gb18030"


@pytest.mark.parametrize("name", ["martian", "", " ", "rot13", "hex", "utf-8\n", "\x1b[31m", "a\0b", "字"])
@pytest.mark.parametrize("files", [[], ["-"]])
def test_a_name_of_no_encoding_is_refused_also_for_the_bundled_page(zzcli: Zzcli, name: str, files: list[str]) -> None:
    assert "no such encoding" in zzcli("figures", *files, "--encoding", name).refused()


def test_an_encoding_holds_for_the_bundled_page_too(zzcli: Zzcli) -> None:
    assert zzcli("figures", "--encoding", "utf-8").out == zzcli("figures").out
    assert "is not gbk" in zzcli("figures", "--encoding", "gbk").refused()


def test_standard_input_is_read_once(zzcli: Zzcli) -> None:
    assert "read once" in zzcli("figures", "-", "-").refused()


def test_a_file_without_a_name_is_refused(zzcli: Zzcli, plain_file: Path) -> None:
    assert "''" in zzcli("figures", plain_file, "").refused()


@pytest.mark.parametrize("asked", ASKED)
def test_what_cannot_be_read_is_told_in_one_line(zzcli: Zzcli, tmp_path: Path, asked: list[str]) -> None:
    empty, picture = tmp_path / "empty.txt", tmp_path / "picture.png"
    empty.touch()
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))
    assert "no such file" in zzcli(*asked, tmp_path / "missing.txt").refused()
    assert "empty" in zzcli(*asked, empty).refused()
    assert "not text" in zzcli(*asked, picture).refused()


def test_a_name_of_a_file_steers_no_terminal(zzcli: Zzcli, tmp_path: Path) -> None:
    line = zzcli("figures", tmp_path / "a\x1b[31m\nb\u202e.txt").refused()
    assert "\x1b" not in line
    assert "\u202e" not in line


@pytest.mark.parametrize(
    "arguments",
    [
        ["--fromat", "json"],
        ["figures", "--fromat", "json"],
        ["figures", "--format", "xml"],
        ["figures", "--limit", "0"],
        ["figures", "--limit", "many"],
        ["figures", "--output"],
        ["search"],
        ["bogus"],
    ],
)
def test_wrong_use_is_one_line_that_names_the_help(zzcli: Zzcli, arguments: list[str]) -> None:
    assert re.search(r"\(see: zzcli( figures| search)? --help\)\n$", zzcli(*arguments).refused())


@pytest.mark.parametrize("command", ["industries", "timeline", "figures", "check"])
def test_a_text_without_facts_is_an_empty_answer(zzcli: Zzcli, tmp_path: Path, command: str) -> None:
    file = tmp_path / "plain.txt"
    file.write_text("山高水长。", encoding="utf-8")
    assert (zzcli(command, file).code, zzcli(command, file, "-f", "json").out) == (0, "[]\n")
    assert "· no " in zzcli(command, file).out


def test_a_search_that_finds_nothing_ends_with_1_and_names_what_is_near(zzcli: Zzcli, plain_file: Path) -> None:
    answer = zzcli("search", "智能船坞", plain_file)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("zzcli: nothing found for 智能船坞; nearest: 智能")
    assert answer.err.count("\n") == 1
    assert zzcli("search", "智能船坞", plain_file, "-f", "json").out == "[]\n"


def test_where_nothing_is_near_a_term_the_frequent_ones_are_not_called_near(zzcli: Zzcli, plain_file: Path) -> None:
    answer = zzcli("search", "[/]", plain_file)
    assert answer.code == 1
    assert "nearest" not in answer.err
    assert re.search(r"nothing found for \[/\], nor like it; often there: \S+", answer.err)


@pytest.mark.parametrize("term", ["[/]", "C++", '"', "*", "\x1b[31m", "--"])
def test_a_term_is_text_also_where_nothing_is_found(zzcli: Zzcli, plain_file: Path, term: str) -> None:
    answer = zzcli("search", "--", term, plain_file)
    assert answer.code == 1
    assert "\x1b" not in answer.err


def test_an_empty_term_is_refused(zzcli: Zzcli) -> None:
    assert "empty" in zzcli("search", " ").refused()


def test_output_goes_to_a_file_as_it_would_to_a_pipe(zzcli: Zzcli, tmp_path: Path) -> None:
    file = tmp_path / "out"
    for form in ("table", "json", "csv"):
        answer = zzcli("figures", "-f", form, "-o", file)
        assert (answer.code, answer.out, answer.err) == (0, "", "")
        assert file.read_text(encoding="utf-8") == zzcli("figures", "-f", form).out


def test_a_folder_that_cannot_be_written_is_told_in_one_line(
    zzcli: Zzcli, read_only: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_unprivileged(chunks: Iterable[str], *where: Any, **how: Any) -> None:
        read = list(chunks)
        with unprivileged():
            write(read, *where, **how)

    monkeypatch.setattr("zzcli.views.output.write", write_unprivileged)
    assert "Permission denied" in zzcli("figures", "-o", read_only / "out.json", "-f", "json").refused()
    assert "cannot be written" in zzcli("figures", "-o", tmp_path / "no" / "out.json").refused()
    assert "cannot be written" in zzcli("figures", "-o", tmp_path).refused()


def test_version(zzcli: Zzcli) -> None:
    assert zzcli("--version").out == f"zzcli {__version__}\n"


@pytest.mark.parametrize("command", [[], *([command] for command in [*COMMANDS, "search", "index"])])
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_says_what_it_does(zzcli: Zzcli, command: list[str], flag: str) -> None:
    answer = zzcli(*command, flag)
    assert answer.code == 0
    assert answer.out.startswith(" ".join(["Usage: zzcli", *command]))
    assert "..." not in answer.out.replace("]...", "")


def test_a_fault_of_its_own_is_one_line_too(zzcli: Zzcli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zzcli.document.reflow", lambda *_: [][1])
    assert "IndexError: list index out of range (test_cli.py:" in zzcli("figures").refused()


def interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_an_interrupt_ends_with_130(zzcli: Zzcli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zzcli.document.reflow", interrupted)
    answer = zzcli("figures")
    assert (answer.code, answer.out, answer.err) == (130, "", "")


def test_an_interrupt_while_loading_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zzcli.cli.run", interrupted)
    monkeypatch.setattr("signal.signal", lambda *_: None)  # the process of the tests does not end here
    assert __main__.main() == 130


def test_ctrl_c_leaves_no_traceback(tmp_path: Path) -> None:
    reading = subprocess.Popen(
        [sys.executable, "-m", "zzcli", "figures", "-", "-o", str(tmp_path / "out.txt")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert reading.stdin
    # More than a pipe holds: when it is written, the reader is at it.
    reading.stdin.write(b"x" * 1_000_000)
    reading.send_signal(signal.SIGINT)
    out, err = reading.communicate()
    assert (reading.returncode, out, err) == (130, b"", b"")
    assert list(tmp_path.iterdir()) == []


def test_standard_input_is_read(plain_file: Path) -> None:
    read = process("figures", "-", "-f", "ndjson", stdin=plain_file.read_bytes())
    assert read.returncode == 0
    assert json.loads(read.stdout.splitlines()[0])["source"] == "-"


def test_a_closed_pipe_ends_quietly_with_0() -> None:
    piped = subprocess.Popen(
        [sys.executable, "-m", "zzcli", "figures", *["seeds/zhuzhou.txt"] * 20, "-f", "json"],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert piped.stdout
    assert piped.stderr
    assert piped.stdout.readline() == b"[\n"
    piped.stdout.close()
    err = piped.stderr.read()
    piped.stderr.close()
    assert (piped.wait(), err) == (0, b"")


def test_a_full_disk_behind_standard_output_is_told_in_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run([sys.executable, "-m", "zzcli", "figures"], stdout=full, stderr=subprocess.PIPE)
    assert run.returncode == 2
    assert run.stderr.decode() == "zzcli: standard output: cannot be written: No space left on device\n"


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_a_terminal_of_another_encoding_is_no_fault(encoding: str) -> None:
    run = process("timeline", PYTHONIOENCODING=encoding)
    assert (run.returncode, run.stderr) == (0, b"")
    assert run.stdout.decode(encoding)
    assert process("timeline", "-f", "json", PYTHONIOENCODING=encoding).stdout.decode("utf-8")
