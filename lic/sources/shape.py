"""What the headings of a sheet say: where each column stands, what is missing, doubled or unknown."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field

import numpy as np

from lic.sources import keys
from lic.sources.grid import Grid
from lic.sources.header import Header
from lic.sources.headings import HeadingMap, money_stem
from lic.sources.report import SEPARATOR, Report, letters
from lic.sources.spec import ColumnSpec, Default, SourceSpec

_NEAR = 0.6
_SHOWN_ALIASES = 6


@dataclass(frozen=True, slots=True)
class Place:
    """Where a declared column stands; ``stated``: its heading names a unit of money."""

    column: ColumnSpec
    index: int
    heading: str
    factor: int = 1
    stated: bool = False


@dataclass(slots=True)
class Shape:
    """The columns of one sheet.

    ``unread``: canonical columns whose likely heading is not known yet, so that their cells are
    unknown. ``nameless``: columns without a heading. ``defaults``: what absent columns mean.
    ``refused``: rows of a column whose values were refused.
    """

    source: SourceSpec
    width: int
    usable: bool = True
    places: dict[str, Place] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    nameless: list[int] = field(default_factory=list)
    defaults: dict[str, Default] = field(default_factory=dict)
    refused: dict[str, np.ndarray] = field(default_factory=dict)

    def index(self, name: str | None) -> int | None:
        """The index of a declared column."""
        place = self.places.get(name or "")
        return None if place is None else place.index

    @property
    def named_width(self) -> int:
        """How many columns there are up to the last that has a name."""
        nameless = set(self.nameless)
        return max((index + 1 for index in range(self.width) if index not in nameless), default=0)

    def remember_refused(self, name: str, notes: list[tuple[int, str]], length: int) -> None:
        """Which rows of a column hold something that was repaired or refused."""
        if notes:
            self.refused[name] = np.isin(np.arange(length), [row for row, _ in notes])


def shape_of(header: Header, grid: Grid, report: Report) -> Shape:
    """Maps the headings; what makes the sheet unusable is said and remembered."""
    source = header.source
    headings = list(header.headings)
    while headings and not headings[-1] and not grid.addressed:
        headings.pop()
    shape = Shape(source.source, len(headings))
    shown = [*header.shown, *[""] * (len(headings) - len(header.shown))]
    unknown: list[int] = []
    for index, heading in enumerate(headings):
        meaning = source.find(heading) if heading else None
        if not heading:
            shape.nameless.append(index)
        elif meaning is None:
            unknown.append(index)
        elif meaning.column is not None:
            stated = money_stem(heading)[0] != heading
            place = Place(meaning.column, index, shown[index], meaning.factor, stated)
            _put(shape, place, grid, header.row, report)
    _judge_unknown(shape, source, [(index, headings[index], shown[index]) for index in unknown], report)
    _judge_missing(shape, header, shown, report)
    _judge_absent(shape, report)
    return shape


def _put(shape: Shape, place: Place, grid: Grid, header: int, report: Report) -> None:
    known = shape.places.setdefault(place.column.name, place)
    if known is place:
        return
    may_repeat = place.column.repeatable or place.heading != known.heading
    same = may_repeat and all(
        row[place.index : place.index + 1] == row[known.index : known.index + 1]
        for row in grid.rows[header + 1 :]
    )
    report.add(
        "S138" if same else "S124",
        name=place.column.name,
        one=_where(known, grid, header),
        other=_where(place, grid, header),
    )
    shape.usable = shape.usable and same


def _where(place: Place, grid: Grid, header: int) -> str:
    column = grid.column(place.index)
    cell = f"{letters(column)}{grid.number(header)}" if grid.addressed else str(column + 1)
    return f"{cell} {place.heading}"


def _judge_unknown(
    shape: Shape, source: HeadingMap, unknown: list[tuple[int, str, str]], report: Report
) -> None:
    """A heading close to a column that the sheet lacks is that column, unread; others are only listed."""
    lacking = {
        heading: column.name
        for column in source.source.columns
        if column.name not in shape.places
        for heading in column.headings
    }
    strange = []
    for index, heading, shown in unknown:
        near = difflib.get_close_matches(money_stem(heading)[0], sorted(lacking), n=1, cutoff=_NEAR)
        name = lacking[near[0]] if near else None
        if name is None or name in shape.unread:
            strange.append(shown)
            continue
        shape.unread[name] = index
        line = f"{name}: {{{keys.ALIASES}: [{shown}]}}"
        report.add("S123", column=shown, near=name, heading=shown, line=line)
    if strange:
        report.add("S122", headings=SEPARATOR.join(strange), count=len(strange))


def _judge_missing(shape: Shape, header: Header, shown: list[str], report: Report) -> None:
    source = shape.source
    missing = [column.name for column in source.columns if column.needed and column.name not in shape.places]
    if not header.fits:
        named = {column.name for column in source.columns}
        groups = [group for group, spelled in zip(source.must, header.source.groups, strict=True)
                  if not spelled.intersection(money_stem(text)[0] for text in header.headings)]  # fmt: skip
        missing += [" / ".join(group) for group in groups if not set(group) & set(missing) or not named]
    if missing:
        there = SEPARATOR.join(text for text in shown if text)
        names = list(dict.fromkeys(missing))
        known = {column.name: " / ".join(column.headings[:_SHOWN_ALIASES]) for column in source.columns}
        report.add(
            "S120",
            table=source.name,
            missing=SEPARATOR.join(names),
            known=SEPARATOR.join(known.get(name, name) for name in names),
            headings=there,
        )
    elif not header.fits:
        report.add("S121", table=source.name)
    if header.rivals:
        report.add("S129", table=source.name, others=SEPARATOR.join(header.rivals))
    shape.usable = shape.usable and not missing and header.fits and not header.rivals


def _judge_absent(shape: Shape, report: Report) -> None:
    """What absent columns mean, said in one warning."""
    filled = {name for part in shape.source.parts for name, _ in part.fill}
    for column in shape.source.columns:
        if column.name in shape.places or column.name in shape.unread:
            continue
        meaning = column.blank if column.blank is not None else column.absent
        if meaning is not None:
            shape.defaults[column.name] = meaning
    said = sorted(name for name in shape.defaults if name not in filled)
    if said and shape.usable:
        report.add("S128", columns=SEPARATOR.join(said))
