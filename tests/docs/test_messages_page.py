"""``docs/messages.md`` is generated from the catalogue: ``pytest tests/docs --snapshot-update``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lic.messages import CATALOGUE
from lic.messages.help import FAMILIES

PAGE = Path(__file__).parents[2] / "docs" / "messages.md"
_HEAD = """# 提示编号

由编号目录生成（`python3 dev.py test tests/docs --snapshot-update`），不要手改。同样的说明：`lic help 编号`。
K 开头的是规则包自己的核对，在 `rules/checks/`，用 `lic help K022` 或 `lic rules show K022` 看。
"""


_TABLE = "| 编号 | 是什么 | 说的是 | 怎么办 |\n|---|---|---|---|\n"


def page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for letter in sorted({code[0] for code in CATALOGUE}):
        parts.append(
            f"\n## {letter}：{FAMILIES[letter]}\n\n| 编号 | 是什么 | 说的是 | 怎么办 |\n|---|---|---|---|\n"
        )
        for code, message in sorted(CATALOGUE.items()):
            if code.startswith(letter):
                cells = (message.title, message.text, message.remedy)
                said = " | ".join(re.sub(r"\{[^{}]+\}", "…", cell).replace("|", "\\|") for cell in cells)
                parts.append(f"| {code} | {said} |\n")
    return "".join(parts)


def test_the_page_is_what_the_catalogue_says(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--snapshot-update"):
        PAGE.write_text(page(), encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python3 dev.py test tests/docs --snapshot-update"


def test_every_family_has_a_speaker() -> None:
    assert {code[0] for code in CATALOGUE} <= set(FAMILIES)
