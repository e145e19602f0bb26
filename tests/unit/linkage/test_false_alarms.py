"""False alarms and what takes them back: the newest verdict on a finding holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.unit.linkage.county import DEEP, RURAL, URBAN, County
from tests.unit.linkage.test_evidence import A

ALARM, TRUE = "误报", "属实"
Said = tuple[str, int] | tuple[str, int, str | None]


def standing(county: County, *verdicts: Said) -> int:
    """How many alarms silence after these verdicts (word, day of October, key)."""
    county.add("救助家庭", [{"户编号": "1"}], part=RURAL).others(URBAN, DEEP)
    county.add("救助人员", [{"户编号": "1", "身份证号": A, "姓名": "甲"}], part=RURAL)
    before = date(2026, 9, 30)
    rows = [
        {
            "事项": "K022",
            "核实值": "3",
            "结论": verdict[0],
            "核实日期": before + timedelta(days=verdict[1]),
            "身份证号": A,
            "依据": verdict[2] if len(verdict) > 2 else None,
        }
        for verdict in verdicts
    ]
    county.add("核实", rows)
    linked, _, _ = county.link()
    assert linked.false_alarms is not None
    assert set(linked.false_alarms.column_names).isdisjoint({"reference", "refuted"})
    return int(linked.false_alarms.num_rows)


@pytest.mark.parametrize(
    ("verdicts", "count"),
    [
        ([(ALARM, 5)], 1),
        ([(ALARM, 5), (TRUE, 6)], 0),
        ([(TRUE, 6), (ALARM, 5)], 0),  # the order of the rows decides nothing
        ([(ALARM, 5), ("已处置", 6)], 0),
        ([(ALARM, 5), ("已更正", 6)], 0),
        ([(TRUE, 4), (ALARM, 5)], 1),
        ([(ALARM, 5), (TRUE, 5)], 0),  # two of one day: the finding is shown
        ([(ALARM, 5), (TRUE, 6), (ALARM, 7)], 1),
        ([(ALARM, 5), (ALARM, 7)], 2),
    ],
)
def test_the_latest_verdict_holds(county: County, verdicts: list[tuple[str, int]], count: int) -> None:
    assert standing(county, *verdicts) == count


def test_a_verdict_after_the_day_that_is_asked_about_is_not_known_yet(county: County) -> None:
    assert standing(county, (ALARM, 5), (TRUE, 32)) == 1


@pytest.mark.parametrize(
    ("alarm", "other", "count"),
    [
        ("2026-10 AAAA", "2026-10 BBBB", 1),  # two findings of one sheet
        ("2026-10 AAAA", "2026-10 AAAA", 0),
        ("2026-10 AAAA", "2026-11 BBBB", 0),  # a later sheet gives the same finding another key
        ("2026-10 AAAA", "入户核实记录", 0),
        ("2026-10 AAAA", None, 0),
    ],
)
def test_only_a_verdict_that_may_be_about_the_same_finding_takes_it_back(
    county: County, alarm: str, other: str | None, count: int
) -> None:
    assert standing(county, (ALARM, 5, alarm), (TRUE, 6, other)) == count
