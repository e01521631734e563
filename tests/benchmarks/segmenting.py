"""What the words of a text cost, as ratios against stock jieba: medians of interleaved runs, the first not counted."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from typing import Any

import zzcli
from tests.benchmarks.measuring import Row
from zzcli.mentions import words

RUNS = 11
TERM = "轨道交通产业"

OURS = "from zzcli.mentions.words import cut; cut({text!r})"
STOCK = """
import os, jieba
jieba.setLogLevel(60)
jieba.dt.tmp_dir = os.environ["JIEBA_CACHE"]
list(jieba.cut({text!r}))
"""
SPENT = """
import re, time
print(time.process_time(), re.search("VmHWM:\\\\s*(\\\\d+)", open("/proc/self/status").read())[1])
"""


def segmenting() -> Iterator[Row]:
    """Processor time and memory (as Linux tells it) of processes that cut a text; the time to cut it again."""
    page = zzcli.read().text.source
    with tempfile.TemporaryDirectory() as folder:
        kept = {"ZZCLI_CACHE": folder, "JIEBA_CACHE": folder}  # each finds there what its first run kept
        nowhere = {"ZZCLI_CACHE": "", "JIEBA_CACHE": "/dev/null"}
        yield Row(f"start and cut {TERM} / jieba", starting(TERM, kept, 0), 0.15)
        yield Row(f"start and cut {TERM}, nothing kept / jieba", starting(TERM, nowhere, 0), 1)
        yield Row(f"memory to start and cut {TERM} / jieba", starting(TERM, kept, 1), 0.35)
        yield Row("start and cut the bundled page / jieba", starting(page, kept, 0), 1)
        yield Row("cut the bundled page again / jieba", cutting(page), 1.2)


def starting(text: str, environment: dict[str, str], measure: int) -> float:
    """Of processes that cut a text and end."""

    def spent(code: str) -> float:
        command = [sys.executable, "-W", "ignore", "-c", code.format(text=text) + SPENT]
        run = subprocess.run(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, check=True)
        return float(run.stdout.split()[measure])

    return ratio(partial(spent, OURS), partial(spent, STOCK))


def cutting(text: str) -> float:
    """Of the segmentation itself, once all that the text asks for is loaded."""
    stock: Any = words._jieba().Tokenizer()
    stock.FREQ, stock.total = stock.gen_pfdict(stock.get_dict_file())
    stock.initialized = True

    def spent(tokenizer: Any) -> float:
        before = time.process_time()
        list(tokenizer.cut(text))
        return time.process_time() - before

    return ratio(partial(spent, words.tokenizer()), partial(spent, stock))


def ratio(ours: Callable[[], float], stock: Callable[[], float]) -> float:
    """The median of ours over that of stock jieba."""
    pairs = [(ours(), stock()) for _ in range(RUNS + 1)][1:]
    return median(pair[0] for pair in pairs) / median(pair[1] for pair in pairs)
