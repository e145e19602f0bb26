"""Messages of the rule pack (R codes from R011; R020-R039 are in ``source_rules``)."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message
from lic.messages.declare import DECLARE

RULES: Mapping[str, Message] = {
    **DECLARE,
    "R011": Message("名称重复", "“{name}”已经在别处定义过，名称不能重复", "改用另一个名称，或删去其中一处"),
    "R012": Message(
        "不认识的名称", "不认识“{name}”：它不是字段、推算、条件、参数或本表的列", "改正名称，或先定义它"
    ),
    "R013": Message(
        "运算词没有隔开",
        "不认识“{name}”：其中的“{operator}”如果是运算词，前后要有空格",
        "在运算词前后加空格，或改正名称",
    ),
    "R014": Message("循环引用", "定义绕回了自己：{path}", "断开其中一步"),
    "R015": Message("类型不对", "这里应为{expected}，写的是{found}", "改正式子"),
    "R016": Message(
        "单位不同", "单位不同，不能相加或比较：{left} 与 {right}", "用 年化、月均、期内 换算，或改正式子"
    ),
    "R017": Message("取值之外的词", "“{word}”不在取值之内；可以是：{known}", "改正这个词"),
    "R018": Message("数值过大", "“{name}”的计算可能超出整数范围", "减少连乘，或减少参数的小数位数"),
    "R019": Message(
        "不能自定的参数",
        "参数“{name}”由规则包依文件规定，本县不能改写",
        "从 lic.yaml 删去；文件有变的，修改规则包并写明依据",
    ),
    "R040": Message("式子写错", "式子在“{found}”处写错", "检查括号、逗号、运算词和引号"),
    "R041": Message("不认识的函数", "不认识函数“{name}”", "改正函数名"),
    "R042": Message(
        "层级不对",
        "这里不能直接用“{name}”：它属于更低的层级",
        "在家庭里用个人的事实，要用 合计、计数、有人、每人 汇总",
    ),
    "R043": Message("不认识的表", "不认识表“{name}”", "改正表名，或先在 sources 中声明这张表"),
    "R044": Message("不认识的列", "“{table}”没有列“{name}”", "改正列名，或先在 sources 中声明这一列"),
    "R045": Message("不认识的参数", "规则包没有参数“{name}”", "改正参数名"),
    "R046": Message("参数的键不对", "参数“{name}”不能有“{key}”；可以是：{known}", "改正这个键"),
    "R047": Message("不认识的单位", "不认识单位“{unit}”", "单位由 元 人 月 年 岁 个 组成，如 元/人·年"),
    "R049": Message("单元格数目不对", "这一行有 {found} 格，列有 {expected} 个", "每列写一格，不论的写 －"),
    "R050": Message(
        "永远轮不到的行", "第 {row} 行包含了第 {earlier} 行的全部要求，永远轮不到", "调整行的先后，或补充要求"
    ),
    "R051": Message("没有用到", "“{name}”没有用到", "删去它；参数由别的命令使用的，写明 用途"),
    "R052": Message("不能这样写", "“{key}”不能是“{value}”；可以是：{known}", "改正这个词"),
    "R053": Message("起始日期重复", "参数“{name}”在 {date} 有两个取值", "删去其中一个"),
    "R054": Message("测试写错", "测试用到的“{name}”不存在，或不能在这里给出", "改正名称"),
    "R055": Message("类别之外", "“{category}”不在类别之内；可以是：{known}", "改正类别"),
    "R056": Message("除数不是常数", "只能除以不为零的常数", "把比较式两边同乘，避免除法"),
    "R057": Message("参数个数不对", "“{name}”要写 {least} 到 {most} 项", "补上或删去"),
    "R058": Message("参数要指明一项", "参数“{name}”在这里要写明取哪一项", "写成 名称[键]"),
    "R059": Message("不能换算", "“{name}”只能换算按“{unit}”计的数", "删去这个换算，或改正单位"),
    "R060": Message("只能用于行", "“{name}”只能用在一张表的行上", "移到 字段 的 取 里面"),
    "R061": Message("不是按月的表", "表“{table}”没有声明 按月", "改用 月数，或在 sources 中声明 按月"),
    "R062": Message(
        "成员不是条件名", "“成员”应是一个个人层级的条件的名称，写的是“{name}”", "先定义这个条件，再写它的名称"
    ),
    "R063": Message("不是认定表", "“{name}”不是这里要的认定表", "改为 认定 中定义的名称"),
    "R064": Message("三者只写其一", "{keys} 三者要写而且只写一个", "保留一个"),
}
