"""Word files: paragraphs and tables in their order. Read with lxml (``zzcli[docx]``).

A paragraph is a line, with a blank one before it; a row of a table is a line with a tab between its columns; what a
text box says follows the paragraph that it hangs on. The text is the one that a reader sees: with what was inserted and
without what was deleted where changes are tracked, without what is hidden, without notes, headers and footers, and
without the numbers that Word puts before headings and items, for they are not in the text.

Only the part that holds the text is taken out of the package, a piece at a time, so that no file of a few bytes can
grow beyond ``LARGEST``.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

from zzcli.errors import UnreadableError
from zzcli.language import say
from zzcli.patterns import compiled
from zzcli.reading.cells import DATA_ROWS, Cell, arranged
from zzcli.reading.lines import SENTENCE_MARK
from zzcli.reading.source import SMALL, Source, shown, small, unhidden

Element = Any
"""Of lxml, which carries no types."""

LARGEST = 200 * 1024 * 1024  # bytes that the text of a file may come to
MOST_PARTS = 10_000
TIGHTEST = 200  # times that a part of any size is larger than packed; the XML of a table that repeats itself is 120
_ALWAYS = 10 * 1024 * 1024  # bytes that a part may come to, however tightly it is packed
_LISTED = b"PK\x01\x02"  # how each entry in the list of parts begins

# What else is packed in a ZIP archive, by a part that only it has.
OTHERS = (
    ("xl/workbook.xml", "{name}: is an Excel file; save the sheet as text or HTML"),
    ("xl/workbook.bin", "{name}: is an Excel file; save the sheet as text or HTML"),
    ("ppt/presentation.xml", "{name}: is a PowerPoint file; save it as PDF"),
    ("META-INF/container.xml", "{name}: is an e-book; save its text as HTML"),
    ("content.xml", "{name}: is an OpenDocument file; save it as DOCX"),
    ("", "{name}: is a ZIP archive; unpack it and name the files in it"),
)
_RELATIONS = "_rels/.rels"
_DOCUMENT = "word/document.xml"
_SPACES = compiled(r"\s+")
_INDENTED = compiled(r"\n(?=[ \u3000]{2})")

_DROPPED = frozenset({"Fallback", "del", "moveFrom", "pPr", "rPr", "rt", "sectPr"})
_PLACES = {"superscript": "sup", "subscript": "sub"}
_SHOWN_AS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}


def extract(data: bytes, path: str) -> Source:
    """The text of a Word file.

    Raises:
        UnreadableError: it is another archive, damaged or encrypted, holds no text, or lxml is not installed.
    """
    xml = _document(data, path)
    try:
        from lxml import etree
    except ImportError:
        raise UnreadableError(
            say("{name}: is a Word file; to read it: pip install 'zzcli[docx]'", name=shown(path))
        ) from None
    try:
        # Entities stay what they are, and nothing is fetched.
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        body = next(_children(etree.fromstring(xml, parser), "body"))
    except (etree.XMLSyntaxError, ValueError, StopIteration):
        raise UnreadableError(say("{name}: is damaged; open it in Word and save it again", name=shown(path))) from None
    written = _Written()
    written.blocks(body)
    text, paragraphs = written.done()
    if not text:
        raise UnreadableError(
            say("{name}: is a Word file without text; of pictures zzcli reads nothing", name=shown(path))
        )
    return Source(path, text, None, "docx", paragraphs=paragraphs)


# ---------------------------------------------------------------------------------------------------------------------
# The package


def _document(data: bytes, path: str) -> bytes:
    """The part of the package that holds the text."""
    if data.count(_LISTED) > MOST_PARTS:  # what the package says of their number may be wrong
        raise UnreadableError(
            say(
                "{name}: is an archive of more than {most} parts; it is no Word file", name=shown(path), most=MOST_PARTS
            )
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            main = _main_part(package, names, path)
            if main is None:
                told = next(told for part, told in OTHERS if not part or part in names)
                raise UnreadableError(say(told, name=shown(path)))
            return _inflated(package, main, path)
    except UnreadableError:
        raise
    except (RuntimeError, NotImplementedError):  # a password, or a way of packing that nobody uses
        raise UnreadableError(
            say("{name}: is protected by a password; save it without one", name=shown(path))
        ) from None
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, IndexError):
        raise UnreadableError(say("{name}: is damaged; open it in Word and save it again", name=shown(path))) from None


def _main_part(package: zipfile.ZipFile, names: set[str], path: str) -> str | None:
    """Which part holds the text: as the package says, else where it usually is."""
    if _RELATIONS in names:
        for target in _TARGET.findall(_inflated(package, _RELATIONS, path).decode("utf-8", errors="replace")):
            name: str = posixpath.normpath(target.lstrip("/"))
            if name in names and name.startswith("word/"):
                return name
    return _DOCUMENT if _DOCUMENT in names else None


_TARGET = compiled(r"""<Relationship\b[^<>]{0,2000}?Target\s{0,9}=\s{0,9}["']([^"'<>]{1,400})["']""")


def _inflated(package: zipfile.ZipFile, name: str, path: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    packed = package.getinfo(name).compress_size
    with package.open(name) as part:
        while piece := part.read(1 << 20):
            size += len(piece)
            if size > LARGEST:
                raise UnreadableError(
                    say(
                        "{name}: is larger than {most} MB when unpacked; split it", name=shown(path), most=LARGEST >> 20
                    )
                )
            if size > max(TIGHTEST * packed, _ALWAYS):
                raise UnreadableError(
                    say(
                        "{name}: is more than {most} times as large when unpacked; open it in Word and save it again",
                        name=shown(path),
                        most=TIGHTEST,
                    )
                )
            parts.append(piece)
    return b"".join(parts)


# ---------------------------------------------------------------------------------------------------------------------
# The text


def _name(element: Element) -> str:
    """The name of an element without its namespace, of which Word has two; "" of what is none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _children(element: Element, *names: str) -> Iterator[Element]:
    return (child for child in element if _name(child) in names)


