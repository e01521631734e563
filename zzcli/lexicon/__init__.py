"""The words the readers know, as TOML tables beside this file, each loaded on first use.

A table explains its own entries at its top. Lists of words live here, never in the readers. Reading TOML takes ten
times as long as reading the same as JSON, so the JSON of a table is kept in the user's cache, for that very TOML.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec

from zzcli import cache as kept
from zzcli.errors import LexiconError
from zzcli.language import say


@cache
def table(name: str) -> dict[str, Any]:
    """The lexicon table ``name`` (``"units"`` reads ``units.toml``).

    Raises:
        LexiconError: there is no such table, or it is no TOML.
    """
    try:
        data = Path(__file__).with_name(f"{name}.toml").read_bytes()
    except FileNotFoundError:
        raise LexiconError(say("{name}.toml: no such table in the lexicon", name=name)) from None
    key = b"%d %d" % (len(data), crc32(data))
    known = kept.load(f"lexicon-{name}", key)
    if known is not None:
        with suppress(msgspec.DecodeError):
            return msgspec.json.decode(known, type=dict[str, Any])
    found = _toml(name, data)
    kept.keep(f"lexicon-{name}", key, msgspec.json.encode(found))
    return found


def _toml(name: str, data: bytes) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(data.decode())
    except ValueError as error:  # no TOML, or no UTF-8
        raise LexiconError(f"{name}.toml: {error}") from None
