"""What one code means: of lic's own messages, or of a check of the pack; and which codes there are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from lic.declare import near_miss
from lic.errors import LicError, ProblemLog, UsageError
from lic.messages import CATALOGUE, RETIRED
from lic.messages.base import Message
from lic.messages.help import BLANK, FAMILIES, PACK_FAMILY
from lic.policy.pack import Pack, load_pack
from lic.sources.declare import load_sources
from lic.workflows.open_rules import open_rules
from lic.workflows.workspace import SOURCES, shipped_pack

_BLANK = re.compile(r"\{[^{}]+\}")
_CODE = re.compile(r"^[A-Z]\d{3,}$")


@dataclass(frozen=True, slots=True)
class CodeHelp:
    """One code as people read it: what it is, what it says, what to do. ``off``: why it is not in use."""

    code: str
    title: str
    text: str
    remedy: str
    off: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """The codes of one letter: who speaks, and how many there are."""

    letter: str
    speaker: str
    count: int


def families() -> tuple[Family, ...]:
    """Every letter in use, sorted."""
    codes = {*CATALOGUE, *(item.code for item in _checks())}
    letters = sorted({code[0] for code in codes})
    return tuple(
        Family(
            letter,
            FAMILIES.get(letter, PACK_FAMILY),
            sum(1 for code in codes if code.startswith(letter)),
        )
        for letter in letters
    )


def code_help(asked: str) -> tuple[CodeHelp, ...]:
    """Everything known about a code; for the beginning of codes or a word of a title, all that fit.

    Raises UsageError with the nearest code when nobody knows it.
    """
    wanted = unicodedata.normalize("NFKC", asked).strip().upper()
    if wanted in CATALOGUE:  # without reading a pack, which may be what is wrong
        return (_message(wanted, CATALOGUE[wanted]),)
    known = [*_own(), *_checks()]
    found = [item for item in known if item.code == wanted]
    if not found and wanted and not _CODE.match(wanted):
        found = [item for item in known if item.code.startswith(wanted) or wanted in item.title.upper()]
    if found:
        return tuple(sorted(found, key=lambda item: (item.code, item.title)))
    if wanted in RETIRED:
        raise UsageError("W170", asked=wanted)
    codes = {item.code for item in known}
    guess = near_miss(wanted, {code for code in codes if code[0] == wanted[:1]} or codes)
    if guess is None:
        raise UsageError("W106", asked=asked)
    raise UsageError("W171", asked=asked, suggestion=guess)


def _own() -> Iterator[CodeHelp]:
    for code, message in sorted(CATALOGUE.items()):
        yield _message(code, message)


def _message(code: str, message: Message) -> CodeHelp:
    return CodeHelp(code, message.title, _said(message.text), _said(message.remedy))


def _said(text: str) -> str:
    """A template without its blanks' English names."""
    return _BLANK.sub(BLANK, text)


def _checks() -> Iterator[CodeHelp]:
    """The checks of the pack in use here, those that are switched off included."""
    for check in (pack := _pack()).checks:
        title = f"{check.name} ({check.direction}, {check.severity})"
        yield CodeHelp(check.code, title, check.message.text, check.suggestion or "")
    for item in pack.program.declarations.disabled:
        yield CodeHelp(item.code, item.name, "", "", item.reason)


def _pack() -> Pack:
    """The pack of the workspace around here; when that is wrong or there is none, the shipped one."""
    try:
        return open_rules(None).rules.pack
    except LicError:
        log, folder = ProblemLog(), shipped_pack()
        sources = load_sources(folder / SOURCES, None, log)
        pack = load_pack(folder, schemas=sources.schemas, local=None, log=log)
        log.raise_if_any()
        if pack is None:
            raise
        return pack
