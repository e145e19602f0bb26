"""A run against another system's list, by ID number and the columns that a template compares.

Pure: values in, values out. A person who is not decided yet is neither entered nor removed.
A blank on our side is never held against the other; a blank on theirs counts where the template
says what it means, or where the column must be filled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from lic.model.export import ExportColumn, ExportTemplate, Item
from lic.model.platform import Difference, ListedRow, Pair, PlatformList, Reconciled, Subject
from lic.values.text import fold_name


def reconcile_list(template: ExportTemplate, subjects: Sequence[Subject], other: PlatformList) -> Reconciled:
    """What to enter, change and remove so that ``other`` says what the run says."""
    columns = template.compared
    present = frozenset().union(*(row.present for row in other.rows))
    listed: dict[str, list[ListedRow]] = defaultdict(list)
    for row in other.rows:
        if row.entered and row.id_number:
            listed[row.id_number].append(row)
    enter, change, remove, numberless = [], [], [], []
    same = undecided = 0
    known: set[str] = set()
    for subject in subjects:
        if not subject.id_number:
            numberless += [subject] if subject.belongs else []
            undecided += subject.belongs is None
            continue
        known.add(subject.id_number)
        rows = listed.get(subject.id_number, [])
        if subject.belongs is None:
            undecided += 1
        elif not subject.belongs:
            remove += [Pair(subject, row) for row in rows]
        elif not rows:
            enter.append(Pair(subject, None))
        else:
            best, *others = sorted(rows, key=lambda row: len(_differences(columns, subject, row)))
            found = _differences(columns, subject, best)
            change += [Pair(subject, best, found)] if found else []
            same += not found
            remove += [Pair(subject, row, twice=True) for row in others]
    strangers = [Pair(None, row) for number in listed if number not in known for row in listed[number]]
    return Reconciled(
        enter=tuple(enter),
        change=tuple(change),
        remove=(*remove, *strangers) if template.removes else (),
        numberless=tuple(numberless),
        same=same,
        undecided=undecided,
        uncompared=tuple(column.title for column in columns if other.rows and column.compared not in present),
    )


def coded(column: ExportColumn, subject: Subject) -> str:
    """What the column says about somebody, as the other system writes it."""
    text = subject.items.get(column.item or "", "")
    return column.codes.get(text, text)


def _differences(columns: Sequence[ExportColumn], subject: Subject, row: ListedRow) -> tuple[Difference, ...]:
    found = []
    for column in columns:
        if column.compared not in row.present:
            continue
        ours, plain = coded(column, subject), subject.items.get(column.item or "", "")
        theirs = row.values.get(column.compared or "", "")
        meant = theirs or column.blank or ""
        if not ours or (not meant and not column.needed):
            continue
        if meant not in (ours, plain) and not _same_name(column, meant, plain):
            found.append(Difference(column.title, ours, theirs))
    return tuple(found)


def _same_name(column: ExportColumn, one: str, other: str) -> bool:
    names = (Item.NAME, Item.HEAD_NAME, Item.TOWN, Item.VILLAGE)
    return column.item in names and fold_name(one) == fold_name(other) != ""
