"""lic and the naive implementation of POLICY decide every person and household alike.

Every county is written to disk as dirty workbooks, classified by the whole pipeline, and
compared household by household. ``python -m tests.naive`` tries more of them.
"""

from pathlib import Path

import pytest

from lic.workflows.classify import ClassifyOptions, classify_month
from tests.naive.compare import compare_run
from tests.naive.county import random_county
from tests.naive.decide import decide
from tests.naive.write import write_county

RULES = Path(__file__).parents[2] / "rules"
HOUSEHOLDS = 120


@pytest.mark.parametrize(
    ("seed", "dirt"), [(seed, (0.0, 0.03, 0.08)[seed % 3]) for seed in range(1001, 1019)]
)
def test_every_decision_agrees(seed: int, dirt: float, tmp_path: Path) -> None:
    county = random_county(seed, HOUSEHOLDS, dirt=dirt)
    month = write_county(county, tmp_path / "county", rules=RULES, seed=seed)
    options = ClassifyOptions(as_of=county.as_of.isoformat(), out=tmp_path / "run")
    done = classify_month(month, options, progress=lambda _: None)
    differences = compare_run(decide(county), done.run)
    assert [str(difference) for difference in differences[:20]] == []
