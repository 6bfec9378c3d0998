"""What a layer says of its slopes holds of its values, and of nothing less."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from lipbridge.layers import Layer, kinds, layer_class

RISING = [kind for kind in kinds() if layer_class(kind).slope_bound is not None]
POINTS = [Fraction(i, 8) for i in range(-64, 65)]
ERROR = Fraction(1, 10**12)


def made(kind: str) -> Layer:
    cls = layer_class(kind)
    return cls.build("f", (len(POINTS),), cls.samples[0].arguments, ())


def test_these_have_slopes_between_0_and_a_bound() -> None:
    assert set(RISING) == {
        *("relu", "leaky_relu", "clamp", "elu", "erf", "log_sigmoid", "selu", "sigmoid"),
        *("softplus", "softsign", "tanh", "tanhshrink"),
    }


@pytest.mark.parametrize("kind", RISING)
def test_values_never_fall_nor_rise_faster(kind: str) -> None:
    layer = made(kind)
    values = layer.apply(tuple(POINTS), {})
    bound = layer.slope_bound
    assert bound is not None
    rises = [b - a for a, b in pairwise(values)]
    step = POINTS[1] - POINTS[0]
    assert min(rises) >= -ERROR
    assert max(rises) <= bound * step + ERROR
    assert max(rises) >= bound * step * Fraction(4, 5)
