"""Searching folders: the same documents as in the text without its scan breaks, whichever way they are found."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Answer
from tests.ragged import ragged, wrapped
from zzcli import library, scan
from zzcli.document import of_source, parse
from zzcli.errors import UnreadableError
from zzcli.library import Terms, best, ranked, search, source_of
from zzcli.reading import files
from zzcli.reading.source import Source
from zzcli.search import FOLDED, Query, Tier, fold, passages

Zzcli = Callable[..., Answer]

SENTENCES = (
    "2016年，全市地区生产总值1203.5亿元，比上年增长5.8%，居全省第三位。",
    "截至6月底，实有经营主体49.51万户，其中企业12.85万户；净增企业4852户。",
    "我们坚持稳中求进工作总基调，扎实推进高质量发展，各项事业取得新的成绩。",
    "智能船舶、“新型显示”等8个优势产业集聚上下游企业212家，规模突破300亿元！",
)
PAGES = {
    "a.txt": "云江市做强产业，智能船舶产业于2015年成为千亿集群。\n",
    "b.txt": "云江市从江边小镇崛起为制 造名城，智能船\n舶产业旺，各类产业梯度发展。\n",
    "c/d.md": "全面掌握ＩＧＢＴ技术，写成「厂BA」与Open  Source工具，面积20㎡，增速3.5%—4%。\n",
}


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder of three documents."""
    folder = tmp_path / "shelf"
    for name, text in PAGES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def report(characters: int) -> str:
    """A report of about that length, four sentences a paragraph."""
    lines = ["云江市政府工作报告", "", *["".join(SENTENCES)] * (characters // len("".join(SENTENCES)) + 1)]
    return "\n".join(lines) + "\n"


def holds(text: str, term: str) -> bool:
    """The plain way: read the document, and look at its passages."""
    query = Query.of(term, in_parts=False)
    return any(query.tier(folded) is not None for *_, folded in passages(parse(text), query))


def look(text: str, term: str) -> library.Found | None:
    return Terms(Query.of(term, in_parts=False), term).look(Source("page.txt", text, None))


def found(folder: Path, term: str) -> list[str]:
    """The documents that hold the term, as paths in the folder."""
    seen = search([str(folder)], Terms(Query.of(term, in_parts=False), term))
    return [os.path.relpath(each.path, folder) for each in seen.found]


@pytest.mark.parametrize(
    ("term", "names"),
    [
        ("智能船舶产业", ["a.txt", "b.txt"]),
        ("制造名城", ["b.txt"]),
        ("制 造 名城", ["b.txt"]),
        ("产", ["a.txt", "b.txt"]),
        ("igbt", ["c/d.md"]),
        ("IGBT", ["c/d.md"]),
        ("“厂ba”", ["c/d.md"]),
        ("open source", ["c/d.md"]),
        ("opensource", []),
        ("20m2", ["c/d.md"]),
        ("3.5%-4%", ["c/d.md"]),
        ("产业旺，", ["b.txt"]),
        ("产业 技术", ["a.txt", "b.txt", "c/d.md"]),
        ("千亿集群。", ["a.txt"]),
        ("轨道交通", []),
        ('a" OR "产业', ["c/d.md"]),
        ("产业*", []),
        ("NEAR(产业", []),
        ("产业 AND NOT 技术", ["a.txt", "b.txt", "c/d.md"]),
    ],
)
def test_a_document_is_found_that_holds_a_word_of_the_query(shelf: Path, term: str, names: list[str]) -> None:
    assert found(shelf, term) == names


def test_a_long_word_is_not_looked_for_in_its_parts(shelf: Path) -> None:
    assert found(shelf, "智能产业") == []


# What a scanner, an editor or a hostile hand puts between characters.
STRANGE = [
    *(
        "\u200b",
        "\u00ad",
        "\u061c",
        "\u3000",
        " ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "\u2028",
        "\x0c",
        "\x1b[31m",
        *("\u202e", "\ufe0f", "\x07", "\x1b", "\x1b]8;;产业\x07", "\x1bP产业\x1b\\", "<!\u200b-- 产业 -->", "\u3164"),
    ),
    *(
        "\n12\n",
        "\n— 3 —\n",
        "\n第3页 共9页\n",
        "\n产业周刊\n",
        "\n甲\n",
        "\n\n7\n\n8\n\n9\n",
        "\n> ",
        "\n- ",
        "\n# ",
        "版\n",
    ),
    *("&nbsp;", "**", "[", "$", "<!-- 注 -->", "<!--\n产业\n-->", "](http://a/产业)", "![图](/a.png)", "<U+3000>"),
    *("⼯", "⽇", "２", "㎡", "①", "Ａ", "ﬁ", "。", "”", "“", "…", "!", "》"),
]


def strange_page(chance: random.Random) -> str:
    text = report(500)
    made = chance.choice(
        [
            lambda: text,
            lambda: ragged(text, chance.randrange(10**6)),
            lambda: wrapped(text, chance.randrange(12, 40), pages=chance.choice([0, 4])),
            lambda: text.replace("\n", "\r\n"),
        ]
    )()
    characters = list(made)
    for _ in range(chance.choice([0, 3, 25])):
        characters.insert(chance.randrange(len(characters)), chance.choice(STRANGE))
    return "".join(characters)


def crowded_page(chance: random.Random) -> str:
    """A page of few characters, so that a term stands in it in every way a page can be broken."""
    ends = chance.choice([["\n", "\n\n", " "], ["\r\n"], [""]])
    width = chance.choice([20, 24, 30, 60])
    characters = [chance.choice("产业兴版第页12aB，。“”…!（）、：->#*.%") for _ in range(chance.randrange(40, 400))]
    for at in range(width, len(characters), width):
        characters[at] += chance.choice(ends)
    for _ in range(len(characters) // 15):
        characters.insert(chance.randrange(len(characters)), chance.choice(STRANGE))
    return "".join(characters)


def asked(chance: random.Random, text: str) -> str:
    """A term that the text holds as it stands, over a break, or nearly."""
    source = chance.choice([parse(text).text.clean, text, "".join(text.split())])
    at = chance.randrange(len(source))
    term = source[at : at + chance.choice([1, 2, 2, 3, 4, 7])]
    turned = chance.random()
    if turned < 0.1:
        term = term[::-1]
    elif turned < 0.2:
        term = term.upper()
    elif turned < 0.3:
        term += " " + source[chance.randrange(len(source)) :][:2]
    return term


@pytest.mark.parametrize("seed", range(12))
def test_what_the_text_as_it_stands_tells_is_what_reading_it_tells(seed: int) -> None:
    chance = random.Random(seed)
    held = set()
    for _ in range(3):
        text = chance.choice([strange_page, crowded_page])(chance)
        for _ in range(25):
            term = asked(chance, text)
            if fold(term):
                told = look(text, term)
                assert bool(told) == holds(text, term), (term, text)
                held.add(bool(told))
    assert held == {True, False}


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("各方面都要做到位，持续推进智能船\n\n产业\n\n舶的产业发展。", "产业"),  # one is a scrap between two lines
        ("甲地的产业\n\n乙地的产业", "产业乙地"),
        ("他说：“产业兴。”甲地也是。", "”甲地"),
        ("他说：“产业兴。”甲地也是。", "兴。”甲地"),
        ("说到<!-- 产业 -->这里，还有话要说，一直说到了三十个字以后才停下来，这样也就够了。", "产业"),
        ("见[网页](http://a/产业)，还有话要说，一直说到了三十个字以后才停下来，这样也就够了。", "产业"),
        ("# 产业兴旺", "#产业"),
        ("> 产业兴旺，\n> 发展快。", ">产业"),
        ("第3页", "第3页"),
        ("增长\t\t持平", "增长持平"),
        ("产 业 兴 旺", "产业兴旺"),
        ("A B, C D", "b,c"),
        ("9 0 . 6 8亿元，同比增长。", "90.68"),
    ],
)
def test_where_a_word_stands_decides_as_it_does_for_a_reader(text: str, term: str) -> None:
    assert bool(look(text, term)) == holds(text, term)


def test_an_ordinary_page_is_not_read_to_know_what_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Terms, "_read", lambda *_: pytest.fail("read"))
    text = report(3000)
    for term in ("经营主体", "2016年", "轨道交通", "高质量", "GDP", "5.8%"):
        assert bool(look(text, term)) == (term in text)
    assert look(text.replace("经营主体", "经营 主体"), "经营主体")


