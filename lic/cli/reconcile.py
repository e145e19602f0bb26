"""``lic reconcile``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from lic.cli.console import Console
from lic.messages.base import mask

if TYPE_CHECKING:
    from lic.workflows.reconcile import ReconcileResult

_SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("reconcile")(reconcile)


Run = Annotated[Path, typer.Argument(metavar="RUN", help="一次运行的文件夹，如 runs/2026-10/01。")]
Exports = Annotated[list[Path], typer.Argument(metavar="EXPORT…", help="平台导出的名单，可以几份一起。")]
Out = Annotated[
    Path | None,
    typer.Option(
        "-o", "--out", metavar="OUT", help="写到这个新的或空的文件夹；默认写在运行的 报表/平台核对。"
    ),
]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="两边有不同时，以退出码 1 结束。")]
ShowIds = Annotated[bool, typer.Option("--show-ids", help="完整显示身份证号；默认遮住中间各位。")]
Json = Annotated[bool, typer.Option("--json", help="在标准输出给出一个 JSON 对象，不显示表格。")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="不显示结果表和进度。")]


def reconcile(
    run: Run,
    exports: Exports,
    *,
    out: Out = None,
    exit_code: ExitCode = False,
    show_ids: ShowIds = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """把平台导出的名单与一次运行核对：平台没有的、平台多出的、两边不同的，并写出要录入的各行。"""
    from lic.workflows.reconcile import reconcile as workflow

    console = Console(quiet=quiet, show_ids=show_ids)
    with console.progress() as progress:
        result = workflow(run, exports, out, progress=progress)
    if as_json:
        console.json(result.to_json(whole=show_ids))
    elif not quiet:
        _show(console, result, show_ids=show_ids)
    if exit_code and not result.agree:
        raise typer.Exit(1)


def _show(console: Console, result: ReconcileResult, *, show_ids: bool) -> None:
    table = _table("平台", "平台没有", "平台多出", "两边不同", "相同", "待核实未比")
    for item in result.counts:
        numbers = (item.missing_there, item.missing_here, item.different, item.same, item.undecided)
        table.add_row(item.platform, *(str(number) for number in numbers))
    console.out.print(table)
    for item in result.counts:
        if item.not_compared:
            _line(console, f"名单没有这些列，没有比：{'、'.join(item.not_compared)}（{item.platform}）")
    for line in result.lines[:_SHOWN]:
        number = line.id_number if show_ids else mask(line.id_number)
        said = f"{line.kind}  {line.name} {number}"
        if line.column is not None:
            said += f"  {line.column}：平台 {line.there or '空白'}，本县 {line.here}"
        console.out.print(Text(console.safe(said)), soft_wrap=True)
    if len(result.lines) > _SHOWN:
        _line(console, f"另有 {len(result.lines) - _SHOWN} 处，见工作簿，或用 --json 看全部")
    if result.agree:
        _line(console, "两边一致", "bold")
    for told in result.problems[:_SHOWN]:
        _line(console, f"{told.severity.value} {told.code}  {told.file or ''} {told.place()}  {told.message}")
    _line(console, f"已写出 {len(result.files)} 个文件：{result.out}")


def _line(console: Console, text: str, style: str = "") -> None:
    console.out.print(Text(mask(console.safe(text)), style=style), soft_wrap=True)


def _table(*heads: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, collapse_padding=True)
    for index, head in enumerate(heads):
        table.add_column(head, justify="left" if index == 0 else "right", overflow="fold")
    return table
