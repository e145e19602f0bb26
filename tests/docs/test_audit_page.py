"""Whoever has only ``docs/audit.md`` and Python recomputes a sample."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from lic.model.audit import FrameKind
from lic.workflows.audit_ask import SampleOptions
from lic.workflows.audit_sample import audit_sample
from lic.workflows.classify import ClassifyOptions, classify_month
from lic.workflows.sample_data import make_sample_data

PAGE = (Path(__file__).parents[2] / "docs" / "audit.md").read_text(encoding="utf-8")
SCRIPT = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)[0]
ROW = re.compile(r"^\| (SQ-\d+) \| (\S+) \| (\d+) \| `([0-9a-f]{16})` \|$", re.MULTILINE)


def silent(_text: str) -> None:
    """Progress nobody sees."""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("page")
    make_sample_data(root / "county", households=120, seed=3, period="2026-10", months=1, progress=silent)
    return classify_month(root / "county" / "2026-10", ClassifyOptions(), progress=silent).run


def test_the_vectors_are_what_the_script_computes() -> None:
    names: dict[str, Any] = {"__name__": "page"}
    exec(SCRIPT, names)  # noqa: S102 - the page's own script
    key: Callable[[str, str], str] = names["key"]
    vectors = ROW.findall(PAGE)
    assert len(vectors) == 10
    for number, _, _, start in vectors:
        assert key("20261105", number).startswith(start)
    frame = [{"household_no": no, "town": town, "persons": persons} for no, town, persons, _ in vectors]
    said = re.search(r"^The sample: (.*?)\. By town \(`镇`\): (.*?)\.$", PAGE, re.MULTILINE)
    assert said is not None
    for text, columns in ((said[1], []), (said[2], ["town"])):
        assert re.findall(r"SQ-\d+", text) == names["sample"](frame, "20261105", Fraction(3, 10), columns)


@pytest.mark.parametrize(
    ("stratify", "rate"), [("", "30%"), ("镇", "30%"), ("镇,类别", "30%"), ("类别", "7/10")]
)
def test_a_stranger_reproduces_the_sample(run: Path, tmp_path: Path, stratify: str, rate: str) -> None:
    script = tmp_path / "audit.py"
    script.write_text(SCRIPT, encoding="utf-8")
    options = SampleOptions(
        seed="双色球 2026128 期", source="开奖公告", rate=rate, kind=FrameKind.PROPOSED, stratify=stratify,
        risk="auto", redraw="试", out=tmp_path / "bundle",
    )  # fmt: skip
    drawn = audit_sample(run, options, progress=silent)
    shown = alone(script, drawn.bundle).split("\n")
    assert shown[:-2] == [row[0] for row in drawn.households]
    assert shown[-2:] == ["AGREES", ""]
    sample = drawn.bundle / "sample.csv"
    sample.write_bytes(sample.read_bytes().replace(b"0", b"1", 1))
    assert "AGREES" not in alone(script, drawn.bundle)


def alone(script: Path, bundle: Path) -> str:
    """What the script prints in a Python of its own."""
    command = [sys.executable, "-I", "-X", "utf8", str(script), str(bundle)]
    return subprocess.run(command, capture_output=True, check=False, text=True, encoding="utf-8").stdout
