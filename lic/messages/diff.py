"""Messages of ``lic diff`` (W450 on, G045), and the words of a comparison."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message

DIFF: Mapping[str, Message] = {
    "W450": Message(
        "两次运行没有共同的人",
        "“{old}”（{old_county} {old_period}）和“{new}”（{new_county} {new_period}）没有一个共同的人，"
        "比较只会把全县列成退出和新增",
        "核对两个文件夹是不是同一个县的运行结果",
    ),
    "W451": Message(
        "不是同一个县",
        "“{old}”是{old_county}的，“{new}”是{new_county}的，共同的只有 {shared} 人，不能比较",
        "换成同一个县的两次运行；县改名的，绝大多数人相同时照常比较",
    ),
    "W452": Message(
        "类别全不相同",
        "“{old}”的类别（{old_categories}）和“{new}”的类别（{new_categories}）没有一个相同，比较没有意义",
        "用同一套规则重新运行其中一个月，再比较",
    ),
    "G045": Message(
        "上下月对不上",
        "上月加减各项变动不等于本月：{cells}",
        "两次运行的结果表可能不是同一版本的程序写的，请各自重新运行 lic classify；"
        "仍对不上，把 diff.json 发给维护人员",
    ),
}

FOLDER = "动态调整"

# What the head of a comparison says.
SAME_ANSWER = "两次运行回答的是同一个问题（数据、规则、基准日、版本都相同）"
SAME_PERIOD = "两次运行是同一个月（{period}）：看到的是数据、规则或基准日的差别，不是月度变动"
REVERSED = "次序颠倒：“旧”的一方（{old}）比“新”的一方（{new}）晚，新增和退出要反过来看"
GAP = "两次运行相隔 {months} 个月（{old} 到 {new}）：中间的进出不单列"
SAME_AS_OF = "两次运行的基准日相同（{as_of}）"
COUNTY_RENAMED = "县名不同（{old}、{new}），但绝大多数人相同，按同一个县比较"
OTHER_VERSION = "两次运行的 lic 版本不同（{old}、{new}）"
OTHER_RULES = "两次运行的规则不同（含 lic.yaml）：{count} 处"
OTHER_RULES_TEXT = "两次运行的规则文件不同，但说的是同样的规则"
OTHER_CATEGORIES = "两次运行的类别不完全相同：只在旧的有 {gone}；只在新的有 {come}"
NOT_DELIVERED_OLD = "旧的一方（{period}）未报送或拒收：{tables}"
NOT_DELIVERED_NEW = "新的一方（{period}）未报送或拒收：{tables}"
PART = "{table}（{part}）"
NONE = "无"
SEPARATOR = "、"
CELL = "{town} {group} {whose}数 相差 {difference}"
CELL_SEPARATOR = "；"
NO_TOWN = "（未填镇）"
SHOWN_CELLS = 5

# What differs, in words.
ARROW = "{old} → {new}"
BLANK = "（空）"
ABSENT = "不在名册"
PLUS, MINUS = "＋{what}", "－{what}"
CAME, WENT = "增：{names}", "减：{names}"
COUNTED = "计入人数 {old} → {new}"
COUNTED_PERSON = "计入 {old} → {new}"
OTHER_HOME = "户 {old} → {new}"
WITH = "{what}：{numbers}"
FIELD = "{name} {old} → {new}"
YES, NO, UNKNOWN = "是", "否", "不明"
CLAUSE = "；"
FIELDS: Mapping[str, str] = {
    "name": "姓名",
    "head_name": "户主姓名",
    "head_id": "户主身份证号",
    "relation": "与户主关系",
    "basis": "依据",
    "counted": "计入",
    "counted_members": "计入人数",
    "members": "人口",
    "status": "结果",
    "category": "类别",
}
MERGED_INTO, MERGED_FROM = "并入", "并入的户"
SPLIT_FROM, SPLIT_INTO = "分自", "分出的户"
CORRECTED = "号码只差一位、姓名和出生日期相同，拟按更正处理，须核对证件"
FILLED_IN = "同户同名、一方没有号码，拟按补填号码处理，须核对证件"
REWRITTEN = "写法更正（同一个号码）：{old} → {new}"

# Why it differs, in words.
PLACE = "{file} {sheet} 第 {row} 行"
NEWLY_LISTED, NO_LONGER_LISTED = "本期起列入", "本期不再列入"
DELIVERED, UNDELIVERED = "已报送", "未报送"
AS_OF = "基准日"
PROGRAM = "lic 版本"
REGISTER = "登记册"
RULES = "规则"
LIST = "所在名册"
DAY = "{name} {day}"
SINCE = "{reference}，自 {since}"
