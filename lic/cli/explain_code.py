"""``lic help CODE``."""

from __future__ import annotations

from typing import Annotated

import typer

from lic.cli.console import Console


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("help")(explain_code)


Code = Annotated[str, typer.Argument(metavar="CODE", help="提示或工作簿中的编号，如 S203。")]


def explain_code(code: Code) -> None:
    """解释一个编号：是什么意思，怎么办。"""
    from lic.workflows.explain_code import code_help

    console = Console()
    for line in code_help(code):
        console.out.print(line, soft_wrap=True)
