"""However a text is made, reading it takes time in proportion to its length.

Python's engine of regular expressions does not count its steps, so patterns are timed: twice as long a text beside a
text, the processor's time alone, again and again where it seems too much, so that a busy machine changes nothing.
"""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pkgutil import walk_packages
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import docx
import pytest

import zzcli
from tests.printed import Printed
from tests.work import grows_linearly
from zzcli import patterns
from zzcli.document import parse
from zzcli.search import search
from zzcli.views.records import KINDS

REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
MOST_WAYS = 20_000  # of reading a repetition whose body may be read in several ways
RATIO, ATTEMPTS = 2.5, 12
FLOOR = 1_000_000  # nanoseconds for 20,000 characters: even if it were quadratic, a book would take no second
Tree = Sequence[tuple[Any, Any]]


# ---------------------------------------------------------------------------------------------------------------------
# Patterns


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, int]]:
    """Every pattern of the package: all rooms are entered, and all formats and commands made use of."""
    before = dict(patterns._store._used)
    for module in walk_packages(zzcli.__path__, "zzcli."):
        if module.name != "zzcli.__main__":
            import_module(module.name)
    run = import_module("zzcli.cli").run
    folder = tmp_path_factory.mktemp("documents")
    lines = parse(zzcli.read().text.source).text.source.splitlines()
    (folder / "page.md").write_text(
        "---\ntitle: 云江市\ndate: 2024-01-02\n---\n# 一、工业\n" + "\n".join(lines), "utf-8"
    )
    page = "".join(f"<p>{line}</p>" for line in lines)
    (folder / "page.html").write_text(
        f"<html><head><title>云江市 - 工业</title></head><body><article>{page}</article></body></html>", "utf-8"
    )
    word = docx.Document()
    for line in lines:
        word.add_paragraph(line)
    word.save(str(folder / "page.docx"))
    printed = Printed()
    printed.paragraphs(["云江市工业产值达到1203.5亿元，同比增长5.8%。" * 9], 60, 780, 400)
    (folder / "page.pdf").write_bytes(printed.done())
    for path in sorted(folder.iterdir()):
        for kind in KINDS:
            zzcli.read(path).records(kind)
    out = ["--output", str(folder / "out.txt")]
    for command in (
        ["figures", "--explain"],
        ["timeline"],
        ["industries"],
        ["overview"],
        ["check"],
        ["text", "--marks"],
        ["figures", "--chart", "GDP"],
        ["series", "生产总值"],
        ["compare", "--by", "period", str(folder / "page.md")],
        ["search", "制造名城 产业"],
    ):
        assert run([*command, *out, "--format", "table"]) in (0, 1)
    return sorted({**before, **patterns._store._used})


def inner(operation: Any, argument: Any) -> list[Tree]:
    """The parts that a part of a pattern is made of."""
    if operation in REPEATS:
        return [argument[2]]
    if operation is sre.BRANCH:
        return list(argument[1])
    if operation is sre.SUBPATTERN:
        return [argument[3]]
    if operation is sre.ATOMIC_GROUP:
        return [argument]
    if operation in (sre.ASSERT, sre.ASSERT_NOT):
        return [argument[1]]
    if operation is sre.GROUPREF_EXISTS:
        return [part for part in argument[1:] if part is not None]
    return []


def ways(tree: Tree) -> int:
    """In how many ways the repetitions of a part may share a text among them, at most."""
    count = 1
    for operation, argument in tree:
        if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            least, most, body = argument
            within = ways(body)
            count *= within ** min(most, 1000) if within > 1 else min(most, 1000) - min(least, 1000) + 1
        elif operation is sre.BRANCH:
            count *= max(map(ways, argument[1]))
        elif operation is sre.SUBPATTERN:
            count *= ways(argument[3])
    return count


def faults(tree: Tree, last: bool = True) -> Iterator[str]:
    """What of a pattern is without an upper bound, or repeated within what is repeated.

    What gives back nothing (possessive, atomic) may be unbounded, and so may a class of characters behind which nothing
    stands. A repetition of what holds repetitions may be read in so many ways at most.
    """
    for at, (operation, argument) in enumerate(tree):
        ends = last and at == len(tree) - 1
        if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            _, most, body = argument
            alone = len(body) == 1 and not inner(*body[0])
            if most is sre.MAXREPEAT and not (ends and alone):
                yield f"unbounded: {body}"
            if most != 1 and not alone and ways(tree[at : at + 1]) > MOST_WAYS and ways(body) > 1:
                yield f"nested: {body}"
        for part in inner(operation, argument):
            parts_of_it = ends and operation in (sre.BRANCH, sre.SUBPATTERN)
            yield from faults(part, parts_of_it or operation in (sre.ATOMIC_GROUP, sre.ASSERT, sre.ASSERT_NOT))


