"""Messages of ``lic explain`` (W150 on)."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message

EXPLAIN: Mapping[str, Message] = {
    "W150": Message(
        "没有这户或这个人",
        "“{asked}”不是这次运行里任何一户的户编号，也不是任何人的身份证号",
        "核对号码；相近的户编号：{near}。户编号照名册里印的写，带前缀（如 SQ-、JC-）",
    ),
    "W151": Message(
        "不在任何名册上",
        "{asked} 不在本次运行的任何户册里：没有申请，不在登记册，也不在监测、其他困难和退出监测名单上",
        "各部门的表里即使有他，也不单独判断；要核对他，先把他列入申请名册或有关名单再运行",
    ),
    "W152": Message(
        "找不到运行结果",
        "从“{folder}”往上的工作区里还没有运行结果",
        "先运行 lic classify，或用 --run 写明 runs/<月份>/<序号>",
    ),
    "W153": Message("没有这个镇", "这次运行里没有镇“{town}”", "可以写：{known}"),
    "W154": Message(
        "要写明看谁",
        "没有写要说明哪一户、哪个人或哪个镇，或者两样都写了",
        "写户编号或身份证号，如 lic explain SQ-2026001；或写 --town 镇名",
    ),
    "W155": Message("写不了这个文件", "不能写入“{file}”：{reason}", "检查文件夹是否存在、文件是否正打开"),
    "W156": Message(
        "户里的人都计在别处",
        "户编号 {asked} 的成员都已计在别的户里，这一户不单独判断：{where}",
        "用上面的户编号再查",
    ),
}
