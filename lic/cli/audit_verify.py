"""``lic audit-verify``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lic.cli.console import Console

if TYPE_CHECKING:
    from lic.workflows.audit_verify import Verified


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("audit-verify")(audit_verify)


Bundle = Annotated[Path, typer.Argument(metavar="BUNDLE", help="抽查包的文件夹，如 runs/2026-10/抽查/01。")]
Run = Annotated[
    Path | None,
    typer.Option("--run", metavar="RUN", help="再核对抽样框是不是这次运行的，登记里有没有这次抽取。"),
]
Json = Annotated[bool, typer.Option("--json", help="在标准输出给出一个 JSON 对象，不显示表格。")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="不显示结果，只看退出码。")]


def audit_verify(bundle: Bundle, *, run: Run = None, as_json: Json = False, quiet: Quiet = False) -> None:
    """只凭抽查包本身重新计算一遍：样本是不是按种子抽的、有没有被改动；不符时退出码为 1。"""
    from lic.messages.base import household_digits
    from lic.workflows.audit_verify import audit_verify

    console = Console(quiet=quiet)
    with console.progress() as progress:
        found = audit_verify(bundle, run, progress=progress)
    console.keep = household_digits(found.households)
    if as_json:
        console.json(found.to_json())
    elif not quiet:
        _show(console, found)
    if found.problems:
        raise typer.Exit(1)


def _show(console: Console, found: Verified) -> None:
    if found.problems:
        console.line(f"不符：{found.bundle} 有 {len(found.problems)} 处问题", "bold red")
    else:
        more = "，抽样框就是这次运行的" if found.compared else ""
        console.line(f"相符：{found.bundle} 全部重算一致{more}", "bold green")
    for item in found.problems:
        console.line(f"  {item.code}  {item.message}", "red")
        console.line(f"        处理  {item.suggestion}")
    for line in found.lines:
        console.line(f"  {line}")
