"""What the audit's workbook, pages and screens say. Knows wording only."""

from __future__ import annotations

TITLE = "低收入人口认定抽查入户核查表"
SUMMARY = "汇总"
RESULTS = "结果登记"
FORMS = "核查表"

# Certainty cases
DOUBTFUL = "台账的结果或日期看不清，是否本期确认存疑"
HAS_FINDING = "疑点 {code} {name}"
IN_TABLE = "有成员在“{table}”"
NAMED_IN_FILE = "名单指定"
REFERENCE = "{period} 抽查登记第 {entry} 条"
LINE = "{sheet} 第 {row} 行"

# How it was drawn
FREEZE_ONLY = "尚未抽取：种子在冻结之后才产生"
PLAN = "方案：比例 {rate}，必查 {on_top} 户"
ORIGINS = {
    "台账": "台账中本期确认同意的家庭",
    "上期对照": "本期在册、上期没有成员在册的家庭",
    "新增建议": "系统建议新增的家庭（尚未确认）",
}
SEED = "种子：{seed}    来源：{source}"
SEED_NO_SOURCE = "种子来源未说明    种子：{seed}"
FRAME = "抽样框：{origin}，{households} 户 {persons} 人，指纹 {sha256}"
SAMPLE = (
    "随机抽取 {households} 户 {persons} 人（比例 {rate}，应不少于 {wanted} 户 {wanted_persons} 人），"
    "另加必查 {on_top} 户；样本指纹 {sha256}"
)
METHOD = (
    "方法：种子、换行、户编号连成一串取 SHA-256，按十六进制从小到大排队，排在前面的入样；任何人都能复算。"
)
STRATA = "分层：{names}，每层各抽足比例。"
LOW_RATE = "注意：比例 {rate} 低于规定的 {floor}。"
ENTRY = "抽查登记第 {number} 条，指纹 {sha256}"
FROZEN = "抽样框和方案已先冻结：登记第 {number} 条，指纹 {sha256}"
NOT_FROZEN = "抽样框和方案没有先行冻结"
EARLIER = "本期此前已抽 {count} 次；本次重抽原因：{reason}"
EARLIER_ONE = "此前：登记第 {number} 条，种子 {seed}，比例 {rate}，样本指纹 {sha256}"
DEVIATION = "与冻结的方案不同，原因：{reason}"
CERTAINTY_NOTE = "必查户不计入抽查比例，查出的问题只说明这些户本身，不能推算到其他户。"
OUTSIDE = "抽样框中有 {count} 户不在本次运行的名册里（按 1 人计）。"
NAMELESS = "台账另有 {count} 行可能属于本期确认，但没有可用的编号，无法入样，请补正台账。"
FILL_HOW = (
    "在本表的副本上填写，原件留存备查；核查结果从下拉表选，其余栏目如实填写。"
    "没有查到人的选“未能核查”，不要删行、不要换户。"
)
OTHER_RUN = "这次运行与抽样时的不是同一次（运行结果的清单不同），抽样框已逐户对照。"
LATER = "注意：这次之后，本期又抽过 {count} 次。"
EXTRA_FILES = "抽查包里另有文件，不在清单里，没有核对：{names}"
PREVIOUS_UNUSED = "已有台账，没有用到 --previous。"
SHORT = 16  # characters of a hash that are printed

# Summary
BY_TOWN = "一、按镇"
BY_VISITOR = "二、按核查人（在左栏填写姓名，自动计数）"
TOWN_HEADINGS = (
    "镇", "抽样框户数", "抽样框人数", "随机户数", "随机人数", "必查户数", "应核查户数",
    "已登记", "一致", "不应认定", "类别错误", "信息错误", "未能核查",
)  # fmt: skip
VISITOR_HEADINGS = ("核查人", "户数", "一致", "不应认定", "类别错误", "信息错误", "未能核查")
VISITOR_ROWS = 12
TOTAL = "合计"
NO_TOWN = "（未填镇）"
SUMMARY_SIGN = "填报人：　　　　　　　　审核人：　　　　　　　　　　　年　　月　　日"

# Results
ORDINAL = "序号"
HOUSEHOLD_NO = "户编号"
HEAD = "户主"
TOWN = "镇"
VILLAGE = "村"
CATEGORY = "认定类别"
PERSONS = "人数"
PART = "抽中方式"
CERTAINTY = "必查原因"
RESULT = "核查结果"
RIGHT_CATEGORY = "应为类别"
PERSON = "涉及人身份证号"
ITEM = "错误项目"
VALUE = "核实值"
DAY = "核查日期"
VISITOR = "核查人"
NOTE = "备注"
RESULT_HEADINGS = (
    ORDINAL, HOUSEHOLD_NO, HEAD, TOWN, VILLAGE, CATEGORY, PERSONS, PART, CERTAINTY,
    RESULT, RIGHT_CATEGORY, PERSON, ITEM, VALUE, DAY, VISITOR, NOTE,
)  # fmt: skip
RESULT_WIDTHS = (5, 19, 9, 10, 10, 18, 5, 7, 20, 11, 18, 20, 14, 12, 12, 10, 20)
NO_CATEGORY = "不符合任何类别"
PARTS = {"户数": "随机", "人数": "随机（补足人数）", "必查": "必查"}

# Forms
FORM_TITLE = "{county}低收入人口认定抽查入户核查表"
FORM_NUMBER = "第 {number} 户（共 {count} 户）    {period}    户编号 {household_no}"
HEAD_ID = "户主身份证号"
PLACE = "镇村"
PART_LABEL = "抽中方式"
REASON = "认定理由"
MEMBERS = "一、家庭成员"
MEMBER_HEADINGS = ("姓名", "关系", "身份证号", "申报", "核对得到", "入户所见")
FACTS = "二、申报与核对"
FACT_HEADINGS = ("项目", "申报", "核对得到", "入户所见")
FINDINGS = "三、核对发现的差异"
FINDING_HEADINGS = ("疑点", "申报", "查实", "入户核实")
NO_FINDINGS = "核对没有发现差异。"
MORE_FINDINGS = "另有 {count} 条差异，见核对差异.xlsx。"
TO_SEE = "四、入户查看"
OUTCOME = "五、核查结果（在方框内打钩，并登记到“结果登记”）"
OUTCOMES = (
    "□ 一致　　□ 不应认定（理由：　　　　　　　　　　　　　　　　　　　　　）",
    "□ 类别错误（应为：　　　　　　　　　　　　）　□ 信息错误（项目和实际值：　　　　　　　　　　　　）",
    "□ 未能核查（原因：　　　　　　　　　　　　　　　　　　　　　　　　　　）",
)
SIGNATURES = (
    "核查人（两人）签字：　　　　　　　　　　、　　　　　　　　　　　　日期：　　　年　　月　　日",
    "户主或成年家庭成员签字：　　　　　　　　　　　村（居）陪同人员签字：　　　　　　　　　　",
)
NOT_KNOWN = "－"
UNKNOWN = "未知"
OUT_OF_RUN = "这一户不在本次运行的名册里，只有台账上的内容；请现场核对家庭成员。"
MONEY = "￥{amount}"
ITEM_VALUE = "{name} {value}"
ITEMS = "；"
ABOUT = "{names}：{message}"
BETWEEN = "{low} 至 {high}"
AT_LEAST = "不少于 {low}"
