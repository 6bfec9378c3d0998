"""Proofs of the library may be rewritten; nothing else may."""

from __future__ import annotations

import pytest

from lipbridge.check.skeleton import other_than_proofs

TRUSTED = """import A
/-! Module. -/
set_option autoImplicit false
namespace LipBridge
/-- A definition. -/
def two : Num := succ one
@[simp] theorem two_eq {n : Num} (h : Eq n two) :
    Eq two (succ one) :=
  rfl
instance inst : Pointed Num where
  point := two
theorem cases : (n : Num) → Eq n n
  | zero => rfl
  | succ _ => rfl
theorem both : And a b where
  left := x
  right := y
end LipBridge
"""

STUBBED = """import A
/-! Module. -/
set_option autoImplicit false
namespace LipBridge
/-- A definition. -/
def two : Num := succ one
@[simp] theorem two_eq {n : Num} (h : Eq n two) :
    Eq two (succ one) := sorry -- stub

instance inst : Pointed Num where
  point := two
theorem cases : (n : Num) → Eq n n := sorry -- stub

theorem both : And a b := sorry -- stub

end LipBridge
"""


def test_the_same():
    assert other_than_proofs(TRUSTED, TRUSTED) == []


def test_stubs():
    assert other_than_proofs(STUBBED, TRUSTED) == []


def test_proofs_and_lemmas_by_hand():
    text = STUBBED.replace("n := sorry -- stub", "n :=\n  fun _ => helper").replace(
        "theorem cases", "/-- Helps. -/\ntheorem helper : Eq a a := rfl\n\ntheorem cases"
    )
    assert other_than_proofs(text, TRUSTED) == []


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("def two : Num := succ one", "def two : Num := one", "6: not the library's text"),
        ("point := two", "point := one", "10: not the library's text"),
        ("Eq two (succ one)", "Eq two two", "10: not the library's text"),
        ("theorem both : And a b := sorry -- stub\n", "", "not the library's text"),
        ("end LipBridge\n", "", "missing"),
        ("import A", "import A\nimport B", "2: not the library's text"),
        ("sorry -- stub\n\ninstance", "rfl axiom a : b\n\ninstance", "7: 'axiom'"),
        ("sorry -- stub\n\ninstance", "by run_tac x\n\ninstance", "7: 'run_tac'"),
        ("sorry -- stub\n\ninstance", "rfl\n#eval x\ninstance", "9: not the library's text"),
        ("theorem cases", "@[csimp] theorem h : a := b\ntheorem cases", "'@['"),
        ("theorem cases", "def extra : a := b\ntheorem cases", "not the library's text"),
        ("theorem cases", "instance : a := b\ntheorem cases", "not the library's text"),
        ("-- stub\n\ninst", "/- \n\ninst", "block comment"),
    ],
)
def test_everything_else_is_refused(old, new, reason):
    assert old in STUBBED
    complaints = other_than_proofs(STUBBED.replace(old, new, 1), TRUSTED)
    assert any(reason in complaint for complaint in complaints), complaints
