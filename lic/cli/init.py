"""``lic init``."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lic.cli.console import Console
from lic.errors import UsageError

if TYPE_CHECKING:
    from lic.workflows.new_config import Given
    from lic.workflows.new_workspace import NewWorkspace, Slot

_LIST = "、"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("init")(init)


Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help="新工作区的文件夹（新的，或还没有 lic.yaml 的）。")
]
County = Annotated[str | None, typer.Option("--county", metavar="NAME", help="县名，如 石泉县。")]
Town = Annotated[
    list[str] | None, typer.Option("--town", metavar="NAME", help="镇名；可写多次，或用顿号隔开。")
]
Standard = Annotated[
    list[str] | None,
    typer.Option("--standard", metavar="KEY=VALUE", help="低保标准，如 城镇=9600、农村=7200；可写多次。"),
]
Values = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME[.KEY]=VALUE",
        help="别的参数，后面可加 @生效日 #依据，如 住房套数上限=1；可写多次。",
    ),
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="取值从哪天起；默认为当年 1 月 1 日。")
]
Reference = Annotated[str, typer.Option("--reference", metavar="TEXT", help="取值的依据（文号）。")]
Absent = Annotated[
    list[str] | None, typer.Option("--no-register", metavar="NAME", help="本县不设的登记册；可写多次。")
]
PeriodName = Annotated[str | None, typer.Option("--period", metavar="P", help="第一个数据月份；默认为本月。")]
CopyRules = Annotated[bool, typer.Option("--copy-rules", help="把规则包复制一份到工作区，以便修改。")]
Yes = Annotated[bool, typer.Option("-y", "--yes", help="不提问；没有给出的参数留着不填。")]


def init(
    folder: Folder,
    *,
    county: County = None,
    town: Town = None,
    standard: Standard = None,
    values: Values = None,
    since: Since = None,
    reference: Reference = "",
    no_register: Absent = None,
    period: PeriodName = None,
    copy_rules: CopyRules = False,
    yes: Yes = False,
) -> None:
    """建一个新县的工作区：写好 lic.yaml、月份文件夹和使用说明，从不覆盖已有的文件。"""
    from lic.workflows.new_config import Wishes
    from lic.workflows.new_workspace import check_free, make_workspace, parse_given, slots

    console = Console()
    check_free(folder)
    month = period or time.strftime("%Y-%m")
    day = since or f"{month[:4]}-01-01"
    known = slots()
    asked = [f"{known[0].name}.{text}" for text in standard or []] + (values or [])
    given = [parse_given(text, since=day, reference=reference, known=known) for text in asked]
    ask = sys.stdin.isatty() and not yes
    name = county or (_prompt("县名") if ask else "")
    if not name:
        raise UsageError("W161")
    towns = _split(town or []) or (_split([_prompt("各镇（用顿号隔开）", "")]) if ask else ())
    if ask and not asked:
        given = _ask(known, day)
    wishes = Wishes(name, month, towns, tuple(no_register or ()), tuple(given), copy_rules)
    _show(console, make_workspace(folder, wishes))


def _split(texts: Sequence[str]) -> tuple[str, ...]:
    for sign in "，,；; ":
        texts = [text.replace(sign, _LIST) for text in texts]
    return tuple(word for text in texts for word in text.split(_LIST) if word)


def _ask(known: Sequence[Slot], day: str) -> list[Given]:
    """Ask for every value; an empty answer leaves it unset, a parameter is given whole or not at all."""
    from lic.workflows.new_config import Given

    typer.echo("以下是本县自定的参数。不知道的直接回车，以后写在 lic.yaml 里。")
    given: list[Given] = []
    reference = ""
    for _, group in groupby(known, key=lambda slot: slot.name):
        values = _values(tuple(group))
        if not values:
            continue
        day = _answer("  从哪天起", day, _is_day, "日期，如 2026-07-01")
        reference = _answer("  依据（文号）", reference, bool, "文号，不能空着")
        given += [Given(slot.name, slot.key, value, day, reference) for slot, value in values]
    return given


def _values(slots: Sequence[Slot]) -> list[tuple[Slot, str]]:
    """The values of one parameter, all of them or none."""
    while True:
        answers = [
            (slot, _answer(_question(slot), "", partial(_blank_or, slot), slot.expected)) for slot in slots
        ]
        lacking = [slot.title for slot, value in answers if not value]
        if len(lacking) == len(slots):
            return []
        if not lacking:
            return answers
        typer.echo(f"  {_LIST.join(lacking)} 没有写：同一个参数要么都写，要么都不写。再来一次。")


def _question(slot: Slot) -> str:
    unit = f"（{slot.unit}）" if slot.unit else ""
    return f"{slot.title}{unit} {slot.note}"


def _answer(question: str, default: str, accepts: Callable[[str], bool], expected: str) -> str:
    """One answer; what cannot be used is asked again, nothing typed before it is lost."""
    while True:
        answer = _prompt(question, default).strip()
        if accepts(answer):
            return answer
        typer.echo(f"  应为{expected}；写的是“{answer}”")


def _prompt(question: str, default: str | None = None) -> str:
    """Ask; an end of the input is said in words, not as an abort."""
    try:
        return str(typer.prompt(question, default=default, show_default=bool(default)))
    except typer.Abort:
        raise UsageError("W192") from None


def _blank_or(slot: Slot, text: str) -> bool:
    return not text or slot.accepts(text)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _show(console: Console, made: NewWorkspace) -> None:
    out = console.out
    out.print(f"已建好工作区：{made.folder}", soft_wrap=True)
    out.print(f"  写出  {_LIST.join(made.written)}", soft_wrap=True)
    if made.kept:
        out.print(f"  原有的没有动  {_LIST.join(made.kept)}", soft_wrap=True)
    if made.unset:
        out.print(f"还没有取值的参数（相关的人都会是待核实）：{_LIST.join(made.unset)}", soft_wrap=True)
    out.print("接下来：", style="bold")
    out.print(
        f"  1. 打开 {made.folder / 'lic.yaml'}，填好上面的参数和依据，然后 lic rules check", soft_wrap=True
    )
    out.print(f"  2. 把各部门的表放进 {made.month}（文件名不限）：", soft_wrap=True)
    for mark, groups in (("必报", made.required), ("有就交", made.optional)):
        for department, tables in groups:
            out.print(f"       {department}（{mark}）：{_LIST.join(tables)}", soft_wrap=True)
    out.print(f"  3. lic classify {made.month}", soft_wrap=True)
