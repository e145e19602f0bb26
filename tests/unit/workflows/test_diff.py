"""Two runs compared: who is who, what happened, what is refused, what is written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from lic.cli.main import main
from lic.diffing.apply import apply, mirrored
from lic.diffing.states import snapshot
from lic.errors import LicError, RunFolderError, UsageError
from lic.messages import remedy, say
from lic.model.adjustment import Adjustment, Kind, Whose
from lic.runs.canonical import file_sha256, write_table
from lic.runs.read import open_run
from lic.values.idnumber import check_digit
from lic.workflows.diff import compare_runs, diff_runs
from tests.snapshots import Snapshot
from tests.unit.workflows.county import PERIOD, silent
from tests.unit.workflows.forged import Row, forge

KINDS = {Kind.ENTER, Kind.RETURN}


@pytest.fixture(scope="module")
def runs(three_months: Path) -> tuple[Path, Path]:
    return three_months / "runs" / "2026-09" / "01", three_months / "runs" / PERIOD / "01"


@pytest.fixture(scope="module")
def run(runs: tuple[Path, Path]) -> Path:
    return runs[1]


def compared(old: Path, new: Path) -> Adjustment:
    return compare_runs(open_run(old), open_run(new), progress=silent)


def kinds(adjustment: Adjustment) -> Counter[tuple[str, str]]:
    return Counter((item.kind.value, item.whose.value) for item in adjustment.changes)


def one_recognised(run: Path) -> Row:
    """A family of at least three in which everybody is recognised as part of the household."""
    homes: list[Row] = open_run(run).result.households.to_pylist()
    for home in homes:
        members = people_of(run, home["household_no"])
        if len(members) >= 3 and all(item["basis"] == "户" and item["id_number"] for item in members):
            return home
    raise AssertionError


def people_of(run: Path, household_no: str) -> list[Row]:
    return [row for row in open_run(run).result.persons.to_pylist() if row["household_no"] == household_no]


def test_a_run_does_not_differ_from_itself(run: Path) -> None:
    adjustment = compared(run, run)
    assert (adjustment.changes, adjustment.unreconciled) == ((), ())
    assert not adjustment.differs


def test_two_months_apply_mirror_and_reconcile(runs: tuple[Path, Path]) -> None:
    old, new = (open_run(run) for run in runs)
    there, back = compared(*runs), compared(*reversed(runs))
    assert there.changes
    applied = apply(snapshot(old.result), there.changes)
    whole = snapshot(new.result)
    assert Counter(applied.persons) == Counter(whole.persons)
    assert Counter(applied.households) == Counter(whole.households)

    def bare(changes: Any) -> Counter[Any]:
        return Counter((Kind.ENTER if c.kind in KINDS else c.kind, c.whose, c.old, c.new) for c in changes)

    assert bare(mirrored(there.changes)) == bare(back.changes)
    assert there.unreconciled == back.unreconciled == ()


def test_a_corrected_digit_is_proposed(run: Path, tmp_path: Path) -> None:
    person = people_of(run, one_recognised(run)["household_no"])[1]
    first = person["id_number"][:16] + str((int(person["id_number"][16]) + 2) % 10)
    other = first + check_digit(first)

    def corrected(row: Row) -> Row:
        return {**row, "id_number": other} if row["id_number"] == person["id_number"] else row

    adjustment = compared(run, forge(run, tmp_path / "02", persons=corrected))
    (change,) = [item for item in adjustment.changes if item.whose is Whose.PERSON]
    assert (change.kind, change.proposed) == (Kind.NUMBER, True)
    assert person["id_number"] in change.text
    assert other in change.text


def test_another_birthday_is_another_person(run: Path, tmp_path: Path) -> None:
    person = people_of(run, one_recognised(run)["household_no"])[1]
    first = person["id_number"][:10] + "1231" + person["id_number"][14:17]

    def other(row: Row) -> Row:
        number = first + check_digit(first)
        return {**row, "id_number": number} if row["id_number"] == person["id_number"] else row

    adjustment = compared(run, forge(run, tmp_path / "02", persons=other))
    found = kinds(adjustment)
    assert (found["新增", "人"], found["退出", "人"], found["身份证更正", "人"]) == (1, 1, 0)
    assert found["成员增减", "户"] == 1


def test_a_filled_in_number_is_proposed(run: Path, tmp_path: Path) -> None:
    person = people_of(run, one_recognised(run)["household_no"])[1]

    def blank(row: Row) -> Row:
        return {**row, "id_number": None} if row["id_number"] == person["id_number"] else row

    adjustment = compared(forge(run, tmp_path / "00", persons=blank), run)
    assert kinds(adjustment) == {("身份证更正", "人"): 1}
    assert adjustment.changes[0].proposed


def test_a_split_and_a_merger_mirror_each_other(run: Path, tmp_path: Path) -> None:
    home = one_recognised(run)
    leaver = people_of(run, home["household_no"])[-1]

    def apart(row: Row) -> Row:
        if row["id_number"] != leaver["id_number"]:
            return row
        return {**row, "household_no": "99999"}

    def smaller(row: Row) -> Row:
        if row["household_no"] != home["household_no"]:
            return row
        return {**row, "members": row["members"] - 1, "counted_members": row["counted_members"] - 1}

    split = forge(run, tmp_path / "02", persons=apart, households=smaller)
    added = forge(split, tmp_path / "03")
    table = open_run(split).result.households
    row = {**home, "household_no": "99999", "head_id": leaver["id_number"], "head_name": leaver["name"],
           "members": 1, "counted_members": 1}  # fmt: skip
    _with_row(added, table, row)
    there, back = compared(run, added), compared(added, run)
    assert kinds(there) == {("分户", "户"): 2, ("分户", "人"): 1}
    assert kinds(back) == {("合户", "户"): 2, ("合户", "人"): 1}
    whole = [item for item in there.changes if item.whose is Whose.HOUSEHOLD]
    assert {item.related for item in whole} == {("99999",), (home["household_no"],)}
    assert there.unreconciled == back.unreconciled == ()


def _with_row(run: Path, table: Any, row: Row) -> None:
    path = run / "households.parquet"
    write_table(pa.Table.from_pylist([*table.to_pylist(), row], table.schema).sort_by("household_no"), path)
    account = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    account["outputs"]["households.parquet"] = file_sha256(path)
    (run / "manifest.json").write_text(json.dumps(account, ensure_ascii=False), encoding="utf-8")


def test_head_place_and_tags(run: Path, tmp_path: Path) -> None:
    home = one_recognised(run)
    members = people_of(run, home["household_no"])

    def moved(row: Row) -> Row:
        if row["household_no"] != home["household_no"]:
            return row
        relation = {members[0]["id_number"]: "配偶", members[1]["id_number"]: "户主"}
        return {**row, "village": "新村", "relation": relation.get(row["id_number"], row["relation"])}

    def headed(row: Row) -> Row:
        if row["household_no"] != home["household_no"]:
            return row
        other = next(item for item in members if item["id_number"] != row["head_id"])
        return {**row, "village": "新村", "head_id": other["id_number"], "head_name": other["name"],
                "tags": [*row["tags"], "新标识"]}  # fmt: skip

    found = kinds(compared(run, forge(run, tmp_path / "02", persons=moved, households=headed)))
    assert found["户主变更", "户"] == 1
    assert found["镇村变更", "户"] == 1
    assert found["镇村变更", "人"] == len(members)
    assert found["标识变更", "户"] == 1


def test_what_would_mislead_is_refused(run: Path, tmp_path: Path, snapshot: Snapshot) -> None:
    def strangers(row: Row) -> Row:
        number = row["id_number"]
        return {**row, "id_number": number and f"9{number[1:]}"}

    stranger = forge(run, tmp_path / "02", persons=strangers)
    elsewhere = forge(run, tmp_path / "03", persons=strangers, manifest={"county": "别的县"})
    renamed = forge(run, tmp_path / "04", manifest={"county": "改名县", "question": "1" * 64})
    other = forge(run, tmp_path / "05", manifest={"categories": ["甲", "乙"]})
    said = []
    for folder, code in ((stranger, "W450"), (elsewhere, "W451"), (other, "W452"), (tmp_path, "W005")):
        with pytest.raises(RunFolderError) as caught:
            diff_runs(run, folder, out=tmp_path / "out", progress=silent)
        assert (caught.value.code, caught.value.exit_code) == (code, 6)
        said.append(told(caught.value, {str(run): "OLD", str(folder): "NEW"}))
    assert not (tmp_path / "out").exists()
    snapshot.matches("diff_refused.txt", "".join(said))
    notes = diff_runs(run, renamed, out=tmp_path / "out", progress=silent).adjustment.notes
    assert any("改名县" in note for note in notes)


def test_a_ledger_that_does_not_come_out_is_written_and_told(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], snapshot: Snapshot
) -> None:
    home = one_recognised(run)
    twice = forge(run, tmp_path / "02")
    _with_row(twice, open_run(twice).result.households, home)
    assert main(["diff", str(run), str(twice), "-o", str(tmp_path / "out"), "-q"]) == 5
    shown = capsys.readouterr()
    assert shown.out == ""
    snapshot.matches("diff_ledger.txt", shown.err)
    whole = json.loads((tmp_path / "out" / "diff.json").read_text(encoding="utf-8"))
    wrong = [row for row in whole["ledger"] if row["difference"]]
    assert [(row["before"], row["after"]) for row in wrong] == [(wrong[0]["before"], wrong[0]["before"] + 1)]
    assert (tmp_path / "out" / "动态调整.xlsx").is_file()


def told(error: LicError, places: Mapping[str, str]) -> str:
    """The message and the advice, without the folders of this machine."""
    text = f"{error.code}  {say(error.code, error.params)}\n  {remedy(error.code, error.params)}\n"
    for place, name in places.items():
        text = text.replace(place, name)
    return text


def test_the_same_question_gives_the_same_bytes(runs: tuple[Path, Path], tmp_path: Path) -> None:
    one = diff_runs(*runs, out=tmp_path / "one", progress=silent)
    two = diff_runs(*runs, out=tmp_path / "two", progress=silent)
    assert one.files == two.files
    for name in one.files:
        assert (one.folder / name).read_bytes() == (two.folder / name).read_bytes(), name
        assert (one.folder / name).stat().st_mode & 0o077 == 0
    again = diff_runs(*runs, out=tmp_path / "one", progress=silent)
    assert again.files == one.files


def test_a_folder_with_other_files_is_left_alone(runs: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("x")
    with pytest.raises(UsageError) as caught:
        diff_runs(*runs, out=tmp_path, progress=silent)
    assert caught.value.code == "W109"


def test_the_default_folder_is_a_view_of_the_newer_run(runs: tuple[Path, Path]) -> None:
    result = diff_runs(*runs, out=None, progress=silent)
    assert result.folder == runs[1] / "报表" / "动态调整" / "2026-09-01"
    open_run(runs[1])  # still what its manifest says
