"""Messages about the writing of a declaration: R001 to R010."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message

DECLARE: Mapping[str, Message] = {
    "R000": Message("规则有错", "规则包或配置中有 {count} 处问题，未开始计算", "逐条改正后重新运行"),
    "R001": Message("文件读不了", "文件读不了：{reason}", "检查文件是否存在、能否打开"),
    "R002": Message(
        "写法不对",
        "这里不符合 YAML 的写法：{reason}",
        "照上面说的改；改好后再运行一次，同一文件后面的问题才看得到",
    ),
    "R003": Message("缺少键", "缺少必需的键“{key}”", "补上这个键"),
    "R004": Message("不认识的键", "不认识的键“{key}”；这里可以写：{known}", "改正键名，或删去这一行"),
    "R005": Message("内容类型不对", "这里应为{expected}，写的是{written}", "按应有的写法改正"),
    "R006": Message(
        "编码不对",
        "文件不是 UTF-8 编码（{found}），整个文件没有读",
        "用记事本打开，文件 → 另存为，编码选 UTF-8，覆盖原文件",
    ),
    "R007": Message("用了制表符", "缩进用了制表符（Tab）", "把 Tab 换成空格"),
    "R008": Message("用了全角冒号", "键名后面用了全角冒号“：”", "改为半角冒号加一个空格"),
    "R009": Message(
        "用了锚点",
        "不允许使用 YAML 锚点和引用（&{name}、*{name}）",
        "把内容完整写出；文字本来以 & 或 * 开头的，加引号",
    ),
    "R010": Message(
        "键重复",
        "键“{key}”在同一处写了两次，前一次在第 {before} 行",
        "删去其中一个，或把两处的内容合在一个“{key}”下面",
    ),
}
