"""``lic audit-evaluate``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from lic.cli.console import Console
from lic.messages.base import household_digits, mask
from lic.reports.audit_lines import percent
from lic.sampling.bounds import outward

if TYPE_CHECKING:
    from lic.model.audit import Bounds, Tally
    from lic.sampling.evaluate import NextStep
    from lic.workflows.audit_evaluate import Evaluated

_SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("audit-evaluate")(audit_evaluate)


Bundle = Annotated[Path, typer.Argument(metavar="BUNDLE", help="抽查包的文件夹，如 runs/2026-10/抽查/01。")]
Files = Annotated[
    list[Path], typer.Argument(metavar="FORMS…", help="填好“结果登记”的入户核查表，可以几份一起。")
]
Limit = Annotated[
    str | None,
    typer.Option("--limit", metavar="5%", help="要证明差错率不超过多少；不够时给出下一步抽多少。"),
]
Run = Annotated[
    Path | None, typer.Option("--run", metavar="RUN", help="抽样时的运行；默认在工作区里按指纹找。")
]
Json = Annotated[bool, typer.Option("--json", help="在标准输出给出一个 JSON 对象，不显示表格。")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="不显示结果表和进度。")]


def audit_evaluate(
    bundle: Bundle,
    files: Files,
    *,
    limit: Limit = None,
    run: Run = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """收回填好的入户核查表：各类差错率和 95% 界限，按镇、按核查人；查出的差错记入核实结果。"""
    from lic.workflows.audit_evaluate import audit_evaluate

    console = Console(quiet=quiet)
    with console.progress() as progress:
        found = audit_evaluate(bundle, files, limit=limit, run=run, progress=progress)
    console.keep = household_digits(found.missing)
    if as_json:
        console.json(found.to_json())
    elif not quiet:
        _show(console, found)


def _show(console: Console, found: Evaluated) -> None:
    console.line(f"样本 {found.households} 户，收回 {found.returned} 户，见到 {found.visited} 户", "bold")
    for item in found.problems[:_SHOWN]:
        console.out.print(mask(f"  {item.code}  {item.place}：{item.message}"), style="red", soft_wrap=True)
        console.line(f"        处理  {item.suggestion}")
    if len(found.problems) > _SHOWN:
        console.line(f"  另有 {len(found.problems) - _SHOWN} 处，用 --json 看全部")
    if found.missing:
        shown = "、".join(found.missing[:_SHOWN])
        more = f" 等 {len(found.missing)} 户" if len(found.missing) > _SHOWN else ""
        console.line(f"没有核查到（仍算在分母里）：{shown}{more}", "yellow")
    console.out.print()
    console.out.print(_rates(found))
    console.line(_how(found))
    for head, tallies in (("镇", found.towns), ("核查人", found.visitors)):
        console.out.print()
        console.out.print(_tallies(head, tallies))
    _on_top(console, found)
    if found.step is not None:
        console.out.print()
        _step(console, found.step)
    console.out.print()
    if found.kept is not None:
        console.line(f"查出的差错 {found.recorded} 条记入 {found.kept}，下一次 lic classify 起生效")
    elif not found.keepable:
        console.line("没有找到抽样时的运行，差错没有记入核实结果；用 --run 指明", "yellow")
    else:
        console.line(f"没有新的差错要记入核实结果（以前收过 {found.repeated} 条）")


def _rates(found: Evaluated) -> Table:
    table = _table("差错", "查出/随机户", "差错率", "95% 区间", "推算户数", "95% 区间", "未查全错的上限")
    for item in found.rates:
        bounds = item.bounds
        low, high = outward(bounds.rate_low, 3, up=False), outward(bounds.rate_high, 3, up=True)
        worst = f"{_share(outward(bounds.rate_worst, 3, up=True))}，{bounds.worst_high} 户"
        table.add_row(
            item.kind or "合计",
            f"{bounds.found}/{bounds.sampled}",
            "－" if bounds.rate is None else _share(float(bounds.rate)),
            f"{_share(low)} ~ {_share(high)}",
            _number(bounds),
            f"{bounds.low} ~ {bounds.high}",
            worst if bounds.missing else "－",
        )
    return table


def _number(bounds: Bounds) -> str:
    """The projected number, to a tenth of a household."""
    return f"{float(bounds.estimate):.1f}" if bounds.sampled else "－"


def _share(value: float) -> str:
    return f"{100 * value:.1f}%"


def _how(found: Evaluated) -> str:
    total = found.rates[-1].bounds.total
    how = "分层，有限总体" if found.strata > 1 else "率用 Clopper-Pearson，户数用超几何（有限总体）"
    return f"按随机抽中的 {found.random} 户推算抽样框 {total} 户；{how}；为补足人数加抽的和必查户不参与推算"


def _tallies(head: str, tallies: Sequence[Tally]) -> Table:
    kinds = list(tallies[0].errors) if tallies else []
    table = _table(head, "户数", "见到", *kinds)
    for item in tallies:
        cells = [str(item.errors[kind] or "-") for kind in kinds]
        table.add_row(item.name or f"（未填{head}）", str(item.households), str(item.visited), *cells)
    return table


def _on_top(console: Console, found: Evaluated) -> None:
    if found.certainty["households"]:
        kinds = [kind for kind in found.certainty if kind not in ("households", "visited")]
        counts = "，".join(f"{kind} {found.certainty[kind]}" for kind in kinds)
        console.out.print()
        console.line(
            f"必查 {found.certainty['households']} 户，见到 {found.certainty['visited']} 户：{counts}"
            "（只说明这些户本身，不能推算到其他户）"
        )


def _step(console: Console, step: NextStep) -> None:
    sure = f"{100 * step.confidence:.2f}".rstrip("0").rstrip(".")
    where = f"第 {step.look} 次抽取，把握 {sure}%"
    most = f"{step.high} 户（共 {step.total} 户）"
    limit = percent(step.limit)
    if step.reached:
        console.line(f"{where}：差错不超过 {most}，不高于 {limit}", "bold")
        return
    console.line(f"{where}：差错可能多到 {most}，还不能说不高于 {limit}", "bold")
    if step.rate is None:
        console.line("再抽也说明不了：查出的和没有查到的户已超过这个界限，或已全部抽到；请先补查、处理")
    else:
        console.line(
            f"下一步：用同一种子把比例提高到 {percent(step.rate)}（--redraw 写明原因），"
            f"再核查 {step.more} 户；如果再没有发现差错，就够了"
        )


def _table(*heads: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, collapse_padding=True)
    for index, head in enumerate(heads):
        table.add_column(head, justify="left" if index == 0 else "right", overflow="fold")
    return table
