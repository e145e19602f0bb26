"""``python -m tests.rules.mutation [--every N] [--only WORD]``: does every small mistake break a case?

Prints the score by group and every survivor. ``--every N`` tries each N-th mutant.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from lic.policy.pack import Pack
from tests.rules.mutants import Mutant, equivalent, mutants, noticed, shipped


@cache
def _pack() -> tuple[Pack, list[Mutant]]:
    pack = shipped()
    return pack, list(mutants(pack))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def judge(index: int) -> tuple[int, str | None]:
    """One mutant by its number."""
    pack, all_mutants = _pack()
    return index, noticed(pack, all_mutants[index])


def main(arguments: list[str]) -> int:
    """Try the mutants and say which survive."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args(arguments)
    _, every = _pack()
    chosen = [i for i, m in enumerate(every) if asked.only in f"{m.group} {m.place} {m.change}"][
        :: asked.every
    ]
    tried, killed = Counter[str](), Counter[str]()
    different = [index for index in chosen if equivalent(every[index]) is None]
    with ProcessPoolExecutor(asked.workers) as pool:
        for index, by in pool.map(judge, different, chunksize=8):
            mutant = every[index]
            tried[mutant.group] += 1
            killed[mutant.group] += by is not None
            if by is None:
                _say(f"survives: {mutant.group} {mutant.place}: {mutant.change}")
    for index in chosen:
        reason = equivalent(every[index])
        if reason is not None:
            _say(f"the same: {every[index].place}: {every[index].change}: {reason}")
    for group, count in sorted(tried.items()):
        _say(f"{group}: {killed[group]}/{count}")
    _say(f"score: {sum(killed.values())}/{sum(tried.values())}")
    return 0 if killed == tried else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
