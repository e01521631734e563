"""Searching a folder of 50 MB, without and with an index.

Half of the documents are as printed, half as a scanner left them; each has about 13 KB. Times are by the clock, for a
search may use several processes as rg does: those of a search in a process that runs, those of rg of a whole process.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.benchmarks.corpus import report
from tests.benchmarks.measuring import Row, compared, python
from tests.ragged import ragged
from zzcli import index, library
from zzcli.reading import folders
from zzcli.search import Query

DOCUMENTS = 3800
CHARACTERS = 4600  # 13 KB in UTF-8
RUNS = 7
TERMS = {
    "经营主体": "in most documents",
    "特种环境": "in one of fifty",
    "极地考察": "in none",
    "2018年": "with digits",
}
RARE = "特种环境模拟设备投产。\n"
NOWHERE = os.path.join(os.devnull, "no index")


def clocked(work: Callable[[], object]) -> float:
    """Seconds by the clock."""
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def document(number: int) -> str:
    """A document; the same number, the same document."""
    text = report(CHARACTERS, number) + "\n" + RARE * (number % 50 == 0)
    return ragged(text, number) if number % 2 else text


def plainly(folder: str, term: str) -> list[str]:
    """The documents whose text, as it stands in the file, holds the term."""
    found = []
    for path in folders.documents([folder]):
        assert isinstance(path, str)
        with open(path, encoding="utf-8") as file:
            if term in file.read():
                found.append(path)
    return found


def by_rg(folder: str, term: str) -> None:
    """What ``rg`` takes to name them."""
    subprocess.run(["rg", "-F", "-l", term, folder], stdout=subprocess.DEVNULL, check=False)


def named(folder: str, term: str, place: str | None = None) -> list[str]:
    """The documents that hold the term, as ``zzcli search -l`` finds them."""
    terms = library.Terms(Query.of(term, in_parts=False), term)
    return [each.path for each in library.search([folder], terms, place, ranking=False).found]


def shown(folder: str, term: str, place: str | None = None) -> None:
    """The best passages, as ``zzcli search`` finds them."""
    query = Query.of(term, in_parts=False)
    seen = library.search([folder], library.Terms(query, term), place)
    library.best(library.ranked(seen), query, library.SHOWN)


def finding() -> Iterator[Row]:
    """The rows of a process of its own: a search makes no copies of a process that has threads."""
    run = subprocess.run(python("-m", "tests.benchmarks.finding"), stdout=subprocess.PIPE, check=True)
    yield from (Row(*row) for row in json.loads(run.stdout))


def measured() -> Iterator[Row]:
    """A search without an index against reading and ``in``; with one against rg, where that is installed."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(DOCUMENTS):
            path = Path(folder) / f"{number // 400:02}" / f"{number:05}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_text(document(number), encoding="utf-8")
        place = library.place_of_index(folder)
        update = partial(index.update, folder, place)
        first = clocked(update)
        yield Row("an index again, nothing changed / the first time", min(clocked(update) for _ in range(3)) / first)
        outcome = update()
        yield Row("size of an index / of the text", outcome.size / outcome.text, 0.7)
        for term, where in TERMS.items():
            held = named(folder, term)
            assert held == named(folder, term, NOWHERE)
            assert set(held) >= set(plainly(folder, term))
            ways: dict[str, Callable[[], object]] = {
                "documents": partial(named, folder, term, NOWHERE),
                "passages": partial(shown, folder, term, NOWHERE),
                "plain": partial(plainly, folder, term),
            }
            for way, ratio in compared(_clocks(ways), "plain", RUNS).items():
                yield Row(f"{way} with {term} ({where}) / reading and in", ratio, 1.0)
            if shutil.which("rg"):
                ways = {
                    "documents": partial(named, folder, term),
                    "passages": partial(shown, folder, term),
                    "rg": partial(by_rg, folder, term),
                }
                for way, ratio in compared(_clocks(ways), "rg", RUNS).items():
                    yield Row(f"by index, {way} with {term} ({where}) / rg -F -l", ratio, 0.5)


def _clocks(ways: dict[str, Callable[[], object]]) -> dict[str, Callable[[], float]]:
    return {name: partial(clocked, way) for name, way in ways.items()}


if __name__ == "__main__":
    print(json.dumps(list(measured())))
