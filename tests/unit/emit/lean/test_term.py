"""Terms read what they print, in lines of at most 100 characters, and unfold definitions."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from lipbridge.emit.lean.term import WIDTH, Term, app, arrow, bind, fold, lean_term, typed

NAMES = st.sampled_from(["x", "f", "W.entry", "LipBridge.linear", "42", "0x1f", "_", "h.left"])


def compound(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    several = st.lists(inner, min_size=1, max_size=4)
    return st.one_of(
        st.builds(lambda head, rest: app(head, *rest), inner, several),
        st.builds(lambda head, value: app(head, f=value), inner, inner),
        st.builds(lambda body: bind("fun x _ =>", body), inner),
        st.builds(lambda body: bind("∀ i : Nat,", body), inner),
        st.builds(lambda terms: arrow(*terms), several),
        st.builds(typed, inner, inner),
        st.builds(lambda items: Term("tuple", parts=tuple(items)), several),
        st.builds(lambda items: Term("field", "mono", (app("g", *items),)), several),
    )


TERMS = st.recursive(NAMES.map(lean_term), compound, max_leaves=40)


@given(TERMS)
def test_terms_are_read_back(term: Term) -> None:
    assert lean_term(term.inner) == term


@given(TERMS, st.integers(0, 8))
def test_lines_are_short_and_say_the_same(term: Term, indent: int) -> None:
    text = term.lines(indent)
    assert lean_term(text) == term
    assert all(len(line) <= WIDTH for line in (" " * indent + text).splitlines())


def test_parentheses_are_put_where_needed_only() -> None:
    assert str(lean_term("((f) ((g x)) (fun y => ((h) y)))")) == "f (g x) (fun y => h y)"
    assert str(lean_term("∀ i, (Nat.lt i 3) → (P i)")) == "∀ i, Nat.lt i 3 → P i"
    assert str(lean_term("((f : A → B) x)")) == "(f : A → B) x"
    assert str(bind("fun x =>", typed("h", "P"))) == "fun x => (h : P)"
    assert str(app("(f a).mono", "b", c="d e")) == "(f a).mono (c := d e) b"


def test_numbers_are_literals() -> None:
    assert str(app("Nat.mul", 3, 1 << 38)) == "Nat.mul 3 (Nat.pow 2 38)"
    assert str(fold("Nat.mul", ["a", "b", "c"])) == "Nat.mul (Nat.mul a b) c"
    assert str(fold("Nat.mul", ["a"])) == "a"


def test_a_number_that_cannot_be_broken_has_a_line_of_its_own() -> None:
    number = "0x" + "f" * 300
    assert app("Nat.add", "a", number).lines(2).splitlines() == ["Nat.add a", f"    {number}"]


@pytest.mark.parametrize(
    "bad", ["", "f (", "f )", "fun x", "a := b", "f [x]", "⟨⟩", "(a b", "x, y"]
)
def test_other_text_is_no_term(bad: str) -> None:
    with pytest.raises(ValueError, match="not a Lean term"):
        lean_term(bad)


def test_definitions_are_unfolded_with_their_variables() -> None:
    meanings = {
        "net": (("r",), lean_term("fun x => layer r x")),
        "layer": (("r",), lean_term("linear 3 (r 4)")),
        "N": ((), lean_term("7")),
    }
    assert str(lean_term("P N (net r)").unfold(meanings)) == "P 7 (fun x => linear 3 (r 4) x)"
    one = lean_term("net (fun _ => one) y").unfold(meanings)
    assert str(one) == "(fun x => linear 3 ((fun _ => one) 4) x) y"


def test_names_of_a_term() -> None:
    found = lean_term("f (W.entry 0 i) (fun (x : T) => h.left x)").names
    assert found == {"f", "W", "i", "fun", "x", "T", "h"}
