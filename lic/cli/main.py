"""The entry point: every command, and the only ``try`` of lic.

Knows exit codes and how an error is said. What went wrong is worded in :mod:`lic.messages`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

import lic
from lic.cli import (
    audit_evaluate,
    audit_sample,
    audit_verify,
    check,
    classify,
    diff,
    explain,
    explain_code,
    feedback,
    init,
    notice,
    reconcile,
    report,
    rules,
    sample_data,
    sources,
)
from lic.cli.console import Console, prepare_streams
from lic.cli.crash import write_crash
from lic.errors import LicError

BUG = 70
INTERRUPTED = 130

app = typer.Typer(
    name="lic",
    help="低收入人口批量核对与认定工具。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"lic {lic.__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本号。")]
Debug = Annotated[bool, typer.Option("--debug", help="出错时显示完整的程序错误（供维护人员）。")]


@app.callback()
def _options(*, version: Version = False, debug: Debug = False) -> None:
    """低收入人口批量核对与认定工具：读各部门导出的表，按规则包逐户逐人计算，写出名册和疑点。"""


check.register(app)
classify.register(app)
diff.register(app)
feedback.register(app)
reconcile.register(app)
notice.register(app)
sample_data.register(app)
rules.register(app)
init.register(app)
sources.register(app)
explain.register(app)
report.register(app)
explain_code.register(app)
audit_sample.register(app)
audit_verify.register(app)
audit_evaluate.register(app)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; a bug becomes a crash file and one masked line."""
    prepare_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    console = Console()
    try:
        app(args=given, prog_name="lic", standalone_mode=True)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    except LicError as error:
        console.error(error)
        return error.exit_code
    except KeyboardInterrupt:
        console.interrupted()
        return INTERRUPTED
    except Exception as error:  # the one place: anything else is a bug of ours
        if "--debug" in given:
            raise
        console.bug(error, write_crash(error))
        return BUG
    return 0
