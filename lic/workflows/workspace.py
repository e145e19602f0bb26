"""Finding the workspace, its rule pack and the month that a command is about.

Knows ``lic.yaml``'s own keys; the parameters in it belong to the rule pack's reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import lic
from lic.declare import Map, Node, Scalar, Seq, near_miss, read_document, read_map, read_text
from lic.errors import ProblemLog, UsageError
from lic.model import workspace as workspace_keys
from lic.model.period import Period
from lic.model.shape import judge
from lic.model.workspace import WORKSPACE_FILE, NoticeOffice, Workspace
from lic.runs.evidence import RULES
from lic.workflows.shapes import WORKSPACE

SOURCES = "sources"
_JOINED = re.compile("[\u3001\uff0c,;\uff1b ]+")


@dataclass(frozen=True, slots=True)
class Month:
    """A month's folder and what is asked about it.

    ``config`` is the tree of ``lic.yaml``; what is wrong in it is in ``log``, so that it can be
    said together with what is wrong in the rules.
    """

    folder: Path
    workspace: Workspace
    pack: Path
    period: Period
    as_of: date
    config: Map | None
    log: ProblemLog


def open_month(folder: Path, *, period: str | None, as_of: str | None, rules: Path | None) -> Month:
    """Find everything that a month's folder stands for.

    Raises UsageError for what the command line got wrong.
    """
    if not folder.is_dir():
        raise UsageError("W101", folder=folder)
    resolved = folder.resolve()
    month = _period(resolved.name, period)
    day = month.last_day if as_of is None else _day(as_of)
    log = ProblemLog()
    workspace, config = read_workspace(find_workspace(resolved), log)
    return Month(resolved, workspace, pack_folder(rules, workspace), month, day, config, log)


def find_workspace(folder: Path) -> Path:
    """The nearest folder from ``folder`` upward that holds ``lic.yaml``."""
    for candidate in (folder, *folder.parents):
        if (candidate / WORKSPACE_FILE).is_file():
            return candidate
    raise UsageError("W105", folder=folder)


def read_workspace(root: Path, log: ProblemLog) -> tuple[Workspace, Map | None]:
    """Read the workspace's own keys; unknown keys are problems."""
    top = read_document(root / WORKSPACE_FILE, log, name=WORKSPACE_FILE)
    county = ""
    towns: tuple[str, ...] = ()
    rules: str | None = None
    superior: tuple[str, ...] = ()
    absent: frozenset[str] = frozenset()
    contact: str | None = None
    offices: dict[str | None, NoticeOffice] = {}
    forms: dict[str, Path] = {}
    passwords: str | None = None
    if top is not None:
        judge(WORKSPACE, top)
        county = top.text(workspace_keys.COUNTY, required=True) or ""
        towns = top.texts(workspace_keys.TOWNS)
        _check_list(top.entries.get(workspace_keys.TOWNS), towns)
        rules = top.text(workspace_keys.RULES)
        superior = top.texts(workspace_keys.SUPERIOR)
        absent = frozenset(top.texts(workspace_keys.NO_REGISTER))
        contact = top.text(workspace_keys.CONTACT)
        passwords = top.text(workspace_keys.PASSWORDS)
        offices = _notice_offices(top.map(workspace_keys.NOTICE), towns)
        forms = _forms(root, top.map(workspace_keys.FORMS))
        local_parameters(top)  # read by the pack
        top.map(workspace_keys.EXPECTED)  # read by the sources
        top.finish()
    workspace = Workspace(
        root=root,
        county=county,
        towns=towns,
        rules=None if rules is None else folder_named(root, rules),
        absent_registers=absent,
        contact=contact,
        superior=tuple(folder_named(root, text) for text in superior),
        notice=offices.pop(None, NoticeOffice()),
        town_notices={town: office for town, office in offices.items() if town is not None},
        forms=forms,
        password_file=None if passwords is None else folder_named(root, passwords),
    )
    return workspace, top


def folder_named(root: Path, text: str) -> Path:
    """A folder or file as ``lic.yaml`` names it, relative to the workspace; written for Windows or not."""
    return root / text.strip().replace("\\", "/")


def _notice_offices(body: Map | None, towns: tuple[str, ...]) -> dict[str | None, NoticeOffice]:
    """公示: the county's telephone and signature under None, then those of single towns."""
    if body is None:
        return {}
    offices: dict[str | None, NoticeOffice] = {None: _office(body)}
    own = body.map(workspace_keys.BY_TOWN)
    body.finish()
    for key, node in own.pairs() if own is not None else ():
        inner = read_map(node)
        if towns and key.value not in towns:
            key.fail("R117", name=key.value, suggestion=near_miss(key.value, towns))
        if inner is not None:
            offices[key.value] = _office(inner)
            inner.finish()
    return offices


def _office(body: Map) -> NoticeOffice:
    return NoticeOffice(body.text(workspace_keys.PHONE), body.text(workspace_keys.SIGNED))


def _forms(root: Path, body: Map | None) -> dict[str, Path]:
    """The official entry forms; one that is not there is a problem, unless a run keeps this file."""
    kept = root.name == RULES and (root / SOURCES).is_dir()  # the copy in a run, far from the form
    found: dict[str, Path] = {}
    for key, node in body.pairs() if body is not None else ():
        text = read_text(node) or ""
        found[key.value] = folder_named(root, text)
        if text and not found[key.value].is_file() and not kept:
            node.fail("R180", file=text)
    return found


def _check_list(node: Node | None, words: tuple[str, ...]) -> None:
    """Several names in one text would be one name that nothing is ever called.

    A name in quotation marks is meant as it stands.
    """
    items = node.items if isinstance(node, Seq) else [node]
    quoted = {item.value for item in items if isinstance(item, Scalar) and item.quoted}
    for word in words:
        if word in quoted:
            continue
        parts = [part for part in _JOINED.split(word) if part]
        if len(parts) > 1 and node is not None:
            node.fail("R092", text=word, first=parts[0], second=parts[1])


def local_parameters(config: Map | None) -> Map | None:
    """The 参数 of ``lic.yaml``; a key with nothing but comments under it is as good as none."""
    node = None if config is None else config.take(workspace_keys.PARAMETERS)
    return None if isinstance(node, Scalar) and node.blank else read_map(node)


def pack_folder(rules: Path | None, workspace: Workspace) -> Path:
    """The pack: as told, as ``lic.yaml`` says, or the one that ships with lic."""
    chosen = rules if rules is not None else workspace.rules
    if chosen is None:
        return shipped_pack()
    if not chosen.is_dir():
        raise UsageError("W107", folder=chosen)
    return chosen.resolve()


def shipped_pack() -> Path:
    """The pack inside the installed package, else the ``rules`` folder of a checkout."""
    package = Path(lic.__file__).resolve().parent
    for candidate in (package / "_pack", package.parent / "rules"):
        if candidate.is_dir():
            return candidate
    raise UsageError("W107", folder=package / "_pack")


def earlier_months(month: Month) -> list[tuple[Period, Path]]:
    """The workspace's other month folders before this one, oldest first."""
    found = []
    for item in sorted(month.workspace.root.iterdir()):
        period = Period.parse(item.name)
        if period is not None and item.is_dir() and period < month.period and item.resolve() != month.folder:
            found.append((period, item))
    return found


def _period(name: str, given: str | None) -> Period:
    found = Period.parse(name if given is None else given)
    if found is None:
        raise UsageError("W102", name=name) if given is None else UsageError("W104", value=given)
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("W103", value=text) from None
