"""``lic notice``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from lic.cli.console import Console

if TYPE_CHECKING:
    from lic.workflows.notice import NoticeResult


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("notice")(notice)


Run = Annotated[Path, typer.Argument(metavar="RUN", help="某次运行的文件夹，如 runs/2026-10/01。")]
Town = Annotated[str | None, typer.Option("--town", metavar="镇", help="只写这一个镇。")]
Out = Annotated[
    Path | None,
    typer.Option("-o", "--out", metavar="OUT", help="写到这个文件夹；默认为运行结果里的 报表/公示/。"),
]
Start = Annotated[
    str | None,
    typer.Option("--from", metavar="DATE", help="张贴的日子，如 2026-11-02；不写则公示期留空，张贴时填。"),
]
Everybody = Annotated[
    bool, typer.Option("--all", help="连同继续保障的家庭一起公示；默认只公示拟新增和转类的家庭。")
]
Json = Annotated[bool, typer.Option("--json", help="在标准输出给出一个 JSON 对象，不显示表格。")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="不显示结果表和进度。")]


def notice(
    run: Run,
    *,
    town: Town = None,
    out: Out = None,
    start: Start = None,
    everybody: Everybody = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """写出公示：每镇一份工作簿和一个网页，每村一张，只写户主姓名、镇村组、人口和类别。"""
    from lic.workflows.notice import NoticeOptions, write_notices

    console = Console(quiet=quiet)
    with console.progress() as progress:
        result = write_notices(
            run, NoticeOptions(town=town, out=out, start=start, everybody=everybody), progress=progress
        )
    if as_json:
        console.json(result.to_json())
    elif not quiet:
        _show(console, result)


def _show(console: Console, result: NoticeResult) -> None:
    manifest = result.run.manifest
    whom = "低收入人口（含继续保障的）" if result.everybody else "拟新增和转类的家庭"
    console.line(f"{manifest.county}  {manifest.period}  公示：{whom}", "bold")
    if result.period is not None:
        end = "待定" if result.period.end is None else result.period.end.isoformat()
        moved = f"（{result.period.last} 是休息日，已顺延）" if result.period.moved else ""
        console.line(f"公示期 {result.period.start} 至 {end}{moved}")
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name, right in (("镇", False), ("张数（每村一张）", True), ("户数", True), ("文件", False)):
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    for item in result.towns:
        files = "、".join(path.name for path in item.files) or "没有要公示的家庭，未写"
        table.add_row(
            *(Text(console.safe(str(cell))) for cell in (item.town, item.lists, item.households, files))
        )
    console.out.print()
    console.out.print(table)
    folders = sorted({path.parent for item in result.towns for path in item.files})
    for folder in folders:
        console.line(f"写在 {_near(folder)}")
    for hint in result.hints:
        console.line(f"提示 {hint.code}  {hint.message}", "yellow")
        console.line(f"     处理  {hint.remedy}")


def _near(path: Path) -> str:
    """The path from here where that is shorter to read."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)
    return str(path) if relative.startswith("..") else relative
