"""zzcli speaks English and Chinese from one catalogue, complete in both; what programs read is the same in either."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Formatter

import pytest
import typer.main

from tests.conftest import Answer
from tests.said import literal, reasons
from zzcli import choosing, language
from zzcli.cli import COMMANDS, application
from zzcli.document import parse, read
from zzcli.facts import doubts
from zzcli.language import counted, english, listed, preferred, retold, say, use
from zzcli.language.zh import FRAMEWORK, ZH
from zzcli.mentions.periods import RULES
from zzcli.reading import docx, files, pdf
from zzcli.showing import TITLES
from zzcli.views import explain, records, sheet, table

Zzcli = Callable[..., Answer]

KINDS = ["figures", "timeline", "industries", "doubts", "search", "overview", "index"]

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SENTENCE = re.compile(r"(?:[A-Za-z']+,? ){2}[A-Za-z']+")
"""English that somebody wrote to be read: three words in a row."""


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Whatever a test has zzcli speak, the next one begins with English."""
    use("en")
    yield
    use("en")


def help_texts() -> list[str]:
    """Every paragraph of help, of each command and option."""
    group = typer.main.get_command(application(COMMANDS))
    found = []
    for command in (group, *group.commands.values()):  # type: ignore[attr-defined]
        for text in (command.help, command.epilog, *(getattr(each, "help", None) for each in command.params)):
            paragraphs = (text or "").split("\n\n")
            found += [" ".join(each.split()) for each in paragraphs if each and not each.startswith("\b")]
    return [text for text in found if text not in FRAMEWORK]


def tabled() -> list[str]:
    """What is said by way of a table of codes, counts or kinds."""
    counts = (table.FIGURES, table.STATEMENTS, table.INDUSTRIES, table.DOUBTS, table.RECORDS, table.PASSAGES)
    return [
        *explain.WORDS.values(),
        *explain.CELLS.values(),
        *(explain.DATE + rule.name for rule in RULES),
        *doubts.KINDS,
        *doubts.KINDS.values(),
        *doubts.NAMING,
        *(reason for _, reason in doubts._OF_BLOCKS.values()),
        doubts._CODE,
        doubts._NO_UNIT,
        *records.FLAGS,
        *records.GRANULARITIES,
        *choosing.MEASURES,
        *choosing.STATUSES,
        *table.ORIGINS,
        *table.ORIGINS.values(),
        "none",  # the origin of a date that is not settled
        *(purpose for _, purpose in table.FURTHER),
        *(message for each in counts for message in each),
        *TITLES.values(),
        *(kind for _, kind in files.SIGNATURES),
        *(told for _, told in docx.OTHERS),
        *pdf.NOT_OPENED.values(),
        *(message for each in pdf.TOLD.values() for message in each),
        *(key for kind in KINDS for key in records.keys(kind, explain=True)),
        *reasons(),
        *help_texts(),
    ]


def places(message: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(message) if name is not None}


# ---------------------------------------------------------------------------------------------------------------------
# The catalogue


def test_all_that_is_said_has_an_entry() -> None:
    assert len(list(literal())) > 100
    assert {message: where for message, where in literal() if message not in ZH} == {}
    assert [message for message in tabled() if message not in ZH] == []


def test_every_entry_is_said() -> None:
    said = {*(message for message, _ in literal()), *tabled(), *map(os.strerror, range(1, 200))}
    assert [message for message in ZH if message not in said] == []


def test_an_entry_has_the_places_of_its_message() -> None:
    for message, told in (ZH | FRAMEWORK).items():
        assert places(told) == places(message), message


def test_an_entry_is_chinese_with_the_marks_of_chinese() -> None:
    words = re.compile(r"\{[^{}]*\}|--[a-z-]+|\b(?:zzcli|pip install|dask worker) [^（），。；：）]+|'[^']*'")
    for message, told in (ZH | FRAMEWORK).items():
        if not re.search("[a-z]", re.sub(r"\{[^{}]*\}", "", message)):
            continue  # signs alone
        assert CHINESE.search(told), message
        assert not SENTENCE.search(words.sub("", told)), told
        assert not re.search(r"[\u4e00-\u9fff] ?[,;!?]|[\u4e00-\u9fff]:", told), told


def test_english_has_no_chinese_but_examples() -> None:
    for message in ZH:
        for word in CHINESE.findall(message):
            assert word in "今去年月上半拉动贡献占番近来目前产业发展以为主导一持平亿元每", message


# ---------------------------------------------------------------------------------------------------------------------
# Saying


