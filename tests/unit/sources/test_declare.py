"""The shipped sources are whole, cannot be taken for one another, and mistakes are said with their place."""

from __future__ import annotations

from pathlib import Path

from lic.errors import ProblemLog
from lic.sources.confusion import confusable
from lic.sources.declare import load_sources
from tests.naive.headings import TABLES
from tests.unit.sources.shipped import RULES, shipped_sources

MINIMAL = """表: 养老待遇
列:
  月待遇金额: {别名: [月发放数]}
"""


def test_no_two_sources_can_be_confused() -> None:
    assert list(confusable(shipped_sources().sources)) == []


def test_every_table_and_column_of_the_reference_is_declared() -> None:
    schemas = shipped_sources().schemas
    assert sorted(set(TABLES) - set(schemas)) == []
    missing = {
        (table, column)
        for table, columns in TABLES.items()
        for column in columns
        if column not in schemas[table].columns
    }
    # An application has no register number, category or covered members of its own in the plan.
    assert sorted(missing) == []


def test_an_overlay_adds_an_alias(tmp_path: Path) -> None:
    (tmp_path / "pensions.yaml").write_text(MINIMAL, encoding="utf-8")
    log = ProblemLog()
    sources = load_sources(RULES, tmp_path, log)
    assert log.problems == []
    pension = next(item for item in sources.sources if item.name == "养老待遇")
    assert "月发放数" in pension.column("月待遇金额").headings
    assert sources.digest != shipped_sources().digest


def test_all_problems_are_said_with_their_place(tmp_path: Path) -> None:
    text = MINIMAL.replace("月待遇金额:", "月待遇金頟:").replace("别名", "别民") + "忽约: []\n"
    (tmp_path / "pensions.yaml").write_text(text, encoding="utf-8")
    log = ProblemLog()
    load_sources(RULES, tmp_path, log)
    found = [(item.line, item.code, item.suggestion) for item in sorted(log.problems)]
    assert (3, "R023", "月待遇金额") in found
    assert any(code == "R004" for _, code, _ in found)
