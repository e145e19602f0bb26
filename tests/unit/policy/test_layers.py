"""Higher rules over a pack: what they may replace, what stands on which day, what is said."""
# ruff: noqa: E501 -- YAML rows stay on one line

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from lic.declare import read_document
from lic.errors import ProblemLog
from lic.messages import remedy, say
from lic.policy.evaluate import evaluate
from lic.policy.layers import is_upper, read_layers
from lic.policy.overrides import overrides_on
from lic.policy.pack import Pack, load_pack
from tests.snapshots import Snapshot
from tests.unit.policy.small import AS_OF, ENOUGH, HEAD, SCHEMAS, linked

PACK = (
    HEAD
    + ENOUGH
    + """
条件:
  收入低: {层级: 个人, 式: 收入 < 标准, 说明: 低}
  又低又穷: {层级: 个人, 全部: [收入低, 在册标记], 说明: 都是}
核对:
  低而在册: {编号: K001, 层级: 个人, 方向: 信息不一致, 级别: 低, 当: 又低又穷, 说明: "收入 {收入}"}
"""
).replace("参数:", "参数:\n  上限: {单位: 个, 本地: 是, 用途: 监测}")
WHO = "规则层: {名: 省办法, 位阶: 省}\n"


def layered(
    folder: Path, *uppers: str, local: str | None = None, pack: str = PACK
) -> tuple[Pack | None, ProblemLog]:
    """The small pack under higher rules, each a folder of one file."""
    rules = folder / "rules"
    rules.mkdir(exist_ok=True)
    (rules / "pack.yaml").write_text(pack, encoding="utf-8")
    folders = []
    for number, text in enumerate(uppers):
        upper = folder / f"上级{number}"
        upper.mkdir(exist_ok=True)
        (upper / "rules.yaml").write_text(text, encoding="utf-8")
        folders.append(upper)
    log = ProblemLog()
    given = None
    if local is not None:
        (folder / "lic.yaml").write_text(local, encoding="utf-8")
        given = read_document(folder / "lic.yaml", log)
    layers = read_layers(folders, log)
    return load_pack(rules, schemas=SCHEMAS, local=given, log=log, layers=layers), log


def good(folder: Path, *uppers: str, local: str | None = None) -> Pack:
    pack, log = layered(folder, *uppers, local=local)
    assert pack is not None, log.problems
    return pack


def value(pack: Pack, name: str, day: date) -> object:
    return pack.resolved(day)[name].values.get("")


def test_a_pack_alone_has_no_overrides(tmp_path: Path) -> None:
    assert overrides_on(good(tmp_path), AS_OF) == ()


def test_a_dated_value_stands_from_its_day_on(tmp_path: Path) -> None:
    upper = WHO + "参数:\n  标准: {取值: [{自: 2026-06-01, 值: 1500, 依据: 省文}]}\n"
    pack = good(tmp_path, upper)
    days = (date(2026, 5, 31), date(2026, 6, 1), date(2027, 1, 1))
    assert [value(pack, "标准", day) for day in days] == [1000, 1500, 1500]
    assert overrides_on(pack, days[0]) == ()
    (found,) = overrides_on(pack, days[2])
    assert (found.kind, found.name, found.old, found.text) == ("参数", "标准", "2000", "1500")
    assert (found.layer, found.replaced, found.since, found.reference) == (
        "省办法（省）", "规则包（县）", "2026-06-01", "省文",
    )  # fmt: skip


def test_rank_decides_not_the_order_of_folders(tmp_path: Path) -> None:
    province = WHO + "参数:\n  标准: {取值: [{自: 2026-01-01, 值: 1500, 依据: 省文}]}\n"
    state = (
        "规则层: {名: 部令, 位阶: 国家}\n参数:\n  标准: {取值: [{自: 2026-08-01, 值: 1600, 依据: 部文}]}\n"
    )
    for uppers in ((province, state), (state, province)):
        pack = good(tmp_path, *uppers)
        shown = [value(pack, "标准", date(2026, month, 1)) for month in (7, 8, 12)]
        assert shown == [1500, 1600, 1600]


def test_a_local_history_before_the_higher_value_is_kept(tmp_path: Path) -> None:
    upper = WHO + "参数:\n  上限: {取值: [{自: 2026-06-01, 值: 2, 依据: 省文}]}\n"
    local = "上限: {取值: [{自: 2025-01-01, 值: 1, 依据: 县文}]}\n"
    pack = good(tmp_path, upper, local=local)
    assert [value(pack, "上限", date(2026, month, 1)) for month in (5, 6)] == [1, 2]
    (found,) = overrides_on(pack, date(2026, 6, 1))
    assert (found.old, found.text, found.replaced) == ("1", "2", "本地")


def test_a_condition_changes_what_is_decided(tmp_path: Path) -> None:
    upper = WHO + "认定:\n  人认定: {依据: 省文, 行: [{类别: 甲类, 当: 收入 <= 标准}]}\n"
    people = [[{"收入": 100_000, "标记": False}]]
    for pack, expected in ((good(tmp_path), None), (good(tmp_path, upper), "甲类")):
        persons = evaluate(pack, linked(pack, people), AS_OF).persons
        assert persons.column("category").to_pylist() == [expected]
    (found,) = overrides_on(good(tmp_path, upper), AS_OF)
    assert (found.what, found.old, found.text) == ("行 甲类 当", "收入 < 标准", "收入 <= 标准")