def test_no_pattern_has_nested_or_unbounded_repetition(used: list[tuple[str, int]]) -> None:
    assert len(used) > 550
    found = [(fault, source) for source, flags in used for fault in faults(_parser.parse(source, flags))]
    assert not found


@pytest.mark.parametrize(
    "source", ["(a+)+b", "(?:a|aa)+b", r"\s*其中", ".*$", "(?:a{1,9}){1,9}b", "(?:[^，]{1,3}){1,20}$", "a+?b", "(a*)b"]
)
def test_what_no_pattern_may_have_is_told(source: str) -> None:
    assert list(faults(_parser.parse(source)))


@pytest.mark.parametrize("source", ["a+", r"其中\s*", r"\d++年", "(?:a++b){1,9}c", "(?>a+)b", "(?:ab|c){1,9}d", "a|b*"])
def test_what_a_pattern_may_have_is_not_told(source: str) -> None:
    assert not list(faults(_parser.parse(source)))


# ---------------------------------------------------------------------------------------------------------------------
# Each pattern on texts made against it

SOME = "1a 年亿增，。A一\n\t（(）)“-—.#:/比第的~\"'|<=&;·*个元二家产业!x、0中"


def one(operation: Any, argument: Any) -> str:
    """The shortest text that a part of a pattern matches, looking neither ahead nor behind."""
    if operation is sre.LITERAL:
        return chr(argument)
    if operation is sre.IN and argument[0][0] in (sre.LITERAL, sre.RANGE):
        first = argument[0][1]
        return chr(first if isinstance(first, int) else first[0])
    if operation in (sre.IN, sre.NOT_LITERAL, sre.ANY):
        from re import _compiler  # type: ignore[attr-defined]

        state = _parser.State()
        fits = _compiler.compile(_parser.SubPattern(state, [(operation, argument)]))
        return next((char for char in SOME if fits.match(char)), "中")
    if operation in REPEATS:
        return sample(argument[2]) * argument[0]
    if operation in (sre.ASSERT, sre.ASSERT_NOT):
        return ""
    return sample(parts[0]) if (parts := inner(operation, argument)) else ""


def sample(tree: Tree) -> str:
    return "".join(one(*part) for part in tree)


def repeated(tree: Tree, before: str = "") -> Iterator[tuple[str, str]]:
    """The body of each repetition of a pattern, and what comes before it."""
    for operation, argument in tree:
        if operation in REPEATS and (body := sample(argument[2])):
            yield before, body
        for part in inner(operation, argument):
            yield from repeated(part, before)
        before += one(operation, argument)


def hostile(tree: Tree) -> set[tuple[str, str]]:
    """Texts that are the worst for a pattern, as a beginning and what is repeated behind it."""
    whole = sample(tree)
    texts = {("", whole), ("", whole[:-1])}
    for before, body in repeated(tree):
        texts |= {(before, body), ("", body), ("", before), ("", before + body)}
    return {(before, body) for before, body in texts if body} | {("", "年")}


