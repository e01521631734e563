"""Files that strangers make: each is read, or named in one line, in a time that hangs on its size alone."""

from __future__ import annotations

import io
import logging
import os
import socket
import struct
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Answer
from tests.work import steps
from zzcli.errors import UnreadableError
from zzcli.reading import columns, docx, files, flow, html
from zzcli.reading.columns import Glyph, Run
from zzcli.reading.source import Source

Zzcli = Callable[..., Answer]

SENTENCE = "2024年，云江市产值5亿元，同比增长8.6%。"
LOOP, PIPE, LINK = "Too many levels of symbolic links", "a pipe, a device or the like", "no such file"


def refused(data: bytes, path: str, encoding: str | None = None) -> str:
    with pytest.raises(UnreadableError) as error:
        files.of_bytes(data, path, encoding)
    assert "\n" not in str(error.value)
    return str(error.value)


def read_or_refused(data: bytes, path: str) -> Source | None:
    """The document, or None where a line says that it is none."""
    try:
        return files.of_bytes(data, path)
    except UnreadableError as error:
        if "\n" in str(error):
            raise
        return None


# ---------------------------------------------------------------------------------------------------------------------
# Word


def packed(*parts: tuple[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", way) as package:
        for name, data in parts:
            package.writestr(name, data)
    return file.getvalue()


def body(xml: str, before: str = "") -> bytes:
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'{before}<w:document xmlns:w="{name}"><w:body>{xml}</w:body></w:document>'.encode()


PARAGRAPH = f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"
DOCUMENT = "word/document.xml"


@pytest.mark.parametrize("way", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("part", [DOCUMENT, "_rels/.rels"])
def test_what_grows_beyond_measure_when_it_is_unpacked_is_refused(way: int, part: str) -> None:
    data = packed((part, b" " * (12 << 20)), *[(DOCUMENT, body(PARAGRAPH))] * (part != DOCUMENT), way=way)
    assert "more than 200 times as large" in refused(data, "a.docx")


def test_a_table_that_repeats_itself_is_no_bomb() -> None:
    cell = f"<w:tc>{PARAGRAPH}</w:tc>"
    data = packed((DOCUMENT, body(f"<w:tbl>{('<w:tr>' + cell * 5 + '</w:tr>') * 2000}</w:tbl>")))
    assert files.of_bytes(data, "a.docx").text.count("8.6%") == 10_000


def test_a_part_that_says_it_is_smaller_than_it_is_is_not_unpacked_further() -> None:
    data = bytearray(packed((DOCUMENT, body(PARAGRAPH * 50_000))))
    for place in (22, data.index(b"PK\1\2") + 24):
        struct.pack_into("<I", data, place, 100)
    assert "is damaged" in refused(bytes(data), "a.docx")


def test_parts_without_number_are_counted_before_they_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = b"PK\1\2" + bytes(24) + b"\1" + bytes(17) + b"a"
    listed = entry * (docx.MOST_PARTS + 1)
    data = b"PK\3\4" + bytes(30) + listed + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(listed), 34, 0)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert "more than 10000 parts" in refused(data, "a.docx")


@pytest.mark.parametrize("tags", ["w:sdt", "w:p", "w:r", "w:ins", "w:tbl w:tr w:tc"])
@pytest.mark.parametrize("depth", [200, 300, 100_000])
def test_elements_however_deep_are_read_or_refused_in_a_line(tags: str, depth: int) -> None:
    names = tags.split()
    opened = "".join(f"<{name}>" for name in names) * (depth // len(names))
    closed = "".join(f"</{name}>" for name in reversed(names)) * (depth // len(names))
    data = packed((DOCUMENT, body(opened + PARAGRAPH + closed)))
    if depth < 256:
        assert files.of_bytes(data, "a.docx").text == SENTENCE
    else:
        assert "is damaged" in refused(data, "a.docx")


@pytest.mark.parametrize("where", ["<w:p><w:r><w:t>{}</w:t></w:r></w:p>", '<w:p x="{}"></w:p>'])
def test_entities_that_multiply_are_refused_and_others_are_not_followed(where: str, tmp_path: Path) -> None:
    kept = tmp_path / "secret"
    kept.write_text("机密")
    laughs = '<!ENTITY a "云江">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghijk", "bcdefghijkl", strict=True)
    )
    long = f'<!ENTITY a "{"云" * 20_000}">'
    outside = f'<!ENTITY a SYSTEM "file://{kept}">'
    for entities, use in ((laughs, "&l;"), (long, "&a;" * 5000), (outside, "&a;")):
        data = packed((DOCUMENT, body(where.format(use) + PARAGRAPH, f"<!DOCTYPE x [{entities}]>")))
        source = read_or_refused(data, "a.docx")
        assert source is None or source.text == SENTENCE


def test_merged_cells_without_measure_cost_no_more_than_their_number() -> None:
    def table(rows: int) -> bytes:
        cell = f'<w:tc><w:tcPr><w:gridSpan w:val="9999"/><w:vMerge/></w:tcPr>{PARAGRAPH}</w:tc>'
        return packed((DOCUMENT, body("<w:tbl>" + ("<w:tr>" + cell * 5 + "</w:tr>") * rows + "</w:tbl>")))

    few, many = table(20), table(80)
    files.of_bytes(few, "a.docx")
    assert steps(lambda: files.of_bytes(many, "a.docx")) < 6 * steps(lambda: files.of_bytes(few, "a.docx"))


# ---------------------------------------------------------------------------------------------------------------------
# Web pages


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a file was to be read, and nothing to be fetched")

    for name in ("create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


HERE = "http://127.0.0.1:9"
REACHING = f"""<!DOCTYPE html SYSTEM "{HERE}/a.dtd" [<!ENTITY a SYSTEM "file:///etc/hostname">]>
<html><head><base href="{HERE}/"><meta http-equiv="refresh" content="0;url={HERE}/b"><link rel="stylesheet" href="c">
</head><?xml-stylesheet href="{HERE}/d"?><body><iframe src="{HERE}/e"></iframe><img src="{HERE}/f">
<object data="{HERE}/g"></object><script src="{HERE}/h"></script><p>{SENTENCE}&a;</p></body></html>"""


@pytest.mark.usefixtures("no_network")
def test_a_page_fetches_nothing_and_says_nothing_of_its_own(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert SENTENCE in files.of_bytes(REACHING.encode(), "a.html").text
        assert (
            SENTENCE in files.of_bytes(f"<frameset><frame src='{HERE}'></frameset>{SENTENCE}".encode(), "a.html").text
        )
    assert [record for record in caplog.records if record.name.startswith("trafilatura")] == []
    assert capfd.readouterr() == ("", "")


TEXT = f"<p>{SENTENCE}</p>"


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + TEXT,
        TEXT + "<span>" * 100_000 + TEXT,
        "<table><tr><td>" * 30_000 + TEXT,
        TEXT + "<b><p>" * 5000 + TEXT,
        f'<p title="{"长" * 3_000_000}">云江</p>' + TEXT,
        "<p " + "".join(f"a{number} " for number in range(100_000)) + ">云江</p>" + TEXT,
        "<html>" + "<" * 3_000_000,
        "<html>" + "<a" * 1_000_000,
        "<html>" + "<!--" * 1_000_000,
        "<p>&#x110000;&#0;&#xD800;&#55296;&#99999999999999999999;&nosuch;&#x80;</p>" + TEXT,
        "<?php echo 1 ?><![CDATA[云江<p>]]>" + TEXT,
        "<table>" + "<tr><td rowspan=60000 colspan=999>云江</td></tr>" * 3000 + "</table>" + TEXT,
        "<h1>" + "云江<br>" * 10_000 + "</h1>" + TEXT,
    ],
    ids=lambda page: page[:20],
)
def test_a_page_however_odd_is_read_or_refused_in_a_line(page: str) -> None:
    source = read_or_refused(page.encode(), "a.html")
    if source is not None:
        assert SENTENCE in source.text or "<<<" in source.text
        source.text.encode()  # holds no half of a character


@pytest.mark.parametrize(
    "charset", ["nonsense", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "zip", "utf-7"]
)
def test_a_charset_that_no_page_can_be_in_is_not_believed(charset: str) -> None:
    source = files.of_bytes(f'<html><meta charset="{charset}">{TEXT}'.encode("gb18030"), "a.html")
    assert (source.encoding, source.text) == ("gb18030", SENTENCE)


def test_a_heading_of_many_lines_costs_what_its_lines_cost() -> None:
    def read(lines: int) -> Callable[[], Source]:
        return lambda: html.extract("<h1>" + "云江<br>" * lines + "</h1>" + TEXT, "a.html", "utf-8")

    read(10)()
    lines = html._Open.end
    seen: list[int] = []

    def counted(self: Any, *, soft: bool = False) -> Iterator[Any]:
        seen.append(len(self._parts))
        yield from lines(self, soft=soft)

    html._Open.end = counted  # type: ignore[method-assign]
    try:
        assert read(300)().text.count("云江") == 301
    finally:
        html._Open.end = lines  # type: ignore[method-assign]
    assert len(seen) < 700


# ---------------------------------------------------------------------------------------------------------------------
# Pages of a PDF


def grid(count: int, *, place: Callable[[int], tuple[float, float]], size: float = 10) -> list[Glyph]:
    return [
        Glyph("云江市工业"[at % 5], x, y, x + size, y + size, False, 0) for at in range(count) for x, y in [place(at)]
    ]


@pytest.mark.parametrize(
    "place",
    [
        lambda at: (100.0, 100.0),
        lambda at: (at * 379 % 600, at * 1013 % 800),
        lambda at: (100.0, -15.0 * at),
        lambda at: (3.0 * at, -15.0 * at),
        lambda at: (30.0 * at, 100.0),
        lambda at: (at % 97 * 1e30, -(at % 89) * 1e30),
        lambda at: (at % 2 * 300 + at // 2 % 2 * 10, -15.0 * (at // 4)),
        lambda at: (50.0 + at % 12 * 10 + at % 12 // 11 * 200, -15.0 * (at // 12) - at % 12 // 11 * 7),
    ],
    ids=["one point", "anywhere", "one column", "stairs", "one row", "far away", "two cells", "beside text"],
)
def test_characters_in_hostile_places_cost_little_more_than_their_number(
    place: Callable[[int], tuple[float, float]],
) -> None:
    def read(count: int) -> Callable[[], object]:
        glyphs = grid(count, place=place)
        return lambda: flow.text_of([[col for runs in columns.runs_of(glyphs) for col in columns.columns_of(runs)]])

    read(100)()
    assert steps(read(2400)) < 8 * steps(read(600))


def test_a_page_of_more_runs_than_any_page_has_is_read_row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = columns.runs_of(grid(600, place=lambda at: (at % 20 * 40.0, -15.0 * (at // 20))))[0]
    monkeypatch.setattr(columns, "_MOST", 100)
    monkeypatch.setattr(columns, "_gutter", None)
    (column,) = columns.columns_of(runs)
    assert sum(len("".join(line.text.split())) for line in column) == 600


def test_heads_of_many_pages_are_compared_with_those_around_them() -> None:
    page = [Run("云江统计年鉴", 72, 150, 800, 810, 10.0), Run(SENTENCE, 72, 400, 400, 410, 10.0)]

    def read(count: int) -> Callable[[], list[list[Run]]]:
        return lambda: flow.without_heads([list(page)] * count)

    read(10)()
    assert steps(read(800)) < 5 * steps(read(200))
    assert [len(left) for left in read(300)()] == [2, *[1] * 299]


# ---------------------------------------------------------------------------------------------------------------------
# Paths


@pytest.fixture
def odd_folder(tmp_path: Path) -> Path:
    """A folder of two documents among much else."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text(SENTENCE, encoding="utf-8")
    (folder / "loop.txt").symlink_to("pool.txt")
    (folder / "pool.txt").symlink_to("loop.txt")
    (folder / "gone.txt").symlink_to("nowhere")
    (folder / "self").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    (folder / "new\nline.txt").write_text(SENTENCE, encoding="utf-8")
    return folder


@pytest.mark.parametrize("indexed", [False, True])
@pytest.mark.parametrize("command", [["figures", "-f", "csv"], ["search", "产值", "-f", "csv"], ["index"]])
def test_what_is_no_file_in_a_folder_is_named_and_the_rest_is_read(
    zzcli: Zzcli, odd_folder: Path, command: list[str], indexed: bool
) -> None:
    if indexed:
        assert zzcli("index", odd_folder).code == 3
    answer = zzcli(*command, odd_folder)
    assert answer.code == 3
    told = [line for line in answer.err.splitlines() if line.startswith("zzcli: ")]
    for name, said in (("loop", LOOP), ("pool", LOOP), ("pipe", PIPE), ("gone", "o such file")):
        (line,) = (line for line in told if f"{name}.txt: " in line)
        assert said in line
    assert len(told) == 4
    if command != ["index"]:
        assert [answer.out.count(name) > 0 for name in ("a.txt", "line.txt", "5亿元")] == [True] * 3


def test_a_loop_a_socket_and_a_name_that_is_too_long_are_named_and_the_others_are_read(
    zzcli: Zzcli, odd_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(odd_folder)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket.txt")
        answer = zzcli("figures", "-f", "csv", "loop.txt", "socket.txt", "长" * 2000, "a.txt")
    assert answer.code == 3
    assert [line.rpartition(": ")[2] for line in answer.err.splitlines()] == [
        LOOP,
        "No such device or address",
        "File name too long",
    ]
    assert "5亿元" in answer.out


def test_a_name_that_is_no_utf8_is_read_and_shown(zzcli: Zzcli, tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.txt")).write_text(SENTENCE, encoding="utf-8")
    except OSError:
        pytest.skip("this system has no such names")
    answer = zzcli("figures", "-f", "json", tmp_path)
    assert (answer.code, answer.err) == (0, "")
    assert "5亿元" in answer.out


@contextmanager
def folders_within(folder: Path, name: str, depth: int) -> Iterator[int]:
    """The last of so many folders, opened; they are taken away again, which few programs can do."""
    opened = [os.open(folder, os.O_RDONLY)]
    try:
        for _ in range(depth):
            os.mkdir(name, dir_fd=opened[0])
            opened.append(os.open(name, os.O_RDONLY, dir_fd=opened[0]))
            os.close(opened.pop(0))
        yield opened[0]
    finally:
        for _ in range(depth):
            opened.append(os.open("..", os.O_RDONLY, dir_fd=opened[0]))
            os.close(opened.pop(0))
            os.rmdir(name, dir_fd=opened[0])
        os.close(opened[0])


def test_folders_within_folders_however_deep_are_read(zzcli: Zzcli, tmp_path: Path) -> None:
    with folders_within(tmp_path, "d", 1500) as last:
        with open(os.open("a.txt", os.O_WRONLY | os.O_CREAT, dir_fd=last), "w", encoding="utf-8") as file:
            file.write(SENTENCE)
        answer = zzcli("figures", "-f", "json", tmp_path)
        os.unlink("a.txt", dir_fd=last)
    assert (answer.code, answer.err) == (0, "")
    assert "5亿元" in answer.out


def test_a_folder_that_is_too_deep_for_a_path_is_named(zzcli: Zzcli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    with folders_within(tmp_path, "d" * 200, 40):
        answer = zzcli("figures", "-f", "json", tmp_path)
    assert answer.code == 3
    assert answer.err.count("\n") == 1
    assert "this folder cannot be listed: File name too long" in answer.err


def test_devices_without_end_are_refused(zzcli: Zzcli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 1 << 20)
    for device in ("/dev/zero", "/dev/urandom"):
        assert f"{device}: is larger than 1 MB" in zzcli("figures", device).refused()
        assert f"{device}: is larger than 1 MB" in zzcli("search", "产值", device).refused()
    assert "is empty" in zzcli("figures", os.devnull).refused()


def test_a_pipe_is_read_to_its_end_however_slowly_it_is_written(zzcli: Zzcli, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def write() -> None:
        with open(pipe, "wb", buffering=0) as to:
            for part in SENTENCE.encode() * 2, b"\n" * 3, SENTENCE.encode():
                threading.Event().wait(0.05)
                to.write(part)

    for command in (["figures", "-f", "csv"], ["search", "产值", "-f", "csv"], ["search", "产值", "-l", "-f", "csv"]):
        writing = threading.Thread(target=write)
        writing.start()
        answer = zzcli(*command, pipe)
        writing.join()
        assert (answer.code, answer.err) == (0, "")
        assert answer.out.count("\n") >= 2


def test_a_pipe_that_nobody_writes_to_is_named_and_the_others_are_read(
    zzcli: Zzcli, tmp_path: Path, plain_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_PATIENCE", 0.1)
    os.mkfifo(tmp_path / "pipe")
    answer = zzcli("figures", "-f", "csv", tmp_path / "pipe", plain_file)
    assert answer.code == 3
    assert "is a pipe that nobody writes to" in answer.err
    assert answer.out


def test_a_pipe_is_not_searched_beside_a_folder(zzcli: Zzcli, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "a pipe can be read once" in zzcli("search", "产值", tmp_path, tmp_path / "pipe").refused()


def test_too_many_open_files_are_told(zzcli: Zzcli, plain_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = open

    def refuse(file: Any, *arguments: Any, **named: Any) -> Any:
        if Path(str(file)) == plain_file:
            raise OSError(24, "Too many open files")
        return usual(file, *arguments, **named)

    monkeypatch.setattr("builtins.open", refuse)
    assert "cannot be read: Too many open files" in zzcli("figures", plain_file).refused()


# ---------------------------------------------------------------------------------------------------------------------
# Encodings


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "gb18030", "utf-16", "utf-16-be", "big5", "shift_jis"])
def test_another_encoding_than_the_one_that_is_proved_is_refused(encoding: str) -> None:
    for text in (SENTENCE, SENTENCE * 2, "云江市的工业增加值比上年同期增长"):
        assert "leave the encoding away" in refused(text.encode(), "a.txt", encoding)


def test_a_given_encoding_counts_where_nothing_is_proved() -> None:
    for encoding in ("gb18030", "gbk", "utf-16", "utf-16-le", "utf-8", "UTF8", "utf-8-sig"):
        assert files.of_bytes(SENTENCE.encode(encoding), "a.txt", encoding).text == SENTENCE
    assert files.of_bytes(b"\xef\xbb\xbf" + SENTENCE.encode(), "a.txt", "utf-8").text == SENTENCE
    assert files.of_bytes("联通".encode("gbk"), "a.txt", "gbk").text == "联通"
    assert files.of_bytes(b"GDP 5.8%", "a.txt", "gb18030").text == "GDP 5.8%"


@pytest.mark.parametrize(
    "encoding", ["punycode", "idna", "unicode_escape", "raw_unicode_escape", "utf-7", "zip", "hex"]
)
def test_what_is_the_encoding_of_no_file_is_no_encoding(encoding: str) -> None:
    assert "no such encoding" in refused(SENTENCE.encode() * 1000, "a.txt", encoding)


@pytest.mark.parametrize(
    "data",
    [
        (SENTENCE * 4).encode("utf-16-le") + b"\x2d",
        b"\xff\xfe" + (SENTENCE * 4).encode("utf-16-le") + b"\x2d",
        (SENTENCE * 4).encode() + b"\xc0\xaf\xe0\x80\xaf",
        (SENTENCE * 4).encode() + b"\xed\xa0\x80\xed\xbf\xbf",
        (SENTENCE * 4).encode() + b"\0" * 3,
        (SENTENCE * 4).encode() + b"\xf4\x90\x80\x80\xff\xfe",
    ],
)
def test_damage_of_every_kind_is_marked_or_refused(data: bytes) -> None:
    if b"\0\0\0" in data:
        assert "is not text" in refused(data, "a.txt")
    else:
        text = files.of_bytes(data, "a.txt").text
        assert text.startswith(SENTENCE)
        text.encode()
