"""Messages of the run codes."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message

RUN: Mapping[str, Message] = {}
