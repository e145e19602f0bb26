"""Every title, heading and note of 动态调整.xlsx. No category, table or parameter is named here."""

from __future__ import annotations

FILE = "动态调整.xlsx"
TITLE = "低收入人口动态调整"
LEDGER = "对平表"
PERIODS = "比较：{old_period}（{old}，基准日 {old_as_of}）→ {new_period}（{new}，基准日 {new_as_of}）。"
NOT_A_VERDICT = "本表由系统比较两次核查结果得出，供镇级专班核查和会议确认，不是认定结论。"
HOW_COUNTED = "户数按家庭的变动统计，人数按个人的变动统计；一户、一人可以有几种变动。"
LEDGER_HOW = (
    "上月 － 退出 ＋ 新增 ＋ 重新纳入 ± 转类 ± 镇间迁移 ± 合分户 ± 待核实 ± 缺报 ＝ 本月，"
    "逐镇逐类、户数人数分别核对。"
)
LEDGER_HOLDS = "全部对平：{cells} 格，相差 0。"
LEDGER_BROKEN = "有 {count} 格对不上，见“相差”。"
NOTICE = "注意：{text}。"

KIND = "变动"
HOW = "怎么办"
WHOSE = "户/人"
OLD, NEW = "上月", "本月"
CHANGE = "变动内容"
SINCE = "曾退出"
CAUSE = "原因"
EVIDENCE = "依据和出处"
EFFECTIVE = "建议月份"
ADVICE = "建议"
REGISTERED = "在册类别"
MARK = "备注"
GROUP = "类别"
DIFFERENCE = "相差"
CELL_MOVES = "－{went}　＋{came}"
OPINION = "经办人：                    审核人：                    日期：     年   月   日"

ADVICE_PAY = "确认后自 {month} 起发放"
ADVICE_STOP = "核实后自 {month} 起停发"
ADVICE_FADE = "核实后渐退：发到 {until} 为止，{month} 起停发"
ADVICE_MOVE = "确认后自 {month} 起按新类别"
ADVICE_REGISTERED = "已在册，继续发放"
ADVICE_OFF = "已不在册，无须停发"
ADVICE_CHECK = "核对证件后更正；不是同一人的，原号按退出、新号按新增"
ADVICE_FETCH = "请补报后再比较；不作退出、不作新增"
PROPOSED = "拟，待核对"
TOGETHER = "（几项合在一起）"
CAUSE_OF = "{kind}：{source}"
VALUES = "{what} {old} → {new}"
BLANK = "（空）"
ARROW = "{old} → {new}"
SEPARATOR = "；"
WHOM = "{whom}：{text}"
PLACE = "（{place}）"

KIND_HOW = {
    "新增": "上月没有认定、本月认定的；须入户核查、公示后确认。",
    "重新纳入": "以前退出过、本月又认定的；“曾退出”是停保名单上的日期，或上次认定的月份。",
    "退出": "上月认定、本月不再符合的；须核查后按规定程序退出，次月生效。",
    "类别变更": "上月和本月都认定、类别不同的。",
    "转为待核实": "上月已明确、本月还缺数据的；补齐前不作退出。",
    "待核实已明确": "上月待核实、本月已有结果的。",
    "标识变更": "标识增减的。",
    "成员增减": "家庭成员或计入人数有增减的。",
    "户主变更": "户主换人的。",
    "镇村变更": "所在镇、村不同的。",
    "身份证更正": "号码写法更正，或推测为同一人的更正（标“拟”的，须核对证件后才算）。",
    "合户": "几户并成一户的。",
    "分户": "一户分成几户的。",
    "户编号变更": "同一户换了编号（如申请获批列入登记册）。",
    "其他信息变更": "姓名、与户主关系、依据等变动。",
    "进入核对范围": "上月不在任何名册、本月在，但没有认定的。",
    "离开核对范围": "上月在名册但没有认定、本月不在任何名册的。",
    "缺报未能比较": "只因部门没有报送而不同的：不作退出、不作新增。",
}
