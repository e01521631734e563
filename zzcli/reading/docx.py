"""Word files: paragraphs and tables in their order. This is the only importer of python-docx (``zzcli[docx]``)."""

from __future__ import annotations

from zzcli.errors import UnreadableError
from zzcli.reading.source import Source


def extract(data: bytes, path: str) -> Source:
    """The text."""
    raise UnreadableError(f"{path}: cannot be read yet")
