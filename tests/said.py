"""What zzcli says to people, gathered from its code: for the test of the catalogue."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import zzcli as package
from zzcli.facts import stating

ROOT = Path(package.__file__).parent

# How many of the first arguments of these are messages.
SAYING = {"say": 1, "english": 1, "counted": 3}


def literal() -> Iterator[tuple[str, str]]:
    """The messages that are written where they are said, each with its place."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING:
                for argument in node.args[: SAYING[node.func.id]]:
                    either = (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,)
                    for part in either:
                        if isinstance(part, ast.Constant) and isinstance(part.value, str):
                            yield part.value, f"{path.relative_to(ROOT)}:{part.lineno}"


def reasons() -> Iterator[str]:
    """Why a number became no figure."""
    for function in (stating.left_out, stating._left_out_amount):
        for node in ast.walk(ast.parse(inspect.getsource(function))):
            if isinstance(node, ast.Return) and isinstance(node.value, ast.Constant) and node.value.value:
                yield str(node.value.value)
