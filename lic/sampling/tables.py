"""Frame and sample as the text files of a bundle: one spelling for one content.

Knows CSV with LF and no quoting tricks; a file that is not spelled so was changed.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence

from lic.model.audit import Draw, DrawnHousehold, FrameHousehold, Part
from lic.sampling.draw import stratum_of

FRAME_COLUMNS = ("household_no", "town", "village", "category", "persons")
SAMPLE_COLUMNS = ("rank", "household_no", "sha256", "part", "stratum", "town", "village", "category",
                  "persons", "certainty")  # fmt: skip
STRATUM_SEPARATOR = "|"


class TableError(ValueError):
    """A file of a bundle that lic did not write so."""


def _text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def frame_text(households: Iterable[FrameHousehold]) -> str:
    """The frame, by household number."""
    rows = [
        (item.household_no, item.town, item.village, item.category, str(item.persons))
        for item in sorted(households)
    ]
    return _text(FRAME_COLUMNS, rows)


def read_frame(text: str) -> tuple[FrameHousehold, ...]:
    """The households in a frame file. Raises TableError when it is not spelled as lic spells it."""
    try:
        rows = list(csv.reader(io.StringIO(text)))
        found = tuple(FrameHousehold(no, town, village, category, int(persons))
                      for no, town, village, category, persons in rows[1:])  # fmt: skip
    except (csv.Error, ValueError, IndexError) as error:
        raise TableError from error
    if frame_text(found) != text or len({item.household_no for item in found}) != len(found):
        raise TableError
    return found


def sample_rows(draw: Draw) -> list[tuple[str, ...]]:
    """The sample: random households in the common order, then those on top."""
    rows = []
    for members in (draw.random, draw.on_top):
        for rank, item in enumerate(members, start=1):
            rows.append(_sample_row(draw, item, rank))
    return rows


def _sample_row(draw: Draw, item: DrawnHousehold, rank: int) -> tuple[str, ...]:
    mine = item.household
    random = item.part is not Part.CERTAINTY
    stratum = STRATUM_SEPARATOR.join(stratum_of(mine, draw.stratify)) if random else ""
    place = str(rank) if random else ""
    return (place, mine.household_no, item.key, item.part.value, stratum, mine.town, mine.village,
            mine.category, str(mine.persons), item.certainty or "")  # fmt: skip


def sample_text(draw: Draw) -> str:
    """The sample as a file."""
    return _text(SAMPLE_COLUMNS, sample_rows(draw))


def read_sample(text: str) -> list[tuple[str, ...]]:
    """The rows of a sample file, whatever they say. Raises TableError when their shape is wrong."""
    try:
        rows = [tuple(row) for row in csv.reader(io.StringIO(text))]
    except csv.Error as error:
        raise TableError from error
    if not rows or rows[0] != SAMPLE_COLUMNS or any(len(row) != len(SAMPLE_COLUMNS) for row in rows):
        raise TableError
    return rows[1:]


def text_sha256(text: str) -> str:
    """SHA-256 of a text as UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()
