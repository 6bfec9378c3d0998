"""ExactMatrix holds exactly what the weights file holds."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as hnp

from lipbridge.errors import ShapeError, WeightsError
from lipbridge.language.tensor import ExactMatrix


def test_from_fractions_uses_the_least_common_denominator() -> None:
    m = ExactMatrix.from_fractions("m", [[Fraction(1, 2), 3], [Fraction(-5, 6), 0]])
    assert (m.rows, m.cols, m.denominator) == (2, 2, 6)
    assert m.integers == [[3, 18], [-5, 0]]
    assert m.entry(1, 0) == Fraction(-5, 6)


def test_small_entries_are_int64_and_large_ones_python_integers() -> None:
    small = ExactMatrix.from_fractions("m", [[2**63 - 1]])
    large = ExactMatrix.from_fractions("m", [[-(2**63)]])
    assert small.numerators.dtype == np.int64
    assert large.numerators.dtype == object
    assert large.integers == [[-(2**63)]]
    assert large.max_abs == 2**63


@given(
    hnp.arrays(
        np.float64,
        hnp.array_shapes(min_dims=2, max_dims=2, max_side=4),
        elements=st.floats(allow_nan=False, allow_infinity=False),
    )
)
def test_floats_convert_without_rounding(values: np.ndarray) -> None:
    m = ExactMatrix.from_floats("w", values)
    assert m.denominator & (m.denominator - 1) == 0
    for i in range(m.rows):
        for j in range(m.cols):
            assert m.entry(i, j) == Fraction(float(values[i, j]))
    odd = any(n % 2 for row in m.integers for n in row)
    assert odd or m.denominator == 1


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.int32, np.uint64])
def test_other_dtypes(dtype: type) -> None:
    values = np.array([[1, 2], [3, 5]], dtype=dtype)
    assert ExactMatrix.from_floats("w", values).integers == [[1, 2], [3, 5]]


def test_transpose() -> None:
    m = ExactMatrix.from_fractions("m", [[1, 2, 3], [4, 5, 6]])
    assert m.transpose().integers == [[1, 4], [2, 5], [3, 6]]
    assert m.transpose().transpose() == m


def test_digest_depends_on_every_part_but_the_name() -> None:
    base = ExactMatrix.from_fractions("m", [[1, 2], [3, 4]])
    renamed = ExactMatrix.from_fractions("n", [[1, 2], [3, 4]])
    assert base.sha256 == renamed.sha256
    assert base != renamed
    others = [
        ExactMatrix.from_fractions("m", [[1, 2], [3, 5]]),
        ExactMatrix.from_fractions("m", [[1, 2, 3, 4]]),
        ExactMatrix("m", base.numerators, 2),
        ExactMatrix.from_fractions("m", [[1, 2], [3, 4 + 2**64]]),
    ]
    assert len({m.sha256 for m in [base, *others]}) == 5


def test_numerators_cannot_be_changed() -> None:
    source = np.array([[1, 2]])
    m = ExactMatrix("m", source)
    source[0, 0] = 9
    assert m.integers == [[1, 2]]
    with pytest.raises(ValueError, match="read-only"):
        m.numerators[0, 0] = 3


@pytest.mark.parametrize(
    ("build", "error", "words"),
    [
        (lambda: ExactMatrix("m", np.zeros(2, np.int64)), ShapeError, "shape"),
        (lambda: ExactMatrix("m", np.zeros((0, 2), np.int64)), ShapeError, "empty"),
        (lambda: ExactMatrix("m", np.ones((1, 1), np.int64), 0), WeightsError, "positive"),
        (lambda: ExactMatrix("m", np.ones((1, 1))), WeightsError, "not integers"),
        (
            lambda: ExactMatrix("m", np.array([[True]], dtype=object)),
            WeightsError,
            "not an integer",
        ),
        (lambda: ExactMatrix.from_floats("m", np.array([[1.0, np.nan]])), WeightsError, "nan"),
        (lambda: ExactMatrix.from_floats("m", np.zeros(3)), ShapeError, "shape"),
        (lambda: ExactMatrix.from_fractions("m", [[1], [1, 2]]), ShapeError, "lengths"),
        (lambda: ExactMatrix.from_fractions("m", []), ShapeError, "lengths"),
    ],
)
def test_rejects(build, error: type, words: str) -> None:
    with pytest.raises(error, match=words):
        build()
