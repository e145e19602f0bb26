"""``lic help [CODE]``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from lic.cli.console import Console

if TYPE_CHECKING:
    from lic.workflows.explain_code import CodeHelp

IN_FULL = 3


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("help")(explain_code)


Code = Annotated[
    str | None,
    typer.Argument(metavar="[CODE]", help="提示或工作簿中的编号，如 S203、K022；也可以是 S2 或标题里的词。"),
]


def explain_code(code: Code = None) -> None:
    """解释一个编号：是什么意思，怎么办；不带编号时列出有哪几类编号。"""
    from lic.workflows.explain_code import code_help, families

    console = Console()
    if code is None:
        console.line("编号的第一个字母表示谁在说：", "bold")
        for family in families():
            console.line(f"  {family.letter}  {family.speaker}（{family.count} 个）")
        console.line(
            "看一个编号：lic help S203。看一类：lic help S 或 lic help S2。按词找：lic help 身份证。"
        )
        return
    found = code_help(code)
    for item in found:
        _show(console, item, brief=len(found) > IN_FULL)


def _show(console: Console, item: CodeHelp, *, brief: bool) -> None:
    console.line(f"{item.code}  {item.title}", "" if brief else "bold")
    if brief:
        return
    for label, text in (("说的是", item.text), ("怎么办", item.remedy), ("未启用", item.off)):
        if text:
            console.line(f"  {label}  {text}")
