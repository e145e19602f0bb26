"""Messages about the printed pack, the comparison of packs and new workspaces (W140 on)."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message

RULEBOOK: Mapping[str, Message] = {
    "W140": Message(
        "不是规则包",
        "“{folder}”里没有规则：它不是规则包、工作区，也不是 lic 的运行结果",
        "规则包是含有 sources 等文件夹的文件夹；工作区是放着 lic.yaml 的文件夹",
    ),
    "W141": Message(
        "规则里没有这个名称",
        "规则里没有叫“{name}”的条件、字段、参数、认定、核对或表",
        "不带名称运行 lic rules show，可看到全部名称",
    ),
    "W142": Message(
        "规则里没有这个名称",
        "规则里没有“{name}”，是不是“{suggestion}”？",
        "改正名称；不带名称运行 lic rules show，可看到全部名称",
    ),
    "W143": Message("文件写不进去", "不能写入“{file}”：{reason}", "检查文件夹是否存在、文件是否正打开"),
}
