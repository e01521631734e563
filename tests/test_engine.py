"""pdfium apart: what hangs or kills it costs a page, and nothing of it stays behind."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.printed import Printed
from zzcli.errors import UnreadableError
from zzcli.language import retold, use
from zzcli.reading import engine, pdf, pdfium

REPORT = "云江市今年{}月工业增加值增长8.6%，固定资产投资486.5亿元。"
# Goes before the program of the process; ``page`` is what reads a page there.
STAND_IN = """
import os, sys; sys.path[:] = sys.argv[1:]
from zzcli.reading import pdfium
pdfium.SECONDS, pdfium._OFTEN = 0.3, 0.02
read = pdfium.page_of
def spin():
    while True: pass
def page(document, number):
    {}
    return read(document, number)
pdfium.page_of = page
pdfium.serve()
"""


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """No process of another test, and none of this one for others."""
    engine._Engine.drop()
    yield
    engine._Engine.drop()


def report(pages: int) -> bytes:
    page = Printed()
    for number in range(1, pages + 1):
        page.line(72, 700, REPORT.format(number))
        page.turn()
    return page.done()


def states(data: bytes) -> list[str]:
    return [page.state for page in engine.pages(data)]


def number_of_process() -> int:
    kept = engine._Engine.kept()
    assert kept
    return kept._process.pid


def does(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    monkeypatch.setattr(engine, "_PROGRAM", STAND_IN.format(what))


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("if number == 1: spin()", "page 2 takes too long; the rest is read"),
        ("if number == 1: os._exit(1)", "page 2 takes too much memory or is damaged; the rest is read"),
        ("if number == 1: os.abort()", "page 2 takes too much memory or is damaged; the rest is read"),
        ("if number == 1: raise MemoryError", "page 2 takes too much memory or is damaged; the rest is read"),
        ("pdfium.MOST_GLYPHS = 3 if number == 1 else 99", "page 2 takes too long; the rest is read"),
    ],
)
def test_a_page_that_stops_pdfium_is_named_and_the_rest_is_read(
    monkeypatch: pytest.MonkeyPatch, what: str, told: str
) -> None:
    does(monkeypatch, what)
    source = pdf.extract(report(4), "云江.pdf")
    assert source.notes == (f"云江.pdf: {told}",)
    assert [f"今年{month}月" in source.text for month in (1, 2, 3, 4)] == [True, False, True, True]
    assert len(source.pages) == 4
    use("zh")
    try:
        assert retold(source.notes[0]).startswith("云江.pdf：第2页")
    finally:
        use("en")


def test_a_page_is_blamed_only_where_a_new_process_ends_on_it_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    once = tmp_path / "once"
    does(monkeypatch, f"if number == 1 and not os.path.exists({str(once)!r}): open({str(once)!r}, 'w'); os._exit(1)")
    assert states(report(3)) == ["text"] * 3


def test_many_pages_that_stop_pdfium_are_not_all_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MOST_STOPS", 3)
    does(monkeypatch, "if number: os._exit(1)")
    source = pdf.extract(report(9), "云江.pdf")
    assert source.notes == (
        "云江.pdf: pages 2–3 take too much memory or are damaged; the rest is read",
        "云江.pdf: pages 4–9 are not read, there is too much before them; split the file",
    )
    assert source.pages == (0, *[len(source.text)] * 8)


@pytest.mark.parametrize(("limit", "most"), [("MOST_PAGES", 2), ("MOST_GLYPHS", 40), ("LONGEST", 0.0)])
def test_of_a_file_without_end_the_first_pages_are_read(
    monkeypatch: pytest.MonkeyPatch, limit: str, most: float
) -> None:
    monkeypatch.setattr(engine, limit, most)
    source = pdf.extract(report(5), "云江.pdf")
    (note,) = source.notes
    assert "are not read, there is too much before them; split the file" in note
    assert "今年1月" in source.text
    assert "今年5月" not in source.text
    assert len(source.pages) == 5
    assert source.pages[-1] == len(source.text)


@pytest.mark.parametrize(
    ("opening", "told"),
    [("spin", "takes too long to open"), ("lambda *_: os._exit(9)", "is a damaged PDF"), ("os.abort", "is a damaged")],
)
def test_a_file_that_stops_pdfium_when_it_is_opened_is_refused(
    monkeypatch: pytest.MonkeyPatch, opening: str, told: str
) -> None:
    does(monkeypatch, "pass")
    opened = f"import pypdfium2; pypdfium2.PdfDocument = lambda data: ({opening})()\npdfium.serve()"
    monkeypatch.setattr(engine, "_PROGRAM", engine._PROGRAM.replace("pdfium.serve()", opened))
    with pytest.raises(UnreadableError, match=told) as error:
        pdf.extract(report(1), "云江.pdf")
    assert "\n" not in str(error.value)


def test_where_no_page_can_be_read_a_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    does(monkeypatch, "os._exit(1)")
    with pytest.raises(UnreadableError, match="takes too long to read, and has no text until there"):
        pdf.extract(report(2), "云江.pdf")


def test_one_process_reads_file_after_file_and_a_new_one_follows_one_that_is_gone() -> None:
    data = report(2)
    assert states(data) == ["text", "text"]
    process = number_of_process()
    with pytest.raises(UnreadableError, match="damaged PDF"):
        pdf.extract(b"%PDF-1.4 nothing", "云江.pdf")
    assert states(data) == ["text", "text"]
    assert number_of_process() == process
    os.kill(process, signal.SIGKILL)
    assert states(data) == ["text", "text"]
    assert number_of_process() != process


def test_whoever_stops_in_the_middle_leaves_no_process_and_no_lock() -> None:
    asked = engine.pages(report(3))
    next(asked)
    process = number_of_process()
    asked.close()
    assert engine._Engine.kept() is None
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert states(report(1)) == ["text"]


def test_large_files_and_long_answers_go_through_the_pipes() -> None:
    page = Printed(4000, 4000)
    for _ in range(3):
        for y in range(100):
            page.line(10, 20 + 39 * y, "云江市工业增加值2024年增长" * 20)
        page.turn()
    data = page.done()
    long = data + b"\n%" + b" " * 3_000_000 + b"\n" + data[data.rindex(b"startxref") :]
    glyphs = [page.glyphs for page in engine.pages(data)]
    assert list(map(len, glyphs)) == [100 * 20 * 15] * 3
    assert [page.glyphs for page in engine.pages(long)] == glyphs


def test_threads_take_turns() -> None:
    data = {number: report(number) for number in (1, 2, 3)}
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda number: len(states(data[number])), [1, 2, 3] * 8))
    assert found == [1, 2, 3] * 8


def in_a_worker(data: bytes) -> tuple[int, list[str]]:
    found = states(data)
    return number_of_process(), found


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_worker_process_has_a_process_of_its_own(method: str) -> None:
    data = report(2)
    states(data)
    if method == "fork" and (threading.active_count() > 1 or sys.platform != "linux"):
        pytest.skip("a copy would not be safe")
    with get_context(method).Pool(1) as pool:
        other, found = pool.apply(in_a_worker, (data,))
    assert found == ["text", "text"]
    assert other != number_of_process()
    assert states(data) == ["text", "text"]


def test_where_no_process_can_be_started_pdfium_runs_in_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    data = report(3)
    wanted = [page.glyphs for page in engine.pages(data)]
    assert all(wanted)
    engine._Engine.drop()
    for python in ("", None, "/nonexistent/python", "/bin/false"):
        monkeypatch.setattr(sys, "executable", python)
        assert [page.glyphs for page in engine.pages(data)] == wanted
        assert engine._Engine.kept() is None
    with pytest.raises(UnreadableError, match="damaged PDF"):
        pdf.extract(b"%PDF-1.4 nothing", "云江.pdf")


def test_a_pdfium_that_cannot_be_loaded_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def answers(*_: object) -> Iterator[pdfium.Answer]:
        raise OSError("libpdfium.so: cannot be opened")

    monkeypatch.setattr(sys, "executable", "")
    monkeypatch.setattr(pdfium, "answers", answers)
    with pytest.raises(OSError, match="cannot be opened"):
        pdf.extract(report(1), "云江.pdf")


AWAY = """
import os, sys
from zzcli.reading import engine
print(len(list(engine.pages(open(sys.argv[1], "rb").read()))), engine._Engine.kept()._process.pid, flush=True)
if sys.argv[2] == "killed":
    os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("way", ["ended", "killed"])
