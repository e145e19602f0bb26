"""Identity problems seen while joining, as rows; the pack gives each its K code.

Knows which two things did not fit. Refuses to know how serious that is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.linkage.assemble import Assembled
from lic.linkage.enrol import Enrolment
from lic.linkage.event_table import Event, event_table
from lic.linkage.evidence import Evidence
from lic.linkage.reading import Codes, Reading, column_of, known
from lic.linkage.register import Clash, Register, place
from lic.linkage.shape import household_events
from lic.model.event import LinkEvent
from lic.model.finding import Place
from lic.model.roster import Roster


def collect_events(
    registers: Sequence[Register],
    enrolled: Enrolment,
    found: Assembled,
    evidence: Sequence[Evidence],
    roster: Roster,
    reading: Reading,
    together: Sequence[Event],
) -> pa.Table:
    """Every identity problem, sorted by kind, household, person and place; ``together`` as found before."""
    numbers = column_of(found.households, "household_no").to_pylist()
    hid_by_number = {number: hid for hid, number in enumerate(numbers)}
    events = list(together)
    for index, register in enumerate(registers):
        hids = found.hid_of[index]
        events += _clashes(register.clashes, hid_by_number)
        events += _two_households(register, enrolled.left[index], found, registers)
        events += household_events(register, hids, roster)
    events += _numbers(found, registers, roster, reading)
    for item in evidence:
        events += _misnamed(item, found)
    return event_table(events)


def _shown(place: Place) -> str:
    return f"{place.file} > {place.sheet} > {place.row}"


def _clashes(clashes: Sequence[Clash], hid_by_number: dict[str, int]) -> list[Event]:
    return [
        Event(
            LinkEvent.ROWS_DISAGREE,
            clash.left,
            clash.household_no,
            hid_by_number.get(clash.household_no),
            id_number=clash.id_number,
            name=clash.name,
            expected=_shown(clash.kept),
            actual=", ".join(clash.columns),
        )
        for clash in clashes
    ]


def _two_households(
    register: Register, left: Codes, found: Assembled, registers: Sequence[Register]
) -> list[Event]:
    """Members who are counted in another household: both numbers, both categories."""
    if not len(left):
        return []
    at = pa.array(left)
    numbers = column_of(register.members.rows, register.members.schema.number_column or "").take(at)
    ids = column_of(found.persons, "id_number")
    pids = pc.index_in(numbers, value_set=ids).to_pylist()
    events = []
    for row, number, pid in zip(left.tolist(), numbers.to_pylist(), pids, strict=True):
        chosen = registers[int(found.register[pid])]
        counted = int(chosen.household[int(found.member[pid])])
        if _may_stand_alone(register, int(register.household[row]), chosen, counted):
            continue
        events.append(
            Event(
                LinkEvent.TWO_HOUSEHOLDS,
                place(register.members, row),
                chosen.houses.numbers[counted],
                int(found.persons["hid"][pid].as_py()),
                pid,
                number,
                found.persons["name"][pid].as_py(),
                _registered(chosen, counted),
                _registered(register, int(register.household[row])),
            )
        )
    return events


def _may_stand_alone(register: Register, left: int, chosen: Register, counted: int) -> bool:
    """One person alone in the category that allows it, and with the family in another one."""
    allowed = register.entry.lone_category
    if allowed is None or register is not chosen:
        return False
    categories = [register.houses.categories[household] for household in (left, counted)]
    sizes = [int(register.size[household]) for household in (left, counted)]
    pairs = zip(categories, sizes, strict=True)
    alone = [category == allowed and size == 1 for category, size in pairs]
    return any(alone) and categories[0] != categories[1]


def _registered(register: Register, household: int) -> str:
    """A household's number and what it is registered as."""
    houses = register.houses
    category = houses.categories[household] or houses.parts[household] or register.entry.name
    return f"{houses.numbers[household]} ({category})"


def _numbers(
    found: Assembled, registers: Sequence[Register], roster: Roster, reading: Reading
) -> list[Event]:
    """Members without a usable number, and numbers whose check digit is wrong."""
    number = column_of(found.persons, "id_number")
    kinds = (
        (LinkEvent.UNUSABLE_NUMBER, ~known(number)),
        (LinkEvent.BAD_CHECK_DIGIT, known(number) & ~reading.check_digits_hold(number)),
    )
    events = []
    for kind, where in kinds:
        rows = found.persons.filter(pa.array(where))
        for pid, row in zip(np.flatnonzero(where).tolist(), rows.to_pylist(), strict=True):
            source = registers[int(found.register[pid])].entry.person_table
            events.append(
                Event(
                    kind,
                    Place(row["_file"], row["_sheet"], row["_row"], source=source),
                    found.households["household_no"][row["hid"]].as_py(),
                    row["hid"],
                    pid,
                    row["id_number"],
                    row["name"],
                    actual=row[roster.number_column],
                )
            )
    return events


def _misnamed(item: Evidence, found: Assembled) -> list[Event]:
    at = item.misnamed["pid"]
    person = found.persons.select(["hid", "id_number", "name"]).take(at).to_pylist()
    hids = pa.array([one["hid"] for one in person], pa.int32())
    numbers = column_of(found.households, "household_no").take(hids).to_pylist()
    rows = zip(item.misnamed.to_pylist(), person, numbers, strict=True)
    return [
        Event(
            LinkEvent.NAME_DIFFERS,
            Place(row["_file"], row["_sheet"], row["_row"], source=item.table.name),
            number,
            one["hid"],
            row["pid"],
            one["id_number"],
            one["name"],
            one["name"],
            row["actual"],
        )
        for row, one, number in rows
    ]
