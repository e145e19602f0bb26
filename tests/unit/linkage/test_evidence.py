"""Rows of other tables: number, name, months, verified values."""

from __future__ import annotations

from datetime import date

from lic.model.linked import Doubt
from tests.unit.linkage.county import DEEP, NOW, RURAL, URBAN, County, events, number, people, rows_of

A, B, C = (number(index) for index in range(1, 4))


def _base(county: County) -> County:
    return county.register(
        RURAL,
        [{"户编号": "1", "金融资产总额": 5}],
        [
            {"户编号": "1", "身份证号": A, "姓名": "甲", "工资性收入": 1},
            {"户编号": "1", "身份证号": B, "姓名": "乙", "工资性收入": 2},
            {"户编号": "1", "身份证号": None, "姓名": "甲", "工资性收入": 3},
        ],
    ).others(URBAN, DEEP)


def test_doubtful_rows(county: County) -> None:
    _base(county).add(
        "养老",
        [
            {"身份证号": A, "姓名": "甲 ", "发放年月": date(2026, 9, 1)},
            {"身份证号": B, "姓名": "丙", "发放年月": date(2026, 10, 1)},
            {"身份证号": None, "姓名": "甲", "发放年月": date(2026, 10, 1)},
            {"身份证号": B, "姓名": "乙", "发放年月": None},
            {"身份证号": C, "姓名": "甲"},
            {"身份证号": None, "姓名": None},
        ],
    )
    linked, _, counts = county.link()
    assert [(row["pid"], row["_row"], Doubt(row["doubt"]).name) for row in rows_of(linked, "养老")] == [
        (0, 2, "NONE"),
        (0, 4, "NUMBER"),
        (1, 3, "NAME"),
        (1, 5, "MISSING"),
        (2, 4, "NUMBER"),
    ]
    assert linked.tables["养老"].newest == {"发放年月": NOW}
    assert counts.linked[("养老", "2026-10/养老.xlsx", "Sheet1")] == 4
    assert [e["_row"] for e in events(linked, "姓名不符")] == [3]
    assert [e["pid"] for e in events(linked, "号码无效")] == [2]


def test_own_row_without_a_number_concerns_him_and_all_of_his_name(county: County) -> None:
    linked, _, _ = _base(county).link()
    found = [
        (row["pid"], row["工资性收入"], row["doubt"], row["救助类别"]) for row in rows_of(linked, "救助人员")
    ]
    assert found == [(0, 1, 0, "低保"), (0, 3, 2, "低保"), (1, 2, 0, "低保"), (2, 3, 2, "低保")]


def test_undelivered_and_empty_tables_differ(county: County) -> None:
    linked, _, _ = _base(county).add("养老", []).link()
    assert linked.tables["养老"].delivered
    assert not linked.tables["结算"].delivered


def test_month_comes_from_the_newest_delivery_that_has_it(county: County) -> None:
    day = [date(2026, month, 10) for month in (7, 8, 9, 10)]
    old = [{"身份证号": A, "日期": day[index], "金额": index} for index in range(2)]
    old.append({"身份证号": B, "日期": None, "金额": 9})
    _base(county).add("结算", old, period=NOW - 2)
    county.add("结算", [{"身份证号": C, "日期": day[1], "金额": 7}], period=NOW - 1)
    county.add(
        "结算",
        [{"身份证号": A, "日期": day[3], "金额": 8}, {"身份证号": A, "日期": day[1].replace(year=2025)}],
    )
    linked, _, counts = county.link()
    table = linked.tables["结算"]
    assert [(row["pid"], row["金额"], row["doubt"]) for row in rows_of(linked, "结算")] == [
        (0, 0, 0),
        (0, 8, 0),
        (0, None, 0),
        (1, 9, 3),
    ]
    assert table.months == {2025 * 12 + 7, 2026 * 12 + 6, 2026 * 12 + 7, 2026 * 12 + 9}
    assert len(table.present) == 3
    assert counts.linked[("结算", "2026-08/结算.xlsx", "Sheet1")] == 2


def test_month_table_only_in_older_folders_is_not_delivered(county: County) -> None:
    _base(county).add("结算", [{"身份证号": A, "日期": date(2026, 9, 1)}], period=NOW - 1)
    linked, _, _ = county.link()
    assert not linked.tables["结算"].delivered
    assert rows_of(linked, "结算") == []


def test_verified_values_replace_declared_ones(county: County) -> None:
    def row(item: str, value: str | None, day: int, **more: str) -> dict[str, object]:
        return {
            "事项": item,
            "核实值": value,
            "结论": "属实",
            "核实日期": date(2026, 10, day),
            "身份证号": A,
            **more,
        }

    _base(county).add(
        "核实",
        [
            row("工资性收入", "10", 1),
            row("工资性收入", "20", 2),
            row("工资性收入", None, 3),
            row("工资性收入", "99", 3, 结论="误报"),
            row("其他收入", "1", 4),
            row("其他收入", "2", 4),
            row("金融资产总额", "77", 5, 身份证号="", 户编号="1"),
            row("养老金", "1", 6),
            row("K022", "3", 7, 结论="误报"),
        ],
    )
    linked, findings, _ = county.link()
    first = linked.persons.to_pylist()[0]
    assert (first["工资性收入"], first["其他收入"]) == (2000, None)
    assert "其他收入" in first["_raw"]
    assert linked.households["金融资产总额"].to_pylist() == [7700]
    assert rows_of(linked, "救助人员")[0]["工资性收入"] == 2000
    assert linked.corrections == 3
    assert sorted(finding.code for finding in findings) == ["L002", "L003", "L005"]
    assert linked.false_alarms is not None
    assert [(r["item"], r["pid"]) for r in linked.false_alarms.to_pylist()] == [
        ("K022", 0),  # that of 工资性收入 has a verdict of the same day against it
    ]


def test_one_of_the_kinds_counts_only_where_the_sheet_has_all(county: County) -> None:
    columns = ["户编号", "身份证号", "姓名", "年收入", "工资性收入"]
    county.add("救助家庭", [{"户编号": "1"}], part=RURAL).others(URBAN, DEEP)
    county.add("救助人员", [{"户编号": "1", "身份证号": A, "姓名": "甲"}], part=RURAL, columns=columns)
    verified = {"结论": "属实", "核实日期": date(2026, 10, 1), "身份证号": A, "核实值": "5"}
    county.add("核实", [{"事项": "工资性收入", **verified}, {"事项": "与户主关系", **verified}])
    linked, _, _ = county.link()
    (person,) = linked.persons.to_pylist()
    assert (person["工资性收入"], person["与户主关系"], person["relation"]) == (None, "5", "5")
    assert "与户主关系" not in linked.person_present[person["sheet"]]
    assert people(linked) == [("1", A, "甲")]


def test_wrong_check_digit_is_used_and_reported(county: County) -> None:
    bad = A[:-1] + "5"
    county.register(RURAL, [{"户编号": "1"}], [{"户编号": "1", "身份证号": bad, "姓名": "甲"}]).others(
        URBAN, DEEP
    )
    linked, _, _ = county.add("养老", [{"身份证号": bad, "发放年月": date(2026, 10, 1)}]).link()
    assert [row["doubt"] for row in rows_of(linked, "养老")] == [0]
    assert [e["id_number"] for e in events(linked, "校验码不符")] == [bad]
