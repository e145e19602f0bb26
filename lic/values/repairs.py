"""The names of the small repairs that reading makes, told from the raw text alone.

A repair that nobody could dispute is a note, counted by name and column; what could be disputed
has a code of its own. Refuses to know what the value became.
"""

from __future__ import annotations

import re
import unicodedata

from lic.values.text import has_invisible

_WRAPPER = re.compile(r'^\s*(?:="?|[\'\u2018\u2019`])')
_SEPARATOR = re.compile(r"\d[,，]\d{3}")
_CURRENCY = re.compile(r"[¥￥$元圆整]|人民币|RMB|CNY", re.IGNORECASE)
_NEGATIVE = re.compile(r"^\s*[(（].*[)）]\s*$|[\u2212\u2013]")

WIDTH = "全角转半角"
SPACE = "去掉空格"
INVISIBLE = "去掉看不见的字符"
WRAPPER = "去掉强制文本的前缀"
CASE = "小写转大写"
SEPARATOR = "去掉千分位"
CURRENCY = "去掉货币符号和单位"
NEGATIVE = "括号或长横改为负号"
OTHER = "其他整理"


def repairs_of(raw: str, *, amount: bool = False, upper: bool = False) -> tuple[str, ...]:
    """Every repair that a text needed; ``amount`` and ``upper`` say what kind of value it is."""
    found = []
    if _has_wide(raw):
        found.append(WIDTH)
    if any(char.isspace() for char in raw):
        found.append(SPACE)
    if has_invisible(raw):
        found.append(INVISIBLE)
    if _WRAPPER.match(raw):
        found.append(WRAPPER)
    if upper and raw != raw.upper():
        found.append(CASE)
    if amount:
        found += [
            name
            for name, pattern in ((SEPARATOR, _SEPARATOR), (CURRENCY, _CURRENCY), (NEGATIVE, _NEGATIVE))
            if pattern.search(raw)
        ]
    return tuple(found) or (OTHER,)


def _has_wide(raw: str) -> bool:
    return any(
        not char.isspace()
        and unicodedata.east_asian_width(char) in "FH"
        and unicodedata.normalize("NFKC", char) != char
        for char in raw
    )
