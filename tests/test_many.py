"""Many documents: read in parallel, told in order, each on its own; what goes wrong with one stays with it."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import pytest

from tests.conftest import Answer
from zzcli.many import ordering
from zzcli.many.answering import Question, answer
from zzcli.many.ordering import answer_to, answers

Zzcli = Callable[..., Answer]

KINDS = ["figures", "timeline", "industries", "check", "overview"]
FORMS = ["table", "json", "ndjson", "csv", "tsv"]


def text(number: int) -> str:
    return f"云江市第{number}号公报\n\n2024年，全市生产总值{1000 + number}亿元，同比增长5.{number % 9}%。\n" * (
        1 + number % 3
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Thirty documents."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number:02}.txt").write_text(text(number), encoding="utf-8")
    return folder


@pytest.fixture
def parallel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Worker processes are started for the first document, and given two at a time."""
    monkeypatch.setattr(ordering, "_FEW", 0)
    monkeypatch.setattr(ordering, "_BATCH", (1 << 20, 2))


def told(message: str) -> None:
    raise AssertionError(message)


def command(*arguments: str | Path) -> list[str]:
    """A process that starts worker processes for the first document."""
    start = "import sys; from zzcli import __main__; from zzcli.many import ordering; ordering._FEW = 0; "
    return [sys.executable, "-c", start + "sys.exit(__main__.main())", *map(str, arguments)]


def started(*arguments: str | Path) -> subprocess.Popen[bytes]:
    """Such a process in a group of its own, as a terminal starts it."""
    return subprocess.Popen(
        command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, bufsize=0
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS)
def test_a_folder_answers_as_its_documents_do_when_they_are_named_in_order(
    zzcli: Zzcli, folder: Path, kind: str, form: str
) -> None:
    named = zzcli(kind, *sorted(folder.iterdir())[:5], "-f", form)
    for path in sorted(folder.iterdir())[5:]:
        path.unlink()
    (folder / ".hidden.txt").write_text(text(99), encoding="utf-8")
    (folder / "notes.py").write_text(text(99), encoding="utf-8")
    answer = zzcli(kind, folder, "-f", form)
    assert (answer.code, answer.out, answer.err) == (0, named.out, "")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.usefixtures("parallel")
def test_workers_give_the_same_records_in_the_same_order(zzcli: Zzcli, folder: Path, form: str) -> None:
    one = zzcli("figures", folder, "-f", form, "--workers", "1")
    three = zzcli("figures", folder, "-f", form, "--workers", "3")
    assert (three.code, three.out, three.err) == (0, one.out, "")
    assert one.out.count("同比") >= 30 or form == "table"


def test_an_answer_is_plain_data_and_hangs_on_nothing_but_its_question(folder: Path) -> None:
    path = folder / "07.txt"
    question = Question("figures", "json", explain=True, limit=1)
    here = answer(str(path), question)
    assert here.records == 1
    assert pickle.loads(pickle.dumps((question, here))) == (question, here)
    data = path.read_bytes()
    path.unlink()
    assert answer(str(path), question, data) == here


def test_a_document_that_cannot_be_read_is_named_and_the_others_go_on(zzcli: Zzcli, folder: Path) -> None:
    whole = json.loads(zzcli("figures", folder, "-f", "json").out)
    (folder / "03.txt").write_bytes(b"")
    (folder / "05.txt").write_bytes(b"GIF89a")
    others = [record for record in whole if not record["source"].endswith(("03.txt", "05.txt"))]
    for options in ([], ["-o", folder / "out.json"]):
        answer = zzcli("figures", folder, "-f", "json", *options)
        assert answer.code == 3
        empty, picture = answer.err.splitlines()
        assert re.fullmatch(r"zzcli: .*03\.txt: is empty; .*", empty)
        assert re.fullmatch(r"zzcli: .*05\.txt: is not text but a GIF picture; .*", picture)
        assert json.loads(answer.out or (folder / "out.json").read_text(encoding="utf-8")) == others


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.usefixtures("parallel")
def test_where_no_document_can_be_read_nothing_is_written(zzcli: Zzcli, folder: Path, form: str) -> None:
    for path in folder.iterdir():
        path.write_bytes(b"")
    out = folder / "out"
    out.write_text("as it was")
    for options in ([], ["-o", out]):
        answer = zzcli("figures", folder, folder / "missing.txt", "-f", form, "--workers", "2", *options)
        assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 31)
    assert out.read_text() == "as it was"
    assert zzcli("figures", folder / "missing.txt", "-f", form).refused()