def test_elsewhere_than_is_looked_characters_are_compared_as_they_are() -> None:
    inside = {code for first, last in scan.FOLDING for code in range(first, last)}
    outside = "".join(chr(code) for code in range(0x110000) if code not in inside and not 0xD800 <= code < 0xE000)
    assert unicodedata.normalize("NFKC", outside).casefold() == outside
    assert not [char for char in outside if unicodedata.category(char) == "Cf"]


def test_the_forms_of_a_character_are_all_that_are_folded_to_it() -> None:
    forms = scan.forms()
    for char in ("2", "m", "日", '"', "-", "a"):
        listed = [chr(code) for first, last in scan.FOLDING for code in range(first, last)]
        assert set(forms[char]) == {other for other in listed if other != char and char in other.translate(FOLDED)}
    assert "\u200b" in forms[""]


def test_the_forms_are_the_same_from_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZZCLI_CACHE", str(tmp_path))
    scan.forms.cache_clear()
    made = scan.forms()
    assert list(tmp_path.iterdir())
    scan.forms.cache_clear()
    assert scan.forms() == made


@pytest.mark.parametrize(
    "data", [b"", b" \n", b"%PDF-1.7 text", b"PK\x03\x04", b"GIF89a", b"\x7fELF", b"a\0b", b"\x01" * 9]
)
def test_what_is_no_text_is_none_for_a_search_either(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    with pytest.raises(UnreadableError) as plain:
        files.read(file)
    with pytest.raises(UnreadableError) as quick:
        source_of(str(file))
    assert str(quick.value) == str(plain.value)


def test_no_signature_that_is_utf8_is_taken_for_text() -> None:
    for signature in [mark for mark, _ in (*files._MARKS, *files.SIGNATURES)]:
        try:
            signature.decode()
        except UnicodeDecodeError:
            continue
        assert b"\0" in signature or signature.startswith(library._OTHER), signature


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5"])
def test_a_document_in_any_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    text = "全市的產業在這一年大為發展，這是我們的。" if encoding == "big5" else report(400) + "特种环境模拟设备投产。"
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert found(tmp_path, "產業" if encoding == "big5" else "特种环境") == ["a.txt"]


@pytest.mark.parametrize("broken", [False, True])
def test_many_documents_are_found_by_copies_of_the_process_as_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: bool
) -> None:
    for number in range(12):
        (tmp_path / f"{number:02}.txt").write_text(SENTENCES[number % 4], encoding="utf-8")
    (tmp_path / "07.txt").write_bytes(b"")
    terms = Terms(Query.of("全市", in_parts=False), "全市")
    alone = search([str(tmp_path)], terms)
    monkeypatch.setattr(library, "_PART", 4)
    monkeypatch.setattr(library, "processors", lambda: 3)
    if broken:
        monkeypatch.setattr(library, "_become_copy", lambda _: os._exit(1))
    together = search([str(tmp_path)], terms)
    assert together.found == alone.found != []
    assert [str(error) for error in together.unreadable] == [str(error) for error in alone.unreadable] != []


