"""Standard streams that are closed, never end, or stand in a folder that is gone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lipbridge.language import parser
from tests.e2e.support import in_process

SPEC = "network n input 2 a: linear 2 weight=[[1, 2], [0, 5]]"


def shell(command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which ``lipbridge`` is the command."""
    line = command.replace("lipbridge", f"{sys.executable} -m lipbridge")
    root = str(Path(__file__).resolve().parents[2])
    return subprocess.run(
        ["sh", "-c", line],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": root},
        timeout=300,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "n.lip").write_text(SPEC)
    return tmp_path


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_the_null_device(folder: Path, closed: str) -> None:
    done = shell(f"lipbridge export n.lip --stubs --out e {closed}", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "error" not in (done.stdout + done.stderr).lower()
    # What would have been printed is in none of the files.
    assert (folder / "e/N/Network.lean").read_text("utf-8").startswith("import LipBridge")


def test_a_spec_on_closed_standard_input(folder: Path) -> None:
    done = shell("lipbridge derive - <&-", folder)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")


def test_a_folder_that_is_gone(folder: Path) -> None:
    done = shell("mkdir gone && cd gone && rmdir ../gone && lipbridge derive ../n.lip", folder)
    assert done.returncode == 2
    assert done.stderr.startswith("error: the current folder: cannot be used (No such file")


@pytest.mark.parametrize("where", ["-", "long.lip"])
def test_a_spec_that_does_not_end(
    folder: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parser, "_LONGEST", 100)
    text = SPEC + " " * 100
    (folder / "long.lip").write_text(text)
    code, _, err = in_process("derive", where, cwd=folder, input=text)
    assert code == 2
    assert "a spec of more than 100 characters; give large tensors with --weights" in err
