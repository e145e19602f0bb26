"""A text for people on the terminal: what matters first, tables that wrap, trees that indent."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lic.cli.console import Console
from lic.model.page import Paper, Section

_INDENT = 2
_NARROW = 80  # below this a table has no room: each row is written as lines


def show_paper(console: Console, paper: Paper) -> None:
    """Print a text to stdout."""
    console.line(paper.title, "bold")
    console.line(paper.subtitle, "dim")
    if paper.alarm:
        console.line(paper.alarm, "bold red")
    for label, text in paper.lead:
        console.out.print(_hanging(console, label, text))
    for section in paper.sections:
        _section(console, section)
    console.out.print()
    for text in paper.closing:
        console.line(text, "dim")


def _hanging(console: Console, label: str, text: str) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(label, style="bold"), Text(console.safe(text)))
    return grid


def _section(console: Console, section: Section) -> None:
    console.out.print()
    console.line(section.title, "bold")
    if section.note:
        console.line(section.note)
    if section.rows:
        _rows(console, section)
    for branch in section.tree:
        text = Text(console.safe(branch.text))
        if branch.small:
            text.append(f"  {console.safe(branch.small)}", style="dim")
        console.out.print(Padding(text, (0, 0, 0, _INDENT * branch.depth)))


def _rows(console: Console, section: Section) -> None:
    if console.out.width < _NARROW:
        for row in section.rows:
            pairs = zip(section.headings, row, strict=True)
            console.out.print(
                Padding(Text(console.safe("  ".join(f"{name} {cell}" for name, cell in pairs))), (0, 0, 0, 2))
            )
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, collapse_padding=True)
    for name in section.headings:
        table.add_column(name, overflow="fold")
    for row in section.rows:
        table.add_row(*(Text(console.safe(cell)) for cell in row))
    console.out.print(table)
