"""Whatever strangers write, into a document, the name of a file, a term or an option: it steers no terminal.

What is said of it here: it is shown by signs, and breaks no word, no number and no date; what is for programs keeps it.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from docx import Document as WordFile
from hypothesis import given, settings
from hypothesis import strategies as st

import zzcli as package
from tests.conftest import Answer
from zzcli.cli import run
from zzcli.document import Document, of_source, parse
from zzcli.reading.reflow import reflow
from zzcli.reading.source import HIDDEN, Source, unhidden
from zzcli.search import search
from zzcli.views import sheet, table
from zzcli.views.records import KINDS, records
from zzcli.views.visible import visible

Zzcli = Callable[..., Answer]

STEERING = (
    "\x1b[31m\x1b]8;;http://a\x07\x1b]52;c;QUJD\x07\x1bP+q\x1b\\\x1b"  # a colour, a link, the clipboard, a string
    "\x07\x08\x7f\x80\x90\x9b\x9d\u200b\u200e\u202e\u2066\u00ad\ufeff\u034f\ufe0f\U000e0041"
)
BREAKING = "\r\x0b\x0c\x1c\x85\u2028\u2029"
NASTY = f"{STEERING}[red][/]:smile:{BREAKING}"
NAME = NASTY.replace("/", "⁄")
RAW = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
COLOUR = re.compile(r"\x1b\[[\d;]*m")

PAGE = f"""云江市2023年{STEERING}经济运行情况

2023年，全市{NASTY}生产总值12{STEERING}03.5亿{STEERING}元，同比增长5.8%，居全省第三。
轨道{STEERING}交通产业规模达到100亿元，企业[red]12家[/]:smile:。
2022年，全市生产总值1100亿元。{NASTY}产业集群{STEERING}投产。第三批试点{NASTY}企业12家。完成改造项目380

