"""The derived quantities of selection and trajectories against brute force."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import pytest
import sympy
from hypothesis import assume, given, strategies as st

from lipbridge.errors import InputError
from lipbridge.symbolic.theory import derivation, derivations
from tests.lean_statements import stated

positive = st.fractions(min_value=Fraction(1, 50), max_value=50, max_denominator=50)
rational = st.fractions(min_value=-20, max_value=20, max_denominator=20)


def exact(name: str, **values: Fraction) -> Fraction:
    found = derivation(name).value(
        **{k: sympy.Rational(v.numerator, v.denominator) for k, v in values.items()}
    )
    return Fraction(int(found.p), int(found.q))


def top(scores: list[Fraction], k: int) -> list[set[int]]:
    """Every top-k set, ties included."""
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    border = scores[order[k - 1]]
    above = {i for i in order if scores[i] > border}
    tied = [i for i in order if scores[i] == border]
    if len(above) + len(tied) == k:
        return [above | set(tied)]
    return [above | {i} for i in tied]


@given(st.lists(rational, min_size=2, max_size=6), positive, st.data())
def test_within_the_radius_no_slope_changes_the_selection(
    scores: list[Fraction], lipschitz: Fraction, data: st.DataObject
) -> None:
    """On a line, every score s_i ± L·δ: the worst case of L-Lipschitz scores."""
    k = data.draw(st.integers(1, len(scores) - 1))
    order = sorted(scores, reverse=True)
    gap = order[k - 1] - order[k]
    assume(gap > 0)
    radius = exact("stability radius", gap=gap, L=lipschitz)
    (selected,) = top(scores, k)
    inside = radius * Fraction(99, 100)
    worst = [
        s - lipschitz * inside if i in selected else s + lipschitz * inside
        for i, s in enumerate(scores)
    ]
    assert top(worst, k) == [selected]
    outside = radius * Fraction(101, 100)
    worst = [
        s - lipschitz * outside if i in selected else s + lipschitz * outside
        for i, s in enumerate(scores)
    ]
    assert top(worst, k) != [selected], "the 2 in 2Lδ is optimal"


def test_folklore_gap_of_l_delta_is_not_enough() -> None:
    """s₁(q) = q, s₂(q) = −q, L = 1, q = 6, δ = 10: gap 12 > 10, yet q' = −4 swaps them."""
    gap, delta = Fraction(12), Fraction(10)
    assert gap > 1 * delta
    assert exact("stability radius", gap=gap, L=Fraction(1)) < delta
    assert top([Fraction(-4), Fraction(4)], 1) == [{1}]


@given(positive, positive, positive)
def test_pairs_of_constants(gap: Fraction, li: Fraction, lj: Fraction) -> None:
    radius = exact("stability radius of a pair", gap=gap, L_i=li, L_j=lj)
    assert gap - li * radius - lj * radius == 0


@given(positive, positive, st.fractions(min_value=0, max_value=1, max_denominator=20))
def test_computed_scores_pay_four_errors(gap: Fraction, lipschitz: Fraction, e: Fraction) -> None:
    """Both computed selections agree: two errors at q, two at q'."""
    radius = exact("stability radius of computed scores", gap=gap, L=lipschitz, e=e)
    assume(radius > 0)
    delta = radius * Fraction(99, 100)
    true_gap = gap - 2 * e
    assert true_gap - 2 * lipschitz * delta - 2 * e > 0


@given(st.lists(rational, min_size=2, max_size=8), positive, positive)
def test_transition_count(path: list[Fraction], lipschitz: Fraction, gap: Fraction) -> None:
    """Two scores ±L·q: the selection is the sign of q, the gap 2L|q|; |q| ≥ γ/2L at every step."""
    points = [
        p if 2 * lipschitz * abs(p) >= gap else gap / (2 * lipschitz) * (1 if p >= 0 else -1)
        for p in path
    ]
    movement = sum((abs(b - a) for a, b in pairwise(points)), Fraction(0))
    changes = sum((a > 0) != (b > 0) for a, b in pairwise(points))
    assert changes <= exact("transition bound", L=lipschitz, gap=gap, path=movement)


@given(positive, positive, positive, st.fractions(Fraction(1, 20), Fraction(19, 20)))
def test_lock_in_step_is_the_first(
    lipschitz: Fraction, c: Fraction, gap: Fraction, rho: Fraction
) -> None:
    step = derivation("lock-in step").value(
        **{
            k: sympy.Rational(v.numerator, v.denominator)
            for k, v in {"L": lipschitz, "C": c, "gap": gap, "rho": rho}.items()
        }
    )
    n = max(0, math.floor(float(step.evalf(30))) + 1)
    tail = [2 * lipschitz * c * rho**i / (1 - rho) for i in range(n + 2)]
    assert gap > tail[n + 1]
    if n > 1:
        assert gap <= tail[n - 1] * (1 + Fraction(1, 10**9))


