"""``lic rules test``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lic.cli.console import Console

FAILED = 1


def register(group: typer.Typer) -> None:
    """Add the command to ``lic rules``."""
    group.command("test")(rules_test)


Rules = Annotated[
    Path | None,
    typer.Option(
        "--rules", metavar="R", help="规则包或工作区的文件夹；默认为当前工作区，否则为自带的规则包。"
    ),
]
Boundary = Annotated[
    bool, typer.Option("--boundary", help="列出每条线：低一档、恰在线上、高一档各是什么结果，供签字。")
]
Coverage = Annotated[
    bool, typer.Option("--coverage", help="列出测试没有见过成立、不成立、未知的条件和认定行。")
]
Html = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="写成一个可打印（A4）的网页文件。")]
Json = Annotated[bool, typer.Option("--json", help="在标准输出给出一个 JSON 对象，不显示表格。")]


def rules_test(
    *,
    rules: Rules = None,
    boundary: Boundary = False,
    coverage: Coverage = False,
    html: Html = None,
    as_json: Json = False,
) -> None:
    """运行写在规则旁边的测试；不符合的给出应为、实际和逐项由来。有不符合的退出码为 1，测试写错的为 4。"""
    from lic.cli.paper import show_paper
    from lic.workflows.explain import write_page
    from lic.workflows.rules_test import run_rules_test

    console = Console()
    with console.progress() as progress:
        report = run_rules_test(rules, with_coverage=coverage, with_boundary=boundary, progress=progress)
    if html is not None:
        console.out.print(f"已写出：{write_page(report.paper(), html, shown=console.safe)}", soft_wrap=True)
    else:
        console.show(report.to_json(), lambda: show_paper(console, report.paper()), as_json=as_json)
    if not report.passed:
        raise typer.Exit(FAILED)
