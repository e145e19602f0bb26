"""A notice can say five things of a family and nothing else, whatever the run holds."""

from __future__ import annotations

import re
import zipfile
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lic.model.calendar import NoticePeriod, NoticeRule
from lic.model.result import FINDING_SCHEMA, HOUSEHOLD_SCHEMA, INPUT_SCHEMA, PERSON_SCHEMA, Result
from lic.model.workspace import NoticeOffice
from lic.reports.notice import Notice, NoticeAsked, NoticeRow, notices
from lic.reports.notice_book import write_notice
from lic.reports.notice_names import Head, public_names, public_place
from lic.reports.notice_page import notice_page
from tests.snapshots import Snapshot, workbook_text
from tests.unit.reports.made import made_manifest

RULE = NoticeRule(days=7, adult=18, age_column="岁数", reference="某文号")
DAY = date(2026, 11, 2)
PERIOD = NoticePeriod(DAY, date(2026, 11, 9), date(2026, 11, 9), None)
# What a notice may take from the tables: everything else gets a word that must not come out.
ALLOWED = {"household_no", "head_name", "town", "village", "members", "category", "status", "action"}
FACTS = ("收入", "病种", "残疾", "账号", "电话")


def asked(**values: Any) -> NoticeAsked:
    standard = NoticeAsked(RULE, PERIOD, lambda _town: NoticeOffice("0915-0000", "某局"))
    return replace(standard, **values)


def made(rows: list[dict[str, Any]]) -> Result:
    """Families of one person each; ``rows`` say what differs."""
    persons, households = [], []
    for index, row in enumerate(rows):
        number = row.get("household_no", f"H{index:03d}")
        shared = {"household_no": number, "town": "东镇", "village": "一村", "category": "甲类",
                  "status": "认定", "action": "新增"}  # fmt: skip
        person = shared | {"id_number": row.get("head_id"), "name": row.get("head_name"), "岁数": 40}
        household = shared | {"head_name": None, "head_id": None, "members": 1}
        persons.append(person | {k: v for k, v in row.items() if k in person or k.startswith("secret")})
        households.append(household | {k: v for k, v in row.items() if k in household})
    facts = [pa.field("岁数", pa.int64())]
    return Result(
        pa.Table.from_pylist(persons, pa.schema([*PERSON_SCHEMA, *facts])),
        pa.Table.from_pylist(households, HOUSEHOLD_SCHEMA),
        pa.Table.from_pylist([], FINDING_SCHEMA),
        pa.Table.from_pylist([], INPUT_SCHEMA),
    )


def one(result: Result, town: str = "东镇", **values: Any) -> Notice:
    return next(item for item in notices(made_manifest(), result, asked(**values)) if item.town == town)


def shown(notice: Notice) -> list[tuple[str, str, int, int, str]]:
    return [
        (row.head, row.place, row.members, row.covered, row.category)
        for item in notice.lists
        for row in item.rows
    ]


def everything(notice: Notice, folder: Path) -> str:
    """All text of both files: every member of the workbook's archive, and the page."""
    folder.mkdir(exist_ok=True)
    path = folder / "公示.xlsx"
    write_notice(notice, path, folder)
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode("utf-8") for name in archive.namelist()]
    return "".join([*parts, notice_page(notice)])


def test_the_columns_are_closed() -> None:
    assert [item.name for item in fields(NoticeRow)] == ["head", "place", "members", "covered", "category"]


def _sentinels(schema: pa.Schema, mark: str) -> dict[str, Any]:
    """A value for every column that is not allowed, each bearing ``mark``."""
    found: dict[str, Any] = {}
    for index, column in enumerate(schema):
        if column.name in ALLOWED:
            continue
        word = f"{mark}{index:03d}"
        if pa.types.is_list(column.type):
            found[column.name] = [f"秘{word}", f"密{word}"]
        elif pa.types.is_string(column.type):
            found[column.name] = f"秘{word}"
        elif pa.types.is_decimal(column.type):
            found[column.name] = Decimal(f"{word}.77")
        elif pa.types.is_boolean(column.type):
            found[column.name] = True
        else:
            found[column.name] = int(mark)
    return found


