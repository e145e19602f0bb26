"""Messages about the declarations in ``rules/sources/``: R020 to R039."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message

SOURCE_RULES: Mapping[str, Message] = {
    "R021": Message(
        "表重复", "表“{table}”已在 {file} 中声明", "一张表只写一个文件；要加别名，写在原来的文件里"
    ),
    "R022": Message("没有这种类型", "没有“{word}”这种类型", "改为已有的类型，如 文本、金额、日期、词"),
    "R023": Message("没有这一列", "本表没有声明“{word}”这一列", "改正列名，或先在“列”中声明"),
    "R024": Message("没有这个单位", "没有“{word}”这个单位", "改为已有的单位，如 元、元/月、元/年、人"),
    "R025": Message("负数的处理不认识", "不认识的处理“{word}”", "写 拒收、记零 或 允许"),
    "R026": Message("没有这个词表", "_words.yaml 里没有词表“{word}”", "改正名称，或在 _words.yaml 中加上"),
    "R027": Message(
        "空白的含义不合类型", "“{word}”不能作为“{kind}”列的值", "改为该类型的值；日期写 至今 或 不限"
    ),
    "R028": Message("同一个词有两个意思", "“{word}”既是“{one}”又是“{other}”", "只保留一处"),
    "R029": Message(
        "两张表会认错",
        "“{table}”的表头可能被认成“{other}”（{file}）",
        "在“特征”的“须有”或“不得有”里加上能区分两张表的列",
    ),
    "R030": Message("同一个列名指两列", "列名“{word}”既指“{one}”又指“{other}”", "只保留一处"),
    "R031": Message("既用又忽略", "“{word}”已是某一列的列名，又写在“忽略”里", "从“忽略”中删去"),
    "R032": Message("级别不认识", "这里的“级别”不能写“{word}”", "写 警告 或 阻断；匹配率还可以写 拒收"),
    "R033": Message("不应为负", "“{word}”不应为负数", "改为 0 或正数"),
    "R034": Message("比例超过 100%", "“{word}”应是 0 到 100% 之间的比例", "写成 95% 或 0.95"),
    "R036": Message("表里没有镇", "这张表没有镇名列，不能规定“必报镇”", "删去“必报镇”"),
    "R037": Message(
        "词表里没有这个词",
        "这一列的词表里没有“{word}”，只能给已有的词加别的写法",
        "改为词表中的词；新的词要写进规则包",
    ),
    "R035": Message("没有这张表", "没有“{word}”这张表", "改正表名；所有的表见 lic sources list"),
    "R038": Message("隐藏行的处理不认识", "不认识的处理“{word}”", "写 读取、跳过 或 拒收"),
    "R039": Message("上限不是数", "“{key}”应为正整数：{word}", "写一个正整数，如 600"),
}
