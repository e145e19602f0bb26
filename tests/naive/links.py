"""Which rows of a table speak of a member, and whether others might (POLICY §0, "an unknown part")."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.naive.interval import Interval, Truth, any_of, at_least, total
from tests.naive.roster import Member, Roster
from tests.naive.tables import Row, Tables
from tests.naive.values import Gap, names_fit


@dataclass
class Linked:
    """The rows that fit a member; `doubtful` when a row that cannot be used may be his."""

    rows: list[Row]
    doubtful: bool

    def sum(self, amount: Callable[[Row], Interval]) -> Interval:
        """POLICY: "the table's sums are [what fits, ∞)"."""
        fits = total(amount(row) for row in self.rows)
        return at_least(fits) if self.doubtful else fits

    def any(self, test: Callable[[Row], Truth]) -> Truth:
        """POLICY: "its yes/no facts unknown unless another row makes them true"."""
        return any_of(*(test(row) for row in self.rows), None if self.doubtful else False)


def concerns(row: Row, member: Member) -> str:
    """`fits`, `doubtful` or an empty text.

    "a row that does not fit is not used", but its member is concerned; "A row whose number cannot be used
    concerns every member with the same folded 姓名 (without a name: nobody)".
    """
    if isinstance(row.number, str):
        if row.number != member.number:
            return ""
        return "fits" if names_fit(row.folded, member.folded) else "doubtful"
    return "doubtful" if row.folded != "" and row.folded == member.folded else ""


class Links:
    """Looks up rows for members."""

    def __init__(self, tables: Tables, roster: Roster) -> None:
        self.tables = tables
        self.roster = roster
        self._near: dict[tuple[str, str], list[Row]] = {}
        self._registered: dict[tuple[str, str], list[Member]] = {}
        for table, rows in tables.rows.items():
            self._index(table, rows)
        for period, rows in tables.settlements.items():
            self._index(f"医保结算 {period}", rows)
        for part, members in roster.registered.items():
            for other in members:
                self._registered.setdefault((part, other.number or other.folded), []).append(other)

    def _index(self, table: str, rows: list[Row]) -> None:
        for row in rows:
            self._near.setdefault(
                (table, row.number if isinstance(row.number, str) else row.folded), []
            ).append(row)

    def near(self, table: str, member: Member) -> list[tuple[str, Row]]:
        """The rows that concern a member, and how."""
        rows = [
            row for key in {member.number, member.folded} if key for row in self._near.get((table, key), [])
        ]
        return [(how, row) for row in rows for how in (concerns(row, member),) if how]

    def find(self, table: str, member: Member) -> Linked | None:
        """None: not delivered, or no number and so "department facts are unknown for him"."""
        if not self.tables.delivered(table) or (member.number is None and not member.newborn):
            return None
        found = self.near(table, member)
        return Linked(
            [row for how, row in found if how == "fits"], any(how == "doubtful" for how, _ in found)
        )

    def any(self, table: str, member: Member, test: Callable[[Row], Truth]) -> Truth:
        """A yes/no fact of a table."""
        linked = self.find(table, member)
        return None if linked is None else linked.any(test)

    def sum(
        self, table: str, member: Member, amount: Callable[[Row], Interval], unknown: Interval
    ) -> Interval:
        """A sum over a table; `unknown` when nothing can be said."""
        linked = self.find(table, member)
        return unknown if linked is None else linked.sum(amount)

    def on_register(self, part: str, member: Member) -> tuple[bool, Truth]:
        """Whether he is surely found on a delivered register, and whether with 是否保障对象 是.

        A member without number is on the register of his household through his own row.
        """
        found, listed = False, []
        near = [
            one
            for key in {member.number, member.folded}
            if key
            for one in self._registered.get((part, key), [])
        ]
        if member.number is None and member.household.part == part:
            near = [member, *(one for one in near if one is not member)]
        for other in near:
            how = "fits" if member.number is None and other is member else concerns(other.row, member)
            if how == "fits":
                found = True
                listed.append(self._protected(other))
            elif how == "doubtful":
                listed.append(None)
        return found, any_of(*listed)

    def on_part(self, part: str, member: Member) -> Truth:
        """Whether he is on a register at all."""
        found, listed = self.on_register(part, member)
        if found:
            return True
        return None if listed is None else False

    def _protected(self, other: Member) -> Truth:
        """是否保障对象: blank or no such column is 是 (POLICY §0)."""
        said = (
            None if other.number is None else self.tables.override(other.number, "救助人员", "是否保障对象")
        )
        value = other.row.get("是否保障对象") if said is None else said
        if isinstance(value, bool):
            return value
        return None if value is Gap.REFUSED else True
