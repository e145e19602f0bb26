"""What the discrepancy report says beyond the common headings; wording only."""

from __future__ import annotations

DATA_PROBLEMS = "数据问题"
SETTLED = "已核实"
ASK = "问·{department}"

# Narrow columns for paper; what a cell holds stands in its heading, line by line.
LEVEL = "级别\n编号"
WHO = "姓名 身份证号\n镇村\n户编号"
WHO_SHORT = "姓名 身份证号\n镇村"
DOUBT_AND_TODO = "疑点\n→ 怎么办"
VALUES = "申报\n查实\n差额"
PLACE_AND_DATES = "证据出处\n数据日期"
KEY = "核对键"
SETTLED_ON = "核实日期"
HANDLED = "处理情况"

# Lines inside a cell
TODO = "→ {}"
DECLARED_LINE = "申报 {}"
FOUND_LINE = "查实 {}"
DIFFERENCE_LINE = "差额 {}"
EVIDENCE_DATE = "证据数据 {}"
DECLARED_DATE = "申报数据 {}"
BOTH_DATES = "证据、申报数据 {}"
DATED = "数据 {}"
AND = "，"
DATE_UNKNOWN = "未标日期"
EXPECTED_LINE = "应为 {}"
ACTUAL_LINE = "现有 {}"
WHOLE_HOUSEHOLD = "（户）"

# Columns right of the printed page, for filtering and sorting
DIFFERENCE = "差额"
SCOPE = "对象"
ASKED = "问哪个部门"
UNKNOWN_DEPARTMENT = "（部门不明）"

# Notes
FILL_IN = (
    "请在黄色四栏填写：结论从下拉表选{verdicts}；核实值写核实到的数或情况；核实日期写年-月-日。"
    "填好后用 lic feedback 收回。可以排序、加列、挪行，但“核对键”不要改。"
)
BEYOND = "“核对键”右边的列不打印，供筛选和排序。"
ASK_HOW = "请{department}核对下列数据。同一疑点也在各方向的表中，两处填一处即可；两处填得不一样时收回会提示。"
ASK_PROBLEMS = "另有该部门导出表的数据问题 {count} 条，见“数据问题”和数据质量.xlsx。"
DATA_HOW = "导出表本身的问题：没有改正以前，有关的值按“未知”处理。"
SETTLED_HOW = "核实过、结论为误报的疑点，申报和查实的数没有变，本期不再列入各方向的表；列在这里备查。"
SETTLED_COUNT = "已核实（误报）"
