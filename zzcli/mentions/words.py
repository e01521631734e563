"""The words of a text, as jieba cuts them.

jieba and its dictionary are loaded on the first text that is cut. As it comes, jieba keeps its dictionary as a
marshal file in the shared temporary folder, where any other user may plant one, and tells about it on stderr. Here the
dictionary is read from jieba's own folder in this process; nothing else is read, written or said.
"""

from __future__ import annotations

import logging
import warnings
from functools import cache
from typing import Any


def cut(text: str) -> list[str]:
    """The words of ``text`` in order; together they are the text.

    >>> cut("发展轨道交通产业")
    ['发展', '轨道交通', '产业']
    """
    return list(_tokenizer().cut(text))


@cache
def _tokenizer() -> Any:
    with warnings.catch_warnings():
        # jieba's patterns hold invalid escapes and it asks for pkg_resources; neither concerns the reader.
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer
