"""Every sentence that an error or a finding can say, by its stable code.

Knows wording only. Codes are never renumbered and never reused; a retired one moves to
``RETIRED``. A letter says who speaks: S sources, L linkage, R rule pack, G gate,
W run folder and usage. K codes belong to the pack and are worded there.
"""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.audit import AUDIT
from lic.messages.base import Message, render
from lic.messages.check import CHECK
from lic.messages.diff import DIFF
from lic.messages.explain import EXPLAIN
from lic.messages.feedback import FEEDBACK
from lic.messages.help import HELP
from lic.messages.layers import LAYERS
from lic.messages.linkage import LINKAGE
from lic.messages.lints import LINTS
from lic.messages.new_workspace import NEW_WORKSPACE
from lic.messages.papers import PAPERS
from lic.messages.platform import PLATFORM
from lic.messages.reading import READING
from lic.messages.report import REPORT
from lic.messages.required import REQUIRED
from lic.messages.rulebook import RULEBOOK
from lic.messages.rules import RULES
from lic.messages.run import RUN
from lic.messages.source_rules import SOURCE_RULES
from lic.messages.sources import SOURCES
from lic.messages.sources_own import SOURCES_OWN

CATALOGUE: Mapping[str, Message] = {
    **SOURCES,
    **READING,
    **CHECK,
    **REQUIRED,
    **SOURCES_OWN,
    **SOURCE_RULES,
    **LINKAGE,
    **RULES,
    **LAYERS,
    **LINTS,
    **RUN,
    **RULEBOOK,
    **EXPLAIN,
    **DIFF,
    **FEEDBACK,
    **PLATFORM,
    **PLATFORM,
    **AUDIT,
    **NEW_WORKSPACE,
    **HELP,
    **PAPERS,
    **REPORT,
}
RETIRED: frozenset[str] = frozenset()

__all__ = ["CATALOGUE", "RETIRED", "Message", "render", "say"]


def say(code: str, params: Mapping[str, object], keep: frozenset[str] = frozenset()) -> str:
    """The sentence of ``code`` with ``params`` filled in; ``keep``: digits that are no ID number."""
    return render(CATALOGUE[code].text, params, keep)


def remedy(code: str, params: Mapping[str, object]) -> str:
    """What to do about ``code``, with ``params`` filled in."""
    return render(CATALOGUE[code].remedy, params)
