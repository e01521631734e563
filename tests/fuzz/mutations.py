"""Files with bits flipped, cut, put in, doubled and spliced: each decodes, or one line refuses it.

An example is plain data: the name of a file that is made here, and what is done to it, in order.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.fuzz import grounded
from tests.fuzz.nasty import strings
from zzcli.document import of_source
from zzcli.errors import UnreadableError
from zzcli.reading import files

TEXT = (
    "云江市2024年上半年经济运行情况",
    "2024年上半年，全市地区生产总值1203.5亿元，同比增长5.8%，居全省第三位。",
    "其中，工业增加值486.2亿元，增长6.1%；智能船舶产业集聚企业212家，产值约160亿元。",
    "截至6月底，全市经营主体达49.51万户。力争到2030年，培育企业七八十家。",
)
FILES = ("page.txt", "page.gb.txt", "page.docx", "page.html", "page.pdf", "page.md")

Edit = tuple[str, int, int]


@cache
def original(name: str) -> bytes:
    """The bytes of a file before anything is done to it."""
    if name in ("page.txt", "page.gb.txt"):
        page = (Path(__file__).parents[2] / "seeds" / "zhuzhou.txt").read_text(encoding="utf-8")[:1500]
        return page.encode("gb18030" if name == "page.gb.txt" else "utf-8")
    if name == "page.docx":
        import docx

        document, file = docx.Document(), io.BytesIO()
        for paragraph in TEXT:
            document.add_paragraph(paragraph)
        table = document.add_table(2, 2)
        for cell, text in zip(
            (cell for row in table.rows for cell in row.cells), ("产品", "产量（万吨）", "钢材", "120.5"), strict=True
        ):
            cell.text = text
        document.save(file)
        stored = io.BytesIO()  # unpacked, so that what is flipped is XML and not only its packing
        with zipfile.ZipFile(file) as packed, zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as loose:
            for part in ("[Content_Types].xml", "_rels/.rels", "word/document.xml"):
                loose.writestr(zipfile.ZipInfo(part), packed.read(part))
        return stored.getvalue()
    if name == "page.pdf":
        from tests.printed import Printed

        page = Printed(height=600)
        page.paragraphs(list(TEXT), 60, 550, 400)
        page.turn()
        return page.done()
    body = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT[1:])
    if name == "page.html":
        head = f"<head><meta charset='utf-8'><title>{TEXT[0]}</title></head>"
        return f"<!DOCTYPE html><html>{head}<body><article><h1>{TEXT[0]}</h1>{body}</article></body></html>".encode()
    return f"# {TEXT[0]}\n\n{TEXT[1]}\n\n- **{TEXT[2]}**\n\n| 产品 | 产量 |\n|---|---|\n| 钢材 | 12 |\n".encode()


def mutated(data: bytes, edits: list[Edit]) -> bytes:
    """The bytes after all that is done to them."""
    for what, at, much in edits:
        at = at % len(data) if data else 0
        if what == "flip" and data:
            data = data[:at] + bytes([data[at] ^ (1 << much % 8)]) + data[at + 1 :]
        elif what == "cut":
            data = data[:at] + data[at + 1 + much % 64 :]
        elif what == "end":
            data = data[:at]
        elif what == "put":
            data = data[:at] + bytes([much % 256]) * (1 + much % 5) + data[at:]
        elif what == "double":
            data = data[: at + much % 500] + data[at:]
        elif what == "splice":
            some = strings()
            data = data[:at] + some[much % len(some)].encode("utf-8", "surrogatepass") + data[at:]
    return data


@st.composite
def examples(draw: st.DrawFn, names: tuple[str, ...] = FILES) -> dict[str, Any]:
    """A file and what is done to it."""
    what = st.sampled_from(["flip", "flip", "flip", "cut", "end", "put", "double", "splice"])
    edit = st.tuples(what, st.integers(0, 20_000), st.integers(0, 2000))
    return {
        "file": draw(st.sampled_from(names)),
        "edits": [list(each) for each in draw(st.lists(edit, min_size=1, max_size=12))],
    }


def check(example: dict[str, Any]) -> None:
    """The file is read and all that is read lies in it, or one line refuses it."""
    data = mutated(original(example["file"]), example["edits"])
    try:
        source = files.of_bytes(data, example["file"])
    except UnreadableError as error:
        grounded.refused(str(error))
        return
    grounded.document(of_source(source))
