"""Where Chinese text may stand in the code, and that no policy word stands there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
CJK = re.compile(r"[\u4e00-\u9fff]")
HOMES = (
    "lic/cli/",
    "lic/messages/",
    "lic/reports/labels",
    "lic/model/",
    "lic/policy/",
    "lic/values/",
    "lic/sources/keys.py",
    "lic/sources/shapes.py",  # what an editor says about the keys
    "lic/linkage/keys.py",
)


# A paper that is fixed by the name that a table of the pack happens to bear as well.
PAPERS = {("lic/reports/labels_views.py", "核对报告")}


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Every string literal of a module that is not a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                docs.add(id(first.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def modules() -> list[Path]:
    """The package's own modules."""
    return sorted((ROOT / "lic").rglob("*.py"))


def test_chinese_text_stands_in_its_homes_only() -> None:
    strays = [
        f"{path.relative_to(ROOT)}:{line} {text[:30]!r}"
        for path in modules()
        if not path.relative_to(ROOT).as_posix().startswith(HOMES)
        for line, text in literals(path)
        if CJK.search(text)
    ]
    assert strays == []


def pack_words() -> set[str]:
    """Names of tables, parameters, conditions, decisions and checks of the shipped pack."""
    words: set[str] = set()
    for path in sorted((ROOT / "rules").rglob("*.yaml")):
        node = yaml.compose(path.read_text(encoding="utf-8"))
        for key, value in node.value if node else []:
            if key.value in ("参数", "条件", "认定", "核对") and isinstance(value, yaml.MappingNode):
                words.update(name.value for name, _ in value.value)
            if key.value == "表" and path.parent.name == "sources":
                words.add(value.value)
    return words


def test_no_policy_word_stands_in_the_code() -> None:
    words = pack_words()
    assert len(words) > 100
    strays = [
        f"{path.relative_to(ROOT)}:{line} {text!r}"
        for path in modules()
        for line, text in literals(path)
        if text in words and (path.relative_to(ROOT).as_posix(), text) not in PAPERS
    ]
    assert strays == []


def test_the_word_test_can_fail() -> None:
    assert "低保标准" in pack_words()
