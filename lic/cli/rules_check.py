"""``lic rules check``."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from lic.cli.console import Console, problem_json, problem_line
from lic.errors import RulesError
from lic.messages import remedy


def register(group: typer.Typer) -> None:
    """Add the command to ``lic rules``."""
    group.command("check")(rules_check)


Rules = Annotated[
    Path | None,
    typer.Option(
        "--rules",
        metavar="R",
        help="规则包、工作区或某次运行的文件夹；默认为当前工作区，否则为自带的规则包。",
    ),
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="看哪一天的参数；默认为最近的数据月份。")
]
Json = Annotated[bool, typer.Option("--json", help="在标准输出给出一个 JSON 对象，不显示文字。")]


def rules_check(*, rules: Rules = None, as_of: AsOf = None, as_json: Json = False) -> None:
    """检查规则包和 lic.yaml：所有文件的所有问题一次列出，写明在哪一行、怎么改。"""
    from lic.workflows.check_rules import check_rules

    console = Console()
    try:
        found = check_rules(rules, as_of)
    except RulesError as error:
        if as_json:
            console.json({"ok": False, "problems": [problem_json(item) for item in error.problems]})
        raise
    if as_json:
        notes = [problem_json(item) for item in found.notes]
        console.json({"ok": True, "problems": [], "notes": notes, **found.to_json()})
        return
    counts = "，".join(f"{kind} {count}" for kind, count in found.counts)
    console.out.print(f"规则没有问题（{found.pack}）：{counts}。", soft_wrap=True)
    for layer, count in found.layers:
        console.out.print(f"上级规则 {layer}：改写 {count} 处（lic rules show 末尾列出）。", soft_wrap=True)
    for advice, same in groupby(found.notes, key=lambda note: remedy(note.code, dict(note.params))):
        for note in same:
            console.line(f"提示 {problem_line(note)}")
        console.line(f"    处理  {advice}")
    said = {dict(note.params).get("name") for note in found.notes}
    names = [name for name in found.unset if name not in said]
    if names:
        console.line(f"{found.as_of} 没有取值的参数，用到它们的条件都不知道：{'、'.join(names)}")
