"""ID numbers that are written otherwise than before and mean the same: 15 digits to 18, x to X.

The result shows every number in its form of 18; what the register wrote is in the evidence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from lic.diffing.match import Matching
from lic.messages import diff as words
from lic.model.adjustment import Change, Kind, Whose
from lic.runs.canonical import read_table
from lic.runs.evidence import EVIDENCE
from lic.runs.read import Run
from lic.values.text import squeeze

_OLD_LENGTH = 15


@dataclass(frozen=True, slots=True)
class Written:
    """How the register writes the numbers that it does not write in their usual form."""

    forms: Mapping[str, str]

    def of(self, number: str | None) -> str | None:
        """The number as it is written."""
        return None if number is None else self.forms.get(number, number)


def written_numbers(run: Run, column: str) -> Written:
    """Numbers of the roster in an old form or with a small x; blanks around them do not count."""
    persons = read_table(run.folder / EVIDENCE / "persons.parquet").select(["id_number", "_raw"])
    kept = persons.filter(pc.and_(persons.column("id_number").is_valid(), _mentions(persons, column)))
    forms = {}
    for row in kept.to_pylist():
        text = squeeze(str(json.loads(row["_raw"]).get(column) or ""))
        if len(text) == _OLD_LENGTH or (text != row["id_number"] and text.upper() == row["id_number"]):
            forms[row["id_number"]] = text
    return Written(forms)


def _mentions(persons: pa.Table, column: str) -> pa.ChunkedArray:
    return pc.fill_null(
        pc.match_substring(persons.column("_raw"), json.dumps(column, ensure_ascii=False)), False
    )


def rewritten(old: Written, new: Written) -> frozenset[str]:
    """Numbers that the two runs write differently, as the results show them."""
    either = {*old.forms, *new.forms}
    return frozenset(number for number in either if old.of(number) != new.of(number))


def number_changes(matching: Matching, old: Written, new: Written) -> Iterator[Change]:
    """The corrections of writing among the persons of a matching."""
    fresh = rewritten(old, new)
    for pair in matching.persons:
        number = pair.old.id_number
        if number is not None and number in fresh and pair.new.id_number == number:
            text = words.REWRITTEN.format(old=old.of(number), new=new.of(number))
            yield Change(Kind.NUMBER, Whose.PERSON, pair.old, pair.new, text=text)
