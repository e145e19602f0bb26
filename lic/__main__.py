"""``lic`` as a process of its own: the console script and ``python -m lic``."""

from __future__ import annotations

import gc
import sys

from lic.cli.main import main
from lic.sources.spare import spare_pandas

_SELDOM = 100_000  # objects made before cycles are looked for: a run makes many and few cycles


def start() -> int:
    """Run the command line of this process; returns its exit code."""
    spare_pandas()
    gc.set_threshold(_SELDOM)
    return main()


if __name__ == "__main__":
    sys.exit(start())
