"""Certificates of random matrices: valid, tight, stable through JSON, safe under tampering."""

from fractions import Fraction

import numpy as np
from hypothesis import given, settings, strategies as st
from hypothesis.extra import numpy as hnp
from msgspec.structs import replace

from lipbridge.certify import (
    SpectralCertificate,
    certify_matrix,
    read_json,
    record_to_json,
    replay,
)
from lipbridge.errors import CertificateError
from lipbridge.language.tensor import ExactMatrix

dimension = st.integers(1, 6)
scale = st.sampled_from([1, 7, 2**20, 2**62, 2**300])


@st.composite
def integer_matrices(draw: st.DrawFn) -> ExactMatrix:
    """Integer matrices of every shape and size of entry, graded ones included."""
    rows, cols, bound = draw(dimension), draw(dimension), draw(scale)
    entry = st.one_of(st.just(0), st.integers(-3, 3), st.integers(-bound, bound))
    entries = draw(st.lists(entry, min_size=rows * cols, max_size=rows * cols))
    array = np.empty(rows * cols, dtype=object)
    array[:] = entries
    denominator = draw(st.sampled_from([1, 3, 2**40]))
    return ExactMatrix("w", array.reshape(rows, cols), denominator)


def rayleigh(matrix: ExactMatrix, x: list[int]) -> Fraction:
    """‖Wx‖²/‖x‖², exactly: at most σ²."""
    image = [sum(w * t for w, t in zip(row, x, strict=True)) for row in matrix.integers]
    return Fraction(sum(y * y for y in image), sum(t * t for t in x))


def best_direction(matrix: ExactMatrix) -> list[int]:
    """A vector close to the top right singular one."""
    shift = max(0, matrix.max_abs.bit_length() - 500)
    floats = (matrix.numerators.astype(object) >> shift).astype(float)
    top = np.linalg.svd(floats / max(1.0, np.abs(floats).max()))[2][0]
    return [int(t) for t in np.rint(top * 2.0**60)]


@settings(max_examples=150, deadline=None)
@given(integer_matrices())
def test_valid_tight_and_stable(matrix: ExactMatrix) -> None:
    certificate = certify_matrix(matrix)
    replay(matrix, certificate)
    again = read_json(record_to_json(certificate), SpectralCertificate, "")
    assert again == certificate
    lower = rayleigh(matrix, best_direction(matrix))
    assert lower <= certificate.sigma_squared <= lower * (1 + Fraction(1, 10**6)) ** 2
    # ‖W‖ = ‖Wᵀ‖.
    other = matrix.transpose()
    flipped = certify_matrix(other)
    replay(other, flipped)
    if matrix.rows != matrix.cols:
        assert (flipped.T, flipped.L) == (certificate.T, certificate.L)


@settings(max_examples=100, deadline=None)
@given(
    hnp.arrays(
        np.float64,
        hnp.array_shapes(min_dims=2, max_dims=2, max_side=5),
        elements=st.floats(allow_nan=False, allow_infinity=False),
    ),
    st.data(),
)
def test_no_vector_exceeds_the_bound(values: np.ndarray, data: st.DataObject) -> None:
    matrix = ExactMatrix.from_floats("w", values)
    certificate = certify_matrix(matrix)
    replay(matrix, certificate)
    entry = st.integers(-(10**6), 10**6)
    x = data.draw(st.lists(entry, min_size=matrix.cols, max_size=matrix.cols).filter(any))
    assert rayleigh(matrix, x) <= certificate.sigma_squared


@st.composite
def tampered(draw: st.DrawFn) -> tuple[ExactMatrix, SpectralCertificate, SpectralCertificate]:
    """A certificate with one digit of one field changed."""
    matrix = draw(integer_matrices())
    good = certify_matrix(matrix)
    field = draw(st.sampled_from(["c", "e", "T", "d", "epsilon", "L", "rows", "cols"]))
    if field == "L":
        i, j = (draw(st.integers(0, good.size - 1)) for _ in range(2))
        rows = [list(row) for row in good.L]
        rows[i][j] = draw(other_digit(rows[i][j]))
        return matrix, good, replace(good, L=tuple(map(tuple, rows)))
    changed = draw(other_digit(getattr(good, field)))
    return matrix, good, replace(good, **{field: changed})


@st.composite
def other_digit(draw: st.DrawFn, n: int) -> int:
    digits = list(str(abs(n)))
    position = draw(st.integers(0, len(digits) - 1))
    digits[position] = draw(st.sampled_from([d for d in "0123456789" if d != digits[position]]))
    return int("".join(digits)) * (-1 if n < 0 else 1)


@settings(max_examples=300, deadline=None)
@given(tampered())
def test_one_digit_changed_proves_nothing_false(case) -> None:
    matrix, good, bad = case
    try:
        replay(matrix, bad)
    except CertificateError:
        return
    # Accepted: the same statement by another witness, or a weaker true one by a larger T. With
    # L = 0 the scales are free too: e is idle, and c is held by E unless the matrix is zero.
    assert (bad.rows, bad.cols) == (good.rows, good.cols)
    assert rayleigh(matrix, best_direction(matrix)) <= bad.sigma_squared
    assert bad.d >= bad.size * bad.epsilon
    assert bad.T >= good.T
