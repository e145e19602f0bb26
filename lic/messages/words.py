"""Words of the declaration format itself, below every layer that reads one."""

from __future__ import annotations

YES = "是"
NO = "否"

EXPECTED_TEXT = "文字"
EXPECTED_FLAG = "是 或 否"
EXPECTED_LIST = "列表"
EXPECTED_MAP = "键值表"
EXPECTED_NUMBER = "数字，如 7200、1.5、60%"
EXPECTED_DATE = "日期，如 2026-07-01"
EXPECTED_KEY = "键名"
