"""``lic sources list|show|template|accept``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lic.cli.classify import Json, Rules
from lic.cli.console import Console
from lic.cli.passwords import PasswordFile, passwords_of

group = typer.Typer(help="各部门要报送的表：列出、查看、写出空白模板、登记改过的列名。", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.add_typer(group, name="sources")


Table = Annotated[list[str] | None, typer.Argument(metavar="[表]...", help="只看这些表；默认全部。")]
Workspace = Annotated[
    Path,
    typer.Option("--workspace", metavar="W", help="工作文件夹；默认从当前文件夹往上找 lic.yaml。"),
]
TemplateOut = Annotated[
    Path | None, typer.Option("--template", metavar="OUT", help="把空白模板写到这个新文件夹。")
]
Out = Annotated[Path, typer.Argument(metavar="OUT", help="写到这个文件夹（新的或空的）。")]


@group.command("list")
def list_sources(
    *, template: TemplateOut = None, workspace: Workspace = Path(), rules: Rules = None, as_json: Json = False
) -> None:
    """列出各部门要报送的表。"""
    from lic.cli.sources_screen import show_list
    from lic.workflows.source_forms import declared_sources, forms_of

    if template is not None:
        template_sources(template, None, workspace=workspace, rules=rules, as_json=as_json)
        return
    console = Console()
    forms = forms_of(declared_sources(workspace, rules).sources)
    if as_json:
        console.json([form.to_json() for form in forms])
    else:
        show_list(console, forms)


@group.command("show")
def show_sources(
    tables: Table = None, *, workspace: Workspace = Path(), rules: Rules = None, as_json: Json = False
) -> None:
    """逐列说明一张表要报什么：列名、别的写法、填什么、单位、可填的词、空着的含义。"""
    from lic.cli.sources_screen import show_forms
    from lic.workflows.source_forms import declared_sources, forms_of

    console = Console()
    forms = forms_of(declared_sources(workspace, rules).sources, *(tables or ()))
    if as_json:
        console.json([form.to_json() for form in forms])
    else:
        show_forms(console, forms)


@group.command("template")
def template_sources(
    out: Out,
    tables: Table = None,
    *,
    workspace: Workspace = Path(),
    rules: Rules = None,
    as_json: Json = False,
) -> None:
    """按部门写出空白的报送模板（列名、下拉框、文本格式的号码列）和报送要求，可以直接发给部门。"""
    from lic.cli.sources_screen import show_templates
    from lic.workflows.source_templates import write_templates

    console = Console()
    written = write_templates(out, tables or (), start=workspace, rules=rules)
    if as_json:
        console.json({"folder": str(written.folder), "files": list(written.files)})
    else:
        show_templates(console, written)


File = Annotated[Path, typer.Argument(metavar="FILE", help="列名或用词有变化的导出文件。")]
Sheet = Annotated[str | None, typer.Option("--sheet", metavar="S", help="工作表名；默认第一张认得的。")]
As = Annotated[str | None, typer.Option("--as", metavar="表", help="按这张表登记；默认看表头像哪张。")]
Alias = Annotated[
    list[str] | None, typer.Option("--alias", metavar="新列名=列", help="新列名就是这一列；可写多次。")
]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", metavar="列名", help="不用这一列；可写多次。")]
IgnoreRest = Annotated[bool, typer.Option("--ignore-rest", help="其余不认识的列都不用。")]
Word = Annotated[
    list[str] | None,
    typer.Option("--word", metavar="列:写法=标准词", help="这一列的这个写法就是标准词；可写多次。"),
]
Yes = Annotated[bool, typer.Option("--yes", help="不再询问，直接写入。")]


@group.command("accept")
def accept_sources(
    file: File,
    *,
    sheet: Sheet = None,
    table: As = None,
    alias: Alias = None,
    ignore: Ignore = None,
    ignore_rest: IgnoreRest = False,
    word: Word = None,
    yes: Yes = False,
    password_file: PasswordFile = None,
    rules: Rules = None,
) -> None:
    """登记改过的列名和用词：先给出要加的内容，确认后写入工作文件夹的 sources/，不改规则包。"""
    from lic.cli.sources_screen import ask, show_proposal, show_written
    from lic.workflows.accept import AcceptOptions, propose_additions, write_additions

    console = Console()
    with console.progress() as progress:
        options = AcceptOptions(
            sheet=sheet,
            table=table,
            aliases=tuple(alias or ()),
            ignored=tuple(ignore or ()),
            ignore_rest=ignore_rest,
            words=tuple(word or ()),
            rules=rules,
            passwords=passwords_of(password_file, console, progress),
        )
        proposal = propose_additions(file, options, progress=progress)
    show_proposal(console, proposal)
    if not proposal.is_empty and (yes or ask()):
        write_additions(proposal)
        show_written(console, proposal)
