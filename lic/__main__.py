"""``lic`` as a process of its own: the console script and ``python -m lic``."""

from __future__ import annotations

import sys

from lic.cli.main import main
from lic.sources.spare import spare_pandas


def start() -> int:
    """Run the command line of this process; returns its exit code."""
    spare_pandas()
    return main()


if __name__ == "__main__":
    sys.exit(start())
