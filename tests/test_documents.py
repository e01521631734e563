"""A work report, a communiqué with tables and a bulletin are read as a careful reader reads them, each as a whole."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from tests.labels import GOLD, Labels, Reading, Share, compare_events, compare_figures, compare_industries, load
from zzcli.document import parse
from zzcli.span import Span

# How much of what a reader found in each document must be found, and be right.
LEAST: dict[str, dict[str, float]] = {
    "work_report": {
        "found": 0.98,
        "value": 0.98,
        "measure": 0.98,
        "indicator": 0.97,
        "period": 0.97,
        "relation": 0.97,
        "basis": 0.97,
        "status": 0.97,
        "row": 0.95,
        "dated": 0.97,
        "industries": 0.90,
        "areas": 0.98,
    },
    "communique": {
        "found": 0.98,
        "value": 0.98,
        "measure": 0.98,
        "indicator": 0.97,
        "period": 0.98,
        "relation": 0.98,
        "basis": 0.98,
        "status": 0.98,
        "row": 0.96,
        "dated": 0.97,
        "industries": 0.97,
        "areas": 0.98,
    },
    "bulletin": {
        "found": 0.97,
        "value": 0.98,
        "measure": 0.98,
        "indicator": 0.95,
        "period": 0.96,
        "relation": 0.95,
        "basis": 0.97,
        "status": 0.96,
        "row": 0.93,
        "dated": 0.95,
        "industries": 0.97,
        "areas": 0.92,
    },
}


@cache
def reading(name: str) -> Reading:
    # newlines as they stand: `read_text` would translate them
    source = (GOLD / f"{name}.txt").read_bytes().decode("utf-8")
    return Reading(load(name, source), parse(source))


def compare_areas(labels: Labels, said: list[dict[str, Any]]) -> Share:
    """How many of the figures that were found belong to the place that the label names."""
    share = Share()
    for label in labels.figures:
        area = label.facts.get("area")
        record = next((one for one in said if label.span.overlaps(Span(one["start"], one["end"]))), None)
        if area and record and label.required:
            share.count(record["area"] == area, f"{label}: of {record['area']}, not {area}")
    return share


@cache
def shares(name: str) -> dict[str, Share]:
    labelled, figures = reading(name).labelled, reading(name).said("figures")
    return {
        **compare_figures(labelled, figures),
        "areas": compare_areas(labelled, figures),
        "dated": compare_events(labelled, reading(name).said("timeline")),
        "industries": compare_industries(labelled, reading(name).said("industries")),
    }


def test_the_documents_are_rich() -> None:
    pages = [reading(name).labelled for name in LEAST]
    assert sum(label.required for page in pages for label in page.figures) >= 300
    assert sum(label.required for page in pages for label in page.events) >= 50
    assert sum(len(page.industries) for page in pages) >= 25
    assert sum(len(page.not_figures) for page in pages) >= 60


@pytest.mark.parametrize(("name", "question"), [(name, question) for name in LEAST for question in LEAST[name]])
def test_a_document_is_read_as_a_reader_reads_it(name: str, question: str) -> None:
    shares(name)[question].assert_at_least(LEAST[name][question])


@pytest.mark.parametrize("name", LEAST)
def test_what_states_nothing_is_no_figure(name: str) -> None:
    found = [Span(record["start"], record["end"]) for record in reading(name).said("figures")]
    wrong = [
        str(label) for label in reading(name).labelled.not_figures if any(label.span.overlaps(span) for span in found)
    ]
    assert wrong == []
