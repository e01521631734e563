"""Everything that is fuzzed: how inputs are made, and what must hold of each. Inputs are plain data, kept as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.fuzz import changed, documents, found, mutations, nasty


class Oracle(NamedTuple):
    """``check`` raises AssertionError for an example of ``examples`` that is read wrongly; ``few``: it takes long."""

    examples: st.SearchStrategy[Any]
    check: Callable[[Any], None]
    few: int = 1


DOCUMENTS = documents.documents()

ORACLES = {
    "quantities": Oracle(documents.quantities(), found.quantity),
    "periods": Oracle(documents.periods(), found.period),
    "figures": Oracle(DOCUMENTS, found.figures),
    "wrapped": Oracle(documents.pages(), found.wrapped_again, few=5),
    "ragged": Oracle(documents.pages(), found.ragged_again, few=5),
    "shift": Oracle(changed.shifted(), changed.shift),
    "widths": Oracle(DOCUMENTS, changed.widths),
    "newlines": Oracle(DOCUMENTS, changed.newlines),
    "encodings": Oracle(DOCUMENTS, changed.encodings),
    "big5": Oracle(st.lists(st.integers(1, 999), min_size=6, max_size=6), changed.big5, few=2),
    "twice": Oracle(DOCUMENTS, changed.twice, few=3),
    "filters": Oracle(DOCUMENTS, changed.filters, few=5),
    "formats": Oracle(DOCUMENTS, changed.formats, few=4),
    "bytes": Oracle(mutations.examples(mutations.FILES[:2]), mutations.check),
    "files": Oracle(mutations.examples(mutations.FILES[2:]), mutations.check, few=2),
    "texts": Oracle(nasty.texts(), nasty.text),
    "views": Oracle(nasty.shown(), nasty.view, few=2),
    "terms": Oracle(nasty.texts(), nasty.term, few=3),
    "names": Oracle(nasty.texts(), nasty.name, few=5),
}
