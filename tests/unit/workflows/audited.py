"""A run in a workspace of its own, drawn from and verified."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from lic.model.audit import MANIFEST_FILE, FrameKind
from lic.sampling.manifest import SEAL, manifest_text, seal_of
from lic.workflows.audit_ask import SampleOptions
from lic.workflows.audit_sample import Sampled, audit_sample
from lic.workflows.audit_verify import Verified, audit_verify
from tests.unit.workflows.county import silent

PROPOSED = SampleOptions(seed="20261105", source="公告", kind=FrameKind.PROPOSED)


def sample(run: Path, options: SampleOptions = PROPOSED, **changes: Any) -> Sampled:
    return audit_sample(run, replace(options, **changes), progress=silent)


def verify(bundle: Path, run: Path | None = None) -> Verified:
    return audit_verify(bundle, run, progress=silent)


def codes(found: Verified) -> set[str]:
    return {item.code for item in found.problems}


def reseal(bundle: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """What a forger does who knows how the manifest is sealed."""
    path = bundle / MANIFEST_FILE
    manifest = json.loads(path.read_bytes())
    change(manifest)
    manifest[SEAL] = seal_of(manifest)
    path.write_bytes(manifest_text(manifest).encode())
