"""A scope gives names to one owner each, and declarations what they mention."""

from __future__ import annotations

import pytest

from lipbridge.emit.lean.declaration import Binder, Scope, Theorem
from lipbridge.emit.lean.term import app, lean_term
from lipbridge.errors import InputError


def scope() -> Scope:
    found = Scope(
        "net",
        [Binder("r", lean_term("Nat → R")), Binder("t", lean_term("Vec R → R"))],
        [Binder("hr", lean_term("Reciprocals l r")), Binder("ht", lean_term("Root t"))],
    )
    found.definition("plain", "No variable.", "Vec R → Vec R", "LipBridge.relu", owner="plain")
    found.definition("scaled", "One.", "Vec R → Vec R", "LipBridge.scale (r 2)", owner="scaled")
    found.definition("N", "A number.", "Nat", 7)
    return found


def test_declarations_take_the_variables_and_hypotheses_that_they_mention() -> None:
    found = scope()
    assert str(found["plain"]) == "plain"
    assert str(found["scaled"]) == "scaled r"
    statement = app("Lipschitz", "N", found["scaled"])
    found.theorem("one", "About r.", statement, "rule hr", summary="one", owner="scaled")
    found.theorem("two", "About t, through its hypothesis.", statement, "rule ht", owner="scaled")
    assert str(found["one"]) == "one r hr"
    assert str(found["two"]) == "two r t ht"
    (asked,) = found.asked("Net")
    assert asked == Theorem(
        "Net.one",
        "∀ {R : Type u} [OrderedRing R] (r : Nat → R) (hr : Reciprocals l r), "
        "Lipschitz 7 (LipBridge.scale (r 2))",
        "one",
    )


def test_source_is_the_declaration_with_its_docstring() -> None:
    found = scope()
    assert found.declarations[-1].source() == "/-- A number. -/\ndef N : Nat := 7\n"
    found.theorem("t1", "Says so.", lean_term("P N"), "rule hr")
    text = found.declarations[-1].source()
    assert text == ("/-- Says so. -/\ntheorem t1 (hr : Reciprocals l r) :\n    P N :=\n  rule hr\n")
    assert found.declarations[-1].source(stubs=True) == text.replace("rule hr", "sorry")
    assert "sorry" not in found.declarations[0].source(stubs=True)


def test_long_statements_are_broken_and_docstrings_filled() -> None:
    found = scope()
    many = Binder("h", app("And", *(f"hypothesis{i}" for i in range(12))))
    words = " ".join(["word"] * 60)
    statement = app("Same", *("argument" * 2 for _ in range(20)))
    found.theorem("long", words, statement, "rule hr", [many])
    lines = found.declarations[-1].source().splitlines()
    assert len(lines) > 8
    assert max(map(len, lines)) <= 100


def test_a_name_has_one_owner() -> None:
    found = scope()
    with pytest.raises(InputError, match=r"'other' clashes with a name made from 'net'.*rename"):
        found.definition("N", "Again.", "Nat", 8, owner="other")
    found.reserve("W_query", "W_query")
    with pytest.raises(InputError, match="'W_query_T' clashes with a name made from 'W_query'"):
        found.define("W_query_T", "W_query_T")
    found.define("W_queryable", "other")
    found.define("scaled_map", "map")
    with pytest.raises(InputError, match="'scaled' clashes with a name made from 'tensor'"):
        found.reserve("scaled", "tensor")
    with pytest.raises(InputError, match="two declarations would be called 'N'; rename a layer"):
        found.definition("N", "Again.", "Nat", 8)


def test_a_module_knows_the_names_of_the_one_before_it() -> None:
    child = Scope(parent=scope())
    assert str(child["scaled"]) == "scaled r"
    assert child.declarations == []
    with pytest.raises(InputError, match="clashes"):
        child.define("N", "child")
    child.definition("M", "Twice.", "Nat", "Nat.mul 2 N")
    assert str(lean_term("M").unfold(child.meanings)) == "Nat.mul 2 7"
