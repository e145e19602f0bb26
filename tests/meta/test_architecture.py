"""The layers of DESIGN §6 hold; checked with import-linter, exhaustively."""

from pathlib import Path

from importlinter.application.use_cases import create_report, read_user_options
from importlinter.configuration import configure

ROOT = Path(__file__).parents[2]


def test_layers_hold() -> None:
    configure()
    report = create_report(read_user_options(config_filename=str(ROOT / "pyproject.toml")))
    broken = [contract.name for contract, check in report.get_contracts_and_checks() if not check.kept]
    assert broken == []
    assert report.kept_count >= 7


def test_files_stay_small() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for folder in ("lic", "tests", "benchmarks")
        for path in (ROOT / folder).rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 330
    }
    assert long == {}
