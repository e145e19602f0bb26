"""Whom another department keeps in the same household as a member, though he is no member here.

Knows household numbers of other tables (同户). Refuses to know whether such a person ought to be
a member: a 户口簿 is not a family. Only households that applied or are registered are asked
about; a number that more rows share than the pack allows belongs to no family.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.linkage.assemble import Assembled
from lic.linkage.event_table import Event
from lic.linkage.gather import Gathered
from lic.linkage.reading import Reading, column_of, known, map_text
from lic.linkage.register import Register, place
from lic.model.event import LinkEvent
from lic.model.roster import Roster, Together
from lic.values.idnumber import birth_date

_NAMED = 5  # people named in one event


def kept_together(
    table: Gathered,
    spec: Together,
    registers: Sequence[Register],
    found: Assembled,
    roster: Roster,
    reading: Reading,
    as_of: date,
) -> list[Event]:
    """One event for each household and kind: near kin of the head, and others."""
    number = table.text(table.schema.number_column or "")
    key = table.text(spec.key_column)
    rows = pa.table({"row": pa.array(np.arange(len(number))), "key": key, "number": number})
    rows = rows.filter(pa.array(known(number) & known(key)))
    rows = _families(rows, spec.most)
    members = _with_kept_twice(_members(registers, found, roster))
    pairs = _distinct(rows.join(members, "number", join_type="inner").select(["key", "hid"]))
    others = rows.filter(pa.array(_in_force(table, spec)[rows["row"].to_numpy()])).join(pairs, "key")
    others = others.filter(pc.is_valid(others["hid"]))
    strangers = others.join(members, ["number", "hid"], join_type="left anti")
    return _events(table, spec, _unnamed_aside(table, strangers, found, reading), rows, found, as_of)


def _members(registers: Sequence[Register], found: Assembled, roster: Roster) -> pa.Table:
    """Number and hid of everybody whom a register or an application lists, counted there or not."""
    parts = [pa.table({"number": pa.array([], pa.string()), "hid": pa.array([], pa.int64())})]
    for index, register in enumerate(registers):
        if register.entry.household_table is None:
            continue
        hid = found.hid_of[index][register.household]
        number = column_of(register.members.rows, roster.number_column)
        part = pa.table({"number": number, "hid": pa.array(hid, pa.int64())})
        parts.append(part.filter(pa.array((hid >= 0) & known(number))))
    return _distinct(pa.concat_tables(parts))


def _with_kept_twice(members: pa.Table) -> pa.Table:
    """Members with those of the other household in which one of them is listed too.

    Somebody who stands alone on one register and with his family on another is known to both;
    that he is in two households is said elsewhere.
    """
    other = members.rename_columns(["number", "other"])
    twice = members.join(other, "number").filter(pc.field("hid") != pc.field("other"))
    theirs = _distinct(twice.select(["hid", "other"])).join(other, "other").select(["number", "hid"])
    return _distinct(pa.concat_tables([members, theirs.cast(members.schema)]))


def _unnamed_aside(table: Gathered, strangers: pa.Table, found: Assembled, reading: Reading) -> pa.Table:
    """Without those who bear the name of a member whose number nobody wrote down."""
    numberless = found.persons.filter(pa.array(~known(column_of(found.persons, "id_number"))))
    theirs = pa.table(
        {"hid": numberless["hid"].cast(pa.int64()), "folded": _folded(column_of(numberless, "name"), reading)}
    )
    names = table.text(table.schema.name_column or "").take(strangers["row"].combine_chunks())
    named = strangers.append_column("folded", _folded(names, reading))
    kept = named.join(_distinct(theirs), ["hid", "folded"], join_type="left anti")
    return kept.sort_by([("hid", "ascending"), ("row", "ascending")])


def _folded(names: pa.Array, reading: Reading) -> pa.Array:
    return map_text(names, reading.same_name, same=reading.folded_name)


def _families(rows: pa.Table, most: int) -> pa.Table:
    """The rows whose household number is shared by no more than ``most``."""
    counts = rows.group_by("key").aggregate([("row", "count")])
    small = counts.filter(pc.less_equal(counts["row_count"], most)).select(["key"])
    return rows.join(small, "key", join_type="left semi")


def _distinct(rows: pa.Table) -> pa.Table:
    return rows.group_by(rows.column_names).aggregate([])


def _in_force(table: Gathered, spec: Together) -> np.ndarray:
    """The rows that no exception leaves out."""
    there = np.ones(table.rows.num_rows, dtype=np.bool_)
    for column, words in spec.except_words.items():
        out = pc.is_in(table.text(column), value_set=pa.array(words, pa.string()))
        there &= ~out.to_numpy(zero_copy_only=False)
    return there


def _events(
    table: Gathered, spec: Together, strangers: pa.Table, rows: pa.Table, found: Assembled, as_of: date
) -> list[Event]:
    heads = column_of(found.households, "head_id")
    names = table.text(table.schema.name_column or "")
    relations = table.text(spec.relation_column or "")
    head_rows = _head_rows(rows, strangers, heads) if spec.kin else {}
    grouped: dict[tuple[int, LinkEvent], list[tuple[int, str]]] = {}
    for one in strangers.to_pylist():
        row, name = one["row"], names[one["row"]].as_py() or ""
        relation = relations[row].as_py()
        head = head_rows.get((one["hid"], one["key"]))
        kin = head is not None and _is_kin(spec, relations[head].as_py(), relation, one["number"], as_of)
        kind = LinkEvent.KIN_ELSEWHERE if kin else LinkEvent.OTHERS_TOGETHER
        said = f"{name} ({relation})" if relation else name
        grouped.setdefault((one["hid"], kind), []).append((row, said))
    return [
        Event(
            kind,
            place(table, people[0][0]),
            found.households["household_no"][hid].as_py(),
            hid,
            expected=table.schema.name,
            actual=", ".join(said for _, said in people[:_NAMED]) + (" …" if len(people) > _NAMED else ""),
        )
        for (hid, kind), people in sorted(grouped.items())
    ]


def _head_rows(rows: pa.Table, strangers: pa.Table, heads: pa.Array) -> dict[tuple[int, str], int]:
    """The row of each household's head, by household and the number it stands under."""
    hids = pc.unique(strangers["hid"]).sort()
    wanted = pa.table({"hid": hids, "number": heads.take(hids)})
    joined = rows.join(
        wanted.filter(pa.array(known(wanted["number"].combine_chunks()))), "number", join_type="inner"
    )
    return {(one["hid"], one["key"]): one["row"] for one in joined.sort_by("row").to_pylist()}


def _is_kin(spec: Together, head: str | None, relation: str | None, number: str, as_of: date) -> bool:
    """Whether somebody is the spouse or a child under age of a head who stands there as ``head``."""
    kin = spec.kin.get(head or "")
    if kin is None or relation is None:
        return False
    if relation in kin.spouse:
        return True
    born = birth_date(number)
    if relation not in kin.children or born is None:
        return False
    age = as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))
    return age < spec.of_age
