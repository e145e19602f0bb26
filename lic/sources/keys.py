"""The keys of the declaration files in ``rules/sources/`` and the fixed words of reading."""

from __future__ import annotations

# One table
TABLE = "表"
CODE = "代码"
DEPARTMENT = "部门"
REQUIRED = "必需"
FILE_HINTS = "文件提示"
SEVERAL_FILES = "可多文件"
SEVERAL_ROWS = "一人多行"
MAY_BE_EMPTY = "可为空表"
NUMBER = "号码"
NAME = "姓名"
MONTHLY = "按月"
MONTHLY_DATE = "日期"
MONTHLY_LAG = "滞后"
INDISPENSABLE = "不可缺"
ONE_OF = "行须有"
SPLIT = "拆行"
FINGERPRINT = "特征"
MUST_HAVE = "须有"
MUST_NOT_HAVE = "不得有"
PARTS = "分册"
HIDDEN_ROWS = "隐藏行"
SHEETS = "工作表"
LIMITS = "上限"
LIMIT_NAMES = {
    "seconds": "秒数",
    "memory_mb": "内存MB",
    "unpacked_mb": "解压MB",
    "ratio": "压缩比",
    "cells": "单元格数",
}
HINTS = "提示"
FILL = "填"
COLUMNS = "列"
IGNORED = "忽略"
EXPECTED = "预期"
NOT_OFFERED = "模板不列"
REFERENCE = "依据"
NEW = "新增"

# What is expected of a table
LEVEL = "级别"
ROW_COUNT = "行数"
LEAST = "最少"
MOST = "最多"
FILL_RATES = "填写率"
MATCH_RATE = "匹配率"
LAST_MONTH = "较上月"
CHANGE = "增减"
FILL_DROP = "填写率下降"
TOWNS_DUE = "必报镇"
TOWN_NAMES = "镇"

# One column
ALIASES = "别名"
SAME_AS = "同"
TYPE = "类型"
UNIT = "单位"
NEEDED = "必填"
WORDS = "取值"
LETTERS = "逐字"
NEGATIVE = "负数"
BLANK = "空白"
ABSENT = "缺列"
MEANS = "取"
REASON = "理由"
NOT_AFTER_PERIOD = "不晚于期末"
TOWN = "镇名"
REPEATABLE = "可重复"
# How a described column calls the aliases of its words, plain and with ``*``.
SPELLINGS = "等同的写法"
PATTERNS = "等同的写法（带 *，依次）"

NEGATIVE_REFUSED = "拒收"
NEGATIVE_ZERO = "记零"
NEGATIVE_ALLOWED = "允许"
HIDDEN_READ = "读取"
HIDDEN_SKIPPED = "跳过"
HIDDEN_REFUSED = "拒收"
OPEN_END = "至今"
OPEN_START = "不限"
YES = "是"
NO = "否"

# Shared files
WORD_LISTS = "词表"
SKIPPED_FILES = "跳过文件"
OWN_OUTPUT = "自己的输出"
NOTE_SHEETS = "说明页"
OWN_MARKS = "自己的标记"
TOTAL_WORDS = "合计用语"
FOOTER_WORDS = "表尾用语"
PLACEHOLDERS = "占位号码"
DASHES = "横线用语"
DATA_DATE_COLUMNS = "数据日期列"
MOJIBAKE = "乱码用语"
OWNER_FILES = "占用标记"

UNITS = ("元", "元/月", "元/年", "人", "月", "岁", "个", "套", "年")

# What a file is that holds no table, as messages call it
PDF = "PDF 文件"
PICTURE = "图片"
WORD = "文字文档（Word、WPS 文字）"
SLIDES = "演示文稿"
DRAWING = "绘图"
LETTER = "邮件"
TABLE_NAME = "表格{number}"  # of a web page with several
DATABASE = "数据库文件"
PROGRAM = "程序"
UNKNOWN_DOCUMENT = "其他文档"

# Fixed forms inside headings, titles and file names
REQUIRED_MARK = "(必填)"
MONEY_SUFFIXES = ("(元)", "(元/月)", "(元/年)", "(元/人)", "(元/人·月)", "(元/人·年)", ":元")
TEN_THOUSAND_SUFFIXES = ("(万元)", ":万元")
TITLE_UNIT = r"单位[:：]\s*(?:人民币)?\s*(万元|元)"
TEN_THOUSAND = "万元"
TITLE_MONTH = r"(?<!\d)(20\d{2})\s*年\s*(\d{1,2})\s*月"
FILE_MONTH = r"(?<!\d)(20\d{2})(?:年|[-._])?(0[1-9]|1[0-2]|[1-9](?=月))(?:月份?)?(?!\d)"
FILE_DAY = r"(?<!\d)(20\d{2})[-._]?(0[1-9]|1[0-2])[-._]?(0[1-9]|[12]\d|3[01])(?!\d)"
TITLE_DATA_DATE = (
    r"(?:截至|截止|数据日期|统计日期)\D{0,6}(20\d{2})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})"
)
UNIT_ROW = ("元", "万元", "元/月", "元/年", "元/人", "元/人·月", "元/人·年")
TOTAL_TAIL = r"^(?:人数|户数|金额|数)?[:：]?(?:[（(].*|\d.*|共.*)?$"
NUMBERING = "甲乙丙丁戊己庚辛壬癸"
LINE_NUMBER = ("栏次", "行次")
COUNT_LINE = r"^共\d+.?$|^共计\d+"
DATE_LINE = r"^\d{4}[年.\-/]\d{1,2}[月.\-/](?:\d{1,2}日?)?$"
TOWN_SUFFIXES = ("街道办事处", "街道办", "街道", "镇", "乡")
TEXT_READ = "{encoding} 编码、{mark}分隔"
MARK_NAMES = {",": "逗号", ";": "分号", "\t": "Tab ", "|": "竖线", "，": "全角逗号"}
