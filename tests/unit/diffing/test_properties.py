"""What every comparison of two people promises, whatever the people are."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings

from lic.diffing.apply import apply, mirrored
from lic.diffing.changes import find_changes
from lic.diffing.ledger import ledger
from lic.diffing.match import match
from lic.diffing.states import changed_snapshots, snapshot
from lic.model.adjustment import Change, Kind, PersonState
from tests.unit.diffing.made import CATEGORIES, TOWNS, people, result

People = list[PersonState]


def changes_of(old: People, new: People) -> tuple[Change, ...]:
    return find_changes(match(*changed_snapshots(result(old), result(new))))


def everybody(people: People) -> tuple[Counter[object], Counter[object]]:
    whole = snapshot(result(people))
    return Counter(whole.households), Counter(whole.persons)


@given(people())
@settings(max_examples=20, deadline=None)
def test_a_run_does_not_differ_from_itself(one: People) -> None:
    assert changes_of(one, one) == ()
    whole = snapshot(result(one))
    assert find_changes(match(whole, whole)) == ()


@given(people(), people())
@settings(max_examples=50, deadline=None)
def test_applied_to_the_old_run_it_gives_the_new_one(old: People, new: People) -> None:
    applied = apply(snapshot(result(old)), changes_of(old, new))
    assert (Counter(applied.households), Counter(applied.persons)) == everybody(new)


@given(people(), people())
@settings(max_examples=50, deadline=None)
def test_turned_round_it_is_the_mirror(old: People, new: People) -> None:
    def bare(changes: tuple[Change, ...]) -> Counter[object]:
        return Counter((item.kind, item.whose, item.old, item.new, item.related) for item in changes)

    assert bare(mirrored(changes_of(old, new))) == bare(changes_of(new, old))


@given(people(), people())
@settings(max_examples=50, deadline=None)
def test_the_ledger_comes_out(old: People, new: People) -> None:
    changes = changes_of(old, new)
    rows = ledger(result(old), result(new), changes, towns=TOWNS, categories=CATEGORIES)
    assert [row for row in rows if row.difference] == []
    assert sum(row.before for row in rows) == _counted(old)
    assert sum(row.after for row in rows) == _counted(new)


def _counted(one: People) -> int:
    return sum(
        status != "不符合"
        for table in (result(one).persons, result(one).households)
        for status in table.column("status").to_pylist()
    )


@given(people(), people())
@settings(max_examples=30, deadline=None)
def test_nobody_has_two_changes_of_one_kind_or_two_outcomes(old: People, new: People) -> None:
    outcome = {Kind.ENTER, Kind.LEAVE, Kind.CATEGORY, Kind.DOUBT, Kind.SETTLED, Kind.APPEAR, Kind.VANISH}
    with_number = [item for item in changes_of(old, new) if getattr(item.state, "id_number", None)]
    found = Counter((item.old, item.new) for item in with_number if item.kind in outcome)
    assert max(found.values(), default=1) == 1
