"""The commands as a person or a script meets them: streams, exit codes, masking."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import lic
from lic.cli.main import main
from lic.runs.canonical import file_sha256
from lic.runs.folder import runs_of
from lic.runs.manifest import read_manifest
from tests.snapshots import Snapshot
from tests.unit.workflows.county import remove

ID = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
Capture = pytest.CaptureFixture[str]


def said(capsys: Capture, *arguments: object) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main([str(item) for item in arguments])
    captured = capsys.readouterr()
    assert not ID.search(captured.out + captured.err)
    return code, captured.out, captured.err


def test_version_and_help(capsys: Capture) -> None:
    assert said(capsys, "--version") == (0, f"lic {lic.__version__}\n", "")
    code, out, _ = said(capsys, "--help")
    assert code == 0
    for name in ("classify", "sample-data", "help"):
        assert name in out
        assert re.search("[\u4e00-\u9fff]", said(capsys, name, "--help")[1])


def test_summary_says_first_what_is_missing(month: Path, capsys: Capture, snapshot: Snapshot) -> None:
    remove(month, "养老保险*", "机动车*")
    code, out, _ = said(capsys, "classify", month)
    assert code == 0
    lines = out.replace(str(month.parent), "<工作区>").splitlines()
    text = [re.sub(r"\d[\d,]*", "#", line).rstrip() for line in lines if "─" not in line]
    squeezed = "\n".join(re.sub(r" +", " ", line) for line in text)
    snapshot.matches("summary.txt", re.sub(r"(?<= )-(?= |$)", "#", squeezed, flags=re.MULTILINE) + "\n")


def test_a_table_that_is_insisted_on_ends_with_five(month: Path, capsys: Capture) -> None:
    remove(month, "养老保险*")
    code, out, err = said(capsys, "classify", month, "--require", "养老待遇", "--json")
    assert (code, out) == (5, "")
    for text in ("G010", "G020", "养老待遇", "未报送", "人力资源和社会保障局"):
        assert text in err


def test_quiet_says_nothing_and_json_one_object(month: Path, capsys: Capture) -> None:
    assert said(capsys, "classify", month, "-q") == (0, "", "")
    code, out, _ = said(capsys, "classify", month, "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["repeated"] is True
    assert Path(answer["run"]).name == "01"
    for key in ("counts", "funnel", "not_delivered", "not_compared", "checks_disabled", "problems", "files"):
        assert key in answer
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("arguments", "exit_code", "code"),
    [
        (["classify", "/nowhere"], 2, "W101"),
        (["classify", "{month}", "--as-of", "x"], 2, "W103"),
        (["classify", "{month}", "-o", "{month}/out"], 6, "W004"),
        (["classify", "{month}", "--require", "残疾人证", "--require", "饮用水"], 2, "W110"),
        (["help", "X999"], 2, "W106"),
        (["sample-data", "{month}"], 2, "W109"),
    ],
)
def test_errors_say_code_what_and_what_to_do(
    arguments: list[str], exit_code: int, code: str, month: Path, capsys: Capture
) -> None:
    given = [item.format(month=month) for item in arguments]
    found, out, err = said(capsys, *given)
    assert (found, out) == (exit_code, "")
    assert err.startswith(f"错误 {code}  ")
    assert "处理" in err
    assert f"lic help {code}" in err


def test_unknown_commands_and_options_are_usage(capsys: Capture) -> None:
    assert said(capsys, "nonsense")[0] == 2
    assert said(capsys, "classify")[0] == 2
    assert said(capsys, "classify", "x", "--nonsense")[0] == 2


def test_rule_problems_have_places(month: Path, capsys: Capture) -> None:
    config = month.parent / "lic.yaml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("  低保标准:", "  低保标淮:"), encoding="utf-8"
    )
    code, _, err = said(capsys, "classify", month)
    assert code == 4
    assert re.search(r"^lic\.yaml:\d+:\d+ R045 .* — 是不是“低保标准”？$", err, re.MULTILINE)


def test_no_usable_input_is_three(month: Path, capsys: Capture) -> None:
    for path in month.iterdir():
        path.unlink()
    assert said(capsys, "classify", month)[0] == 3


def test_help_explains_codes_of_messages_and_of_the_pack(capsys: Capture) -> None:
    assert said(capsys, "help", "w102")[1].startswith("W102  ")
    assert said(capsys, "help", "K022")[1].startswith("K022  ")


def test_a_bug_leaves_a_masked_crash_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    number = "610999199001010024"

    def fail(*_: object, **__: object) -> None:
        raise KeyError(number)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("lic.workflows.explain_code.code_help", fail)
    code, out, err = said(capsys, "help", "X")
    assert (code, out) == (70, "")
    assert err.startswith("错误 W070  ")
    crash = next(tmp_path.glob("lic-crash-*.txt")).read_text(encoding="utf-8")
    assert "KeyError" in crash
    assert number not in crash
    with pytest.raises(KeyError):
        main(["--debug", "help", "X"])


def lic_process(*arguments: object, **environment: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "lic", *(str(item) for item in arguments)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **environment}
    )


def test_a_console_that_knows_no_chinese_is_no_error(month: Path) -> None:
    with lic_process("classify", month, PYTHONIOENCODING="ascii") as process:
        out, _ = process.communicate()
    assert process.returncode == 0
    assert b"2026-10" in out
    assert b"\x1b" not in out


@pytest.mark.skipif(os.name == "nt", reason="uses signals")
@pytest.mark.parametrize("delay", [0.3, 1.2, 1.8, 2.2])
def test_a_killed_run_leaves_nothing_that_looks_finished(month: Path, delay: float) -> None:
    with lic_process("classify", month, "-q") as process:
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
    period = month.parent / "runs" / "2026-10"
    # Killed after the rename the run is complete, before it there is no run: nothing in between.
    for run in runs_of(period):
        manifest = read_manifest(run)
        assert manifest is not None
        assert {name: file_sha256(run / name) for name in manifest.outputs} == manifest.outputs
    left = [path.name for path in period.iterdir() if path.is_dir()] if period.is_dir() else []
    assert [name for name in left if not name.startswith(".")] == [run.name for run in runs_of(period)]
    assert main(["classify", str(month), "-q"]) == 0
    assert [run.name for run in runs_of(period)] == ["01"]
    assert main(["classify", str(month), "-q", "--as-of", "2026-10-15"]) == 0
    assert sorted(path.name for path in period.iterdir()) == ["01", "02", "latest.txt"]
