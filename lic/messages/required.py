"""What ``--require`` says of a table that did not come (G020)."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message

REQUIRED: Mapping[str, Message] = {
    "G020": Message(
        "点名要的表没有来",
        "--require 点名的“{table}”这个月{how}（{department}）",
        "请{department}报送后重新运行；确实不等这张表，去掉 --require {table}",
    ),
}
