"""Files out: whole or not at all, wherever they go and however a run ends; and nothing is left beside them."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Answer
from zzcli import cache
from zzcli.errors import EndedError, UnwritableError
from zzcli.replacing import replacing
from zzcli.views.output import write

Zzcli = Callable[..., Answer]

OLD = "as it was"
TEXT = "云江市公报\n\n2024年，全市生产总值1000亿元，同比增长5.1%。\n"
FORMS = ["csv", "json", "xlsx", "parquet", "md", "txt"]
LEFT = ".zzcli-0123456789abcdef.part"
DAY = 24 * 60 * 60

# At each of these a run stands still and says so on standard error.
STILL = """
import os, sys, time
os.environ["ZZCLI_CACHE"] = ""  # what is kept there is renamed too
from zzcli import __main__, replacing

def still(function):
    def stands(*given, **named):
        print("here", file=sys.stderr, flush=True)
        time.sleep(60)
        return function(*given, **named)
    return stands

{at}
sys.exit(__main__.main())
"""
MOMENTS = {
    "reading": "from zzcli import document; document.reflow = still(document.reflow)",
    "renaming": "replacing.os.replace = still(replacing.os.replace)",
}


@pytest.fixture
def page(tmp_path: Path) -> Path:
    page = tmp_path / "in" / "page.txt"
    page.parent.mkdir()
    page.write_text(TEXT, encoding="utf-8")
    return page


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def run(*arguments: str | Path, code: str = "", **more: object) -> subprocess.Popen[bytes]:
    start = ["-c", code] if code else ["-m", "zzcli"]
    streams = {"stdout": -1, "stderr": -1, **more}
    return subprocess.Popen([sys.executable, *start, *map(str, arguments)], **streams)  # type: ignore[call-overload]


def rest(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


@pytest.mark.parametrize("moment", MOMENTS)
def test_whoever_ends_a_run_leaves_the_old_file_and_nothing_else(page: Path, out: Path, moment: str) -> None:
    """Ctrl-C once and three times, kill, and a terminal that is closed, while each format is written."""
    work = out.parent / "work"
    work.mkdir()
    asked = [(form, number) for form in ("csv", "xlsx") for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    code = STILL.format(at=MOMENTS[moment])
    running = []
    for form, number in asked:
        place = out / f"{number}.{form}"
        place.write_text(OLD)
        begun = run("figures", page, "-o", place, code=code, env={**os.environ, "TMPDIR": str(work)})
        running.append((begun, number))
    for begun, number in running:
        assert begun.stderr
        assert begun.stderr.readline() == b"here\n"
        for _ in range(3 if begun.pid % 2 else 1):
            begun.send_signal(number)
    for begun, number in running:
        assert begun.communicate(timeout=20) == (b"", b"")
        assert begun.returncode == (130 if number == signal.SIGINT else -number)
    assert set(rest(out).values()) == {OLD}
    assert len(rest(out)) == len(asked)
    assert list(work.iterdir()) == []


def test_a_run_that_is_asked_to_end_when_it_has_answered_ends_without_a_word() -> None:
    code = "import atexit, os, signal, sys; from zzcli import __main__\n"
    code += "atexit.register(lambda: os.kill(os.getpid(), signal.SIGTERM))\nsys.exit(__main__.main())"
    assert run("--version", code=code).communicate()[1] == b""


def test_a_run_that_is_told_to_ignore_a_closed_terminal_does(page: Path, out: Path) -> None:
    code = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n" + STILL.format(at=MOMENTS["renaming"])
    begun = run("figures", page, "-o", out / "a.csv", code=code.replace("sleep(60)", "sleep(0.3)"))
    assert begun.stderr
    assert begun.stderr.readline() == b"here\n"
    begun.send_signal(signal.SIGHUP)
    assert begun.communicate() == (b"", b"")
    assert begun.returncode == 0
    assert (out / "a.csv").stat().st_size


def test_what_a_killed_run_left_is_taken_away_by_a_later_one(page: Path, out: Path, zzcli: Zzcli) -> None:
    (out / "a.csv").write_text(OLD)
    begun = run("figures", page, "-o", out / "a.csv", code=STILL.format(at=MOMENTS["renaming"]))
    assert begun.stderr
    assert begun.stderr.readline() == b"here\n"
    begun.kill()
    begun.communicate()
    (left,) = out.glob(".*")
    assert (out / "a.csv").read_text() == OLD
    zzcli("figures", page, "-o", out / "b.csv")
    assert left.exists()  # somebody may still be at it
    os.utime(left, (0, time.time() - DAY - 60))
    zzcli("figures", page, "-o", out / "b.csv")
    assert {path.name for path in out.iterdir()} == {"a.csv", "b.csv"}


def test_nothing_else_is_taken_away(tmp_path: Path) -> None:
    others = [".zzcli-0123456789abcdeg.part", ".zzcli-0123.part", "x" + LEFT, LEFT + "x", ".zzcli-index.sqlite"]
    for name in others:
        (tmp_path / name).write_text(OLD)
        os.utime(tmp_path / name, (0, 0))
    (tmp_path / ".zzcli-0000000000000000.part").mkdir()
    (tmp_path / ".zzcli-1111111111111111.part").symlink_to(tmp_path / others[0])
    os.utime(tmp_path / ".zzcli-1111111111111111.part", (0, 0), follow_symlinks=False)
    before = set(tmp_path.iterdir())
    write(["new"], tmp_path / "out.txt")
    assert set(tmp_path.iterdir()) - before == {tmp_path / "out.txt"}
    assert before <= set(tmp_path.iterdir())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_what_another_user_has_begun_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / LEFT).write_text(OLD)
    os.chown(tmp_path / LEFT, 65534, 65534)
    os.utime(tmp_path / LEFT, (0, 0))
    write(["new"], tmp_path / "out.txt")
    assert (tmp_path / LEFT).read_text() == OLD


def test_the_cache_is_cleared_in_the_same_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZZCLI_CACHE", str(tmp_path))
    (tmp_path / LEFT).write_text(OLD)
    os.utime(tmp_path / LEFT, (0, 0))
    cache.keep("words", b"key", b"content")
    assert [path.name for path in tmp_path.iterdir()] == ["words"]


def test_an_end_that_is_interrupted_clears_away_at_the_very_end(tmp_path: Path) -> None:
    program = """
