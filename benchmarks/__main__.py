"""``python -m benchmarks county|loader|rules``: what lic costs against something on the same machine.

Knows how to time; refuses to judge. Every figure is the median of several runs.
"""

from __future__ import annotations

import argparse

from benchmarks import county, loader, rules


def main() -> None:
    """Run one benchmark and print its table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", choices=["county", "loader", "rules"])
    parser.add_argument("--persons", type=int, help="persons (county, loader 200000, rules 1000000)")
    parser.add_argument("--runs", type=int, default=3, help="counted runs of each measurement")
    arguments = parser.parse_args()
    match arguments.what:
        case "county":
            county.measure(persons=arguments.persons or 200_000, runs=arguments.runs)
        case "loader":
            loader.measure(persons=arguments.persons or 200_000, runs=arguments.runs)
        case "rules":
            rules.measure(persons=arguments.persons or 1_000_000, runs=arguments.runs)


if __name__ == "__main__":
    main()
