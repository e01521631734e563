"""``python -m zzcli`` and the ``zzcli`` command: Ctrl-C ends with 130, also while the program is still loading.

Nearly all that a start makes lives until its end, so the collector of cycles would look through it in vain, several
times, and once more when Python ends; that is a seventh of an answer's time.
"""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run the command line; the exit code."""
    gc.disable()
    try:
        from zzcli.cli import run

        return run()
    except KeyboardInterrupt:
        return 130
    finally:
        gc.freeze()


if __name__ == "__main__":
    sys.exit(main())