产品{NASTY}名称\t单位\t产量\t增长（%）
钢{STEERING}材\t万{STEERING}吨\t120.5\t3.2
水泥\t万吨\t{STEERING}20.5\t1.2
"""
OTHER = PAGE.replace("云江", "海川").replace("1100", "1101")

FORMS = ("table", "json", "ndjson", "csv", "tsv", "markdown", "sdmx-csv")
AS_IT_STANDS = ("csv", "tsv", "sdmx-csv")
"""The forms whose characters are the data: for a file or a pipe nothing takes their place."""

DOCUMENTS = "DOCUMENTS"
ASKED = [
    ["overview", DOCUMENTS],
    ["figures", DOCUMENTS],
    ["figures", DOCUMENTS, "--sort", "-value", "--limit", "9"],
    ["figures", DOCUMENTS, "--indicator", NASTY],
    ["timeline", DOCUMENTS],
    ["industries", DOCUMENTS],
    ["check", DOCUMENTS],
    ["text", DOCUMENTS],
    ["text", DOCUMENTS, "--fields", "text,source"],
    ["compare", DOCUMENTS],
    ["series", "生产总值", DOCUMENTS],
    ["series", NASTY, DOCUMENTS],
    ["search", "轨道交通产业", DOCUMENTS],
    ["search", NASTY, DOCUMENTS],
    ["search", "-l", "产业", DOCUMENTS],
]
PICTURES = [
    ["figures", DOCUMENTS, "--explain"],
    ["timeline", DOCUMENTS, "--explain"],
    ["industries", DOCUMENTS, "--explain"],
    ["industries", "轨道交通", DOCUMENTS],
    ["figures", DOCUMENTS, "--chart", "生产总值"],
    ["timeline", DOCUMENTS, "--chart"],
    ["industries", DOCUMENTS, "--chart"],
    ["text", DOCUMENTS, "--marks"],
]
WRONG = [
    [NASTY],
    ["figures", NAME],
    ["figures", "\udcff\x9b"],
    ["figures", f"--{NAME}"],
    ["figures", "--chart", NASTY, "-f", "json"],
    *(["figures", f"--{name}", NASTY] for name in ("published", "format", "fields", "sort", "encoding", "limit")),
    *(
        ["figures", f"--{name}", NASTY]
        for name in ("workers", "scheduler", "since", "min", "measure", "status", "lang")
    ),
    ["figures", "-o", f"/nowhere/{NAME}"],
    ["timeline", "--granularity", NASTY],
    ["compare", "--by", NASTY, "a", "b"],
    ["compare", NAME],
    ["search", NASTY, ".", "--index", NAME],
    ["index", NAME],
    ["text", "--marks", "--fields", NASTY],
]
DEFAULTS = ("ZZCLI_FORMAT", "ZZCLI_ENCODING", "ZZCLI_LANG", "ZZCLI_WORKERS", "ZZCLI_SCHEDULER", "COLUMNS")


class Screen(io.TextIOWrapper):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def on_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """Run the command line in this process, as if on a terminal that knows no colours."""

    def ask(*arguments: str | Path) -> Answer:
        out, err = io.BytesIO(), io.BytesIO()
        with monkeypatch.context() as patch:
            patch.setenv("TERM", "dumb")
            patch.setattr(sys, "stdout", Screen(out, encoding="utf-8", write_through=True))
            patch.setattr(sys, "stderr", Screen(err, encoding="utf-8", errors="backslashreplace", write_through=True))
            code = run([str(argument) for argument in arguments])
            sys.stdout.flush()
            sys.stderr.flush()
            answer = Answer(code, out.getvalue().decode(), err.getvalue().decode())
            sys.stdout.detach()  # type: ignore[attr-defined]
            sys.stderr.detach()  # type: ignore[attr-defined]
        return answer

    return ask


@pytest.fixture
def documents(tmp_path: Path) -> list[str]:
    """A text, Markdown, a web page and a Word file, with names as nasty as what stands in them, one no UTF-8."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / f"1{NAME}.txt").write_bytes(PAGE.encode())
    (folder / "2\x1b[2J\n.md").write_bytes(OTHER.encode())
    web = "".join(f"<p>{line}&#x202e;&#x9b;</p>" for line in PAGE.replace(NASTY, "\u202e").splitlines())
    (folder / "3\u202e.html").write_bytes(f"<html><title>\x1b[2J</title><body>{web}</body></html>".encode())
    word = WordFile()
    for line in re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "\u202e\u200b", PAGE).splitlines():
        word.add_paragraph(line)
    word.save(str(folder / "4\x9b31m.docx"))
    with open(os.fsencode(folder) + b"/5\xff\x9b\x1b[31m.txt", "wb") as file:
        file.write(PAGE.encode())
    with open(os.fsencode(folder) + b"/6\xff\x1b[31m.txt", "wb") as file:
        file.write(b"\x1b\x00\x01" * 99)
    return [str(folder / os.fsdecode(name)) for name in sorted(os.listdir(os.fsencode(folder)))]


def asking(what: Sequence[str], paths: Sequence[str]) -> list[str]:
    return [word for each in what for word in (paths if each == DOCUMENTS else [each])]


@pytest.mark.parametrize("form", FORMS)
def test_nothing_that_strangers_wrote_steers_a_terminal(on_terminal: Zzcli, documents: list[str], form: str) -> None:
    for what in ASKED:
        answer = on_terminal(*asking(what, documents), "-f", form)
        assert not RAW.findall(answer.out + answer.err), what
        assert "fault of zzcli" not in answer.err, what
        assert "Traceback" not in answer.err
        assert answer.code in (0, 1, 2, 3)


def test_no_picture_of_what_strangers_wrote_steers_a_terminal(on_terminal: Zzcli, documents: list[str]) -> None:
    for what in PICTURES:
        answer = on_terminal(*asking(what, documents))
        assert (answer.code, bool(answer.out)) == (3, True), what
        assert not RAW.findall(answer.out + answer.err), what


