"""Records as an Excel file, a sheet a table. This is the only importer of XlsxWriter (``zzcli[xlsx]``).

Numbers and dates are real ones, where Excel keeps them exactly: numbers of at most 15 significant digits, dates from
1900 on; others are text. All else is text, never a formula or a link; characters that steer or hide, some of which no
cell can hold, are signs that can be seen. Lists are written as in CSV. Rows are written as they come, so memory does
not grow with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO
from unicodedata import east_asian_width

from msgspec import Struct

from zzcli.errors import UsageError
from zzcli.language import say
from zzcli.views.formats import cell, number
from zzcli.views.records import DATES, Record
from zzcli.views.visible import visible

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.worksheet import Worksheet

CLIPPED = "…[clipped]"
"""The end of a text that is longer than a cell may be."""

_ROWS = 1_048_575  # records of a sheet, below its header
_LONGEST = 32_767  # characters of a cell, as UTF-16 counts them
_DIGITS = 15  # significant ones of a number
_FARTHEST = 20  # digits before or behind the point
_FIRST_YEAR = 1900
_MEASURED = 300  # rows by which a column is made wide
_NARROWEST, _WIDEST = 6, 60  # characters
_FILTER = 3  # characters that the arrow of the filter takes of a heading
_LONG = frozenset({"event", "quote", "reason"})  # what is folded


class Sheet(Struct, frozen=True):
    r"""A table: its name (at most 31 characters, none of ``[]:*?/\``), the keys of its columns, its records."""

    name: str
    keys: Sequence[str]
    records: Iterable[Record]


def write(file: BinaryIO, sheets: Iterable[Sheet]) -> int:
    """Write the sheets, in their order; of what is more than a sheet holds, the rest on ``NAME (2)`` and so on.

    Nothing is written before all records were taken.

    Returns:
        How many texts were longer than a cell may be, and end in `CLIPPED`.

    Raises:
        UsageError: XlsxWriter is not installed.
        OSError: it cannot be written.
    """
    try:
        from xlsxwriter import Workbook
        from xlsxwriter.exceptions import FileCreateError
    except ImportError:
        raise UsageError(say("--format xlsx needs XlsxWriter: pip install 'zzcli[xlsx]'")) from None
    with TemporaryDirectory(prefix="zzcli-") as folder:
        path = Path(folder) / "book"
        try:
            with Workbook(path, {"constant_memory": True, "tmpdir": folder, "use_zip64": True}) as book:
                hand = _Hand(book)
                for sheet in sheets:
                    hand.write(sheet)
        except FileCreateError as error:  # no room for it, say
            raise OSError(*error.args[0].args) from None
        with path.open("rb") as whole:
            copyfileobj(whole, file)
    return hand.clipped


class _Hand:
    """What writes sheets into a workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.clipped = 0
        self._book = book
        self._heading = book.add_format({"bold": True})
        self._text = book.add_format({"valign": "top"})
        self._folded = book.add_format({"valign": "top", "text_wrap": True})
        self._whole = book.add_format({"valign": "top", "num_format": "0"})
        self._day = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"})

    def write(self, sheet: Sheet) -> None:
        """Write a table, on as many sheets as it takes."""
        records = iter(sheet.records)
        name, count = sheet.name, 1
        while True:
            self._fill(self._book.add_worksheet(name), sheet.keys, islice(records, _ROWS))
            if (more := next(records, None)) is None:
                return
            records = chain([more], records)
            count += 1
            name = f"{sheet.name} ({count})"

    def _fill(self, page: Worksheet, keys: Sequence[str], records: Iterable[Record]) -> None:
        widths = [_width(key) + _FILTER for key in keys]
        last = 0
        for column, key in enumerate(keys):
            page.write_string(0, column, key, self._heading)
        for last, record in enumerate(records, 1):
            for column, key in enumerate(keys):
                shown = self._put(page, last, column, key, record[key])
                if last <= _MEASURED:
                    widths[column] = max(widths[column], _width(shown) + 1)
        for column, width in enumerate(widths):
            page.set_column(column, column, min(max(width, _NARROWEST), _WIDEST))
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, last, len(keys) - 1)

    def _put(self, page: Worksheet, row: int, column: int, key: str, value: Any) -> str:
        """Write a cell; how it shows."""
        if isinstance(value, int | float | Decimal) and _is_exact(value):
            page.write_number(row, column, float(value), self._whole if value == int(value) else self._text)
            return cell(value)
        if key in DATES and value and (day := date.fromisoformat(value)).year >= _FIRST_YEAR:
            page.write_datetime(row, column, day, self._day)
            return str(value)
        text = self._clipped(visible(number(value) if isinstance(value, Decimal) else cell(value, raw=True)))
        if text:
            page.write_string(row, column, text, self._folded if key in _LONG else self._text)
        return text

    def _clipped(self, text: str) -> str:
        if len(text) * 2 <= _LONGEST or len(units := text.encode("utf-16-le")) <= _LONGEST * 2:
            return text
        self.clipped += 1
        return units[: (_LONGEST - len(CLIPPED)) * 2].decode("utf-16-le", "ignore") + CLIPPED


def _is_exact(value: float | Decimal) -> bool:
    """Whether Excel keeps all digits of a number."""
    if isinstance(value, float):
        return True
    _, digits, exponent = Decimal(value).as_tuple()
    significant = len("".join(map(str, digits)).rstrip("0"))
    return significant <= _DIGITS and abs(len(digits) + int(exponent)) <= _FARTHEST


def _width(text: str) -> int:
    """How wide the widest line of a text is, in digits.

    >>> _width("株洲 2024")
    9
    """
    lines = text[: _WIDEST * 4].splitlines() or [""]
    return max(sum(2 if east_asian_width(character) in "WF" else 1 for character in line) for line in lines)
