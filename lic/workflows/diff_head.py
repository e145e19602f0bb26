"""Whether two runs may be compared, and what the head of the comparison must say.

A comparison that would mislead is refused; one that only needs care is made, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow.compute as pc

from lic.errors import RunFolderError
from lic.messages import diff as words
from lic.model.adjustment import Side
from lic.model.manifest import Manifest, NotDelivered
from lic.model.period import Period
from lic.model.rulechange import Change as RuleChange
from lic.runs.read import Run

_MOST = 2  # at least one in so many must be on both sides for another county name to be a new name


def side_of(run: Run) -> Side:
    """A run as the head names it: its place in the workspace, no path of this machine."""
    manifest = run.manifest
    return Side(
        name="/".join(run.folder.parts[-2:]),
        county=manifest.county,
        period=manifest.period,
        as_of=manifest.as_of,
        lic=manifest.lic,
        question=manifest.question,
    )


def check_comparable(old: Run, new: Run) -> None:
    """Raises RunFolderError where a comparison would mislead: other people, county or categories."""
    sizes = [run.result.persons.num_rows for run in (old, new)]
    shared = _shared(old, new)
    sides = {
        "old": old.folder, "new": new.folder, "shared": shared,
        "old_county": old.manifest.county, "new_county": new.manifest.county,
        "old_period": old.manifest.period, "new_period": new.manifest.period,
    }  # fmt: skip
    if old.manifest.county != new.manifest.county and shared * _MOST < max(1, *sizes):
        raise RunFolderError("W451", **sides)
    if all(sizes) and not shared:
        raise RunFolderError("W450", **sides)
    categories = [run.manifest.categories for run in (old, new)]
    if not set(categories[0]) & set(categories[1]):
        texts = [words.SEPARATOR.join(names) or words.NONE for names in categories]
        raise RunFolderError("W452", **sides, old_categories=texts[0], new_categories=texts[1])


def _shared(old: Run, new: Run) -> int:
    one, two = (run.result.persons.column("id_number").combine_chunks().drop_null() for run in (old, new))
    return int(pc.sum(pc.cast(pc.is_in(one, value_set=two), "int64")).as_py() or 0)


@dataclass(frozen=True, slots=True)
class RuleNews:
    """Whether the rules differ, and how: in policy words, where both packs could be read."""

    same: bool
    changes: tuple[RuleChange, ...] = ()


def head_notes(old: Run, new: Run, rules: RuleNews) -> tuple[str, ...]:
    """What a reader must know before any figure."""
    return tuple(_notes(old.manifest, new.manifest, rules))


def _notes(old: Manifest, new: Manifest, rules: RuleNews) -> Iterator[str]:
    if old.question == new.question:
        yield words.SAME_ANSWER
        return
    yield from _times(old, new)
    if old.county != new.county:
        yield words.COUNTY_RENAMED.format(old=old.county, new=new.county)
    if old.lic != new.lic:
        yield words.OTHER_VERSION.format(old=old.lic, new=new.lic)
    if not rules.same:
        count = len(rules.changes)
        yield words.OTHER_RULES.format(count=count) if count else words.OTHER_RULES_TEXT
    if old.categories != new.categories:
        yield words.OTHER_CATEGORIES.format(
            gone=_list(name for name in old.categories if name not in new.categories),
            come=_list(name for name in new.categories if name not in old.categories),
        )
    for manifest, text in ((old, words.NOT_DELIVERED_OLD), (new, words.NOT_DELIVERED_NEW)):
        if manifest.not_delivered:
            names = _list(_table(item) for item in manifest.not_delivered)
            yield text.format(period=manifest.period, tables=names)


def _times(old: Manifest, new: Manifest) -> Iterator[str]:
    one, two = Period.parse(old.period), Period.parse(new.period)
    if old.period == new.period:
        yield words.SAME_PERIOD.format(period=old.period)
    elif one is not None and two is not None and one > two:
        yield words.REVERSED.format(old=old.period, new=new.period)
    elif one is not None and two is not None and two.index - one.index > 1:
        yield words.GAP.format(months=two.index - one.index, old=old.period, new=new.period)
    if old.as_of == new.as_of and old.period != new.period:
        yield words.SAME_AS_OF.format(as_of=old.as_of)


def _table(item: NotDelivered) -> str:
    return item.table if item.part is None else words.PART.format(table=item.table, part=item.part)


def _list(names: Iterator[str]) -> str:
    return words.SEPARATOR.join(names) or words.NONE