def test_a_message_without_an_entry_is_said_as_it_stands() -> None:
    use("zh")
    assert say("{count} of a kind", count=2) == "2 of a kind"


def test_signs_of_a_value_are_no_places() -> None:
    for spoken in language.LANGUAGES:
        use(spoken)
        assert "{reason}{0}" in say("{name}: is no path", name="{reason}{0}")


def test_english_has_a_form_for_one_and_chinese_none() -> None:
    forms = ("{count} figure", "{count} figures")
    assert [counted(1, *forms), counted(2, *forms)] == ["1 figure", "2 figures"]
    use("zh")
    assert [counted(1, *forms), counted(2, *forms)] == ["1条数据", "2条数据"]
    assert listed("甲乙") == "甲、乙"


def test_no_language_is_the_one_that_is_spoken() -> None:
    use("zh")
    use(None)
    assert language.current() == "zh"


def test_what_was_put_together_in_english_is_retold() -> None:
    words = english("{count} dates: {reason}", count=3, reason=english("the title names {year}", year=2024))
    assert retold(words) == words == "3 dates: the title names 2024"
    use("zh")
    assert retold(words) == "3个日期：标题写明2024年"
    assert retold("the text names no year") == "文中未写年份"
    assert retold("Nobody ever said this: not once.") == "Nobody ever said this: not once."


REPORTS = (
    "云江市2023年经济运行情况\n\n2023年,全市工业投资突破28亿,产值10亿元以上企业5家。9月底，完成改造项目380\n",
    "标题\n\n2023年，云江市财政收入9亿元，增长3%。其中，增长最快的县达7%。\n",
    "（云江日报2024年5月6日）去年，全市出口9亿元。6月，出口1亿元。",
    "云江市2025年工作方案\n\n到6月底，建成12个站点。",
    "今年，规模300亿元，增长8%。",
)


def test_every_reason_that_a_record_gives_is_retold() -> None:
    documents = [read(), *map(parse, REPORTS)]
    corpus = Path(__file__).parent / "corpus"
    documents += [parse(path.read_text(encoding="utf-8")) for path in corpus.glob("*.txt")]
    given = {doubt.reason for document in documents for doubt in document.doubts}
    given |= {document.dating.reason for document in documents}
    assert len(given) > 30
    use("zh")
    assert [reason for reason in given if SENTENCE.search(retold(reason))] == []


# ---------------------------------------------------------------------------------------------------------------------
# Which language


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"ZZCLI_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"ZZCLI_LANG": "ZH", "LC_ALL": "C"}, "zh"),
        ({"ZZCLI_LANG": "", "LANG": "zh_CN.UTF-8"}, "zh"),
    ],
)
def test_the_environment_tells_the_language(environment: dict[str, str], spoken: str) -> None:
    assert preferred(environment) == spoken


@pytest.mark.parametrize(
    "arguments",
    [
        ["--lang", "zh"],
        ["--lang=zh", "figures"],
        ["--lang", "zh", "figures"],
        ["figures", "--lang", "zh"],
        ["figures", "--lang=ZH", "-n", "1"],
        ["--lang", "en", "figures", "--lang", "zh"],
    ],
)
def test_the_option_decides_before_the_environment_wherever_it_stands(zzcli: Zzcli, arguments: list[str]) -> None:
    answer = zzcli(*arguments)
    assert answer.code == 0
    assert "发布" in answer.out


