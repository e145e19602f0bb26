"""Passwords of encrypted workbooks: from a file, or typed at a terminal; never an argument."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lic.cli.console import Console, Progress

if TYPE_CHECKING:
    from lic.sources.folder import Passwords

PasswordFile = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        metavar="F",
        help="加密工作簿的打开密码，一行一个，写在这个文件里；没有给出时在终端里询问。",
    ),
]


def passwords_of(file: Path | None, console: Console, progress: Progress) -> Passwords:
    """What the file holds, and whom to ask for more: the person at the terminal, if there is one."""
    from lic.sources.folder import Passwords
    from lic.workflows.password_file import read_password_file

    known = [] if file is None else read_password_file(file)
    if console.quiet or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return Passwords(known)

    def ask(name: str) -> str | None:
        with progress.paused():
            console.note(f"“{name}”设有打开密码。输入时不显示；直接按回车跳过这个文件。")
            try:
                return getpass.getpass("密码：", stream=sys.stderr) or None
            except EOFError:
                return None

    return Passwords(known, ask)
