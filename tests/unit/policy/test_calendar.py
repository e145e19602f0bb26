"""日历 and 公示 as they are written wrongly, and what is then said."""

from __future__ import annotations

from pathlib import Path

import pytest

from lic.errors import ProblemLog
from lic.messages import remedy, say
from lic.policy.calendar import notice_rules
from tests.snapshots import Snapshot

DAYS = "2026-01-01 至 2026-01-03"
YEAR = "放假: [2026-01-01 至 2026-01-03], 上班: [2026-01-04], 工作日: 261, 依据: 某文号"
WRONG = {
    "whole": f"日历:\n  2026: {{{YEAR}}}\n公示: {{天数: 7, 年龄: 岁数, 成年: 18, 依据: 某文号}}\n",
    "not-a-year": f"日历:\n  二〇二六: {{{YEAR}}}\n",
    "wrong-total": f"日历:\n  2026: {{{YEAR.replace('261', '260')}}}\n",
    "other-year": f"日历:\n  2026: {{{YEAR.replace('[2026-01-04]', '[2026-01-04, 2025-12-28]')}}}\n",
    "both": f"日历:\n  2026: {{{YEAR.replace('[2026-01-04]', '[2026-01-03]')}}}\n",
    "backwards": f"日历:\n  2026: {{{YEAR.replace(DAYS, '2026-01-03 至 2026-01-01')}}}\n",
    "too-long": f"日历:\n  2026: {{{YEAR.replace('至 2026-01-03', '至 2026-11-03')}}}\n",
    "no-such-day": f"日历:\n  2026: {{{YEAR.replace('至 2026-01-03', '至 2026-02-30')}}}\n",
    "no-document": f"日历:\n  2026: {{{YEAR.replace(', 依据: 某文号', '')}}}\n",
    "half-a-day": "公示: {天数: 7.5, 年龄: 岁数, 成年: 0, 依据: 某文号}\n",
    "unknown-key": "公示: {天数: 7, 年龄: 岁数, 成年: 18, 依据: 某文号, 电话: 1}\n",
    "years-twice": f"日历:\n  2026: {{{YEAR}}}\n  2026: {{{YEAR}}}\n",
}


@pytest.mark.parametrize("name", sorted(WRONG))
def test_what_is_said(name: str, tmp_path: Path, snapshot: Snapshot) -> None:
    (tmp_path / "calendar.yaml").write_text(WRONG[name], encoding="utf-8")
    log = ProblemLog()
    rule, calendar = notice_rules(tmp_path, log)
    lines = [f"years {sorted(calendar.years)} notice {rule is not None}"]
    for item in sorted(set(log.problems)):
        params = dict(item.params)
        lines.append(f"{item.line}:{item.column} {item.code} {say(item.code, params)}")
        lines.append(f"    {remedy(item.code, params)}")
    snapshot.matches(f"calendar-{name}.txt", "\n".join(lines) + "\n")
