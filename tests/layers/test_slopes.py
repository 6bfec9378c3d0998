"""What a layer says of its slopes holds of its values, and of nothing less."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from lipbridge.layers import Layer, kinds, layer_class

POINTS = [Fraction(i, 8) for i in range(-64, 65)]
ERROR = Fraction(1, 10**12)


def entrywise(kind: str) -> Layer:
    cls = layer_class(kind)
    return cls.build("f", (len(POINTS),), cls.samples[0].arguments, ())


SLOPED = [
    kind
    for kind in kinds()
    if layer_class(kind).slopes is not Layer.slopes  # which says that there are none
]


def test_these_have_slopes_in_an_interval() -> None:
    rising = {kind for kind in SLOPED if entrywise(kind).slope_bound is not None}
    assert rising == {
        *("relu", "leaky_relu", "clamp", "elu", "erf", "log_sigmoid", "selu", "sigmoid"),
        *("softplus", "softsign", "tanh", "tanhshrink"),
    }
    falling = {"abs", "gelu", "gelu_tanh", "hardswish", "mish", "silu", "sin"}
    assert set(SLOPED) - rising == falling


@pytest.mark.parametrize("kind", SLOPED)
def test_values_neither_fall_nor_rise_faster(kind: str) -> None:
    layer = entrywise(kind)
    values = layer.apply(tuple(POINTS), {})
    assert layer.slopes is not None and layer.interval is not None
    least, most = layer.slopes
    lo, hi, q = layer.interval
    assert (Fraction(lo, q), Fraction(hi, q)) == (least, most)
    step = POINTS[1] - POINTS[0]
    rises = [(b - a) / step for a, b in pairwise(values)]
    assert min(rises) >= least - ERROR
    assert max(rises) <= most + ERROR
    # Nothing much less holds.
    assert max(rises) >= most * Fraction(4, 5)
    assert min(rises) <= least * Fraction(4, 5) + Fraction(1, 10)