def _planted(schema: pa.Schema, mark: str, row: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist([_sentinels(schema, mark) | row], schema)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    mark=st.integers(7_200_000, 7_299_999).map(str),
    everybody=st.booleans(),
    age=st.one_of(st.none(), st.integers(0, 120)),
    category=st.sampled_from(["甲类", "乙类"]),
    action=st.sampled_from(["新增", "转类", "维持"]),
    status=st.sampled_from(["认定", "待核实", "不符合"]),
)
def test_no_forbidden_field_gets_in(
    tmp_path: Path, mark: str, everybody: bool, age: int | None, category: str, action: str, status: str
) -> None:
    """Every other column of both tables, facts of the pack included, holds a word of its own."""
    facts = [pa.field(name, pa.string()) for name in FACTS] + [pa.field("年入", pa.decimal128(18, 2))]
    shared = {
        "household_no": "户秘密一号", "town": "东镇", "village": "一村",
        "category": category, "status": status, "action": action,
    }  # fmt: skip
    persons = pa.schema([*PERSON_SCHEMA, pa.field("岁数", pa.int64()), *facts])
    households = pa.schema([*HOUSEHOLD_SCHEMA, *facts])
    result = Result(
        _planted(persons, mark, shared | {"岁数": age, "name": f"秘{mark}人"}),
        _planted(households, mark, shared | {"head_name": "闫三丰", "members": 3}),
        _planted(FINDING_SCHEMA, mark, {"data_date": DAY}),
        _planted(INPUT_SCHEMA, mark, {"data_date": DAY}),
    )
    notice = one(result, everybody=everybody)
    text = everything(notice, tmp_path / "out")
    assert mark not in text
    assert "秘" not in text
    expected = status == "认定" and (everybody or action != "维持")
    assert bool(notice.lists) is expected
    assert ("闫" in text) is expected
    assert ("闫三丰" in text) is (expected and age is not None and age >= RULE.adult)


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"head_name": "张三", "head_id": "610999199001010024"}, "张三"),
        ({"head_name": "张三", "head_id": "610999199001010024", "岁数": 17}, "张某"),
        ({"head_name": "张三", "head_id": "610999199001010024", "岁数": 18}, "张三"),
        ({"head_name": "张三", "岁数": 40}, "张三"),  # no number, but the run knows his age
        ({"head_name": "张三", "岁数": None}, "张某"),
        ({"head_name": "张三", "head_id": "610999201201010024", "岁数": None}, "张某"),
        ({"head_name": "张三", "head_id": "610999199001010024", "岁数": None}, "张三"),
        ({"head_name": None, "岁数": 40}, "（姓名缺）"),
        ({"head_name": "张三（肝癌）", "岁数": 40}, "张三"),
        ({"head_name": "张三(精神二级)(低保)", "岁数": 40}, "张三"),
        ({"head_name": "张三（肝", "岁数": 40}, "张三"),
        ({"head_name": "张三610999199001010024", "岁数": 40}, "张三"),
        ({"head_name": "阿依古丽·买买提", "岁数": 40}, "阿依古丽·买买提"),
        ({"head_name": "张　三 ", "岁数": 40}, "张三"),
        ({"head_name": "John  Smith", "岁数": 40}, "John Smith"),
        ({"head_name": "=1+1", "岁数": 40}, "=1+1"),
        ({"head_name": "𬱖㛃", "岁数": 40}, "𬱖㛃"),
        ({"head_name": "长" * 40, "岁数": 40}, "长" * 40),
    ],
)
def test_how_a_head_is_named(row: dict[str, Any], name: str) -> None:
    assert [item[0] for item in shown(one(made([row])))] == [name]


