"""How a sample came about, in sentences: the same on the workbook and on the screen.

Knows the manifest of a bundle. Refuses to know the run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lic.model.audit import EntryKind
from lic.reports import labels
from lic.reports import labels_audit as said

_EXACT = 10**6


def percent(rate: Fraction) -> str:
    """A rate as people write it: ``30%``, ``12.5%``; as a fraction where it has no end."""
    hundredths = rate * 100
    if _EXACT % hundredths.denominator:
        return str(rate)
    return f"{(Decimal(hundredths.numerator) / hundredths.denominator).normalize():f}%"


def seed_line(manifest: Mapping[str, Any]) -> str:
    """The seed and where it comes from, or that nobody said so."""
    chance = manifest["chance"]
    if chance is None:
        return said.FREEZE_ONLY
    if chance["source"]:
        return said.SEED.format(seed=chance["seed"], source=chance["source"])
    return said.SEED_NO_SOURCE.format(seed=chance["seed"])


def origin_lines(manifest: Mapping[str, Any], frame_sha256: str) -> list[str]:
    """Frame, sample, seed, register: everything that a supervisor must read."""
    frame, plan, sample = manifest["frame"], manifest["plan"], manifest["sample"]
    rate = Fraction(plan["rate"])
    lines = [
        said.FRAME.format(
            origin=said.ORIGINS[frame["origin"]],
            households=frame["households"],
            persons=frame["persons"],
            sha256=short(frame_sha256),
        )
    ]
    if sample is None:
        lines.append(said.PLAN.format(rate=percent(rate), on_top=len(plan["certainty"])))
    else:
        entry = manifest["register"][-1]["content"]
        lines.append(
            said.SAMPLE.format(
                households=sample["households"],
                persons=sample["persons"],
                rate=percent(rate),
                wanted=sample["households_wanted"],
                wanted_persons=sample["persons_wanted"],
                on_top=sample["on_top"],
                sha256=short(entry["sample_sha256"]),
            )
        )
    if plan["stratify"]:
        lines.append(said.STRATA.format(names=labels.LIST_SEPARATOR.join(plan["stratify"])))
    if manifest["floor"] is not None and rate < Fraction(manifest["floor"]):
        low = said.LOW_RATE.format(rate=percent(rate), floor=percent(Fraction(manifest["floor"])))
        lines.append(low)
    lines.append(seed_line(manifest))
    lines += _register_lines(manifest)
    if frame["outside"]:
        lines.append(said.OUTSIDE.format(count=len(frame["outside"])))
    if frame["nameless"]:
        lines.append(said.NAMELESS.format(count=frame["nameless"]))
    if sample is not None:
        lines.append(said.METHOD)
        lines += [said.CERTAINTY_NOTE] if sample["on_top"] else []
    return lines


def short(digest: str) -> str:
    """The beginning of a hash."""
    return digest[: said.SHORT]


def _register_lines(manifest: Mapping[str, Any]) -> list[str]:
    entries: Sequence[Mapping[str, Any]] = manifest["register"]
    mine = entries[-1]
    lines = [said.ENTRY.format(number=len(entries), sha256=short(mine["sha256"]))]
    chance = manifest["chance"]
    if chance is None:
        return lines
    freeze = next((n for n, item in enumerate(entries, 1) if item["sha256"] == chance["freeze"]), None)
    if freeze is None:
        lines.append(said.NOT_FROZEN)
    else:
        frozen = entries[freeze - 1]
        lines.append(said.FROZEN.format(number=freeze, sha256=short(frozen["sha256"])))
        if frozen["content"]["plan"] != mine["content"]["plan"]:
            lines.append(said.DEVIATION.format(reason=chance["redraw"]))
    earlier = [
        number
        for number, item in enumerate(entries[:-1], 1)
        if item["content"]["kind"] == EntryKind.DRAW.value
        and item["content"]["period"] == manifest["period"]
        and item["content"]["plan"]["frame"] == manifest["plan"]["frame"]
    ]
    if earlier:
        lines.append(said.EARLIER.format(count=len(earlier), reason=chance["redraw"]))
        lines += [_earlier_line(number, entries[number - 1]["content"]) for number in earlier]
    elif chance["redraw"] and freeze is None:
        lines.append(said.DEVIATION.format(reason=chance["redraw"]))
    return lines


def _earlier_line(number: int, content: Mapping[str, Any]) -> str:
    """One draw before this one."""
    rate = percent(Fraction(content["plan"]["rate"]))
    return said.EARLIER_ONE.format(
        number=number, seed=content["seed"], rate=rate, sha256=short(content["sample_sha256"])
    )
