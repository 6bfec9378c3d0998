from __future__ import annotations

import pytest

from lipbridge.errors import NotProvedError
from lipbridge.report import read_constants

SOURCE = """
/-- Documentation. -/
def a_P : Nat := 12

def b_P : Nat := 0xff
theorem t : True := trivial
def n_P : Nat :=
  Nat.mul a_P (Nat.mul b_P (Nat.pow 2 10))
def notNat : Vec R := fun x => x
"""


def test_definitions_are_parsed_and_evaluated() -> None:
    constants = read_constants(SOURCE)
    assert str(constants.expression("n_P")) == "1024*a_P*b_P"
    assert constants.value("n_P") == 1024 * 12 * 255


def test_absent_and_circular_definitions_are_refused() -> None:
    with pytest.raises(NotProvedError, match="no definition `def missing"):
        read_constants(SOURCE).value("missing")
    with pytest.raises(NotProvedError, match="through itself"):
        read_constants("def a : Nat := b\ndef b : Nat := a\n").value("a")


@pytest.mark.parametrize("body", ["Nat.sub 3 2", "3 + 4", "Nat.pow 2 (Nat.pow 2 64)", "sorry )"])
def test_other_forms_are_refused(body: str) -> None:
    with pytest.raises(Exception, match="Lean"):
        read_constants(f"def a : Nat := {body}\n").value("a")
