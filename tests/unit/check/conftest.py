"""A tiny project with a tiny library, so that checks take half a second."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from lipbridge.check import CheckOptions, CheckResult, Claim, check_modules
from lipbridge.check.sources import Module, load_modules
from lipbridge.data import library_files

CORE = library_files()["core/Init.lean"]

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


NAMES = ("Toy.Data", "Toy")


@dataclass
class Project:
    """A tiny project in memory."""

    files: dict[str, str] = field(default_factory=lambda: {**LIBRARY, **GENERATED})

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace text that occurs in a file."""
        assert old in self.files[path]
        self.files[path] = self.files[path].replace(old, new)

    def append(self, line: str) -> None:
        """Add a line to the network's module, before its namespace ends."""
        self.edit("Toy.lean", "end Toy\n", f"{line}\nend Toy\n")

    def modules(self) -> dict[str, Module]:
        """Its modules in dependency order."""
        return load_modules(self.files, NAMES)

    def check(self, *claims: Claim, **options: Any) -> CheckResult:
        """Check it, with the embedded compiler unless an option says otherwise."""
        passed = {
            key: options.pop(key) for key in ("trusted", "foreign", "allow_sorry") if key in options
        }
        return check_modules(
            self.files,
            NAMES,
            claims or CLAIMS,
            **{"trusted": ("LipBridge", "Toy.Data"), **passed},
            options=CheckOptions(**{"checker": "embedded", **options}),
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
def project() -> Project:
    """The tiny project."""
    return Project()
