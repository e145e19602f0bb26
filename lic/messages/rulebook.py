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
    "R090": Message(
        "比例超出范围",
        "参数“{name}”是比例，应在 0 到 100% 之间，写的是 {value}",
        "写成百分数，如 10%，或小数，如 0.1",
    ),
    "R091": Message("用了全角逗号", "大括号、方括号里的各项之间用了全角逗号“，”", "改为半角逗号加一个空格"),
    "R093": Message("冒号后面少了空格", "键名的冒号后面没有空格", "在冒号后面加一个空格"),
    "R092": Message("不是列表", "“{text}”是几个名称写在了一起", "写成列表：[{first}, {second}]，逗号用半角"),
    "W143": Message("文件写不进去", "不能写入“{file}”：{reason}", "检查文件夹是否存在、文件是否正打开"),
}
