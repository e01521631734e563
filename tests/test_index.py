"""The index: it finds what looking at every document finds, reads only what changed, and is not trusted if damaged."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Answer
from zzcli import index, library
from zzcli.errors import UnwritableError
from zzcli.index import DamagedError, Index, Outcome, update
from zzcli.library import Terms, ranked, search
from zzcli.reading.source import Source
from zzcli.search import Query, fold

Zzcli = Callable[..., Answer]

TEXTS = {
    "a.txt": "云江市做强产业，智能船舶产业于2015年成为千亿集群。产业，兴旺。\n",
    "b.txt": "云江市从江边小镇崛起为制 造名城，智能船\n舶产业旺，各类产业梯度发展。\n",
    "c/d.md": "全面掌握ＩＧＢＴ技术，写成「厂BA」与Open  Source工具，面积20㎡，增速3.5%—4%。\n",
}
TERMS = [
    *("产", "产业", "制造名城", "智能船舶产业", "产业兴旺", "兴旺", "2015年", "igbt", "GDP", "“厂ba”", "open source"),
    *(
        "20m2",
        "3.5%-4%",
        "产业旺，",
        "产业 技术",
        "千亿集群。产业",
        "，",
        "*",
        '"',
        'a" OR "产业',
        "NEAR(产业 旺)",
        "产业*",
    ),
    *("%", "产_", "%产%", ".*", "[产]", "(?i)产业", "\\\\", "产业:", "产业 + 旺", "产\\x00业", "'; --"),
    *("产业 AND NOT 技术", "-产业", "characters:产", "^云江", "{", "\ue000", "轨道交通"),
]


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    for name, text in TEXTS.items():
        write(folder / name, text)
    return folder


def write(file: Path, text: str, encoding: str = "utf-8") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding=encoding)


def place(folder: Path) -> Path:
    return Path(library.place_of_index(str(folder)))


def indexed(folder: Path, **options: bool) -> Outcome:
    return update(str(folder), str(place(folder)), **options)


def found(folder: Path, term: str, *, by_index: bool = True, ranking: bool = True) -> list[str]:
    terms = Terms(Query.of(term, in_parts=False), term)
    seen = search([str(folder)], terms, index=None if by_index else os.devnull + "/none", ranking=ranking)
    assert not seen.told
    return [os.path.relpath(each.path, folder) for each in seen.found]


def same(folder: Path, terms: list[str] = TERMS) -> None:
    """The index, where it is there and fits, finds what looking at every document finds."""
    for term in terms:
        for ranking in (True, False):
            assert found(folder, term, ranking=ranking) == found(folder, term, by_index=False), term


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that a search looks at."""
    looked: list[str] = []
    source_of = library.source_of

    def noted(path: str, encoding: str | None = None) -> Source:
        looked.append(os.path.basename(path))
        return source_of(path, encoding)

    monkeypatch.setattr(library, "source_of", noted)
    return looked


def test_an_index_finds_the_same_documents(shelf: Path) -> None:
    indexed(shelf)
    same(shelf)


def test_only_what_may_hold_the_term_is_looked_at(shelf: Path, looked_at: list[str]) -> None:
    indexed(shelf)
    assert found(shelf, "制造名城") == ["b.txt"] == looked_at
    looked_at.clear()
    assert found(shelf, "产业", ranking=False) == ["a.txt", "b.txt"]
    assert not looked_at
    assert found(shelf, "2015年", ranking=False) == ["a.txt"]
    assert not looked_at
    assert found(shelf, "产业，", ranking=False) == ["a.txt"] == looked_at  # a mark may be another


