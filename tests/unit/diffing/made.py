"""Small results for comparisons, and hypothesis strategies that make pairs of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
from hypothesis import strategies as st

from lic.model.adjustment import HouseholdState, PersonState
from lic.model.result import FINDING_SCHEMA, HOUSEHOLD_SCHEMA, INPUT_SCHEMA, PERSON_SCHEMA, Result

CATEGORIES = ("特困人员", "最低生活保障对象", "最低生活保障边缘家庭成员")
TOWNS = ("东镇", "西镇")
NUMBERS = tuple(
    f"61099919800101{serial:03d}{check}" for serial, check in zip(range(1, 13), "123456789X12", strict=True)
)


def person(number: str | None = NUMBERS[0], **changes: object) -> PersonState:
    """A recognised person of household 1, with changes."""
    base = PersonState(
        "1", number, "张三", "户主", TOWNS[0], "一村", counted=True, category=CATEGORIES[1], basis="户",
        tags=(), status="认定",
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


def result(persons: Sequence[PersonState], **households: dict[str, object]) -> Result:
    """A result with these persons; a household is as its first member is, but for ``households``."""
    families: dict[str, list[PersonState]] = {}
    for item in persons:
        families.setdefault(item.household_no, []).append(item)
    rows = [
        {**_family(number, members), **households.get(f"h{number}", {})}
        for number, members in sorted(families.items())
    ]
    return Result(
        persons=pa.Table.from_pylist([_row(item) for item in persons], PERSON_SCHEMA),
        households=pa.Table.from_pylist(rows, HOUSEHOLD_SCHEMA),
        findings=FINDING_SCHEMA.empty_table(),
        inputs=INPUT_SCHEMA.empty_table(),
    )


def _family(number: str, members: Sequence[PersonState]) -> dict[str, object]:
    head = members[0]
    counted = [item.counted for item in members]
    return {
        "household_no": number, "head_id": head.id_number, "head_name": head.name, "town": head.town,
        "village": head.village, "members": len(members),
        "counted_members": None if None in counted else sum(map(bool, counted)),
        "category": head.category, "tags": sorted({tag for item in members for tag in item.tags}),
        "status": head.status, "possible": [], "missing": [],
    }  # fmt: skip


def _row(item: PersonState) -> dict[str, object]:
    names = PERSON_SCHEMA.names
    return {name: getattr(item, name) for name in names if hasattr(item, name)} | {
        "registered_category": item.registered, "possible": [], "missing": [],
    }  # fmt: skip


def state_of(item: HouseholdState | PersonState) -> str | None:
    """The category, else the status."""
    return item.category or item.status


_outcomes = st.sampled_from([*((name, "认定") for name in CATEGORIES), (None, "待核实"), (None, "不符合")])


@st.composite
def people(draw: st.DrawFn) -> list[PersonState]:
    """A few people of a small world, so that two draws share many of them."""
    numbers = draw(st.lists(st.sampled_from(NUMBERS), unique=True, max_size=8))
    nameless = draw(st.integers(0, 2))
    persons = []
    towns = {number: draw(st.sampled_from(TOWNS)) for number in "1234"}
    for number in [*numbers, *[None] * nameless]:
        category, status = draw(_outcomes)
        home = draw(st.sampled_from("1234"))
        persons.append(
            person(
                number,
                household_no=home,
                name=draw(st.sampled_from(["张三", "李四"])),
                category=category,
                status=status,
                town=towns[home],
                basis=None if category is None else draw(st.sampled_from("户人")),
                relation=draw(st.sampled_from(["户主", "配偶"])),
                counted=draw(st.sampled_from([True, False, None])),
                tags=tuple(draw(st.lists(st.sampled_from(["标识一", "标识二"]), unique=True, max_size=2))),
            )
        )
    persons.sort(key=lambda item: (item.household_no, item.id_number or "", item.name or ""))
    return persons
