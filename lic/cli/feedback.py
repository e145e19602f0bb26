"""``lic feedback``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from lic.cli.console import Console
from lic.messages.base import mask

if TYPE_CHECKING:
    from lic.workflows.feedback import FeedbackResult, Precision

_SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("feedback")(feedback)


Run = Annotated[
    Path, typer.Argument(metavar="RUN", help="写出这些表的那次运行的文件夹，如 runs/2026-10/01。")
]
Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help="填好的核对差异表，可以几份一起。")]
Json = Annotated[bool, typer.Option("--json", help="在标准输出给出一个 JSON 对象，不显示表格。")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="不显示结果表和进度。")]


def feedback(run: Run, files: Files, *, as_json: Json = False, quiet: Quiet = False) -> None:
    """收回填好的核对差异表：结论记入工作区的核实结果，下个月起生效，并统计每项核对的准确率。"""
    from lic.workflows.feedback import take_feedback

    console = Console(quiet=quiet)
    with console.progress() as progress:
        result = take_feedback(run, files, progress=progress)
    if as_json:
        console.json(result.to_json())
    elif not quiet:
        _show(console, result)


def _line(console: Console, text: str, style: str = "") -> None:
    console.out.print(Text(mask(text), style=style), soft_wrap=True)


def _show(console: Console, result: FeedbackResult) -> None:
    _line(
        console,
        f"新收回 {result.recorded} 条，以前收过 {result.repeated} 条，没有填写 {result.blank} 条",
        "bold",
    )
    if result.kept is not None:
        _line(console, f"记入 {result.kept}")
        _line(console, "下一次 lic classify 起生效：误报的疑点列入“已核实”，不再提示；其他结论备查")
    for item in result.problems[:_SHOWN]:
        _line(console, f"  {item.code}  {item.place}：{item.message}", "red")
        _line(console, f"       处理  {item.suggestion}")
    if len(result.problems) > _SHOWN:
        _line(console, f"  另有 {len(result.problems) - _SHOWN} 处，用 --json 看全部")
    if result.counts:
        console.out.print()
        console.out.print(_count_table(result))
    if result.precision:
        console.out.print()
        console.out.print(_precision_table(result.precision))


def _table(*heads: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, collapse_padding=True)
    for index, head in enumerate(heads):
        table.add_column(head, justify="left" if index < 3 else "right", overflow="fold")
    return table


def _count_table(result: FeedbackResult) -> Table:
    verdicts = sorted({item.verdict for item in result.counts})
    table = _table("编号", "核对", "镇", *verdicts)
    names = {item.code: item.name for item in result.counts}
    numbers = Counter({(item.code, item.town, item.verdict): item.count for item in result.counts})
    for code, town in dict.fromkeys((item.code, item.town) for item in result.counts):
        cells = [str(numbers[code, town, verdict] or "-") for verdict in verdicts]
        table.add_row(code, names[code], town or "（未填镇）", *cells)
    return table


def _precision_table(items: Sequence[Precision]) -> Table:
    table = _table("编号", "核对", "各月（属实等/已核实）", "已核实", "误报", "准确率")
    for total in (item for item in items if item.period is None):
        months = [item for item in items if item.code == total.code and item.period is not None]
        by_month = "，".join(f"{item.period} {item.confirmed}/{_all(item)}" for item in months)
        share = f"{100 * total.confirmed // _all(total)}%"
        table.add_row(total.code, total.name, by_month, str(_all(total)), str(total.refuted), share)
    return table


def _all(item: Precision) -> int:
    return item.confirmed + item.refuted
