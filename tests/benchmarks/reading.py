"""Reading: time against jieba's for the same text, twice the text against once, and memory against the text."""

from __future__ import annotations

import gc
import subprocess
import tempfile
import tomllib
from collections.abc import Iterator
from functools import _lru_cache_wrapper, partial
from pathlib import Path

import jieba

import zzcli
from tests.benchmarks.corpus import ENDLESS, endless, large, report
from tests.benchmarks.measuring import Row, compared, environment, processor_time, python
from zzcli import lexicon

MEGABYTE = 1_000_000
LARGEST = 8 * MEGABYTE


def read(text: str) -> None:
    """Figures, timeline and industries of a text."""
    document = zzcli.parse(text)
    for facts in (document.figures, document.timeline, document.industries):
        assert isinstance(facts, tuple)


def reading() -> Iterator[Row]:
    """The bundled page and a report, against jieba warm; what was remembered of the text is forgotten before each."""
    jieba.setLogLevel(60)
    for name, text in {"the bundled page": zzcli.read().text.source, "a report": report(30_000)}.items():
        read(text)
        remembered = [each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]
        remembered = [each for each in remembered if each.cache_parameters()["maxsize"] is not None]

        def fresh(text: str = text, remembered: list[_lru_cache_wrapper[object]] = remembered) -> float:
            for each in remembered:
                each.cache_clear()
            return processor_time(partial(read, text))

        measures = {"read": fresh, "cut": lambda text=text: processor_time(lambda: list(jieba.cut(text)))}  # type: ignore[misc]
        yield Row(f"read {name} / jieba.cut", compared(measures, "cut")["read"], 1.5)


def growing() -> Iterator[Row]:
    """8 MB against 4 MB."""
    texts = {"reports": large, **{name: partial(endless, name) for name in ENDLESS}}
    for name, make in texts.items():
        halves, wholes = make(LARGEST // 2), make(LARGEST)
        ratio = processor_time(partial(read, wholes)) / processor_time(partial(read, halves))
        yield Row(f"read 8 MB / 4 MB: {name}", ratio, 2.3)


MEMORY = """
import re, sys
from pathlib import Path
from tests.benchmarks.corpus import report
from tests.benchmarks.reading import read
text = Path(sys.argv[1]).read_text(encoding="utf-8")
read(report(3000))
def most():
    return int(re.search("VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1])
before = most()
read(text)
print(most() - before)
"""


def memory() -> Iterator[Row]:
    """The most that reading adds to a process, as Linux tells it, over the size of the text in UTF-8."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("reports", *ENDLESS):
            text = large(4 * MEGABYTE) if name == "reports" else endless(name, 4 * MEGABYTE)
            path = Path(folder) / "text.txt"
            size = path.write_bytes(text.encode())
            command = python("-c", MEMORY, str(path))
            run = subprocess.run(command, capture_output=True, check=True, env=environment(folder))
            yield Row(f"memory to read 4 MB / the text: {name}", 1024 * int(run.stdout) / size, 12)


def loading() -> Iterator[Row]:
    """The lexicon as it is kept, against TOML."""
    folder = Path(lexicon.__file__).parent
    names = [path.stem for path in sorted(folder.glob("*.toml"))]

    def kept() -> None:
        lexicon.table.cache_clear()
        for name in names:
            lexicon.table(name)

    def toml() -> None:
        for name in names:
            tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))

    kept()
    ratio = compared({"kept": partial(processor_time, kept), "toml": partial(processor_time, toml)}, "toml")["kept"]
    yield Row(f"load the lexicon ({1000 * processor_time(kept):.1f} ms) / from TOML", ratio, 1)
