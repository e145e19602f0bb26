"""Verified findings that turned out to be false alarms: whom they silence, and about what.

Knows the verdict and the keys. Whether a finding still has the values that were verified is
asked by whoever makes findings.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.linkage.assemble import Assembled, with_files
from lic.linkage.engine import Engine
from lic.linkage.gather import Gathered
from lic.linkage.reading import column_of, known, take_or_null
from lic.model.roster import CorrectionTable, Roster

_REFERENCE, _REFUTED = "reference", "refuted"


def read_false_alarms(
    engine: Engine, tables: Mapping[str, Gathered], roster: Roster, found: Assembled, as_of: date
) -> pa.Table | None:
    """One row for each false alarm up to ``as_of`` about somebody in the result; pid null: his household.

    A later verdict that the finding was true after all undoes it, and so does one of the same day.
    """
    spec = roster.correction
    if spec is None:
        return None
    table = tables[spec.table]
    rows = with_files(table)
    verdict = table.text(spec.verdict_column)
    in_time = pc.less_equal(column_of(rows, spec.date_column, pa.date32()), pa.scalar(as_of, pa.date32()))
    said = pc.and_kleene(verdict.is_valid(), in_time).fill_null(False)
    refuted = pc.equal(verdict, spec.false_alarm).filter(said)
    rows = rows.filter(said)
    number, printed = column_of(rows, spec.number_column), column_of(rows, spec.household_column)
    persons, households = found.persons, found.households
    pid = engine.lookup([number], [column_of(persons, "id_number")], many="m:1", join="false alarm to person")
    numbers = column_of(households, "household_no")
    at_household = engine.lookup([printed], [numbers], many="m:1", join="false alarm to household")
    # A row that names a person is about him; only a row without one is about the household.
    hid = np.where(known(number), -1, at_household)
    of_person = take_or_null(column_of(persons, "hid"), pid).fill_null(-1).to_numpy()
    hid = np.where(pid >= 0, of_person, hid).astype(np.int64)
    alarms = pa.table(
        {
            "item": column_of(rows, spec.item_column),
            "hid": pa.array(hid, pa.int32()),
            "pid": pa.array(pid, pa.int32(), mask=pid < 0),
            "household_no": take_or_null(numbers, hid),
            "id_number": number,
            "value": column_of(rows, spec.value_column),
            "date": column_of(rows, spec.date_column, pa.date32()),
            _REFERENCE: _reference(rows, spec),
            _REFUTED: refuted,
            "_file": column_of(rows, "_file"),
            "_sheet": column_of(rows, "_sheet"),
            "_row": column_of(rows, "_row"),
        }
    )
    alarms = _standing(alarms.filter(pa.array(hid >= 0)))
    return alarms.sort_by([(name, "ascending") for name in ("hid", "pid", "item", "_file", "_sheet", "_row")])


def _reference(rows: pa.Table, spec: CorrectionTable) -> pa.ChunkedArray:
    """What a verdict refers to: of a sheet that lic wrote, the period and the finding's key."""
    if spec.reference_column is None:
        return pa.chunked_array([pa.nulls(rows.num_rows, pa.string())])
    return column_of(rows, spec.reference_column)


def _standing(verdicts: pa.Table) -> pa.Table:
    """The false alarms that no verdict of the same or a later day takes back."""
    confirmed: dict[tuple[str, int, int | None], list[tuple[date, str | None]]] = {}
    rows = verdicts.select(["item", "hid", "pid", "date", _REFERENCE, _REFUTED]).to_pylist()
    for row in rows:
        if not row[_REFUTED]:
            subject = (row["item"], row["hid"], row["pid"])
            confirmed.setdefault(subject, []).append((row["date"], row[_REFERENCE]))
    stands = [
        row[_REFUTED]
        and not any(
            day >= row["date"] and not _of_another(reference, row[_REFERENCE])
            for day, reference in confirmed.get((row["item"], row["hid"], row["pid"]), ())
        )
        for row in rows
    ]
    return verdicts.filter(pa.array(stands, pa.bool_())).drop_columns([_REFERENCE, _REFUTED])


def _of_another(one: str | None, other: str | None) -> bool:
    """Whether two verdicts are surely about two findings: two keys of one month's sheets.

    Keys of different months are different even where the finding is the same.
    """
    if one is None or other is None:
        return False
    (month, _, key), (other_month, _, other_key) = one.partition(" "), other.partition(" ")
    return bool(key and other_key) and month == other_month and key != other_key
