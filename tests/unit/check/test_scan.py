"""The lexical scan: comments as Lean reads them, nothing hidden in them or beside them."""

from __future__ import annotations

import pytest

from lipbridge.check import scan as module
from lipbridge.check.scan import Declaration, blank_comments, declarations, scan, scan_term
from lipbridge.errors import InputError
from lipbridge.language.identifier import Identifier


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("a -- b\nc", "a     \nc"),
        ("a /- b -/ c", "a         c"),
        ("a /- b /- c -/ d -/ e", f"a {' ' * 18}e"),
        ("/-- doc\n-/\ntheorem", "       \n  \ntheorem"),
        ("-- /-\naxiom", "     \naxiom"),
        ("/- -- -/ axiom", "         axiom"),
        ("no comment", "no comment"),
    ],
)
def test_comments_are_blanked(source, code):
    found, complaints = blank_comments(source)
    assert found == code
    assert complaints == []


@pytest.mark.parametrize(
    "source",
    ["x <--y\naxiom", "/--/ axiom -/", "/-!/ -/", "/-/ -/", "/- /- -/ open", "f/- -/ x", "/- "],
)
def test_comments_that_could_be_read_differently_are_refused(source):
    assert blank_comments(source)[1] != []
    assert scan(source) != []


def test_comment_that_only_seems_to_end():
    assert scan("/- /- -/\naxiom a : b -/\n") == []
    assert scan("/- -/\naxiom a : b /- -/\n") != []


@pytest.mark.parametrize(
    "source",
    [
        "theorem a : b := c axiom d : e",
        "theorem a : b := (fun λaxiom => c)",
        "theorem a : b := 1.axiom",
        "theorem a : b := 3axiom",
        "theorem a : b := ∀axiom",
        "def a := αinstance",
        "@[simp] theorem a : b := c",
        "theorem a : b := `(c)",
        'theorem a : b := "\\"axiom"',
        "theorem a : b := c\r\naxiom",
        "set_option\n  debug.skipKernelTC true",
        "set_option maxRecDepth.x 3",
        "import A B",
        "import all A",
        "public import A",
        "prelude",
        "module",
        "elab x",
        "theorem a : b := c\x00",
        "  set_option pp.x%y true",
    ],
)
def test_refused(source):
    assert scan(source) != []


@pytest.mark.parametrize(
    "source",
    [
        "import A.B\nset_option autoImplicit false\nset_option maxRecDepth 1000",
        "set_option exponentiation.threshold 100000\nset_option linter.unusedVariables false",
        "namespace A\nopen LipBridge\nuniverse u\nvariable (x : A)\nend A",
        "theorem axiom_free : a := b'\ntheorem x' : a := b''",
        "noncomputable def f : A → B :=\n  fun x => match x with\n  | A.b => c",
        "theorem a : b := sorry -- stub",
        "-- axiom \" ' ` # «\nexample : a := b",
    ],
)
def test_accepted(source):
    assert scan(source) == []


def test_complaints_are_in_order_and_located():
    complaints = scan("def a := b\nmacro c\n\naxiom d : e\n")
    assert [complaint.split(":")[0] for complaint in complaints] == ["2", "2", "4", "4"]


@pytest.mark.parametrize(
    "statement",
    ["a) (b", "(a", "a -- b", "a /- b -/", "theorem", "by decide", "sorry", "a\naxiom b : c", "#a"],
)
def test_terms_refused(statement):
    assert scan_term(statement) != []


def test_terms_accepted():
    assert scan_term("∀ {R : Type u} [OrderedRing R] (r : Nat → R), Eq (f r) [1, 2]") == []


def test_declarations_have_full_names():
    source = """import A
namespace A.B
/-- def no : comment -/
def c : D := "theorem no : string"
@[simp] theorem t1 : D := e
private theorem hidden : D := e
section
protected theorem t2 {x : D} : E := e
end
instance named : F := g
instance : F := g
end A.B
noncomputable def root : D := e
theorem _root_.top : D := e
section S
abbrev last := e
end S
"""
    assert declarations(source) == (
        Declaration("def", "A.B.c", 4),
        Declaration("theorem", "A.B.t1", 5),
        Declaration("theorem", "A.B.t2", 8),
        Declaration("instance", "A.B.named", 10),
        Declaration("def", "root", 13),
        Declaration("theorem", "top", 14),
        Declaration("abbrev", "last", 16),
    )


def test_a_name_that_a_spec_may_use_is_never_refused():
    for word in module._REFUSED | module._COMMANDS:
        with pytest.raises(InputError):
            Identifier(word)


def test_large_modules_are_scanned_in_linear_time():
    rows = (f"/-- Row {i}. -/\ndef row_{i} : Nat := 0x{'a' * 400}\n" for i in range(3000))
    source = "\n".join(rows)
    assert scan(source) == []
    assert len(declarations(source)) == 3000
