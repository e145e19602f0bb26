"""``lic report``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from lic.cli.console import Console
from lic.messages.base import mask

if TYPE_CHECKING:
    from lic.workflows.report import ReportResult

_SHOWN = 12


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("report")(report)


Run = Annotated[Path, typer.Argument(metavar="RUN", help="某次运行的文件夹，如 runs/2026-10/01。")]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="VIEW",
        help="只写这个报表（如 认定名册、按镇），或其中一张表（如 认定名册/待核实）；可写多次。",
    ),
]
Form = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="xlsx（默认）、csv 或 parquet；csv、parquet 每张表一个文件，写到 报表/csv/、报表/parquet/。",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="在标准输出给出一个 JSON 对象，不显示表格。")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="不显示结果和进度。")]


def report(
    run: Run, *, only: Only = None, form: Form = "xlsx", as_json: Json = False, quiet: Quiet = False
) -> None:
    """把一次运行的名册、报表再写一份到它的 报表/ 里，不重新认定；可选 xlsx、csv、parquet。"""
    from lic.workflows.report import report_run

    console = Console(quiet=quiet)
    with console.progress() as progress:
        result = report_run(run, only or (), form=form, progress=progress)
    if as_json:
        console.json(result.to_json())
    elif not quiet:
        _show(console, result)


def _show(console: Console, result: ReportResult) -> None:
    _line(console, f"结果  {result.run}", "bold")
    for item in result.views:
        _line(console, f"  {item.view}")
        for path in item.files[:_SHOWN]:
            _line(console, f"    {os.fspath(path.relative_to(result.run))}")
        if len(item.files) > _SHOWN:
            _line(console, f"    另有 {len(item.files) - _SHOWN} 个文件，在同一文件夹")
        for note in item.beside:
            _line(console, f"    注意 W201  {note.message}", "yellow")


def _line(console: Console, text: str, style: str = "") -> None:
    console.out.print(Text(mask(text), style=style), soft_wrap=True)