def test_the_process_ends_with_the_one_that_started_it_and_says_nothing(tmp_path: Path, way: str) -> None:
    file = tmp_path / "云江.pdf"
    file.write_bytes(report(1))
    done = subprocess.run([sys.executable, "-c", AWAY, file, way], capture_output=True, cwd=Path(__file__).parents[1])
    assert done.stderr == b""
    pages, process = done.stdout.split()
    assert pages == b"1"
    assert gone(int(process))


def gone(process: int) -> bool:
    for _ in range(200):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{process}/stat").exists() and ") Z " in Path(f"/proc/{process}/stat").read_text():
            return True  # waits for whoever takes up orphans
        threading.Event().wait(0.05)
    return False


def test_ctrl_c_does_not_reach_the_process() -> None:
    states(report(1))
    assert os.getpgid(number_of_process()) != os.getpgid(0)


def test_zzcli_that_is_found_by_no_path_is_found_by_the_process(tmp_path: Path) -> None:
    file = tmp_path / "云江.pdf"
    file.write_bytes(report(1))
    program = "import sys; sys.path.insert(0, sys.argv.pop()); import zzcli.reading; del sys.path[0]\n" + AWAY
    home = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", program, file, "ended", home], capture_output=True, cwd=tmp_path)
    assert (done.stdout.split()[:1], done.stderr) == ([b"1"], b"")


