"""The few ways in which a run cannot go on, each with its exit code.

Knows codes, parameters and exit codes. Refuses to know sentences: those are in
:mod:`lic.messages`. A problem of one value, row or file is never an exception here; it
is a :class:`lic.model.finding.Finding`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a declaration (rule pack, source, ``lic.yaml``).

    ``file`` is relative to the folder that was read; ``line`` and ``column`` count from 1.
    ``params`` fill the message of ``code``; ``suggestion`` is the near miss, if there is one.
    """

    file: str
    line: int
    column: int
    code: str
    params: tuple[tuple[str, str], ...] = ()
    suggestion: str | None = None


def problem(
    file: str, line: int, column: int, code: str, /, *, suggestion: str | None = None, **params: object
) -> Problem:
    """Build a :class:`Problem` with its parameters as text."""
    fixed = tuple(sorted((key, str(value)) for key, value in params.items()))
    return Problem(file, line, column, code, fixed, suggestion)


class LicError(Exception):
    """The run cannot or must not go on. Carries a code and parameters, never a sentence."""

    exit_code: ClassVar[int] = 70

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, str] = {key: str(value) for key, value in params.items()}


class UsageError(LicError):
    """The command line asks for something that does not exist or makes no sense."""

    exit_code = 2


class InputError(LicError):
    """Files, sheets or headings cannot be used at all."""

    exit_code = 3


class RulesError(LicError):
    """The pack is wrong; holds every problem found, each with its place."""

    exit_code = 4

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("R000", count=len(self.problems))


class RunBlocked(LicError):
    """An expectation failed; no lists are written."""

    exit_code = 5


class RunFolderError(LicError):
    """A run folder exists, is no run, or does not match its manifest."""

    exit_code = 6


@dataclass(slots=True)
class ProblemLog:
    """Collects problems so that all of them are reported at once; ``notes`` stop nobody."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def add(self, item: Problem) -> None:
        """Remember one problem, once: shape and reader may both have met it."""
        if item not in self.problems:
            self.problems.append(item)

    def raise_if_any(self) -> None:
        """Stop with every problem, sorted by place, if there is one."""
        if self.problems:
            raise RulesError(self.problems)