import os, sys
from zzcli.replacing import replacing
def broken(path):
    os.unlink = unlink
    raise KeyboardInterrupt
unlink, os.unlink = os.unlink, broken
try:
    with replacing(sys.argv[1]) as file:
        raise KeyboardInterrupt
except KeyboardInterrupt:
    print(len(os.listdir(os.path.dirname(sys.argv[1]))))
"""
    assert run(tmp_path / "out.csv", code=program).communicate() == (b"1\n", b"")
    assert list(tmp_path.iterdir()) == []


def limited() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))


def test_a_file_that_grows_too_large_leaves_the_old_one(page: Path, out: Path, tmp_path: Path) -> None:
    """As where a disk is full, for each format."""
    (tmp_path / "work").mkdir()
    environment = {**os.environ, "TMPDIR": str(tmp_path / "work")}
    running = {}
    for form in FORMS:
        (out / f"a.{form}").write_text(OLD)
        running[form] = run("figures", page, "-o", out / f"a.{form}", preexec_fn=limited, env=environment)
    for form, begun in running.items():
        told, err = begun.communicate()
        assert (begun.returncode, told) == (2, b""), form
        assert err.decode() == f"zzcli: {out}/a.{form}: cannot be written: File too large\n"
    assert rest(out) == {f"a.{form}": OLD for form in FORMS}
    assert list((tmp_path / "work").iterdir()) == []


def test_an_index_that_grows_too_large_leaves_the_old_one(page: Path, tmp_path: Path) -> None:
    place = tmp_path / "index"
    for form, told in (("one", b""), ("two", b"cannot be written")):
        page.with_name(form + ".txt").write_text(TEXT * 300, encoding="utf-8")
        before = place.read_bytes() if place.exists() else None
        begun = run("index", page.parent, "--index", place, preexec_fn=limited if told else None)
        err = begun.communicate()[1]
        assert (begun.returncode, err.count(b"\n")) == ((2, 1) if told else (0, 0))
        assert told in err
    assert place.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} <= {"in", "index", "out"}


@pytest.mark.parametrize("target", ["folder", "loop", "below a file", "no folder", "too long"])
def test_a_place_that_cannot_be_written_is_told_in_one_line_and_stays(zzcli: Zzcli, out: Path, target: str) -> None:
    (out / "folder").mkdir()
    (out / "file").write_text(OLD)
    (out / "loop").symlink_to("back")
    (out / "back").symlink_to("loop")
    names = {"below a file": "file/a.csv", "no folder": "none/a.csv", "too long": "a" * 300}
    before = sorted(out.iterdir())
    assert "cannot be written" in zzcli("figures", "-o", out / names.get(target, target)).refused()
    assert sorted(out.iterdir()) == before
    assert (out / "loop").is_symlink()


def test_a_link_to_nothing_gets_its_file(out: Path) -> None:
    (out / "link").symlink_to("file")
    write(["new"], out / "link")
    assert (out / "link").is_symlink()
    assert (out / "file").read_text() == "new"


def test_a_pipe_that_is_named_is_written_to_and_its_reader_may_leave(out: Path) -> None:
    os.mkfifo(out / "pipe")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append((out / "pipe").read_text()))
    reader.start()
    write(["new"], out / "pipe")
    reader.join()
    assert read == ["new"]

    reader = threading.Thread(target=lambda: (out / "pipe").open().close())
    reader.start()
    with pytest.raises(EndedError) as ended:
        write(("x" * 100_000 for _ in range(10)), out / "pipe")
    reader.join()
    assert ended.value.code == 0
    assert [path.name for path in out.iterdir()] == ["pipe"]


@pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="this system has no /dev/stdout")
def test_standard_output_may_be_named_as_a_device() -> None:
    told, err = run("overview", "-f", "json", "-o", "/dev/stdout").communicate()
    assert err == b""
    assert json.loads(told)[0]["source"] == "zhuzhou.txt"


def test_a_new_file_has_the_mode_that_the_user_wants_and_one_of_the_cache_is_private(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write(["x"], tmp_path / "out.csv")
        with replacing(str(tmp_path / "own"), 0o600) as file:
            file.write(b"x")
    finally:
        os.umask(mask)
    assert (tmp_path / "out.csv").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "own").stat().st_mode & 0o777 == 0o600


def test_what_is_wrong_while_documents_are_read_is_no_fault_of_standard_output() -> None:
    def chunks() -> object:
        raise OSError(5, "of another file")
        yield

    with pytest.raises(OSError, match="of another file") as error:
        write(chunks(), None)  # type: ignore[arg-type]
    assert not isinstance(error.value, UnwritableError)


@pytest.mark.parametrize("arguments", [["--help"], ["figures", "--help"], ["--version"], ["overview"]])
def test_help_and_version_are_written_as_answers_are(arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        begun = run(*arguments, stdout=full)
        err = begun.communicate()[1]
    assert (begun.returncode, err) == (2, b"zzcli: standard output: cannot be written: No space left on device\n")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("form", ["csv", "table", "xlsx"])
def test_an_answer_that_a_disk_takes_a_part_of_is_told(page: Path, out: Path, form: str, unbuffered: str) -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with (out / "a").open("wb") as part:
        begun = run("figures", page, "-f", form, stdout=part, preexec_fn=limited, env=environment)
        err = begun.communicate()[1]
    assert (begun.returncode, err.count(b"\n")) == (2, 1)
    assert err.startswith(b"zzcli: ")
    assert err.endswith(b"cannot be written: File too large\n")


def test_a_reader_that_has_gone_ends_a_run_with_0_whatever_was_told_before(page: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    for arguments in (["overview", "missing.txt", page], ["--help"], ["search", "生产总值", page]):
        begun = run(*arguments, stdout=writer)
        err = begun.communicate()[1]
        assert begun.returncode == 0
        assert err.count(b"\n") == (1 if "missing.txt" in arguments else 0)
    os.close(writer)


def closed(*streams: int) -> Callable[[], None]:
    return lambda: [os.close(stream) for stream in streams] and None


def test_closed_streams_never_lead_into_a_file(page: Path, out: Path) -> None:
    asked = ["overview", page, "missing.txt", "-o", out / "a.csv"]
    begun = run(*asked, stdin=None, stdout=None, stderr=None, preexec_fn=closed(0, 1, 2))
    assert begun.wait() == 3
    assert (out / "a.csv").read_text(encoding="utf-8").count("\n") == 2
    assert "zzcli:" not in (out / "a.csv").read_text(encoding="utf-8")


def test_where_nobody_hears_complaints_they_are_not_put_among_the_data() -> None:
    for more in ({"stderr": None, "preexec_fn": closed(2)}, {"stderr": open("/dev/full", "wb")}):  # noqa: SIM115
        begun = run("overview", "missing.txt", **more)
        assert begun.communicate()[0] == b""
        assert begun.returncode == 2
        if more["stderr"]:
            more["stderr"].close()


NAMES = [
    "-o.csv.txt",
    "--output=x.csv.txt",
    "=1+1.txt",
    "@a.txt",
    "a\nb.txt",
    "\rc.txt",
    "\td.txt",
    "[red]x[:].txt",
    "-.txt",
]


@pytest.mark.parametrize("form", ["csv", "tsv", "xlsx", "parquet", "json", "table"])
def test_a_name_of_a_source_chooses_no_place_and_runs_nothing(
    zzcli: Zzcli, tmp_path: Path, out: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = tmp_path / "odd"
    odd.mkdir()
    monkeypatch.chdir(odd)
    for name in [*map(os.fsencode, NAMES), b"\xff\xfe.txt"]:
        Path(os.fsdecode(name)).write_text(TEXT, encoding="utf-8")
    before = {path: path.stat().st_mtime_ns for path in odd.iterdir()}
    assert zzcli("figures", ".", "-f", form, "-o", out / "a").code == 0
    answer = zzcli("figures", "-f", form, "-o", out / "b", "--sort", "value", "--", *map(os.fspath, odd.iterdir()))
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    named = zzcli("figures", "-f", "csv", "--fields", "source", "--", *NAMES).out
    assert not any(line.startswith(("=", "@", "-", "\t", '"\r')) for line in named.split("\n"))
    assert {path: path.stat().st_mtime_ns for path in odd.iterdir()} == before
    assert {path.name for path in out.iterdir()} == {"a", "b"}
    assert {path.name for path in tmp_path.iterdir()} == {"odd", "out"}


@pytest.mark.parametrize(
    "command", [["compare", "."], ["series", "生产总值", "."], ["figures", ".", "--sort", "value"]]
)
def test_a_name_that_is_no_utf8_is_told_by_every_command(
    zzcli: Zzcli, tmp_path: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (b"\xff\xfe.txt", b"a.txt"):
        Path(os.fsdecode(name)).write_text(TEXT, encoding="utf-8")
    for form in ("json", "table"):
        answer = zzcli(*command, "-f", form)
        assert (answer.code, answer.err) == (0, "")
    assert "\\udcff\\udcfe.txt" in zzcli(*command, "-f", "json").out


def test_text_goes_into_parquet_too(zzcli: Zzcli, page: Path, out: Path) -> None:
    from pyarrow.parquet import read_table

    assert zzcli("text", page, "-o", out / "a.parquet").code == 0
    assert read_table(out / "a.parquet")["truncated"].to_pylist() == [False, False]
