"""``python -m zzcli`` and the ``zzcli`` command: Ctrl-C ends with 130, also while the program is still loading."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; the exit code."""
    try:
        from zzcli.cli import run

        return run()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
