"""Every example of the rules pages is run as it stands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.docs.fenced import ROOT, blocks, run

PAGES = {"规则手册.md": "试验县", "rules.md": "county"}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_example_runs(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = blocks(ROOT / "docs" / name)
    assert found[0].kind == "sh"
    run(found[0], tmp_path, capsys, monkeypatch)
    folder = tmp_path / PAGES[name]
    shutil.copytree(folder / "rules", folder / "shipped")
    for block in found[1:]:
        if block.kind != "text":
            run(block, folder, capsys, monkeypatch)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_pages_show_what_they_promise(name: str) -> None:
    found = blocks(ROOT / "docs" / name)
    assert sum(block.kind == "yaml" for block in found) >= 3
    assert any(block.code for block in found)
    assert any(block.kind == "diff" and block.file == "lic.yaml" and block.code is None for block in found)
