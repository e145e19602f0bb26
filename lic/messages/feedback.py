"""Messages about filled-in discrepancy sheets (W401 on)."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message

FEEDBACK: Mapping[str, Message] = {
    "W401": Message(
        "填好的表打不开",
        "文件打不开：{reason}",
        "确认文件没有损坏、没有加密，用 Excel 或 WPS 另存为 xlsx 后再收回",
    ),
    "W402": Message(
        "不是核对差异表",
        "文件里没有带“核对键”和“结论”两栏的表",
        "只收回由 lic 写出、填好的核对差异.xlsx；表头一行和“核对键”一栏要保留",
    ),
    "W403": Message("填了结论却没有核对键", "这一行填了结论，“核对键”却是空的", "从原表把这一行的核对键补上"),
    "W404": Message(
        "核对键不是这次运行的",
        "核对键“{key}”不是这次运行里的疑点",
        "核对键不要改；如果表是另一个月的，换成那个月的运行结果再收回",
    ),
    "W405": Message("结论写法不对", "结论“{value}”不在可选的词里", "从下拉表选：{allowed}"),
    "W406": Message("没有写结论", "填了核实值、日期或核实人，没有写结论", "补上结论，或把这一行清空"),
    "W407": Message(
        "核实日期不对", "核实日期“{value}”不是可用的日期", "写成年-月-日，如 2026-11-05；核实日期必须填写"
    ),
    "W408": Message(
        "同一疑点结论不一致",
        "同一疑点在{other}填的是“{value}”，与这里不同",
        "两处改成一样，或清空一处，再收回一次",
    ),
    "W409": Message(
        "与已收回的结论不一致",
        "同一疑点同一天已收回的结论是“{value}”，与这里不同",
        "确有变化的，把核实日期改成重新核实的那一天",
    ),
    "W410": Message(
        "规则包没有核实表", "这次运行的规则包没有声明核实结果的表", "在规则包的户册文件中补上“核实”一节"
    ),
}
