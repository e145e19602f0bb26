"""Decided batches as the tables of DESIGN §5: fixed columns first, then the pack's facts.

Knows types and order of columns, actions, reasons. Refuses to know any fact.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lic.model.result import Action, Status
from lic.policy import keys
from lic.policy.batch import Batch
from lic.policy.columns import decimals
from lic.policy.decisions import NOT_MET, RECOGNISED, UNDECIDED, Decision, member_decision, possible_lists
from lic.policy.declared import Output, TagList
from lic.policy.program import Program
from lic.policy.render import rounded, two_valued
from lic.policy.terms import Kind, Level
from lic.policy.units import is_money
from lic.policy.values import INF, TRUE, Dates, Ints, Num, Text, Truth, as_number, as_text, as_truth

Columns = dict[str, pa.Array]
STATUSES = [Status.NOT_MET.value, Status.UNDECIDED.value, Status.RECOGNISED.value]


def person_table(program: Program, batch: Batch, missing: pa.Array) -> pa.Table:
    """The persons of a batch."""
    output, persons = program.declarations.outputs[Level.PERSON], batch.part.persons
    decision = member_decision(batch, output.decision.value)
    numbers = batch.part.households.column("household_no").combine_chunks()
    columns: Columns = {"household_no": numbers.take(pa.array(batch.part.hid))}
    for name in ("id_number", "name", "relation", "town", "village"):
        columns[name] = persons.column(name)
    counted = None if output.counted is None else as_truth(batch.at(output.counted.value, Level.PERSON))
    size = batch.size(Level.PERSON)
    columns["counted"] = pa.nulls(size, pa.bool_()) if counted is None else two_valued(counted)
    bases = [row.basis for row in decision.table.all_rows] + [None]
    columns["category"] = _categories(decision)
    row = np.where(decision.status == RECOGNISED, decision.row, -1)
    columns["basis"] = pa.array(bases, pa.string()).take(pa.array(np.where(row < 0, len(bases) - 1, row)))
    columns |= _common(program, batch, output, decision, missing, Level.PERSON)
    return pa.table(columns)


def household_table(program: Program, batch: Batch, missing: pa.Array) -> pa.Table:
    """The households of a batch."""
    output, households = program.declarations.outputs[Level.HOUSEHOLD], batch.part.households
    decision = member_decision(batch, output.decision.value)
    names = ("household_no", "head_id", "head_name", "town", "village")
    columns: Columns = {name: households.column(name) for name in names}
    size = batch.size(Level.HOUSEHOLD)
    columns["members"] = pa.array(np.bincount(batch.part.hid, minlength=size).astype(np.int32))
    if output.counted is None:
        columns["counted_members"] = pa.nulls(size, pa.int32())
    else:
        count = as_number(batch.fact(output.counted.value))
        columns["counted_members"] = pa.array(count.lo // count.scale, pa.int32(), mask=count.unknown())
    columns["category"] = _categories(decision)
    columns |= _common(program, batch, output, decision, missing, Level.HOUSEHOLD)
    return pa.table(columns)


def _categories(decision: Decision) -> pa.Array:
    names = pa.array([*decision.table.categories, None], pa.string())
    return names.take(pa.array(np.where(decision.category < 0, len(names) - 1, decision.category)))


def _common(
    program: Program, batch: Batch, output: Output, decision: Decision, missing: pa.Array, level: Level
) -> Columns:
    size = batch.size(level)
    possible = possible_lists(decision)
    columns: Columns = {"tags": _tags(program, batch, output, level)}
    columns["status"] = pa.array(STATUSES, pa.string()).take(pa.array(decision.status.astype(np.int32)))
    columns["possible"], columns["missing"] = possible, missing
    columns["reason"] = _reasons(batch, decision, possible, missing, size)
    registered = as_text(batch.at(output.registered.value, level))
    columns["registered_category"] = registered_words(registered)
    columns["action"] = actions(decision, registered)
    for item in output.columns:
        columns |= fact_columns(program, batch, item.value, level)
    return columns


def registered_words(registered: Text) -> pa.Array:
    """The registered category; null for none and for unknown."""
    words = pc.if_else(pc.equal(registered.words, ""), pa.scalar(None, pa.string()), registered.words)
    padded = pa.concat_arrays([words.cast(pa.string()), pa.nulls(1, pa.string())])
    return padded.take(pa.array(np.where(registered.codes < 0, len(padded) - 1, registered.codes)))


def actions(decision: Decision, registered: Text) -> pa.Array:
    """What to do: POLICY §5, "action"."""
    words = registered.words.to_pylist()
    numbers = {name: number for number, name in enumerate(decision.table.categories)}
    # Categories that no row can give get numbers of their own.
    codes = np.array(
        [-1 if word == "" else numbers.get(word, 1000 + i) for i, word in enumerate(words)] + [-2]
    )
    before = codes[registered.codes]
    names = [action.value for action in Action]
    place = {action: number for number, action in enumerate(Action)}
    now = np.where(decision.status == RECOGNISED, decision.category, -1)
    result = np.where(before == now, place[Action.KEEP], place[Action.MOVE])
    result = np.where((before == -1) & (now >= 0), place[Action.ENTER], result)
    result = np.where((before != -1) & (now < 0), place[Action.LEAVE], result)
    result = np.where((before == -1) & (now < 0), place[Action.NOTHING], result)
    result = np.where((decision.status == UNDECIDED) | (before == -2), place[Action.VERIFY], result)
    return pa.array(names, pa.string()).take(pa.array(result))


def _tags(program: Program, batch: Batch, output: Output, level: Level) -> pa.Array:
    size = batch.size(level)
    if output.tags is None:
        return pa.array([[]] * size, pa.list_(pa.string()))
    fact = program.facts[output.tags.value]
    mask = as_number(batch.fact(output.tags.value)).lo
    if fact.level is Level.PERSON and level is Level.HOUSEHOLD:
        mask = _any_bits(batch, mask)
    return tag_lists(fact.declared, mask)


def _any_bits(batch: Batch, mask: Ints) -> Ints:
    out = np.zeros(batch.size(Level.HOUSEHOLD), np.int64)
    if len(batch.members.starts):
        out[batch.members.having] = np.bitwise_or.reduceat(mask, batch.members.starts)
    return out


def tag_lists(declared: object, mask: Ints) -> pa.Array:
    """Bits of a 列表 as lists of its words."""
    words = [word for word, _ in declared.items] if isinstance(declared, TagList) else []
    distinct, back = np.unique(mask, return_inverse=True)
    lists = [[word for bit, word in enumerate(words) if int(value) >> bit & 1] for value in distinct.tolist()]
    return pa.array(lists, pa.list_(pa.string())).take(pa.array(back.reshape(-1)))


def _reasons(batch: Batch, decision: Decision, possible: pa.Array, missing: pa.Array, size: int) -> pa.Array:
    """The deciding row's reason; for the undecided what is possible and what is missing."""
    pieces: list[tuple[npt.NDArray[np.int64], pa.Array]] = []
    for number, row in enumerate(decision.table.all_rows):
        index = np.flatnonzero((decision.row == number) & (decision.status == RECOGNISED))
        if len(index) and row.reason is not None:
            pieces.append((index, row.reason.fill(batch, size, index)))
    rest = decision.status == NOT_MET
    for row in decision.table.otherwise:
        holds = row.truth(batch).value == TRUE
        index = np.flatnonzero(rest & holds)
        rest = rest & ~holds
        if len(index) and row.reason is not None:
            pieces.append((index, row.reason.fill(batch, size, index)))
    index = np.flatnonzero(decision.status == UNDECIDED)
    if len(index):
        pieces.append((index, _waiting(possible.take(pa.array(index)), missing.take(pa.array(index)))))
    if not pieces:
        return pa.nulls(size, pa.string())
    worded = np.concatenate([index for index, _ in pieces])
    order = np.full(size, len(worded), np.int64)
    order[worded] = np.arange(len(worded))
    texts = [text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text for _, text in pieces]
    return pa.concat_arrays([*texts, pa.nulls(1, pa.string())]).take(pa.array(order))


