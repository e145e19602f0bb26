"""What a public notice (公示) says; wording only."""

from __future__ import annotations

FOLDER = "公示"
PROPOSED = "拟认定低收入人口公示"
EVERYBODY = "低收入人口名单公示"
FILE = "{town}公示"
TITLE = "{town}{kind}"
LIST_TITLE = "（{village}）"
NO_VILLAGE = "未填村"

LEAD_PROPOSED = "经核对和审核，下列家庭拟认定为低收入人口或者调整类别，现予公示，接受群众监督。"
LEAD_EVERYBODY = "下列家庭是本镇现有的低收入人口，现予公示，接受群众监督。"
OBJECTION = (
    "公示期内有不同意见的，可以通过下面的监督电话或者书面反映，实名、匿名均可；反映情况请说明理由，便于核实。"
)
NOBODY = "本期没有需要公示的家庭。"

PERIOD = "公示期：{start}至{end}（{days}天，张贴当日不计）。"
PERIOD_MOVED = (
    "公示期：{start}至{end}（{days}天，张贴当日不计；第{days}天{last}是休息日，顺延到其后的第一个工作日）。"
)
PERIOD_OPEN = (
    "公示期：{start}至{end}（{days}天，张贴当日不计；最后一天是休息日的，顺延到其后的第一个工作日）。"
)
DAY = "{year}年{month}月{day}日"
BLANK_DAY = "　　　　年　　月　　日"
PHONE = "监督电话：{phone}"
PHONE_OF = "{phone}（{whose}）"
BLANK_PHONE = "_" * 24
BLANK_SIGNED = f"{'_' * 24}（盖章）"
JOIN = "、"

NUMBER = "序号"
HEAD = "户主姓名"
PLACE = "镇村组"
MEMBERS = "家庭人口"
COVERED = "保障人口"
CATEGORY = "类别"

SURNAME_ONLY = "{surname}某"
NUMBERED = "{name}{number}"
ORDINALS = "甲乙丙丁戊己庚辛壬癸"
WITH_DIGITS = "{name}（{digits}）"
NO_NAME = "（姓名缺）"
NOTE_DIGITS = "姓名后括号里是身份证号的末四位，用来区分本村同名的户主。"
NOTE_SURNAME = "户主未成年或者年龄不明的，只写姓。"
NOTES = "注：{notes}"

IS_A_FILE = "这是一个文件"
IS_THE_RUN = "运行结果里只有“报表”里面可以再写东西"
SOME_TOWNS = "（{towns}）"
IS_A_MONTH = "各部门导出的表所在的月份文件夹不写东西"