def test_the_variable_decides_before_the_locale(zzcli: Zzcli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "published" in zzcli("overview").out
    monkeypatch.setenv("ZZCLI_LANG", "")
    assert "发布" in zzcli("overview").out
    assert "published" in zzcli("overview", "--lang", "en").out


def test_what_stands_behind_two_dashes_is_no_option(zzcli: Zzcli, plain_file: Path) -> None:
    assert "nothing found for --lang=zh" in zzcli("search", "--", "--lang=zh", plain_file).err


@pytest.mark.parametrize("name", ["fr", "", "zh_CN"])
def test_an_unknown_language_is_refused_and_the_known_ones_are_named(zzcli: Zzcli, name: str) -> None:
    for arguments in (["figures", "--lang", name], [f"--lang={name}"], ["figures", "--help", "--lang", name]):
        assert "give zh or en" in zzcli(*arguments).refused()


def test_an_unknown_language_in_the_environment_is_refused_too(zzcli: Zzcli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZZCLI_LANG", "fr")
    assert "'fr': no such language; give zh or en" in zzcli("overview").refused()
    assert zzcli("overview", "--lang", "en").code == 0


def test_an_option_without_its_language_is_wrong_use(zzcli: Zzcli) -> None:
    assert "'--lang' requires an argument" in zzcli("figures", "--lang").refused()


# ---------------------------------------------------------------------------------------------------------------------
# What people read


ASKED = [
    "figures",
    "timeline",
    "industries",
    "check",
    "overview",
    "figures --explain",
    "timeline --explain",
    "industries --explain",
    "figures --sort -value --limit 5",
    "check --sort kind",
    "timeline --fields period,granularity,flags",
    "industries --limit 3",
    "industries 轨道交通",
    "search 制造名城",
    "figures --indicator 利润",
]


@pytest.mark.parametrize("asked", ASKED)
def test_tables_in_chinese_have_no_english_sentence(zzcli: Zzcli, asked: str) -> None:
    answer = zzcli(*asked.split(), "--lang", "zh")
    assert (answer.code, answer.err) == (0, "")
    assert not SENTENCE.search(answer.out.replace("zzcli search TERM", ""))
    assert zzcli(*asked.split()).out != answer.out


def test_every_document_of_the_tests_is_told_in_chinese(zzcli: Zzcli, tmp_path: Path) -> None:
    for number, text in enumerate(REPORTS):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    for asked in (["figures", "--explain"], ["timeline", "--explain"], ["industries", "--explain"], ["check"]):
        answer = zzcli(*asked, tmp_path, "--lang", "zh")
        assert not SENTENCE.search(answer.out)
        assert not re.search(r"\b(?:line|figures?|dated?|no|area)\b", answer.out)


def test_a_flag_is_a_word_in_a_table_and_a_code_in_a_record(zzcli: Zzcli, tmp_path: Path) -> None:
    file = tmp_path / "cut.txt"
    file.write_text("2023年，累计淘汰落后生产线480多条，实施节能改造项目380\n", encoding="utf-8")
    told = zzcli("figures", file, "--lang", "zh").out
    assert "未标单位、截断" in told
    assert "unit-missing" not in told
    assert '"unit-missing", "truncated"' in zzcli("figures", file, "--lang", "zh", "-f", "ndjson").out


def test_columns_stand_under_chinese_headings(zzcli: Zzcli) -> None:
    heading, _, row = zzcli("figures", "-n", "1", "--lang", "zh").out.splitlines()[2:5]
    ends = [sheet.cell_len(line[: line.index(word) + len(word)]) for line, word in ((heading, "数值"), (row, "8"))]
    assert ends[0] == ends[1]


@pytest.mark.parametrize("command", [[], *([command] for command in COMMANDS)])
def test_help_in_chinese_has_no_english_sentence(zzcli: Zzcli, command: list[str]) -> None:
    answer = zzcli(*command, "--help", "--lang", "zh")
    assert answer.code == 0
    assert answer.out.startswith("用法：zzcli")
    for line in answer.out.splitlines():
        words = re.sub(r"zzcli\b.*|--?[a-z-]+ [A-Z|a-z]+|\[[A-Z]+\]", "", line)
        assert not SENTENCE.search(words), line
    assert max(map(sheet.cell_len, answer.out.splitlines())) <= 80


@pytest.mark.parametrize("command", [[], *([command] for command in COMMANDS)])
def test_help_has_the_same_options_and_examples_in_both_languages(zzcli: Zzcli, command: list[str]) -> None:
    both = [zzcli(*command, "--help", "--lang", name).out for name in language.LANGUAGES]
    options = [re.findall(r"^  (?:-\w, )?(--[a-z-]+)", told, re.MULTILINE) for told in both]
    examples = [re.findall(r"^    (zzcli.*)$", told, re.MULTILINE) for told in both]
    assert options[0] == options[1] != []
    assert examples[0] == examples[1] != []


def test_help_folds_between_characters_and_no_mark_opens_a_line(zzcli: Zzcli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "52")
    for spoken in language.LANGUAGES:
        lines = zzcli("search", "--help", "--lang", spoken).out.splitlines()
        told = [line for line in lines if not line.startswith("    ") or line.startswith("     ")]
        assert max(map(sheet.cell_len, told)) <= 50
        assert not [line for line in lines if line.strip().startswith(("，", "。", "、", "；", ".", ","))]


WRONG = [
    "figures --fromat json",
    "figures --limt 3",
    "-q",
    "figures --format xml",
    "figures --limit 0",
    "figures --limit many",
    "figures --output",
    "figures --explain=3",
    "search",
    "bogus",
    "figurs",
    "index a b",
    "figures --published today",
    "figures --encoding martian",
    "figures --since soon",
    "figures --min many",
    "figures --measure size",
    "figures --sort size",
    "figures missing.txt",
    "figures - -",
    "figures --workers 2 --scheduler tcp://host:1",
    "figures -o /missing/folder/out.csv",
    "search --index nowhere 产业 seeds",
    "index missing",
]


@pytest.mark.parametrize("asked", WRONG)
def test_what_is_wrong_is_one_line_of_chinese(zzcli: Zzcli, asked: str) -> None:
    line = zzcli(*asked.split(), "--lang", "zh").refused()
    assert CHINESE.search(line)
    assert not SENTENCE.search(line), line


def test_a_wrong_value_of_a_variable_is_told_with_its_name(zzcli: Zzcli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZZCLI_WORKERS", "many")
    line = zzcli("figures", "--lang", "zh").refused()
    assert "环境变量 'ZZCLI_WORKERS'" in line
    assert "'many'不是整数" in line


def test_what_cannot_be_read_is_told_in_chinese_also_by_workers(zzcli: Zzcli, tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number:03}.txt").write_text("2023年，全市企业12家。" * 40, encoding="utf-8")
    (tmp_path / "500.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    for asked in (
        ["figures", tmp_path, "--workers", "2", "-f", "ndjson"],
        ["search", "企业", tmp_path],
        ["index", tmp_path],
    ):
        answer = zzcli(*asked, "--lang", "zh")
        assert answer.code == 3
        assert answer.err.endswith("500.txt：不是文本，而是PNG图片，请先另存为文本\n")


def test_a_search_that_finds_nothing_says_so_in_chinese(zzcli: Zzcli, plain_file: Path) -> None:
    assert zzcli("search", "智能船坞", plain_file, "--lang", "zh").err.startswith(
        "zzcli: 没有找到“智能船坞”，相近的有：智能"
    )


def test_a_damaged_index_is_told_in_chinese(zzcli: Zzcli, plain_file: Path) -> None:
    folder = plain_file.parent
    assert zzcli("index", folder, "--lang", "zh").out.startswith("索引 ")
    (folder / ".zzcli-index.sqlite").write_bytes(b"nothing")
    assert "未用索引检索" in zzcli("search", "企业", folder, "--lang", "zh").err


def test_a_fault_is_one_line_of_chinese(zzcli: Zzcli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zzcli.document.reflow", lambda source: [][1])
    line = zzcli("figures", "--lang", "zh").err
    assert "这是zzcli的差错，请报告" in line
    assert line.count("\n") == 1


def test_errors_of_the_package_are_english_where_nobody_chose() -> None:
    with pytest.raises(files.UnreadableError, match="no such file; check the path"):
        read("missing.txt")


# ---------------------------------------------------------------------------------------------------------------------
# What programs read


@pytest.mark.parametrize("kind", ["figures", "timeline", "industries", "check", "overview", "search"])
@pytest.mark.parametrize("form", ["json", "ndjson", "csv", "tsv"])
def test_records_are_the_same_in_both_languages(zzcli: Zzcli, tmp_path: Path, kind: str, form: str) -> None:
    asked = [kind, *(["产业"] if kind == "search" else []), "--format", form]
    explained = ["--explain"] if kind in ("figures", "timeline", "industries") else []
    assert zzcli(*asked, *explained, "--lang", "zh").out == zzcli(*asked, *explained, "--lang", "en").out != ""


def test_the_record_of_an_index_is_the_same_in_both_languages(zzcli: Zzcli, plain_file: Path) -> None:
    folder = plain_file.parent
    zzcli("index", folder)
    told = [zzcli("index", folder, "-f", "json", "--lang", name).out for name in language.LANGUAGES]
    assert told[0] == told[1]


# ---------------------------------------------------------------------------------------------------------------------
# Completion


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_completion_explains_in_the_language(spoken: str) -> None:
    use(spoken)
    group = typer.main.get_command(application(COMMANDS))
    context = group.make_context("zzcli", [], resilient_parsing=True)
    commands = {item.value: item.help for item in group.shell_complete(context, "fig")}
    figures = group.get_command(context, "figures")  # type: ignore[attr-defined]
    inner = figures.make_context("figures", [], parent=context, resilient_parsing=True)
    options = {item.value: item.help for item in figures.shell_complete(inner, "--are")}
    expected = ("列出各项数据。", "所属地区。")
    if spoken == "en":
        expected = ("Every number that states something.", "Whose figure it is.")
    assert (commands["figures"], options["--area"]) == expected
