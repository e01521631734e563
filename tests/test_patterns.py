"""Patterns from the cache are those that Python makes, and nothing else is ever taken for one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from zzcli import cache, patterns
from zzcli.patterns import Store, compiled, either


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZZCLI_CACHE", str(tmp_path))
    monkeypatch.setattr("atexit.register", lambda _: None)
    return tmp_path


SOURCES = [
    ("", 0),
    (r"(?P<year>\d{4})年(?:(?P<month>\d\d?)月)?(?(month)底)", 0),
    (r"产值 (?: 突破 | 达到 )  # a verb", re.VERBOSE),
    (r"(?i:gdp)[^，。]{2,8}?(?<!人均)(?=亿)", 0),
    (r"\d+", re.ASCII | re.MULTILINE),
]


@pytest.mark.parametrize(("source", "flags"), SOURCES)
def test_a_kept_pattern_equals_the_one_python_makes(source: str, flags: int) -> None:
    first = Store()
    assert first.pattern(source, flags) == re.compile(source, flags)
    first.save()
    kept = Store().pattern(source, flags)
    assert kept == re.compile(source, flags)
    assert (kept.groups, kept.groupindex) == (re.compile(source, flags).groups, re.compile(source, flags).groupindex)


def test_every_pattern_of_the_readers_equals_the_one_python_makes() -> None:
    import zzcli

    document = zzcli.read()
    assert document.figures
    assert document.timeline
    assert document.industries
    known = patterns._store._used
    assert len(known) > 300
    for source, flags in known:
        assert compiled(source, flags) == re.compile(source, flags), source


def test_what_is_kept_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Store()
    first.pattern("产值", 0)
    first.save()
    monkeypatch.setattr(patterns, "_made", lambda *_: pytest.fail("made again"))
    assert Store().pattern("产值", 0).search("总产值")


def test_patterns_of_other_starts_stay(place: Path) -> None:
    for source in ("产值", "产量"):
        store = Store()
        store.pattern(source, 0)
        store.save()
    assert {source for source, _ in patterns._read(cache.load(patterns._NAME, patterns._interpreter()) or b"")} == {
        "产值",
        "产量",
    }


def test_patterns_of_versions_gone_by_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_MOST", 1)
    for source in ("产值", "产量"):
        store = Store()
        store.pattern(source, 0)
        store.save()
    assert {source for source, _ in patterns._read(cache.load(patterns._NAME, patterns._interpreter()) or b"")} == {
        "产量"
    }


def test_another_interpreters_patterns_are_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store()
    store.pattern("产值", 0)
    store.save()
    monkeypatch.setattr(patterns, "_interpreter", lambda: b"another")
    assert cache.load(patterns._NAME, patterns._interpreter()) is None


@pytest.mark.parametrize(
    "content",
    [
        b"no json",
        b'[["a", 0]]\n',
        json.dumps([["产值", 0, 32, 0, {}, 8]]).encode() + b"\n\xff\xff\xff\xff\xff\xff\xff\xff",
        json.dumps([["产值", 0, 32, 10**9, {}, 2]]).encode() + b"\n" + bytes(8),
        json.dumps([["产值", 0, 32, 0, [], 2]]).encode() + b"\n" + bytes(7),
    ],
)
def test_content_that_makes_no_sense_is_passed_over(content: bytes) -> None:
    cache.keep(patterns._NAME, patterns._interpreter(), content)
    assert Store().pattern("产值", 0) == re.compile("产值")


def test_an_engine_that_is_not_as_expected_makes_the_pattern_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_engine", None)
    assert Store().pattern("产值", 0) == re.compile("产值")


def test_a_wrong_pattern_is_an_error() -> None:
    with pytest.raises(re.error):
        compiled("(")


def test_an_alternation_prefers_the_longest_and_has_one_order() -> None:
    assert either("亿 万元 亿元 亿") == either(["亿元", "亿", "万元"]) == "万元|亿元|亿"
    assert compiled(either(["a.b"])).fullmatch("axb") is None


def test_a_start_keeps_its_patterns_at_its_end_for_the_next(tmp_path: Path) -> None:
    start = "import zzcli.patterns as p; {}; p.compiled('总产值'); p.compiled('(?P<n>[0-9]+)亿')"
    environment = {**os.environ, "ZZCLI_CACHE": str(tmp_path)}
    for made in ("pass", "import os; p._made = lambda *_: os._exit(9)"):
        run = subprocess.run([sys.executable, "-c", start.format(made)], env=environment, capture_output=True)
        assert (run.returncode, run.stderr) == (0, b"")
    assert (tmp_path / patterns._NAME).stat().st_size > 200
