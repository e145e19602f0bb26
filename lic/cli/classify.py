"""``lic classify``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lic.cli.console import Console
from lic.cli.passwords import PasswordFile, passwords_of


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("classify")(classify)


Month = Annotated[
    Path, typer.Argument(metavar="DIR", help="某个月的文件夹（名为 YYYY-MM），放着各部门导出的表。")
]
Out = Annotated[
    Path | None,
    typer.Option("-o", "--out", metavar="OUT", help="结果写到这个文件夹；默认 runs/<月份>/<序号>。"),
]
Rules = Annotated[Path | None, typer.Option("--rules", metavar="R", help="使用这个规则包文件夹。")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="基准日，如 2026-10-31；默认为当月最后一天。")
]
PeriodName = Annotated[
    str | None, typer.Option("--period", metavar="P", help="数据月份，如 2026-10；默认看文件夹名。")
]
ByTown = Annotated[
    bool, typer.Option("--by-town", help="另在 报表/按镇/ 给每个镇写一册认定名册，并附封面清单。")
]
Force = Annotated[bool, typer.Option("--force", help="允许覆盖 -o 指定的文件夹中已有的运行结果。")]
Json = Annotated[bool, typer.Option("--json", help="在标准输出给出一个 JSON 对象，不显示表格。")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="不显示结果表和进度。")]
Require = Annotated[
    list[str] | None,
    typer.Option(
        "--require",
        metavar="TABLE",
        help="这张表没有来就不写名册，退出码 5；可写多次，如 --require 医保结算。",
    ),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="不使用读表的缓存，全部重新读取。")]


def classify(
    folder: Month,
    *,
    out: Out = None,
    rules: Rules = None,
    as_of: AsOf = None,
    period: PeriodName = None,
    by_town: ByTown = False,
    force: Force = False,
    as_json: Json = False,
    quiet: Quiet = False,
    require: Require = None,
    password_file: PasswordFile = None,
    no_cache: NoCache = False,
) -> None:
    """读一个月的导出表，逐户逐人认定，写出名册、核对差异、数据质量三个工作簿和一页汇总。"""
    from lic.cli.summary import show_summary
    from lic.workflows.classify import ClassifyOptions, classify_month

    console = Console(quiet=quiet)
    with console.progress() as progress:
        options = ClassifyOptions(
            out=out,
            rules=rules,
            as_of=as_of,
            period=period,
            force=force,
            use_cache=not no_cache,
            by_town=by_town,
            require=tuple(require or ()),
            passwords=passwords_of(password_file, console, progress),
        )
        result = classify_month(folder, options, progress=progress)
    if as_json:
        console.json(result.to_json())
    elif not quiet:
        show_summary(console, result)
