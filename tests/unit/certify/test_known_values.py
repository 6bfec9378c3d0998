"""Published values: agreement to six digits, and never below.

The weights of the two published networks are not part of the project; LIPBRIDGE_REFERENCE_WEIGHTS
names a folder that holds them.
"""

import os
from fractions import Fraction
from pathlib import Path

import flint
import numpy as np
import pytest

from lipbridge.certify.integers import gram, tall
from lipbridge.certify.replay import replay
from lipbridge.certify.roots import root_up
from lipbridge.certify.search import certify_matrix
from lipbridge.language.tensor import ExactMatrix

DATA = Path(os.environ.get("LIPBRIDGE_REFERENCE_WEIGHTS", "absent"))
LIPSDP = DATA / "lipsdp_random_weights.mat"
ECLIPSE = DATA / "eclipse_lyr2n80test1.npz"


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


@pytest.mark.skipif(not LIPSDP.exists(), reason="LIPBRIDGE_REFERENCE_WEIGHTS has no such file")
def test_lipsdp_random_weights() -> None:
    loadmat = pytest.importorskip("scipy.io").loadmat
    weights = [np.asarray(w) for w in loadmat(LIPSDP)["weights"].ravel()]
    layers = [ExactMatrix.from_floats(f"w{i}", w) for i, w in enumerate(weights, 1)]
    bound = certified(layers)
    product = flint.arb(1)
    for layer in layers:
        product *= truth(layer)
    assert_just_above(bound, product, 4e-6)
    assert float(bound) == pytest.approx(43.30557372, rel=2e-6)
    # All weights ≥ 0: the network's own constant is the norm of the product.
    whole = flint.fmpz_mat(layers[0].integers())
    for layer in layers[1:]:
        whole = flint.fmpz_mat(layer.integers()) * whole
    rows = [[int(x) for x in row] for row in whole.tolist()]
    denominator = int(np.prod([layer.denominator for layer in layers], dtype=object))
    exact = ExactMatrix("product", 2, 2, np.array(rows, dtype=object), denominator)
    bound = certified([exact])
    assert_just_above(bound, truth(exact))
    assert float(bound) == pytest.approx(36.48222960, rel=1e-6)


@pytest.mark.skipif(not ECLIPSE.exists(), reason="LIPBRIDGE_REFERENCE_WEIGHTS has no such file")
def test_eclipse_weights() -> None:
    with np.load(ECLIPSE) as weights:
        layers = [ExactMatrix.from_floats(name, weights[name]) for name in ("w1", "w2")]
    bound = certified(layers)
    assert_just_above(bound, truth(layers[0]) * truth(layers[1]), 2e-6)
    assert float(bound) == pytest.approx(0.87498127, rel=1e-6)
