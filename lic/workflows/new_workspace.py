"""A new workspace for another county: a commented ``lic.yaml``, the month's folder, a short guide.

Nothing that is there is ever overwritten, and no value is made up: a parameter that was not
given stands as a comment with its unit and what it means.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from lic.declare import Node, Scalar, Source, near_miss, read_date, read_flag, read_number
from lic.errors import LicError, ProblemLog, UsageError
from lic.messages import new_workspace as text
from lic.messages import words
from lic.model.period import Period
from lic.model.workspace import WORKSPACE_FILE
from lic.policy.keys import RATE
from lic.policy.pack import Pack
from lic.policy.parameters import Parameter
from lic.policy.terms import Kind
from lic.workflows.load_rules import Rules, load_declared
from lic.workflows.new_config import (
    PACK,
    Departments,
    Given,
    Wishes,
    config_text,
    guide_text,
    keys_of,
    local_parameters,
    names_given,
    tables_by_department,
)
from lic.workflows.workspace import SOURCES, read_workspace, shipped_pack

_GIVEN = re.compile(
    r"^(?P<name>[^.=]+)(\.(?P<key>[^=]+))?=(?P<value>[^@#]+)(@(?P<since>[^#]+))?(#(?P<why>.+))?$"
)
_READ: Mapping[Kind, Callable[[Node | None], object]] = {
    Kind.NUMBER: read_number,
    Kind.TRUTH: read_flag,
    Kind.DATE: read_date,
}
_EXPECTED = {
    Kind.NUMBER: words.EXPECTED_NUMBER,
    Kind.TRUTH: words.EXPECTED_FLAG,
    Kind.DATE: words.EXPECTED_DATE,
}


@dataclass(frozen=True, slots=True)
class Slot:
    """One value that a county may give: a parameter, one of its keys ("" without 分), and what it means."""

    name: str
    key: str
    unit: str
    note: str
    kind: Kind = Kind.NUMBER

    @property
    def expected(self) -> str:
        """What a value must be, in words."""
        return _EXPECTED[self.kind]

    def accepts(self, value: str) -> bool:
        """Whether a typed value is one that the parameter can take."""
        log = ProblemLog()
        read = _READ[self.kind](Scalar(Source("", log), 1, 1, value))
        too_much = self.unit == RATE and isinstance(read, Fraction) and not 0 <= read <= 1
        return not log.problems and not too_much

    @property
    def title(self) -> str:
        """How the slot is named on the command line."""
        return f"{self.name}.{self.key}" if self.key else self.name


@dataclass(frozen=True, slots=True)
class NewWorkspace:
    """What was made, what is still unset, and which tables each department sends."""

    folder: Path
    month: Path
    written: tuple[str, ...]
    kept: tuple[str, ...]
    unset: tuple[str, ...]
    required: Departments
    optional: Departments


def slots() -> tuple[Slot, ...]:
    """Every value that a county may give, in the order of the shipped pack."""
    pack = _shipped().pack
    return tuple(slot for parameter in local_parameters(pack) for slot in _slots_of(pack, parameter))


def parse_given(asked: str, *, since: str, reference: str, known: Sequence[Slot]) -> Given:
    """``name[.key]=value[@day][#document]`` as a value; raises UsageError for what it is not."""
    found = _GIVEN.match(asked.strip())
    if found is None:
        raise UsageError("W164", text=asked, example=_example(known))
    name, key = found["name"].strip(), (found["key"] or "").strip()
    names = list(dict.fromkeys(slot.name for slot in known))
    if name not in names:
        guess, listed = near_miss(name, names), text.SEPARATOR.join(names)
        if guess is None:
            raise UsageError("W162", name=name, known=listed)
        raise UsageError("W163", name=name, suggestion=guess, known=listed)
    allowed = [slot.key for slot in known if slot.name == name]
    if key not in allowed:
        shown = text.SEPARATOR.join(f"{name}.{item}" if item else name for item in allowed)
        raise UsageError("W166", name=name, key=key or asked, known=shown)
    why = (found["why"] or reference).strip()
    if not why:
        raise UsageError("W165", name=name)
    return Given(name, key, found["value"].strip(), _day((found["since"] or since).strip()), why)


def _day(day: str) -> str:
    """A calendar day; UsageError for anything else."""
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        raise UsageError("W103", value=day) from None


def _example(known: Sequence[Slot]) -> str:
    return f"{known[0].title}=7200@2026-07-01#…" if known else ""


def check_free(folder: Path) -> None:
    """Refuse a folder that is a workspace already, or no folder."""
    if (folder / WORKSPACE_FILE).exists():
        raise UsageError("W160", folder=folder)
    if folder.exists() and not folder.is_dir():
        raise UsageError("W109", folder=folder)


def make_workspace(folder: Path, wishes: Wishes) -> NewWorkspace:
    """Write the workspace; raises UsageError (nothing written) or RulesError with what is wrong in it."""
    check_free(folder)
    period = Period.parse(wishes.period)
    if period is None:
        raise UsageError("W104", value=wishes.period)
    rules = _shipped()
    fresh = not folder.exists()
    config = config_text(wishes, rules)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            _write(folder / WORKSPACE_FILE, config)
            _check(folder)
        except LicError:
            (folder / WORKSPACE_FILE).unlink(missing_ok=True)
            if fresh:
                folder.rmdir()
            raise
        written, kept = _rest(folder, wishes, rules)
    except OSError as error:
        raise UsageError("W167", folder=folder, reason=error.strerror or type(error).__name__) from error
    required, optional = tables_by_department(rules.sources)
    return NewWorkspace(
        folder=folder,
        month=folder / str(period),
        written=(WORKSPACE_FILE, *written),
        kept=tuple(kept),
        unset=tuple(
            item.name for item in local_parameters(rules.pack) if item.name not in names_given(wishes)
        ),
        required=required,
        optional=optional,
    )


def _rest(folder: Path, wishes: Wishes, rules: Rules) -> tuple[list[str], list[str]]:
    """The month, the guide and, if wished, the pack; what was there already is left as it is."""
    written: list[str] = []
    kept: list[str] = []
    month = folder / wishes.period
    (kept if month.exists() else written).append(f"{wishes.period}/")
    month.mkdir(mode=0o700, exist_ok=True)
    if wishes.copy_rules:
        (kept if (folder / PACK).exists() else written).append(f"{PACK}/")
        if not (folder / PACK).exists():
            shutil.copytree(shipped_pack(), folder / PACK, copy_function=_copy)
    guide = folder / text.GUIDE_FILE
    (kept if guide.exists() else written).append(guide.name)
    if not guide.exists():
        _write(guide, guide_text(wishes, rules))
    return written, kept


def _copy(source: str, target: str) -> None:
    """One file of the pack; an installed one may be read-only, the county's own must not be."""
    shutil.copyfile(source, target)
    Path(target).chmod(0o600)


def _write(path: Path, content: str) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(content)
    path.chmod(0o600)


def _check(folder: Path) -> None:
    """What was written must load with the pack that a month here would be decided by."""
    log = ProblemLog()
    _, config = read_workspace(folder, log)
    load_declared(shipped_pack(), folder / SOURCES, config, log)


def _shipped() -> Rules:
    pack = shipped_pack()
    return load_declared(pack, pack / "none", None, ProblemLog())


def _slots_of(pack: Pack, item: Parameter) -> list[Slot]:
    return [Slot(item.name, key, item.unit_text, item.note or "", item.kind) for key in keys_of(pack, item)]
