"""Which rows of a table speak of a member, and whether others might (POLICY §0, "an unknown part, not nothing")."""

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
        """"the table's sums are [what fits, ∞)"."""
        fits = total(amount(row) for row in self.rows)
        return at_least(fits) if self.doubtful else fits

    def any(self, test: Callable[[Row], Truth]) -> Truth:
        """"its yes/no facts unknown unless another row makes them true"."""
        return any_of(*(test(row) for row in self.rows), None if self.doubtful else False)


def concerns(row: Row, member: Member) -> str:
    """`fits`, `doubtful` or an empty text.

    "a row that does not fit is not used", but its member is concerned; "A row whose number cannot be used concerns every
    member with the same folded 姓名 (without a name: nobody)".
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
        self._by_number: dict[tuple[str, str], list[Row]] = {}
        self._by_name: dict[tuple[str, str], list[Row]] = {}
        for table, rows in tables.rows.items():
            for row in rows:
                if isinstance(row.number, str):
                    self._by_number.setdefault((table, row.number), []).append(row)
                else:
                    self._by_name.setdefault((table, row.folded), []).append(row)

    def find(self, table: str, member: Member) -> Linked | None:
        """None: the table was not delivered, or the member has no number and so "department facts are unknown for him"."""
        if not self.tables.delivered(table) or (member.number is None and not member.newborn):
            return None
        near = self._by_number.get((table, member.number or ""), []) + self._by_name.get((table, member.folded), [])
        found = [(concerns(row, member), row) for row in near]
        return Linked([row for how, row in found if how == "fits"], any(how == "doubtful" for how, _ in found))

    def any(self, table: str, member: Member, test: Callable[[Row], Truth]) -> Truth:
        """A yes/no fact of a table."""
        linked = self.find(table, member)
        return None if linked is None else linked.any(test)

    def sum(self, table: str, member: Member, amount: Callable[[Row], Interval], unknown: Interval) -> Interval:
        """A sum over a table; `unknown` when nothing can be said."""
        linked = self.find(table, member)
        return unknown if linked is None else linked.sum(amount)

    def on_register(self, part: str, member: Member) -> tuple[bool, Truth]:
        """Whether he is certainly found on a delivered register, and whether he is on it with 是否保障对象 是.

        A member without number is on the register of his household through his own row.
        """
        found, listed = False, []
        for other in self.roster.registered.get(part, []):
            if member.number is None and other is member:
                how = "fits"
            else:
                how = concerns(other.row, member)
            if how == "fits":
                found = True
                listed.append(self._protected(other))
            elif how == "doubtful":
                listed.append(None)
        for row in self.roster.unplaced.get(part, []):
            how = concerns(row, member)
            found = found or how == "fits"
            if how:
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
        said = None if other.number is None else self.tables.override(other.number, "救助人员", "是否保障对象")
        value = other.row.get("是否保障对象") if said is None else said
        if isinstance(value, bool):
            return value
        return None if value is Gap.REFUSED else True


