"""The integer search reaches slacks that float64 cannot."""

import flint
import numpy as np
import pytest

from lipbridge.certify.claim import claim
from lipbridge.certify.integers import gram, tall
from lipbridge.certify.refine import refine
from lipbridge.certify.replay import replay
from lipbridge.certify.search import certify_matrix
from lipbridge.language.tensor import ExactMatrix

EXAMPLE = ExactMatrix.from_fractions("w", [[3, -1, 2], [-2, 7, 1], [5, -3, -1]])


def test_thirty_digits_of_the_example() -> None:
    certificate = certify_matrix(EXAMPLE, slack=1e-30)
    replay(EXAMPLE, certificate)
    # Largest root of the characteristic polynomial of WᵀW, enclosed by python-flint.
    polynomial = gram(tall(EXAMPLE)).charpoly()
    with flint.ctx.workprec(400):
        roots = [root.real for root, _ in polynomial.complex_roots()]
        top = max(roots, key=lambda x: x.mid())
        bound = flint.arb(flint.fmpq(certificate.T, certificate.c**2))
        assert bound > top
        assert (bound / top).sqrt() - 1 < flint.arb("1e-30")


@pytest.mark.parametrize("kind", ["random", "ties", "rank deficient"])
def test_valid_and_better_than_float64(kind: str) -> None:
    rng = np.random.default_rng(3)
    a = rng.integers(-1000, 1000, (12, 12))
    if kind == "ties":
        a = np.kron(np.eye(2, dtype=int), a)
    elif kind == "rank deficient":
        a = a[:, :4] @ a[:4]
    matrix = ExactMatrix("w", a)
    g = gram(tall(matrix))
    top = float(np.linalg.norm(a.astype(float), 2)) ** 2
    start = claim(g, 1, 1, flint.fmpz_mat(g.nrows(), g.nrows()))
    found = refine(g, flint.fmpq(*top.as_integer_ratio()), 1e-18, start)
    assert start.T * found.c**2 > found.T
    certificate = certify_matrix(matrix, slack=1e-18)
    replay(matrix, certificate)
    # Two independent slacks agree far below float64's resolution.
    finer = certify_matrix(matrix, slack=1e-24)
    replay(matrix, finer)
    assert 0 <= certificate.sigma_squared / finer.sigma_squared - 1 <= 2e-18


def test_a_poor_estimate_costs_nothing_but_time() -> None:
    g = gram(tall(EXAMPLE))
    start = claim(g, 1, 1, flint.fmpz_mat(3, 3))
    for estimate in (flint.fmpq(70), flint.fmpq(84), flint.fmpq(100)):
        assert refine(g, estimate, 1e-15, start).excess(flint.fmpq(82830278907, 10**9)) < 1e-8
