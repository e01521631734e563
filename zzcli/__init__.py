"""zzcli: ask a Chinese public document for its numbers, dates and industries.

    >>> import zzcli
    >>> [quantity.value for quantity in zzcli.find_quantities("企业425家")]
    [Decimal('425')]

``parse(text, published=None)`` and ``read(path)`` give a ``Document`` with ``figures``, ``timeline``, ``industries``
and ``doubts``; ``find_quantities`` and ``find_periods`` read plain strings. Each name is loaded when it is first
asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zzcli.document import Document, parse, read
    from zzcli.mentions.periods import find_periods
    from zzcli.mentions.quantities import find_quantities

__version__ = "0.1.0"
__all__ = ["Document", "__version__", "find_periods", "find_quantities", "parse", "read"]

_HOMES = {
    "Document": "zzcli.document",
    "parse": "zzcli.document",
    "read": "zzcli.document",
    "find_periods": "zzcli.mentions.periods",
    "find_quantities": "zzcli.mentions.quantities",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
