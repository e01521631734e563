"""Promises of Word files: paragraphs and tables in order, each paragraph known, nothing that a reader cannot see."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.parser import parse_xml

from tests.conftest import Answer
from tests.labels import GOLD
from zzcli.document import Document, of_source, parse, read
from zzcli.errors import UnreadableError
from zzcli.reading import docx as reader
from zzcli.reading import files, html
from zzcli.reading.docx import extract
from zzcli.reading.source import Source

Zzcli = Callable[..., Answer]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PROSE = "2024年，全市实现地区生产总值1203.5亿元，比上年增长5.8%。"


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def source(document: Any) -> Source:
    return extract(saved(document), "a.docx")


def of_body(xml: str) -> Source:
    """What is read of a file whose body is this; ``w:`` may be left away of no name."""
    document = docx.Document()
    body = document.element.body
    for child in parse_xml(f"<w:body {W}>{xml}</w:body>"):
        body.insert(len(body) - 1, child)
    return source(document)


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return file.getvalue()


def test_paragraphs_and_tables_are_read_in_their_order_and_each_paragraph_is_known() -> None:
    document = docx.Document()
    document.add_heading("云江市2024年统计公报", 0)
    document.add_paragraph("")
    document.add_heading("一、综合", 1)
    document.add_paragraph(PROSE)
    table = document.add_table(2, 2)
    for cell, text in zip((*table.rows[0].cells, *table.rows[1].cells), ("指标", "额", "", "35.2"), strict=True):
        cell.text = text
    document.add_paragraph("完。")
    read = source(document)
    assert read.text == f"云江市2024年统计公报\n\n一、综合\n\n{PROSE}\n\n指标\t额\n\t35.2\n\n完。"
    begun = [read.text[start:].split("\n")[0].split("\t")[0] for start in read.paragraphs]
    assert begun == ["云江市2024年统计公报", "一、综合", "一、综合", PROSE, "指标", "额", "35.2", "35.2", "完。"]
    assert read.paragraph(read.text.index("1203.5")) == 4
    assert read.paragraph(read.text.index("35.2") + 1) == 8
    assert read.encoding is None


def test_empty_paragraphs_at_the_end_begin_where_the_text_ends() -> None:
    document = docx.Document()
    document.add_paragraph(PROSE)
    document.add_paragraph("  ")
    assert source(document).paragraphs == (0, len(PROSE))


def test_headings_are_headings() -> None:
    document = docx.Document()
    document.add_heading("云江市国民经济和社会发展情况", 0)
    document.add_paragraph(PROSE)
    document.add_heading("工业和建筑业", 2)
    document.add_paragraph("全市工业增加值增长6.1%，建筑业增加值增长2%。")
    found = of_source(source(document))
    assert [block.kind for block in found.text.blocks] == ["heading", "paragraph", "heading", "paragraph"]
    assert found.heading == "云江市国民经济和社会发展情况"


def test_paragraphs_of_one_width_are_not_joined() -> None:
    document = docx.Document()
    parts = [f"加快推进第{n}批重点项目建设，确保年内全部完工并投产" for n in "一二三四五六"]
    for part in parts:
        document.add_paragraph(part)
    assert of_source(source(document)).text.clean.split("\n") == parts


def test_what_was_inserted_is_read_and_what_was_deleted_is_not() -> None:
    text = of_body(
        f"<w:p>{run('产值')}<w:del>{run('9').replace('w:t', 'w:delText')}{run('8')}</w:del><w:ins>{run('5')}</w:ins>"
        f"<w:moveFrom>{run('7')}</w:moveFrom>{run('亿元')}</w:p><w:ins><w:p>{run('增长2%。')}</w:p></w:ins>"
    ).text
    assert text == "产值5亿元\n\n增长2%。"


def test_links_fields_and_content_controls_are_read_as_they_are_shown() -> None:
    shown = run("，可见", "<w:rPr><w:vanish w:val='0'/></w:rPr>")
    text = of_body(
        f"<w:sdt><w:sdtContent><w:p><w:hyperlink>{run('公报')}</w:hyperlink><w:smartTag>{run('全文')}</w:smartTag>"
        f"<w:r><w:instrText>PAGE</w:instrText></w:r>{run('隐藏', '<w:rPr><w:vanish/></w:rPr>')}"
        f"{shown}</w:p></w:sdtContent></w:sdt>"
    ).text
    assert text == "公报全文，可见"


def test_raised_and_lowered_digits_do_not_go_on_the_number_before_them() -> None:
    up, down = (f"<w:rPr><w:vertAlign w:val='{place}'/></w:rPr>" for place in ("superscript", "subscript"))
    text = of_body(
        f"<w:p>{run('产值5')}{run('2', up)}{run('亿元，35万m')}{run('2', up)}{run('，CO')}{run('2', down)}"
        f"{run('下降4')}{run('[1]', up)}{run('5')}</w:p>"
    ).text
    assert text == "产值5²亿元，35万m²，CO₂下降4[1]5"
    power = "".join(f"<m:{part}><m:r><m:t>{digit}</m:t></m:r></m:{part}>" for part, digit in (("e", 10), ("sup", 8)))
    space = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    assert of_body(f"<w:p xmlns:m='{space}'><m:oMath><m:sSup>{power}</m:sSup></m:oMath></w:p>").text == "10⁸"


def test_characters_that_nobody_sees_part_no_number() -> None:
    assert of_body(f"<w:p>{run('产值12' + chr(0x200B))}{run('03' + chr(0xFEFF) + '亿元')}</w:p>").text == "产值1203亿元"


def test_tabs_and_line_breaks_stand_and_page_breaks_do_not() -> None:
    text = of_body(
        f"<w:p><w:r><w:tab/></w:r>{run('出口')}<w:r><w:tab/></w:r>{run('35.2')}<w:r><w:br/></w:r>{run(' 进口')}"
        f"<w:r><w:br w:type='page'/><w:cr/></w:r>{run('　　其他 2')}<w:r><w:noBreakHyphen/></w:r>{run('3')}</w:p>"
    ).text
    assert text == "出口\t35.2\n进口\n\n其他 2-3"


def test_the_text_of_a_box_follows_its_paragraph_once() -> None:
    box = f"<w:txbxContent><w:p>{run('框里产值5亿元。')}</w:p></w:txbxContent>"
    choice = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    read = of_body(f"<w:p>{run('前')}<w:r>{choice}</w:r>{run('后')}</w:p><w:p>{run('末')}</w:p>")
    assert read.text == "前后\n\n框里产值5亿元。\n\n末"
    assert read.paragraphs == (0, 4, 14)
    cell = f"<w:tc><w:p>{run('甲')}<w:r>{choice}</w:r></w:p></w:tc><w:tc><w:p>{run('1')}</w:p></w:tc>"
    assert of_body(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>").text == "甲\t1\n\n框里产值5亿元。"


def of_table(*rows: list[str], merged: tuple[tuple[int, int, int, int], ...] = (), title: str = "") -> Document:
    document = docx.Document()
    if title:
        document.add_paragraph(title)
    table = document.add_table(len(rows), max(map(len, rows)))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    for top, left, bottom, right in merged:
        table.cell(top, left).merge(table.cell(bottom, right))
    return of_source(source(document))


def stated(document: Document) -> list[str]:
    return [
        f"{f.indicator} {f.measure} {format(f.value.normalize(), 'f')} {f.unit} {f.period.code if f.period else None}"
        for f in document.figures
    ]


def test_merged_cells_keep_the_place_of_each_column_and_the_header_becomes_one_row() -> None:
    document = of_table(
        ["指标", "2024年", "", "2023年（亿元）"],
        ["", "绝对量（亿元）", "增长（%）", ""],
        ["工业增加值", "410.5", "6.1", "386.9"],
        ["出口", "", "-2.4", "36.1"],
        merged=((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3)),
        title="主要指标",
    )
    assert document.file.text.split("\n")[2:] == [
        "指标\t2024年绝对量（亿元）\t2024年增长（%）\t2023年（亿元）",
        "工业增加值\t410.5\t6.1\t386.9",
        "出口\t\t-2.4\t36.1",
    ]
    assert stated(document) == [
        "工业增加值 level 41050000000 元 2024",
        "工业增加值 growth 6.1 % 2024",
        "工业增加值 level 38690000000 元 2023",
        "出口 growth -2.4 % 2024",
        "出口 level 3610000000 元 2023",
    ]
    starts = document.file.paragraphs
    assert list(starts) == sorted(starts)
    assert len(starts) >= 13


def test_cells_that_are_merged_down_and_rows_that_begin_late_keep_their_columns() -> None:
    document = of_table(
        ["县", "指标", "单位", "2024年"],
        ["北湖县", "出口", "亿元", "11.5"],
        ["", "进口", "亿元", "5"],
        merged=((1, 0, 2, 0),),
    )
    assert document.file.text.split("\n")[1:] == ["北湖县\t出口\t亿元\t11.5", "北湖县\t进口\t亿元\t5"]
    late = f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc><w:p>{run('5')}</w:p></w:tc></w:tr>"
    first = "".join(f"<w:tc><w:p>{run(text)}</w:p></w:tc>" for text in ("指标", "额"))
    assert of_body(f"<w:tbl><w:tr>{first}</w:tr>{late}</w:tbl>").text == "指标\t额\n\t5"
    stray = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p>" + run("丙") + "</w:p></w:tc>"
    assert of_body(f"<w:tbl><w:tr>{stray}{stray}</w:tr></w:tbl>").text == "丙\t丙"


def test_a_table_of_one_column_or_with_a_table_inside_is_read_as_paragraphs() -> None:
    document = docx.Document()
    document.add_table(2, 1).cell(0, 0).text = "云江市简况"
    cell = document.add_table(1, 2).cell(0, 1)
    cell.text = PROSE
    inner = cell.add_table(2, 2)
    for r, row in enumerate((("指标", "2024年（亿元）"), ("出口", "35.2"))):
        for c, text in enumerate(row):
            inner.cell(r, c).text = text
    assert source(document).text == f"云江市简况\n\n{PROSE}\n\n指标\t2024年（亿元）\n出口\t35.2"


def test_several_paragraphs_of_a_cell_stand_in_one_line() -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "城镇居民\n可支配收入"
    table.cell(0, 0).add_paragraph("（元）")
    table.cell(0, 1).text = "48215"
    read = source(document)
    assert read.text == "城镇居民 可支配收入 （元）\t48215"
    assert read.paragraphs == (0, 11, 15)


def test_every_record_of_a_file_is_cut_out_of_its_text(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(PROSE)
    path = tmp_path / "a.docx"
    path.write_bytes(saved(document))
    found = read(path)
    assert [f.written for f in found.figures] == ["1203.5亿元", "5.8%"]
    for f in found.figures:
        assert found.text.origin(f).of(found.file.text) == f.written
    assert read(path, encoding="gb18030").file == found.file  # an encoding is that of texts


def parts_of(document: Any) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(saved(document))) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_part_that_holds_the_text_is_the_one_that_the_package_names() -> None:
    document = docx.Document()
    document.add_paragraph(PROSE)
    parts = parts_of(document)
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"word/document.xml", b"/word/document2.xml")
    assert extract(packed(parts), "a.docx").text == PROSE
    parts["word/document.xml"] = parts.pop("word/document2.xml")
    del parts["_rels/.rels"]
    assert extract(packed(parts), "a.docx").text == PROSE


def test_the_other_namespace_of_word_is_read_too() -> None:
    name = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    xml = f"<w:document xmlns:w='{name}'><w:body><w:p>{run(PROSE)}</w:p></w:body></w:document>"
    assert extract(packed({"word/document.xml": xml.encode()}), "a.docx").text == PROSE


def test_no_entity_and_no_other_file_comes_into_the_text(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    laughs = "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(9))
    xml = (
        f"<!DOCTYPE d [<!ENTITY s SYSTEM '{secret.as_uri()}'><!ENTITY a0 '笑'>{laughs}]>"
        f"<w:document {W}><w:body><w:p>{run('产值&s;&a9;5亿元')}{run('。')}</w:p></w:body></w:document>"
    )
    try:
        text = extract(packed({"word/document.xml": xml.encode()}), "a.docx").text
    except UnreadableError:
        return
    assert "机密" not in text
    assert "笑" not in text


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"xl/workbook.xml": b"<a/>"}, "is an Excel file; save the sheet as text or HTML"),
        ({"ppt/presentation.xml": b"<a/>"}, "is a PowerPoint file; save it as PDF"),
        ({"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<a/>"}, "is an e-book; save its text"),
        ({"content.xml": b"<a/>"}, "is an OpenDocument file; save it as DOCX"),
        ({"a.txt": b"1"}, "is a ZIP archive; unpack it and name the files in it"),
        ({"word/document.xml": b"<a"}, "is damaged; open it in Word and save it again"),
        ({"word/document.xml": b""}, "is damaged"),
        ({"word/document.xml": b"<a/>"}, "is damaged"),
        ({"word/document.xml": f"<w:document {W}><w:body/></w:document>".encode()}, "without text"),
    ],
)
def test_what_is_no_word_file_is_told_in_one_line_that_says_what_to_do(parts: dict[str, bytes], said: str) -> None:
    with pytest.raises(UnreadableError, match=said) as caught:
        files.of_bytes(packed(parts), "a.docx")
    assert str(caught.value).startswith("a.docx: ")
    assert "\n" not in str(caught.value)


def test_a_damaged_or_encrypted_file_is_told() -> None:
    whole = saved(docx.Document())
    for damaged in (whole[:40], whole[: len(whole) // 2], whole[:30] + b"\xff" * 400 + whole[430:]):
        with pytest.raises(UnreadableError, match=r"is (damaged|a ZIP|a Word file without)"):
            files.of_bytes(damaged, "a.docx")
    locked = bytearray(packed({"word/document.xml": b"<a/>"}))
    at = locked.index(b"PK\x01\x02")
    locked[6] |= 1
    locked[at + 8] |= 1
    with pytest.raises(UnreadableError, match="is protected by a password; save it without one"):
        files.of_bytes(bytes(locked), "a.docx")
    old = files.OLD_OFFICE + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(100)
    with pytest.raises(UnreadableError, match="is protected by a password; save it without one"):
        files.of_bytes(old, "a.docx")
    with pytest.raises(UnreadableError, match="an old Office file"):
        files.of_bytes(files.OLD_OFFICE + bytes(500), "a.doc")


def test_a_file_that_grows_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LARGEST", 2 << 20)
    with pytest.raises(UnreadableError, match="is larger than 2 MB when unpacked; split it"):
        extract(packed({"word/document.xml": bytes(3 << 20)}), "a.docx")
    monkeypatch.setattr(reader, "MOST_PARTS", 3)
    with pytest.raises(UnreadableError, match="more than 3 parts"):
        extract(packed({str(n): b"" for n in range(5)}), "a.docx")


def test_without_the_extra_one_line_says_how_to_get_it_and_the_others_are_read(
    zzcli: Zzcli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = docx.Document()
    document.add_paragraph(PROSE)
    (tmp_path / "a.docx").write_bytes(saved(document))
    (tmp_path / "b.txt").write_text(PROSE, encoding="utf-8")
    for name in [name for name in sys.modules if name.partition(".")[0] == "lxml"]:
        monkeypatch.setitem(sys.modules, name, None)
    for asked in (("search", "-l", "地区生产总值"), ("figures", "-f", "ndjson", "--workers", "1"), ("index",)):
        answer = zzcli(*asked, tmp_path)
        assert answer.code == 3
        assert answer.err == f"zzcli: {tmp_path / 'a.docx'}: is a Word file; to read it: pip install 'zzcli[docx]'\n"
        assert answer.out


def test_a_folder_of_all_formats_is_searched_indexed_and_asked(zzcli: Zzcli, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(PROSE)
    (tmp_path / "a.docx").write_bytes(saved(document))
    page = f"<!DOCTYPE html><html><head><meta charset=gbk></head><body><p>{PROSE}</p></body></html>"
    (tmp_path / "b.html").write_bytes(page.encode("gbk"))
    (tmp_path / "c.md").write_text(PROSE.replace("地区生产总值", "地区__生产总值__"), encoding="utf-8")
    (tmp_path / "d.txt").write_text(PROSE, encoding="utf-8")
    names = [str(tmp_path / name) for name in ("a.docx", "b.html", "c.md", "d.txt")]
    for indexed in (False, True):
        if indexed:
            assert zzcli("index", tmp_path).code == 0
        answer = zzcli("search", "-l", "地区生产总值", tmp_path)
        assert (answer.code, answer.out.split(), answer.err) == (0, names, "")
        assert zzcli("search", "DOCTYPE", tmp_path).code == 1
        assert zzcli("search", "地区生产总值", tmp_path).out.count("1203.5") == 4
    answer = zzcli("figures", "-f", "csv", tmp_path)
    assert answer.code == 0
    assert answer.out.count("1203.5亿元,") == 4
    answer = zzcli("figures", "-f", "csv", "--encoding", "utf-8", tmp_path / "a.docx", tmp_path / "d.txt")
    assert answer.out.count("1203.5亿元,") == 2


@pytest.mark.parametrize("name", ["work_report", "communique", "bulletin", "second_page"])
def test_a_document_says_as_a_word_file_and_as_a_page_what_it_says_as_a_text(name: str) -> None:
    text = (GOLD / f"{name}.txt").read_text(encoding="utf-8")
    title, *lines = [line.strip() for line in text.splitlines() if line.strip()]
    document = docx.Document()
    page = f"<html><body><ul><li><a href='/'>首页</a></ul><h1>{escape(title)}</h1><div>"
    document.add_paragraph(title)
    for in_rows, found in groupby(lines, lambda line: "\t" in line):
        rows = [line.split("\t") for line in found]
        if not in_rows:
            for (line,) in rows:
                document.add_paragraph(line)
                page += f"<p>　　{escape(line)}</p>"
            continue
        table = document.add_table(0, max(map(len, rows)))
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=False):
                cell.text = words
        page += "<table>" + "".join("<tr>" + "".join(f"<td>{escape(c)}" for c in row) for row in rows) + "</table>"

    def facts(document: Document) -> list[object]:
        return [
            (f.indicator, f.measure, f.value, f.unit, f.period and f.period.code, f.area, f.status)
            for f in document.figures
        ]

    told = facts(parse(text))
    assert len(told) > 50
    assert facts(of_source(source(document))) == told
    assert facts(of_source(html.extract(page + "</div></body></html>", "a.html", "utf-8"))) == told
