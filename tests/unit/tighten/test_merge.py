"""Adjacent linear maps multiplied out, and single scores, against float64."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from lipbridge.language import parse
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorRef
from lipbridge.layers.linear import Linear
from lipbridge.tighten.merge import merge_linear, score_squares

SPEC = """
network n
input 5
linear 4 weight="a"
linear 3 weight="b" bias="c"
dot 2 keys="k"
"""


def tensors() -> dict[TensorRef, ExactMatrix]:
    rng = np.random.default_rng(0)
    shapes = {"a": (4, 5), "b": (3, 4), "c": (1, 3), "k": (2, 3)}
    return {
        TensorRef(name): ExactMatrix.from_floats(name, rng.standard_normal(shape))
        for name, shape in shapes.items()
    }


def floats(matrix: ExactMatrix) -> np.ndarray:
    return np.array([[n / matrix.denominator for n in row] for row in matrix.integers()])


def test_a_chain_of_linear_maps_is_one() -> None:
    known = tensors()
    merged = merge_linear(parse(SPEC), known)
    assert merged is not None
    network, found = merged
    (layer,) = network.body.layers
    assert isinstance(layer, Linear)
    product = floats(known[TensorRef("k")]) @ floats(known[TensorRef("b")])
    product = product @ floats(known[TensorRef("a")])
    np.testing.assert_allclose(floats(found[layer.weight]), product, rtol=1e-13, atol=1e-13)
    scores = score_squares(network, found)
    assert scores is not None
    assert [float(s) for s in scores.squares] == pytest.approx((product**2).sum(1))
    assert float(scores.pair) == pytest.approx(((product[0] - product[1]) ** 2).sum())
    assert not scores.before.layers


def test_an_activation_keeps_maps_apart() -> None:
    spec = SPEC.replace("linear 3", "relu linear 3")
    merged = merge_linear(parse(spec), tensors())
    assert merged is not None
    assert [layer.kind for layer in merged[0].body.layers] == ["linear", "relu", "linear"]
    apart = spec.replace("dot", "relu dot")
    assert merge_linear(parse(apart), tensors()) is None
    scores = score_squares(parse(apart), tensors())
    assert scores is not None
    assert len(scores.before.layers) == 4


def test_inside_branches_and_without_scores() -> None:
    known = tensors()
    spec = 'network n input 5 concat { linear 4 weight="a" linear 3 weight="b" } { relu }'
    merged = merge_linear(parse(spec), known)
    assert merged is not None
    first = merged[0].body.layers[0].children()[0]
    assert len(first.layers) == 1
    assert score_squares(*merged) is None
    single = parse('network n input 3 dot 1 keys="k"[0:1]')
    rows = {TensorRef("k", (0, 1)): ExactMatrix.from_fractions("k", [[Fraction(1)] * 3])}
    assert score_squares(single, rows) is None
