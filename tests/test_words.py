"""Segmentation: jieba's words, without its noise, its cache or its cost until they are asked for."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from pathlib import Path

from zzcli.mentions.words import cut


def in_a_process(code: str, temporary: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "TMPDIR": str(temporary), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )


def test_the_words_of_a_text_are_the_text() -> None:
    text = "云江市轨道交通产业集聚上下游企业425家，C++与ＡＩ并进。\n 第二段"
    assert "".join(cut(text)) == text
    assert "轨道交通" in cut(text)


def test_nothing_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    run = in_a_process("from zzcli.mentions.words import cut; print(cut('轨道交通产业'))", tmp_path)
    assert run.stdout == "['轨道交通', '产业']\n"
    assert run.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_a_cache_that_somebody_planted_is_not_read(tmp_path: Path) -> None:
    planted = {word[:end]: 0 for word in ["道交"] for end in (1, 2)} | {"道交": 10**6}
    (tmp_path / "jieba.cache").write_bytes(marshal.dumps((planted, 10**6)))
    run = in_a_process("from zzcli.mentions.words import cut; print(cut('轨道交通产业'))", tmp_path)
    assert run.stdout == "['轨道交通', '产业']\n"


def test_jieba_is_loaded_for_the_first_word_and_not_before(tmp_path: Path) -> None:
    code = """
import sys
import zzcli.search, zzcli.mentions.words as words
before = 'jieba' in sys.modules
words.cut('产业')
print(before, 'jieba' in sys.modules)
"""
    assert in_a_process(code, tmp_path).stdout == "False True\n"
