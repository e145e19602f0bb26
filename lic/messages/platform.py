"""Messages about other systems' lists and entry sheets (W431 on, R180 on)."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message

PLATFORM: Mapping[str, Message] = {
    "R180": Message(
        "平台模板文件不存在",
        "“平台模板”中写的文件不存在：{file}",
        "路径从 lic.yaml 所在的文件夹算起；改正路径，或把平台的录入模板放到那里",
    ),
    "W431": Message(
        "没有可核对的名单",
        "给出的文件里没有平台的名单（要的是：{tables}；认出来的是：{found}）",
        "从平台重新导出名单，保留表头；列名改了的，用 lic sources accept 接受新列名",
    ),
    "W432": Message(
        "平台模板打不开",
        "平台的录入模板“{file}”打不开（{reason}）",
        "用 Excel 或 WPS 把模板另存为没有密码的 xlsx，再重新生成",
    ),
    "W433": Message(
        "平台模板的表头对不上",
        "平台的录入模板“{file}”里找不到这些列名的一半：{titles}",
        "核对 rules/exports 中这个平台的列名与模板的表头是否一致",
    ),
    "W434": Message(
        "没有平台录入表",
        "这次运行的规则包没有声明平台录入表（exports）",
        "用带有 exports 的规则包重新运行 lic classify",
    ),
    "W435": Message("文件不存在", "平台的名单“{file}”不存在", "检查路径是否写对"),
}
