"""Messages about views of a run (W200 on)."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message

REPORT: Mapping[str, Message] = {
    "W200": Message(
        "没有这个报表", "没有叫“{asked}”的报表；有：{known}", "照上面的名称写 --only；不写 --only 就全部写出"
    ),
    "W201": Message(
        "文件开着，另存了一份",
        "“{wanted}”正被打开或不能改写，已写成“{written}”",
        "看“{written}”；关闭打开的文件后再运行一次，就写回原来的名称",
    ),
    "W202": Message(
        "没有这种格式", "“{asked}”只有自己的格式，不能写成 {format}", "去掉 --format，或用 --only 选别的报表"
    ),
    "W204": Message(
        "运行结果里缺报表要用的数据",
        "“{folder}”是较早版本的 lic 写的，里面没有报表要用的数据",
        "重新运行 lic classify，用新的运行结果",
    ),
    "W203": Message("不认识的格式", "“{asked}”不是可用的格式；有：{known}", "改用上面的一种"),
}
