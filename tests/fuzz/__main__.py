"""Fuzzing on demand: ``python -m tests.fuzz --minutes 60 [--seed N] [--only NAME]``.

Each oracle in turn with fresh random inputs until the time is over. A failure is shrunk and printed as a line for
``tests/fuzz/found.txt``, which the tests replay. Ends with 1 if anything failed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import HypothesisException

ROUND = 300  # inputs of an oracle before the next one has its turn


def main() -> int:
    """Fuzz until the time is over."""
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.splitlines()[0])
    asked.add_argument("--minutes", type=float, default=5, help="how long (5)")
    asked.add_argument("--seed", type=int, default=None, help="the first random seed; else a random one")
    asked.add_argument("--only", action="append", metavar="NAME", help="only this oracle; may be given again")
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as kept:
        # The user's cache is left alone, and what is said is English on a terminal without a name of its own.
        os.environ.update(ZZCLI_CACHE=kept, ZZCLI_LANG="en", TERM="xterm")
        from tests.fuzz.oracles import ORACLES

        if unknown := [name for name in chosen.only or () if name not in ORACLES]:
            asked.error(f"{unknown[0]}: no such oracle; there are {', '.join(ORACLES)}")
        return fuzz(
            {name: ORACLES[name] for name in chosen.only or ORACLES},
            chosen.minutes * 60,
            random.randrange(2**32) if chosen.seed is None else chosen.seed,
        )


def fuzz(oracles: dict[str, Any], seconds: float, first: int) -> int:
    """Try all oracles by turns for so long: 1 if anything failed, else 0."""
    ends = time.monotonic() + seconds
    tried: Counter[str] = Counter()
    failed: dict[str, str] = {}
    number = first
    while time.monotonic() < ends and len(failed) < len(oracles):
        for name, oracle in oracles.items():
            if time.monotonic() >= ends:
                break
            if name in failed:
                continue  # it would be found again
            count, failure = attempt(oracle, number, max(10, ROUND // oracle.few))
            tried[name] += count
            if failure:
                failed[name] = failure
                print(f"# {name}, seed {number}: {failure[0]}\n{name}\t{failure[1]}", flush=True)
        number += 1
    print(f"seeds {first} to {number - 1}")
    for name in oracles:
        print(f"{name:12} {tried[name]:9,} inputs" + ("   failed" if name in failed else ""))
    print(f"{'in all':12} {tried.total():9,} inputs, {len(failed)} oracles failed")
    return 1 if failed else 0


def attempt(oracle: Any, number: int, examples: int) -> tuple[int, tuple[str, str] | None]:
    """Try an oracle: how many inputs, and for a failure what was said and the smallest input, as JSON."""
    count = 0
    last: Any = None

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    @given(oracle.examples)
    def trying(example: Any) -> None:
        nonlocal count, last
        count += 1
        last = example  # the last one that Hypothesis runs is the smallest that fails
        oracle.check(example)

    try:
        trying()
    except HypothesisException as error:
        return count, (f"{type(error).__name__}: {error}".splitlines()[0], json.dumps(last))
    except Exception as error:
        return count, (" ".join(f"{type(error).__name__}: {error}".split())[:500], json.dumps(last))
    return count, None


if __name__ == "__main__":
    sys.exit(main())
