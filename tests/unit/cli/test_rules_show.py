"""``lic rules show`` as the policy officer meets it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from lic.cli.main import main
from tests.snapshots import Snapshot

ROOT = Path(__file__).parents[3]
Capture = pytest.CaptureFixture[str]


def said(capsys: Capture, *arguments: object) -> tuple[int, str, str]:
    capsys.readouterr()
    given = ["rules", "show", "--rules", ROOT / "sample_data", "--as-of", "2026-10-31", *arguments]
    code = main([str(item) for item in given])
    captured = capsys.readouterr()
    return code, "".join(f"{line.rstrip()}\n" for line in captured.out.splitlines()), captured.err


def without_digest(text: str) -> str:
    text = re.sub(r"指纹 [0-9a-f]{12}", "指纹 …", text)
    return re.sub(r"\.yaml:\d+", ".yaml:…", text)


@pytest.mark.parametrize("name", ["个人认定", "收入低于低保标准", "边缘倍数", "K043"])
def test_one_item(name: str, capsys: Capture, snapshot: Snapshot) -> None:
    code, out, err = said(capsys, name)
    assert (code, err) == (0, "")
    snapshot.matches(f"rules_show_{name}.txt", without_digest(out))


def test_a_column_shows_its_words_and_its_users(capsys: Capture) -> None:
    code, out, _ = said(capsys, "机动车.车辆类型")
    assert code == 0
    for wanted in ("公安局", "认得的列名", "电动自行车=电动车", "用到它的  应计车辆数"):
        assert wanted in out


def test_where_used_reads_from_the_name_to_the_decision(capsys: Capture) -> None:
    code, out, _ = said(capsys, "--where-used", "过渡期截止")
    assert code == 0
    assert "经过：过渡期截止 → 过渡期内 → 其他困难成立 → 个人认定" in out
    assert "核对  K045 监测对象未认定" in out


def test_the_whole_pack_fits_the_width(capsys: Capture) -> None:
    from rich.cells import cell_len

    code, out, _ = said(capsys)
    assert code == 0
    assert max(cell_len(line) for line in out.splitlines()) <= 120
    for wanted in ("户册", "认定", "条件（", "字段（", "参数", "未启用", "各部门的表", "K022", "示例值"):
        assert wanted in out


def test_json_is_one_object(capsys: Capture) -> None:
    assert json.loads(said(capsys, "--json")[1])["categories"][0] == "特困人员"
    assert json.loads(said(capsys, "低保标准", "--json")[1])["items"][0]["used_by"]
    assert json.loads(said(capsys, "--where-used", "户籍", "--json")[1])["users"]


def test_unknown_names_are_answered(capsys: Capture) -> None:
    code, out, err = said(capsys, "低保标淮")
    assert (code, out) == (2, "")
    assert "是不是“低保标准”？" in err


def test_a_page_is_written(tmp_path: Path, capsys: Capture) -> None:
    code, out, _ = said(capsys, "--html", tmp_path / "规则.html")
    assert code == 0
    assert "规则.html" in out
    assert (tmp_path / "规则.html").stat().st_size > 50_000
