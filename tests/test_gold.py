"""What a reader finds in the bundled page, the command finds."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from tests import labels
from tests.labels import Labels, compare_events, compare_figures, compare_industries, invented, load
from zzcli.document import Document, read
from zzcli.span import Span
from zzcli.views.formats import json_text
from zzcli.views.records import records


@cache
def page() -> Document:
    return read()


@cache
def labelled() -> Labels:
    return load("zhuzhou", page().text.source)


def said(kind: str) -> list[dict[str, Any]]:
    """The records as a program reads them."""
    return list(json.loads(json_text(records(page(), kind))))


def test_the_labels_are_there() -> None:
    assert sum(label.required for label in labelled().figures) >= 60
    assert sum(label.required for label in labelled().events) >= 20
    assert len(labelled().industries) >= 14
    assert len(labelled().not_figures) >= 45


@pytest.mark.parametrize(
    ("question", "least"),
    [
        ("found", labels.FOUND),
        ("value", labels.VALUE),
        ("measure", labels.MEASURE),
        ("indicator", labels.INDICATOR),
        ("period", labels.PERIOD),
        ("relation", labels.RELATION),
        ("basis", labels.BASIS),
        ("status", labels.STATUS),
        ("row", labels.ROW),
    ],
)
def test_its_figures_are_those_of_a_reader(question: str, least: float) -> None:
    compare_figures(labelled(), said("figures"))[question].assert_at_least(least)


def test_its_dated_statements_are_those_of_a_reader() -> None:
    compare_events(labelled(), said("timeline")).assert_at_least(labels.DATED)


def test_its_industries_stand_in_their_tiers_with_what_is_said_of_them() -> None:
    compare_industries(labelled(), said("industries")).assert_at_least(1)


def test_what_states_nothing_is_no_figure() -> None:
    found = [Span(record["start"], record["end"]) for record in said("figures")]
    wrong = [str(label) for label in labelled().not_figures if any(label.span.overlaps(span) for span in found)]
    assert wrong == []


def test_a_number_that_the_scan_cut_off_borrows_nothing() -> None:
    projects = next(record for record in said("figures") if record["written"] == "380")
    assert (projects["unit"], projects["flags"]) == (None, ["unit-missing", "truncated"])
    exports = [record for record in said("figures") if record["indicator"] == "出口"]
    assert [record["measure"] for record in exports] == ["level"]
    taxes = [record for record in said("figures") if "亩均税收" in record["indicator"]]
    assert [record["written"] for record in taxes] == ["16.7万元"]


def test_the_comparison_tells_what_is_missed_and_what_is_invented() -> None:
    figures = said("figures")
    kept = [record for record in figures if record["written"] != "49.51万户"]
    with pytest.raises(AssertionError, match=r"【49\.51万户】"):
        compare_figures(labelled(), kept)["found"].assert_at_least(1)
    extra = {**figures[0], "start": 0, "end": 1}
    assert invented(labelled(), [*figures, extra]) == [extra]
    with pytest.raises(AssertionError, match="invented: "):
        compare_figures(labelled(), [*figures, extra])["found"].assert_at_least(1)
    with pytest.raises(AssertionError, match="no industry 轨道交通"):
        compare_industries(labelled(), said("industries")[1:]).assert_at_least(1)
    with pytest.raises(AssertionError, match=r"missed: [^\n]*【今年9月19日】"):
        compare_events(
            labelled(), [record for record in said("timeline") if record["expression"] != "今年9月19日"]
        ).assert_at_least(1)