def _value(element: Element, *path: str) -> str | None:
    """The value at a path of names below an element: "" where it says none, None where there is no such element."""
    for name in path:
        element = next(_children(element, name), None)
        if element is None:
            return None
    return _attribute(element, "val")


def _attribute(element: Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


class _Written:
    """The text as far as it is written, and where its paragraphs begin."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0
        self._paragraphs: list[int] = []
        self._waiting = 0  # empty paragraphs, which begin where the next does

    def done(self) -> tuple[str, tuple[int, ...]]:
        return "".join(self._parts), (*self._paragraphs, *[self._size] * self._waiting)

    def blocks(self, parent: Element) -> None:
        """Write the paragraphs and tables in an element, in order."""
        for child in parent:
            name = _name(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name and name not in _DROPPED:  # what only surrounds them: a content control, an insertion
                self.blocks(child)

    def _paragraph(self, paragraph: Element) -> None:
        read = _Paragraph(paragraph)
        text = _INDENTED.sub("\n\n", read.text)
        self._block("\n".join(line.strip() for line in text.split("\n")).strip("\n"))
        for box in read.boxes:
            self.blocks(box)

    def _block(self, text: str) -> None:
        if text:
            self._write("\n\n" if self._parts else "")
            self._begin(self._size)
            self._write(text)
        else:
            self._waiting += 1

    def _begin(self, place: int) -> None:
        """Note that a paragraph begins there, and those that wait with it."""
        self._paragraphs += [place] * (self._waiting + 1)
        self._waiting = 0

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._size += len(text)

    def _table(self, table: Element) -> None:
        rows = [_Row(row) for row in _all(table, "tr")]
        several = [row for row in rows if len(row.cells) > 1]
        framing = len(several) < DATA_ROWS and any(cell.sentences > 1 for row in rows for cell in row.cells)
        if not several or framing or any(row.holds_table for row in rows):
            for row in rows:
                for cell in row.cells:
                    self.blocks(cell.element)
            return
        starts: dict[Cell, int] = {}
        before = "\n\n" if self._parts else ""
        for columns in arranged(_unmerged(rows)):
            for number, column in enumerate(columns):
                self._write("\t" if number else before)
                for each in column:
                    starts.setdefault(each, self._size)
                    self._write(each.text)
            before = "\n"
        last = 0
        for row in rows:
            for cell in row.cells:
                for place in cell.places:
                    if cell.shown in starts and place is not None:
                        last = max(last, starts[cell.shown] + place)  # in the header rows have become columns
                        self._begin(last)
                    else:
                        self._waiting += 1
        for row in rows:
            for cell in row.cells:
                for box in cell.boxes:
                    self.blocks(box)


class _Paragraph:
    """The text of a paragraph, with its tabs and line breaks, and the text boxes in it."""

    def __init__(self, paragraph: Element) -> None:
        self.boxes: list[Element] = []
        self._parts: list[str] = []
        self._read(paragraph)
        self.text = unhidden("".join(self._parts))

    def _read(self, parent: Element, place: str | None = None) -> None:
        for child in parent:
            name = _name(child)
            if name == "t":
                self._parts.append(small(place, child.text or "") if place else child.text or "")
            elif name in _SHOWN_AS:
                self._parts.append(_SHOWN_AS[name])
            elif name == "br":
                self._parts.append("" if _attribute(child, "type") in ("page", "column") else "\n")
            elif name == "txbxContent":
                self.boxes.append(child)
            elif name and name not in _DROPPED and not (name == "r" and _is_hidden(child)):
                here = name if name in SMALL else _PLACES.get(_value(child, "rPr", "vertAlign") or "")
                self._read(child, here or place)


def _is_hidden(run: Element) -> bool:
    value = _value(run, "rPr", "vanish")
    return value is not None and value not in ("0", "false", "off")


class _Cell:
    """A cell: its text in one line, and where in that each of its paragraphs begins (None: it is empty)."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.across = max(int(_digits(_value(element, "tcPr", "gridSpan"))), 1)
        merged = _value(element, "tcPr", "vMerge")
        self.goes_on = merged is not None and merged != "restart"
        self.begins = merged == "restart"
        self.places: list[int | None] = []
        self.boxes: list[Element] = []
        self.sentences = 0
        text = ""
        for paragraph in _all(element, "p"):
            read = _Paragraph(paragraph)
            self.boxes += read.boxes
            words = _SPACES.sub(" ", read.text).strip()
            text += " " if text and words else ""
            self.places.append(len(text) if words else None)
            text += words
            self.sentences += SENTENCE_MARK.search(words) is not None
        self.text = text
        self.shown = Cell("")  # what it is in the table as arranged


class _Row:
    def __init__(self, row: Element) -> None:
        self.cells = [_Cell(cell) for cell in _all(row, "tc")]
        self.before = int(_digits(_value(row, "trPr", "gridBefore")))
        self.holds_table = any(next(_all(cell.element, "tbl"), None) is not None for cell in self.cells)


def _digits(written: str | None) -> str:
    return written if written and written.isascii() and written.isdecimal() and len(written) < 5 else "0"


def _all(parent: Element, name: str) -> Iterator[Element]:
    """The elements of a name below another, through what only surrounds them."""
    for child in parent:
        found = _name(child)
        if found == name:
            yield child
        elif found and found not in _DROPPED and found not in ("p", "tbl", "tr", "tc"):
            yield from _all(child, name)


def _unmerged(rows: Sequence[_Row]) -> list[list[Cell]]:
    """The cells of each row; those that go on the one above them are part of it."""
    found: list[list[Cell]] = []
    above: dict[int, int] = {}  # by column: the number of the cell, among all, that a merged one there goes on
    every: list[_Cell] = []
    high: list[int] = []
    placed: list[list[int]] = []
    for row in rows:
        column = row.before
        here: dict[int, int] = {}
        placed.append([])
        for cell in row.cells:
            if cell.goes_on and column in above:
                here[column] = above[column]
                high[above[column]] += 1
            else:
                if cell.begins or cell.goes_on:
                    here[column] = len(every)
                placed[-1].append(len(every))
                every.append(cell)
                high.append(1)
            column += cell.across
        above = here
    for cell, down in zip(every, high, strict=True):
        cell.shown = Cell(cell.text, cell.across, down)
    for row, numbers in zip(rows, placed, strict=True):
        before = [Cell("", row.before)] if row.before else []
        found.append([*before, *(every[number].shown for number in numbers)])
    return found
