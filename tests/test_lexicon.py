"""The lexicon holds each word once, and nothing that no one reads."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PACKAGE = Path(__file__).parents[1] / "zzcli"
TABLES = sorted((PACKAGE / "lexicon").glob("*.toml"))

# Lines of several words each, of which a code or a level comes again; and days, a year each.
OF_LINES = {"regions", "countries", "zones", "divisions", "industries", "day"}


def word_lists(values: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Every list of words of a table, with its key."""
    for key, value in values.items():
        if key in OF_LINES:
            continue
        if isinstance(value, dict):
            yield from word_lists(value)
        elif isinstance(value, list):
            yield key, value
        elif isinstance(value, str):
            yield key, value.split()


def test_there_are_tables() -> None:
    assert len(TABLES) >= 6


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_no_list_holds_a_word_twice(path: Path) -> None:
    for key, words in word_lists(tomllib.loads(path.read_text(encoding="utf-8"))):
        assert [word for word, times in Counter(map(str, words)).items() if times > 1] == [], key


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_key_is_read(path: Path) -> None:
    source = "\n".join(file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py"))
    for key in tomllib.loads(path.read_text(encoding="utf-8")):
        assert re.search(rf"['\"]{key}['\"]", source), key
