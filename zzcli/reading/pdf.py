"""PDF files that hold text: columns in reading order, running heads and page numbers set aside.

This is the only importer of pypdfium2 (``zzcli[pdf]``).
"""

from __future__ import annotations

from zzcli.errors import UnreadableError
from zzcli.reading.source import Source


def extract(data: bytes, path: str) -> Source:
    """The text."""
    raise UnreadableError(f"{path}: cannot be read yet")
