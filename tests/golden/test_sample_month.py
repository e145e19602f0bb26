"""The sample month, end to end: the counts in sample_data/expected.yaml, the stories, every planted check."""

import re
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pyarrow.parquet as pq
import pytest

from lic.declare import Map, read_document, read_texts
from lic.errors import ProblemLog
from lic.samples.generate import planted_cases
from lic.workflows.classify import ClassifyOptions, classify_month
from tests.snapshots import Snapshot, workbook_text

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules"
ACTIONS = ("新增", "维持", "转类", "退出", "待核实", "无")
# Sheets whose every line is worth reading in a review; the long lists are counted instead.
BOOKS = ("认定名册.xlsx", "核对差异.xlsx", "数据质量.xlsx")


@cache
def run_of(month: str) -> Path:
    """The run of one month of a copy of the sample data."""
    folder = Path(mkdtemp(prefix="lic-golden-")) / "sample"
    shutil.copytree(ROOT / "sample_data", folder, ignore=shutil.ignore_patterns("runs", ".lic"))
    text = (folder / "lic.yaml").read_text(encoding="utf-8")
    (folder / "lic.yaml").write_text(text.replace("../rules", RULES.as_posix()), encoding="utf-8")
    return classify_month(folder / month, ClassifyOptions(), progress=lambda _: None).run


def counted(month: str) -> dict[str, str]:
    """Households and persons by category and action, as the expected file writes them."""
    persons = pq.read_table(run_of(month) / "persons.parquet").to_pylist()
    households = pq.read_table(run_of(month) / "households.parquet").to_pylist()
    lines: dict[str, str] = {}
    for label in sorted({row["category"] or row["status"] for row in [*persons, *households]}):
        mine = [row for row in persons if (row["category"] or row["status"]) == label]
        families = sum((row["category"] or row["status"]) == label for row in households)
        moves = [f"{action} {n}" for action in ACTIONS if (n := sum(row["action"] == action for row in mine))]
        lines[label] = f"{families} 户 {len(mine)} 人: " + "，".join(moves)
    return lines


@pytest.mark.parametrize("month", ["2026-09", "2026-10"])
def test_the_counts_are_as_written_beside_the_data(month: str, request: pytest.FixtureRequest) -> None:
    path = ROOT / "sample_data" / "expected.yaml"
    found = counted(month)
    if request.config.getoption("--snapshot-update"):
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        block = f'"{month}":\n' + "".join(f'  {label}: "{line}"\n' for label, line in found.items())
        text = re.sub(rf'"{month}":\n(  .*\n)*', "", text)
        path.write_text(text + block, encoding="utf-8", newline="\n")
        return
    log = ProblemLog()
    document = read_document(path, log)
    assert document is not None
    expected = document.map(month)
    assert isinstance(expected, Map)
    assert {key.value: read_texts(node)[0] for key, node in expected.pairs()} == found
    assert log.problems == []


STORIES = {
    "SQ-202609000001": (("不符合", None, "无"), ("认定", "最低生活保障对象", "新增")),
    "61099902000002": (("认定", "最低生活保障对象", "维持"), ("认定", "最低生活保障边缘家庭成员", "转类")),
    "61099903000003": (("认定", "最低生活保障对象", "维持"), ("不符合", None, "退出")),
    "61099904000004": (("不符合", None, "退出"), ("认定", "刚性支出困难家庭成员", "转类")),
    "61099905000005": (
        ("认定", "最低生活保障边缘家庭成员", "维持"),
        ("认定", "最低生活保障边缘家庭成员", "维持"),
    ),
}


@pytest.mark.parametrize("number", sorted(STORIES))
def test_the_stories_of_the_readme_are_true(number: str) -> None:
    told = (ROOT / "sample_data" / "README.md").read_text(encoding="utf-8")
    assert number in told
    for month, expected in zip(("2026-09", "2026-10"), STORIES[number], strict=True):
        rows = pq.read_table(run_of(month) / "households.parquet").to_pylist()
        (row,) = [row for row in rows if row["household_no"] == number]
        assert (row["status"], row["category"], row["action"]) == expected, month


def test_every_category_action_status_and_planted_check_occurs() -> None:
    persons = pq.read_table(run_of("2026-10") / "persons.parquet").to_pylist()
    log = ProblemLog()
    categories = read_document(RULES / "roster.yaml", log)
    assert categories is not None
    assert set(categories.texts("类别")) <= {row["category"] for row in persons}
    assert {row["action"] for row in persons} == set(ACTIONS)
    assert {row["status"] for row in persons} == {"认定", "待核实", "不符合"}
    findings = pq.read_table(run_of("2026-10") / "findings.parquet").to_pylist()
    found = {row["code"] for row in findings}
    planted = {f"K{int(code[1:]):03d}" for code in planted_cases(RULES / "samples") if code.startswith("K")}
    assert len(planted) > 45
    assert sorted(planted - found) == []


def test_no_whole_number_stands_in_the_manifest_or_log() -> None:
    for path in (run_of("2026-10") / "manifest.json", run_of("2026-10") / "run.log"):
        assert not re.search(r"(?<![\da-f])\d{17}[\dX](?![\da-f])", path.read_text(encoding="utf-8")), (
            path.name
        )


@pytest.mark.parametrize("name", BOOKS)
def test_the_workbooks_open_with_the_same_head(name: str, snapshot: Snapshot) -> None:
    lines = workbook_text(run_of("2026-10") / name).splitlines()
    heads = [line for index, line in enumerate(lines) if line.startswith("==") or index < 60]
    snapshot.matches(f"{name}.txt", "\n".join(heads) + "\n")
