"""``lic explain``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lic.cli.console import Console


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("explain")(explain)


Asked = Annotated[
    str | None, typer.Argument(metavar="[ID|HOUSEHOLD_NO]", help="户编号（照名册里印的写）或身份证号。")
]
Run = Annotated[
    Path | None,
    typer.Option("--run", metavar="RUN", help="某次运行的文件夹；默认为当前工作区最新的一次。"),
]
Town = Annotated[
    str | None, typer.Option("--town", metavar="镇", help="列出这个镇的待核实家庭要补的数据，按部门排。")
]
Full = Annotated[bool, typer.Option("--full", help="显示全部由来：每个条件、数、参数、单元格。")]
Html = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="写成一个可打印（A4）的网页文件。")]
ShowIds = Annotated[bool, typer.Option("--show-ids", help="完整显示身份证号；默认中间打星。")]
Json = Annotated[bool, typer.Option("--json", help="在标准输出给出一个 JSON 对象，不显示表格。")]


def explain(
    asked: Asked = None,
    *,
    run: Run = None,
    town: Town = None,
    full: Full = False,
    html: Html = None,
    show_ids: ShowIds = False,
    as_json: Json = False,
) -> None:
    """说明一户或一个人为什么是这个结论：各条线差多少、数从哪张表哪一行来、缺什么；或列出一个镇要补的数据。"""
    from lic.cli.paper import show_paper
    from lic.errors import UsageError
    from lic.messages.base import household_digits
    from lic.workflows import explain as workflow

    console = Console(show_ids=show_ids)
    if (asked is None) == (town is None):
        raise UsageError("W154")
    with console.progress() as progress:
        if asked is not None:
            found: workflow.Explained | workflow.TownExplained = workflow.explain_one(asked, run)
        else:
            found = workflow.explain_town(town or "", run, progress=progress)
    console.keep = household_digits(found.household_numbers)
    paper = found.paper(full=full or html is not None)
    if html is not None:
        console.out.print(f"已写出：{workflow.write_page(paper, html, shown=console.safe)}", soft_wrap=True)
    else:
        console.show(found.to_json(), lambda: show_paper(console, paper), as_json=as_json)
    if not found.matches:
        raise typer.Exit(1)
