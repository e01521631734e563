"""The catalogue: what zzcli says, in Chinese. A test finds what is missing from it and what nothing says any more."""

from __future__ import annotations

ZH: dict[str, str] = {}