def _waiting(possible: pa.Array, missing: pa.Array) -> pa.Array:
    """可能：…；待补：…"""
    first = pc.binary_join_element_wise(keys.SHOW_POSSIBLE, pc.binary_join(possible, keys.SHOW_LIST), "")
    second = pc.binary_join_element_wise(keys.SHOW_MISSING, pc.binary_join(missing, keys.SHOW_LIST), "")
    both = pc.binary_join_element_wise(first, second, keys.SHOW_CLAUSE)
    some = pc.greater(pc.list_value_length(possible), 0)
    more = pc.greater(pc.list_value_length(missing), 0)
    return pc.if_else(pc.and_(some, more), both, pc.if_else(some, first, second))


def fact_columns(program: Program, batch: Batch, name: str, level: Level) -> Columns:
    """A fact as result columns; a number that is not exact is null beside its bounds."""
    fact = program.facts[name]
    value = batch.at(name, level)
    if fact.is_list:
        return {name: tag_lists(fact.declared, as_number(value).lo)}
    match value:
        case Num():
            money = is_money(fact.type.unit)
            places = 2 if money else 0 if value.scale == 1 else 4
            unknown = value.unknown()
            return {
                name: _number_column(value.lo, value.scale, unknown, places),
                name + keys.LOWER: _number_column(
                    value.lo, value.scale, ~unknown | (value.lo <= -INF), places
                ),
                name + keys.UPPER: _number_column(
                    value.high, value.scale, ~unknown | (value.high >= INF), places
                ),
            }
        case Truth():
            return {name: two_valued(value)}
        case Text():
            return {name: registered_words(value)}
        case Dates():
            kind = pa.date32() if fact.type.kind is Kind.DATE else pa.int32()
            return {name: pa.array(value.at, pa.int32(), mask=value.unknown()).cast(kind)}


def _number_column(values: Ints, scale: int, nulls: npt.NDArray[np.bool_], places: int) -> pa.Array:
    safe = np.where(nulls, 0, values) if nulls.any() else values
    if places == 0:
        return pa.array(safe, pa.int64(), mask=nulls)
    return decimals(np.ascontiguousarray(rounded(safe, scale, places)), nulls, places)
