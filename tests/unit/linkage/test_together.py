"""Whom another table keeps in one household with a member."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lic.model.roster import Kin, Together
from tests.unit.linkage.county import DEEP, ROSTER, RURAL, URBAN, County, events, number

A, B, C, D = (number(index) for index in range(1, 5))
CHILD, GROWN = "610999201501010010", "610999199501010010"
SPEC = Together(
    "监测",
    "户编号",
    "与户主关系",
    kin={"户主": Kin(("配偶",), ("之子",)), "配偶": Kin(("户主",), ("之子",))},
    except_words={"镇": ("迁出",)},
    most=6,
)
ROSTER_WITH = replace(ROSTER, together_elsewhere=(SPEC,))


def told(county: County, kind: str) -> list[tuple[str, str | None]]:
    linked, _, _ = county.link(roster=ROSTER_WITH)
    return [(row["household_no"], row["actual"]) for row in events(linked, kind)]


def family(county: County, *others: Mapping[str, str]) -> County:
    """甲 and 乙 are registered; the other table has them and ``others`` under number 5."""
    county.register(
        RURAL,
        [{"户编号": "1", "户主身份证号": A}],
        [
            {"户编号": "1", "姓名": "甲", "身份证号": A, "与户主关系": "户主"},
            {"户编号": "1", "姓名": "乙", "身份证号": B, "与户主关系": "之母"},
        ],
    ).others(URBAN, DEEP)
    rows = [
        {"户编号": "5", "姓名": "甲", "身份证号": A, "与户主关系": "户主"},
        {"户编号": "5", "姓名": "乙", "身份证号": B, "与户主关系": "之母"},
        *({"户编号": "5", **other} for other in others),
    ]
    return county.add("监测", rows)


def test_a_spouse_and_a_child_under_age_are_near_kin_and_others_are_not(county: County) -> None:
    family(
        county,
        {"姓名": "丙", "身份证号": C, "与户主关系": "配偶"},
        {"姓名": "丁", "身份证号": CHILD, "与户主关系": "之子"},
        {"姓名": "戊", "身份证号": GROWN, "与户主关系": "之子"},
    )
    assert told(county, "至亲不在成员中") == [("1", "丙 (配偶), 丁 (之子)")]
    assert told(county, "同户不在成员中") == [("1", "戊 (之子)")]


def test_the_same_people_say_nothing(county: County) -> None:
    family(county)
    assert told(county, "至亲不在成员中") == told(county, "同户不在成员中") == []


def test_a_row_that_the_pack_leaves_out_is_nobody(county: County) -> None:
    family(county, {"姓名": "丙", "身份证号": C, "与户主关系": "配偶", "镇": "迁出"})
    assert told(county, "至亲不在成员中") == []


def test_a_number_shared_by_a_crowd_is_no_family(county: County) -> None:
    family(county, *({"姓名": f"丙{n}", "身份证号": number(n)} for n in range(10, 15)))
    assert told(county, "同户不在成员中") == []


def test_a_member_without_a_number_is_known_by_his_name(county: County) -> None:
    county.register(
        RURAL,
        [{"户编号": "1", "户主身份证号": A}],
        [{"户编号": "1", "姓名": "甲", "身份证号": A, "与户主关系": "户主"}, {"户编号": "1", "姓名": "丙"}],
    ).others(URBAN, DEEP)
    county.add(
        "监测",
        [
            {"户编号": "5", "姓名": "甲", "身份证号": A, "与户主关系": "户主"},
            {"户编号": "5", "姓名": "丙", "身份证号": C, "与户主关系": "配偶"},
        ],
    )
    assert told(county, "至亲不在成员中") == []


def test_who_stands_alone_on_a_register_is_still_of_his_family(county: County) -> None:
    county.register(
        RURAL,
        [{"户编号": "1", "户主身份证号": A}, {"户编号": "2", "户主身份证号": B}],
        [
            {"户编号": "1", "姓名": "甲", "身份证号": A, "与户主关系": "户主"},
            {"户编号": "1", "姓名": "丁", "身份证号": D, "与户主关系": "之子"},
            {"户编号": "2", "姓名": "丁", "身份证号": D, "与户主关系": "户主"},
            {"户编号": "2", "姓名": "乙", "身份证号": B, "与户主关系": "配偶"},
        ],
    ).others(URBAN, DEEP)
    county.add(
        "监测", [{"户编号": "5", "姓名": name, "身份证号": who} for name, who in (("甲", A), ("丁", D))]
    )
    assert told(county, "同户不在成员中") == []
