"""What a form says about a column: its kind, the meaning of a blank, expectations of a table."""

from __future__ import annotations

from collections.abc import Mapping

# By the declared type (类型) of a column.
KINDS: Mapping[str, str] = {
    "身份证号": "18 位身份证号，单元格设为文本",
    "姓名": "姓名",
    "文本": "文字",
    "编号": "编号，单元格设为文本，保留开头的 0",
    "词": "只填列出的词",
    "是否": "是 或 否",
    "金额": "数字，最多两位小数",
    "整数": "整数",
    "小数": "数字",
    "日期": "日期，如 2026-10-31",
    "年月": "年月，如 2026-10",
    "学年": "学年，如 2026-2027",
    "列表": "几项用顿号隔开",
}
NEEDED = "不能缺这一列；空格按未知处理"
UNKNOWN = "空着按未知处理"
TELLING = "不能缺这一列：靠它认出是哪张表；内容不用"
MEANS = "空着即“{value}”：{reason}"
ABSENT = "没有这一列即“{value}”：{reason}"
OPEN_END = "至今"
OPEN_START = "不限"
YES = "是"
NO = "否"
NOTHING = "无"

EXPECT_LEAST = "至少 {value} 行"
EXPECT_MOST = "至多 {value} 行"
EXPECT_FILL = "“{column}”填写率至少 {value}"
EXPECT_TOWNS = "每个镇都要有：{towns}"
ALL_TOWNS = "lic.yaml 中的各镇"
