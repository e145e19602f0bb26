"""``lic diff``."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lic.cli.console import Console
from lic.messages.base import household_digits
from lic.model.adjustment import Adjustment, Cause, Change, Column, Kind, LedgerRow, PersonState, Whose
from lic.model.result import Status

DIFFERENT = 1
SHOWN = 20
_NARROW = 100


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("diff")(diff)


Old = Annotated[Path, typer.Argument(metavar="OLD", help="旧的一次运行（上月），如 runs/2026-09/01。")]
New = Annotated[Path, typer.Argument(metavar="NEW", help="新的一次运行（本月），如 runs/2026-10/01。")]
Out = Annotated[
    Path | None,
    typer.Option(
        "-o", "--out", metavar="OUT", help="结果写到这个文件夹；默认在新的一次运行的 报表/动态调整 里。"
    ),
]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="有变动时退出码为 1。")]
Everything = Annotated[bool, typer.Option("--all", help="变动全部列出，不只列每种的前 20 条。")]
Json = Annotated[bool, typer.Option("--json", help="在标准输出给出一个 JSON 对象，不显示表格。")]
ShowIds = Annotated[bool, typer.Option("--show-ids", help="显示完整的身份证号。")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="不显示结果表和进度。")]


def diff(
    old: Old,
    new: New,
    *,
    out: Out = None,
    exit_code: ExitCode = False,
    everything: Everything = False,
    as_json: Json = False,
    show_ids: ShowIds = False,
    quiet: Quiet = False,
) -> None:
    """比较两次运行：谁新增、退出、转类，为什么；逐镇逐类对平，写出动态调整工作簿。"""
    from lic.workflows.diff import diff_runs

    console = Console(quiet=quiet, show_ids=show_ids)
    with console.progress() as progress:
        result = diff_runs(old, new, out=out, progress=progress)
    adjustment = result.adjustment
    console.keep = household_digits(
        state.household_no
        for item in adjustment.changes
        for state in (item.old, item.new)
        if state is not None
    )
    if as_json:
        console.json(result.to_json())
    elif not quiet:
        _show(console, adjustment, None if everything else SHOWN)
        console.line(f"已写出 {len(result.files)} 个文件：{result.folder}")
    if exit_code and adjustment.differs:
        raise typer.Exit(DIFFERENT)


def _show(console: Console, adjustment: Adjustment, limit: int | None) -> None:
    old, new = adjustment.old, adjustment.new
    console.line(f"{new.county}  {old.period} → {new.period}", "bold")
    console.line(f"旧  {old.name}  基准日 {old.as_of}", "dim")
    console.line(f"新  {new.name}  基准日 {new.as_of}", "dim")
    for note in adjustment.notes:
        _wrapped(console, f"注意  {note}", "yellow")
    console.out.print()
    if not adjustment.differs:
        console.line("没有变动。", "green")
    else:
        _counts(console, adjustment)
        for kind in Kind:
            _kind(console, kind, [item for item in adjustment.changes if item.kind is kind], limit)
    _ledger(console, adjustment)


def _counts(console: Console, adjustment: Adjustment) -> None:
    counted = Counter((item.kind, item.whose) for item in adjustment.changes)
    grid = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    grid.add_column("变动")
    grid.add_column("户", justify="right")
    grid.add_column("人", justify="right")
    for kind in Kind:
        households, persons = counted[kind, Whose.HOUSEHOLD], counted[kind, Whose.PERSON]
        if households or persons:
            grid.add_row(kind.value, f"{households:,}", f"{persons:,}")
    console.out.print(grid)
    apart = sum(item.kind is Kind.MISSING for item in adjustment.changes)
    if apart:
        text = f"{Kind.MISSING.value}的 {apart} 条只因部门缺报：不作退出、不作新增，补报后再比较。"
        _wrapped(console, text, "bold red")
    console.out.print()


def _kind(console: Console, kind: Kind, changes: list[Change], limit: int | None) -> None:
    """A household with its people on one line; people of other households each for himself."""
    if not changes:
        return
    households = {_home(item) for item in changes if item.whose is Whose.HOUSEHOLD}
    people: dict[str, list[Change]] = defaultdict(list)
    for item in changes:
        if item.whose is Whose.PERSON and _home(item) in households:
            people[_home(item)].append(item)
    leading = [item for item in changes if item.whose is Whose.HOUSEHOLD or _home(item) not in households]
    console.line(f"{kind.value}（{_sizes(changes)}）", "bold underline")
    for item in leading if limit is None else leading[:limit]:
        _change(console, item, people[_home(item)] if item.whose is Whose.HOUSEHOLD else [])
    if limit is not None and len(leading) > limit:
        console.line(f"  另有 {len(leading) - limit:,} 条；加上 --all 全部列出，或看工作簿", "dim")
    console.out.print()


def _home(item: Change) -> str:
    return item.state.household_no


def _sizes(changes: list[Change]) -> str:
    counted = Counter(item.whose for item in changes)
    return "、".join(f"{counted[whose]:,} {whose.value}" for whose in Whose if counted[whose])


def _change(console: Console, item: Change, people: list[Change]) -> None:
    state = item.state
    own = (
        [state.name or "", state.id_number or ""]
        if isinstance(state, PersonState)
        else [state.head_name or ""]
    )
    who = "  ".join(filter(None, [state.household_no, *own, state.town or ""]))
    _wrapped(console, f"{who}  {item.text}", "", 2)
    texts = dict.fromkeys(one.text for one in people)
    for text in texts:
        names = "、".join(_name(one) for one in people if one.text == text)
        _wrapped(console, names if text == item.text or not text else f"{names}：{text}", "", 4)
    for cause in item.causes:
        _wrapped(console, f"因 {_cause(cause)}", "dim", 4)
    marks = [
        f"{item.since} 曾退出" if item.since else "",
        "拟，待核对" if item.proposed else "",
        "只因部门缺报" if item.apart else "",
    ]
    said = "；".join(filter(None, marks))
    if said:
        _wrapped(console, said, "dim", 4)


def _name(item: Change) -> str:
    state = item.state
    return (state.name if isinstance(state, PersonState) else state.head_name) or "（无姓名）"


def _cause(cause: Cause) -> str:
    """One cause on one line: kind, table or parameter, the first values."""
    parts = []
    for detail in cause.details[:3]:
        values = f" {detail.old or '（空）'} → {detail.new or '（空）'}" if detail.old or detail.new else ""
        whom = f"{detail.whom} " if detail.whom else ""
        tail = "，".join(filter(None, [detail.reference, detail.place]))
        parts.append(f"{whom}{detail.what}{values}" + (f"（{tail}）" if tail else ""))
    source = "" if cause.source == cause.kind.value else f"：{cause.source}"
    together = "" if cause.alone else "（几项合在一起）"
    return f"{cause.kind.value}{source}{together}" + (f"  {'；'.join(parts)}" if parts else "")


def _ledger(console: Console, adjustment: Adjustment) -> None:
    console.line("对平：上月 － 退出 ＋ 新增 ＋ 重新纳入 ± 转类 ± 合分户 ＝ 本月", "bold underline")
    rows = list(adjustment.ledger)
    moved = [row for row in rows if row.came or row.went or row.difference]
    for whose in Whose:
        total = [row for row in rows if row.whose is whose]
        before, after = sum(row.before for row in total), sum(row.after for row in total)
        wrong = [row for row in total if row.difference]
        verdict = "全部对平" if not wrong else f"{len(wrong)} 格对不上"
        # The roll and the summary count the recognised alone; here nobody may be left out.
        doubt = [row for row in total if row.group == Status.UNDECIDED.value]
        held = f"（含待核实 {sum(row.before for row in doubt):,} → {sum(row.after for row in doubt):,}）"
        console.line(
            f"{whose.value}数  上月 {before:,}，本月 {after:,}{held if doubt else ''}；"
            f"{len(total)} 格（镇、类别），{verdict}",
            "green" if not wrong else "bold red",
        )
    if console.out.width < _NARROW:
        for row in moved:
            _wrapped(console, _equation(row), "", 2)
        return
    for whose in Whose:
        _table(console, [row for row in moved if row.whose is whose], whose)


def _equation(row: LedgerRow) -> str:
    parts = [f"{row.town or '（未填镇）'} {row.group}（{row.whose.value}）{row.before}"]
    parts += [f"－{column.value} {row.went[column]}" for column in Column if column in row.went]
    parts += [f"＋{column.value} {row.came[column]}" for column in Column if column in row.came]
    parts.append(f"＝ {row.after}")
    if row.difference:
        parts.append(f"相差 {row.difference}")
    return " ".join(parts)


def _table(console: Console, rows: list[LedgerRow], whose: Whose) -> None:
    if not rows:
        return
    used = [column for column in Column if any(column in row.came or column in row.went for row in rows)]
    grid = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, collapse_padding=True)
    for title in ("镇", f"类别（{whose.value}数）"):
        grid.add_column(title, overflow="fold")
    for title in ("上月", *(column.value for column in used), "本月"):
        grid.add_column(title, justify="right")
    for row in rows:
        cells = [_moved(row, column) for column in used]
        grid.add_row(row.town or "（未填镇）", row.group, f"{row.before:,}", *cells, f"{row.after:,}")
    console.out.print(Padding(grid, (0, 0, 1, 0), expand=False))


def _moved(row: LedgerRow, column: Column) -> str:
    went, came = row.went.get(column, 0), row.came.get(column, 0)
    return " ".join(filter(None, [f"－{went}" if went else "", f"＋{came}" if came else ""]))


def _wrapped(console: Console, text: str, style: str = "", left: int = 0) -> None:
    console.out.print(
        Padding(Text(console.safe(text), style=style, overflow="fold"), (0, 0, 0, left), expand=False)
    )