def test_one_way_of_saying_a_condition_replaces_the_other(tmp_path: Path) -> None:
    pack = good(tmp_path, WHO + "条件:\n  又低又穷: {式: 收入低, 依据: 省文 二}\n")
    declared = pack.program.declarations.facts["又低又穷"]
    assert (declared.reference, declared.place.source.layer) == ("省文 二", "省办法（省）")
    (found,) = overrides_on(pack, AS_OF)
    assert (found.old, found.text) == ("全部: [收入低, 在册标记]", "收入低")


def test_what_is_new_must_say_so(tmp_path: Path) -> None:
    upper = WHO + (
        "核对:\n  新核对: {新增: 是, 编号: K002, 层级: 个人, 方向: 信息不一致, 级别: 低, 当: 收入低 且 收入 > 下限, 说明: 低, 依据: 省文}\n"
        "参数:\n  下限: {新增: 是, 单位: 元/年, 取值: [{自: 2020-01-01, 值: 1, 依据: 省文}]}\n"
    )
    pack = good(tmp_path, upper)
    assert [check.code for check in pack.checks] == ["K001", "K002"]
    assert value(pack, "下限", AS_OF) == Fraction(1)
    assert {(item.name, item.old, item.replaced) for item in overrides_on(pack, AS_OF)} == {
        ("新核对", "", ""),
        ("下限", "", ""),
    }


def test_a_case_of_the_same_name_takes_the_place_of_the_packs(tmp_path: Path) -> None:
    case = "测试:\n  - {名: 一, 日期: 2026-10-31, 得: 乙类}\n"
    pack, _ = layered(tmp_path, WHO + case.replace("乙类", "甲类"), pack=PACK + case)
    assert pack is not None
    assert [case.text("得") for case in pack.program.declarations.cases] == ["甲类"]


BROKEN = {
    "R120": (WHO + "条件:\n  收入低: {式: 收入 <= 标准}\n",),
    "R121": (WHO + "条件:\n  收入底: {式: 收入 <= 标准, 依据: 省文}\n",),
    "R122": ("条件:\n  收入低: {式: 收入 <= 标准, 依据: 省文}\n",),
    "R123": ("规则层: {名: 县规定, 位阶: 县}\n条件:\n  收入低: {式: 收入 <= 标准, 依据: 县文}\n",),
    "R124": ("规则层: {名: 市规定, 位阶: 市}\n条件:\n  收入低: {式: 收入 <= 标准, 依据: 市文}\n",),
    "R125": (WHO + "参数:\n  上限: {取值: [{自: 2026-06-01, 值: 2, 依据: 省文}]}\n",),
    "R126": (WHO + "类别: [甲类]\n",),
    "R127": (WHO + "认定:\n  人认定: {依据: 省文, 行: [{类别: 甲类, 据: 户, 当: 收入低}]}\n",),
    "R128": (WHO + "条件:\n  收入低: {新增: 是, 层级: 个人, 式: 收入 <= 标准, 依据: 省文}\n",),
}


@pytest.mark.parametrize("code", sorted(BROKEN))
def test_the_message(code: str, tmp_path: Path, snapshot: Snapshot) -> None:
    pack = PACK if code != "R124" else "规则层: {名: 省规则包, 位阶: 省}\n" + PACK
    local = "上限: {取值: [{自: 2026-06-01, 值: 1, 依据: 县文}]}\n" if code == "R125" else None
    _, log = layered(tmp_path, *BROKEN[code], local=local, pack=pack)
    text = ""
    for item in sorted(set(log.problems)):
        params = dict(item.params)
        hint = f" — 是不是“{item.suggestion}”？" if item.suggestion else ""
        text += f"{item.file}:{item.line}:{item.column} {item.code} {say(item.code, params)}{hint}\n  {remedy(item.code, params)}\n"
    assert code in text
    snapshot.matches(f"layers_{code}.txt", text)


def test_two_layers_of_one_rank_about_one_thing_are_refused(tmp_path: Path) -> None:
    one = WHO + "参数:\n  标准: {取值: [{自: 2026-01-01, 值: 1500, 依据: 省文}]}\n"
    loaded, log = layered(tmp_path, one, one.replace("省办法", "省细则"))
    assert loaded is None
    (item,) = log.problems
    assert (item.code, item.file, item.line) == ("R123", "上级1/rules.yaml", 3)


def test_every_dated_value_needs_grounds(tmp_path: Path) -> None:
    both = "{自: 2026-01-01, 值: 1500, 依据: 省文}, {自: 2026-02-01, 值: 1600}"
    _, log = layered(tmp_path, WHO + f"参数:\n  标准: {{取值: [{both}]}}\n")
    assert [(item.code, item.line) for item in log.problems] == [("R120", 3)]
    pack = good(tmp_path, WHO + f"参数:\n  标准: {{依据: 省文 总, 取值: [{both}]}}\n")
    entry = pack.resolved(AS_OF)["标准"].entry
    assert entry is not None
    assert entry.reference == "省文 总"


def test_rules_that_have_decided_are_not_judged_by_what_is_asked_of_new_ones(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    twice = "  低而在册二: {编号: K001, 层级: 个人, 方向: 信息不一致, 级别: 低, 当: 收入低, 说明: 低}\n"
    (rules / "pack.yaml").write_text(PACK + twice, encoding="utf-8")
    for strict in (True, False):
        log = ProblemLog()
        pack = load_pack(rules, schemas=SCHEMAS, local=None, log=log, strict=strict)
        assert (pack is None) is strict
        assert {item.code for item in log.problems} == ({"R201"} if strict else set())


def test_a_folder_of_higher_rules_is_known_by_its_layer(tmp_path: Path) -> None:
    good(tmp_path, WHO + "条件:\n  收入低: {式: 收入 <= 标准, 依据: 省文}\n")
    assert is_upper(tmp_path / "上级0")
    assert not is_upper(tmp_path / "rules")
