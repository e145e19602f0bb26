"""What one code means: of lic's own messages, or of a check of the shipped pack."""

from __future__ import annotations

from lic.errors import ProblemLog, UsageError
from lic.messages import CATALOGUE
from lic.messages.base import Message
from lic.policy.declared import Check
from lic.policy.pack import load_pack
from lic.sources import load_sources
from lic.workflows.workspace import SOURCES, shipped_pack


def code_help(code: str) -> tuple[str, ...]:
    """Title, sentence and remedy of ``code`` as lines; UsageError when nobody knows it."""
    wanted = code.strip().upper()
    if wanted in CATALOGUE:
        return _lines(wanted, CATALOGUE[wanted])
    lines = [line for known, message in _checks() if known == wanted for line in _lines(wanted, message)]
    if not lines:
        raise UsageError("W106", asked=code)
    return tuple(lines)


def _lines(code: str, message: Message) -> tuple[str, ...]:
    return tuple(line for line in (f"{code}  {message.title}", message.text, message.remedy) if line)


def _checks() -> list[tuple[str, Message]]:
    """The checks of the shipped pack, those that are not in use included."""
    log, folder = ProblemLog(), shipped_pack()
    sources = load_sources(folder / SOURCES, None, log)
    pack = load_pack(folder, schemas=sources.schemas, local=None, log=log)
    log.raise_if_any()
    if pack is None:
        return []
    checks = [(item.code, _said(item)) for item in pack.checks]
    disabled = pack.program.declarations.disabled
    return checks + [(item.code, Message(item.name, item.reason, "")) for item in disabled]


def _said(check: Check) -> Message:
    title = f"{check.name} ({check.direction}, {check.severity})"
    return Message(title, check.message.text, check.suggestion or "")
