"""Rows of weights with few significant bits, written as signs, exponents and significands."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings, strategies as st

from lipbridge.check.sources import Module, library_modules
from lipbridge.emit.data import leaves
from lipbridge.emit.data.packed import PackedRows, pack_rows
from tests.lean import cached_builder

IMPORT = "LipBridge.Certificate.Floats"
PAGE = f"""import {IMPORT}
set_option autoImplicit false
namespace LipBridge

noncomputable def same (n : Nat) (x y : Rows) : Bool :=
  Nat.rec (motive := fun _ => Bool) true
    (fun i ih => and (Nat.beq (Rows.get x i) (Rows.get y i)) ih) n

def same._sunfold (_ : Nat) (_ _ : Rows) : Bool := true

theorem stored : Eq (same %d %s %s) true := Eq.refl true

end LipBridge
"""


def entries(rows: int, cols: int, bits: int, spread: int, seed: int) -> npt.NDArray[np.int64]:
    """Integers with so many significant bits and exponents up to the spread; zeros, too."""
    chance = np.random.default_rng(seed)
    wide = 1 << bits
    significands = chance.integers(1 - wide, wide, (rows, cols))
    return significands << chance.integers(0, spread + 1, (rows, cols))


def plain(rows: PackedRows) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(leaves, "_FEW", 1 << 62)
        return rows.tree


def compile_page(count: int, first: str, second: str) -> tuple[bool, tuple[str, ...]]:
    text = PAGE % (count, first, second)
    own = Module("Stored", "Stored.lean", text.encode(), ("Init", IMPORT))
    with cached_builder() as builder:
        result = builder.build({**library_modules(IMPORT), "Stored": own})["Stored"].result
    return result.ok, result.messages


@pytest.mark.lean
@pytest.mark.parametrize(
    ("shape", "bits", "spread"), [((59, 13), 8, 18), ((8, 3), 1, 40), ((16, 1), 3, 12)]
)
def test_the_kernel_reads_the_integers(
    monkeypatch: pytest.MonkeyPatch, shape: tuple[int, int], bits: int, spread: int
) -> None:
    monkeypatch.setattr(leaves, "_FEW", 0)
    found = entries(*shape, bits, spread, seed=3)
    found[0, 0], found[1, 0] = 0, -(1 << spread)
    rows = pack_rows(found.tolist())
    assert "Rows.floats" in rows.tree
    assert compile_page(len(found), rows.tree, plain(rows)) == (True, ())
    found[shape[0] - 1, 0] += 1 if found[shape[0] - 1, 0] < 0 else -1
    ok, messages = compile_page(len(found), rows.tree, plain(pack_rows(found.tolist())))
    assert not ok, messages


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 20), st.integers(1, 9), st.integers(0, 40), st.integers(0, 9))
def test_fields_are_the_entries(rows: int, bits: int, spread: int, seed: int) -> None:
    found = entries(rows, 7, bits, spread, seed)
    floats = leaves.floats_of(found, 64)
    assert floats is not None
    moved = floats.fields >> floats.significand
    shifts = moved & (1 << floats.exponent) - 1
    signs = 1 - 2 * (moved >> floats.exponent)
    assert (np.abs(signs) == 1).all()
    significands = floats.fields & (1 << floats.significand) - 1
    assert np.array_equal(signs * (significands << shifts), found)


def test_integers_of_all_bits_are_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaves, "_FEW", 0)
    chance = np.random.default_rng(5)
    rows = pack_rows((2 * chance.integers(-(1 << 20), 1 << 20, (16, 5)) + 1).tolist())
    assert "Rows.floats" not in rows.tree
    assert rows.tree == plain(rows)
