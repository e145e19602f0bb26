"""A run folder alone is enough to decide everybody again, exactly as recorded."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from lic.errors import RunFolderError
from lic.model.result import HOUSEHOLD_SCHEMA, PERSON_SCHEMA, with_leading
from lic.policy.evaluate import evaluate
from lic.runs.read import open_run, read_evidence
from lic.workflows.classify import ClassifyOptions, classify_month
from lic.workflows.load_rules import rules_of_run
from tests.unit.workflows.county import remove, silent


def decided(month: Path, out: Path) -> Path:
    return classify_month(month, ClassifyOptions(out=out), progress=silent).run


def replayed(folder: Path) -> None:
    run = open_run(folder)
    decided = evaluate(rules_of_run(run).pack, read_evidence(run), date.fromisoformat(run.manifest.as_of))
    order = [(name, "ascending") for name in ("household_no", "id_number", "name")]
    assert with_leading(decided.persons, PERSON_SCHEMA).sort_by(order).equals(run.result.persons)
    assert (
        with_leading(decided.households, HOUSEHOLD_SCHEMA)
        .sort_by("household_no")
        .equals(run.result.households)
    )


def test_a_run_decides_again_what_it_decided(month: Path, tmp_path: Path) -> None:
    run = decided(month, tmp_path / "run")
    shutil.rmtree(month)
    replayed(run)


def test_also_when_departments_did_not_report(month: Path, tmp_path: Path) -> None:
    remove(month, "医保结算*", "不动产*", "机动车*")
    replayed(decided(month, tmp_path / "run"))


@pytest.mark.parametrize("name", ["persons.parquet", "rules/lic.yaml", "认定名册.xlsx"])
def test_a_changed_or_missing_file_is_named(month: Path, tmp_path: Path, name: str) -> None:
    run = decided(month, tmp_path / "run")
    whole = (run / name).read_bytes()
    (run / name).write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(RunFolderError) as changed:
        open_run(run)
    assert (changed.value.code, changed.value.params["file"]) == ("W006", name)
    (run / name).unlink()
    with pytest.raises(RunFolderError) as missing:
        open_run(run)
    assert missing.value.code == "W006"


def test_what_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError) as caught:
        open_run(tmp_path)
    assert caught.value.code == "W005"
