"""README shows what the commands print. ``python -m tests.test_readme`` renews it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

BESIDE = Path(sys.executable).parent  # where this environment's zzcli is
README = Path(__file__).parents[1] / "README.md"

SHOWN = re.compile(r"^```console\n\$ (?P<command>[^\n]*)\n(?P<output>.*?)^```$", re.MULTILINE | re.DOTALL)


def printed(match: re.Match[str]) -> str:
    """The block as the command prints it, 80 columns wide."""
    run = subprocess.run(
        match["command"],
        shell=True,  # some of them are pipes
        env={**os.environ, "PATH": f"{BESIDE}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "80"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return f"```console\n$ {match['command']}\n{run.stdout}```"


def test_the_outputs_in_readme_are_real() -> None:
    readme = README.read_text(encoding="utf-8")
    assert len(SHOWN.findall(readme)) >= 5
    for match in SHOWN.finditer(readme):
        assert match[0] == printed(match)


if __name__ == "__main__":
    README.write_text(SHOWN.sub(printed, README.read_text(encoding="utf-8")), encoding="utf-8")
