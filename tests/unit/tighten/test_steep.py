"""Points between which a chain is steep: exact, never above a certified bound."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from lipbridge.language import Network, parse
from lipbridge.language.exact import branch_value, rational_rows
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorRef, TensorSource
from lipbridge.tighten.claims.steep import (
    Points,
    ReluChain,
    find_points,
    point_denominator,
    relu_chain,
    steep,
)
from lipbridge.tighten.segments.pieces import cut

Tensors = dict[TensorSource, ExactMatrix]


def network(
    *sizes: int, activation: str = "relu", tokens: int = 1, seed: int = 0
) -> tuple[Network, Tensors]:
    rng = np.random.default_rng(seed)
    shape = f"{tokens} x {sizes[0]} mean_pool" if tokens > 1 else str(sizes[0])
    text, tensors = f"network n input {shape}", Tensors()
    for i, (cols, rows) in enumerate(pairwise(sizes)):
        text += f' {activation if i else ""} linear {rows} weight="w{i}" bias="b{i}"'
        for name, values in ((f"w{i}", (rows, cols)), (f"b{i}", (1, rows))):
            floats = rng.standard_normal(values).astype(np.float32)
            tensors[TensorRef(name)] = ExactMatrix.from_floats(name, floats)
    return parse(text), tensors


def chain(found: Network, tensors: Tensors) -> ReluChain:
    cuts = relu_chain(cut(found.body, tensors, merge=True), tensors)
    assert cuts is not None
    return cuts


def points(found: Network, tensors: Tensors) -> Points:
    base, power = point_denominator(found, tensors)
    known = find_points(chain(found, tensors), base**power)
    assert known is not None
    return known


@pytest.mark.parametrize(
    ("sizes", "activation"),
    [
        ((6, 4, 2), "relu"),
        ((2, 7, 3), "relu"),
        ((1, 1, 1), "relu"),
        ((3, 4, 3, 2), "relu"),
        ((3, 5, 4, 1), "leaky_relu 1/8"),
        ((2, 3, 5), "abs"),
    ],
)
def test_the_constant_is_the_slope_of_the_network_itself(
    sizes: tuple[int, ...], activation: str
) -> None:
    for tokens in (1, 3):
        found, tensors = network(*sizes, activation=activation, tokens=tokens)
        known = points(found, tensors)
        shown, rows = steep(found, tensors, known), rational_rows(tensors)
        base, power = point_denominator(found, tensors)
        x, y = (tuple(Fraction(e, base**power) for e in point) * tokens for point in known)
        values = [branch_value(found.body, point, rows) for point in (x, y)]
        rise = sum((a - b) ** 2 for a, b in zip(*values, strict=True))
        square = rise / sum((a - b) ** 2 for a, b in zip(x, y, strict=True))
        assert 0 < shown.constant**2 <= square
        assert float(shown.constant**2) == pytest.approx(float(square), rel=1e-8)


def test_a_token_stands_for_a_point_of_equal_tokens() -> None:
    found, tensors = network(6, 4, 2, tokens=3)
    first, second = known = points(found, tensors)
    shown, whole = (steep(found, tensors, x) for x in (known, (first * 3, second * 3)))
    assert (shown.tokens, whole.tokens) == (3, 1)
    assert shown.constant == whole.constant
    assert shown.layers[0][-1].value.vector == whole.layers[0][-1].value.vector
    for wrong in ((first, second * 3), (first * 2, second * 2), ((), ())):
        with pytest.raises(ValueError, match="18 entries are needed, or one of equal tokens"):
            steep(found, tensors, wrong)
    mean = parse("network n input 2 x 3 mean_pool")
    with pytest.raises(ValueError, match="6 entries"):
        steep(mean, {}, ((1, 2, 3), (4, 5, 6)))


def test_it_is_the_steepest_pattern_of_a_small_layer() -> None:
    found, tensors = network(6, 4, 2)
    u, v = (m.numerators.astype(float) / m.denominator for m in chain(found, tensors).maps)
    patterns = [np.array([i >> j & 1 for j in range(4)], float) for i in range(16)]
    best = max(float(np.linalg.norm((v * s) @ u, 2)) for s in patterns)
    shown = steep(found, tensors, points(found, tensors))
    assert float(shown.constant) == pytest.approx(best, rel=1e-6)


def test_a_deep_chain_is_steeper_than_at_random_points() -> None:
    found, tensors = network(4, 6, 5, 2, seed=3)
    shown, rows = steep(found, tensors, points(found, tensors)), rational_rows(tensors)
    rng = np.random.default_rng(0)
    for _ in range(30):
        x, y = (tuple(map(Fraction, rng.integers(-9, 9, 4).tolist())) for _ in range(2))
        if x == y:
            continue
        first, second = (branch_value(found.body, point, rows) for point in (x, y))
        rise = sum((a - b) ** 2 for a, b in zip(first, second, strict=True))
        assert rise <= shown.constant**2 * sum((a - b) ** 2 for a, b in zip(x, y, strict=True))


def test_other_networks_and_other_points_show_nothing() -> None:
    tensors: Tensors = {TensorRef("u"): ExactMatrix.from_fractions("u", [[Fraction(1)]])}
    for text in ('linear 1 weight="u" relu', 'linear 1 weight="u" tanh linear 1 weight="u"'):
        body = parse(f"network n input 1 {text}").body
        assert relu_chain(cut(body, tensors, merge=True), tensors) is None
    inexact = parse('network n input 1 linear 1 weight="u" tanh linear 1 weight="u"')
    with pytest.raises(ValueError, match="tanh1 has no exact value"):
        steep(inexact, tensors, ((1,), (2,)))
    found, tensors = network(2, 2, 1)
    with pytest.raises(ValueError, match="2 entries"):
        steep(found, tensors, ((1, 2, 3), (2, 3, 4)))
    with pytest.raises(ValueError, match="one and the same"):
        steep(found, tensors, ((1, 2), (1, 2)))
