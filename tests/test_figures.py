"""What the figures of a text promise: a corpus of sentences with all that each of them states.

``corpus/figures.txt`` holds, below a ``# promise``, a text of one line (``¶`` stands for a line end of the file) and
under it, indented, every figure of it in order::

    2023年，出口额42亿元，同比增长3%。
      > 出口额 | level | =42亿元 | period=2023
      > 出口额 | growth | =3% | basis=上年同期

- ``indicator | measure | relation+value+unit`` are always there; ``A / B`` accepts either, ``-`` is no name.
  A value is written in its unit or with 万, 亿 or 万亿 before it; ``a..b`` is a range.
- ``basis=``, ``area=`` and ``period=`` hold where they are stated; ``-`` says that there must be none.
- The status holds always: ``target`` or ``rule`` where stated, else actual. So do the flags of doubt:
  ``unit-missing``, ``unit-inferred``, ``truncated``, ``ocr``.
- ``? …`` is a figure that may be told or left out, as readers differ about it. ``> nothing`` is a text without figures.
- The text is published on 30 June 2024, or on the day of a ``[2025-02-10]`` before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.work import grows_linearly
from zzcli.document import parse
from zzcli.facts.figures import Figure

CORPUS = Path(__file__).parent / "corpus" / "figures.txt"
PUBLISHED = date(2024, 6, 30)
DOUBTS = {"unit-missing", "unit-inferred", "truncated", "ocr"}
SCALES = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
NUMBER = r"-?\d+(?:\.\d+)?"
AMOUNT = re.compile(rf"([=~<>≤≥])({NUMBER})(?:\.\.({NUMBER}))?(万亿|[万亿]|)(.*)")
GIVEN = re.compile(r"\[(\d{4}-\d\d-\d\d)\] ")


@dataclass(frozen=True)
class Wanted:
    """One expected figure as its line states it."""

    line: str
    optional: bool
    names: tuple[str, ...]
    measures: tuple[str, ...]
    amount: tuple[str, Decimal, Decimal | None, str | None]
    stated: dict[str, str]
    marks: frozenset[str]

    def differs(self, figure: Figure) -> Iterator[str]:
        """What a figure says otherwise."""
        if (figure.indicator or "-") not in self.names:
            yield f"indicator {figure.indicator}"
        if figure.measure not in self.measures:
            yield f"measure {figure.measure}"
        if (figure.relation, figure.value, figure.value_max, figure.unit) != self.amount:
            yield f"amount {figure.relation}{figure.value} {figure.value_max} {figure.unit}"
        period = figure.period.code if figure.period else None
        for key, said in (("basis", figure.basis), ("area", figure.area), ("period", period)):
            if key in self.stated and (said or "-") not in self.stated[key].split(" / "):
                yield f"{key} {said}"
        marks = (DOUBTS & set(figure.flags)) | ({figure.status} - {"actual"})
        if marks != self.marks:
            yield f"marks {sorted(marks)}"


def wanted(line: str) -> Wanted:
    """Read one expected figure.

    The parts after the amount are ``key=value`` or marks.
    """
    name, measure, amount, *rest = (part.strip() for part in line.lstrip()[1:].split(" | "))
    match = AMOUNT.fullmatch(amount)
    assert match, line
    relation, low, high, scale, unit = match.groups()
    lowest, highest = (Decimal(value) * SCALES[scale] if value else None for value in (low, high))
    assert lowest is not None
    stated = dict(part.split("=", 1) for part in rest if "=" in part)
    marks = frozenset(part for part in rest if "=" not in part)
    assert stated.keys() <= {"basis", "area", "period"}, line
    assert marks <= DOUBTS | {"target", "rule"}, line
    names, measures = tuple(name.split(" / ")), tuple(measure.split(" / "))
    optional = line.lstrip().startswith("?")
    return Wanted(line.strip(), optional, names, measures, (relation, lowest, highest, unit or None), stated, marks)


def cases() -> list[tuple[str, list[Wanted]]]:
    """The texts of the corpus with what is wanted of each."""
    found: list[tuple[str, list[str]]] = []
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            found[-1][1].append(line)
        elif line and not line.startswith("#"):
            found.append((line, []))
    for text, lines in found:
        assert lines, f"nothing is said of: {text}"
    return [(text, [wanted(line) for line in lines if line.strip() != "> nothing"]) for text, lines in found]


def told(text: str) -> tuple[Figure, ...]:
    """The figures of one text of the corpus."""
    given = GIVEN.match(text)
    published = date.fromisoformat(given[1]) if given else PUBLISHED
    text = text[given.end() :] if given else text
    return parse(text.replace("¶", "\n"), published).figures


def differences(figures: tuple[Figure, ...], wishes: list[Wanted]) -> list[str]:
    """What the figures of a text are other than wanted, one line each; a wish that may stay open can be passed."""
    wrong: list[str] = []
    open_wishes = list(wishes)
    for figure in figures:
        while open_wishes and open_wishes[0].optional and any(open_wishes[0].differs(figure)):
            open_wishes.pop(0)
        if not open_wishes:
            wrong.append(f"not wanted: {figure.written} {figure.indicator}")
            continue
        wish = open_wishes.pop(0)
        if otherwise := ", ".join(wish.differs(figure)):
            wrong.append(f"{wish.line}  got {otherwise}")
    return wrong + [f"missing: {wish.line}" for wish in open_wishes if not wish.optional]


def test_corpus_is_there() -> None:
    assert len(cases()) > 300
    assert sum(not wishes for _, wishes in cases()) > 40, "sentences that must be left alone"


@pytest.mark.parametrize(("text", "wishes"), cases())
def test_figures_of_the_corpus(text: str, wishes: list[Wanted]) -> None:
    assert differences(told(text), wishes) == []


@pytest.mark.parametrize(
    "piece",
    ["同比增长5%，", "8", "（", "（5%）", "《3家》", "增长", "工", "5%、", "3家的", "2023年", "其中5家，分别"],
)
def test_reading_takes_linear_work_on_one_endless_line(piece: str) -> None:
    def reading(size: int) -> Callable[[], object]:
        document = parse(piece * (size // len(piece)), PUBLISHED)
        assert document.dating  # read before the count
        return lambda: document.figures

    assert grows_linearly(reading, 2700)


def test_the_words_of_a_figure_stay_within_reach() -> None:
    figures = parse("其中增长5%，" * 3000, PUBLISHED).figures
    assert len(figures) == 3000
    assert max(figure.statement.end - figure.statement.start for figure in figures) < 400


def test_a_wish_can_fail() -> None:
    text, line = "工业投资5亿元。", "> 工业投资 | level | =5亿元"
    assert differences(told(text), [wanted(line)]) == []
    for wrong in (
        "> 民间投资 | level | =5亿元",
        "> 工业投资 | growth | =5亿元",
        "> 工业投资 | level | =5元",
        "> 工业投资 | level | ~5亿元",
        "> 工业投资 | level | =5亿元 | period=2023",
        "> 工业投资 | level | =5亿元 | target",
    ):
        assert differences(told(text), [wanted(wrong)]) != []
    assert differences(told(text), []) != []
    assert differences((), [wanted(line)]) != []
    assert differences((), [wanted(line.replace(">", "?", 1))]) == []


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("2023年，居民收入名义增长6.1%，扣除价格因素实际增长5.4%。", [("nominal",), ("real",)]),
        ("2023年，居民收入名义增长6.1%，扣除价格因素，实际增长5.4%。", [("nominal",), ("real",)]),
        ("2023年，农业总产值按可比价计算增长4.1%。", [("real",)]),
        ("2023年，实际使用外资增长6.1%，投资目标增长8%，实际增长9%。", [(), (), ()]),
    ],
)
def test_a_growth_says_at_which_prices_it_is_where_its_words_do(text: str, flags: list[tuple[str, ...]]) -> None:
    assert [figure.flags for figure in parse(text, date(2024, 6, 30)).figures] == flags
