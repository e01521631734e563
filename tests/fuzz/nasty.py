"""Strings that were written to break things, and what must hold of each as a text, as a term and as a file's name."""

from __future__ import annotations

import json
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.fuzz import grounded
from zzcli.document import parse

CORPUS = Path(__file__).with_name("nasty.txt")


@cache
def strings() -> tuple[str, ...]:
    """The corpus: one JSON string a line."""
    lines = CORPUS.read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines if line.strip() and not line.startswith("#"))


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Some of them put together, with ordinary words and any characters between them."""
    ordinary = st.sampled_from(
        ["2024年，", "工业产值", "增长5.8%", "。", "\n", "3亿元", "、", "智能船舶产业", "\n\n", "（", "”", "|", "\t"]
    )
    return "".join(draw(st.lists(st.sampled_from(strings()) | ordinary | st.text(max_size=4), max_size=12)))


def text(example: str) -> None:
    """It is parsed, whatever it is, and all that is read from it lies in it."""
    grounded.document(parse(example), example or "产业")


@st.composite
def shown(draw: st.DrawFn) -> dict[str, Any]:
    """A text and one of the ways to show it."""
    return {"text": draw(texts()), "view": list(draw(st.sampled_from(grounded.VIEWS + grounded.PLAIN)))}


def view(example: dict[str, Any]) -> None:
    """Shown in any view it steers no terminal."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "nasty.txt"
        file.write_bytes(example["text"].encode("utf-8", "replace"))
        grounded.view(file, tuple(example["view"]))


def term(example: str) -> None:
    """Looked for, it is taken literally; found or not, nothing steers a terminal."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.txt"
        file.write_text("2024年，工业产值3亿元。\n" + example.encode("utf-8", "replace").decode(), encoding="utf-8")
        typed = example.replace("\0", "").encode("utf-8", "replace").decode()
        grounded.view(file, ("search", "--limit", "3", f"{typed} 产值") if typed.startswith("-") else ("search", typed))


def name(example: str) -> None:
    """As the name of a file, where the system allows it."""
    with tempfile.TemporaryDirectory() as folder:
        called = (
            os.fsencode(folder)
            + b"/"
            + example.replace("/", "∕")
            .replace("\0", "")
            .encode("utf-8", "surrogateescape" if _escaped(example) else "replace")[:200]
        )
        file = Path(os.fsdecode(called + b".txt"))
        try:
            file.write_text("2024年，工业产值3亿元，增长5%。", encoding="utf-8")
        except (OSError, ValueError):
            return  # the system has no such names
        for arguments in (("figures",), ("figures", "-f", "json"), ("overview",), ("search", "产值")):
            grounded.view(file, arguments)


def _escaped(example: str) -> bool:
    return all(0xDC80 <= ord(character) <= 0xDCFF for character in example if "\ud800" <= character <= "\udfff")
