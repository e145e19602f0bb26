"""``lic rules schema``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lic.cli.console import Console


def register(group: typer.Typer) -> None:
    """Add the command to ``lic rules``."""
    group.command("schema")(rules_schema)


Out = Annotated[
    Path | None, typer.Option("-o", "--out", metavar="DIR", help="把各种文件的 JSON Schema 写到这个文件夹。")
]
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="K",
        help="只要一种：rules、source、source-own、source-common、source-words、source-reading、workspace、superior。",
    ),
]


def rules_schema(*, out: Out = None, kind: Kind = None) -> None:
    """给编辑器用的 JSON Schema：写规则包、表的说明、lic.yaml 时补全键名、标出错处。"""
    from lic.workflows.shapes import all_schemas, schema_of, write_schemas

    console = Console()
    if out is not None:
        made = write_schemas(out)
        for name in made.files:
            console.out.print(f"{made.folder / name}", soft_wrap=True)
        console.out.print(
            f"VS Code：装上 YAML 扩展（redhat.vscode-yaml），把 {made.settings} 的内容并入"
            " .vscode/settings.json。",
            soft_wrap=True,
        )
        return
    console.json(all_schemas() if kind is None else schema_of(kind))
