"""Searching a folder of 50 MB, as ratios: ``python -m tests.benchmarks.finding``.

Half of the documents are as printed, half as a scanner left them; each is about 13 KB. Times are of this process, rg's
of its own; all are medians of interleaved runs.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.benchmarks.__main__ import TEMPLATES
from tests.ragged import ragged
from zzcli import index, library
from zzcli.reading import folders
from zzcli.search import Query

DOCUMENTS = 3800
BYTES = 13 * 1024
RUNS = 5
# In all documents, in one of fifty, in none; broken by the scan now and then; with digits.
TERMS = ("经营主体", "特种环境", "轨道交通", "产业集聚", "2018年")
RARE = "特种环境模拟设备投产。\n"


@contextmanager
def corpus(documents: int = DOCUMENTS) -> Iterator[Path]:
    """A folder of so many documents."""
    with tempfile.TemporaryDirectory() as place:
        for number in range(documents):
            folder = Path(place) / f"{number // 400:02}"
            folder.mkdir(exist_ok=True)
            (folder / f"{number:05}.txt").write_text(document(number), encoding="utf-8")
        yield Path(place)


def document(number: int) -> str:
    """A document of sentences of our own; the same number, the same document."""
    chance = random.Random(number)
    lines = [f"云江市第{number}号政府工作报告"]
    while sum(map(len, lines)) * 2.7 < BYTES:
        sentences = [
            chance.choice(TEMPLATES).format(
                year=2015 + chance.randrange(9), n=chance.randrange(100, 5000), m=chance.randrange(2, 10)
            )
            for _ in range(4)
        ]
        lines.append("".join(sentences))
    if number % 50 == 0:
        lines.append(RARE)
    return ragged("\n".join(lines), number) if number % 2 else "\n".join(lines)


def timed(work: Callable[[], object]) -> float:
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def plainly(folder: Path, term: str) -> list[str]:
    """The documents whose text as decoded holds the term as it stands."""
    found = []
    for path in folders.documents([str(folder)]):
        assert isinstance(path, str)
        with open(path, encoding="utf-8") as file:
            if term in file.read():
                found.append(path)
    return found


def by_rg(folder: Path, term: str) -> None:
    subprocess.run(["rg", "-F", "-l", term, str(folder)], stdout=subprocess.DEVNULL, check=False)


def named(folder: Path, term: str, at: str | None = None) -> list[str]:
    """The documents that hold the term, as ``zzcli search -l`` finds them."""
    query = Query.of(term, in_parts=False)
    seen = library.search([str(folder)], library.Terms(query, term), at, ranking=False)
    return [each.path for each in seen.found]


def shown(folder: Path, term: str, at: str | None = None) -> None:
    """The best passages, as ``zzcli search`` finds them."""
    query = Query.of(term, in_parts=False)
    seen = library.search([str(folder)], library.Terms(query, term), at)
    library.best(library.ranked(seen), query, library.SHOWN)


def finding() -> dict[str, float]:
    """What searching costs, without and with an index, and what the index costs."""
    nowhere = os.path.join(os.devnull, "no index")
    result: dict[str, float] = {}
    with corpus() as folder:
        place = library.place_of_index(str(folder))
        first = timed(lambda: index.update(str(folder), place))
        again = [timed(lambda: index.update(str(folder), place)) for _ in range(RUNS)]
        outcome = index.update(str(folder), place)
        result["index: size / text"] = outcome.size / outcome.text
        result["index: nothing changed / first time"] = median(again) / first
        for term in TERMS:
            assert named(folder, term) == named(folder, term, nowhere)
            assert set(named(folder, term)) >= set(plainly(folder, term))
            ways: dict[str, Callable[[Path, str], object]] = {
                "plain": plainly,
                "rg": by_rg,
                "scan -l": lambda folder, term: named(folder, term, nowhere),
                "scan": lambda folder, term: shown(folder, term, nowhere),
                "index -l": named,
                "index": shown,
            }
            if not shutil.which("rg"):
                del ways["rg"]
            times: dict[str, list[float]] = {name: [] for name in ways}
            for _ in range(RUNS):
                for name, way in ways.items():
                    times[name].append(timed(lambda way=way, term=term: way(folder, term)))  # type: ignore[misc]
            taken = {name: median(seconds) for name, seconds in times.items()}
            for name in ("scan -l", "scan"):
                result[f"{name} {term} / reading and in"] = taken[name] / taken["plain"]
            if "rg" in taken:
                for name in ("index -l", "index"):
                    result[f"{name} {term} / rg -F -l"] = taken[name] / taken["rg"]
    return result


if __name__ == "__main__":
    for what, ratio in finding().items():
        print(f"{ratio:7.2f}  {what}")
    if not shutil.which("rg"):
        print("rg not installed")
