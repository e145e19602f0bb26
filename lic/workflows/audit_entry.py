"""What a freeze or draw has to do with those before it: the same again, a second one, a departure.

Knows the entries of the register. Refuses to write them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lic.errors import UsageError
from lic.sampling.manifest import Chance, frozen_content
from lic.sampling.register import Entry, draws_of_period, freezes_of_period
from lic.workflows.audit_ask import Asked, SampleOptions

_NOT_COMPARED = frozenset({"freeze", "redraw"})  # what may differ in the same draw made again


def chance_of(asked: Asked, entries: Sequence[Entry], seed: str, options: SampleOptions) -> Chance:
    """The seed with the freeze that it came after, if there was one of this very frame."""
    frozen = frozen_content(asked.origin, asked.frame, asked.plan)
    freezes = freezes_of_period(entries, asked.origin.period, asked.plan.kind.value)
    same = [entry for entry in freezes if entry.content["frame_sha256"] == frozen["frame_sha256"]]
    exact = [entry for entry in same if entry.content == frozen]
    chosen = (exact or same)[-1:]
    reason = (options.redraw or "").strip() or None
    return Chance(seed, options.source.strip(), chosen[0].sha256 if chosen else None, reason)


def entry_of(entries: Sequence[Entry], content: Mapping[str, Any]) -> int | None:
    """The number of the entry of this very draw or freeze."""
    wanted = {key: value for key, value in content.items() if key not in _NOT_COMPARED}
    for number, entry in enumerate(entries, start=1):
        if {key: value for key, value in entry.content.items() if key not in _NOT_COMPARED} == wanted:
            return number
    return None


def check_reason(
    asked: Asked, entries: Sequence[Entry], chance: Chance | None, content: Mapping[str, Any]
) -> None:
    """A second draw, or one that departs from what was frozen, needs its reason."""
    if chance is None or chance.redraw is not None:
        return
    period, kind = asked.origin.period, asked.plan.kind.value
    earlier = draws_of_period(entries, period, kind)
    if earlier:
        raise UsageError("W604", period=period, count=len(earlier))
    freezes = freezes_of_period(entries, period, kind)
    names = ("frame_sha256", "plan")
    if freezes and all(any(entry.content[name] != content[name] for name in names) for entry in freezes):
        raise UsageError("W605", period=period, count=len(freezes))
