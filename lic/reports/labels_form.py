"""Every text on the empty forms and on the list of what must be sent."""

from __future__ import annotations

LEGEND = "填写说明"  # a sheet of this name is passed over when a filled form comes back
REQUIREMENTS_FILE = "报送要求.xlsx"
REQUIREMENTS = "部门报送要求"
REQUIREMENTS_LINE = "每月把以下各表按列名导出；列的先后不限，文件名不限。"

FORM_TITLE = "{table}（{department}）"
FORM_LINES = (
    "第一行是列名，请不要改；从第二行起填，一人一行。带 * 的列不能缺。",
    "身份证号、编号是文本格式，请直接粘贴为文本，不要改成数字，否则末几位会丢失。",
    "有下拉框的列只填下拉框里的词；金额只填数字。没有的内容留空，不要填“/”“无”。",
    "另有列不需要删，也不要合并单元格；合计、签名写在表外。",
)
SEVERAL_ROWS = "一人可以有多行。"
ONE_ROW = "一人一行。"
EMPTY_ALLOWED = "本月没有人的，也请报送只有列名的空表。"
ONE_OF = "下列各组至少要有一列：{groups}。"
KEYS = "每行至少填一项：{columns}。"
PART_FILE = "分册报送，文件名中写明“{hint}”。"
EXPECTED = "要求：{items}。"

COLUMN = "列名"
NEEDED = "必填"
KIND = "填什么"
UNIT = "单位"
WORDS = "可填的词"
BLANK = "空着的含义"
ALIASES = "也可写作"
TABLE = "表"
REQUIRED = "报送"
MUST = "必报"
MAY = "选报"
NOTES = "说明"
YES = "是"

SEPARATOR = "、"
GROUP_SEPARATOR = " 或 "
GROUPS_SEPARATOR = "；"
PART_TABLE = "{part}{table}"
ERROR_TITLE = "请核对"
WORD_ERROR = "请从下拉框中选择。"
NUMBER_ERROR = "请填数字。"
DATE_ERROR = "请填日期，如 2026-10-31。"
ID_ERROR = "身份证号应为 18 位。"
FLAG_WORDS = ("是", "否")
