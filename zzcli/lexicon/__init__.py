"""The words the readers know, as TOML tables beside this file, each loaded on first use and kept.

A table explains its own entries at its top. Lists of words live here, never in the readers.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from zzcli.errors import LexiconError


@cache
def table(name: str) -> dict[str, Any]:
    """The lexicon table ``name`` (``"units"`` reads ``units.toml``).

    Raises:
        LexiconError: there is no such table, or it is no TOML.
    """
    file = resources.files(__name__) / f"{name}.toml"
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LexiconError(f"{name}.toml: no such table in the lexicon") from None
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{name}.toml: {error}") from None