def test_of_many_documents_only_the_best_are_looked_at(
    shelf: Path, looked_at: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(shelf / "best.txt", "产业，产业，产业。")
    indexed(shelf)
    monkeypatch.setattr(library, "LOOKED_AT", 1)
    query = Query.of("产业", in_parts=False)
    seen = search([str(shelf)], Terms(query, "产业"))
    assert looked_at == ["best.txt"]
    assert [Path(each.path).name for each in seen.found] == ["a.txt", "b.txt", "best.txt"]
    assert Path(ranked(seen)[0].path).name == "best.txt"


@pytest.mark.parametrize("seed", range(3))
def test_random_terms_are_found_alike(tmp_path: Path, seed: int) -> None:
    from tests.ragged import ragged

    chance = random.Random(seed)
    page = "云江市工业走笔\n" + "".join(TEXTS.values()) + "今年，全市利润1203.5亿元，增长5.8%。“新型显示”产业兴旺！\n"
    for number in range(8):
        lines = page.splitlines()
        chance.shuffle(lines)
        write(
            tmp_path / f"{number}.txt", ragged("\n".join(lines), number), chance.choice(["utf-8", "gb18030", "utf-16"])
        )
    indexed(tmp_path)
    text = "".join(page.split())
    terms = [text[at : at + chance.choice([1, 2, 3, 5])] for at in chance.sample(range(len(text)), 60)]
    same(tmp_path, [term for term in terms if fold(term)])


def test_a_second_run_reads_only_what_is_new_or_changed(shelf: Path) -> None:
    first = indexed(shelf)
    assert (first.read, first.unchanged, first.removed, first.rebuilt) == (3, 0, 0, None)
    again = indexed(shelf)
    assert (again.read, again.unchanged, again.removed) == (0, 3, 0)
    write(shelf / "a.txt", TEXTS["a.txt"].replace("千亿", "百亿"))
    write(shelf / "e.txt", "轨道交通。")
    (shelf / "c" / "d.md").unlink()
    third = indexed(shelf)
    assert (third.read, third.unchanged, third.removed) == (2, 1, 1)
    assert found(shelf, "轨道交通") == ["e.txt"]
    assert found(shelf, "千亿") == found(shelf, "igbt") == []
    same(shelf)


def test_a_file_of_another_time_but_the_same_content_is_only_noted(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed(shelf)
    os.utime(shelf / "a.txt", ns=(1, 1))
    monkeypatch.setattr(index, "tokens", lambda text: pytest.fail("read"))
    again = indexed(shelf)
    assert (again.read, again.unchanged) == (0, 3)
    with closing(Index(str(place(shelf)))) as asked:
        assert None not in asked.fitting(str(shelf), index.listed(str(shelf))[0], None)


def test_what_changed_since_is_looked_at(shelf: Path, looked_at: list[str]) -> None:
    indexed(shelf)
    size = (shelf / "a.txt").stat().st_size
    write(shelf / "a.txt", TEXTS["a.txt"].replace("千亿", "轨道"))
    assert (shelf / "a.txt").stat().st_size == size
    write(shelf / "new.txt", "轨道兴旺。")
    (shelf / "c" / "d.md").unlink()
    assert found(shelf, "轨道") == ["a.txt", "new.txt"] == looked_at
    assert found(shelf, "igbt") == []
    same(shelf)


def test_an_index_elsewhere_is_used_where_it_is_named(zzcli: Zzcli, shelf: Path, tmp_path: Path) -> None:
    file = tmp_path / "the index"
    assert zzcli("index", shelf, "--index", file).code == 0
    assert not place(shelf).exists()
    assert "2 of 3" in zzcli("search", "产业", shelf, "--index", file).out
    assert "of one folder" in zzcli("search", "产业", shelf, tmp_path, "--index", file).refused()
    file.write_bytes(b"damaged" * 1000)
    assert "searched without it" in zzcli("search", "产业", shelf, "--index", file).err


def test_documents_of_another_encoding_than_is_asked_for_are_looked_at(shelf: Path, looked_at: list[str]) -> None:
    write(shelf / "g.txt", "特种环境模拟设备投产。", "gb18030")
    indexed(shelf)
    assert found(shelf, "特种环境") == ["g.txt"] == looked_at
    looked_at.clear()
    seen = search([str(shelf)], Terms(Query.of("特种"), "特种"), encoding="gb18030")
    assert sorted(looked_at) == ["a.txt", "b.txt", "d.md", "g.txt"]
    assert [Path(each.path).name for each in seen.found] == ["g.txt"]


def test_what_cannot_be_read_is_told_each_time_and_not_indexed(zzcli: Zzcli, shelf: Path) -> None:
    write(shelf / "empty.txt", "")
    for _ in range(2):
        answer = zzcli("index", shelf, "-f", "json")
        assert answer.code == 3
        assert "empty" in answer.err
        (record,) = json.loads(answer.out)
        assert (record["unreadable"], record["read"] + record["unchanged"]) == (1, 3)
        assert zzcli("search", "产业", shelf).code == 3
    (shelf / "none").mkdir()
    assert "no document in this folder" in zzcli("index", shelf / "none").err
    assert zzcli("index", shelf / "none").code == 2
    assert "is no folder" in zzcli("index", shelf / "a.txt").refused()


def test_the_index_is_told_in_every_format(zzcli: Zzcli, shelf: Path) -> None:
    answer = zzcli("index", shelf)
    assert (answer.code, answer.err) == (0, "")
    assert re.search(r"read 3 · unchanged 0 · removed 0 · unreadable 0 · size \d+ · ratio", answer.out)
    for form in ("json", "ndjson", "csv", "tsv"):
        assert str(place(shelf)) in zzcli("index", shelf, "-f", form).out.replace("\\\\", "\\")


def test_only_its_owner_may_read_an_index(shelf: Path) -> None:
    indexed(shelf)
    assert place(shelf).stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_written_is_told_in_one_line(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.open", denied)
    with pytest.raises(UnwritableError, match="Permission denied; name another place with --index"):
        indexed(shelf)


def test_another_file_is_not_replaced(zzcli: Zzcli, shelf: Path) -> None:
    before = (shelf / "a.txt").read_bytes()
    assert "is no index of zzcli" in zzcli("index", shelf, "--index", shelf / "a.txt").refused()
    other = shelf / "other.sqlite"
    with closing(sqlite3.connect(other)) as database:
        database.execute("CREATE TABLE mine(x)")
    assert "is no index of zzcli" in zzcli("index", shelf, "--index", other).refused()
    assert (shelf / "a.txt").read_bytes() == before


def test_a_link_in_the_place_of_the_index_leads_nowhere(shelf: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"precious")
    place(shelf).symlink_to(precious)
    assert indexed(shelf, replacing=True).rebuilt
    assert precious.read_bytes() == b"precious"
    assert not place(shelf).is_symlink()


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]


def posting(data: bytes) -> int:
    """A place in the lists of where characters stand."""
    database = sqlite3.connect(":memory:")
    with closing(database):
        database.deserialize(data)
        (block,) = database.execute("SELECT block FROM characters_data ORDER BY length(block) DESC").fetchone()
    return data.index(block) + len(block) // 2


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "rubbish": lambda data: b"rubbish\n" * 5000,
    "cut": lambda data: data[: len(data) // 2],
    "its head": lambda data: flipped(data, 20),
    "its mark": lambda data: flipped(data, 69),
    "a page": lambda data: data[: len(data) // 2] + bytes(4096) + data[len(data) // 2 + 4096 :],
    "a bit": lambda data: flipped(data, posting(data)),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_told_not_used_and_made_anew(zzcli: Zzcli, shelf: Path, damage: str) -> None:
    indexed(shelf)
    file = place(shelf)
    file.write_bytes(DAMAGE[damage](file.read_bytes()))
    answer = zzcli("search", "智能船舶产业", shelf, "-l")
    assert (answer.code, answer.out.splitlines()) == (0, [str(shelf / "a.txt"), str(shelf / "b.txt")])
    assert answer.err.startswith(f"zzcli: {file}: ")
    assert answer.err.endswith("; searched without it (zzcli index makes a new one)\n")
    again = zzcli("index", shelf)
    assert (again.code, again.err.count("\n")) == (0, 1)
    assert again.err.endswith("; made anew\n")
    assert not zzcli("search", "产业", shelf).err
    same(shelf)


def test_bits_that_turn_without_a_trace_are_found_by_the_next_run(shelf: Path) -> None:
    indexed(shelf)
    file = place(shelf)
    before = file.stat().st_mtime_ns
    data = file.read_bytes()
    file.write_bytes(flipped(data, posting(data)))
    os.utime(file, ns=(before, before))
    assert indexed(shelf, replacing=True).rebuilt == "its checksum does not fit"


def test_a_copy_of_an_index_is_whole(shelf: Path, tmp_path: Path, looked_at: list[str]) -> None:
    indexed(shelf)
    shutil.copytree(shelf, tmp_path / "copy")  # with the times of the files
    os.utime(place(tmp_path / "copy"), ns=(5, 5))
    assert found(tmp_path / "copy", "制造名城") == ["b.txt"] == looked_at


def test_an_index_of_another_version_is_made_anew(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    indexed(shelf)
    monkeypatch.setattr(index, "_VERSION", index._VERSION + 1)
    with pytest.raises(DamagedError, match="another version"):
        Index(str(place(shelf)))
    assert "another version" in str(indexed(shelf).rebuilt)


def test_what_is_gone_does_not_stay_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_FEW_GONE", 3)
    for number in range(8):
        write(tmp_path / f"{number}.txt", f"产业{number}兴旺。" * 50)
    indexed(tmp_path)
    for turn in range(6):
        write(tmp_path / "0.txt", f"集群{turn}发展。" * 50)
        indexed(tmp_path)
        with closing(sqlite3.connect(place(tmp_path))) as database:
            (documents,) = database.execute("SELECT count(*) FROM characters_docsize").fetchone()
            assert documents <= 13
        same(tmp_path, ["产业", "集群", f"集群{turn}", "集群0"])


def test_an_index_that_is_being_written_is_told(zzcli: Zzcli, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    indexed(shelf)
    with closing(sqlite3.connect(place(shelf), isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        assert "being written by another" in zzcli("index", shelf).refused()
        answer = zzcli("search", "制造名城", shelf)
        assert (answer.code, "locked" in answer.err) == (0, True)
    assert not zzcli("index", shelf).err


SLOW = """
import sys, time
from zzcli import index
tokens = index.tokens
def slow(text):
    print("reading", flush=True)
    time.sleep({pause})
    return tokens(text)
index.tokens = slow
index.update(*sys.argv[1:])
"""


@pytest.fixture
def killed(shelf: Path) -> Callable[[], None]:
    """Index in another process, and kill it in the middle."""

    def killed() -> None:
        command = [sys.executable, "-c", SLOW.format(pause=0.05), str(shelf), str(place(shelf))]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as running:
            assert running.stdout
            for _ in range(3):
                assert running.stdout.readline()
            running.send_signal(signal.SIGKILL)
        assert running.returncode == -signal.SIGKILL

    return killed


def test_a_killed_run_leaves_the_old_index_as_it_was(
    shelf: Path, killed: Callable[[], None], looked_at: list[str]
) -> None:
    indexed(shelf)
    for number in range(40):
        write(shelf / f"new{number}.txt", f"轨道交通{number}。")
    killed()
    assert found(shelf, "制造名城") == ["b.txt"]
    assert set(looked_at) == {"b.txt", *(f"new{number}.txt" for number in range(40))}
    again = indexed(shelf)
    assert (again.read, again.unchanged, again.rebuilt) == (40, 3, None)
    same(shelf, ["轨道交通", "产业", "交通3"])
    assert sorted(path.name for path in shelf.iterdir() if path.name.startswith(".")) == [place(shelf).name]


def test_a_first_run_that_is_killed_leaves_nothing_in_the_way(shelf: Path, killed: Callable[[], None]) -> None:
    for number in range(40):
        write(shelf / f"new{number}.txt", f"轨道交通{number}。")
    killed()
    assert indexed(shelf, replacing=True).read == 43
    same(shelf, ["轨道交通", "产业"])


def test_a_run_that_is_killed_after_much_was_written_is_undone(shelf: Path) -> None:
    """The changes no longer fit in memory, so the file is half changed, and a journal stands beside it."""
    indexed(shelf)
    before = place(shelf).read_bytes()
    program = f"""
import os, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA cache_size=5")
database.execute("BEGIN IMMEDIATE")
database.execute("DELETE FROM documents")
for number in range(100, 400):
    database.execute("INSERT INTO characters(rowid, text) VALUES(?, ?)", (number, " ".join("产业兴旺发展" * 200)))
database.execute("INSERT INTO documents SELECT value, randomblob(200), 1, 1, x'', NULL, 1 FROM json_each(?)",
    (str(list(range(2000))),))
os.kill(os.getpid(), {int(signal.SIGKILL)})
"""
    subprocess.run([sys.executable, "-c", program, str(place(shelf))], check=False)
    assert Path(f"{place(shelf)}-journal").stat().st_size > 512
    assert place(shelf).read_bytes() != before
    same(shelf)
    assert not Path(f"{place(shelf)}-journal").exists()


def test_many_documents_are_read_by_several_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(9):
        write(tmp_path / f"{number}.txt", f"轨道交通{number}。")
    write(tmp_path / "5.txt", "")
    monkeypatch.setattr(index, "_AT_ONCE", 2)
    monkeypatch.setattr(index, "processors", lambda: 2)
    told: list[int] = []
    outcome = update(str(tmp_path), str(place(tmp_path)), progress=lambda: told.append(1))
    assert (outcome.read, len(outcome.unreadable)) == (8, 1)
    assert len(told) == 9
    assert found(tmp_path, "交通7") == ["7.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_no_process_outlives_a_run_that_is_killed(tmp_path: Path) -> None:
    for number in range(40):
        write(tmp_path / f"{number}.txt", f"轨道交通{number}。")
    program = "from zzcli import index\nindex._AT_ONCE = 2\nindex.processors = lambda: 2\n" + SLOW.format(pause=0.2)
    command = [sys.executable, "-c", program, str(tmp_path), str(place(tmp_path))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as running:
        assert running.stdout
        assert running.stdout.readline()
        assert len(session(running.pid)) >= 3
        running.kill()
        for _ in range(100):
            if not session(running.pid):
                break
            time.sleep(0.1)
        assert not session(running.pid)


def test_an_interrupted_run_says_nothing_and_changes_nothing(tmp_path: Path) -> None:
    for number in range(40):
        write(tmp_path / f"{number}.txt", f"轨道交通{number}。")
    program = (
        "import os, sys\nfrom zzcli import __main__, index\nindex._AT_ONCE = 2\nindex.processors = lambda: 2\n"
        + SLOW.format(pause=0.2).rpartition("index.update")[0]
        + "sys.argv = ['zzcli', 'index', sys.argv[1]]\nsys.exit(__main__.main())"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdout=-1, stderr=-1, start_new_session=True) as running:
        assert running.stdout
        assert running.stderr
        assert running.stdout.readline()
        os.killpg(running.pid, signal.SIGINT)
        told = running.stderr.read()
    assert (running.returncode, told) == (130, b"")
    assert indexed(tmp_path, replacing=True).read == 40


def test_a_worker_that_is_ended_is_missed_by_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(9):
        write(tmp_path / f"{number}.txt", f"轨道交通{number}。")
    here = os.getpid()
    tokens = index.tokens
    monkeypatch.setattr(index, "_AT_ONCE", 2)
    monkeypatch.setattr(index, "processors", lambda: 2)
    monkeypatch.setattr(index, "tokens", lambda text: tokens(text) if os.getpid() == here else os._exit(1))
    assert indexed(tmp_path).read == 9
    same(tmp_path, ["轨道交通", "交通7"])


def session(leader: int) -> list[int]:
    """The processes of a session that are alive."""

    def stated() -> Iterator[int]:
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == leader and fields[0] != "Z":
                yield int(path.parent.name)

    return list(stated())


def test_names_that_are_no_text_are_indexed(shelf: Path) -> None:
    name = os.fsdecode(b"\xff\xfe'\"\n.txt")
    write(shelf / name, "轨道交通。")
    assert indexed(shelf).read == 4
    assert found(shelf, "轨道交通") == [name]
    assert indexed(shelf).unchanged == 4


def test_an_index_that_was_begun_and_not_made_is_made_and_until_then_none_is_used(zzcli: Zzcli, shelf: Path) -> None:
    place = shelf / ".zzcli-index.sqlite"
    place.write_bytes(b"")
    assert zzcli("search", "-l", "产业", shelf).err == ""
    assert zzcli("index", shelf).err == ""
    assert place.stat().st_size > 0


def test_of_two_first_runs_at_once_one_makes_the_index(shelf: Path) -> None:
    for number in range(300):
        (shelf / f"more{number}.txt").write_text("产业兴旺。" * 50, encoding="utf-8")
    command = [sys.executable, "-m", "zzcli", "index", str(shelf)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    said = [run.communicate()[1].decode() for run in runs]
    assert sorted(run.returncode for run in runs)[0] == 0
    assert all(
        run.returncode == 0 or "is being written by another" in words for run, words in zip(runs, said, strict=True)
    ), said
    again = subprocess.run(command, capture_output=True)
    assert (again.returncode, again.stderr) == (0, b"")


def test_a_bit_that_flips_in_what_is_kept_is_seen(zzcli: Zzcli, shelf: Path) -> None:
    zzcli("index", shelf)
    place = shelf / ".zzcli-index.sqlite"
    with closing(sqlite3.connect(place)) as database:
        (numbers,) = database.execute("SELECT value FROM kept WHERE name='numbers'").fetchone()
        database.execute("UPDATE kept SET value=? WHERE name='numbers'", (bytes([numbers[0] ^ 1]) + numbers[1:],))
        database.commit()
    answer = zzcli("search", "-l", "产业", shelf)
    assert "its checksum does not fit; searched without it" in answer.err


def test_an_index_that_is_named_and_not_there_is_told(zzcli: Zzcli, shelf: Path) -> None:
    assert "there is no such index" in zzcli("search", "产业", shelf, "--index", shelf / "none").refused()


def test_what_else_stands_in_a_planted_index_makes_it_none_of_ours(zzcli: Zzcli, shelf: Path) -> None:
    zzcli("index", shelf)
    place = shelf / ".zzcli-index.sqlite"
    with closing(sqlite3.connect(place)) as database:
        database.execute("CREATE TRIGGER characters_more AFTER INSERT ON kept BEGIN DELETE FROM documents; END")
        database.commit()
    assert "is no index of zzcli; searched without it" in zzcli("search", "-l", "产业", shelf).err


def planted(shelf: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Put an index there that a stranger made, and that says of every document that it holds nothing."""
    other = tmp_path / "other"
    shutil.copytree(shelf, other)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("ZZCLI_CACHE", str(tmp_path / "the stranger's"))
        elsewhere.setattr(index, "tokens", lambda text: "无")
        indexed(other)
    stamp = place(other).stat().st_mtime_ns
    shutil.copy(place(other), place(shelf))
    os.utime(place(shelf), ns=(stamp, stamp))


@pytest.mark.parametrize("keyless", [False, True])
def test_an_index_that_came_with_the_documents_hides_none(
    zzcli: Zzcli, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keyless: bool
) -> None:
    if not keyless:
        update(str(shelf), str(tmp_path / "mine"))  # one has a key of one's own
    else:
        monkeypatch.setenv("ZZCLI_CACHE", str(tmp_path / "nothing yet"))
    planted(shelf, monkeypatch, tmp_path)
    answer = zzcli("search", "-l", "智能船舶产业", shelf)
    assert answer.out.splitlines() == [str(shelf / "a.txt"), str(shelf / "b.txt")]
    assert "was not made by you on this machine; searched without it" in answer.err
    again = zzcli("index", shelf)
    assert (again.code, "made anew" in again.err) == (0, True)
    assert not zzcli("search", "产业", shelf).err
    same(shelf)


def test_where_nothing_can_be_kept_an_index_works_all_the_same(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZZCLI_CACHE", "")
    indexed(shelf)
    same(shelf)


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
@pytest.mark.parametrize("part", ["", "-journal"])
def test_an_index_that_others_may_write_is_not_used(
    zzcli: Zzcli, shelf: Path, looked_at: list[str], mode: int, part: str
) -> None:
    indexed(shelf)
    file = Path(f"{place(shelf)}{part}")
    file.touch()
    file.chmod(mode)
    answer = zzcli("search", "-l", "制造名城", shelf)
    assert (answer.code, answer.out) == (0, f"{shelf / 'b.txt'}\n")
    assert "is not yours alone: another owns it or may write to it; searched without it" in answer.err
    assert looked_at == ["a.txt", "b.txt", "d.md"]
    assert "made anew" in zzcli("index", shelf).err
    assert place(shelf).stat().st_mode & 0o777 == 0o600
    assert not file.exists() or file == place(shelf)


def test_an_index_of_another_user_is_not_used(zzcli: Zzcli, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    indexed(shelf)
    monkeypatch.setattr("os.getuid", lambda: shelf.stat().st_uid + 1)
    assert "is not yours alone" in zzcli("search", "-l", "制造名城", shelf).err


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_only_its_owner_may_read_an_index_under_any_umask(shelf: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        indexed(shelf)
    finally:
        os.umask(before)
    assert place(shelf).stat().st_mode & 0o777 == 0o600


HOSTILE = {
    "a view": "CREATE VIEW more AS SELECT randomblob(1000000000)",
    "a trigger": "CREATE TRIGGER more AFTER INSERT ON kept BEGIN DELETE FROM documents; END",
    "a table behind a name": "DROP TABLE documents; CREATE VIEW documents AS SELECT 1 AS id, path FROM kept",
    "another table": "CREATE TABLE more(x)",
    "a table within": (
        "PRAGMA writable_schema=ON; UPDATE sqlite_master SET sql = replace(sql, 'sz BLOB', 'sz AS (zeroblob(9))')"
    ),
    "a huge value": "INSERT OR REPLACE INTO kept VALUES('seal', zeroblob(68000000))",
    "values of other kinds": "UPDATE kept SET value = 'x' WHERE name IN ('stamp', 'checksum', 'seal')",
    "a time beyond all": "UPDATE kept SET value = 1e300 WHERE name = 'stamp'",
    "no rows": "DELETE FROM kept",
    "rows that are gone": "DELETE FROM documents",
}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_index_hides_nothing_and_is_told_in_one_line(zzcli: Zzcli, shelf: Path, hostile: str) -> None:
    indexed(shelf)
    with closing(sqlite3.connect(place(shelf))) as database:
        database.executescript(HOSTILE[hostile])
        database.commit()
    answer = zzcli("search", "-l", "智能船舶产业", shelf)
    assert answer.out.splitlines() == [str(shelf / "a.txt"), str(shelf / "b.txt")]
    assert "; searched without it" in answer.err
    assert answer.err.count("\n") == 1
    assert zzcli("index", shelf).err.endswith("; made anew\n")
    same(shelf, ["产业", "智能船舶产业"])
