"""The order of rows, columns and files changes nothing; the same inputs give the same bytes."""

import hashlib
import random
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from lic.workflows.classify import ClassifyOptions, classify_month
from tests.naive.county import random_county
from tests.naive.model import County, Sheet
from tests.naive.write import write_county

RULES = Path(__file__).parents[2] / "rules"


def shuffled(sheet: Sheet, seed: int) -> Sheet:
    """The same table with rows and columns in another order."""
    dice = random.Random(seed)
    columns = list(range(len(sheet.headings)))
    dice.shuffle(columns)
    rows = [[row[index] for index in columns] for row in sheet.rows]
    dice.shuffle(rows)
    return replace(sheet, headings=[sheet.headings[index] for index in columns], rows=rows)


def classified(county: County, folder: Path) -> Path:
    """The run folder of a county written to disk."""
    month = write_county(county, folder / "county", rules=RULES, seed=1)
    options = ClassifyOptions(as_of=county.as_of.isoformat(), out=folder / "run")
    return classify_month(month, options, progress=lambda _: None).run


@pytest.mark.parametrize("seed", [2001, 2002])
def test_the_order_of_rows_and_columns_changes_no_decision(seed: int, tmp_path: Path) -> None:
    county = random_county(seed, 60, dirt=0.03)
    folders = {
        period: [shuffled(sheet, seed + index) for index, sheet in enumerate(sheets)]
        for period, sheets in county.folders.items()
    }
    one = classified(county, tmp_path / "one")
    other = classified(replace(county, folders=folders), tmp_path / "other")
    for name in ("persons.parquet", "households.parquet"):
        assert pq.read_table(one / name).equals(pq.read_table(other / name)), name


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    county = random_county(2003, 40, dirt=0.05)
    month = write_county(county, tmp_path / "county", rules=RULES, seed=1)
    digests = []
    for name in ("one", "other"):
        options = ClassifyOptions(as_of=county.as_of.isoformat(), out=tmp_path / name, use_cache=False)
        run = classify_month(month, options, progress=lambda _: None).run
        digests.append(
            {
                path.relative_to(run).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted(run.rglob("*"))
                if path.is_file() and path.name != "run.log"
            }
        )
    assert digests[0] == digests[1]
    assert "manifest.json" in digests[0]
