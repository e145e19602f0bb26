"""The kinds of ordinary households and how common each is.

Knows shares, sizes and income ranges that make a county look believable. The figures are
invented; the lines that incomes are drawn around are those of the sample ``lic.yaml``.
"""

from __future__ import annotations

from dataclasses import dataclass

RURAL_LINE_FEN = 720_000
URBAN_LINE_FEN = 960_000


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of household.

    ``ratio`` is the usual income per head as a share of the line, ``sizes`` how many of a
    hundred-odd households have 1, 2, ... members; the other shares are probabilities.
    """

    name: str
    weight: int
    sizes: tuple[int, ...]
    ratio: tuple[float, float]
    working: float
    disabled: float
    grave: float
    watched: float = 0.0
    lifted: float = 0.0
    urban: float = 0.0
    register: str | None = None


KINDS = (
    Kind("low_rural", 28, (20, 26, 23, 17, 9, 5), (0.35, 0.96), 0.05, 0.2, 0.05, 0.15, 0.45, 0, "low_rural"),
    Kind("low_urban", 7, (28, 30, 24, 12, 4, 2), (0.35, 0.96), 0.08, 0.16, 0.05, 0.0, 0.0, 1.0, "low_urban"),
    Kind("edge", 13, (5, 18, 28, 27, 15, 7), (1.03, 1.46), 0.25, 0.10, 0.06, 0.15, 0.40, 0.12, "edge"),
    Kind("rigid", 4, (3, 16, 28, 29, 16, 8), (1.55, 2.45), 0.35, 0.07, 1.0, 0.10, 0.30, 0.15, "rigid"),
    Kind("destitute", 8, (92, 8), (0.05, 0.70), 0.0, 0.22, 0.04, 0.02, 0.35, 0.08, "destitute"),
    Kind("watched", 15, (5, 15, 25, 28, 17, 10), (0.90, 2.20), 0.30, 0.08, 0.05, 1.0, 0.55),
    Kind("lifted", 10, (4, 14, 24, 30, 18, 10), (1.40, 3.00), 0.40, 0.05, 0.03, 0.0, 1.0),
    Kind("applied", 7, (10, 22, 26, 24, 12, 6), (0.40, 1.80), 0.20, 0.14, 0.10, 0.10, 0.35, 0.10),
    Kind("panel", 2, (10, 25, 30, 20, 10, 5), (1.00, 2.00), 0.20, 0.08, 0.10),
    Kind("left", 3, (12, 26, 28, 20, 10, 4), (1.20, 2.60), 0.40, 0.08, 0.03),
    Kind("outside", 3, (8, 22, 28, 26, 12, 4), (2.00, 5.00), 0.50, 0.03, 0.02),
)  # fmt: skip
