"""家庭核对报告, 会议表 and 公示 in a pack: every name in them must be one of the sources or of the result."""

from __future__ import annotations

from pathlib import Path

import pytest

from lic.errors import ProblemLog
from lic.policy.pack import load_pack
from tests.unit.policy.small import ENOUGH, HEAD, SCHEMAS

GOOD = """
家庭核对报告:
  授权: {表: 户表, 日期: 户号}
  申报户: [区]
  申报人: [收入]
  核对人: [收入]
  核对表: {人表: [收入]}
公示: {天数: 7, 年龄: 收入, 成年: 18, 依据: 文}
会议表: []
"""


def problems(tmp_path: Path, old: str, new: str) -> list[tuple[str, str | None]]:
    assert old in GOOD
    for name, text in (("a.yaml", HEAD + ENOUGH), ("b.yaml", GOOD.replace(old, new))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    log = ProblemLog()
    load_pack(tmp_path, schemas=SCHEMAS, local=None, log=log)
    return [(item.code, item.suggestion) for item in log.problems if "b.yaml" in item.file]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("申报户: [区]", "申报户: [区]", []),
        ("申报户: [区]", "申报户: [区区]", [("R012", "区")]),
        ("申报人: [收入]", "申报人: [收人]", [("R012", "收入")]),
        ("核对人: [收入]", "核对人: [总收入]", [("R012", "收入")]),
        ("{人表: [收入]}", "{人员表: [收入]}", [("R043", "人表")]),
        ("{人表: [收入]}", "{人表: [收入额]}", [("R012", "收入")]),
        ("{表: 户表, 日期: 户号}", "{表: 户表, 日期: 户号号}", [("R012", "户号")]),
        ("{表: 户表, 日期: 户号}", "{表: 户, 日期: 户号}", [("R043", "户表")]),
        ("年龄: 收入", "年龄: 收入数", [("R116", "收入")]),
        ("会议表: []", "会议表: [存款]", [("R012", None)]),
        ("  申报户", "  申报护", [("R004", "申报户")]),
    ],
)
def test_names_that_are_not_there(
    tmp_path: Path, old: str, new: str, expected: list[tuple[str, str | None]]
) -> None:
    assert problems(tmp_path, old, new) == expected