def test_a_folder_without_documents_is_told_and_the_others_go_on(zzcli: Zzcli, folder: Path) -> None:
    (folder / "empty").mkdir()
    answer = zzcli("figures", folder / "empty", folder / "01.txt", "-f", "csv")
    assert answer.code == 3
    assert "no document in this folder" in answer.err
    assert answer.out == zzcli("figures", folder / "01.txt", "-f", "csv").out


def test_wrong_use_is_told_before_anything_is_read(zzcli: Zzcli, folder: Path) -> None:
    assert "''" in zzcli("figures", folder, "").refused()
    assert "read once" in zzcli("figures", "-", folder, "-").refused()
    assert "--workers" in zzcli("figures", folder, "--workers", "0").refused()
    assert "--workers" in zzcli("figures", folder, "--workers", "2", "--scheduler", "tcp://localhost:1").refused()
    assert "tcp://host:8786" in zzcli("figures", folder, "--scheduler", "localhost").refused()


def test_a_fault_of_its_own_in_one_document_is_told_and_the_others_go_on(
    zzcli: Zzcli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zzcli.document import reflow

    monkeypatch.setattr(
        "zzcli.document.reflow", lambda source, form: [][1] if "1007亿" in source else reflow(source, form)
    )
    answer = zzcli("figures", folder, "-f", "ndjson")
    assert answer.code == 3
    assert re.fullmatch(
        r"zzcli: .*07\.txt: IndexError: list .*this is a fault of zzcli, please report it\n", answer.err
    )
    assert "06.txt" in answer.out
    assert "08.txt" in answer.out


@pytest.mark.usefixtures("parallel")
def test_a_limit_holds_over_all_documents_whoever_reads_them(zzcli: Zzcli, folder: Path) -> None:
    every = json.loads(zzcli("figures", folder, "-f", "json").out)
    for limit in (1, 5, 6, 7, len(every), len(every) + 1):
        limited = zzcli("figures", folder, "-f", "json", "-n", str(limit), "--workers", "2")
        assert json.loads(limited.out) == every[:limit]


@pytest.mark.usefixtures("parallel")
@pytest.mark.parametrize("workers", [1, 2])
def test_documents_are_taken_as_they_are_read_and_no_more_than_a_limit_needs(folder: Path, workers: int) -> None:
    taken = 0

    def paths() -> Iterator[str]:
        nonlocal taken
        for _ in range(1000):
            for path in sorted(folder.iterdir()):
                taken += 1
                yield str(path)

    found = answers(paths(), Question("figures"), told, workers)
    for read in range(1, 41):
        assert next(found).error is None
        assert taken <= read + 2 * 4 * workers + 2
    found.close()
    assert multiprocessing.active_children() == []
    assert sum(each.records for each in answers(paths(), Question("figures", limit=9), told, workers)) == 9
    assert multiprocessing.active_children() == []


def test_a_few_small_documents_start_no_process(folder: Path) -> None:
    code = "import sys; from zzcli.cli import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    run = subprocess.run(
        [sys.executable, "-c", code, "figures", folder, "-f", "csv"], capture_output=True, check=True, text=True
    )
    assert "zzcli.many.ordering" in run.stderr.split()
    assert not {"multiprocessing", "concurrent.futures", "zzcli.many.processes"} & set(run.stderr.split())


