"""Segmentation: jieba's words, without its noise, its cache or its cost until they are asked for."""

from __future__ import annotations

import marshal
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

import zzcli
from zzcli import cache
from zzcli.mentions import words
from zzcli.mentions.words import cut, tokenizer

jieba = words._jieba()

OUR_TEXT = """云江市政府工作报告——2024年1月8日
过去一年，全市轨道交通产业集聚上下游企业425家，规模突破1600.5亿元，C++与ＡＩ并进，T恤、γ射线、AT&T也不例外。
研究生命起源，南京市长江大桥；他来到了网易杭研大厦。龘靐齉，𠮷野家，㐂㐃，①②③……
Growth of 5.8% (year-on-year), e-mail: a.b-c_d@example.org; 1,234\t56\r\n第　二　段
"""


@pytest.fixture(scope="module")
def stock() -> Any:
    """A tokenizer as jieba makes it, but for its cache."""
    stock = jieba.Tokenizer()
    stock.FREQ, stock.total = stock.gen_pfdict(stock.get_dict_file())
    stock.initialized = True
    return stock


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that holds nothing yet."""
    folder = tmp_path / "kept"
    monkeypatch.setenv("ZZCLI_CACHE", str(folder))
    return folder


@pytest.fixture
def started() -> Iterator[Callable[[], Any]]:
    """The tokenizer as it is when zzcli has just started."""

    def started() -> Any:
        words._tokenizer.cache_clear()
        return tokenizer()

    yield started
    words._tokenizer.cache_clear()


@pytest.fixture
def making(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the dictionaries for which an index was made."""
    sizes: list[int] = []
    make = words._index

    def counted(dictionary: bytes) -> bytes:
        sizes.append(len(dictionary))
        return make(dictionary)

    monkeypatch.setattr(words, "_index", counted)
    return sizes


def in_every_mode(tokenizer: Any, text: str) -> list[list[str]]:
    return [
        list(tokenizer.cut(text)),
        list(tokenizer.cut(text, HMM=False)),
        list(tokenizer.cut(text, cut_all=True)),
        list(tokenizer.cut_for_search(text)),
    ]


def random_texts(count: int) -> Iterator[str]:
    chance = random.Random(20240708)
    alphabets = [
        zzcli.read().text.source,
        "".join(map(chr, range(0x4E00, 0x9FFF))),
        "一二三大中小人上不的工产业国轨道交通生物医药",
        "aZ09+#&._%- 卡盘型C",
        "，。《》—…·￥％ \t\r\n\u3000\u200b\ufeffé",
        "㐀㐂䶵鿿龦豈𠮷𪚥𰻞😀",
    ]
    weights = [8, 2, 6, 2, 1, 1]
    for _ in range(count):
        length = chance.randrange(24)
        yield "".join(chance.choice(alphabet) for alphabet in chance.choices(alphabets, weights, k=length))


