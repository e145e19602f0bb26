"""The screen after ``lic classify``: first what is missing, then what was counted, then where it is."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from lic.cli.console import Console
from lic.messages.base import mask
from lic.model.finding import Severity
from lic.model.manifest import Count, DisabledCheck, Manifest, NotDelivered
from lic.model.result import Action, Status
from lic.model.staging import Delivery
from lic.workflows.classify import ClassifyResult
from lic.workflows.worst import worst_problems

_SEPARATOR = "、"


def show_summary(console: Console, result: ClassifyResult) -> None:
    """Print the summary of a run to stdout."""
    manifest = result.manifest
    _line(console, f"{manifest.county}  {manifest.period}  基准日 {manifest.as_of}", "bold")
    if result.repeated:
        _line(console, "同样的数据、规则和基准日已经算过，没有重新写出；以下是那一次的结果。", "yellow")
    _missing(console, manifest)
    _funnel(console, manifest)
    console.out.print()
    console.out.print(_count_table(manifest))
    console.out.print()
    _problems(console, manifest)
    _errors(console, result)
    _files(console, result)


def _line(console: Console, text: str, style: str = "") -> None:
    console.out.print(Text(mask(text), style=style), soft_wrap=True)


def _missing(console: Console, manifest: Manifest) -> None:
    """Not delivered, not compared, not checked: before any number."""
    if manifest.not_delivered:
        _line(console, "未报送（有关事实按“未知”处理，相关家庭列入待核实）", "bold red")
        for department, tables in _by_department(manifest.not_delivered).items():
            _line(console, f"  {department}：{_SEPARATOR.join(tables)}")
    else:
        _line(console, "应报送的表均已报送", "green")
    if manifest.not_compared:
        names = _SEPARATOR.join(item.table for item in manifest.not_compared)
        _line(console, f"未比对（选报表未报送）  {names}", "yellow")
    unset = sorted({item.name for item in manifest.parameters if item.value is None})
    if unset:
        _line(console, f"未设的参数（lic.yaml）  {_SEPARATOR.join(unset)}", "bold red")
    if manifest.checks_disabled:
        _line(
            console, f"未启用的核对  {_disabled(manifest.checks_disabled)}（原因见核对差异.xlsx）", "yellow"
        )
    console.out.print()


def _by_department(items: Sequence[NotDelivered]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for item in items:
        name = item.table if item.part is None else f"{item.table}（{item.part}）"
        groups[item.department].append(name if item.result == Delivery.ABSENT else f"{name}（{item.result}）")
    return dict(groups)


def _disabled(items: Sequence[DisabledCheck]) -> str:
    codes = [item.code for item in items]
    shown = _SEPARATOR.join(codes[:6])
    return f"{len(codes)} 项：{shown}" + (" 等" if len(codes) > 6 else "")


def _funnel(console: Console, manifest: Manifest) -> None:
    funnel = manifest.funnel
    _line(
        console,
        f"读取  {funnel.files} 个文件、{funnel.sheets} 张表，{funnel.rows_read:,} 行 ＝"
        f" 接受 {funnel.accepted:,} ＋ 拒收 {funnel.rejected:,}"
        f" ＋ 空白 {funnel.blank:,} ＋ 页脚 {funnel.footer:,}",
    )
    _line(console, f"关联  {funnel.linked:,} 行与名册内的家庭有关，{funnel.not_linked:,} 行无关")
    _line(console, f"人员  {funnel.persons:,} 人 ＝ {_statuses(funnel.persons_by_status)}")
    _line(console, f"家庭  {funnel.households:,} 户 ＝ {_statuses(funnel.households_by_status)}")
    if manifest.corrections or manifest.silenced:
        _line(
            console,
            f"核实  采用核实值 {manifest.corrections:,} 处，按核实结果不再提示疑点 {manifest.silenced:,} 条",
        )


def _statuses(counts: Mapping[str, int]) -> str:
    return " ＋ ".join(f"{item.value} {counts[item.value]:,}" for item in Status)


def _count_table(manifest: Manifest) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, collapse_padding=True, show_footer=True)
    persons: dict[tuple[str, str], int] = {
        (item.group, item.action): item.persons for item in manifest.counts
    }
    table.add_column("类别", footer="合计", overflow="fold")
    table.add_column("户", justify="right", footer=f"{manifest.funnel.households:,}")
    table.add_column("人", justify="right", footer=f"{manifest.funnel.persons:,}")
    actions = [item.value for item in Action]
    for action in actions:
        total = sum(item.persons for item in manifest.counts if item.action == action)
        table.add_column(action, justify="right", footer=_number(total))
    for group in (*manifest.categories, Status.UNDECIDED.value, Status.NOT_MET.value):
        own = [item for item in manifest.counts if item.group == group]
        cells = [_number(persons.get((group, action), 0)) for action in actions]
        table.add_row(group, _number(_sum(own, "households")), _number(_sum(own, "persons")), *cells)
    return table


def _sum(items: Sequence[Count], name: str) -> int:
    return sum(int(getattr(item, name)) for item in items)


def _number(value: int) -> str:
    return f"{value:,}" if value else "-"


def _errors(console: Console, result: ClassifyResult) -> None:
    """The first errors about the exports; the rest is in the quality workbook, and said so."""
    count, shown = worst_problems(result.run)
    for item in shown:
        _line(console, f"  错误 {item.code}  {item.place}：{item.message}", "red")
        _line(console, f"       处理  {item.suggestion}")
    if count > len(shown):
        _line(console, f"  另有错误 {count - len(shown):,} 条，见数据质量.xlsx")
    console.out.print()


def _problems(console: Console, manifest: Manifest) -> None:
    doubts = sum(manifest.findings.values())
    _line(console, f"疑点  {doubts:,} 条（疑点不等于违规，须核实）")
    if manifest.problems:
        worst_first = [item.value for item in Severity if item.value in manifest.problems]
        said = "，".join(f"{severity} {manifest.problems[severity]:,}" for severity in worst_first)
        _line(console, f"数据问题  {said}", "yellow")
    else:
        _line(console, "数据问题  没有")


def _files(console: Console, result: ClassifyResult) -> None:
    _line(console, f"结果  {_short(result.run)}", "bold")
    for name in sorted(result.manifest.outputs):
        if name.endswith((".xlsx", ".html")) and "/" not in name:
            _line(console, f"  {name}")
    if result.views:
        place = result.views[0].parent.relative_to(result.run)
        _line(console, f"  {place}{os.sep}  {len(result.views)} 个文件")
    for note in result.beside:
        _line(console, f"  注意 W201  {note.message}", "yellow")


def _short(path: Path) -> str:
    """Relative to the current folder where that is shorter."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
