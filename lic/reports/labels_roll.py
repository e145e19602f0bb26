"""What the recognition roll says beyond the common headings; wording only."""

from __future__ import annotations

FAMILIES = "家庭名册"
COVER = "封面清单"
COVER_FILE = "00封面清单.xlsx"
TOWNS_FOLDER = "按镇"
TOWN_FILE = "{town}认定名册.xlsx"

# The summary
FAMILIES_OF = "{action}户"
PERSONS_OF = "{action}人"
CHANGE_FAMILIES = "户数比上月"
CHANGE_PERSONS = "人数比上月"
COMPARED_WITH = "“比上月”是与 {period} 运行结果相比的增减。"
NO_LAST_MONTH = "本工作区没有上月的运行结果，未列与上月的增减。"
TOWN_ONLY = "本册只有{town}的人：{households} 户、{persons} 人。"

# Families and persons
PEOPLE_HERE = "本表 {persons} 人，来自 {households} 户；以户为单位看“家庭名册”。"
FAMILIES_HERE = "认定、待核实和在册的家庭共 {households} 户；以人为单位看各类别的表。"
HEAD = "户主"
HEAD_ID = "户主身份证号"
MEMBERS = "家庭人口"
COUNTED = "共同生活"
RESULT = "结果"

# In doubt
FIRST = "先找"
WAITING = "{rank}. {department}：{persons} 人、{households} 户在等，其中只差它的 {alone} 人；要补：{items}"
WAITING_ITEM = "{item}（{count} 人）"
MORE_ITEMS = "等 {count} 项"
FIRST_HOW = "按补齐后能解开最多人的部门排列；一人缺几个部门的，排在影响最大的部门之下，各部门人数因此有重复。"
PARAMETERS_OWNER = "本局（填写 lic.yaml 参数）"
NOBODY = "（来源不明）"

# Changes
LEAVE_SINCE = "建议起始月"
LEAVE_SINCE_HOW = (
    "“建议起始月”是连续各月都建议退出的第一个月，依本工作区以前各月的运行结果；以前没有结果的为本月。"
)
DOUBTS = "有关疑点"
DOUBT = "{code} {message}"
DOUBT_SEPARATOR = "；"

# What people sign
OPINION = "镇专班审核意见：　□ 同意　　□ 部分同意（改动见各行）　　□ 不同意，理由："
SIGNATURE = "组长签字：　　　　　　　　成员签字：　　　　　　　　　　　　　　　　日期：　　　　年　　月　　日"

# The covering list
FILE = "名册文件"
EMPTY_TOWN = "（本期无人，未出册）"
RECEIVED_BY = "签收人"
RECEIVED_ON = "签收日期"
COVER_HOW = "每镇一册，只含本镇的人。户数、人数之和与全县名册一致。名册含个人信息，签收后由专人保管。"
COVER_SIGNED = "发放人签字：　　　　　　　　　　　　日期：　　　　年　　月　　日"
