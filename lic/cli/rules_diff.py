"""``lic rules diff``."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lic.cli.console import Console
from lic.model.rulebook import Weight
from lic.model.rulechange import Change, ChangeKind, Moved, Replay, RuleDiff

DIFFERENT = 1
SHOWN = 30


def register(group: typer.Typer) -> None:
    """Add the command to ``lic rules``."""
    group.command("diff")(rules_diff)


Old = Annotated[Path, typer.Argument(metavar="R1", help="旧规则：规则包、工作区或某次运行的文件夹。")]
New = Annotated[Path, typer.Argument(metavar="R2", help="新规则：规则包、工作区或某次运行的文件夹。")]
Run = Annotated[
    Path | None,
    typer.Option("--run", metavar="RUN", help="用这次运行保存的数据按两套规则各算一遍，看谁的认定会变。"),
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="看哪一天的参数；默认为较近的一天。")
]
Everyone = Annotated[bool, typer.Option("--all", help="变动的家庭和人员全部列出，不只列前面的。")]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="有改变时退出码为 1。")]
Json = Annotated[bool, typer.Option("--json", help="在标准输出给出一个 JSON 对象，不显示表格。")]


def rules_diff(
    old: Old,
    new: New,
    *,
    run: Run = None,
    as_of: AsOf = None,
    everyone: Everyone = False,
    exit_code: ExitCode = False,
    as_json: Json = False,
) -> None:
    """比较两套规则：哪些参数、条件、认定行、核对、列名变了；写法、注释、先后不算。"""
    from lic.workflows.rules_diff import diff_json, diff_rules

    console = Console()
    with console.progress() as progress:
        diff = diff_rules(old, new, run=run, as_of=as_of, progress=progress)
    console.show(diff_json(diff), lambda: _show(console, diff, SHOWN, everyone=everyone), as_json=as_json)
    if exit_code and diff.differs:
        raise typer.Exit(DIFFERENT)


def _show(console: Console, diff: RuleDiff, limit: int, *, everyone: bool) -> None:
    rules = [item for item in diff.changes if item.weight is Weight.RULE]
    others = [item for item in diff.changes if item.weight is not Weight.RULE]
    if diff.values_of:
        _line(console, f"单独的规则包没有 lic.yaml，本县的参数取值用 {diff.values_of} 的。", "dim")
    if not diff.differs:
        _line(console, "两套规则说的完全一样（写法、注释和先后不算）。", "green")
    if rules:
        _line(console, f"规则的改变（{len(rules)} 处）", "bold underline")
        _changes(console, rules)
    if others:
        _line(console, f"只改了依据或文字，不影响认定（{len(others)} 处）", "bold underline")
        _changes(console, others)
    if diff.replay is not None:
        _replay(console, diff.replay, None if everyone else limit)


def _changes(console: Console, changes: list[Change]) -> None:
    for (item, name), group in groupby(changes, key=lambda change: (change.item, change.name)):
        _line(console, f"{item.value}  {name}", "bold")
        for change in group:
            head = f"{change.kind.value} {change.what}".rstrip()
            short = f"{head}：{_arrow(change)}"
            if len(short) <= 36 or not (change.old and change.new):
                _indented(console, short, 2)
                continue
            _indented(console, f"{head}：", 2)
            grid = Table.grid(padding=(0, 2))
            grid.add_column(no_wrap=True)
            grid.add_column(overflow="fold")
            grid.add_row("原", Text(change.old))
            grid.add_row("今", Text(change.new))
            console.out.print(Padding(grid, (0, 0, 0, 4), expand=False))
    console.out.print()


def _arrow(change: Change) -> str:
    if change.kind is ChangeKind.ADDED:
        return change.new
    if change.kind is ChangeKind.REMOVED:
        return change.old
    return f"{change.old} → {change.new}"


def _replay(console: Console, replay: Replay, limit: int | None) -> None:
    _line(console, f"按运行 {replay.run} 保存的数据重算（基准日 {replay.as_of}）", "bold underline")
    if replay.not_kept:
        _line(console, "  新旧规则要用、而这次运行没有保存的（按没有报送、没有这一栏计算）：", "bold red")
        _indented(console, "、".join(replay.not_kept), 4)
    if replay.reading_changed:
        _line(console, "  读表的规则也变了，重算用的是当时读出的数据，不含这些改变：", "yellow")
        _indented(console, "、".join(replay.reading_changed), 4)
    for title, total, moved in (
        ("家庭", f"{replay.households:,} 户", replay.moved_households),
        ("人员", f"{replay.persons:,} 人", replay.moved_persons),
    ):
        _line(console, f"{title}：{total}中，认定会变的 {len(moved):,}", "bold")
        if moved:
            _moves(console, moved)
            _list(console, moved, limit)
    if replay.checks:
        _line(console, "核对发现的疑点数", "bold")
        text = "，".join(f"{item.code} {item.old} → {item.new}" for item in replay.checks)
        _indented(console, text, 2)


def _moves(console: Console, moved: tuple[Moved, ...]) -> None:
    from lic.workflows.rules_diff import moves

    grid = Table.grid(padding=(0, 1))
    for old, new, count in moves(moved):
        grid.add_row(old, "→", new, f"{count:,}")
    console.out.print(Padding(grid, (0, 0, 0, 2), expand=False))


def _list(console: Console, moved: tuple[Moved, ...], limit: int | None) -> None:
    persons = moved[0].id_number is not None
    grid = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, collapse_padding=True)
    for title in ("户编号", *(["姓名", "身份证号"] if persons else ["户主"]), "镇", "原", "今"):
        grid.add_column(title, overflow="fold")
    for item in moved if limit is None else moved[:limit]:
        own = [item.name or "", *([item.id_number or ""] if persons else [])]
        grid.add_row(item.household_no, *own, item.town or "", item.old, item.new)
    console.out.print(Padding(grid, (0, 0, 0, 2), expand=False))
    if limit is not None and len(moved) > limit:
        _line(console, f"  另有 {len(moved) - limit:,}；加上 --all 全部列出", "dim")


def _indented(console: Console, text: str, left: int) -> None:
    console.out.print(Padding(Text(text, overflow="fold"), (0, 0, 0, left), expand=False))


def _line(console: Console, text: str, style: str = "") -> None:
    console.out.print(Text(text, style=style, overflow="fold"))
