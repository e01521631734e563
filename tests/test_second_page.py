"""What holds for the bundled page holds for a page of another city, clean or as a scanner would leave it."""

from __future__ import annotations

from functools import cache

import pytest

from tests import labels
from tests.labels import GOLD, Labels, Reading, compare_events, compare_figures, compare_industries, invented, load
from tests.ragged import ragged, wrapped
from zzcli.document import parse
from zzcli.span import Span

LEAST = {
    "found": labels.FOUND,
    "value": labels.VALUE,
    "measure": labels.MEASURE,
    "indicator": labels.INDICATOR,
    "period": labels.PERIOD,
    "relation": labels.RELATION,
    "basis": labels.BASIS,
    "status": labels.STATUS,
    "row": labels.ROW,
}
SEEDS = (2, 6, 9, 10, 14, 15, 17, 18, 19, 26)
SEEDS_LOST = (1, 12, 13, 20, 32, 35, 39)
LOST = 5  # paragraphs without an end


@cache
def clean() -> Labels:
    # newlines as they stand: `read_text` would translate them
    return load("second_page", (GOLD / "second_page.txt").read_bytes().decode("utf-8"))


@cache
def form(name: str) -> Reading:
    """The page ``clean``, ``seed N``, ``seed N, ends lost``, or ``N columns``."""
    text = source = clean().source
    words = name.replace(",", "").split()
    if words[0] == "seed":
        text = ragged(source, int(words[1]), lose=LOST if "lost" in words else 0)
    elif words[-1] == "columns":
        text = wrapped(source, int(words[0]))
    return Reading(clean().to(text), parse(text))


WHOLE = ["clean", "30 columns", *(f"seed {seed}" for seed in SEEDS)]
LOSSY = [f"seed {seed}, ends lost" for seed in SEEDS_LOST]
FORMS = [*WHOLE, *LOSSY]


def test_the_page_is_as_rich_as_the_bundled_one() -> None:
    assert sum(label.required for label in clean().figures) >= 60
    assert sum(label.required for label in clean().events) >= 18
    assert len({industry["tier"] for industry in clean().industries}) >= 3


def test_the_page_is_broken_in_every_way() -> None:
    texts = [form(name).labelled.source for name in LOSSY]
    assert len(set(texts)) == len(texts)
    assert all("\n\n" in text and text.count("\n") > clean().source.count("\n") for text in texts)
    lost = [form(name).labelled for name in LOSSY]
    assert all(len(labelled.gaps) == LOST for labelled in lost)
    assert any(len(labelled.figures) < len(clean().figures) for labelled in lost)


@pytest.mark.parametrize("name", FORMS)
def test_its_figures_are_those_of_a_reader(name: str) -> None:
    reading = form(name)
    shares = compare_figures(reading.labelled, reading.said("figures"))
    for question, least in LEAST.items():
        shares[question].assert_at_least(least)


@pytest.mark.parametrize("name", FORMS)
def test_its_dated_statements_are_those_of_a_reader(name: str) -> None:
    compare_events(form(name).labelled, form(name).said("timeline")).assert_at_least(labels.DATED)


@pytest.mark.parametrize("name", WHOLE)
def test_its_industries_stand_in_their_tiers_with_what_is_said_of_them(name: str) -> None:
    compare_industries(form(name).labelled, form(name).said("industries")).assert_at_least(1)


@pytest.mark.parametrize("name", FORMS)
def test_what_states_nothing_is_no_figure(name: str) -> None:
    labelled, said = form(name).labelled, form(name).said("figures")
    found = [Span(record["start"], record["end"]) for record in said]
    assert [str(label) for label in labelled.not_figures if any(label.span.overlaps(span) for span in found)] == []
    assert [record["written"] for record in invented(labelled, said)] == []


@pytest.mark.parametrize("name", FORMS)
def test_its_area_and_the_year_of_writing_are_read_from_it(name: str) -> None:
    document = form(name).document
    assert document.area == "衢州市"
    assert (document.dating.origin, document.dating.written) == ("inferred", 2025)
    hanging = [event for event in document.timeline if event.expression.startswith(("今年", "去年", "前年"))]
    assert hanging
    assert all("year-inferred" in event.flags for event in hanging)


@pytest.mark.parametrize("name", LOSSY)
def test_nothing_is_bridged_where_an_end_is_lost(name: str) -> None:
    document, gaps = form(name).document, form(name).labelled.gaps
    text = document.text
    spans = [("sentence", sentence) for sentence in text.sentences]
    for figure in document.figures:
        spans += [("figure", figure), ("statement of a figure", figure.statement), ("its sentence", figure.sentence)]
        if figure.period is not None:
            spans.append(("figure with its period", Span(min(figure.start, figure.period.start), figure.end)))
    spans += [("event", event.statement) for event in document.events]
    bridged = [
        (what, span.of(text.clean))
        for what, span in spans
        for origin in [text.origin(span)]
        for gap in gaps
        if origin.start < gap < origin.end
    ]
    assert bridged == []


@pytest.mark.parametrize("name", LOSSY)
def test_a_sentence_that_lost_its_end_says_so(name: str) -> None:
    text, gaps = form(name).document.text, form(name).labelled.gaps
    broken = [block for block in text.blocks if text.origin(block).end in gaps]
    assert len(broken) == len(gaps)
    assert all(block.truncated for block in broken)


@pytest.mark.parametrize("name", WHOLE[1:])
def test_a_broken_page_says_the_same_as_the_clean_one(name: str) -> None:
    def said(name: str, kind: str, keys: list[str]) -> list[list[str]]:
        # Where the scan broke a Latin word nobody can tell that it was one: white space does not count.
        return [["".join(str(record[key]).split()) for key in keys] for record in form(name).said(kind)]

    event = ["expression", "period", "granularity", "event", "quote"]
    assert said(name, "timeline", event) == said("clean", "timeline", event)
    figure = ["indicator", "measure", "value", "value_max", "unit", "written", "relation", "basis", "status", "quote"]
    assert said(name, "figures", figure) == said("clean", "figures", figure)
