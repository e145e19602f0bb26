"""Tables that the caller insists on: without them no lists are written.

Knows names and deliveries; what a table is for does not matter here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lic.errors import UsageError
from lic.messages.run import SEPARATOR
from lic.model.finding import Finding, Place, Scope, Severity
from lic.model.staging import Delivery
from lic.workflows.inputs import Delivered
from lic.workflows.load_rules import Rules


def check_names(rules: Rules, names: Sequence[str]) -> None:
    """Refuse a name that no source has."""
    known = sorted(rules.sources.schemas)
    for name in names:
        if name not in known:
            raise UsageError("W110", table=name, known=SEPARATOR.join(known))


def not_there(delivered: Delivered, rules: Rules, names: Sequence[str]) -> tuple[Finding, ...]:
    """One error for each of ``names`` that did not come or could not be used."""
    departments = {source.name: source.department for source in rules.sources.sources}
    return tuple(
        Finding(
            "G020",
            Severity.ERROR,
            Scope.FILE,
            Place(source=name),
            {"table": name, "how": how.value, "department": departments[name]},
        )
        for name in sorted(set(names))
        if (how := delivered.delivery(name)) is not Delivery.DELIVERED
    )


def with_findings(delivered: Delivered, findings: Sequence[Finding]) -> Delivered:
    """The month with these problems among those of its folder."""
    folder = delivered.folder
    return replace(delivered, folder=replace(folder, findings=(*folder.findings, *findings)))
