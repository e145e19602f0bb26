"""``python -m lic``."""

from __future__ import annotations

import sys

from lic.cli.main import main

sys.exit(main())
