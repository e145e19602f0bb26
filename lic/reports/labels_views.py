"""How views are named on the command line; wording only."""

from __future__ import annotations

ROLL = "认定名册"
TOWNS = "按镇"
DISCREPANCY = "核对差异"
QUALITY = "数据质量"
PLATFORM = "平台录入"
SUMMARY = "汇总"
ECONOMY = "核对报告"
MEETING = "审核确认会议表"
NOTICE = "公示"
