"""``lic audit-sample``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from lic.cli.console import Console
from lic.model.audit import FORMS_FILE, FRAME_FILE, FrameKind

if TYPE_CHECKING:
    from lic.workflows.audit_sample import Sampled


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("audit-sample")(audit_sample)


Run = Annotated[Path, typer.Argument(metavar="RUN", help="某次运行的文件夹，如 runs/2026-10/01。")]
Seed = Annotated[
    str | None, typer.Option("--seed", metavar="S", help="种子：一行公开产生的文字，如当期彩票开奖号。")
]
Source = Annotated[
    str, typer.Option("--seed-source", metavar="TEXT", help="种子从哪里来；不写则每页注明“种子来源未说明”。")
]
Rate = Annotated[str | None, typer.Option("--rate", metavar="30%", help="抽查比例；默认为规则包规定的比例。")]
Frame = Annotated[
    FrameKind, typer.Option("--frame", help="确认：本期新增确认的家庭；建议：系统建议新增的家庭。")
]
Stratify = Annotated[
    str, typer.Option("--stratify", metavar="镇,类别", help="按镇、按类别或都按，每层各抽足比例。")
]
Previous = Annotated[
    Path | None, typer.Option("--previous", metavar="RUN0", help="没有台账时对照的上期运行结果。")
]
Risk = Annotated[
    str | None,
    typer.Option(
        "--risk", metavar="FILE|auto", help="必查户：名单文件（户编号或身份证号、原因），或按规则 auto。"
    ),
]
Freeze = Annotated[
    bool, typer.Option("--freeze", help="先冻结抽样框和方案，写出指纹送监督方；之后再产生种子。")
]
Redraw = Annotated[
    str | None, typer.Option("--redraw", metavar="原因", help="本期再抽一次，或不按冻结的方案抽，写明原因。")
]
Out = Annotated[
    Path | None, typer.Option("-o", "--out", metavar="OUT", help="写到这个文件夹（新的或空的）。")
]
Json = Annotated[bool, typer.Option("--json", help="在标准输出给出一个 JSON 对象，不显示表格。")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="不显示结果表和进度。")]


def audit_sample(
    run: Run,
    *,
    seed: Seed = None,
    seed_source: Source = "",
    rate: Rate = None,
    frame: Frame = FrameKind.CONFIRMED,
    stratify: Stratify = "",
    previous: Previous = None,
    risk: Risk = None,
    freeze: Freeze = False,
    redraw: Redraw = None,
    out: Out = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """从新增确认对象中抽查：抽取任何人都能复算的样本，写出入户核查表，登记在工作区的抽查登记。"""
    from lic.messages.base import hash_digits, household_digits
    from lic.workflows.audit_ask import SampleOptions
    from lic.workflows.audit_sample import audit_sample

    console = Console(quiet=quiet)
    options = SampleOptions(
        seed=seed,
        source=seed_source,
        rate=rate,
        kind=frame,
        stratify=stratify,
        previous=previous,
        risk=risk,
        freeze=freeze,
        redraw=redraw,
        out=out,
    )
    with console.progress() as progress:
        found = audit_sample(run, options, progress=progress)
    numbers = household_digits(row[0] for row in found.households)
    console.keep = numbers | hash_digits(found.hashes())
    if as_json:
        console.json(found.to_json())
    elif not quiet:
        _show(console, found)


def _show(console: Console, found: Sampled) -> None:
    frozen = found.manifest["chance"] is None
    for number, line in enumerate(found.lines):
        console.line(line, "bold" if number < 2 else "")
    console.out.print()
    console.out.print(_towns(found))
    console.out.print()
    console.line(f"{'已写出' if found.written else '同样的内容已有，没有另写'}：{found.bundle}", "bold")
    console.line(f"登记在 {found.register}")
    if frozen:
        console.line(f"抽样框指纹 {found.manifest['files'][FRAME_FILE]}")
        console.line(f"封印 {found.manifest['seal']}：送监督方留存，再产生种子，用 --seed 抽取")
    else:
        console.line(f"填写用“{FORMS_FILE}”的副本；核对本包用 lic audit-verify {found.bundle}")


def _towns(found: Sampled) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, collapse_padding=True)
    for index, head in enumerate(("镇", "抽样框户", "抽样框人", "随机户", "随机人", "必查户")):
        table.add_column(head, justify="left" if index == 0 else "right", overflow="fold")
    columns = [
        (item.households, item.persons, item.drawn, item.drawn_persons, item.on_top) for item in found.towns
    ]
    for item, numbers in zip(found.towns, columns, strict=True):
        table.add_row(item.town or "（未填镇）", *(str(number) for number in numbers))
    table.add_row("合计", *(str(sum(row[index] for row in columns)) for index in range(5)))
    return table
