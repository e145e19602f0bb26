"""Household keys, numbers, parts and rows that disagree."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.unit.linkage.county import DEEP, ROSTER, RURAL, URBAN, County, events, number, people

A, B, C, D = (number(index) for index in range(1, 5))


def test_number_is_as_exported_and_applications_have_a_prefix(county: County) -> None:
    county.register(
        RURAL, [{"户编号": "0001", "户主身份证号": A}], [{"户编号": "0001", "姓名": "甲", "身份证号": A}]
    )
    county.others(URBAN, DEEP)
    county.add("申请家庭", [{"申请编号": "9", "户主身份证号": B}]).add(
        "申请人员", [{"申请编号": "9", "身份证号": B, "姓名": "乙"}]
    )
    linked, findings, counts = county.link()
    assert people(linked) == [("0001", A, "甲"), ("SQ-9", B, "乙")]
    assert linked.households["part"].to_pylist() == [RURAL, None]
    assert linked.households["roster"].to_pylist() == ["在册", "申请"]
    assert findings == ()
    assert (counts.persons, counts.households, counts.linked_rows) == (2, 2, 4)


def test_household_without_number_is_found_by_its_head(county: County) -> None:
    county.register(
        RURAL,
        [{"户编号": "7", "户主身份证号": A}, {"户主身份证号": B}, {"户编号": C, "户主身份证号": C}],
        [
            {"户主身份证号": A, "身份证号": A, "姓名": "甲", "与户主关系": "户主"},
            {"户编号": "7", "身份证号": D, "姓名": "丁"},
            {"身份证号": B, "姓名": "乙"},
            {"户编号": C, "户主身份证号": C, "身份证号": C, "姓名": "丙"},
        ],
    ).others(URBAN, DEEP)
    linked, _, _ = county.link()
    found = people(linked)
    assert found[:2] == [("7", A, "甲"), ("7", D, "丁")]
    assert {number_ for number_, *_ in found[2:]} == set(linked.households["household_no"].to_pylist()[1:])
    assert all(text.startswith("N-") and len(text) == 9 for text, *_ in found[2:])
    assert not events(linked, "有人员无家庭")
    again = County(county.folder / "next")
    again.folder.mkdir()
    again.register(RURAL, [{"户主身份证号": B}], [{"身份证号": B, "姓名": "乙"}]).others(URBAN, DEEP)
    stable, _, _ = again.link()
    assert people(stable)[0] in found


def test_number_of_two_registers_stays_with_the_earlier_category(county: County) -> None:
    county.register(RURAL, [{"户编号": "5"}], [{"户编号": "5", "身份证号": A, "姓名": "甲"}])
    county.register(DEEP, [{"户编号": "5"}], [{"户编号": "5", "身份证号": B, "姓名": "乙"}]).others(URBAN)
    linked, _, _ = county.link()
    assert people(linked) == [("5", B, "乙"), (f"5-{RURAL}", A, "甲")]


def test_register_with_one_file_missing_is_not_judged_but_its_persons_are_known(county: County) -> None:
    county.register(RURAL, [{"户编号": "1"}], [{"户编号": "1", "身份证号": A, "姓名": "甲"}])
    county.add("救助人员", [{"户编号": "2", "身份证号": B, "姓名": "乙"}], part=DEEP)
    county.add(
        "监测", [{"户编号": "3", "身份证号": B, "姓名": "乙"}, {"户编号": "3", "身份证号": C, "姓名": "丙"}]
    )
    linked, _, _ = county.link(unkept=frozenset({URBAN}))
    assert people(linked) == [("1", A, "甲"), ("JC-3", C, "丙")]
    assert linked.parts_missing == {DEEP}
    assert linked.tables["救助人员"].delivered


def test_part_of_a_person_comes_from_his_household(county: County) -> None:
    county.add("救助家庭", [{"户编号": "1", "_part": RURAL}, {"户编号": "2", "_part": DEEP}])
    county.add(
        "救助人员",
        [{"户编号": "1", "身份证号": A}, {"户编号": "2", "身份证号": B}, {"户编号": "9", "身份证号": C}],
    )
    linked, findings, _ = county.link(unkept=frozenset({URBAN}))
    assert [row[0] for row in people(linked)] == ["1", "2"]
    assert linked.households["part"].to_pylist() == [RURAL, DEEP]
    assert [finding.code for finding in findings] == ["L006"]


def test_application_with_one_file_missing_is_not_delivered(county: County) -> None:
    county.add("申请人员", [{"申请编号": "1", "身份证号": A}]).others(*(RURAL, URBAN, DEEP))
    linked, _, _ = county.link()
    assert people(linked) == []
    assert not linked.tables["申请人员"].delivered
    assert not linked.tables["申请家庭"].delivered


def test_identical_rows_count_once_and_refused_texts_differ(county: County) -> None:
    row = {"户编号": "1", "身份证号": A, "姓名": "甲"}
    raw = [{"_raw": json.dumps({"月待遇": text})} for text in ("一", "二")]
    county.register(RURAL, [{"户编号": "1"}], [row, row]).others(URBAN, DEEP)
    county.add("养老", [{"身份证号": A, **raw[0]}, {"身份证号": A, **raw[1]}, {"身份证号": A, "月待遇": 1}])
    linked, findings, counts = county.link()
    assert len(people(linked)) == 1
    assert [(f.code, f.place.row, f.last_row, f.count) for f in findings] == [("L001", 3, 3, 1)]
    assert len(linked.tables["养老"].rows) == 3
    assert counts.linked[("救助人员", "2026-10/救助人员农村低保.xlsx", "Sheet1")] == 1


def test_rows_that_disagree_are_unknown_where_they_differ(county: County) -> None:
    county.register(
        RURAL,
        [
            {"户编号": "1", "户主身份证号": A, "金融资产总额": 1},
            {"户编号": "1", "户主身份证号": A, "金融资产总额": 2},
        ],
        [
            {"户编号": "1", "身份证号": A, "姓名": "乙", "年收入": 100, "其他收入": 7},
            {"户编号": "1", "身份证号": A, "姓名": "丙", "年收入": 200, "其他收入": 7},
        ],
    ).others(URBAN, DEEP)
    linked, _, _ = county.link()
    (person,) = linked.persons.to_pylist()
    (household,) = linked.households.to_pylist()
    assert (person["name"], person["年收入"], person["其他收入"]) == ("丙", None, 7)
    assert json.loads(person["_raw"]) == {"年收入": "100 / 200"}
    assert household["金融资产总额"] is None
    assert json.loads(household["_raw"]) == {"金融资产总额": "1 / 2"}
    assert [(e["source"], e["_row"], e["actual"]) for e in events(linked, "同号不同值")] == [
        ("救助人员", 3, "姓名, 年收入"),
        ("救助家庭", 3, "金融资产总额"),
    ]


def test_missing_rows_on_either_side(county: County) -> None:
    county.register(
        RURAL, [{"户编号": "1", "家庭人口": 2}], [{"户编号": "2", "身份证号": A, "姓名": "甲"}]
    ).others(URBAN, DEEP)
    linked, _, _ = county.link()
    assert people(linked) == [("2", A, "甲")]
    assert [e["household_no"] for e in events(linked, "有家庭无人员")] == ["1"]
    assert [e["household_no"] for e in events(linked, "有人员无家庭")] == ["2"]
    (household,) = linked.households.to_pylist()
    assert (household["sheet"], household["金融资产总额"], household["救助类别"]) == (None, None, "低保")


def test_heads_spouses_and_size(county: County) -> None:
    county.register(
        RURAL,
        [
            {"户编号": "1", "户主身份证号": A, "家庭人口": 3, "镇": "东镇"},
            {"户编号": "2", "户主身份证号": D, "家庭人口": 1},
        ],
        [
            {"户编号": "1", "身份证号": A, "姓名": "甲", "与户主关系": "户主"},
            {"户编号": "1", "身份证号": B, "姓名": "乙", "与户主关系": "户主"},
            {"户编号": "2", "身份证号": C, "姓名": "丙", "与户主关系": "配偶", "户主身份证号": D},
        ],
    ).others(URBAN, DEEP)
    linked, _, _ = county.link()
    assert [(e["household_no"], e["actual"]) for e in events(linked, "户主不止一个")] == [("1", "2")]
    assert [(e["household_no"], e["expected"]) for e in events(linked, "户主不在成员中")] == [("2", D)]
    assert [(e["expected"], e["actual"]) for e in events(linked, "人口不符")] == [("3", "2")]
    assert linked.persons["town"].to_pylist() == ["东镇", "东镇", None]
    assert linked.households["head_name"].to_pylist() == ["甲", "丙"]


def test_households_that_share_a_bank_account_name_each_other(county: County) -> None:
    roster = replace(ROSTER, account_column="账号")
    houses = [
        {"户编号": "1", "账号": "6000"},
        {"户编号": "2", "账号": "6000"},
        {"户编号": "3", "账号": "7000"},
        {"户编号": "4"},
    ]
    persons = [{"户编号": str(n), "身份证号": number(n), "姓名": "甲乙丙丁"[n - 1]} for n in range(1, 5)]
    county.register(RURAL, houses, persons).others(URBAN, DEEP)
    linked, _, _ = county.link(roster=roster)
    found = [(row["household_no"], row["expected"], row["actual"]) for row in events(linked, "账户重复")]
    assert found == [("1", "2", "2"), ("2", "1", "2")]
