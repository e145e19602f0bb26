"""``lic init``: the workspace that is made loads, decides, and never overwrites anything."""
# ruff: noqa: RUF001 -- the file's own lines and document numbers

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lic.declare import read_document
from lic.errors import ProblemLog, RulesError, UsageError
from lic.workflows.classify import ClassifyOptions, classify_month
from lic.workflows.new_config import Given, Wishes
from lic.workflows.new_workspace import make_workspace, parse_given, slots
from lic.workflows.open_rules import open_rules
from tests.unit.workflows.county import silent

KNOWN = slots()


def given(text: str, reference: str = "文〔2026〕1号", since: str = "2026-07-01") -> Given:
    return parse_given(text, since=since, reference=reference, known=KNOWN)


def wishes(**more: object) -> Wishes:
    return Wishes("示例县", "2026-10", **more)  # type: ignore[arg-type]


def test_slots_name_every_local_parameter_with_its_keys() -> None:
    titles = [slot.title for slot in KNOWN]
    assert titles[:2] == ["低保标准.城镇", "低保标准.农村"]
    assert "货币财产月数.特困人员" in titles
    assert "货币财产月数.其他困难人员" not in titles
    assert all(slot.note for slot in KNOWN)


def test_it_loads_with_what_was_given_and_the_rest_unset(tmp_path: Path) -> None:
    values = (given("低保标准.城镇=9600"), given("低保标准.农村=7200"), given("过渡期截止=2026-12-31"))
    made = make_workspace(
        tmp_path / "县", wishes(towns=("甲镇", "乙: 镇"), absent=("城市低保",), given=values)
    )
    opened = open_rules(made.folder)
    assert opened.workspace is not None
    assert opened.workspace.towns == ("甲镇", "乙: 镇")
    assert opened.workspace.absent_registers == frozenset({"城市低保"})
    standard = opened.rules.pack.program.parameters["低保标准"].entries
    assert [(entry.since.isoformat(), len(entry.values), entry.reference) for entry in standard] == [
        ("2026-07-01", 2, "文〔2026〕1号")
    ]
    assert set(made.unset) == opened.rules.pack.unset(opened.day("2026-10-31"))
    assert made.month.is_dir()
    assert (made.folder / "lic.yaml").stat().st_mode & 0o777 == 0o600


def test_every_commented_line_becomes_a_value_when_it_is_filled_in(tmp_path: Path) -> None:
    made = make_workspace(tmp_path / "县", wishes())
    config = made.folder / "lic.yaml"
    sample = {"基础养老金豁免": "是", "特困不享受两项补贴": "是", "过渡期截止": "2026-12-31"}
    lines = []
    for line in config.read_text(encoding="utf-8").splitlines():
        name = line.strip("# ").split(":")[0]
        if line.startswith("  # ") and "{取值:" in line:
            filled = (
                line.replace("  # ", "  ", 1).replace("自: ", "自: 2026-01-01").replace("依据: ", "依据: 文")
            )
            for slot in (slot for slot in KNOWN if slot.name == name):
                key = f", {slot.key or '值'}: "
                filled = filled.replace(key, key + sample.get(name, "1"))
            lines.append(filled)
        else:
            lines.append(line)
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    opened = open_rules(made.folder)
    assert opened.rules.pack.unset(opened.day("2026-10-31")) == frozenset()


def test_everybody_is_undecided_and_the_parameters_are_named(county: Path, tmp_path: Path) -> None:
    made = make_workspace(tmp_path / "县", wishes())
    shutil.copytree(county, made.month, dirs_exist_ok=True)
    result = classify_month(made.month, ClassifyOptions(), progress=silent)
    groups = {item.group for item in result.manifest.counts if item.group in result.manifest.categories}
    assert groups <= {"其他困难人员"}
    # Parameters that only checks use are named where their check is listed.
    assert {item.name for item in result.manifest.parameters if item.value is None} <= set(made.unset)


def test_a_copied_pack_is_used(tmp_path: Path) -> None:
    made = make_workspace(tmp_path / "县", wishes(copy_rules=True))
    assert open_rules(made.folder).pack == (made.folder / "rules").resolve()
    assert "rules/" in made.written


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "县"
    (folder / "2026-10").mkdir(parents=True)
    (folder / "2026-10" / "表.xlsx").write_bytes(b"x")
    (folder / "使用说明.txt").write_text("mine", encoding="utf-8")
    made = make_workspace(folder, wishes())
    assert set(made.kept) == {"2026-10/", "使用说明.txt"}
    assert (folder / "使用说明.txt").read_text(encoding="utf-8") == "mine"
    before = (folder / "lic.yaml").read_bytes()
    with pytest.raises(UsageError) as again:
        make_workspace(folder, wishes())
    assert again.value.code == "W160"
    assert (folder / "lic.yaml").read_bytes() == before


def test_a_value_that_cannot_be_read_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(RulesError):
        make_workspace(tmp_path / "县", wishes(given=(given("住房套数上限=一套"),)))
    assert not (tmp_path / "县").exists()
    with pytest.raises(RulesError):
        make_workspace(tmp_path / "县", wishes(absent=("没有这一册",)))
    assert not (tmp_path / "县").exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("低保标淮.城镇=1", "W163"),
        ("qqq=1", "W162"),
        ("低保标准=9600", "W166"),
        ("低保标准.镇=9600", "W166"),
        ("低保标准", "W164"),
        ("住房套数上限=1@2026-02-30", "W103"),
    ],
)
def test_mistakes_are_named(text: str, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        given(text)
    assert caught.value.code == code


def test_a_value_needs_its_document(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        given("住房套数上限=1", reference="")
    assert caught.value.code == "W165"
    own = given("住房套数上限=1@2025-01-01#石民发〔2025〕2号", reference="")
    assert (own.since, own.reference) == ("2025-01-01", "石民发〔2025〕2号")


@pytest.mark.parametrize("name", ["示例县", "甲: 乙", "a # b", "[县", "null", "'县", "2026", "-县", "县\\"])
def test_any_name_is_read_back(name: str, tmp_path: Path) -> None:
    made = make_workspace(tmp_path / "县", Wishes(name, "2026-10", (name,)))
    document = read_document(made.folder / "lic.yaml", ProblemLog())
    assert document is not None
    assert document.text("县") == name
    assert document.texts("镇") == (name,)
