"""What a change comes to in words: from what to what, whom it takes in or lets go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from lic.diffing.changes import group_of
from lic.diffing.match import Matching
from lic.messages import diff as words
from lic.model.adjustment import Change, HouseholdState, Kind, PersonState, State, Whose


def worded(changes: Sequence[Change], matching: Matching) -> tuple[Change, ...]:
    """Every change with its text."""
    people = _Names(matching)
    return tuple(replace(change, text=_text(change, people)) for change in changes)


class _Names:
    """Who came into a household and who left it, by name."""

    def __init__(self, matching: Matching) -> None:
        self.came: dict[str, list[str]] = defaultdict(list)
        self.went: dict[str, list[str]] = defaultdict(list)
        continued = matching.continued
        for pair in matching.persons:
            if continued.get(pair.old.household_no) != pair.new.household_no:
                self.went[pair.old.household_no].append(pair.old.name or words.BLANK)
                self.came[pair.new.household_no].append(pair.new.name or words.BLANK)
        for person in matching.only_old:
            self.went[person.household_no].append(person.name or words.BLANK)
        for person in matching.only_new:
            self.came[person.household_no].append(person.name or words.BLANK)


def _text(change: Change, people: _Names) -> str:
    old, new = change.old, change.new
    make: Callable[[State, State], str] | None = _BOTH.get(change.kind)
    if change.kind is Kind.OTHER and old is not None and new is not None:
        return _others(old, new, change.fields)
    if change.kind in (Kind.MERGE, Kind.SPLIT) and change.whose is Whose.HOUSEHOLD:
        return _families(change)
    if old is None or new is None or make is None:
        return _arrow(outcome(old), outcome(new))
    if change.kind is Kind.MEMBERS and isinstance(old, HouseholdState) and isinstance(new, HouseholdState):
        return _members(old, new, people)
    return make(old, new)


def outcome(state: State | None) -> str:
    """The category, else the status; of nobody that he is not there."""
    if state is None:
        return words.ABSENT
    return group_of(state) or state.status


def _arrow(old: str | None, new: str | None) -> str:
    return words.ARROW.format(old=old or words.BLANK, new=new or words.BLANK)


def _outcomes(old: State, new: State) -> str:
    return _arrow(outcome(old), outcome(new))


def _tags(old: State, new: State) -> str:
    plus = [words.PLUS.format(what=tag) for tag in new.tags if tag not in old.tags]
    minus = [words.MINUS.format(what=tag) for tag in old.tags if tag not in new.tags]
    return words.SEPARATOR.join([*plus, *minus])


def _members(old: HouseholdState, new: HouseholdState, people: _Names) -> str:
    parts = []
    came, went = people.came[new.household_no], people.went[old.household_no]
    if came:
        parts.append(words.CAME.format(names=words.SEPARATOR.join(came)))
    if went:
        parts.append(words.WENT.format(names=words.SEPARATOR.join(went)))
    if old.counted_members != new.counted_members:
        parts.append(words.COUNTED.format(old=_said(old.counted_members), new=_said(new.counted_members)))
    return words.CLAUSE.join(parts)


def _membership(old: State, new: State) -> str:
    parts = []
    if old.household_no != new.household_no:
        parts.append(words.OTHER_HOME.format(old=old.household_no, new=new.household_no))
    if isinstance(old, PersonState) and isinstance(new, PersonState) and old.counted is not new.counted:
        parts.append(words.COUNTED_PERSON.format(old=_said(old.counted), new=_said(new.counted)))
    return words.CLAUSE.join(parts)


def _head(old: State, new: State) -> str:
    if isinstance(old, HouseholdState) and isinstance(new, HouseholdState):
        return _arrow(old.head_name, new.head_name)
    if isinstance(old, PersonState) and isinstance(new, PersonState):
        return _arrow(old.relation, new.relation)
    raise TypeError(old)


def _place(old: State, new: State) -> str:
    return _arrow(*("".join(filter(None, (state.town, state.village))) for state in (old, new)))


def _number(old: State, new: State) -> str:
    numbers = [
        state.head_id if isinstance(state, HouseholdState) else state.id_number for state in (old, new)
    ]
    why = words.CORRECTED if all(numbers) else words.FILLED_IN
    return words.CLAUSE.join([_arrow(*numbers), why])


def _home(old: State, new: State) -> str:
    return words.OTHER_HOME.format(old=old.household_no, new=new.household_no)


def _families(change: Change) -> str:
    merge = change.kind is Kind.MERGE
    if change.old is None or change.new is None:
        label = words.MERGED_INTO if merge else words.SPLIT_FROM
    else:
        label = words.MERGED_FROM if merge else words.SPLIT_INTO
    return words.WITH.format(what=label, numbers=words.SEPARATOR.join(change.related))


def _others(old: State, new: State, fields: Iterable[str]) -> str:
    parts = [
        words.FIELD.format(
            name=words.FIELDS[name], old=_said(getattr(old, name)), new=_said(getattr(new, name))
        )
        for name in fields
        if name in words.FIELDS
    ]
    return words.CLAUSE.join(parts)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return words.YES if value else words.NO
    return words.UNKNOWN if value is None else str(value)


_BOTH: Mapping[Kind, Callable[[State, State], str]] = {
    Kind.ENTER: _outcomes,
    Kind.RETURN: _outcomes,
    Kind.LEAVE: _outcomes,
    Kind.CATEGORY: _outcomes,
    Kind.DOUBT: _outcomes,
    Kind.SETTLED: _outcomes,
    Kind.TAGS: _tags,
    Kind.MEMBERS: _membership,
    Kind.HEAD: _head,
    Kind.PLACE: _place,
    Kind.NUMBER: _number,
    Kind.MERGE: _home,
    Kind.SPLIT: _home,
    Kind.RENUMBERED: _home,
}
