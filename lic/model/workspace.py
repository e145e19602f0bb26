"""A workspace as its ``lic.yaml`` describes it, as a value. Refuses to read anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

WORKSPACE_FILE = "lic.yaml"

AUDITS = "抽查"  # beside the runs of a period: the samples drawn from them
VIEWS = "报表"  # in a run folder: views that may be written again, no part of the hashed run (DESIGN §5)

AUDIT_REGISTER = "抽查登记.jsonl"

# The keys of that file (POLICY §6).
COUNTY = "县"
TOWNS = "镇"
RULES = "规则"
SUPERIOR = "上级规则"  # folders of rules that outrank the pack
NO_REGISTER = "不设登记"
PARAMETERS = "参数"
CONTACT = "联系"  # whom a department may ask, printed on receipts
FORMS = "平台模板"  # official entry forms of other systems, by the file of their declaration
EXPECTED = "预期"  # of tables, as in a source
PASSWORDS = "密码文件"  # of encrypted workbooks; the file is not the passwords
NOTICE = "公示"  # who answers and who signs, printed on public notices
PHONE = "监督电话"
SIGNED = "落款"
BY_TOWN = "各镇"


@dataclass(frozen=True, slots=True)
class NoticeOffice:
    """Who answers the telephone and who signs a public notice; None is left blank on it."""

    phone: str | None = None
    signed: str | None = None


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where a county keeps its months, and what it says about itself.

    ``rules`` is the pack's folder as written, resolved against ``root``; None means the pack
    that ships with lic. ``superior``: folders of higher rules, likewise. ``absent_registers``
    are the parts that the county does not keep. ``password_file`` holds what opens encrypted workbooks.
    """

    root: Path
    county: str
    towns: tuple[str, ...] = ()
    rules: Path | None = None
    absent_registers: frozenset[str] = frozenset()
    contact: str | None = None
    superior: tuple[Path, ...] = ()
    notice: NoticeOffice = NoticeOffice()
    town_notices: Mapping[str, NoticeOffice] = field(default_factory=dict)
    forms: Mapping[str, Path] = field(default_factory=dict)
    password_file: Path | None = None

    def office(self, town: str | None) -> NoticeOffice:
        """Whose a town's notice is: what the town has of its own, else the county's."""
        own = NoticeOffice() if town is None else self.town_notices.get(town, NoticeOffice())
        return NoticeOffice(own.phone or self.notice.phone, own.signed or self.notice.signed)

    @property
    def config(self) -> Path:
        """The workspace's own file."""
        return self.root / WORKSPACE_FILE

    @property
    def runs(self) -> Path:
        """Where runs are kept."""
        return self.root / "runs"

    @property
    def audit_register(self) -> Path:
        """Where every freeze and draw of the workspace is entered."""
        return self.runs / AUDIT_REGISTER

    @property
    def cache(self) -> Path:
        """lic's private folder in the workspace."""
        return self.root / ".lic"