@pytest.mark.parametrize("form", FORMS)
def test_a_pipe_has_no_raw_character_but_where_it_is_the_data(zzcli: Zzcli, documents: list[str], form: str) -> None:
    for what in ASKED:
        answer = zzcli(*asking(what, documents[:4]), "-f", form)
        assert not RAW.findall(answer.err), what
        assert form in AS_IT_STANDS or not RAW.findall(answer.out), what


@pytest.mark.parametrize("arguments", WRONG, ids=lambda arguments: ascii(" ".join(arguments))[:30])
def test_wrong_use_is_told_in_one_line_of_visible_characters(on_terminal: Zzcli, arguments: list[str]) -> None:
    line = on_terminal(*arguments).refused()
    assert not RAW.findall(line)


@pytest.mark.parametrize("name", DEFAULTS)
def test_the_environment_steers_no_terminal(
    on_terminal: Zzcli, plain_file: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, NASTY)
    answer = on_terminal("figures", plain_file)
    assert not RAW.findall(answer.out + answer.err)
    assert answer.err.count("\n") <= 1


def test_an_index_with_any_name_steers_no_terminal(on_terminal: Zzcli, documents: list[str], tmp_path: Path) -> None:
    place = tmp_path / f"{NAME}.sqlite"
    folder = Path(documents[0]).parent
    for form in ("table", "json", "csv"):
        answer = on_terminal("index", folder, "--index", place, "-f", form)
        assert answer.code == 3
        assert not RAW.findall(answer.out + answer.err)
    place.write_bytes(b"no index")
    answer = on_terminal("search", "轨道交通", folder, "--index", place)
    assert "轨道" in answer.out
    assert not RAW.findall(answer.out + answer.err)
    assert "sdmx-csv" in on_terminal("index", folder, "-f", "sdmx-csv").refused()


def test_a_real_terminal_gets_colours_and_nothing_else_that_steers_it(tmp_path: Path) -> None:
    file = tmp_path / f"{NAME}.txt"
    file.write_bytes(PAGE.encode())
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM", "FORCE_COLOR")}
    ours, theirs = pty.openpty()
    asked = [sys.executable, "-m", "zzcli", "search", "轨道交通", str(file), "\udcff\x9b"]
    for command in (asked[:-1], asked):
        subprocess.run(command, env={**environment, "TERM": "xterm"}, stdout=theirs, stderr=theirs, stdin=theirs)
    os.set_blocking(ours, False)
    os.close(theirs)
    written = b""
    try:
        while more := os.read(ours, 65536):
            written += more
    except OSError:  # how a terminal ends
        pass
    os.close(ours)
    shown = written.decode().replace("\r\n", "\n")  # the terminal's own
    assert COLOUR.search(shown)
    assert "轨道␛[31m␛]8;;http://a␇␛]52;c;QUJD␇" in "".join(COLOUR.sub("", shown).split())
    assert "no such file" in shown
    assert not RAW.findall(COLOUR.sub("", shown))


# ---------------------------------------------------------------------------------------------------------------------
# One place


def test_there_is_one_way_to_each_stream() -> None:
    """What is written goes through ``output.write``; what is told through ``complain``; both through ``visible``."""
    ways = []
    for path in sorted(Path(package.__file__).parent.rglob("*.py")):
        written = path.read_text(encoding="utf-8")
        for function in ast.walk(ast.parse(written)) if _WRITES.search(written) else ():
            if isinstance(function, ast.FunctionDef):
                for call in ast.walk(function):
                    if isinstance(call, ast.Call) and _WRITES.match(ast.unparse(call.func) + "("):
                        ways.append(f"{path.stem}.{function.name}")
    assert sorted(set(ways)) == ["output._put", "showing.complain"]


_WRITES = re.compile(
    r"\b(?:print|(?:typer|click)\.s?echo|sys\.std(?:out|err)\.(?:buffer\.)?write|os\.write|warnings\.warn)\("
)


