"""What a supervisor or clerk reads when something about an audit sample is wrong."""

from __future__ import annotations

import re

from lic.messages import CATALOGUE, remedy, say
from lic.messages.audit import AUDIT
from tests.snapshots import Snapshot

SHOWN = {
    "period": "2026-10", "table": "台账", "value": "30", "previous": "2026-11", "count": "2",
    "parameter": "比例", "file": "抽查登记.jsonl", "number": "3", "reason": "没有权限",
    "folder": "runs/2026-10/抽查/01", "id": "身份证号", "places": "第 4 行", "key": "sample",
    "household": "SQ-202610000001", "column": "town", "expected": "甲镇", "actual": "乙镇",
    "mine": "2026-10", "bundle": "2026-09", "allowed": "一致、不应认定", "name": "结果登记",
    "other": "a.xlsx 结果登记 J5",
}  # fmt: skip
BLANK = re.compile(r"\{([^{}]+)\}")


def test_every_message_says_what_and_what_to_do(snapshot: Snapshot) -> None:
    lines = []
    for code, message in sorted(AUDIT.items()):
        assert CATALOGUE[code] is message
        blanks = BLANK.findall(message.text) + BLANK.findall(message.remedy)
        params = {name: SHOWN[name] for name in blanks}
        lines.append(f"{code} {message.title}\n  {say(code, params)}\n  {remedy(code, params)}\n")
    snapshot.matches("audit.txt", "".join(lines))
