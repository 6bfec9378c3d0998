"""Variables replaced: by the traversal the first time, by steps from then on, with one result."""

from __future__ import annotations

from hypothesis import given, strategies as st

from lipbridge.recheck.rewriting import abstract, instantiate
from lipbridge.recheck.terms import (
    Term,
    app,
    bound,
    const,
    free,
    lam,
    let,
    nat,
    nodes,
    pi,
    proj,
)

NAT = const("Nat")
VALUES = [const("a"), app(const("f"), nat(3)), lam(NAT, bound(0)), nat(7)]

terms = st.recursive(
    st.one_of(st.builds(bound, st.integers(0, 5)), st.sampled_from(VALUES)),
    lambda inner: st.one_of(
        st.builds(app, inner, inner),
        st.builds(lam, inner, inner),
        st.builds(pi, inner, inner),
        st.builds(let, inner, inner, inner),
        st.builds(proj, st.just("S"), st.integers(0, 1), inner),
    ),
    max_leaves=12,
)


def by_hand(term: Term, depth: int, values: list[Term]) -> Term:
    """The definition, without any sharing."""
    again = [by_hand(part, depth, values) for part in term.parts()]
    match type(term).__name__:
        case "Bound":
            index = term.index - depth  # type: ignore[attr-defined]
            if index < 0:
                return term
            return values[-1 - index] if index < len(values) else bound(index - len(values) + depth)
        case "App":
            return app(*again)
        case "Lam" | "Pi":
            make = lam if type(term).__name__ == "Lam" else pi
            return make(again[0], by_hand(term.body, depth + 1, values))  # type: ignore[attr-defined]
        case "Let":
            return let(*again[:2], by_hand(term.body, depth + 1, values))  # type: ignore[attr-defined]
        case "Proj":
            return proj("S", term.index, *again)  # type: ignore[attr-defined]
        case _:
            return term


@given(terms, st.lists(st.sampled_from(VALUES), min_size=1, max_size=4))
def test_both_ways_give_what_the_definition_says(term: Term, values: list[Term]) -> None:
    expected = by_hand(term, 0, values)
    for part in nodes([term]):
        part.program = None
    # Three times: the traversal, the steps, and the steps again; then with fewer values.
    assert all(instantiate(term, values) is expected for _ in range(3))
    fewer = values[:-1]
    assert instantiate(term, fewer) is (by_hand(term, 0, fewer) if fewer else term)
    assert instantiate(term, values) is expected


@given(terms)
def test_abstraction_undoes_it(term: Term) -> None:
    variables = [free(number, NAT) for number in range(6)]
    opened = instantiate(term, variables)
    assert not opened.loose
    assert abstract(opened, variables) is term


def test_an_earned_operation_is_computed_both_ways() -> None:
    operation = const("an operation of this test")
    term = lam(NAT, app(app(operation, bound(1)), nat(2)))
    operation.folds = lambda a, b: a + b
    for value in (3, 4, 5):
        assert instantiate(term, [nat(value)]) is lam(NAT, nat(value + 2))
    assert instantiate(term, [const("x")]) is lam(NAT, app(app(operation, const("x")), nat(2)))
