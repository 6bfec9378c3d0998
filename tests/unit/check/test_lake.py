"""Checking with lake, a script standing in for it: selection, workspace, output, verdict."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from lipbridge.check import Claim, choose_checkers, embedded
from lipbridge.check.embedded import Compiler
from lipbridge.check.lake import Lake, find_lake, read_build
from lipbridge.check.process import Children, Completed
from lipbridge.errors import NoCheckerError

NAMES = ["LipBridge.Basic", "LipBridge", "Toy.Data", "Toy", "LipBridgeClaims"]
GOOD = [
    "✔ [2/5] Built LipBridge.Basic (310ms)",
    "ℹ [3/5] Replayed LipBridge",
    "✔ [4/5] Built Toy.Data (1.5s)",
    "✔ [5/5] Built Toy (2m)",
    "✔ [6/6] (Optional) Rebuilt LipBridgeClaims (1ms)",
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
    GOOD[4],
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


def test_the_compiler_pinned_by_its_hash_is_preferred(fake):
    (tool,) = choose_checkers("auto")
    assert isinstance(tool, Compiler)
    first, second = choose_checkers("both")
    assert isinstance(first, Compiler) and isinstance(second, Lake)
    assert second.executable == fake.folder / "lake"
    assert "--version" in second.identified


def test_lake_is_taken_where_there_is_no_wheel(fake, monkeypatch):
    monkeypatch.setattr(embedded, "wheel_library", lambda: None)
    (tool,) = choose_checkers("auto")
    assert isinstance(tool, Lake)


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
        choose_checkers("lake")


def test_no_checker_at_all(fake, monkeypatch):
    fake.say(version="4.34.0")
    monkeypatch.setattr(embedded, "wheel_library", lambda: None)
    with pytest.raises(NoCheckerError, match=r"no Lean checker: .*pip install.*elan") as error:
        choose_checkers("auto")
    assert error.value.exit_code == 3


def test_good_build(project, fake):
    result = project.check(checker="lake")
    assert result.ok and result.checker == "lake" and result.lean == "4.35.0"
    assert [m.name for m in result.modules] == NAMES
    assert [m.seconds for m in result.modules] == [0.31, 0.0, 1.5, 120.0, 0.001]
    assert [t.axioms for t in result.theorems] == [(), ()]
    build, env = fake.calls()[-2:]
    assert build == "build +LipBridge.Basic +LipBridge +Toy.Data +Toy +LipBridgeClaims"
    assert env.startswith("env lean --json ")


def test_failed_build(project, fake):
    fake.say(build=FAILED, code=1)
    result = project.check(checker="lake")
    assert not result.ok
    assert [m.ok for m in result.modules] == [True, True, False, False, False]
    assert result.failures == (
        "module Toy.Data is not proved: Toy/Data.lean:7:5: error: Type mismatch two has type Num",
        "module Toy is not proved: error: not built",
        "module LipBridgeClaims is not proved: error: not built",
    )


def test_stub(project, fake):
    fake.say(build=STUBBED)
    result = project.check(checker="lake")
    assert result.sorries == 1
    assert result.failures == ("1 declarations use sorry",)
    assert project.check(checker="lake", allow_sorry=True).ok


def test_axioms(project, fake):
    fake.say(axioms={"LipBridgeAnswers.answer_0": "propext, Quot.sound"})
    result = project.check(checker="lake")
    assert result.failures == ("theorem Toy.two_eq rests on axioms: Quot.sound",)
    assert result.theorems[0].axioms == ("propext", "Quot.sound")


def test_the_axiom_of_the_official_core_is_allowed(project, fake):
    """Officially ``Nat.land`` rests on it; the report names it."""
    fake.say(axioms={"LipBridgeAnswers.answer_0": "propext"})
    result = project.check(checker="lake")
    assert result.ok
    assert result.theorems[0].axioms == ("propext",)


def test_both_must_agree(project, fake):
    result = project.check(checker="both")
    assert result.ok and result.checker == "both"
    assert "SHA-256" in result.identified and "--version" in result.identified
    fake.say(build=FAILED, code=1)
    result = project.check(checker="both")
    assert not result.ok
    assert all(failure.startswith("lake: module ") for failure in result.failures)


def workspace(cache: Path) -> Path:
    (found,) = [p for p in (cache / "lake").iterdir() if p.is_dir()]
    return found


def test_workspace_is_private_and_exact(project, fake, fresh_cache):
    assert project.check(checker="lake").ok
    folder = workspace(fresh_cache)
    (folder / "lakefile.lean").write_text("evil")
    (folder / "Toy.lean").write_text("evil")
    assert project.check(checker="lake").ok
    files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert files == {
        "LipBridge.lean",
        "LipBridge/Basic.lean",
        "LipBridgeClaims.lean",
        "Toy.lean",
        "Toy/Data.lean",
        "lakefile.toml",
        "lean-toolchain",
    }
    assert (folder / "Toy.lean").read_text() == project.files["Toy.lean"]
    assert (folder / "lean-toolchain").read_text() == "leanprover/lean4:v4.35.0\n"
    lakefile = (folder / "lakefile.toml").read_text()
    assert 'name = "LipBridge"' in lakefile and 'name = "Toy"' in lakefile


def test_what_lake_built_is_kept_until_somebody_touches_it(project, fake, fresh_cache):
    fake.say(make=".lake/build/Toy.olean")
    assert project.check(checker="lake").ok
    made = workspace(fresh_cache) / ".lake/build/Toy.olean"
    fake.say()
    assert project.check(checker="lake").ok
    assert made.exists()
    (made.parent / "planted.olean").write_text("forged")
    assert project.check(checker="lake").ok
    assert not made.exists() and not (made.parent / "planted.olean").exists()


def test_no_workspace_is_kept_without_a_cache(project, fake, fresh_cache):
    assert project.check(checker="lake", cache=False).ok
    assert not (fresh_cache / "lake").exists()


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
    build = read_build(completed, NAMES, Children(60))
    assert any(text in message.text for message in build.messages[""])
    assert not any(module.ok for module in build.modules)


def test_a_message_may_have_many_lines():
    build = read_build(Completed(1, "\n".join(FAILED), ""), NAMES, Children(60))
    first, second = build.messages["Toy.Data"]
    assert (first.file, first.line, first.column) == ("Toy/Data.lean", 7, 5)
    assert first.text == "Type mismatch\n  two\nhas type\n  Num"
    assert second.text == "Lean exited with code 1"
    assert build.messages[""] == ()


def test_claims_that_lean_does_not_answer_fail(project, fake):
    fake.say(axioms={"Toy.two_eq": "an axiom list that never ends"})
    (fake.folder / "fake_lake.py").write_text(
        (fake.folder / "fake_lake.py").read_text().replace("axioms}]", "axioms}")
    )
    result = project.check(Claim("Toy.two_eq", ""), checker="lake")
    assert result.failures == ("theorem Toy.two_eq is not checked: Lean gave no answer",)
