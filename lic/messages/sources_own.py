"""The workspace's own additions to the sources: W111 to W116, and the head of a written file."""

from __future__ import annotations

from collections.abc import Mapping

from lic.messages.base import Message

# The first line marks a file as lic's own: it is written anew when more is added.
OWN_FILE_LINES = (
    "# 由 lic sources accept 写入：本县对各表列名、用词的补充，不改规则包。",
    "# 可以手工修改；删去第一行后，lic 不再改动这个文件。",
)

SOURCES_OWN: Mapping[str, Message] = {
    "W111": Message("文件不存在", "文件“{file}”不存在", "检查路径是否写对"),
    "W112": Message("没有这张工作表", "没有工作表“{sheet}”；有：{known}", "改正 --sheet"),
    "W113": Message("读不出列名", "“{file}”读不出任何工作表", "先用 lic check 看这个文件有什么问题"),
    "W114": Message(
        "认不出是哪张表", "“{file}”的表头认不出是哪张表", "用 --as 表名 指明；所有的表见 lic sources list"
    ),
    "W115": Message(
        "选项写法不对", "{option} “{value}”写法不对", "写成 --alias 新列名=列，--word 列:写法=标准词"
    ),
    "W116": Message("没有这一列", "“{table}”没有“{column}”这一列；有：{known}", "改正列名"),
}
