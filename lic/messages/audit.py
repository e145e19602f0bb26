"""Messages about the audit sample: drawing, verifying, evaluating (W600 on)."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message

AUDIT: Mapping[str, Message] = {
    "W600": Message(
        "说不出谁是新增确认对象",
        "{period} 没有“{table}”，也没有给出上期的运行结果，说不出谁是新增确认对象",
        "报送“{table}”后重新运行，或加 --previous 上期的运行结果；只从系统建议的新增中抽，加 --frame 建议",
    ),
}
