"""Checking with lake, a script standing in for it: selection, workspace, output, verdict."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from lipbridge.check import Claim, choose_checker, embedded
from lipbridge.check.lake import Lake, find_lake
from lipbridge.check.lake_output import read_build
from lipbridge.check.process import Completed
from lipbridge.errors import NoCheckerError

NAMES = ["LipBridge.Basic", "LipBridge", "Toy.Data", "Toy"]
GOOD = [
    "✔ [2/5] Built LipBridge.Basic (310ms)",
    "ℹ [3/5] Replayed LipBridge",
    "✔ [4/5] Built Toy.Data (1.5s)",
    "✔ [5/5] Built Toy (2m)",
    "Build completed successfully (5 jobs).",
]
FAILED = [
    *GOOD[:2],
    "✖ [4/5] Building Toy.Data (1.5s)",
    "trace: .> LEAN_PATH=… lean Toy/Data.lean -o …",
    "error: Toy/Data.lean:7:4: Type mismatch",
    "  two",
    "has type",
    "  Num",
    "error: Lean exited with code 1",
    "Some required targets logged failures:",
    "- Toy.Data",
    "error: build failed",
]
STUBBED = [
    *GOOD[:3],
    "⚠ [5/5] Built Toy (2.0s)",
    "warning: Toy.lean:11:8: declaration uses 'sorry'",
    GOOD[-1],
]


@dataclass
class Fake:
    """The script that stands in for lake."""

    folder: Path

    def say(self, **answers: Any) -> None:
        """Choose its answers."""
        answers = {"version": "4.35.0", "build": GOOD, "code": 0, **answers}
        (self.folder / "fake.json").write_text(json.dumps(answers))

    def calls(self) -> list[str]:
        """The commands that it got."""
        return (self.folder / "calls.txt").read_text().splitlines()


@pytest.fixture
def fake(tmp_path, monkeypatch):
    folder = tmp_path / "bin"
    folder.mkdir()
    shutil.copy(Path(__file__).with_name("fake_lake.py"), folder / "fake_lake.py")
    lake = folder / "lake"
    lake.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I "{folder}/fake_lake.py" "$@"\n')
    lake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("ELAN_HOME", str(tmp_path / "elan"))
    found = Fake(folder)
    found.say()
    return found


def test_pinned_lake_is_preferred(fake):
    tool = choose_checker("auto")
    assert isinstance(tool, Lake)
    assert tool.executable == fake.folder / "lake"


def test_toolchain_of_elan_is_found_without_asking_elan(fake, tmp_path):
    inside = tmp_path / "elan/toolchains/leanprover--lean4---v4.35.0/bin"
    shutil.copytree(fake.folder, inside)
    (fake.folder / "lake").unlink()
    (inside / "lake").write_text(
        (inside / "lake").read_text().replace(str(fake.folder), str(inside))
    )
    assert find_lake().executable == inside / "lake"


def test_another_version_is_no_checker(fake):
    fake.say(version="4.34.0")
    with pytest.raises(NoCheckerError, match=r"for Lean 4\.34\.0; .*elan toolchain install"):
        choose_checker("lake")
    assert not isinstance(choose_checker("auto"), Lake)


def test_no_checker_at_all(fake, monkeypatch):
    fake.say(version="4.34.0")
    monkeypatch.setattr(embedded, "wheel_library", lambda: None)
    with pytest.raises(NoCheckerError, match=r"no Lean checker: .*pip install.*elan") as error:
        choose_checker("auto")
    assert error.value.exit_code == 3


def test_good_build(export, fake):
    result = export.check(checker="auto")
    assert result.ok and result.checker == "lake" and result.lean == "4.35.0"
    assert [m.name for m in result.modules] == ["LipBridge.Basic", "LipBridge", "Toy.Data", "Toy"]
    assert [m.seconds for m in result.modules] == [0.31, 0.0, 1.5, 120.0]
    assert [t.axioms for t in result.theorems] == [(), ()]
    build, env = fake.calls()[-2:]
    assert build == "build +LipBridge.Basic +LipBridge +Toy.Data +Toy"
    assert env.startswith("env lean --json ")


def test_failed_build(export, fake):
    fake.say(build=FAILED, code=1)
    result = export.check(checker="lake")
    assert not result.ok
    assert [m.ok for m in result.modules] == [True, True, False, False]
    assert result.failures == (
        "module Toy.Data is not proved: Toy/Data.lean:7:5: error: Type mismatch two has type Num",
        "module Toy is not proved: error: not built",
    )


def test_stub(export, fake):
    fake.say(build=STUBBED)
    result = export.check(checker="lake")
    assert result.sorries == 1
    assert result.failures == ("1 declarations use sorry",)
    assert export.check(checker="lake", allow_sorry=True).ok


def test_axioms(export, fake):
    fake.say(axioms={"Toy.two_eq": "propext, Quot.sound"})
    result = export.check(checker="lake")
    assert result.failures == (
        "theorem Toy.two_eq rests on axioms that are not allowed: Quot.sound",
    )
    assert result.theorems[0].axioms == ("propext", "Quot.sound")


def test_the_axiom_of_the_official_core_is_allowed(export, fake):
    """Officially ``Nat.land`` rests on it; the report names it."""
    fake.say(axioms={"Toy.two_eq": "propext"})
    result = export.check(checker="lake")
    assert result.ok
    assert result.theorems[0].axioms == ("propext",)


def test_axioms_of_the_claimed_statement_count_too(export, fake):
    fake.say(axioms={"lipbridgeProbe_0": "sorryAx"})
    result = export.check(checker="lake")
    assert result.failures == ("theorem Toy.two_eq as claimed is a stub: its proof uses sorry",)


def test_tampering_is_found_before_lake_runs(export, fake):
    export.append("axiom cheat : Eq one two")
    assert not export.check(checker="lake").ok
    assert fake.calls() == ["--version"]


def test_workspace_is_private_and_exact(export, fake, fresh_cache):
    export.write("lakefile.lean", "import Lake", list_it=False)
    (export.root / ".lake/build").mkdir(parents=True)
    assert export.check(checker="lake").ok
    (workspace,) = [p for p in (fresh_cache / "lake").iterdir() if p.is_dir()]
    (workspace / ".lake").mkdir()
    (workspace / ".lake/kept").write_text("")
    (workspace / "lakefile.lean").write_text("evil")
    (workspace / "Toy.lean").write_text("evil")
    assert export.check(checker="lake").ok
    files = {p.relative_to(workspace).as_posix() for p in workspace.rglob("*") if p.is_file()}
    assert files == {
        ".lake/kept",
        "LipBridge.lean",
        "LipBridge/Basic.lean",
        "Toy.lean",
        "Toy/Data.lean",
        "lakefile.toml",
        "lean-toolchain",
    }
    assert (workspace / "Toy.lean").read_text() == (export.root / "Toy.lean").read_text()
    assert (workspace / "lean-toolchain").read_text() == "leanprover/lean4:v4.35.0\n"
    lakefile = (workspace / "lakefile.toml").read_text()
    assert 'name = "LipBridge"' in lakefile and 'name = "Toy"' in lakefile


@pytest.mark.parametrize(
    ("completed", "text"),
    [
        (Completed(1, "", "error: no such file"), "no such file"),
        (Completed(-9, "", ""), "lake ended with status -9"),
        (Completed(1, "what is this", ""), "what is this"),
        (Completed(-9, "", "", timed_out=True), "out of time"),
    ],
)
def test_what_is_not_understood_is_an_error(completed, text):
    build = read_build(completed, NAMES)
    assert any(text in message.text for message in build.messages[""])
    assert not any(module.ok for module in build.modules)


def test_a_message_may_have_many_lines():
    build = read_build(Completed(1, "\n".join(FAILED), ""), NAMES)
    first, second = build.messages["Toy.Data"]
    assert (first.file, first.line, first.column) == ("Toy/Data.lean", 7, 5)
    assert first.text == "Type mismatch\n  two\nhas type\n  Num"
    assert second.text == "Lean exited with code 1"
    assert build.messages[""] == ()


def test_claims_that_lean_does_not_answer_fail(export, fake):
    fake.say(axioms={"Toy.two_eq": "an axiom list that never ends"})
    (fake.folder / "fake_lake.py").write_text(
        (fake.folder / "fake_lake.py").read_text().replace("axioms}]", "axioms}")
    )
    result = export.check(Claim("Toy.two_eq", ""), checker="lake")
    assert result.failures == ("theorem Toy.two_eq is not checked: Lean gave no answer",)
