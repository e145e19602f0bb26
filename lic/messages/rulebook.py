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
    "W145": Message(
        "户册不同，不能重算",
        "规则“{rules}”的户册（看哪些人、按什么先后）与运行“{run}”不同，保存的数据不能照它重算",
        "去掉 --run 只比较规则；要看结果的变化，用新规则重新运行 lic classify，再比较两次运行",
    ),
    "W143": Message("文件写不进去", "不能写入“{file}”：{reason}", "检查文件夹是否存在、文件是否正打开"),
}