def test_whatever_unicode_calls_a_control_or_a_format_is_shown_by_a_sign() -> None:
    hidden = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in ("Cc", "Cf", "Cs")]
    seen = {char for char in hidden if visible(char) == char}
    assert seen <= {"\t", "\n", *_WITH_A_SHAPE}


# Signs around numbers, of Arabic and other scripts, and the joints of hieroglyphs: these can be seen.
_WITH_A_SHAPE = [
    *map(chr, [*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)])
]


# ---------------------------------------------------------------------------------------------------------------------
# What cannot be seen breaks nothing

PLAIN = """云江市经济运行情况

2024年，全市地区生产总值1203.5亿元，同比增长5.8%，居全省第三。2023年5月，轨道交通产业集群投产10个GDP项目。
去年10月，新能源产业产值达到1,250万元；高新区企业三百二十家。

指标\t单位\t2023年\t2024年
钢材\t万吨\t120.5\t125.2
水泥\t万吨\t20.5\t21.5
"""
UNSEEN = [
    *"\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufe0f\ufeff\U000e0041",
    *("\x00", "\x08", "\x7f", "\x9b", "\x1b", "\x1b[01;31m\x1b[K", "\x1b]8;;http://a/9亿元\x1b\\", "\x1bP9亿元\x1b\\"),
]


def facts(document: Document) -> list[dict[str, object]]:
    """All that is read from a document, without the places and the words around it."""
    found = [record for kind in KINDS if kind not in ("text", "overview") for record in records(document, kind)]
    placed = ("start", "end", "quote")
    return [{key: unquoted(value) for key, value in record.items() if key not in placed} for record in found]


def unquoted(value: object) -> object:
    return unhidden(value) if isinstance(value, str) else value


@pytest.mark.parametrize("form", ["text", "markdown"])
@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_what_cannot_be_seen_breaks_no_word_no_number_and_no_date(unseen: str, form: str) -> None:
    plain = of_source(Source("a", PLAIN, "utf-8", form))
    source = unseen.join(PLAIN)
    document = of_source(Source("a", source, "utf-8", form))
    assert document.text.clean == plain.text.clean
    assert facts(document) == facts(plain)
    assert (document.figures[0].value, document.figures[0].area) == (120_350_000_000, "云江市")
    for fact in (*document.figures, *document.events, *document.industries):
        cut = document.text.origin(fact).of(source)
        assert unhidden(cut) == plain.text.origin(fact).of(PLAIN)
        assert HIDDEN.match(cut) is None


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_hidden_characters_anywhere_change_nothing_but_places(data: st.DataObject) -> None:
    put = data.draw(st.lists(st.tuples(st.integers(0, len(PLAIN)), st.sampled_from(UNSEEN)), max_size=12))
    source = PLAIN
    for place, unseen in sorted(put, reverse=True):
        source = source[:place] + unseen + source[place:]
    text, plain = reflow(source), reflow(PLAIN)
    if unhidden(source) != PLAIN:  # two that stand side by side may mean something else: ESC before a bracket
        return
    assert (text.clean, text.blocks, text.sentences) == (plain.clean, plain.blocks, plain.sentences)
    for block in text.blocks:
        cut = text.origin(block).of(source)
        assert unhidden(cut) == plain.origin(block).of(PLAIN)
        assert unhidden(text.quoted(block)) == block.of(plain.clean)
        shown = HIDDEN.findall(cut)
        assert HIDDEN.findall(text.quoted(block)) == shown


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_a_term_is_found_whatever_hides_in_it_or_in_the_text(zzcli: Zzcli, tmp_path: Path, unseen: str) -> None:
    text = f"云江市轨道{unseen}交通产业集{unseen}群，GD{unseen}P达到12{unseen}0亿元。\n"
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "a.txt").write_text(text, encoding="utf-8", newline="")
    (shelf / "b.txt").write_text("云江市船舶业。", encoding="utf-8")
    for term, marked in (("轨道交通", f"轨道{unseen}交通"), ("gdp", f"GD{unseen}P"), ("120亿元", f"12{unseen}0亿元")):
        (hit,) = search([parse(text)], term)
        assert [hit.document.text.origin(span).of(text) for span in hit.highlights] == [marked]
        if unseen != "\x00":  # a file that holds one is no text
            assert zzcli("search", "-l", term, shelf).out == f"{shelf}/a.txt\n"
    assert search([parse("云江市轨道交通")], f"轨{'' if len(unseen) > 1 else unseen}道")