@pytest.mark.usefixtures("parallel")
def test_where_no_process_can_be_started_this_one_reads(
    zzcli: Zzcli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    one = zzcli("figures", folder, "-f", "csv", "--workers", "1").out
    monkeypatch.setattr("zzcli.many.processes.ProcessPoolExecutor", refused)
    answer = zzcli("figures", folder, "-f", "csv", "--workers", "2")
    assert (answer.code, answer.out, answer.err) == (0, one, "")


def test_standard_input_has_its_place_among_files(folder: Path) -> None:
    files = [folder / "01.txt", "-", folder / "02.txt"]
    run = subprocess.run(command("figures", *files, "-f", "ndjson"), input=text(3).encode(), capture_output=True)
    assert (run.returncode, run.stderr) == (0, b"")
    sources = [json.loads(line)["source"] for line in run.stdout.splitlines()]
    assert list(dict.fromkeys(sources)) == [str(file) for file in files]


def one_or_death(given: Any, question: Question) -> Any:
    """``answer_to``, but a worker that reads a document with ``.deaths`` beside it is killed so many times."""
    deaths = Path(given.path).with_suffix(".deaths")
    if deaths.exists() and multiprocessing.parent_process() is not None:
        left = int(deaths.read_text())
        if left:
            deaths.write_text(str(left - 1))
            os.kill(os.getpid(), signal.SIGKILL)
    return answer_to(given, question)


def each_or_death(batch: Any, question: Question) -> list[Any]:
    return [one_or_death(given, question) for given in batch]


@pytest.fixture
def deadly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zzcli.many.processes.answer_to", one_or_death)
    monkeypatch.setattr("zzcli.many.processes.answer_each", each_or_death)


@pytest.mark.usefixtures("parallel", "deadly")
def test_what_a_killed_worker_had_is_read_again(zzcli: Zzcli, folder: Path) -> None:
    one = zzcli("figures", folder, "-f", "csv", "--workers", "1").out
    (folder / "07.deaths").write_text("1")
    answer = zzcli("figures", folder, "-f", "csv", "--workers", "2")
    assert (folder / "07.deaths").read_text() == "0"
    assert (answer.code, answer.out) == (0, one)
    assert answer.err == "zzcli: a worker process was killed; what it had is read again\n"


@pytest.mark.usefixtures("parallel", "deadly")
def test_a_document_that_kills_its_worker_again_is_named_and_the_others_go_on(zzcli: Zzcli, folder: Path) -> None:
    one = zzcli("figures", folder, "-f", "csv", "--workers", "1").out
    (folder / "07.deaths").write_text("2")
    answer = zzcli("figures", folder, "-f", "csv", "--workers", "2")
    assert answer.code == 3
    assert answer.out == "".join(line for line in one.splitlines(keepends=True) if "07.txt" not in line)
    first, second = answer.err.splitlines()
    assert "a worker process was killed" in first
    assert "07.txt: the process that reads it is killed, also when it is alone" in second


def endless(folder: Path) -> list[Path]:
    """The folder so often that reading it takes longer than any test."""
    return [folder] * 500


def test_ctrl_c_ends_all_processes_without_a_word_and_leaves_the_output_as_it_was(folder: Path) -> None:
    out = folder / "out.csv"
    out.write_text("as it was")
    reading = started("figures", *endless(folder), "-f", "csv", "-o", out, "--workers", "2")
    while not any(part.stat().st_size for part in folder.glob(".zzcli-*.part")):
        assert reading.poll() is None
        time.sleep(0.01)
    os.killpg(reading.pid, signal.SIGINT)
    # The pipes end when no process holds them any more.
    assert reading.communicate(timeout=20) == (b"", b"")
    assert reading.returncode == 130
    assert out.read_text() == "as it was"
    assert list(folder.glob(".*")) == []


def test_a_closed_pipe_ends_all_processes_quietly_with_0(folder: Path) -> None:
    reading = started("figures", *endless(folder), "-f", "csv", "--workers", "2")
    assert reading.stdout
    assert reading.stderr
    assert reading.stdout.readline().startswith(b"source,")
    reading.stdout.close()
    assert reading.stderr.read() == b""
    reading.stderr.close()
    assert reading.wait(timeout=20) == 0


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM])
def test_no_worker_outlives_the_one_that_started_it(folder: Path, sent: int) -> None:
    reading = started("figures", *endless(folder), "-f", "csv", "--workers", "2")
    assert reading.stdout
    reading.stdout.readline()
    reading.send_signal(sent)
    reading.communicate(timeout=20)
    assert reading.returncode == -sent