def made(text: tuple[str, str], size: int) -> str:
    before, body = text
    return before + body * (size // len(body)) + "\0"


def taken(work: Callable[[], object]) -> int:
    """Nanoseconds of this thread."""
    gc.disable()  # what is alive besides, and how much of it, is no matter of the work
    try:
        start = time.thread_time_ns()
        work()
        return time.thread_time_ns() - start
    finally:
        gc.enable()


def is_linear(work: Callable[[int], Callable[[], object]], size: int, floor: int) -> bool:
    """Whether twice the size takes twice the time, and not four times, or takes no time to speak of."""
    long = work(2 * size)
    if taken(long) < floor:
        return True
    short = work(size)
    for attempt in range(ATTEMPTS):
        if taken(long) <= RATIO * taken(short):
            return True
        time.sleep(0.01 * attempt)  # whoever else is at work may be done then
    return False


def matching(pattern: re.Pattern[str], text: tuple[str, str]) -> Callable[[int], Callable[[], object]]:
    def work(size: int) -> Callable[[], object]:
        content = made(text, size)
        return lambda: (sum(1 for _ in pattern.finditer(content)), pattern.fullmatch(content))

    return work


def test_no_text_makes_a_pattern_slow(used: list[tuple[str, int]]) -> None:
    """Each text is short first; those that seem slow are long then, and so is the slowest of each pattern."""
    tried = 0
    slow = []
    for source, flags in used:
        pattern = re.compile(source, flags)
        works = {text: matching(pattern, text) for text in sorted(hostile(_parser.parse(source, flags)))}
        tried += len(works)
        suspects = {text for text, work in works.items() if not is_linear(work, 1000, FLOOR // 20)}
        suspects.add(max(works, key=lambda text: taken(works[text](1000))))
        slow += [(source, text) for text in suspects if not is_linear(works[text], 10_000, FLOOR)]
    assert tried > 4000
    assert not slow


@pytest.mark.parametrize(("source", "text"), [(r"\d+年", ("", "1")), (r"\s*其中", ("", " "))])
def test_a_pattern_that_is_slow_is_found(source: str, text: tuple[str, str]) -> None:
    assert text in hostile(_parser.parse(source))
    assert not is_linear(matching(re.compile(source), text), 3000, FLOOR)


# ---------------------------------------------------------------------------------------------------------------------
# Whole documents


def listed(of: Callable[[int], str], between: str, ends: str = "。") -> Callable[[int], str]:
    """Texts of so many characters, of things that are all different."""

    def text(size: int) -> str:
        return between.join(map(of, range(size // (len(of(100)) + len(between))))) + ends

    return text


def again(piece: str, head: str = "", tail: str = "") -> Callable[[int], str]:
    return lambda size: head + piece * (size // len(piece)) + tail


def wide(size: int) -> str:
    columns = range(size // 10)
    return "指标\t" + "\t".join(f"{1900 + at}年" for at in columns) + "\n钢材\t" + "\t".join(map(str, columns))


DOCUMENTS = {
    "a sentence without stops": again("云江市工业经济稳中向好企业发展"),
    "digits": again("1234567890"),
    "spaced digits": again("1 "),
    "numerals": again("一二三"),
    "one character": again("年"),
    "openers": again("（《“"),
    "closers": again("）》”"),
    "a list": listed(lambda at: f"电子信息{at}", "、"),
    "a list of amounts": again("5亿元、"),
    "shares without a mark": again("5%"),
    "distributed": lambda size: (
        listed(lambda at: f"工业{at}", "、", "分别增长")(size // 2) + listed(lambda at: f"{at}%", "、")(size // 2)
    ),
    "names": listed(lambda at: f"指标{chr(0x4E00 + at)}完成{at}亿元", "，"),
    "a long table": listed(lambda at: f"钢{at}\t{at}\t5.5", "\n", "\n"),
    "a wide table": wide,
    "a drawn table": again("|钢|5|\n", "|指标|2024|\n|--|--|\n"),
    "growths": again("同比增长"),
    "growths of so much": again("同比增长5%，"),
    "times": again("今年去年"),
    "days": again("2024年1月1日，"),
    "headings": again("一、工业\n"),
    "headings of Markdown": again("# 工业\n"),
    "blank lines": again("\n", "产", "值"),
    "spaces": again(" ", "产", "值5亿元。"),
    "tabs": again("\t", "产", "值5亿元。"),
    "wide spaces": again("\u3000", "产", "值5亿元。"),
    "short lines": again("产\n"),
    "lines of a digit": again("1\n"),
    "of which": again("其中，工业增长5%，"),
    "one event": again("2024年5月，云江市建成投产新能源项目。\n"),
    "one industry": again("轨道交通产业规模突破1000亿元，"),
    "a place": again("云江市"),
    "given to each": again("单"),
    "signs that steer": again("\x1b[\u202e"),
    "the bundled page": again(zzcli.read().text.source),
    "a scan": again("今年上半年,云江市地区生产\n总值1203.45亿 元,同\n\n比增长5.8%,居全\n省第三。"),
}


@pytest.mark.parametrize("of", DOCUMENTS.values(), ids=list(DOCUMENTS))
def test_a_document_is_read_in_proportion_to_its_length(of: Callable[[int], str]) -> None:
    def reading(size: int) -> Callable[[], object]:
        text = of(size)
        return lambda: [len(parse(text).records(kind)) for kind in KINDS]

    size = 6000 if of is DOCUMENTS["the bundled page"] else 400
    assert grows_linearly(reading, size)
    assert is_linear(reading, 4 * size, 40 * FLOOR)  # longer than the pieces that a sentence is read in


# ---------------------------------------------------------------------------------------------------------------------
# Searching

TERMS = {
    "a term of ten thousand characters": "产" * 10_000,
    "hundreds of words": " ".join(chr(0x4E00 + at) for at in range(300)),
    "a word hundreds of times": "产业 " * 300,
    "signs": ".*[(?i)]\\\\%_" * 100,
    "a term that is everywhere": "产",
}


@pytest.mark.parametrize("term", TERMS.values(), ids=list(TERMS))
@pytest.mark.parametrize("piece", ["产业", "产。", "产 业\n", "．*"])
def test_a_search_takes_time_in_proportion_to_the_text(term: str, piece: str) -> None:
    def searching(size: int) -> Callable[[], object]:
        document = parse(piece * (size // len(piece)))
        return lambda: search([document], term)

    assert is_linear(searching, 2000, 40 * FLOOR)
