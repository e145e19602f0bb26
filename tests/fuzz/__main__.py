"""``python3 dev.py fuzz [--seconds N] [--seed S]``: the fuzz test for as long as you like.

Prints how many files were tried, what was said of them, and what does not hold; such a file is
kept under ``.lic/fuzz``. Exit code 1 when anything was found.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from itertools import islice
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings

from tests.fuzz.reading import Tally, damages, try_files
from tests.fuzz.tables import Sent, files
from tests.fuzz.test_fuzz import look_at

KEPT = Path(__file__).parents[2] / ".lic" / "fuzz"
BATCH = 100


def tables(number: int) -> Tally:
    """A batch of made tables."""
    tally = Tally()

    @seed(number)
    @settings(max_examples=BATCH, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(files())
    def one(sent: Sent) -> None:
        tally.files += 1
        last[:] = [sent]
        look_at(sent)

    last: list[Sent] = []
    try:
        one()
    except Exception as error:  # noqa: BLE001 - whatever it is, it was found
        tally.broken.append(
            (f"{type(error).__name__}: {error}"[:300], f"{number}-{last[0].name}", last[0].data)
        )
    return tally


def main() -> int:
    """Try until the time is over."""
    parser = argparse.ArgumentParser(prog="python3 dev.py fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()
    end = time.monotonic() + arguments.seconds
    made, harmed = Tally(), Tally()
    stream = damages(arguments.seed)
    number = arguments.seed
    print(f"seed {arguments.seed}")
    while time.monotonic() < end:
        harmed.add(try_files(list(islice(stream, BATCH)), workers=os.cpu_count() or 1))
        if time.monotonic() < end:
            made.add(tables(number))
            number += 1
    print(f"{made.files} tables, {harmed.files} damaged files")
    print(" ".join(f"{code}:{count}" for code, count in sorted(harmed.said.items())))
    kinds = Counter(text for text, _, _ in made.broken + harmed.broken)
    for text, count in kinds.most_common():
        print(f"{count} x {text}")
    for _, name, data in made.broken + harmed.broken:
        KEPT.mkdir(mode=0o700, parents=True, exist_ok=True)
        (KEPT / name).write_bytes(data)
        print(f"  {KEPT / name}")
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.exit(main())
