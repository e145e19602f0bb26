"""``lic rules show``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lic.cli.console import Console


def register(group: typer.Typer) -> None:
    """Add the command to ``lic rules``."""
    group.command("show")(rules_show)


Name = Annotated[
    str | None,
    typer.Argument(metavar="[NAME]", help="只看一项：条件、字段、推算、参数、认定、核对编号、表，或 表.列。"),
]
Rules = Annotated[
    Path | None,
    typer.Option(
        "--rules",
        metavar="R",
        help="规则包、工作区或某次运行的文件夹；默认为当前工作区，否则为自带的规则包。",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="基准日，决定取哪一天的参数；默认为最近的数据月份。"),
]
Html = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="写成一个可打印（A4）的网页文件。")]
WhereUsed = Annotated[
    str | None, typer.Option("--where-used", metavar="NAME", help="反过来查：哪些规则直接或间接用到它。")
]
Json = Annotated[bool, typer.Option("--json", help="在标准输出给出一个 JSON 对象，不显示表格。")]


def rules_show(
    name: Name = None,
    *,
    html: Html = None,
    as_of: AsOf = None,
    rules: Rules = None,
    where_used: WhereUsed = None,
    as_json: Json = False,
) -> None:
    """把规则包显示成可以阅读、打印和签字的文件：认定表、条件、参数和依据、各列来自哪个部门。"""
    from lic.cli import rules_text
    from lic.workflows import rulebook

    console = Console()
    book = rulebook.rulebook(rules, as_of)
    if html is not None:
        written = rulebook.write_page(book, html)
        console.out.print(f"已写出：{written}", soft_wrap=True)
    elif where_used is not None:
        found = rulebook.where_used(book, where_used)
        console.show(
            found.to_json(), lambda: rules_text.show_where_used(console, book, found), as_json=as_json
        )
    elif name is not None:
        items = rulebook.find_items(book, name)
        console.show(
            rulebook.items_json(book, items),
            lambda: rules_text.show_items(console, book, items),
            as_json=as_json,
        )
    else:
        console.show(rulebook.book_json(book), lambda: rules_text.show_book(console, book), as_json=as_json)