def shown(arguments: list[str | Path], *, stdout_too: bool = False, term: str = "xterm") -> tuple[bytes, bytes]:
    """What a command writes to a pipe, and to a terminal on standard error or on both."""
    terminal, end = pty.openpty()
    environment = {**os.environ, "TERM": term, "COLUMNS": "80"}
    run = subprocess.Popen(
        command(*arguments), stdout=end if stdout_too else subprocess.PIPE, stderr=end, env=environment
    )
    os.close(end)
    piped = run.stdout.read() if run.stdout else b""
    seen = b""
    while True:
        try:
            read = os.read(terminal, 65536)
        except OSError:  # the other end is closed
            break
        if not read:
            break
        seen += read
    os.close(terminal)
    if run.stdout:
        run.stdout.close()
    assert run.wait() == 0
    return piped, seen


def test_a_bar_is_shown_on_a_terminal_and_nothing_of_it_in_a_pipe(zzcli: Zzcli, folder: Path) -> None:
    arguments = ["figures", folder, "-f", "csv", "--workers", "2"]
    piped, seen = shown(arguments)
    assert piped.decode() == zzcli(*arguments).out
    assert zzcli(*arguments).err == ""
    assert "reading" in seen.decode()
    assert "/30" in seen.decode()
    assert seen.endswith((b"\x1b[2K", b"\r"))  # cleared at the end


def test_a_bar_makes_room_for_what_is_written_to_the_same_terminal(zzcli: Zzcli, folder: Path) -> None:
    arguments = ["figures", folder, "-f", "csv", "--workers", "2"]
    _, seen = shown(arguments, stdout_too=True)
    rows = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen.decode().replace("\r\n", "\n"))
    rows = re.sub(r"reading [^\n\r]*[\n\r]+", "", rows).replace("\r", "")
    assert rows == zzcli(*arguments).out


def test_one_document_has_no_bar_and_neither_has_a_terminal_that_cannot_draw_one(folder: Path) -> None:
    assert shown(["figures", folder / "01.txt", "-f", "csv"])[1] == b""
    assert shown(["figures", folder, "-f", "csv"], term="dumb")[1] == b""


class Batch(list[dict[str, Any]]):
    """What the code in README knows of an Arrow batch."""

    def to_pylist(self) -> list[dict[str, Any]]:
        return list(self)

    @classmethod
    def from_pylist(cls, rows: list[dict[str, Any]], schema: list[tuple[str, str]]) -> Batch:
        assert all(set(row) == dict(schema).keys() for row in rows)
        return cls(rows)


