"""What a reader found in a page, and how near to it a run of the command comes.

A label names its place by the words around it, ``重点建设的【8个】工业``, read without white space: nobody counts
characters, and the same label finds its place in a page that was broken in another way. What the other keys mean is
told in ``tests/gold/README.md``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from zzcli.document import Document
from zzcli.span import Span
from zzcli.views.formats import json_text
from zzcli.views.records import records as records_of

GOLD = Path(__file__).parent / "gold"
Record = Mapping[str, Any]

# How much of what a reader found has to be found, and to be right.
FOUND = 0.97
VALUE = 0.98
MEASURE = 0.98
INDICATOR = 0.93
PERIOD = 0.95
ROW = 0.90
STATUS = 0.95
RELATION = 0.95
BASIS = 0.95
DATED = 0.95


class Squeezed:
    """A text without its white space, which knows where each character stood."""

    def __init__(self, source: str) -> None:
        self.places = [at for at, character in enumerate(source) if not character.isspace()]
        self.text = "".join(source[at] for at in self.places)

    def span(self, start: int, end: int) -> Span:
        """The place in the source of what is squeezed into ``[start, end)``."""
        return Span(self.places[start], self.places[end - 1] + 1)


@dataclass(frozen=True, slots=True)
class Label:
    """Something that a reader found at a place."""

    at: str
    span: Span
    facts: Mapping[str, Any]

    @property
    def required(self) -> bool:
        return bool(self.facts.get("required", True))

    def __str__(self) -> str:
        return self.at


@dataclass(frozen=True, slots=True)
class Labels:
    """All that a reader found in a page; ``gaps`` are places at which words of the page are lost."""

    source: str
    figures: tuple[Label, ...]
    events: tuple[Label, ...]
    not_figures: tuple[Label, ...]
    industries: tuple[Mapping[str, Any], ...]
    gaps: tuple[int, ...] = ()
    doubtful: tuple[Span, ...] = field(default=())

    def to(self, ragged: str) -> Labels:
        """The labels as they stand in ``ragged``, which has the same paragraphs, broken, and perhaps without ends.

        What stood in a clause that lost its end is no longer asked for.
        """
        clean, broken = Squeezed(self.source), Squeezed(ragged)
        moved: dict[int, int] = {}  # place in the clean text → in the broken text
        gaps: list[int] = []
        doubtful: list[Span] = []
        done = cursor = 0
        for paragraph in filter(None, ("".join(line.split()) for line in self.source.splitlines())):
            kept = paragraph
            while (start := broken.text.find(kept, cursor)) < 0:
                kept = kept[:-1]
            assert kept, f"paragraph is gone: {paragraph}"
            whole = len(kept)
            if kept != paragraph:
                whole = max((end.end() for end in re.finditer("[，。；,;]", kept)), default=0)
                gaps.append(broken.places[start + len(kept) - 1] + 1)
                doubtful.append(broken.span(start + whole, start + len(kept)))
            for offset in range(whole):
                moved[clean.places[done + offset]] = broken.places[start + offset]
            cursor = start + len(kept)
            done += len(paragraph)

        def move(labels: Iterable[Label]) -> tuple[Label, ...]:
            return tuple(
                replace(label, span=Span(moved[label.span.start], moved[label.span.end - 1] + 1))
                for label in labels
                if label.span.start in moved and label.span.end - 1 in moved
            )

        return Labels(
            ragged,
            move(self.figures),
            move(self.events),
            move(self.not_figures),
            self.industries,
            tuple(gaps),
            tuple(doubtful),
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """A document: what a reader finds in it, and what was read from it."""

    labelled: Labels
    document: Document

    def said(self, kind: str) -> list[dict[str, Any]]:
        """The records of a kind, as a program gets them."""
        return list(json.loads(json_text(records_of(self.document, kind))))


def load(name: str, source: str) -> Labels:
    """The labels in ``tests/gold/NAME.json`` of the page that ``source`` is."""
    labelled = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))
    squeezed = Squeezed(source)

    def placed(facts: Mapping[str, Any]) -> Label:
        before, inside, after = re.split("[【】]", facts["at"])
        assert squeezed.text.count(before + inside + after) == 1, f"not one place: {facts['at']}"
        start = squeezed.text.index(before + inside + after) + len(before)
        return Label(facts["at"], squeezed.span(start, start + len(inside)), facts)

    return Labels(
        source,
        tuple(map(placed, labelled["figures"])),
        tuple(map(placed, labelled["events"])),
        tuple(placed({"at": at}) for at in labelled["not_figures"]),
        tuple(labelled["industries"]),
    )


@dataclass(slots=True)
class Share:
    """How many of what was asked for are right, and what is wrong with the others."""

    good: int = 0
    asked: int = 0
    wrong: list[str] = field(default_factory=list)

    def count(self, good: bool, otherwise: str) -> bool:
        self.asked += 1
        self.good += good
        if not good:
            self.wrong.append(otherwise)
        return good

    def assert_at_least(self, share: float) -> None:
        told = "\n  ".join([f"{self.good} of {self.asked} are right, {share:.2f} of them must be", *self.wrong])
        assert self.asked, "nothing was asked for"
        assert self.good >= share * self.asked, told


def _paired(labels: Sequence[Label], records: Sequence[Record]) -> dict[int, Record]:
    """For each label (by its index) the record that covers most of it; no record serves twice."""
    near = []
    for index, label in enumerate(labels):
        for number, record in enumerate(records):
            common = min(label.span.end, record["end"]) - max(label.span.start, record["start"])
            if common > 0:
                near.append((-common, index, number))
    pairs: dict[int, Record] = {}
    taken: set[int] = set()
    for _, index, number in sorted(near):
        if index not in pairs and number not in taken:
            pairs[index] = records[number]
            taken.add(number)
    return pairs


_MARKS = re.compile(r"[^\w%+]|的")
_FRAME = re.compile(r"(?:全[市省国年]|其中|累计|共|实现|完成)+")


def _core(name: str) -> str:
    name = _MARKS.sub("", name)
    frame = _FRAME.match(name)
    return name[frame.end() :] if frame else name


def same_name(said: str | None, wanted: Iterable[str]) -> bool:
    """Whether a name is one of those wanted, or as much of one that the rest is a qualifier.

    >>> same_name("全市规上工业企业", ["规上工业企业"]), same_name("企业", ["规上工业企业"])
    (True, False)
    """
    name = _core(said or "")
    for other in map(_core, wanted):
        less, more = sorted((name, other), key=len)
        if name == other or (len(less) > 1 and less in more and 2 * len(less) >= len(more)):
            return True
    return False


def same_days(record: Record, days: Sequence[str | None]) -> bool:
    """Whether each day that the label settles is the day of the record."""
    return all(day is None or record[key] == day for day, key in zip(days, ("period_start", "period_end"), strict=True))


def compare_figures(labels: Labels, records: Sequence[Record]) -> dict[str, Share]:
    """How near the records come to the labelled figures: a share for each question.

    ``found`` and ``row`` are F1 over places: a record where a reader found nothing counts against them.
    """
    names = ("found", "value", "measure", "indicator", "period", "relation", "basis", "status", "row")
    shares = {name: Share() for name in names}
    pairs = _paired(labels.figures, records)
    for index, label in enumerate(labels.figures):
        record, facts = pairs.get(index), label.facts
        if not label.required:
            continue
        if not shares["found"].count(record is not None, f"missed: {label}") or record is None:
            shares["row"].count(False, f"missed: {label}")
            continue
        wanted = (facts["value"], facts.get("max"), facts.get("unit"))
        value = (record["value"], record["value_max"], record["unit"])
        measures = facts.get("measure", "level")
        right = [
            shares["value"].count(value == wanted, f"{label}: {value}, not {wanted}"),
            shares["measure"].count(
                record["measure"] in ([measures] if isinstance(measures, str) else measures),
                f"{label}: {record['measure']}, not {measures}",
            ),
            shares["indicator"].count(
                same_name(record["indicator"], facts["indicator"]),
                f"{label}: {record['indicator']}, not {' or '.join(facts['indicator'])}",
            ),
        ]
        if days := facts.get("days"):
            told = f"{label}: {record['period']} ({record['period_start']}…{record['period_end']}), not {days}"
            right.append(shares["period"].count(same_days(record, days), told))
        for name, usual in (("relation", "="), ("status", "actual")):
            stated = facts.get(name, usual)
            shares[name].count(record[name] == stated, f"{label}: {name} {record[name]}, not {stated}")
        if basis := facts.get("basis"):
            shares["basis"].count(record["basis"] == basis, f"{label}: against {record['basis']}, not {basis}")
        shares["row"].count(all(right), f"{label}: not right in all")
    for extra in invented(labels, records):
        told = f"invented: {extra['written']} at {extra['start']}: {extra['indicator']}"
        for name in ("found", "row"):
            shares[name].wrong.append(told)
            shares[name].asked += 1
    for name in ("found", "row"):  # F1: twice the right ones in all that was asked for and all that was said
        shares[name].asked += sum(1 for index, label in enumerate(labels.figures) if label.required and index in pairs)
        shares[name].good *= 2
    return shares


def invented(labels: Labels, records: Iterable[Record]) -> list[Record]:
    """The records that stand where a reader found no figure."""
    known = [*(label.span for label in labels.figures), *labels.doubtful]
    return [record for record in records if not any(Span(record["start"], record["end"]).overlaps(k) for k in known)]


def compare_events(labels: Labels, records: Sequence[Record]) -> Share:
    """How many of the labelled dated statements have their days and hold their words."""
    share = Share()
    pairs = _paired(labels.events, records)
    for index, label in enumerate(labels.events):
        if not label.required:
            continue
        record = pairs.get(index)
        if record is None:
            share.count(False, f"missed: {label}")
            continue
        absent = [words for words in label.facts["has"] if words not in record["event"]]
        right = same_days(record, label.facts["days"]) and not absent
        told = f"{label}: {record['period']}, not {label.facts['days']}; without {absent}: {record['event']}"
        share.count(right, told)
    return share


def compare_industries(labels: Labels, records: Sequence[Record]) -> Share:
    """How many of the labelled industries are there, with their tier and all that is labelled of them."""
    share = Share()
    rows = {record["industry"]: record for record in records}
    for wanted in labels.industries:
        name = wanted["industry"]
        row = rows.get(name)
        if row is None:
            share.count(False, f"no industry {name} among {'、'.join(rows)}")
            continue
        wrong = [
            f"{key} {row[key]}, not {wanted.get(key)}"
            for key in ("tier", "scale", "enterprises")
            if (key == "tier" or key in wanted) and row[key] != wanted.get(key)
        ]
        if "status" in wanted and not any(wanted["status"] in status for status in row["status"]):
            wrong.append(f"status {row['status']}, not {wanted['status']}")
        if "milestone" in wanted:
            period, words = wanted["milestone"]
            if not any(reached["period"] == period and words in reached["event"] for reached in row["milestones"]):
                wrong.append(f"milestones {row['milestones']}, not {wanted['milestone']}")
        share.count(not wrong, f"{name}: {'; '.join(wrong)}")
    return share
