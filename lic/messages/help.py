"""What the letters of the codes stand for, and what ``lic help`` says about unknown ones."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message

FAMILIES: Mapping[str, str] = {
    "A": "抽查：样本、核对样本",
    "D": "比较：两次运行之间",
    "G": "关口：能不能往下做",
    "L": "关联：把各表的人对到名册上",
    "R": "规则包和 lic.yaml：写法、名称、单位",
    "S": "部门的表：文件、表头、格子",
    "W": "命令怎么写、结果放在哪里",
}
PACK_FAMILY = "规则包自己的核对（疑点）"
BLANK = "…"

HELP: Mapping[str, Message] = {
    "W170": Message("编号已停用", "编号 {asked} 已经停用，不再出现", "看当前版本的提示"),
    "W171": Message(
        "没有这个编号",
        "没有编号“{asked}”的说明，是不是“{suggestion}”？",
        "不带编号运行 lic help，可看到有哪些编号",
    ),
}
