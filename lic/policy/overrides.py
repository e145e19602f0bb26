"""What higher layers replaced in a pack, as it stands on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lic.model.layer import Override
from lic.policy import keys
from lic.policy.describe import value_text
from lic.policy.pack import Pack
from lic.policy.parameters import Dated, Parameter


def overrides_on(pack: Pack, as_of: date) -> tuple[Override, ...]:
    """Every item that a higher layer replaced or added; parameters by the value of the day."""
    return (*pack.layering.overrides, *_of_parameters(pack, as_of))


def _of_parameters(pack: Pack, as_of: date) -> Iterator[Override]:
    for item in pack.program.parameters.values():
        entry = item.on(as_of).entry
        if entry is None or entry not in item.upper:
            continue
        earlier = [own for own in item.own if own.since <= as_of]
        before = max(earlier, key=lambda own: own.since, default=None)
        by = item.origin if item.origin == keys.ORIGIN_LOCAL else pack.layering.base.label
        yield Override(
            entry.layer,
            keys.PARAMETERS,
            item.name,
            _text(item, entry),
            entry.reference or "",
            old="" if before is None else _text(item, before),
            since=entry.since.isoformat(),
            replaced="" if before is None else by,
        )


def _text(item: Parameter, entry: Dated) -> str:
    rate = item.unit_text == keys.RATE
    return keys.SHOW_LIST.join(
        f"{key} {value_text(value, rate=rate)}".strip() for key, value in sorted(entry.values.items())
    )
