"""The screens of ``lic sources``: what each department must send."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import groupby

import typer
from rich.table import Table
from rich.text import Text

from lic.cli.console import Console
from lic.model.form import FormColumn, TableForm
from lic.workflows.accept import Proposal
from lic.workflows.source_templates import Templates

_SEPARATOR = "、"


def show_list(console: Console, forms: Sequence[TableForm]) -> None:
    """Every table by department."""
    for department, own in groupby(forms, key=lambda form: form.department):
        _line(console, department, "bold")
        for form in own:
            _line(console, f"  {_head(form)}")
            for text in _about(form):
                _line(console, f"      {text}")
    console.out.print()
    _line(console, "每张表要哪些列：lic sources show 表名。发给部门的空白模板：lic sources template 新文件夹")


def show_forms(console: Console, forms: Sequence[TableForm]) -> None:
    """Every column of the tables."""
    for number, form in enumerate(forms):
        if number:
            console.out.print()
        _line(console, f"{_head(form)}  {form.department}", "bold")
        for text in _about(form):
            _line(console, f"  {text}")
        _line(console, f"  登记在 {form.declared_in}")
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for heading in ("列名", "必填", "填什么", "空着的含义"):
            table.add_column(heading, overflow="fold", no_wrap=heading == "必填")
        for column in form.columns:
            table.add_row(
                Text(_named(column)),
                "是" if column.needed else "",
                Text(_kind(column)),
                Text(" ".join(text for text in (column.blank_text, column.absent_text) if text)),
            )
        console.out.print(table)
        if form.ignored:
            _line(console, f"  不用的列（有也不要紧）：{_SEPARATOR.join(form.ignored)}")


def show_templates(console: Console, written: Templates) -> None:
    """Where the forms are."""
    _line(console, f"已写出 {len(written.files)} 个文件：{written.folder}", "bold")
    for name in written.files:
        _line(console, f"  {name}")


def show_proposal(console: Console, proposal: Proposal) -> None:
    """What would be added, and what is still open."""
    sheet = f"（工作表“{proposal.sheet}”）" if proposal.sheet else ""
    if proposal.is_empty:
        _line(console, f"按“{proposal.table}”看{sheet}：没有可以登记的列名或用词", "bold")
    else:
        _line(console, f"按“{proposal.table}”看{sheet}，要在 {_shown(proposal)} 中加上：", "bold")
        for line in proposal.lines:
            _line(console, f"  {line}")
    left = proposal.unsettled
    if left.lacking:
        _line(console, f"还缺必需的列：{_SEPARATOR.join(left.lacking)}", "red")
    if left.headings:
        _line(console, f"还不认识的列：{_SEPARATOR.join(left.headings)}", "yellow")
        _line(console, "  是哪一列，加 --alias 新列名=列；用不着，加 --ignore 列名 或 --ignore-rest")
    if left.words:
        words = _SEPARATOR.join(f"{column}:{word}" for column, word in left.words)
        _line(console, f"还不认识的词：{words}", "yellow")
        _line(console, "  是哪个词，加 --word 列:写法=标准词；标准词见 lic sources show 表名")


def ask() -> bool:
    """Whether the user agrees; without a terminal nobody can, and nothing is written."""
    if not sys.stdin.isatty():
        typer.echo("没有写入。核对无误后，加上 --yes 再运行一次。")
        return False
    return typer.confirm("写入吗？")


def show_written(console: Console, proposal: Proposal) -> None:
    """Where it is."""
    _line(console, f"已写入 {_shown(proposal)}；再运行 lic check 核对。", "green")


def _shown(proposal: Proposal) -> str:
    return f"{proposal.target.parent.name}/{proposal.target.name}"


def _line(console: Console, text: str, style: str = "") -> None:
    console.out.print(Text(text, style=style), soft_wrap=True)


def _head(form: TableForm) -> str:
    duty = "必报" if form.required else "选报"
    return f"{form.table}  {duty}  [{form.code}]"


def _about(form: TableForm) -> list[str]:
    said = []
    needed = [column.name for column in form.columns if column.needed]
    if needed:
        said.append(f"不能缺的列：{_SEPARATOR.join(needed)}")
    if form.one_of:
        groups = "；".join(" 或 ".join(names) for names in form.one_of)
        said.append(f"下列各组至少有一列：{groups}")
    if form.keys:
        said.append(f"每行至少填一项：{_SEPARATOR.join(form.keys)}")
    if form.parts:
        said.append(f"分册报送，文件名中写明：{_SEPARATOR.join(part.file_hint for part in form.parts)}")
    rows = "一人可以有多行" if form.several_rows else "一人（户）一行"
    empty = "；没有人也报空表" if form.may_be_empty else ""
    said.append(f"{rows}{empty}")
    if form.expected:
        said.append(f"预期：{'；'.join(form.expected)}")
    return said


def _named(column: FormColumn) -> str:
    return (
        column.name if not column.aliases else f"{column.name}（也可写作 {_SEPARATOR.join(column.aliases)}）"
    )


def _kind(column: FormColumn) -> str:
    said = column.kind_text if column.unit is None else f"{column.kind_text}，单位 {column.unit}"
    if column.words:
        words = [
            item.word if not item.aliases else f"{item.word}（{_SEPARATOR.join(item.aliases)}）"
            for item in column.words
        ]
        return f"{said}：{_SEPARATOR.join(words)}"
    return said
