"""``lic check``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lic.cli.classify import Json, Month, NoCache, PeriodName, Quiet, Rules
from lic.cli.console import Console
from lic.cli.passwords import PasswordFile, passwords_of


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("check")(check)


Strict = Annotated[bool, typer.Option("--strict", help="有任何错误、警告或缺表时，以退出码 5 结束。")]
ShowIds = Annotated[
    bool, typer.Option("--show-ids", help="列出有问题的前几行是谁，完整显示身份证号；默认都不显示。")
]
Receipts = Annotated[
    Path | None,
    typer.Option("--receipts", metavar="OUT", help="把数据质量.xlsx 和发回各部门的回执写到这个文件夹。"),
]


def check(
    folder: Month,
    *,
    strict: Strict = False,
    receipts: Receipts = None,
    show_ids: ShowIds = False,
    as_json: Json = False,
    rules: Rules = None,
    period: PeriodName = None,
    password_file: PasswordFile = None,
    no_cache: NoCache = False,
    quiet: Quiet = False,
) -> None:
    """检查一个月的导出表：哪些部门报了什么、有什么问题、怎么改；不做任何认定。"""
    from lic.cli.check_screen import show_check
    from lic.workflows.check import CheckOptions, check_month

    console = Console(quiet=quiet, show_ids=show_ids)
    with console.progress() as progress:
        options = CheckOptions(
            period=period,
            rules=rules,
            use_cache=not no_cache,
            receipts=receipts,
            people=show_ids,
            passwords=passwords_of(password_file, console, progress),
        )
        result = check_month(folder, options, progress=progress)
    if as_json:
        console.json(result.to_json())
    elif not quiet:
        show_check(console, result)
    verdict = result.verdict(strict=strict)
    if verdict is not None:
        raise verdict
