"""Records as a Parquet file with typed columns. This is the only importer of pyarrow (``zzcli[parquet]``).

Numbers with a point are float64: no decimal type of Parquet holds both 0.000001 and 万亿 of 元 in one column, and what
reads Parquet reckons with floats. A number of more than 15 significant digits is rounded, and null where no float is
near it (1 with 400 zeros is not infinite); ``written`` keeps what stood there, and the other formats all digits. Days
are date32, lists are lists, milestones a list of structs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from math import isfinite
from types import NoneType
from typing import TYPE_CHECKING, Any, BinaryIO, get_args, get_type_hints, is_typeddict

from zzcli.errors import UsageError
from zzcli.language import say
from zzcli.views.records import DATES, Record, types

if TYPE_CHECKING:
    import pyarrow

_GROUP = 10_000  # records that are written at a time


def write(file: BinaryIO, kind: str, keys: Sequence[str], records: Iterable[Record]) -> None:
    """Write the records of one kind with these of their keys, in groups of rows.

    Numbers may be ``Decimal`` or ``int``, as records have them or as JSON gives them back. Where there are no records
    the file has its columns.

    Raises:
        UsageError: pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow.parquet import ParquetWriter
    except ImportError:
        raise UsageError(say("--format parquet needs pyarrow: pip install 'zzcli[parquet]'")) from None
    hints = {key: date if key in DATES else hint for key, hint in types(kind).items() if key in keys}
    schema = pyarrow.schema([(key, _type(hints[key])) for key in keys])
    rows = iter(records)
    with ParquetWriter(file, schema) as writer:
        while group := list(islice(rows, _GROUP)):
            columns = [[_value(hints[key], record[key]) for record in group] for key in keys]
            arrays = [pyarrow.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
            writer.write_table(pyarrow.table(arrays, schema=schema))


def _type(hint: Any) -> pyarrow.DataType:
    """The type of a column whose values have a type of Python's."""
    import pyarrow

    hint, item = _parts(hint)
    if item is not None:
        return pyarrow.list_(_type(item))
    if is_typeddict(hint):
        return pyarrow.struct([(key, _type(value)) for key, value in get_type_hints(hint).items()])
    named = {
        str: pyarrow.string,
        bool: pyarrow.bool_,
        int: pyarrow.int64,
        float: pyarrow.float64,
        Decimal: pyarrow.float64,
    }
    return pyarrow.date32() if hint is date else named[hint]()


def _value(hint: Any, value: Any) -> Any:
    """A value of a record as pyarrow takes it."""
    hint, item = _parts(hint)
    if value is None:
        return None
    if item is not None:
        return [_value(item, each) for each in value]
    if isinstance(value, Mapping):
        return dict(value)
    if hint is date:
        return date.fromisoformat(value)
    if hint is str:
        return value.encode("utf-8", "backslashreplace").decode()  # a half of a pair is no text
    return hint(value) if hint in (int, bool) else _float(Decimal(value))


def _float(value: Decimal) -> float | None:
    """The nearest float, unless that is infinite or a zero that the number is not."""
    near = float(value)
    return near if isfinite(near) and (near or not value) else None


def _parts(hint: Any) -> tuple[Any, Any]:
    """What a type is without None, and of what it is a list, if it is one."""
    if NoneType in get_args(hint):
        hint = get_args(hint)[0]
    return hint, get_args(hint)[0] if get_args(hint) else None
