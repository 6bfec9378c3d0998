"""What a command imports: a check and its help start fast because they leave most of it out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.support import ROOT, in_process

PROGRAM = """
import json, sys
from lipbridge.cli import main
try:
    main()
except SystemExit as ended:
    assert ended.code == 0, ended.code
print("\\n" + json.dumps(sorted(sys.modules)))
"""
SLOW = {"torch", "sympy", "scipy", "matplotlib", "pydantic", "safetensors", "pandas"}
LIBRARIES = {"numpy", "flint", "jinja2", "lark", "msgspec"}
OTHERS = {
    "lipbridge.audit",
    "lipbridge.check.agda",
    "lipbridge.check.doctor",
    "lipbridge.emit.agda",
    "lipbridge.emit.network.real",
    "lipbridge.emit.export.selection_record",
    "lipbridge.emit.export.theory",
    "lipbridge.emit.network.selection",
    "lipbridge.emit.step.dsa",
    "lipbridge.emit.step.path",
    "lipbridge.emit.step.record",
    "lipbridge.language.from_torch",
    "lipbridge.numeric.spectral.bounds",
    "lipbridge.recheck.kernel",
    "lipbridge.report.build",
    "lipbridge.report.plot",
    "lipbridge.tighten.selection",
}


def imported(*arguments: str | Path) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.lean
def test_a_check(tmp_path: Path) -> None:
    code, _, said = in_process(
        "export", ROOT / "examples" / "matrix3x3.lip", "--out", tmp_path / "export"
    )
    assert code == 0, said
    modules = imported("check", tmp_path / "export", "--no-recheck")
    assert modules >= LIBRARIES, "the test would see what it looks for"
    assert sorted(modules & (SLOW | OTHERS)) == []


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["--version"]])
def test_help(arguments: list[str]) -> None:
    modules = imported(*arguments)
    assert sorted(modules & (SLOW | LIBRARIES | OTHERS)) == []
    assert not any(name.startswith("lipbridge.emit.") for name in modules)
