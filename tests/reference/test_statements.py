"""What the Lean files state against what sympy derives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sympy

from lipbridge.errors import InputError
from lipbridge.symbolic import derivation, derivations
from tests.lean_statements import LEAN, PLACES, canonical, renamed, stated
from tests.reference.statements import read_statement


@pytest.mark.parametrize("name", [d.name for d in derivations()])
def test_lean_states_the_condition_that_sympy_solves(name: str) -> None:
    found, place = derivation(name), PLACES[name]
    assert canonical(stated(name)) == canonical(found.condition)
    theorem = {"LocksIn": "lock_in", "Uncertified": "pulse_shape"}.get(place.declaration)
    assert found.lean == f"LipBridge.{theorem or place.declaration}"


@pytest.mark.parametrize(
    ("file", "pattern"),
    [
        ("LockIn", r"theorem lock_in .*?\(h : LocksIn L C ρ γ N\)"),
        ("Expected", r"theorem pulse_shape .*?Iff \(Uncertified T γ "),
    ],
)
def test_theorems_speak_of_the_condition_that_is_compared(file: str, pattern: str) -> None:
    source = (LEAN / f"Trajectory/{file}.lean").read_text("utf-8")
    assert re.search(pattern, source, re.DOTALL)


def test_folklore_differs_from_the_stability_radius_by_the_factor_2() -> None:
    source = (LEAN / "Selection/Folklore.lean").read_text("utf-8")
    folklore = read_statement(source, "FolkloreClaim").relations("body")[-1]
    names = PLACES["stability radius"].names
    proved = stated("stability radius")
    claimed = renamed(folklore, names)
    assert canonical(claimed) != canonical(proved)
    assert canonical(claimed.subs(sympy.Symbol("L"), 2 * sympy.Symbol("L"))) == canonical(proved)


@pytest.mark.parametrize(
    "path",
    sorted([*LEAN.glob("Selection/*.lean"), *LEAN.glob("Trajectory/*.lean")], key=str),
    ids=lambda path: path.stem,
)
def test_every_statement_of_selection_and_trajectories_can_be_read(path: Path) -> None:
    source = path.read_text("utf-8")
    for name in re.findall(r"^theorem (\S+)", source, re.MULTILINE):
        assert "conclusion" in read_statement(source, name).parts


SOURCE = """
/-- theorem a : lt x y -/
theorem a (h : ∀ i, Nat.lt i m → le zero (f i)) (gap : Across m S fun i j =>
    lt (mul (ofNat 2) (sq δ)) (sub (f i) (rpow (f j) (Nat.succ n)))) : Not (le one (g (f i))) := h
theorem ab : lt (x : R) y := sorry
"""


def test_terms_become_sympy() -> None:
    statement = read_statement(SOURCE, "a")
    assert statement.parts == ("h", "gap", "conclusion")
    assert str(statement.relation("gap")) == "2*δ**2 < f i - f j**(n + 1)"
    assert str(statement.relation("h")) == "0 <= f i"
    assert str(statement.relation("conclusion")) == "1 <= g (f i)"
    assert str(read_statement(SOURCE, "ab").relation("conclusion")) == "x < y"


def test_what_cannot_be_read_is_refused() -> None:
    with pytest.raises(InputError, match="no theorem or definition b"):
        read_statement(SOURCE, "b")
    with pytest.raises(InputError, match="has no part 'hq'"):
        read_statement(SOURCE, "a").relations("hq")
    with pytest.raises(InputError, match="cannot read"):
        read_statement("theorem t : x + y = 2 := rfl\n", "t")
    with pytest.raises(InputError, match="has 0 relations"):
        read_statement("theorem t : P x := rfl\n", "t").relation("conclusion")
