"""``lic rules``: the commands about the rule pack."""

from __future__ import annotations

import typer

from lic.cli import rules_check, rules_diff, rules_schema, rules_show, rules_test


def register(app: typer.Typer) -> None:
    """Add the group to the application."""
    group = typer.Typer(help="规则包：检查、测试、显示、比较。", no_args_is_help=True, rich_markup_mode=None)
    rules_check.register(group)
    rules_show.register(group)
    rules_diff.register(group)
    rules_test.register(group)
    rules_schema.register(group)
    app.add_typer(group, name="rules")