def in_a_process(code: str, temporary: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *options, "-c", code],
        env={**os.environ, "TMPDIR": str(temporary), "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )


def test_the_words_of_a_text_are_the_text() -> None:
    text = "云江市轨道交通产业集聚上下游企业425家，C++与ＡＩ并进。\n 第二段"
    assert "".join(cut(text)) == text
    assert "轨道交通" in cut(text)


@pytest.mark.parametrize("text", [zzcli.read().text.source, OUR_TEXT, ""], ids=["the bundled page", "ours", "empty"])
def test_a_text_has_the_words_of_stock_jieba_in_every_mode(text: str, stock: Any, started: Callable[[], Any]) -> None:
    assert in_every_mode(started(), text) == in_every_mode(stock, text)


def test_random_strings_have_the_words_of_stock_jieba_in_every_mode(stock: Any, started: Callable[[], Any]) -> None:
    ours = started()
    for text in random_texts(2000):
        assert in_every_mode(ours, text) == in_every_mode(stock, text), text


def test_a_text_that_asks_for_much_gets_the_whole_dictionary(
    stock: Any, started: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = started()
    in_every_mode(ours, OUR_TEXT)
    assert len(ours.FREQ) < len(stock.FREQ) / 100
    monkeypatch.setattr(words, "MOST_OPENINGS", 300)
    assert in_every_mode(ours, zzcli.read().text.source) == in_every_mode(stock, zzcli.read().text.source)
    assert (ours.FREQ, ours.total) == (stock.FREQ, stock.total)
    ours.gen_pfdict = None  # from now on nothing is looked up
    assert in_every_mode(ours, "龘靐齉") == in_every_mode(stock, "龘靐齉")


@pytest.mark.parametrize(
    "dictionary",
    [
        "丙丁 3 n\n甲乙 5 n\n甲 7 n\n丙 2 n\n甲乙丙 4 n\nC盘 2 n\n甲乙 1 n\n",
        "甲乙 5 n\r\n甲乙丙丁 4\r\n丁 2 v\r\n",
        "𠮷 5 n\n甲 5 n\n甲乙 5 n\n甲乙丙丁 9 n",
    ],
    ids=["out of order, a word twice", "foreign ends of lines, no part of speech", "no end of the last line"],
)
def test_any_dictionary_of_jieba_is_read_as_jieba_reads_it(
    dictionary: str, place: Path, started: Callable[[], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "dict.txt"
    file.write_bytes(dictionary.encode())
    monkeypatch.setattr(jieba, "DEFAULT_DICT_NAME", str(file))
    expected, total = jieba.Tokenizer.gen_pfdict(BytesIO(file.read_bytes()))
    ours = started()
    for text in ["甲乙丙丁甲丙丁丙", "C盘𠮷C", "丁甲丙", "甲乙"]:
        ours.get_DAG(text)
    assert (ours.FREQ, ours.total) == (expected, total)


def test_the_index_is_made_once_and_kept(place: Path, started: Callable[[], Any], making: list[int]) -> None:
    first = in_every_mode(started(), OUR_TEXT)
    assert in_every_mode(started(), OUR_TEXT) == first
    assert len(making) == 1
    [kept] = place.iterdir()
    assert kept.stat().st_size < 200_000


@pytest.mark.parametrize("chosen", ["", "/dev/null/none"], ids=["nowhere", "a place that cannot be"])
def test_where_nothing_can_be_kept_the_words_are_the_same(
    chosen: str, stock: Any, started: Callable[[], Any], making: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZZCLI_CACHE", chosen)
    for _ in range(2):
        assert in_every_mode(started(), OUR_TEXT) == in_every_mode(stock, OUR_TEXT)
    assert len(making) == 2


def test_a_damaged_index_is_made_anew(place: Path, started: Callable[[], Any], making: list[int]) -> None:
    first = in_every_mode(started(), OUR_TEXT)
    [kept] = place.iterdir()
    whole = kept.read_bytes()
    for damaged in [b"", whole[:-4], whole[:40], whole[:-8] + b"\xff" * 8, os.urandom(len(whole))]:
        kept.write_bytes(damaged)
        assert in_every_mode(started(), OUR_TEXT) == first
        assert kept.read_bytes() == whole
    assert len(making) == 6


@pytest.mark.parametrize("content", [b"", b"abc", bytes(8), bytes(20), b"\x01" * 13])
def test_an_index_that_is_none_is_made_anew(
    content: bytes, started: Callable[[], Any], making: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "load", lambda *_: content)
    assert list(started().cut("轨道交通产业")) == ["轨道交通", "产业"]
    assert len(making) == 1


def test_the_index_of_another_dictionary_is_not_taken(
    place: Path, started: Callable[[], Any], making: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "dict.txt"
    monkeypatch.setattr(jieba, "DEFAULT_DICT_NAME", str(file))
    file.write_text("甲乙 5 n\n丙丁 5 n\n", encoding="utf-8")
    assert list(started().cut("甲乙丙丁", HMM=False)) == ["甲乙", "丙丁"]
    file.write_text("甲丙 5 n\n乙丙 9 n\n", encoding="utf-8")  # of the same size
    assert list(started().cut("甲乙丙丁", HMM=False)) == ["甲", "乙丙", "丁"]
    assert len(making) == 2


def test_an_index_that_was_planted_for_another_key_is_not_taken(place: Path, started: Callable[[], Any]) -> None:
    planted = words._index("轨 1 n\n产 1 n\n".encode())
    cache.keep("words", b"runs 1, little, of 5071852 bytes 00000000", planted)
    assert list(started().cut("轨道交通产业")) == ["轨道交通", "产业"]
    assert planted not in (place / "words").read_bytes()


def test_threads_that_cut_for_the_first_time_at_once_get_the_same_words(
    place: Path, stock: Any, started: Callable[[], Any], making: list[int]
) -> None:
    texts = [line for line in zzcli.read().text.source.splitlines() if line][:200]
    words._tokenizer.cache_clear()
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(cut, texts))
    finally:
        sys.setswitchinterval(before)
    assert found == [list(stock.cut(text)) for text in texts]
    assert len(making) == 1


def test_nothing_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    run = in_a_process("from zzcli.mentions.words import cut; print(cut('轨道交通产业'))", tmp_path)
    assert run.stdout == "['轨道交通', '产业']\n"
    assert run.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_said_where_jieba_was_not_compiled_before(tmp_path: Path) -> None:
    code = "from zzcli.mentions.words import cut; print(cut('轨道交通产业'))"
    run = in_a_process(code, tmp_path, "-B", "-W", "always", PYTHONPYCACHEPREFIX=str(tmp_path))
    assert run.stdout == "['轨道交通', '产业']\n"
    assert run.stderr == ""


def test_a_cache_that_somebody_planted_is_not_read(tmp_path: Path) -> None:
    planted = {word[:end]: 0 for word in ["道交"] for end in (1, 2)} | {"道交": 10**6}
    (tmp_path / "jieba.cache").write_bytes(marshal.dumps((planted, 10**6)))
    code = """
import sys
opened = []
sys.addaudithook(lambda event, of: opened.append(str(of[0])) if event == "open" else None)
from zzcli.mentions.words import cut
print(cut("轨道交通产业"))
print(any("dict.txt" in path for path in opened), any("jieba.cache" in path for path in opened))
"""
    run = in_a_process(code, tmp_path)
    assert run.stdout == "['轨道交通', '产业']\nTrue False\n"


def test_jieba_is_loaded_for_the_first_word_and_not_before(tmp_path: Path) -> None:
    code = """
import sys
import zzcli.search, zzcli.mentions.words as words
before = 'jieba' in sys.modules
words.cut('产业')
print(before, 'jieba' in sys.modules)
"""
    assert in_a_process(code, tmp_path).stdout == "False True\n"


def test_pkg_resources_is_not_loaded_and_can_be_later(tmp_path: Path) -> None:
    (tmp_path / "pkg_resources.py").write_text("print('loaded')")
    code = """
from zzcli.mentions.words import cut
print(cut('产业'))
import pkg_resources
"""
    assert in_a_process(code, tmp_path, PYTHONPATH=str(tmp_path)).stdout == "['产业']\nloaded\n"


def test_another_thread_finds_pkg_resources_at_any_time(tmp_path: Path) -> None:
    (tmp_path / "pkg_resources.py").write_text("print('loaded')")
    code = """
import threading
from zzcli.mentions.words import _WithoutPkgResources
with _WithoutPkgResources():
    try:
        import pkg_resources
    except ImportError:
        print('not found')
    other = threading.Thread(target=__import__, args=['pkg_resources'])
    other.start()
    other.join()
"""
    assert in_a_process(code, tmp_path, PYTHONPATH=str(tmp_path)).stdout == "not found\nloaded\n"


def test_whoever_uses_jieba_beside_zzcli_finds_it_as_it_comes(tmp_path: Path) -> None:
    use = """
import logging, jieba
logger = logging.getLogger('jieba')
print(jieba.dt.FREQ, jieba.dt.initialized, logger.level, len(logger.handlers))
print(list(jieba.cut('轨道交通产业')), len(jieba.dt.FREQ))
"""
    cut_before = """
import sys, warnings
from zzcli.mentions.words import cut
before = list(sys.meta_path), list(warnings.filters)
cut('产业')
assert (list(sys.meta_path), list(warnings.filters)) == before
"""
    for name in ("alone", "beside"):
        (tmp_path / name).mkdir()  # jieba leaves its cache there
    alone = in_a_process(use, tmp_path / "alone", "-W", "ignore")
    beside = in_a_process(cut_before + use, tmp_path / "beside", "-W", "ignore")
    assert beside.stdout == alone.stdout
    assert len(beside.stderr.splitlines()) == len(alone.stderr.splitlines()) > 0
