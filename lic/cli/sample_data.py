"""``lic sample-data``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lic.cli.console import Console


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("sample-data")(sample_data)


Out = Annotated[Path, typer.Argument(metavar="OUT", help="写到这个文件夹（新的或空的）。")]
Households = Annotated[int, typer.Option("--households", min=1, metavar="N", help="大约多少户。")]
Seed = Annotated[int, typer.Option("--seed", metavar="S", help="种子；相同的种子得到相同的数据。")]
PeriodName = Annotated[str, typer.Option("--period", metavar="P", help="（最后一个）数据月份。")]
Months = Annotated[int, typer.Option("--months", min=1, max=12, metavar="M", help="连续几个月。")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="不显示进度和结果。")]


def sample_data(
    out: Out,
    *,
    households: Households = 400,
    seed: Seed = 1,
    period: PeriodName = "2026-10",
    months: Months = 1,
    quiet: Quiet = False,
) -> None:
    """生成一个虚构县的各部门导出表（地区码 610999 不属于任何人），用来试用和测试。"""
    from lic.workflows.sample_data import make_sample_data

    console = Console(quiet=quiet)
    with console.progress() as progress:
        made = make_sample_data(
            out, households=households, seed=seed, period=period, months=months, progress=progress
        )
    if not quiet:
        console.out.print(f"已写出 {made.files} 个文件：{made.folder}", soft_wrap=True)
