"""Messages of the rule pack (R codes from R011)."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message
from lic.messages.declare import DECLARE

RULES: Mapping[str, Message] = {
    **DECLARE,
}
