"""One list of commands for people, hooks and CI; each sets up its own virtual environment.

    python3 dev.py demo          the main job on sample_data/2026-10
    python3 dev.py test [ARGS]   the tests (ARGS go to pytest)
    python3 dev.py mutate ARGS   does every small mistake in rules/ break a case? (minutes)
    python3 dev.py fuzz [ARGS]   odd and damaged files through the loader (--seconds 300 --seed N)
    python3 dev.py lint          ruff, mypy, import-linter
    python3 dev.py lic ARGS      any lic command
    python3 dev.py bench ARGS    python -m benchmarks ARGS

Needs Python 3.11 or newer and nothing else. Everything goes into .venv beside this file;
a second call finds it ready and starts at once.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")


def prepare(extras: str) -> None:
    """Create .venv and install the package with ``extras``, unless that was done before."""
    wanted = hashlib.sha256(
        (HERE / "pyproject.toml").read_bytes()
        + (HERE / "constraints.txt").read_bytes()
        + f"{extras} {sys.version_info[:2]}".encode()
    ).hexdigest()
    stamp = VENV / f"ready-{extras.replace(',', '-') or 'run'}"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print(f"setting up {VENV.name} ({extras or 'run'}) ...", file=sys.stderr, flush=True)
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    target = f"{HERE}[{extras}]" if extras else str(HERE)
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, "-c", str(HERE / "constraints.txt"), "-e", target], check=True)
    stamp.write_text(wanted)


def run(*command: str) -> int:
    """Run a command of the virtual environment in the checkout."""
    return subprocess.run([str(PYTHON), *command], cwd=HERE, check=False).returncode


def lint() -> int:
    """Every linter, each of them always, so that all complaints come at once."""
    codes = [
        run("-m", "ruff", "check", "."),
        run("-m", "ruff", "format", "--check", "."),
        run("-m", "mypy"),
        run("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
    ]
    return max(codes)


def main(arguments: list[str]) -> int:
    """Run one of the commands above; its exit code is ours."""
    if sys.version_info < (3, 11):
        print("lic needs Python 3.11 or newer", file=sys.stderr)
        return 2
    match arguments:
        case ["demo", *rest]:
            prepare("")
            return run("-m", "lic", "classify", "sample_data/2026-10", *rest)
        case ["lic", *rest]:
            prepare("")
            return run("-m", "lic", *rest)
        case ["test", *rest]:
            prepare("test")
            return run("-m", "pytest", *rest)
        case ["mutate", *rest]:
            prepare("test")
            return run("-m", "tests.rules.mutation", *rest)
        case ["fuzz", *rest]:
            prepare("test")
            return run("-m", "tests.fuzz", *rest)
        case ["lint"]:
            prepare("test,lint")
            return lint()
        case ["bench", *rest]:
            prepare("test")
            return run("-m", "benchmarks", *rest)
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
