"""What a bundle says about itself: a plan, a frame, a draw and the register, as one sealed value.

Knows the shape of ``manifest.json`` and how it is sealed. There is no clock in it, no name and no
ID number. Refuses to know files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from lic.model.audit import METHOD, Certainty, Draw, EntryKind, Frame, FrameHousehold, FrameKind, Stratum
from lic.sampling.draw import needed
from lic.sampling.register import Entry, canonical
from lic.sampling.tables import frame_text, sample_text, text_sha256

FORMAT = 1
SEAL = "seal"


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of a frame is drawn, how it is divided, and who is visited whatever happens.

    ``others``: certainty cases outside the frame, by number.
    """

    kind: FrameKind
    rate: Fraction
    stratify: tuple[Stratum, ...]
    certainty: tuple[Certainty, ...]
    others: Mapping[str, FrameHousehold]

    def to_json(self) -> dict[str, Any]:
        """The plan as a register entry holds it: the certainty cases by their hash."""
        return {
            "frame": self.kind.value,
            "rate": str(self.rate),
            "stratify": [item.value for item in self.stratify],
            "certainty_sha256": text_sha256(canonical({"certainty": self.cases()})),
        }

    def cases(self) -> list[dict[str, Any]]:
        """The certainty cases; of those outside the frame also what the draw must know."""
        return [
            {
                "household_no": item.household_no,
                "reason": item.reason,
                "outside": asdict(self.others[item.household_no])
                if item.household_no in self.others
                else None,
            }
            for item in self.certainty
        ]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a frame comes from: the run and, where it was needed, the run before it, by the hashes
    of their manifests.  ``floor``: the least rate that the rules allow."""

    lic: str
    county: str
    period: str
    as_of: str
    floor: str | None
    run: str
    previous: str | None


def frozen_content(origin: Origin, frame: Frame, plan: Plan) -> dict[str, Any]:
    """What the register holds of a freeze."""
    return {
        "kind": EntryKind.FREEZE.value,
        "period": origin.period,
        "frame_sha256": text_sha256(frame_text(frame.households)),
        "plan": plan.to_json(),
    }


@dataclass(frozen=True, slots=True)
class Chance:
    """What decides the draw, and what it rests on: the seed, its source, the freeze, the reason."""

    seed: str
    source: str
    freeze: str | None
    redraw: str | None


def draw_content(origin: Origin, frame: Frame, plan: Plan, chance: Chance, draw: Draw) -> dict[str, Any]:
    """What the register holds of a draw."""
    return {
        "kind": EntryKind.DRAW.value,
        "period": origin.period,
        "frame_sha256": text_sha256(frame_text(frame.households)),
        "plan": plan.to_json(),
        "sample_sha256": text_sha256(sample_text(draw)),
        **asdict(chance),
    }


def manifest_of(
    origin: Origin,
    frame: Frame,
    plan: Plan,
    *,
    chance: Chance | None,
    draw: Draw | None,
    register: Sequence[Entry],
    files: Mapping[str, str],
) -> dict[str, Any]:
    """The whole account of a bundle, sealed; without a draw it is a freeze."""
    kind = EntryKind.FREEZE if draw is None else EntryKind.DRAW
    content = {
        "format": FORMAT,
        "kind": kind.value,
        "method": METHOD,
        **asdict(origin),
        "frame": {
            "kind": frame.kind.value,
            "origin": frame.origin.value,
            "households": len(frame.households),
            "persons": frame.persons,
            "outside": list(frame.outside),
            "doubtful": list(frame.doubtful),
            "nameless": frame.nameless,
        },
        "plan": plan.to_json() | {"certainty": plan.cases()},
        "chance": None if chance is None else asdict(chance),
        "sample": None if draw is None else counts_of(frame, plan, draw),
        "register": [
            {"content": entry.content, "previous": entry.previous, "sha256": entry.sha256}
            for entry in register
        ],
        "files": dict(sorted(files.items())),
    }
    return {**content, SEAL: seal_of(content)}


def counts_of(frame: Frame, plan: Plan, draw: Draw) -> dict[str, Any]:
    """How many were wanted and how many were drawn."""
    return {
        "households": len(draw.random),
        "persons": draw.persons,
        "households_wanted": needed(plan.rate, len(frame.households)),
        "persons_wanted": needed(plan.rate, frame.persons),
        "on_top": len(draw.on_top),
        "strata": [{**asdict(size), "values": list(size.values)} for size in draw.strata],
    }


def manifest_text(manifest: Mapping[str, Any]) -> str:
    """One spelling for one manifest."""
    return json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"


def seal_of(manifest: Mapping[str, Any]) -> str:
    """SHA-256 of the manifest without its seal."""
    content = {key: value for key, value in manifest.items() if key != SEAL}
    return hashlib.sha256(manifest_text(content).encode()).hexdigest()


def plan_of(manifest: Mapping[str, Any]) -> Plan:
    """The plan in a manifest. Raises KeyError, TypeError or ValueError for anything else."""
    plan = manifest["plan"]
    cases = plan["certainty"]
    return Plan(
        FrameKind(plan["frame"]),
        Fraction(plan["rate"]),
        tuple(Stratum(item) for item in plan["stratify"]),
        tuple(Certainty(case["household_no"], case["reason"]) for case in cases),
        {
            case["household_no"]: FrameHousehold(**case["outside"])
            for case in cases
            if case["outside"] is not None
        },
    )


def entries_of(manifest: Mapping[str, Any]) -> list[Entry]:
    """The register in a manifest. Raises KeyError or TypeError for anything else."""
    return [
        Entry(dict(item["content"]), str(item["previous"]), str(item["sha256"]))
        for item in manifest["register"]
    ]
