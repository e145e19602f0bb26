"""Words of the declaration format itself, below every layer that reads one."""

from __future__ import annotations

YES = "是"
NO = "否"

EXPECTED_TEXT = "文字"
EXPECTED_FLAG = "是 或 否"
EXPECTED_LIST = "列表"
EXPECTED_MAP = "键值表"
WRITTEN_NOTHING = "空白"
WRITTEN_TEXT = "“{text}”"
WRITTEN_LIST = "一个列表"
WRITTEN_MAP = "一个键值表"
AND_MORE = "……"
EXPECTED_NUMBER = "数字，如 7200、1.5、60%"
EXPECTED_DATE = "日期，如 2026-07-01"
EXPECTED_KEY = "键名"

ENCODING_GBK = "像是 GBK，即记事本里的 ANSI"
ENCODING_UTF16 = "是 UTF-16，即记事本里的 Unicode"
ENCODING_UNCLEAR = "看不出是哪种编码"

# What PyYAML and libyaml say (a part of it), and what a person is told; the first that fits.
SYNTAX = {
    "quoted scalar": "从这里开始的引号没有成对",
    "flow mapping": "“{”没有配上“}”，或者各项之间少了逗号",
    "flow sequence": "“[”没有配上“]”，或者各项之间少了逗号",
    "mapping values are not allowed": "这里不应有冒号：上一行没有写完、缩进不齐，或文字里有“: ”而没有加引号",
    "expected ':'": "这一行应为“键: 值”，没有冒号",
    "cannot start any token": "不能以 % @ ` 这样的符号开头，整句要加引号",
    "escape": "双引号里的反斜杠不能这样写，改用单引号",
    "single document": "一个文件里只能有一份内容，不要用 --- 分开",
    "block mapping": "缩进与上面同级的行不齐",
    "block collection": "缩进与上面同级的行不齐",
    "block end": "缩进与上面同级的行不齐",
    "expected key": "缩进与上面同级的行不齐",
    "not allowed": "有不能出现的控制字符",
}
SYNTAX_OTHER = "看一看缩进、冒号后的空格和括号是否成对"

UNREAD_SUFFIX = "扩展名应为 .yaml，现在是 {suffix}"
UNREAD_FOLDER = "没有叫“{folder}”的文件夹；可以是：{known}"
