"""Bases of packed checks are wide enough and no wider; the record of a tightening is read back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lipbridge.certify import certify_matrix
from lipbridge.emit.data.packed import PackedMatrix, packed_matrix, product_base
from lipbridge.emit.export.tighter_record import tightening_from_json, tightening_to_json
from lipbridge.emit.network.segments.rescale import scaled_base
from lipbridge.errors import CertificateError
from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten.claims.scores import Scores
from lipbridge.tighten.claims.steep import SteepPoints
from lipbridge.tighten.segments.rescale import rescale
from lipbridge.tighten.tighten import Tightening


def matrix(rows: int, cols: int, size: int, seed: int) -> ExactMatrix:
    entries = np.random.default_rng(seed).integers(-size, size, (rows, cols), endpoint=True)
    return ExactMatrix("m", entries)


def digits(packed: PackedMatrix, i: int, j: int) -> int:
    """The stored digit of an entry, bias counted in."""
    return packed.entry(i, j) + packed.data.bias


@pytest.mark.parametrize("transposed", [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)])
def test_both_sides_of_a_product_row_fit(transposed: tuple[int, int, int]) -> None:
    """Σ a_t b_tj + (mid·β·γ + μ) = m_j + β Σ b_tj + γ Σ a_t, as ``productRow`` states it."""
    x, y = matrix(3, 5, 100, 1), matrix(5, 4, 9, 2)
    product = ExactMatrix("p", x.numerators @ y.numerators)
    a, b, m = (
        packed_matrix(source, transposed=bool(flag))
        for source, flag in zip((x, y, product), transposed, strict=True)
    )
    base = product_base(a, b, m, 5)
    beta, gamma, mu = a.data.bias, b.data.bias, m.data.bias
    for i in range(3):
        for j in range(4):
            left = sum(digits(a, i, t) * digits(b, t, j) for t in range(5))
            left += 5 * beta * gamma + mu
            right = digits(m, i, j) + beta * sum(digits(b, t, j) for t in range(5))
            right += gamma * sum(digits(a, i, t) for t in range(5))
            assert left == right < 1 << base
    most = 5 * ((1 << a.data.width + b.data.width) + beta * gamma) + mu
    assert most >= 1 << base - 1


def test_both_sides_of_a_scaled_row_fit() -> None:
    """u'·c + c'·β = c'·u + β'·c, as ``scaledRows`` states it."""
    x, y = matrix(3, 2, 50, 3), matrix(2, 3, 50, 4)
    chain = rescale([x, y], [(12, 280, 1)], ["a", "b"])
    for index, source in enumerate((x, y)):
        old, new = packed_matrix(source), packed_matrix(chain.matrices[index], transposed=True)
        before, after = chain.scales[index], chain.scales[index + 1]
        widths = max(before).bit_length(), max(after).bit_length()
        base = scaled_base(old.data, new.data, *widths)
        for i in range(source.rows):
            for j in range(source.cols):
                left = digits(new, i, j) * before[j] + after[i] * old.data.bias
                right = after[i] * digits(old, i, j) + new.data.bias * before[j]
                assert left == right < 1 << base


def test_a_tightening_is_read_back() -> None:
    certificate = certify_matrix(matrix(2, 2, 5, 5))
    wanted = Tightening(
        True,
        {"relu1": (1, 2, 60)},
        {"a_merged": certificate},
        claims={"points": SteepPoints(((1, 2), (3, 4))), "scores": Scores(())},
    )
    text = tightening_to_json(replace(wanted, notes=("a note",)))
    known = {"a_merged": certificate}.__getitem__
    found = tightening_from_json(text, "n.json", known)
    assert found == wanted
    for old, new in (
        ("60", '"60"'),
        ("true", "1"),
        ('"points"', '"extra"'),
        ("[3, 4]", "3"),
    ):
        with pytest.raises(CertificateError, match=r"^n\.json"):
            tightening_from_json(text.replace(old, new), "n.json", known)
