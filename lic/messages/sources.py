"""Messages of the sources codes."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message

SOURCES: Mapping[str, Message] = {}
