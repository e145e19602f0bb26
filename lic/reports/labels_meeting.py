"""What the list for the town panel's meeting (审核确认会议表) says; wording only."""

from __future__ import annotations

FILE = "审核确认会议表.xlsx"
TITLE = "低收入人口审核确认会议表"
HOW = (
    "每户一行，各类别在一起：先是要议的新增、转类、退出、待核实和不符合的申请，再是继续保障的。“认定对象”是户内各类别的人数；"
    "“理由”“疑点”由系统按规则包计算，供会议参考，不是结论。"
)
HERE = "本表 {households} 户：要议的 {moves} 户，继续保障的 {kept} 户。"
NO_TOWN = "未填镇"
HEAD = "户主\n户编号"
PLACE = "村组"
MEMBERS = "家庭\n人口"
COUNTED = "共同\n生活"
COVERED = "认定对象"
COVERED_ITEM = "{group} {count} 人"
DOUBTS = "疑点"
DOUBT = "{code} {message}"
DOUBT_OF = "{code} {name}：{message}"
DOUBT_OF_MANY = "{code} {name}等 {count} 人：{message}"
FIGURES = "主要数据"
FIGURE = "{name} {value}"
SHARE = "（{title} {percent}%）"
MORE = "另有 {count} 项"
SEPARATOR = "；"
OPINION = "会议意见"
OPINIONS = ("同意", "不同意", "缓议")
REMARK = "说明"
SIGNED = "签字"
CLOSING = (
    "会议时间：　　　　年　　月　　日　　　　地点：　　　　　　　　　　主持人：　　　　　　　　记录人：",
    "应到　　　人，实到　　　人。与申请家庭有近亲属关系的参会人员已回避：　□ 是　　□ 无此情况",
    "参会人员签字：",
    "镇政府审核意见：　　　　　　　　　　　　　　　　　　　　　　　　（盖章）　　　　　　年　　月　　日",
)
