"""What a screen can show, and what the environment says of it: width, colours, blocks and lines."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.made import PAGE
from zzcli.document import Document
from zzcli.views import charts, marks, sheet, table

ESCAPE = "\x1b["
COMMAND = [sys.executable, "-m", "zzcli", "figures", "-"]
SAID = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TTY_COMPATIBLE", "COLORTERM", "PYTHONIOENCODING")


@pytest.fixture(autouse=True)
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SAID:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


def piped(*arguments: str, **environment: str) -> str:
    """What the command writes to a pipe."""
    given = {**os.environ, "PYTHONUTF8": "1", **environment}
    done = subprocess.run([*COMMAND, *arguments], input=PAGE.encode(), env=given, capture_output=True, check=True)
    return done.stdout.decode(environment.get("PYTHONIOENCODING", "utf-8"))


def on_terminal(**environment: str) -> str:
    """What the command writes to a terminal."""
    ours, theirs = pty.openpty()
    given = {**os.environ, "PYTHONUTF8": "1", **environment}
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=theirs, env=given) as process:
        os.close(theirs)
        assert process.stdin
        process.stdin.write(PAGE.encode())
        process.stdin.close()
        written = b""
        try:
            while more := os.read(ours, 65536):
                written += more
        except OSError:  # how a terminal ends
            pass
    os.close(ours)
    return written.decode()


def test_a_pipe_has_no_colour() -> None:
    assert ESCAPE not in piped()


def test_a_pipe_has_colour_where_it_is_forced_and_not_forbidden() -> None:
    assert f"{ESCAPE}36m" in piped(FORCE_COLOR="1")
    assert ESCAPE not in piped(FORCE_COLOR="1", NO_COLOR="1")
    assert ESCAPE not in piped(FORCE_COLOR="1", TERM="dumb")


def test_a_file_has_no_colour_and_is_drawn_whatever_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "figures.txt"
    assert piped("-o", str(file), "-f", "table", FORCE_COLOR="1", TERM="dumb") == ""
    written = file.read_text(encoding="utf-8")
    assert ESCAPE not in written
    assert "───" in written


def test_a_terminal_has_colour_unless_it_is_dumb_or_none_is_wanted() -> None:
    assert f"{ESCAPE}36m" in on_terminal()
    assert f"{ESCAPE}36m" not in on_terminal(NO_COLOR="1")
    dumb = on_terminal(TERM="dumb")
    assert ESCAPE not in dumb
    assert "---" in dumb
    assert "─" not in dumb


def test_columns_say_how_wide_it_is() -> None:
    rule = next(line for line in piped(COLUMNS="61").splitlines() if line.startswith("─"))
    assert rule == "─" * 61


@pytest.mark.parametrize("columns", ["", "0", "-5", "wide"])
def test_columns_that_are_no_width_are_not_heeded(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert sheet.screen(to_file=True).width >= sheet.NARROWEST


@pytest.mark.parametrize(("encoding", "drawn"), [("utf-8", True), ("gbk", True), ("gb18030", True), ("ascii", False)])
def test_what_is_drawn_hangs_on_the_encoding_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, encoding: str, drawn: bool
) -> None:
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    assert sheet.screen(to_file=False).blocks is drawn
    assert sheet.screen(to_file=True).blocks


@pytest.mark.parametrize("term", ["dumb", "DUMB", "unknown"])
def test_a_dumb_terminal_draws_nothing(monkeypatch: pytest.MonkeyPatch, term: str) -> None:
    monkeypatch.setenv("TERM", term)
    assert not sheet.screen(to_file=False).blocks
    assert sheet.screen(to_file=True).blocks


def test_where_standard_output_is_closed_there_is_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert sheet.screen(to_file=False).blocks


@pytest.mark.parametrize("width", [24, 80, 140])
def test_a_screen_without_blocks_shows_none(page: Document, width: int) -> None:
    views = [
        table.figures(page, page.figures),
        table.timeline(page, page.timeline),
        table.industries(page, page.industries),
        table.overview(page),
        charts.figures(page, page.figures, "地区生产总值"),
        charts.timeline(page, page.timeline),
        charts.industries(page, page.industries),
        marks.text_view(page, marks=True),
    ]
    plain = sheet.render(views, sheet.Screen(width, None, False, blocks=False))
    assert not set(sheet.DRAWN) & set(plain)
    assert set(sheet.DRAWN) & set(sheet.render(views, sheet.Screen(width, None, False, blocks=True)))
