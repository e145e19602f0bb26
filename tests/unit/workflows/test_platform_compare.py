"""A run against another system's list: what is entered makes both say the same."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from lic.model.export import ExportColumn, ExportTemplate, Item
from lic.model.platform import ListedRow, PlatformList, Subject
from lic.workflows.platform_compare import coded, reconcile_list

LIST, CATEGORY, MARK = "名单", "平台类别", "监测标识"
TEMPLATE = ExportTemplate(
    "某平台",
    "某平台",
    LIST,
    (
        ExportColumn("姓名", Item.NAME, needed=True, compared="姓名"),
        ExportColumn("身份证号码", Item.ID_NUMBER, needed=True),
        ExportColumn("类别", Item.CATEGORY, codes={"甲类": "01"}, needed=True, compared=CATEGORY),
        ExportColumn("标识", "标识:某", compared=MARK, blank="否"),
    ),
    categories=("甲类", "乙类"),
)
PRESENT = frozenset({"姓名", CATEGORY, MARK})
NUMBERS = st.sampled_from(["1", "2", "3", "4", "5"])


def subject(number: str, belongs: bool | None, category: str, mark: str) -> Subject:
    items = {Item.NAME.value: f"人{number}", Item.ID_NUMBER.value: number, Item.CATEGORY.value: category}
    return Subject(number, {**items, "标识:某": mark}, belongs)


def listed(number: str, category: str, mark: str) -> ListedRow:
    values = {"姓名": f"人{number}", CATEGORY: category, MARK: mark}
    return ListedRow(number, f"人{number}", values, entered=True, present=PRESENT)


SUBJECTS = st.lists(
    st.builds(
        subject,
        NUMBERS,
        st.sampled_from([True, False, None]),
        st.sampled_from(["甲类", "乙类"]),
        st.just("是"),
    ),
    unique_by=lambda item: item.id_number,
)
ROWS = st.lists(
    st.builds(
        listed, NUMBERS, st.sampled_from(["甲类", "01", "乙类", "", "丙"]), st.sampled_from(["是", "否", ""])
    )
)


def entered(template: ExportTemplate, who: Subject) -> ListedRow:
    """The row that the other system holds after what we say about somebody was entered."""
    values = {column.compared: coded(column, who) for column in template.compared if column.compared}
    return ListedRow(who.id_number, who.items[Item.NAME], values, entered=True, present=PRESENT)


@settings(max_examples=150, deadline=None)
@given(SUBJECTS, ROWS)
def test_what_is_entered_makes_both_say_the_same(
    subjects: Sequence[Subject], rows: Sequence[ListedRow]
) -> None:
    before = PlatformList(tuple(rows))
    found = reconcile_list(TEMPLATE, subjects, before)
    gone = {id(pair.row) for pair in (*found.remove, *found.change)}
    kept = [row for row in rows if id(row) not in gone]
    new = [entered(TEMPLATE, pair.subject) for pair in (*found.enter, *found.change) if pair.subject]
    after = reconcile_list(TEMPLATE, subjects, PlatformList((*kept, *new)))
    assert after.agree
    assert after.undecided == found.undecided == sum(item.belongs is None for item in subjects)


def test_nobody_in_doubt_is_entered_or_removed() -> None:
    found = reconcile_list(TEMPLATE, [subject("1", None, "", "")], PlatformList((listed("1", "乙类", "是"),)))
    assert found.agree
    assert found.undecided == 1


def test_a_blank_mark_means_no_and_a_blank_category_must_be_filled() -> None:
    rows = (listed("1", "", ""), listed("2", "甲类", ""))
    subjects = [subject("1", True, "甲类", "否"), subject("2", True, "甲类", "是")]
    found = reconcile_list(TEMPLATE, subjects, PlatformList(rows))
    told = [
        (pair.row.id_number, item.title) for pair in found.change if pair.row for item in pair.differences
    ]
    assert told == [("1", "类别"), ("2", "标识")]
