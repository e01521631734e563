"""Text of a document, a file's name or a search term, made safe to show.

Whatever a stranger wrote reaches a terminal through ``visible`` only: characters that would steer the terminal or hide
from the reader become signs that can be seen. New lines and tabs stand as they are.
"""

from __future__ import annotations

import re

from zzcli.patterns import compiled
from zzcli.reading.source import FILLERS, UNSEEN

UNSAFE = compiled(
    rf"""
      [\x00-\x08\x0b-\x1f\x7f]            # C0 without tab and new line, DEL
    | [\x80-\x9f]                         # C1: a lone \x9b opens a control sequence
    | [{UNSEEN}]
    | [{FILLERS}]
    | [\u2028\u2029\ufff9-\ufffb]         # separators, annotations
    | [\ud800-\udfff]                     # halves of a pair
    """,
    re.VERBOSE,
)
_BREAKS = compiled(r"[\r\n\t]+")


def visible(text: str) -> str:
    r"""``text`` with every character that steers or hides shown by a sign.

    >>> visible("a\x1b[31mb\u202ec")
    'a␛[31mb‹U+202E›c'
    """
    return UNSAFE.sub(_sign, text)


def one_line(text: str) -> str:
    """``visible`` text whose new lines and tabs are spaces, for a message or a cell."""
    return visible(_BREAKS.sub(" ", text))


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: a Chinese character takes two.

    >>> cells("GDP增长")
    7
    """
    from unicodedata import east_asian_width

    return len(text) + sum(east_asian_width(char) in "WF" for char in text)


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)  # the picture of the control character
    return "␡" if code == 0x7F else f"‹U+{code:04X}›"
