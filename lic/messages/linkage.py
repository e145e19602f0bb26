"""Messages of the linkage codes."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message

LINKAGE: Mapping[str, Message] = {}
