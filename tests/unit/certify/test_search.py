"""The search meets its slack on all shapes and scales, with short factors."""

import hashlib

import numpy as np
import pytest

from lipbridge.certify import search
from lipbridge.certify.records import SpectralCertificate
from lipbridge.certify.replay import replay
from lipbridge.certify.search import certify_matrix
from lipbridge.errors import InputError
from lipbridge.language.tensor import ExactMatrix

RNG = np.random.default_rng(7)


def bfloat16(values: np.ndarray) -> np.ndarray:
    return (values.astype(np.float32).view(np.uint32) & 0xFFFF0000).view(np.float32)


def tied(n: int) -> np.ndarray:
    q, _ = np.linalg.qr(RNG.standard_normal((n, n)))
    return q * np.where(np.arange(n) < n // 2, 1.0, 1.0 - 1e-12)


CASES = {
    "1x1": np.array([[1e-5]]),
    "1x1 negative": np.array([[-3.0]]),
    "row": RNG.standard_normal((1, 9)),
    "column": RNG.standard_normal((9, 1)),
    "zero": np.zeros((3, 5)),
    "diagonal": np.diag([1.0, 2.0, 4.0, 4.0]),
    "rank one": np.outer(np.arange(1.0, 7.0), np.arange(1.0, 5.0)),
    "rank deficient": RNG.standard_normal((12, 3)) @ RNG.standard_normal((3, 10)),
    "zero column": np.hstack([np.zeros((4, 1)), RNG.standard_normal((4, 3))]),
    "tall": RNG.standard_normal((40, 3)),
    "wide": RNG.standard_normal((3, 40)),
    "ties": tied(16),
    "graded entries": RNG.standard_normal((10, 10)) * 10.0 ** RNG.integers(-30, 30, (10, 10)),
    "graded rows": RNG.standard_normal((10, 10)) * 10.0 ** np.arange(-5, 5)[:, None],
    "graded columns": RNG.standard_normal((10, 10)) * 10.0 ** np.arange(-150, 150, 30),
    "denormal": RNG.standard_normal((4, 4)) * 1e-310,
    "huge": RNG.standard_normal((4, 4)) * 1e305,
    "half": RNG.standard_normal((20, 20)).astype(np.float16),
    "bfloat16": bfloat16(RNG.standard_normal((64, 96)) * 0.02),
    "single": RNG.standard_normal((64, 64)).astype(np.float32),
    "ones": np.ones((8, 8)),
    "cancelling": np.array([[1.0, 1.0], [1.0, 1.0 + 2.0**-52]]),
}


def relative_excess(matrix: ExactMatrix, certificate: SpectralCertificate) -> float:
    """Excess of √T/c over a Rayleigh quotient, which is at most σ: an upper bound on the slack."""
    w = matrix.numerators.astype(object)
    v = w.T if certificate.transpose else w
    shift = max(0, matrix.max_abs.bit_length() - 900)
    top = np.linalg.svd((v >> shift).astype(float) / float(matrix.max_abs >> shift))[2][0]
    x = np.array([int(t) for t in np.rint(top * 2.0**60)], dtype=object)
    image = v @ x
    # (T/c²)·(x·x) / (Vx·Vx), all integers.
    ratio = (certificate.T * int(x @ x)) / (certificate.c**2 * int(image @ image))
    return float(np.sqrt(ratio) - 1.0)


@pytest.mark.parametrize("name", CASES)
def test_valid_and_tight(name: str) -> None:
    matrix = ExactMatrix.from_floats(name, CASES[name])
    certificate = certify_matrix(matrix)
    replay(matrix, certificate)
    if matrix.max_abs == 0:
        assert (certificate.T, certificate.d, certificate.epsilon) == (0, 0, 0)
        return
    assert -1e-15 < relative_excess(matrix, certificate) < 7e-7
    bits = max(abs(x).bit_length() for row in certificate.L for x in row)
    assert bits <= 23 + certificate.size.bit_length()


@pytest.mark.parametrize("slack", [0.5, 1e-2, 1e-4, 1e-8, 1e-10, 1e-12, 1e-15])
def test_slack_is_met_and_a_coarser_one_has_a_shorter_factor(slack: float) -> None:
    matrix = ExactMatrix.from_floats("w", CASES["single"])
    certificate = certify_matrix(matrix, slack=slack)
    replay(matrix, certificate)
    assert relative_excess(matrix, certificate) <= slack + 4e-16
    bits = max(abs(x).bit_length() for row in certificate.L for x in row)
    assert bits <= 5 - np.log2(slack) + certificate.size.bit_length()


@pytest.mark.parametrize(
    "rows",
    [[[5]], [[3, 4]], [[3], [4]], [[1, 1], [1, -1]], [[0, 2], [2, 0]], [[1, 2, 2], [2, 1, -2]]],
)
def test_orthogonal_columns_and_single_rows_are_exact(rows: list[list[int]]) -> None:
    matrix = ExactMatrix.from_fractions("w", rows)
    certificate = certify_matrix(matrix)
    replay(matrix, certificate)
    top = np.linalg.svd(np.array(rows))[1][0]
    assert round(top**2) == certificate.T
    assert (certificate.c, certificate.d, certificate.epsilon) == (1, 0, 0)


def test_integers_of_hundreds_of_bits() -> None:
    rows = [[int(x) << 700 for x in row] for row in RNG.integers(-99, 99, (5, 4))]
    matrix = ExactMatrix.from_fractions("w", rows)
    certificate = certify_matrix(matrix)
    replay(matrix, certificate)
    assert relative_excess(matrix, certificate) < 7e-7
    assert certificate.c == 1
    assert certificate.e > 1 << 600


def test_size_128_by_6144_is_quick_and_valid() -> None:
    matrix = ExactMatrix.from_floats("w", bfloat16(RNG.standard_normal((128, 6144)) * 0.02))
    certificate = certify_matrix(matrix)
    replay(matrix, certificate)
    assert certificate.transpose
    assert certificate.c == 1


def test_subspace_iteration_stands_in_for_the_full_spectrum(monkeypatch) -> None:
    monkeypatch.setattr(search, "_DENSE_EIGEN_ORDER", 8)
    matrix = ExactMatrix.from_floats("w", CASES["single"])
    certificate = certify_matrix(matrix)
    replay(matrix, certificate)
    assert relative_excess(matrix, certificate) < 1e-6


def test_fields_come_from_the_matrix() -> None:
    matrix = ExactMatrix.from_floats("layer.weight", np.array([[0.5, 0.25, 1.0]]))
    certificate = certify_matrix(matrix)
    assert (certificate.tensor, certificate.rows, certificate.cols) == ("layer.weight", 1, 3)
    assert certificate.denominator == 4
    assert certificate.weights_sha256 == matrix.sha256
    digest = hashlib.sha256(b"file").hexdigest()
    assert certify_matrix(matrix, weights_sha256=digest).weights_sha256 == digest


@pytest.mark.parametrize("slack", [0.0, 1.0, -1e-6, float("nan")])
def test_slack_out_of_range(slack: float) -> None:
    with pytest.raises(InputError, match="slack"):
        certify_matrix(ExactMatrix.from_fractions("w", [[1]]), slack=slack)


def test_digest_must_be_one() -> None:
    with pytest.raises(InputError, match="weights_sha256"):
        certify_matrix(ExactMatrix.from_fractions("w", [[1]]), weights_sha256="abc")