# ---------------------------------------------------------------------------------------------------------------------
# The program of the process


class Pipe:
    def __init__(self, data: bytes = b"") -> None:
        self.buffer = io.BytesIO(data)


def said(monkeypatch: pytest.MonkeyPatch, asked: bytes) -> bytes:
    out = Pipe()
    monkeypatch.setattr(sys, "stdin", Pipe(asked))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(pdfium, "_limit_memory", lambda: None)
    monkeypatch.setattr(pdfium, "_OFTEN", 3600)
    pdfium.serve()
    return out.buffer.getvalue()


def test_the_program_answers_request_after_request_and_ends_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    data = report(2)
    asked = [pdfium.REQUEST.pack(len(data), first) + data for first in (0, 1)]
    first, second, both = (len(said(monkeypatch, each)) - len(pdfium.READY) for each in (*asked, b"".join(asked)))
    assert first > second > 21 * len(REPORT)
    assert both == first + second


def test_the_program_ends_where_a_request_breaks_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, b"") == pdfium.READY
    assert said(monkeypatch, pdfium.REQUEST.pack(100, 0) + b"%PDF-") == pdfium.READY


LIMITS = """
import resource
from zzcli.reading.pdfium import MEMORY, _limit_memory
_limit_memory()
assert resource.getrlimit(resource.RLIMIT_AS)[0] == MEMORY
assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, resource.getrlimit(resource.RLIMIT_AS)[1]))
_limit_memory()
assert resource.getrlimit(resource.RLIMIT_AS)[0] == 1 << 30
"""


@pytest.mark.skipif(sys.platform != "linux", reason="others do not limit it")
def test_the_process_has_so_much_memory_and_no_more_and_leaves_no_core() -> None:
    subprocess.run([sys.executable, "-c", LIMITS], check=True, cwd=Path(__file__).parents[1])
