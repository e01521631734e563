"""Promises of reading files: which bytes are which text, and what is said where they are none."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from zzcli.errors import UnreadableError
from zzcli.reading import files
from zzcli.reading.files import bundled, decode, read

PAGE = "全年实现地区生产总值1853.63亿元，\r\n比上年增长5.8%。\n其中，第一产业的增加值为120亿元。\r"
TRADITIONAL = "今年上半年，全市的經濟成長率為百分之五點八，較上年同期增加，人民的生活水準不斷提高，產業發展的勢頭良好。"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
    ],
)
def test_the_encoding_is_told_from_the_bytes_and_newlines_stay(written: str, told: str) -> None:
    assert decode(PAGE.encode(written)) == (PAGE, told)


def test_utf16_without_a_mark_and_without_ascii_is_told() -> None:
    text = "全市的工业和农业，都在今年有了新的发展。" * 3
    for encoding in ("utf-16-le", "utf-16-be"):
        assert decode(text.encode(encoding)) == (text, encoding)


def test_big5_is_told_where_the_text_proves_it() -> None:
    assert decode(TRADITIONAL.encode("big5")) == (TRADITIONAL, "big5")


def test_a_mark_of_gb18030_is_not_counted() -> None:
    assert decode(b"\x84\x31\x95\x33" + PAGE.encode("gb18030")) == (PAGE, "gb18030")


def test_a_named_encoding_is_taken_at_its_word() -> None:
    assert decode(PAGE.encode("gbk"), "GBK") == (PAGE, "gbk")
    assert decode(PAGE.encode("utf-8-sig"), "utf-8") == (PAGE, "utf-8")


def test_utf8_cut_in_the_middle_of_a_character_is_still_utf8() -> None:
    data = (PAGE * 3).encode("utf-8")
    for cut in (1, 2, 3):
        text, encoding = decode(data[: -len("元。\r".encode()) - cut])
        assert encoding == "utf-8"
        assert text.startswith(PAGE)


def test_damaged_bytes_leave_the_rest_readable(tmp_path: Path) -> None:
    data = (PAGE * 20).encode("gb18030")
    path = tmp_path / "damaged.txt"
    path.write_bytes(data[:600] + b"\xff\xff" + data[602:])
    source = read(path)
    assert source.encoding == "gb18030"
    assert "\ufffd" in source.text
    assert source.text.endswith(PAGE)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \n\r\n\t", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG picture"),
        (b"PK\x03\x04\x14\0\x06\0", "a ZIP archive"),
        (b"\x7fELF\x02\x01\x01", "a program"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"text\0\x01\x02\x03more", "is not text"),
        (bytes(1000), "is not text"),
        (bytes(range(1, 32)) * 30, "is not text"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said) as caught:
        decode(data, name="x.txt")
    assert str(caught.value).startswith("x.txt: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["nope", "base64", "rot13", "utf\0", "undefined", "", "中文", "a\nb"])
def test_a_name_that_is_no_encoding_is_answered_with_some_that_are(name: str) -> None:
    with pytest.raises(UnreadableError, match="no such encoding; try utf-8, gb18030") as caught:
        decode(PAGE.encode(), name)
    assert "\n" not in str(caught.value)


def test_an_encoding_that_does_not_fit_is_refused() -> None:
    with pytest.raises(UnreadableError, match="is not ascii; leave the encoding away"):
        decode(PAGE.encode(), "ascii")


def test_a_file_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "公报.txt"
    path.write_bytes(PAGE.encode("utf-8-sig"))
    source = read(path)
    assert (source.name, source.text, source.encoding) == (str(path), PAGE, "utf-8")
    assert read(str(path), encoding="utf-8").text == PAGE


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no such file; check the path"):
        read(tmp_path / "missing.txt")
    with pytest.raises(UnreadableError, match="is a folder; name the files in it"):
        read(tmp_path)
    with pytest.raises(UnreadableError, match="is no path"):
        read("a\0b")
    with pytest.raises(UnreadableError, match="cannot be read"):
        read(tmp_path / ("x" * 300))


def test_a_name_that_would_break_the_line_is_escaped(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(tmp_path / "a\nb\x1b[31m")
    assert "\n" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_a_file_without_permission_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # The user of a test may be root, whom no permission stops.
    def refuse(*_: object) -> object:
        raise PermissionError

    secret = tmp_path / "secret.txt"
    secret.write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(UnreadableError, match="may not be read"):
        read(secret)


def test_a_file_without_end_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(files, "LARGEST", 1000)
    path = tmp_path / "large.txt"
    path.write_bytes(b"a" * 5000)
    with pytest.raises(UnreadableError, match="is larger than"):
        read(path)


def test_standard_input_is_read_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode("gb18030")), encoding="ascii"))
    source = read("-")
    assert (source.name, source.text, source.encoding) == ("-", PAGE, "gb18030")


def test_the_bundled_page_is_found() -> None:
    source = bundled()
    assert source.name == "zhuzhou.txt"
    assert "制 造名城" in source.text
    assert source.encoding == "utf-8"


def test_the_bundled_page_is_found_in_a_checkout_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zzcli.reading.files.find_spec", lambda _: None)
    assert bundled().text == read(Path(files.__file__).parents[2] / "seeds" / "zhuzhou.txt").text


def test_every_byte_pattern_decodes_or_is_refused() -> None:
    data = bytearray(bundled().text.encode())
    refused = 0
    for at in range(0, len(data), 97):
        for value in (0x00, 0x41, 0x80, 0xFF):
            kept, data[at] = data[at], value
            try:
                decode(bytes(data))
            except UnreadableError:
                refused += 1
            data[at] = kept
    # A null character is in no text; any other byte is damage.
    assert refused == len(range(0, len(data), 97))


def test_a_closed_standard_input_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UnreadableError, match="standard input: is closed"):
        read("-")


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\xff\xfe\x00\x00\x01\x02\x03", b"\xef\xbb\xbf\xff\xfe\xfd"])
def test_a_byte_order_mark_before_garbage_makes_no_text_of_it(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "marked.txt"
    file.write_bytes(data)
    with pytest.raises(UnreadableError, match=r"is not text|is empty"):
        read(file)
