"""Norms that are known otherwise: agreement to six digits, and never below."""

from fractions import Fraction
from math import cos, pi, sqrt

import flint
import numpy as np
import pytest

from lipbridge.certify.integers import gram, tall
from lipbridge.certify.replay import replay
from lipbridge.certify.roots import root_up
from lipbridge.certify.search import certify_matrix
from lipbridge.language.tensor import ExactMatrix


def certified(layers: list[ExactMatrix]) -> Fraction:
    """Certify every layer, replay, and compose."""
    square = Fraction(1)
    for layer in layers:
        certificate = certify_matrix(layer)
        replay(layer, certificate)
        square *= Fraction(*certificate.squared_constant)
    return root_up(square)


def truth(matrix: ExactMatrix) -> flint.arb:
    """σ_max to 60 digits: the largest root of the characteristic polynomial of the Gram matrix."""
    roots = gram(tall(matrix)).charpoly().complex_roots()
    largest = max((root.real for root, _ in roots), key=lambda x: x.mid())
    return largest.sqrt() / matrix.denominator


def assert_just_above(bound: Fraction, sigma: flint.arb, slack: float = 1e-6) -> None:
    ratio = flint.arb(flint.fmpq(bound.numerator, bound.denominator)) / sigma
    assert ratio >= 1
    assert ratio <= 1 + slack


@pytest.fixture(autouse=True)
def _precision():
    with flint.ctx.workprec(400):
        yield


def test_the_3_by_3_example() -> None:
    matrix = ExactMatrix.from_fractions("W", [[3, -1, 2], [-2, 7, 1], [5, -3, -1]])
    bound = certified([matrix])
    assert_just_above(bound, truth(matrix))
    assert f"{float(bound):.5f}" == "9.10112"
    assert float(bound) == pytest.approx(9.101114157, rel=1e-6)


def test_a_1_by_1_weight() -> None:
    bound = certified([ExactMatrix.from_floats("w", np.array([[1e-5]]))])
    assert Fraction(1e-5) <= bound <= Fraction(1e-5) * (1 + Fraction(1, 10**9))


def test_the_hilbert_matrix() -> None:
    """Entries 1/(i + j + 1), exactly; the norm of the 10×10 one as published."""
    rows = [[Fraction(1, i + j + 1) for j in range(10)] for i in range(10)]
    matrix = ExactMatrix.from_fractions("H", rows)
    bound = certified([matrix])
    assert_just_above(bound, truth(matrix))
    assert float(bound) == pytest.approx(1.751919670265178, rel=1e-6)


def _second_differences(size: int) -> ExactMatrix:
    """Eigenvalues 2 - 2·cos(kπ/(size + 1))."""
    values = 2 * np.eye(size) - np.eye(size, k=1) - np.eye(size, k=-1)
    return ExactMatrix.from_floats("D", values)


def _hadamard(order: int) -> ExactMatrix:
    """Rows of ±1, orthogonal to each other: every singular value is the root of the size."""
    values = np.ones((1, 1))
    for _ in range(order):
        values = np.block([[values, values], [values, -values]])
    return ExactMatrix.from_floats("S", values)


def test_layers_whose_norms_have_a_closed_form_compose() -> None:
    layers = [_second_differences(16), _hadamard(4), _second_differences(16)]
    bound = certified(layers)
    product = flint.arb(1)
    for layer in layers:
        product *= truth(layer)
    assert_just_above(bound, product, 4e-6)
    assert float(bound) == pytest.approx((2 + 2 * cos(pi / 17)) ** 2 * sqrt(16), rel=4e-6)


def test_nonnegative_layers_compose_to_the_norm_of_their_product() -> None:
    """All weights ≥ 0, as 1·1ᵀ: the norm of the product is the product of norms."""
    layers = [ExactMatrix.from_floats("w", np.ones((n, m))) for n, m in ((4, 3), (5, 4), (2, 5))]
    whole = flint.fmpz_mat(layers[0].integers)
    for layer in layers[1:]:
        whole = flint.fmpz_mat(layer.integers) * whole
    rows = [[int(x) for x in row] for row in whole.tolist()]
    exact = ExactMatrix("product", np.array(rows, dtype=object))
    assert_just_above(certified(layers), truth(exact), 4e-6)
    assert float(certified([exact])) == pytest.approx(sqrt(4 * 3 * 5 * 4 * 2 * 5), rel=1e-6)
