"""Every text on a receipt (回执), the paper that goes back to a department."""

from __future__ import annotations

FOLDER = "回执"
FILE = "{department}.xlsx"
COVER = "请先看这里"
TITLE = "{period}报送数据更正清单"
TO = "致：{department}"
FROM = "{county}民政局"
HOW = (
    "请在原系统或原表中更正，再按原样导出一份完整的表重新报送；不要在本清单上改，也不要只报这几行。",
    "后面每张工作表是贵单位报送的一张表里有问题的行，列名和先后与原表一样；前三列是原文件、原工作表、原行号。",
    "黄色的格子要改，格子上的批注说明原因；最后两列是问题和建议。",
    "没有列出的行不用改。本清单含个人信息，请妥善保管，用后删除。",
)
MISSING = "还没有报送：{tables}。请尽快报送。"
CONTACT = "有疑问请联系：{contact}"
NO_CONTACT = "有疑问请联系{county}民政局    联系人：                电话：                "
NUMBER = "序号"
SEVERITY = "级别"
FILE_HEADING = "文件"
PLACE = "位置"
PROBLEM = "问题"
COUNT = "处数"
ADVICE = "怎么改"
CODE = "编号"
ORIGINAL_FILE = "原文件"
ORIGINAL_SHEET = "原工作表"
ORIGINAL_ROW = "原行号"
ADVICE_HEADING = "建议"
SEPARATOR = "；"