def test_what_is_said_to_a_terminal_is_no_part_of_the_text(zzcli: Zzcli, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("2024年，\x1b]8;;http://a/产业9亿元\x07全市产值\x1b]8;;\x07达到12亿元。\n".encode())
    (figure,) = json.loads(zzcli("figures", file, "-f", "json").out)
    assert (figure["value"], figure["indicator"]) == (1_200_000_000, "产值")
    assert zzcli("search", "-l", "产业9", file).code == 1


def test_an_order_to_a_terminal_that_never_ends_hides_nothing() -> None:
    assert "产值12亿元" in reflow("2024年，\x1b]8;;http://a，全市产值12亿元。").clean
    assert "产值12亿元" in reflow("2024年，\x1bP，全市产值12亿元。\n").clean


# ---------------------------------------------------------------------------------------------------------------------
# It is shown where it stands, and kept where it is data


def test_a_passage_shows_what_hides_in_it(zzcli: Zzcli, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("2024年，全市产\u200b值12\u202e亿\x1b[31m元，企\x07业3家。", encoding="utf-8")
    for command in (["search", "企业", file], ["text", file], ["text", "--marks", file], ["figures", file]):
        shown = "".join(zzcli(*command).out.split())
        shown = re.sub("[【】〔〕]", "", shown)
        assert "全市产‹U+200B›值12‹U+202E›亿␛[31m元，企␇业3家。" in shown or command[0] == "figures", command
        assert not RAW.findall(shown)


def test_markup_and_codes_of_emoji_are_shown_as_they_stand(zzcli: Zzcli, tmp_path: Path) -> None:
    words = "[red]企业[/red][/]:100::smile:[link=http://a]{0}%s"
    file = tmp_path / f"{words.replace('/', '')}.txt"
    file.write_text(f"2024年，船舶产业{words}12家。", encoding="utf-8")
    for command in (["search", "产业", file], ["search", words, file], ["text", file]):
        assert words in "".join(zzcli(*command).out.split()), command
    assert file.stem in "".join(zzcli("overview", file).out.split())
    assert "for [red]无[/][/red]:100:%s{0}" in zzcli("search", "[red]无[/][/red]:100:%s{0}", file).err


def test_json_escapes_what_hides_and_strips_nothing(zzcli: Zzcli, tmp_path: Path) -> None:
    file = tmp_path / "a\u202e\x1b.txt"
    text = "2024年，全市产\u200b值12\u202e亿元，企\x07业\x9b\x1b[31m[red]3家。"
    file.write_text(text, encoding="utf-8")
    for form in ("json", "ndjson"):
        out = zzcli("search", "企业", file, "-f", form).out
        assert not RAW.findall(out)
        assert r"12\u202e" in out
        found = json.loads(out)
        (hit,) = found if form == "json" else [found]
        assert (hit["quote"], hit["source"]) == (text, str(file))
        (start, end), *_ = hit["highlights"]
        assert text[start:end] == "企\x07业"


def test_csv_is_visible_on_a_terminal_and_as_it_stands_in_a_file(
    on_terminal: Zzcli, zzcli: Zzcli, tmp_path: Path
) -> None:
    file, out = tmp_path / "a\x1b[31m.txt", tmp_path / "out.csv"
    file.write_text("2024年，产\u202e值12亿元。", encoding="utf-8")
    asked = ("figures", file, "--fields", "source,quote", "-f", "csv")
    assert zzcli(*asked, "-o", out).code == 0
    whole = out.read_text(encoding="utf-8")
    assert list(csv.reader(io.StringIO(whole)))[1] == [str(file), "2024年，产\u202e值12亿元。"]
    assert zzcli(*asked).out == whole
    assert on_terminal(*asked).out == visible(whole)
    assert on_terminal(*asked, "-o", "/dev/null").code == 0


def test_raw_text_is_visible_on_a_terminal_and_as_it_stands_in_a_pipe(
    on_terminal: Zzcli, zzcli: Zzcli, tmp_path: Path
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(PAGE.encode())
    assert zzcli("text", file, "--raw").out == PAGE
    assert on_terminal("text", file, "--raw").out == visible(PAGE)


def test_names_that_are_no_utf8_come_through_sorting_comparing_and_files(zzcli: Zzcli, tmp_path: Path) -> None:
    paths = [os.fsdecode(os.fsencode(tmp_path) + name) for name in (b"/\xff\xfe.txt", b"/\xe4\xba.txt")]
    for path, number in zip(paths, (12, 15), strict=True):
        Path(path).write_text(f"2024年，全市生产总值{number}亿元。", encoding="utf-8")
    found = json.loads(zzcli("figures", *paths, "--sort", "-value", "-f", "json").out)
    assert [(record["source"], record["value"]) for record in found] == [
        (paths[1], 1_500_000_000),
        (paths[0], 1_200_000_000),
    ]
    assert {record["source"] for record in json.loads(zzcli("compare", *paths, "-f", "json").out)} == set(paths)
    assert zzcli("series", "生产总值", *paths).code == 0
    for form in ("xlsx", "parquet"):
        assert zzcli("figures", *paths, "-f", form, "-o", tmp_path / f"out.{form}").code == 0


# ---------------------------------------------------------------------------------------------------------------------
# Cells


def cells_of(text: str, width: int) -> str:
    rows = table.listing("Text", ("quote",), [{"quote": text}])
    return sheet.render([rows], sheet.Screen(width, None, False))


@pytest.mark.parametrize("width", [24, 80, 200])
@pytest.mark.parametrize(
    "unit", ["全市企业", "a", "，", "\u202e", "[red]", "[/]:100:", "1,234.5亿元。", "“"], ids=ascii
)
def test_every_character_of_a_cell_is_in_the_table(unit: str, width: int) -> None:
    text = unit * 800
    shown = "".join(cells_of(text, width).split())
    assert visible(text) in shown
    assert "…" not in shown


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    file = tmp_path / "endless.txt"
    file.write_text("云江市产业" + "甲乙丙丁" * 250_000 + "企业12家。", encoding="utf-8")
    return file


def test_a_cell_of_a_million_characters_is_clipped_in_a_table_and_says_so(zzcli: Zzcli, endless: Path) -> None:
    shown = "".join(zzcli("search", "产业", endless).out.split())
    more = 5 + 1_000_000 + 6 - sheet.LONGEST_CELL
    assert f"…[{more}charactersmore;--formatjsonhasthemall]" in shown
    assert sheet.LONGEST_CELL < len(shown) < sheet.LONGEST_CELL + 1000
    (hit,) = json.loads(zzcli("search", "产业", endless, "-f", "json").out)
    assert hit["quote"].count("甲乙丙丁") == 250_000


def test_the_work_of_a_table_grows_as_its_cells_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted are the characters that are measured, for no clock is as steady."""
    measured = [0]
    usual = sheet.cell_len

    def counting(text: str) -> int:
        measured[0] += len(text)
        return usual(text)

    monkeypatch.setattr(sheet, "cell_len", counting)
    work = []
    for size in (4_000, 8_000):
        measured[0] = 0
        cells_of("全市GDP增长5.8%，" * (size // 13), 60)
        work.append(measured[0])
    assert work[1] < 2.2 * work[0]
