"""Points between which a hidden layer is steep: exact, never above a certified bound."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from lipbridge.language import parse
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorRef
from lipbridge.tighten.pieces import cut
from lipbridge.tighten.steep import HiddenLayer, find_points, hidden_layer, steep

SPEC = 'network n input {} linear {} weight="u" bias="b" relu linear {} weight="v"'


def layer(inputs: int, hidden: int, outputs: int, tokens: int = 1, seed: int = 0) -> HiddenLayer:
    rng = np.random.default_rng(seed)
    shapes = {"u": (hidden, inputs), "b": (1, hidden), "v": (outputs, hidden)}
    tensors = {
        TensorRef(name): ExactMatrix.from_floats(name, rng.standard_normal(shape))
        for name, shape in shapes.items()
    }
    shape = f"{tokens} x {inputs} mean_pool" if tokens > 1 else str(inputs)
    body = parse(SPEC.format(shape, hidden, outputs)).body
    found = hidden_layer(cut(body, tensors, merge=True), tensors)
    assert found is not None
    return found


def value(found: HiddenLayer, x: tuple[int, ...]) -> list[Fraction]:
    def times(matrix: ExactMatrix, vector: list[Fraction]) -> list[Fraction]:
        rows = matrix.integers
        return [
            sum((n * v for n, v in zip(row, vector, strict=True)), Fraction(0)) / matrix.denominator
            for row in rows
        ]

    assert found.bias is not None
    shift = [Fraction(n, found.bias.denominator) for n in found.bias.integers[0]]
    hidden = times(found.first.matrix, [Fraction(entry) for entry in x])
    active = [max(h + b, Fraction(0)) for h, b in zip(hidden, shift, strict=True)]
    return times(found.last.matrix, active)


@pytest.mark.parametrize("shape", [(6, 4, 2), (6, 4, 1), (2, 7, 3), (1, 1, 1)])
def test_the_constant_is_the_slope_of_the_network_itself(shape: tuple[int, int, int]) -> None:
    for tokens in (1, 3):
        found = layer(*shape, tokens=tokens)
        points = find_points(found)
        assert points is not None
        shown = steep("n", found, points)
        values = [value(found, point) for point in points]
        rise = sum((a - b) ** 2 for a, b in zip(*values, strict=True))
        run = tokens * sum((a - b) ** 2 for a, b in zip(*points, strict=True))
        square = rise / run
        assert shown.constant**2 <= square
        assert float(shown.constant**2) == pytest.approx(float(square), rel=1e-8)


def test_it_is_the_steepest_pattern_of_a_small_layer() -> None:
    found = layer(6, 4, 2)
    u, v = (
        m.numerators.astype(float) / m.denominator for m in (found.first.matrix, found.last.matrix)
    )
    patterns = [np.array([i >> j & 1 for j in range(4)], float) for i in range(16)]
    best = max(float(np.linalg.norm((v * s) @ u, 2)) for s in patterns)
    points = find_points(found)
    assert points is not None
    assert float(steep("n", found, points).constant) == pytest.approx(best, rel=1e-6)


def test_other_networks_and_other_points_show_nothing() -> None:
    tensors = {TensorRef("u"): ExactMatrix.from_fractions("u", [[Fraction(1)]])}
    for text in ('linear 1 weight="u" relu', 'linear 1 weight="u" abs linear 1 weight="u"'):
        body = parse(f"network n input 1 {text}").body
        assert hidden_layer(cut(body, tensors, merge=True), tensors) is None
    found = layer(2, 2, 1)
    with pytest.raises(ValueError, match="2 entries"):
        steep("n", found, ((1,), (2,)))
    with pytest.raises(ValueError, match="one and the same"):
        steep("n", found, ((1, 2), (1, 2)))
    with pytest.raises(ValueError, match="on at one"):
        steep("n", found, ((10**9, 10**9), (-(10**9), -(10**9))))
