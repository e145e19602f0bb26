"""The fixed keys of ``lic.yaml`` (POLICY §6)."""

from __future__ import annotations

COUNTY = "县"
TOWNS = "镇"
RULES = "规则"
NO_REGISTER = "不设登记"
PARAMETERS = "参数"
