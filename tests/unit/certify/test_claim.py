"""`claim` gives the least T for a factor, and a valid one for any factor."""

import flint
import pytest
from hypothesis import given, strategies as st

from lipbridge.certify.claim import claim
from lipbridge.certify.integers import identity
from lipbridge.certify.records import PsdCertificate
from lipbridge.certify.replay import replay_psd
from lipbridge.errors import CertificateError

small = st.integers(-20, 20)


@st.composite
def guesses(draw: st.DrawFn) -> tuple[flint.fmpz_mat, int, int, flint.fmpz_mat]:
    k = draw(st.integers(1, 4))
    square = st.lists(small, min_size=k * k, max_size=k * k)
    v = flint.fmpz_mat(k, k, draw(square))
    factor = flint.fmpz_mat(k, k, draw(square))
    return v.transpose() * v, 2 ** draw(st.integers(0, 4)), 2 ** draw(st.integers(0, 4)), factor


@given(guesses())
def test_any_factor_gives_a_valid_and_least_claim(guess) -> None:
    g, c, e, factor = guess
    k = g.nrows()
    rows = tuple(tuple(int(x) for x in row) for row in factor.tolist())
    found = claim(g, c, e, factor)
    base = g * (c * c)
    replay_psd(identity(k, found.T) - base, PsdCertificate(e, found.d, found.epsilon, rows))
    # No smaller T works with this factor, for any ε near the one chosen.
    for epsilon in range(max(0, found.epsilon - 3), found.epsilon + 4):
        for d in (k * epsilon, k * epsilon + 1):
            with pytest.raises(CertificateError):
                replay_psd(identity(k, found.T - 1) - base, PsdCertificate(e, d, epsilon, rows))


def test_orthogonal_columns_are_exact_without_a_factor() -> None:
    hadamard = flint.fmpz_mat([[1, 1], [1, -1]])
    found = claim(hadamard.transpose() * hadamard, 1, 1, flint.fmpz_mat(2, 2))
    assert (found.T, found.d, found.epsilon) == (2, 0, 0)


def test_excess() -> None:
    found = claim(flint.fmpz_mat([[4]]), 1, 1, flint.fmpz_mat(1, 1))
    assert found.excess(flint.fmpq(4)) == 0.0
    assert found.excess(flint.fmpq(1)) == pytest.approx(1.0)
    assert found.excess(flint.fmpq(0)) == float("inf")
    zero = claim(flint.fmpz_mat([[0]]), 1, 1, flint.fmpz_mat(1, 1))
    assert zero.excess(flint.fmpq(0)) == 0.0
