"""The theory alone, from the command line: written, stubbed, checked."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from lipbridge.symbolic import derivations
from tests.e2e.support import lipbridge, lipbridge_json

pytestmark = [pytest.mark.lean, pytest.mark.slow]


@pytest.fixture(scope="module")
def stubbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The theory with every proof of the library left out."""
    out = tmp_path_factory.mktemp("theory") / "stubs"
    done = lipbridge("theory", "--out", out, "--stubs")
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def allowed(stubbed: Path) -> Any:
    """What the check says when stubs are allowed; Lean has compiled every statement."""
    return lipbridge_json("check", stubbed, "--allow-sorry")


def test_every_theorem_is_a_stub_that_lean_accepts_when_asked_to(
    stubbed: Path, allowed: Any
) -> None:
    text = "\n".join(path.read_text("utf-8") for path in stubbed.glob("Theory/**/*.lean"))
    written = len(re.findall(r":= sorry -- stub$", text, re.MULTILINE))
    assert allowed["ok"]
    assert allowed["sorries"] == len(allowed["theorems"]) == written > 500
    assert all(theorem["axioms"] == ["sorryAx"] for theorem in allowed["theorems"])


def test_stubs_are_no_proofs(stubbed: Path, allowed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # All are compiled; Lean was asked about each of them before.
    monkeypatch.setattr("lipbridge.check.library_theorems", lambda: ("LipBridge.folklore_false",))
    done = lipbridge("check", stubbed)
    assert done.returncode == 1
    assert f"not proved: {allowed['sorries']} declarations use sorry" in done.stdout
    assert "kernel-checked" not in done.stdout


def test_the_derivations_lie_beside_the_library(stubbed: Path, allowed: Any) -> None:
    table = json.loads((stubbed / "derivations.json").read_text("utf-8"))
    assert [row["name"] for row in table] == [derivation.name for derivation in derivations()]
    theorems = {theorem["name"] for theorem in allowed["theorems"]}
    assert {row["lean"].replace("LipBridge.", "Theory.") for row in table} <= theorems
    assert f"has {allowed['sorries']} stubs" in (stubbed / "derivations.md").read_text("utf-8")


def test_the_theory_itself_is_proved(tmp_path: Path) -> None:
    out = tmp_path / "theory"
    assert lipbridge("theory", "--out", out).returncode == 0
    result = lipbridge_json("check", out)
    assert result["ok"]
    assert result["sorries"] == 0
    named = {derivation.lean for derivation in derivations()}
    assert named <= {theorem["name"] for theorem in result["theorems"]}
    assert "stubs" not in (out / "derivations.md").read_text("utf-8")


def test_one_stub_among_proofs_is_found(tmp_path: Path) -> None:
    out = tmp_path / "theory"
    assert lipbridge("theory", "--out", out).returncode == 0
    path = "LipBridge/Trajectory/Speculative.lean"
    text, stub = (out / path).read_text("utf-8"), "theorem unproved : Eq 1 2 := sorry"
    (out / path).write_text(f"{text}\n{stub}\n", "utf-8")
    done = lipbridge("check", out)
    assert done.returncode == 1
    assert path in done.stderr
