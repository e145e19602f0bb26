"""An explanation says what was decided and what stands in the exports, nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lic.model.explanation import HouseholdExplanation, Kleene, Known
from lic.model.result import HOUSEHOLD_SCHEMA, PERSON_SCHEMA, with_leading
from lic.policy.explain import Explainer, Recomputed
from lic.runs.read import Run, open_run, read_evidence
from lic.workflows.load_rules import rules_of_run
from tests.unit.workflows.sheets import Exports


@pytest.fixture(scope="module")
def run(county: Path) -> Run:
    return open_run(county.parent / "runs" / county.name / "01")


@pytest.fixture(scope="module")
def recomputed(run: Run) -> list[Recomputed]:
    explainer = Explainer(rules_of_run(run).pack, read_evidence(run), date.fromisoformat(run.manifest.as_of))
    return [explainer.recompute(number) for number in explainer.household_numbers()]


def test_everybody_comes_out_as_recorded(run: Run, recomputed: list[Recomputed]) -> None:
    recorded = {row["household_no"]: row for row in run.result.households.to_pylist()}
    persons: dict[str, list[object]] = {}
    for row in run.result.persons.to_pylist():
        persons.setdefault(row["household_no"], []).append(row)
    assert len(recomputed) == len(recorded) > 30
    for made in recomputed:
        number = made.explanation.household_no
        assert with_leading(made.household, HOUSEHOLD_SCHEMA).to_pylist() == [recorded[number]]
        order = [(name, "ascending") for name in ("household_no", "id_number", "name")]
        own = with_leading(made.persons, PERSON_SCHEMA).sort_by(order).to_pylist()
        assert own == persons.get(number, [])


def test_every_cell_is_what_the_export_says(county: Path, run: Run, recomputed: list[Recomputed]) -> None:
    exports = Exports(county.parent, run.result.inputs)
    wrong = [
        said
        for made in recomputed
        for source in made.explanation.inputs()
        if (said := exports.disagreement(source)) is not None
    ]
    assert wrong == []
    assert exports.checked > 1500


def holds(known: Known, other: Known, op: str) -> Kleene:
    """POLICY §0 over two intervals, written down once more."""
    low, high, first, last = known.low, known.high, other.low, other.high
    if op == "低于":
        if high is not None and first is not None and high < first:
            return Kleene.TRUE
        return Kleene.FALSE if low is not None and last is not None and low >= last else Kleene.UNKNOWN
    if high is not None and first is not None and high <= first:
        return Kleene.TRUE
    return Kleene.FALSE if low is not None and last is not None and low > last else Kleene.UNKNOWN


def test_numbers_bear_out_the_truth_beside_them(recomputed: list[Recomputed]) -> None:
    seen = 0
    for made in recomputed:
        for row in made.explanation.verdict.rows:
            for ground in row.grounds:
                for op in ("低于", "不超过"):
                    if ground.left is None or ground.right is None or f" {op} " not in ground.sentence:
                        continue
                    seen += 1
                    assert ground.truth is holds(ground.left, ground.right, op), ground
                    assert ground.gap is not None
                    if ground.left.exact is not None and ground.right.exact is not None:
                        assert ground.left.low is not None
                        assert ground.right.low is not None
                        assert ground.gap.low == ground.gap.high == ground.left.low - ground.right.low
    assert seen > 300


def consistent(explanation: HouseholdExplanation) -> None:
    for verdict in (explanation.verdict, *(member.verdict for member in explanation.members)):
        deciding = [row for row in verdict.rows if row.decides]
        assert len(deciding) <= 1
        if verdict.status == "认定":
            assert deciding[0].category == verdict.category
            assert deciding[0].truth is Kleene.TRUE
            earlier = verdict.rows[: deciding[0].number - 1]
            assert all(row.truth is Kleene.FALSE and row.because for row in earlier)
        if verdict.status == "待核实" and verdict.missing:
            waiting = {name for row in verdict.rows for name in row.waits_for}
            waiting |= {name for member in explanation.members for name in member.verdict.missing}
            assert set(verdict.missing) <= waiting
            assert set(verdict.missing) <= {item.name for item in explanation.missing}


def test_rows_say_why_they_are_not_met(recomputed: list[Recomputed]) -> None:
    for made in recomputed:
        consistent(made.explanation)


def test_every_reference_is_explained(recomputed: list[Recomputed]) -> None:
    def refs(steps: tuple[object, ...]) -> list[object]:
        return [
            ref
            for step in steps
            for ref in ([step.ref] if step.ref else []) + refs(step.steps)  # type: ignore[attr-defined]
        ]

    for made in recomputed:
        facts = made.explanation.facts
        for fact in facts.values():
            assert all(ref in facts for ref in refs(fact.steps))
        assert all(use.reference for use in made.explanation.parameters())
