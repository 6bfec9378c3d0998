"""Checking with the toolchain that lake uses, Lean on another core standing in for it."""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from lipbridge.check import CheckOptions, Claim, embedded
from lipbridge.check.checker import choose_checkers
from lipbridge.check.embedded import Compiler, embedded_compiler
from lipbridge.check.lake import Toolchain, find_toolchain
from lipbridge.check.modules import Builder
from lipbridge.check.sources import load_modules
from lipbridge.errors import NoCheckerError
from tests.unit.check.conftest import CORE

pytestmark = pytest.mark.lean

NAMES = ["LipBridge.Basic", "LipBridge", "Toy.Data", "Toy", "LipBridgeClaims"]
# The official core brings an axiom; this one does, too, so that theorems may rest on it.
OFFICIAL = CORE + "\naxiom propext {a b : Prop} (h : And (a → b) (b → a)) : Eq a b\n"


@dataclass
class Fake:
    """What stands in for the toolchain."""

    folder: Path

    def say(self, version: str) -> None:
        """Choose what it says it is."""
        settings = {"version": version, "library": str(embedded_compiler().library)}
        (self.folder / "fake.json").write_text(json.dumps(settings))

    def calls(self) -> list[str]:
        """The commands that it got."""
        return (self.folder / "calls.txt").read_text().splitlines()


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a compiled core that is not the small one."""
    folder = tmp_path_factory.mktemp("core")
    with Builder(embedded_compiler()) as builder:
        built = builder.build(load_modules({"core/Init.lean": OFFICIAL}, ["Init"]))["Init"]
        assert built.olean is not None, built.messages
        shutil.copy(built.olean, folder / "Init.olean")
    return folder


@pytest.fixture
def fake(tmp_path, monkeypatch, core):
    folder = tmp_path / "bin"
    shutil.copytree(core, folder / "lib/lean")
    shutil.copy(Path(__file__).with_name("fake_lean.py"), folder)
    lean = folder / "lean"
    lean.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -S "{folder}/fake_lean.py" "$@"\n')
    lean.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("ELAN_HOME", str(tmp_path / "elan"))
    found = Fake(folder)
    found.say("4.35.0")
    return found


def test_the_compiler_pinned_by_its_hash_is_preferred(fake):
    (tool,) = choose_checkers(CheckOptions("auto"))
    assert isinstance(tool, Compiler)
    first, second = choose_checkers(CheckOptions("both"))
    assert isinstance(first, Compiler) and isinstance(second, Toolchain)
    assert second.executable == fake.folder / "lean"
    assert "--version" in second.identified


def test_lake_is_taken_where_there_is_no_wheel(fake, monkeypatch):
    monkeypatch.setattr(embedded, "wheel_library", lambda: None)
    (tool,) = choose_checkers(CheckOptions("auto"))
    assert isinstance(tool, Toolchain)


def test_toolchain_of_elan_is_found_without_asking_elan(fake, tmp_path):
    inside = tmp_path / "elan/toolchains/leanprover--lean4---v4.35.0/bin"
    shutil.move(fake.folder, inside)
    (inside / "lean").write_text(
        (inside / "lean").read_text().replace(str(fake.folder), str(inside))
    )
    assert find_toolchain().executable == inside / "lean"


def test_another_version_is_no_checker(fake, monkeypatch):
    fake.say("4.34.0")
    with pytest.raises(NoCheckerError, match=r"of version 4\.34\.0; .*elan toolchain install"):
        choose_checkers(CheckOptions("lake"))
    monkeypatch.setattr(embedded, "wheel_library", lambda: None)
    with pytest.raises(NoCheckerError, match=r"no Lean checker: .*pip install.*elan") as error:
        choose_checkers(CheckOptions("auto"))
    assert error.value.exit_code == 3


def test_what_is_right_is_proved_on_the_core_that_is_there(project, fake):
    result = project.check(checker="lake")
    assert result.ok, result.failures
    assert (result.checker, result.lean, result.recheck) == ("lake", "4.35.0", None)
    assert [m.name for m in result.modules] == NAMES
    assert [t.axioms for t in result.theorems] == [(), ()]
    compiled = [call.split()[-1] for call in fake.calls() if "--setup" in call]
    assert "core/Init.lean" not in compiled and compiled[-1] == "Question.lean"


def test_modules_of_the_other_compiler_are_not_taken(project, fake):
    assert project.check().ok
    before = len(fake.calls()) if (fake.folder / "calls.txt").exists() else 0
    project.edit("Toy/Data.lean", "/-! Data. -/", "/-! The data, for one test. -/")
    assert project.check().ok and project.check(checker="lake").ok
    assert "Toy/Data.lean" in " ".join(fake.calls()[before:])
    again = len(fake.calls())
    assert project.check(checker="lake").ok
    # It is asked what it is, and the question is never kept.
    asked = ["--version", "--print-prefix", "Question.lean"]
    assert [call.split()[-1] for call in fake.calls()[again:]] == asked


@pytest.mark.parametrize("changed", ["lean", "lib/lean/Init.olean", "lib/lean/Init/Core.olean"])
def test_another_lean_or_core_in_the_same_place_is_another_compiler(fake, changed):
    inside = fake.folder / "lib/lean/Init/Core.olean"
    inside.parent.mkdir()
    inside.write_bytes(b"core")
    before, path = find_toolchain().key, fake.folder / changed
    assert find_toolchain().key == before
    status, data = path.stat(), path.read_bytes()
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert find_toolchain().key != before


def test_a_lean_that_does_not_say_where_its_core_is_compiles_nothing(project, fake):
    script = fake.folder / "fake_lean.py"
    script.write_text(script.read_text().replace("print(HERE)", "print()"))
    with pytest.raises(NoCheckerError, match=r"--print-prefix.*elan toolchain install"):
        project.check(checker="lake")


def test_what_elan_would_choose_is_not_asked(fake, tmp_path, monkeypatch):
    """Its settings say what its shim runs, whatever it answered before; and it may download."""
    shims, links = tmp_path / "shims", tmp_path / "links"
    shims.mkdir()
    links.mkdir()
    for name in ("elan", "lean"):
        (shims / name).write_text('#!/bin/sh\necho "Lean (version 4.35.0, x)"; touch "$0.asked"\n')
        (shims / name).chmod(0o755)
    (links / "lean").symlink_to(shims / "lean")
    monkeypatch.setenv("PATH", f"{shims}:{links}:{fake.folder}:/usr/bin:/bin")
    assert find_toolchain().executable == fake.folder / "lean"
    monkeypatch.setenv("PATH", f"{shims}:{links}")
    with pytest.raises(NoCheckerError, match=r"^no `lean` of an official toolchain was found; "):
        find_toolchain()
    assert not (shims / "lean.asked").exists()


def test_what_is_wrong_is_refused(project, fake):
    project.edit("Toy/Data.lean", "Num.succ one", "Num.succ two")
    result = project.check(checker="lake")
    assert not result.ok
    assert [m.ok for m in result.modules] == [True, True, False, False, False]
    assert "Toy/Data.lean:7:5: error: " in result.failures[0]


def test_stub(project, fake):
    project.append("theorem stub : Eq two one := sorryAx _ false")
    result = project.check(checker="lake")
    assert result.failures == ("1 declarations use sorry",)
    assert project.check(checker="lake", allow_sorry=True).ok


def test_the_axiom_of_the_official_core_is_allowed_and_no_other(project, fake):
    """Officially ``Nat.land`` rests on it; the report names it."""
    project.append("theorem same : Eq True True := propext ⟨id, id⟩\naxiom cheat : Eq one two")
    right = Claim("Toy.same", "Eq True True")
    result = project.check(right, checker="lake")
    assert result.ok, result.failures
    assert result.theorems[0].axioms == ("propext",)
    project.append("theorem wrong : Eq one two := cheat")
    result = project.check(right, Claim("Toy.wrong", "Eq one Toy.two"), checker="lake")
    assert result.failures == ("theorem Toy.wrong rests on axioms: Toy.cheat",)


def test_both_must_agree(project, fake):
    result = project.check(checker="both")
    assert result.ok and result.checker == "both"
    assert "SHA-256" in result.identified and "--version" in result.identified
    project.append("theorem same : Eq True True := propext ⟨id, id⟩")
    result = project.check(checker="both")
    assert not result.ok
    assert all(failure.startswith("embedded: module ") for failure in result.failures)


def test_nothing_is_kept_without_a_cache(project, fake, fresh_cache):
    assert project.check(checker="lake", cache=False).ok
    assert not any((fresh_cache / "modules").glob("??/*"))
