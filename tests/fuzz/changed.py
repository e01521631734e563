"""What must stay the same when a document is changed in a way that says nothing new."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.fuzz import found
from tests.fuzz.amounts import WIDE
from tests.fuzz.documents import ASIDES, Example, documents
from tests.fuzz.grounded import answered
from zzcli.document import Document, parse
from zzcli.reading import files
from zzcli.views.formats import cell
from zzcli.views.records import Record, records

KINDS = ("figures", "timeline", "industries")
PLACES = frozenset({"line", "lines", "start", "end", "paragraph"})

# Sentences in traditional characters, for Big5 holds no others.
TRADITIONAL = (
    "全市地區生產總值達到{}億元，比上年增長{}%，居全省第三位。",
    "全縣糧食產量為{}萬噸，同比增長{}%，這是近年來最好的收成。",
    "我們的企業有{}家，實現利潤{}億元，在國內名列前茅。",
)


def _placeless(read: Document, kind: str) -> list[dict[str, Any]]:
    return [{key: value for key, value in record.items() if key not in PLACES} for record in records(read, kind)]


def _same(one: Document, other: Document) -> None:
    for kind in KINDS:
        assert _placeless(one, kind) == _placeless(other, kind), kind


@st.composite
def shifted(draw: st.DrawFn) -> Example:
    """A document, and what is put in before one of its lines."""
    example = draw(documents())
    lines = example["text"].count("\n")
    put = draw(st.sampled_from(["\n", "\n\n\n", "\u3000\n", *(aside + "\n" for aside in ASIDES)]))
    return {**example, "put": put, "at": draw(st.integers(0, lines))}


def shift(example: Example) -> None:
    """A blank line or a sentence about something else before a line changes places and nothing else."""
    lines = example["text"].splitlines(keepends=True)
    at = sum(map(len, lines[: example["at"]]))
    text = example["text"][:at] + example["put"] + example["text"][at:]
    before = records(found.document(example), "figures")
    after = records(found.document({**example, "text": text}), "figures")
    moved = [record["start"] + (len(example["put"]) if record["start"] >= at else 0) for record in before]
    assert [record["start"] for record in after] == moved
    kept = [
        [{key: record[key] for key in record if key not in (*PLACES, "quote")} for record in each]
        for each in (before, after)
    ]
    assert kept[0] == kept[1]


def widths(example: Example) -> None:
    """Digits of full width are read as those of half width."""
    keys = (
        "start",
        "end",
        "indicator",
        "measure",
        "value",
        "value_max",
        "unit",
        "relation",
        "basis",
        "period",
        "status",
    )
    digits = {narrow: wide for narrow, wide in WIDE.items() if chr(narrow).isdigit()}
    narrow = example["text"].translate({wide: one for one, wide in digits.items()})
    read = [
        [[record[key] for key in keys] for record in records(found.document({**example, "text": text}), "figures")]
        for text in (narrow, narrow.translate(digits))
    ]
    assert read[0] == read[1]


def newlines(example: Example) -> None:
    """The newlines of another system change places and nothing else."""
    for newline in ("\r\n", "\r"):
        _same(found.document(example), found.document({**example, "text": example["text"].replace("\n", newline)}))


def encodings(example: Example) -> None:
    """Written in another encoding and read again, a document has the same records, places as well."""
    text = example["text"]
    plain = parse(text, source="page.txt")
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        source = files.of_bytes(text.encode(encoding), "page.txt")
        assert source.text == text, (encoding, source.encoding)
        again = parse(source.text, source="page.txt")
        for kind in KINDS:
            assert records(again, kind) == records(plain, kind), (encoding, kind)


def big5(example: list[int]) -> None:
    """So does one in traditional characters, in Big5."""
    text = "".join(line.format(*example[2 * at : 2 * at + 2]) + "\n" for at, line in enumerate(TRADITIONAL))
    source = files.of_bytes(text.encode("big5"), "page.txt")
    assert (source.text, source.encoding) == (text, "big5")
    values = [record["value"] for record in records(parse(text), "figures") if record["measure"] != "rank"]
    times = [10**8, 1, 10**4, 1, 1, 10**8]
    assert values == [number * time for number, time in zip(example, times, strict=True)]


def _read(*arguments: str) -> list[Record]:
    code, out, err = answered(*arguments, "-f", "json")
    assert code == 0, err
    return list(json.loads(out, parse_float=str, parse_int=str))


def _in_a_folder(check: Callable[[Path, Example], None]) -> Callable[[Example], None]:
    def checked(example: Example) -> None:
        with tempfile.TemporaryDirectory() as folder:
            check(Path(folder), example)

    return checked


@_in_a_folder
def twice(folder: Path, example: Example) -> None:
    """A document that is twice in a folder has its records twice."""
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(example["text"], encoding="utf-8")
    told = _read("figures", str(folder), "--workers", "1")
    one = [{**record, "source": ""} for record in told if record["source"].endswith("a.txt")]
    other = [{**record, "source": ""} for record in told if record["source"].endswith("b.txt")]
    assert one == other
    assert len(told) == 2 * len(one)
    alone = _read("figures", str(folder / "a.txt"))
    assert one == [{**record, "source": ""} for record in alone]


FILTERS = (
    ("--measure", "growth"),
    ("--measure", "level"),
    ("--unit", "元"),
    ("--unit", "%"),
    ("--min", "1"),
    ("--max", "100"),
    ("--since", "2010"),
    ("--until", "2010"),
    ("--status", "actual"),
    ("--indicator", "工业"),
    ("--limit", "2"),
)


@_in_a_folder
def filters(folder: Path, example: Example) -> None:
    """What is chosen is a part of what there is, in its order."""
    file = folder / "a.txt"
    file.write_text(example["text"], encoding="utf-8")
    everything = _read("figures", str(file))
    for option, value in FILTERS:
        code, out, err = answered("figures", str(file), option, value, "-f", "json")
        assert code in (0, 1), err
        rest = iter(everything)
        assert all(record in rest for record in json.loads(out, parse_float=str, parse_int=str)), (option, value)


@_in_a_folder
def formats(folder: Path, example: Example) -> None:
    """Every format holds the same records."""
    file = folder / "a.txt"
    file.write_text(example["text"], encoding="utf-8")
    for kind in KINDS:
        said = {
            form: answered(kind, str(file), "--raw", "-f", form)[1]
            for form in ("json", "ndjson", "csv", "tsv", "markdown")
        }
        wanted = json.loads(said["json"], parse_float=str)
        assert [json.loads(line, parse_float=str) for line in said["ndjson"].splitlines()] == wanted
        for form, delimiter in (("csv", ","), ("tsv", "\t")):
            rows = list(csv.DictReader(io.StringIO(said[form], newline=""), delimiter=delimiter))
            assert rows == [
                {key: value if isinstance(value, str) else cell(value, raw=True) for key, value in record.items()}
                for record in wanted
            ], form
        assert said["markdown"].count("\n") == len(wanted) + 2