def test_the_same_function_answers_under_spark_as_readme_shows(
    zzcli: Zzcli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrow = SimpleNamespace(RecordBatch=Batch, schema=list, string=lambda: "string")
    monkeypatch.setitem(sys.modules, "pyarrow", arrow)
    spark = MagicMock()
    documents = spark.read.format.return_value.load.return_value
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"^```python\n(import pyarrow\n.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    exec(code, {"spark": spark})
    function, schema = documents.mapInArrow.call_args.args

    (folder / "03.txt").write_bytes(b"")
    files = [{"path": str(path), "content": path.read_bytes()} for path in sorted(folder.iterdir())]
    rows = [row for batch in function(iter([Batch(files[:20]), Batch(files[20:])])) for row in batch.to_pylist()]
    one = zzcli("figures", folder, "-f", "ndjson")
    assert [row["record"] for row in rows if row["record"]] == one.out.splitlines()
    assert [f"zzcli: {row['error']}\n" for row in rows if row["error"]] == [one.err]
    assert dict.fromkeys(rows[0], "string") == dict(column.split() for column in schema.split(", "))


@pytest.fixture
def cluster() -> Iterator[list[str]]:
    """The address of a Dask scheduler, and the processes of its two workers."""
    running = subprocess.Popen(
        [sys.executable, "-m", "tests.cluster"],
        cwd=Path(__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert running.stdin
    assert running.stdout
    yield running.stdout.readline().split()
    running.stdin.close()
    running.stdout.close()
    running.wait()


def test_a_cluster_gives_the_same_records_though_a_worker_is_killed(zzcli: Zzcli, folder: Path, cluster: Any) -> None:
    scheduler, worker, _ = cluster
    (folder / "29.txt").write_bytes(b"")
    arguments: list[str | Path] = ["figures", *[folder] * 20, folder / "missing.txt", "-f", "ndjson"]
    one = zzcli(*arguments)
    reading = started(*arguments, "--scheduler", scheduler)
    assert reading.stdout
    assert reading.stderr
    first = [reading.stdout.readline() for _ in range(3)]
    os.kill(int(worker), signal.SIGKILL)
    out, err = reading.communicate()
    assert b"".join([*first, out]).decode() == one.out
    assert reading.returncode == one.code == 3
    *unread, lost = err.decode().splitlines()
    assert sorted(unread) == sorted(one.err.splitlines())
    assert re.fullmatch(
        r"zzcli: a worker was lost; its documents \(\d+\) were read again: none is missing or doubled", lost
    )

    # another zzcli than here
    start = "import zzcli; zzcli.__version__ = '9'; from zzcli import __main__; __main__.main()"
    run = subprocess.run(
        [sys.executable, "-c", start, "figures", folder, "--scheduler", scheduler], capture_output=True, text=True
    )
    assert (run.stdout, run.stderr.count("\n")) == ("", 1)
    assert "install zzcli 9 on scheduler and workers" in run.stderr


def test_a_scheduler_that_is_not_there_is_told_in_one_line(folder: Path) -> None:
    start = "import sys; from zzcli import __main__; from zzcli.many import cluster; cluster._PATIENCE = 0.1; "
    run = subprocess.run(
        [sys.executable, "-c", start + "sys.exit(__main__.main())", "figures", folder, "--scheduler", "tcp://[::1]:1"],
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stdout, run.stderr.count("\n")) == (2, "", 1)
    assert "no Dask scheduler can be reached there" in run.stderr


def test_without_dask_it_is_told_how_to_install_it(zzcli: Zzcli, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "pip install 'zzcli[cluster]'" in zzcli("figures", folder, "--scheduler", "tcp://localhost:1").refused()


@pytest.mark.usefixtures("parallel")
def test_processes_of_the_program_that_asks_are_left_alone(folder: Path) -> None:
    found = answers(map(str, sorted(folder.iterdir())), Question("figures"), told, workers=2)
    next(found), next(found), next(found)
    bystander = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(60,))
    bystander.start()
    try:
        found.close()
        assert bystander.is_alive()
    finally:
        bystander.kill()
        bystander.join()


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.usefixtures("parallel")
def test_a_pipe_that_is_named_is_read_once(folder: Path, workers: int) -> None:
    files = sorted(map(str, folder.iterdir()))
    reader, writer = os.pipe()
    os.write(writer, text(1).encode())
    os.close(writer)
    found = answers([*files[:5], f"/dev/fd/{reader}", *files[5:]], Question("figures", limit=11), told, workers=workers)
    records = sum(answer.records for answer in found if answer.error is None)
    os.close(reader)
    assert records == 11