def test_namesakes_of_one_village_only_get_the_last_four_digits() -> None:
    rows = [
        {"head_name": "王伟", "head_id": "610999199001010024"},
        {"head_name": "王伟", "head_id": "61099919800101003X"},
        {"head_name": "王伟", "head_id": "610999197001010059", "village": "二村"},
        {"head_name": "李四", "head_id": "610999197001010067"},
    ]
    notice = one(made(rows))
    assert [item[0] for item in shown(notice)] == ["王伟（0024）", "王伟（003X）", "李四", "王伟"]
    assert [bool(item.notes) for item in notice.lists] == [True, False]


def test_children_of_one_surname_are_counted_not_numbered() -> None:
    heads = [Head(f"H{index}", "王小明", f"61099920150101{index:04d}", adult=False) for index in range(12)]
    names = list(public_names(heads).by_household.values())
    assert names[:3] == ["王某甲", "王某乙", "王某丙"]
    assert names[10:] == ["王某11", "王某12"]
    assert len(set(names)) == 12


@given(st.lists(st.tuples(st.text(max_size=30), st.booleans()), min_size=1, max_size=6))
def test_no_run_of_digits_as_long_as_a_number_is_ever_named(found: list[tuple[str, bool]]) -> None:
    heads = [
        Head(str(index), f"{text}610999199001010024", "610999199001010024", adult=adult)
        for index, (text, adult) in enumerate(found)
    ]
    for name in public_names(heads).by_household.values():
        assert not re.search(r"\d{5,}", name)
        assert not re.search(r"[\x00-\x1f]", name)


def test_a_number_in_a_place_is_left_out() -> None:
    assert public_place("东镇", "一村三组610999199001010024") == "东镇一村三组"
    assert public_place("东镇", "一村13800000000") == "东镇一村"
    assert public_place(None, "108国道沿线") == "108国道沿线"


def test_a_family_in_two_categories_has_two_rows() -> None:
    rows = [
        {"household_no": "H1", "head_name": "张三", "category": "甲类"},
        {"household_no": "H1", "head_name": "张三", "category": "乙类", "action": "维持"},
    ]
    result = made(rows)
    result = Result(result.persons, result.households.slice(0, 1), result.findings, result.inputs)
    assert [item[4] for item in shown(one(result))] == ["甲类"]
    both = one(result, everybody=True)
    assert [(item[3], item[4]) for item in shown(both)] == [(1, "甲类"), (1, "乙类")]
    assert both.households == 1


NASTY: list[dict[str, Any]] = [
    {"head_name": "=1+1", "岁数": 50},
    {"head_name": "长" * 40, "岁数": 50},
    {"head_name": "𬱖㛃", "岁数": 50, "village": "[二]村/组*?:" + "很长的村名" * 8},
    {"head_name": "<b>&王伟", "岁数": 50, "village": None},
    {"head_name": "王伟", "head_id": "610999199001010024"},
    {"head_name": "王伟", "head_id": "61099919800101003X"},
    {"head_name": "王小明", "岁数": 9},
]


def test_what_is_printed(tmp_path: Path, snapshot: Snapshot) -> None:
    notice = one(made(NASTY))
    write_notice(notice, tmp_path / "a.xlsx", tmp_path)
    write_notice(notice, tmp_path / "b.xlsx", tmp_path)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    snapshot.matches("notice.txt", workbook_text(tmp_path / "a.xlsx"))
    body = notice_page(notice).split("</style>", 1)[1]
    snapshot.matches("notice.html.txt", body.replace("><", ">\n<") + "\n")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type in ("s", "n", "inlineStr") for cell in cells)


def test_a_town_without_anybody_says_so(tmp_path: Path) -> None:
    notice = one(made([]), town="空镇", period=None, office=lambda _town: NoticeOffice())
    assert notice.lists == ()
    text = everything(notice, tmp_path / "out")
    assert "本期没有需要公示的家庭" in text
    assert "_" * 24 in text
