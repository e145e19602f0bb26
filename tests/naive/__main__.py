"""`python -m tests.naive --seed N --households K --count C --keep DIR`: random counties, judged twice."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.naive.compare import Difference, compare_run
from tests.naive.county import random_county
from tests.naive.decide import decide
from tests.naive.write import write_county

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Prints every difference; 0 when there is none."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--households", type=int, default=60)
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--dirt", type=float, default=0.1, help="0 to 0.3")
    parser.add_argument("--keep", type=Path, help="leave the workspaces and runs here")
    parser.add_argument("--rules", type=Path, help="the rule pack, if not the one that ships with lic")
    parser.add_argument("--show", type=int, default=40, help="differences printed per county")
    options = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as temporary:
        base = options.keep if options.keep is not None else Path(temporary)
        for seed in range(options.seed, options.seed + options.count):
            folder = base / f"county-{seed}"
            found = try_county(
                seed=seed,
                households=options.households,
                dirt=options.dirt,
                folder=folder,
                rules=options.rules,
            )
            failed = failed or found is None or bool(found)
            report(seed, found, options.show)
    return 1 if failed else 0


def try_county(
    *, seed: int, households: int, dirt: float, folder: Path, rules: Path | None
) -> list[Difference] | None:
    """The differences of one county, or None when lic did not finish."""
    county = random_county(seed, households, dirt=dirt)
    month = write_county(county, folder, rules=rules.resolve() if rules is not None else None, seed=seed)
    run = folder.resolve() / "run"
    command = [
        sys.executable,
        "-m",
        "lic",
        "classify",
        str(month.resolve()),
        "--json",
        "-o",
        str(run),
        "--force",
    ]
    if county.as_of != county.last_day:
        command += ["--as-of", county.as_of.isoformat()]
    place = os.environ | {
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
    }  # a crash file stays in the folder
    done = subprocess.run(
        command, cwd=folder, env=place, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode != 0:
        sys.stdout.write(
            f"county {seed}: lic ended with {done.returncode}\n{done.stderr[-3000:]}\n{done.stdout[-1000:]}\n"
        )
        return None
    return compare_run(decide(county), run)


def report(seed: int, found: list[Difference] | None, limit: int) -> None:
    """One line for a county that agrees, else the differences and how many there are of each column."""
    if found is None:
        return
    if not found:
        sys.stdout.write(f"county {seed}: no difference\n")
        return
    columns = ", ".join(
        f"{column} {count}" for column, count in Counter(one.column for one in found).most_common()
    )
    sys.stdout.write(f"county {seed}: {len(found)} differences ({columns})\n")
    for one in found[:limit]:
        sys.stdout.write(f"  {one}\n")
    if len(found) > limit:
        sys.stdout.write(f"  and {len(found) - limit} more\n")


if __name__ == "__main__":
    sys.exit(main())
