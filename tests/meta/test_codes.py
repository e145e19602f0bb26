"""Every message code that the code uses is worded, and every worded code is used."""

import re
from pathlib import Path

from lic.messages import CATALOGUE, RETIRED
from tests.rules.seeded import MISTAKES

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"[\"']([SLRGW]\d{3})[\"']")
BLANK = re.compile(r"\{([^{}]+)\}")


def used() -> set[str]:
    return {
        code
        for path in (ROOT / "lic").rglob("*.py")
        if "messages" not in path.parts
        for code in CODE.findall(path.read_text(encoding="utf-8"))
    }


def test_every_used_code_is_in_the_catalogue() -> None:
    assert sorted(used() - set(CATALOGUE)) == []


def test_every_worded_code_is_used_or_retired() -> None:
    assert sorted(set(CATALOGUE) - used() - RETIRED) == []


def test_every_code_about_rules_is_shown_by_a_mistake() -> None:
    """A seeded mistake, or a test or kept message of the area that the code belongs to."""
    seeded = {mistake.code for mistake in MISTAKES.values()}
    files = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "tests").rglob("__snapshots__/*.txt")]
    elsewhere = {code for path in files if path.name != "seeded.py" for code in CODE.findall(quoted(path))}
    rules = {code for code in CATALOGUE if code.startswith("R")} - {"R000"}  # R000 counts the others
    assert sorted(rules - seeded - elsewhere) == []


def quoted(path: Path) -> str:
    """A file with every code in quotes, so that kept messages count as well."""
    return re.sub(r"\b([SLRGW]\d{3})\b", r'"\1"', path.read_text(encoding="utf-8"))


def test_messages_are_whole() -> None:
    for code, message in CATALOGUE.items():
        assert message.title, code
        assert message.text, code
        assert message.remedy, code
        assert not BLANK.search(message.title), code