def test_the_best_documents_are_those_that_hold_the_whole_query_then_the_more_of_it(tmp_path: Path) -> None:
    for name, text in {
        "some.txt": "集群兴。",
        "words.txt": "集群与产业兴。",
        "phrase.txt": "全市的各个产业集群。",
        "often.txt": "产业集群，产业集群。",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    query = Query.of("产业 集群", in_parts=False)
    seen = search([str(tmp_path)], Terms(query, "产业 集群"))
    assert [Path(each.path).stem for each in ranked(seen)] == ["often", "phrase", "words", "some"]
    assert [each.tier for each in ranked(seen)] == [Tier.PHRASE, Tier.PHRASE, Tier.WORDS, Tier.SOME]
    hits = best(ranked(seen), query, 3)
    assert [Path(hit.document.source).stem for hit in hits] == ["often", "phrase", "words"]


def test_only_as_many_documents_are_read_as_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text("产业兴，产业旺，各类产业都很好，人人说好。", encoding="utf-8")
    query = Query.of("产业", in_parts=False)
    seen = search([str(tmp_path)], Terms(query, "产业"))
    read = []
    monkeypatch.setattr(library, "of_source", lambda source: read.append(source) or of_source(source))
    assert len(best(ranked(seen), query, 25)) == 25 == len(read)


def test_a_folder_is_searched_from_the_command_line(zzcli: Zzcli, shelf: Path) -> None:
    answer = zzcli("search", "智能船舶产业", shelf, "-f", "json")
    records = json.loads(answer.out)
    assert answer.code == 0
    assert {record["source"] for record in records} == {str(shelf / "a.txt"), str(shelf / "b.txt")}
    for record in records:
        text = Path(record["source"]).read_text(encoding="utf-8")
        assert [fold(text[start:end]) for start, end in record["highlights"]] == ["智能船舶产业"]
    assert "2 of 3 documents" in zzcli("search", "智能船舶产业", shelf).out


def test_of_a_folder_the_best_20_passages_are_shown_or_as_many_as_asked_for(zzcli: Zzcli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("各类产业兴旺。" * 40, encoding="utf-8")
    assert len(json.loads(zzcli("search", "产业", tmp_path, "-f", "json").out)) == 20
    assert len(json.loads(zzcli("search", "产业", tmp_path, "-f", "json", "-n", "33").out)) == 33


def test_the_documents_alone_can_be_listed(zzcli: Zzcli, shelf: Path) -> None:
    listed = zzcli("search", "-l", "产业", shelf)
    assert (listed.code, listed.out.splitlines()) == (0, [str(shelf / "a.txt"), str(shelf / "b.txt")])
    records = json.loads(zzcli("search", "-l", "产业", shelf, "-f", "json").out)
    assert records == [{"source": line} for line in listed.out.splitlines()]
    assert zzcli("search", "-l", "产业", shelf / "b.txt", shelf / "c" / "d.md").out == f"{shelf / 'b.txt'}\n"


def test_what_no_document_holds_ends_with_1(zzcli: Zzcli, shelf: Path) -> None:
    answer = zzcli("search", "轨道交通", shelf)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == "zzcli: nothing found for 轨道交通 in 3 documents\n"


def test_what_cannot_be_read_is_told_and_the_others_go_on(zzcli: Zzcli, shelf: Path) -> None:
    (shelf / "bad.txt").write_bytes(b"GIF89a")
    (shelf / "empty").mkdir()
    answer = zzcli("search", "制造名城", shelf, shelf / "empty", shelf / "missing.txt")
    assert answer.code == 3
    assert "1 of 3 documents" in answer.out
    told = answer.err.splitlines()
    assert [re.search("GIF|no document|no such file", line)[0] for line in told] == [
        "GIF",
        "no document",
        "no such file",
    ]  # type: ignore[index]
    assert zzcli("search", "产业", shelf / "empty").refused()


def test_a_hostile_name_steers_no_terminal(zzcli: Zzcli, shelf: Path) -> None:
    (shelf / "x\x1b[31m\n\u202e.txt").write_text("产业兴旺。", encoding="utf-8")
    (shelf / os.fsdecode(b"\xff.txt")).write_text("产业兴旺。", encoding="utf-8")
    for options in ([], ["-l"], ["-f", "json"], ["-l", "-f", "csv"]):
        answer = zzcli("search", "产业", shelf, *options)
        assert answer.code == 0, answer.err
        if "csv" not in options:
            assert "\x1b" not in answer.out
            assert "\u202e" not in answer.out
    assert len(zzcli("search", "-l", "产业", shelf).out.splitlines()) == 4


@pytest.mark.parametrize("term", ["", " ", "\u200b"])
def test_an_empty_term_is_refused(zzcli: Zzcli, shelf: Path, term: str) -> None:
    assert "empty" in zzcli("search", term, shelf).refused()


def test_a_file_that_is_changed_while_it_is_searched_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("产业兴旺。", encoding="utf-8")
    query = Query.of("产业", in_parts=False)
    documents = ranked(search([str(tmp_path)], Terms(query, "产业")))
    (tmp_path / "a.txt").unlink()
    assert best(documents, query, 5) == []


def test_fewer_passages_are_the_first_of_more(zzcli: Zzcli, tmp_path: Path) -> None:
    for number in range(9):
        text = (
            f"第{number}号。" + "产业集群发展。" * (number % 4 + 1) + f"\n云江市产业集群有企业{number}家，集群兴旺。\n"
        )
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    asked = ["search", "产业集群", tmp_path, "--format", "ndjson", "--limit"]
    many = zzcli(*asked, 12).out.splitlines()
    assert len(many) == 12
    assert all(zzcli(*asked, count).out.splitlines() == many[:count] for count in (1, 3, 7))


def test_nothing_found_is_told_also_where_some_could_not_be_read(zzcli: Zzcli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("产值5亿元。", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    answer = zzcli("search", "极地", tmp_path)
    assert answer.code == 3
    assert "nothing found for 极地 in 1 documents" in answer.err
    assert "b.txt: is empty" in answer.err


def test_a_pipe_a_device_and_links_in_a_circle_are_told_and_the_rest_is_searched(zzcli: Zzcli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("极地考察。", encoding="utf-8")
    os.mkfifo(tmp_path / "b.txt")
    (tmp_path / "c.txt").symlink_to("/dev/zero")
    (tmp_path / "d.txt").symlink_to(tmp_path / "e.txt")
    (tmp_path / "e.txt").symlink_to(tmp_path / "d.txt")
    for command in (["search", "-l", "极地"], ["figures"], ["index"]):
        answer = zzcli(*command, tmp_path)
        assert answer.code == 3
        assert [name for name in "bcde" if f"{name}.txt: " in answer.err] == [*"bcde"]


@pytest.mark.parametrize("term", ["长" * 500, " ".join(f"词{number}" for number in range(300)), "极地" + "考" * 3000])
def test_a_long_term_is_looked_for_like_any_other(zzcli: Zzcli, tmp_path: Path, term: str) -> None:
    (tmp_path / "a.txt").write_text(f"前言。{term}。", encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"前言。{term[:-1]}。", encoding="utf-8")
    answer = zzcli("search", "-l", term, tmp_path)
    assert answer.code == 0, answer.err
    held = ["a.txt", "b.txt"] if " " in term else ["a.txt"]
    assert answer.out.splitlines() == [str(tmp_path / name) for name in held]


@pytest.mark.parametrize("broken", ["os.fork", "os.pipe"])
def test_where_no_copy_can_be_made_the_documents_are_looked_at_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def refused() -> None:
        raise OSError(11, "Resource temporarily unavailable")

    for number in range(4):
        (tmp_path / f"{number}.txt").write_text("极地考察。", encoding="utf-8")
    monkeypatch.setattr(library, "_PART", 1)
    monkeypatch.setattr(library, "processors", lambda: 2)
    monkeypatch.setattr(broken, refused)
    query = Query.of("极地", in_parts=False)
    assert len(search([str(tmp_path)], Terms(query, "极地")).found) == 4


SIGNALS_IGNORED = """
import signal, sys
from zzcli import library
from zzcli.search import Query
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
library._PART, library.processors = 1, lambda: 2
here, look = [], library.source_of
library.source_of = lambda path, encoding: here.append(path) or look(path, encoding)
found = library.search([sys.argv[1]], library.Terms(Query.of("极地", in_parts=False), "极地")).found
print(len(found), len(here))
"""


def test_copies_answer_also_where_the_system_waits_for_them_and_names_are_no_utf_8(tmp_path: Path) -> None:
    for number in range(4):
        place = os.path.join(os.fsencode(tmp_path), b"\xff%d.txt" % number)
        with open(place, "w", encoding="utf-8") as file:
            file.write("极地考察。")
    run = subprocess.run([sys.executable, "-c", SIGNALS_IGNORED, str(tmp_path)], capture_output=True, timeout=60)
    assert (run.stdout, run.stderr) == (b"4 2\n", b"")


@pytest.mark.parametrize("indexed", [False, True])
def test_what_turns_out_to_be_no_text_further_on_is_told_and_not_found(
    zzcli: Zzcli, tmp_path: Path, indexed: bool
) -> None:
    (tmp_path / "a.txt").write_text("产业兴旺。" * 30 + "\x01" * 1000 + "极地考察。", encoding="utf-8")
    (tmp_path / "b.txt").write_text("极地考察。", encoding="utf-8")
    if indexed:
        zzcli("index", tmp_path)
    answer = zzcli("search", "-l", "极地", tmp_path)
    assert (answer.code, answer.out) == (3, f"{tmp_path / 'b.txt'}\n")
    assert "a.txt: is not text" in answer.err
