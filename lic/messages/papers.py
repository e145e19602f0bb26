"""Messages about papers that are hung up or signed: the calendar (R110 on), notices (W500 on)."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message

PAPERS: Mapping[str, Message] = {
    "R110": Message("不是年份", "“{name}”不是年份", "日历下面每一项写一个年份，如 2027"),
    "R111": Message("不是正整数", "“{value}”不是大于零的整数", "改成整数，如 7"),
    "R112": Message("日子不在这一年", "{day} 不在 {year} 年里", "移到那一年下面，或改正日期"),
    "R113": Message("又放假又上班", "{day} 既写在放假，又写在上班", "照国务院办公厅的通知留下一处"),
    "R114": Message(
        "工作日总数不对",
        "{year} 年写的是 {expected} 个工作日，按放假和上班算出来是 {actual} 个",
        "照国务院办公厅的通知逐日核对放假和上班，再改工作日总数",
    ),
    "R115": Message("起止不对", "{first} 到 {last} 不是一段可用的放假日子", "先写起、后写止，一段最多一个月"),
    "R116": Message(
        "结果里没有这一列",
        "公示要看年龄，人员结果里却没有“{name}”这一列",
        "写人员结果的列名，或在结果的列里加上它",
    ),
    "R117": Message("不是本县的镇", "“{name}”不在上面的镇里", "写 镇 一栏里有的镇名，或者先把它加进 镇 一栏"),
    "W500": Message("起始日写法不对", "--from 写的“{value}”不是日期", "写成年-月-日，如 --from 2026-11-02"),
    "W501": Message(
        "没有这个镇", "这次运行里没有镇“{town}”，是不是“{suggestion}”？", "本次运行里的镇：{known}"
    ),
    "W504": Message("没有这个镇", "这次运行里没有镇“{town}”", "本次运行里的镇：{known}"),
    "W502": Message(
        "规则包没有公示一节",
        "规则包里没有写公示几天、看谁的年龄",
        "在规则包里加上 公示 一节（天数、年龄、成年、依据），照 lic 自带规则包的 notice.yaml",
    ),
    "W503": Message(
        "写不进这个文件夹", "“{folder}”不能放公示：{reason}", "换一个文件夹，或不写 -o，写到运行结果的报表里"
    ),
    "W510": Message(
        "没有给起始日",
        "没有给公示起始日，公示期和落款日期留空待填",
        "定了张贴的日子，用 --from 写明，如 --from 2026-11-02，自动算出截止日",
    ),
    "W511": Message(
        "没有监督电话",
        "lic.yaml 里没有监督电话{towns}，公示上留空待填",
        "在 lic.yaml 的 公示 下写 监督电话，各镇不同的写在 各镇 下",
    ),
    "W512": Message(
        "没有落款",
        "lic.yaml 里没有落款单位{towns}，公示上留空待填",
        "在 lic.yaml 的 公示 下写 落款，各镇自己落款的写在 各镇 下",
    ),
    "W513": Message(
        "没有这一年的日历",
        "规则包的日历里没有 {year} 年，截止日（第 {days} 天是 {day}）是不是工作日无法判断，公示上留空待填",
        "国务院办公厅公布 {year} 年放假安排后，加进规则包的日历（rules/calendar.yaml），再写一次",
    ),
    "W514": Message(
        "不写全名的户主",
        "{count} 户的户主未满 {adult} 周岁或年龄不明，只写姓，如“王某”",
        "确已成年的，把户主的身份证号在登记册里更正后重新运行",
    ),
    "W515": Message(
        "起始日早于基准日",
        "公示起始日 {start} 早于这次运行的基准日 {as_of}",
        "看看 --from 的年月写得对不对",
    ),
}
