"""One person, one household."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.linkage.county import DEEP, ROSTER, RURAL, URBAN, County, events, number, people, rows_of

A, B, C, D = (number(index) for index in range(1, 5))


def test_application_comes_before_register_and_larger_household_before_category(county: County) -> None:
    county.register(
        RURAL,
        [{"户编号": "1"}, {"户编号": "3"}],
        [{"户编号": "1", "身份证号": A}, {"户编号": "1", "身份证号": B}, {"户编号": "3", "身份证号": C}],
    )
    county.register(
        DEEP, [{"户编号": "2"}], [{"户编号": "2", "身份证号": A}, {"户编号": "4", "身份证号": C}]
    ).others(URBAN)
    county.add("申请家庭", [{"申请编号": "9"}]).add("申请人员", [{"申请编号": "9", "身份证号": B}])
    linked, _, _ = county.link()
    assert people(linked) == [("1", A, None), ("4", C, None), ("SQ-9", B, None)]
    assert [(e["household_no"], e["expected"], e["actual"]) for e in events(linked, "一人多户")] == [
        ("1", "1 (低保)", "2 (特困)"),
        ("4", "4 (特困)", "3 (低保)"),
        ("SQ-9", "SQ-9 (申请)", "1 (低保)"),
    ]


def test_later_lists_take_only_new_persons(county: County) -> None:
    county.register(RURAL, [{"户编号": "1"}], [{"户编号": "1", "身份证号": A, "姓名": "甲"}]).others(
        URBAN, DEEP
    )
    county.add(
        "监测",
        [
            {"户编号": "8", "身份证号": A, "姓名": "甲"},
            {"户编号": "8", "身份证号": B, "姓名": "乙"},
            {"户编号": "8", "身份证号": None, "姓名": "无号"},
            {"户编号": "6", "身份证号": None, "姓名": "独户"},
            {"户编号": "8", "身份证号": A, "姓名": "别名"},
        ],
    )
    linked, _, _ = county.link()
    assert people(linked) == [
        ("1", A, "甲"),
        ("JC-8", B, "乙"),
        ("JC-8", None, "别名"),
        ("JC-8", None, "无号"),
    ]
    assert linked.persons["number_usable"].to_pylist() == [True, True, False, False]
    assert linked.households["户籍类型"].to_pylist() == ["农村", "农村"]
    assert not events(linked, "一人多户")
    assert [(e["id_number"], e["expected"], e["actual"]) for e in events(linked, "姓名不符")] == [
        (A, "甲", "别名")
    ]
    doubts = [(row["姓名"], row["pid"], row["doubt"]) for row in rows_of(linked, "监测")]
    assert doubts == [("甲", 0, 0), ("别名", 0, 1), ("乙", 1, 0), ("别名", 2, 2), ("无号", 3, 2)]


def test_list_with_a_condition_and_lone_persons(county: County) -> None:
    county.others(RURAL, URBAN, DEEP)
    county.add(
        "困难",
        [
            {"身份证号": A, "姓名": "甲", "有效": True, "镇": "西镇"},
            {"身份证号": A, "姓名": "甲", "有效": True, "镇": "东镇"},
            {"身份证号": B, "姓名": "乙", "有效": False},
            {"户编号": "3", "身份证号": C, "姓名": "丙", "有效": True},
            {"户编号": "3", "身份证号": D, "姓名": "丁", "有效": True},
        ],
    )
    linked, _, _ = county.link()
    found = people(linked)
    assert [row[1] for row in found] == [C, D, A]
    assert found[0][0] == found[1][0] == "QT-3"
    assert found[2][0].startswith("QT-N-")
    assert linked.households["head_id"].to_pylist() == [None, A]
    assert linked.households["town"].to_pylist() == [None, None]  # two rows, two towns: unknown
    assert [row["身份证号"] for row in rows_of(linked, "困难")] == [C, D, A, A]


def test_order_of_rows_and_files_changes_nothing(county: County) -> None:
    persons = [
        {"户编号": str(index % 7), "身份证号": number(index % 11), "姓名": f"人{index}", "年收入": index}
        for index in range(40)
    ]
    houses = [{"户编号": str(index), "户主身份证号": number(index)} for index in range(7)]
    county.register(RURAL, houses, persons[:20]).register(URBAN, houses, persons[20:]).others(DEEP)
    other = County(county.folder / "other")
    other.folder.mkdir()
    other.others(DEEP).register(URBAN, houses[::-1], persons[:19:-1]).register(RURAL, houses, persons[19::-1])
    one, _, _ = county.link()
    two, _, _ = other.link()
    assert people(one) == people(two)
    assert one.persons["年收入"] == two.persons["年收入"]
    assert one.households.drop_columns(["_row", "sheet"]).equals(
        two.households.drop_columns(["_row", "sheet"])
    )


def test_who_stands_alone_beside_his_family_is_in_one_household(county: County) -> None:
    alone = [{"户编号": "1", "身份证号": A}]
    family = [{"户编号": "2", "身份证号": A}, {"户编号": "2", "身份证号": B}]
    county.register(DEEP, [{"户编号": "1"}], alone).register(RURAL, [{"户编号": "2"}], family).others(URBAN)
    entries = [replace(entry, lone_category="特困") for entry in ROSTER.entries]
    allowed, _, _ = county.link(roster=replace(ROSTER, entries=tuple(entries)))
    assert people(allowed) == [("2", A, None), ("2", B, None)]
    assert not events(allowed, "一人多户")
    refused, _, _ = county.link()
    assert len(events(refused, "一人多户")) == 1