@given(st.fractions(Fraction(1, 20), Fraction(19, 20)), st.integers(0, 12), positive)
def test_speculative_decoding(alpha: Fraction, m: int, tokens: Fraction) -> None:
    """m drafts, each accepted with probability α, and one token of the verifier's own."""
    brute = sum((alpha**i for i in range(m + 1)), Fraction(0))
    assert exact("tokens per verification step", alpha=alpha, m=Fraction(m)) == brute
    steps = exact("verification steps of the transient", alpha=alpha, m=Fraction(m), T=tokens)
    assert steps == tokens / brute


def test_unknown_names_are_refused() -> None:
    with pytest.raises(InputError, match="known: stability radius"):
        derivation("radius")
    with pytest.raises(InputError, match="no symbol"):
        derivation("stability radius").value(q=1)
    assert len({d.name for d in derivations()}) == len(derivations())


def holds(name: str, **values: Fraction) -> bool:
    """Whether the inequality of the Lean file holds, at values by the derivation's letters."""
    exactly = {k: sympy.Rational(v.numerator, v.denominator) for k, v in values.items()}
    verdict = stated(name).subs({sympy.Symbol(k): v for k, v in exactly.items()})
    assert verdict in (sympy.true, sympy.false), verdict
    return verdict == sympy.true


@given(positive, positive, positive, positive)
def test_lean_certifies_exactly_within_the_derived_radius(
    gap: Fraction, first: Fraction, second: Fraction, delta: Fraction
) -> None:
    radii: dict[str, dict[str, Fraction]] = {
        "stability radius": {"L": first},
        "stability radius of a pair": {"L_i": first, "L_j": second},
        "stability radius from a difference": {"L_ij": first},
        "stability radius of computed scores": {"L": first, "e": second},
    }
    for name, constants in radii.items():
        radius = exact(name, gap=gap, **constants)
        assert holds(name, gap=gap, delta=delta, **constants) == (delta < radius)
        # The inequality is strict: nothing is certified at the radius itself.
        assert not holds(name, gap=gap, delta=radius, **constants)


@given(st.lists(rational, min_size=2, max_size=5), positive, positive, st.data())
def test_where_lean_certifies_brute_force_finds_no_change(
    scores: list[Fraction], lipschitz: Fraction, delta: Fraction, data: st.DataObject
) -> None:
    k = data.draw(st.integers(1, len(scores) - 1))
    order = sorted(scores, reverse=True)
    assume(holds("stability radius", gap=order[k - 1] - order[k], L=lipschitz, delta=delta))
    slopes = data.draw(st.lists(st.sampled_from([-1, 1]), min_size=len(scores), max_size=6))
    moved = [s + sign * lipschitz * delta for s, sign in zip(scores, slopes, strict=False)]
    assert top(moved, k) == top(scores, k)


@given(st.integers(0, 9), positive, positive, positive)
def test_the_count_that_lean_allows_is_the_derived_one(
    count: int, lipschitz: Fraction, gap: Fraction, path: Fraction
) -> None:
    bound = exact("transition bound", L=lipschitz, gap=gap, path=path)
    allowed = holds("transition bound", L=lipschitz, gap=gap, path=path, count=Fraction(count))
    assert allowed == (count <= bound)


@given(
    positive,
    positive,
    positive,
    st.fractions(Fraction(1, 20), Fraction(19, 20), max_denominator=20),
)
def test_lean_locks_in_from_the_derived_step_on(
    lipschitz: Fraction, c: Fraction, gap: Fraction, rho: Fraction
) -> None:
    values = {"L": lipschitz, "C": c, "gap": gap, "rho": rho}
    step = derivation("lock-in step").value(
        **{k: sympy.Rational(v.numerator, v.denominator) for k, v in values.items()}
    )
    n = max(0, math.floor(float(step.evalf(30))))
    assert holds("lock-in step", N=Fraction(n + 2), **values)
    if n > 1:
        assert not holds("lock-in step", N=Fraction(n - 1), **values)


@given(
    st.fractions(Fraction(1, 20), Fraction(19, 20), max_denominator=20), st.integers(0, 8), positive
)
def test_lean_asks_for_the_derived_verification_steps(
    alpha: Fraction, m: int, tokens: Fraction
) -> None:
    name = "verification steps of the transient"
    steps = exact(name, alpha=alpha, m=Fraction(m), T=tokens)
    assert holds(name, alpha=alpha, m=Fraction(m), T=tokens, steps=steps)
    assert not holds(name, alpha=alpha, m=Fraction(m), T=tokens, steps=steps * Fraction(99, 100))
