"""A tiny export with a tiny library and core, so that checks take a tenth of a second."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from lipbridge.check import CheckResult, Claim, check_project

CORE = """prelude
/-! Just enough for a theorem. -/
set_option autoImplicit false
set_option linter.defProp false
universe u
unsafe axiom lcErased : Type
unsafe axiom lcAny : Type
unsafe axiom lcVoid : Type
set_option bootstrap.inductiveCheckResultingUniverse false in
inductive PUnit : Sort u where
  | unit : PUnit
inductive Eq {α : Sort u} : α → α → Prop where
  | refl (a : α) : Eq a a
@[match_pattern] def rfl {α : Sort u} {a : α} : Eq a a := Eq.refl a
inductive Bool : Type where
  | false : Bool
  | true : Bool
export Bool (false true)
axiom sorryAx (α : Sort u) (synthetic : Bool) : α
axiom propext {a b : Prop} : Eq a b
"""

LIBRARY = {
    "LipBridge.lean": "import LipBridge.Basic\n/-! Imports only. -/\n",
    "LipBridge/Basic.lean": """/-! Numbers in unary. -/
set_option autoImplicit false
set_option genCtorIdx false
namespace LipBridge
/-- Zero and successors. -/
inductive Num : Type where
  | zero : Num
  | succ : Num → Num
/-- Things with a base point. -/
class Pointed (R : Type) where
  /-- The base point. -/
  point : R
/-- One. -/
def one : Num := Num.succ Num.zero
theorem one_eq : Eq one (Num.succ Num.zero) := rfl
end LipBridge
""",
    "core/Init.lean": CORE,
}

GENERATED = {
    "Toy/Data.lean": """import LipBridge
/-! Data. -/
set_option autoImplicit false
namespace Toy
open LipBridge
/-- Two. -/
def two : Num := Num.succ one
end Toy
""",
    "Toy.lean": """import LipBridge
import Toy.Data
/-! The network `Toy`. -/
set_option autoImplicit false
namespace Toy
open LipBridge
/-- Two is the successor of one. -/
theorem two_eq : Eq two (Num.succ one) := rfl
/-- A base point is itself. -/
theorem point_eq {R : Type} [Pointed R] (x : R) : Eq x x := rfl
end Toy
""",
}

CLAIMS = (
    Claim("Toy.two_eq", "Eq Toy.two (Num.succ one)"),
    Claim("Toy.point_eq", "∀ {R : Type} [Pointed R] (x : R), Eq x x"),
)


@dataclass(frozen=True)
class Export:
    """A tiny export on disk, and the folder of the library that it should contain."""

    root: Path
    library: Path

    def write(self, path: str, text: str, *, list_it: bool = True) -> None:
        """Write a file and, by default, its digest into the manifest."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        if list_it:
            manifest = self.root / "lipbridge.json"
            data = json.loads(manifest.read_text()) if manifest.exists() else {"files": {}}
            data["files"][path] = hashlib.sha256(text.encode()).hexdigest()
            manifest.write_text(json.dumps(data), "utf-8")

    def edit(self, path: str, old: str, new: str, *, list_it: bool = True) -> None:
        """Replace text that occurs in a file."""
        text = (self.root / path).read_text("utf-8")
        assert old in text
        self.write(path, text.replace(old, new), list_it=list_it)

    def append(self, line: str) -> None:
        """Add a line to the network's module, before its namespace ends."""
        self.edit("Toy.lean", "end Toy\n", f"{line}\nend Toy\n")

    def check(self, *claims: Claim, **options: Any) -> CheckResult:
        """Check it with the embedded compiler."""
        return check_project(
            self.root,
            claims or CLAIMS,
            **{"checker": "embedded", "library": self.library, **options},
        )


@pytest.fixture(scope="session")
def _session_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def cache(_session_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One cache for the session: the core is compiled once."""
    monkeypatch.setenv("LIPBRIDGE_CACHE", str(_session_cache))
    return _session_cache


@pytest.fixture
def fresh_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of this test's own."""
    folder = tmp_path / "fresh-cache"
    monkeypatch.setenv("LIPBRIDGE_CACHE", str(folder))
    return folder


@pytest.fixture
def make_export(tmp_path: Path) -> Callable[[str], Export]:
    """Write the tiny export into a folder of some name."""

    def make(name: str) -> Export:
        library = tmp_path / "library"
        for path, text in LIBRARY.items():
            (library / path).parent.mkdir(parents=True, exist_ok=True)
            (library / path).write_text(text, "utf-8")
        export = Export(tmp_path / name, library)
        for path, text in {**LIBRARY, **GENERATED}.items():
            export.write(path, text)
        export.write("lean-toolchain", "leanprover/lean4:v4.35.0\n")
        return export

    return make


@pytest.fixture
def export(make_export: Callable[[str], Export]) -> Export:
    """The tiny export."""
    return make_export("export")
