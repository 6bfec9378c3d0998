"""What a layer says of its slopes holds of its values, and of nothing less."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import pytest
from flint import arb, arb_series

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


Function = Callable[[arb_series], arb_series]
END = 12
"""Beyond, slopes are within ``END·exp(−END)`` of 0 on the left and of 1 on the right.

With x ≥ END ≥ 3, s(x) = 1/(1 + e^(−x)), and all terms that fall from some x < 3 on:
gelu: Φ(x) + xΦ'(x), 1 − Φ(x) ≤ Φ'(x) and xΦ'(x) ≤ x·e^(−x²/2); silu: s + x·s·(1 − s),
1 − s ≤ e^(−x); gelu_tanh with u ≥ √(2/π)·x: (1 + tanh u)/2 + x·u'·(1 − tanh² u)/2, x·u' ≤ 3u,
1 − tanh² u ≤ 4e^(−2u), so 6u·e^(−2u) at most. On the left 1 less that, since φ(x) − φ(−x) = x.
mish, t = tanh(ln(1 + e^x)): t + x·s·(1 − t²), 1 − t² ≤ 4e^(−2x); on the left t ≤ e^x, s ≤ e^x.
"""


def tanh(x: arb_series) -> arb_series:
    return 1 - 2 / ((2 * x).exp() + 1)


# Written anew, and differentiated by arb.
FALLING: dict[str, Function] = {
    "gelu": lambda x: x * (1 + (x / arb(2).sqrt()).erf()) / 2,
    "gelu_tanh": lambda x: (
        x * (1 + tanh((2 / arb.pi()).sqrt() * (x + arb(44715) / 1000000 * x * x * x))) / 2
    ),
    "silu": lambda x: x / (1 + (-x).exp()),
    "mish": lambda x: x * tanh((1 + x.exp()).log()),
}


def slope(function: Function, middle: arb, reach: arb) -> arb:
    """A ball around all slopes within reach of a point, by the mean value theorem."""
    all_points = middle + reach * arb(0, 1)
    curvature = 2 * function(arb_series([all_points, 1], 3))[2]
    return function(arb_series([middle, 1], 2))[1] + curvature * reach * arb(0, 1)


@pytest.mark.parametrize("kind", FALLING)
def test_intervals_of_what_falls_hold_in_interval_arithmetic(kind: str) -> None:
    layer, function = entrywise(kind), FALLING[kind]
    for point, value in zip(POINTS, layer.apply(tuple(POINTS), {}), strict=True):
        known = function(arb_series([arb(point.numerator) / point.denominator, 1], 2))[0]
        assert abs(known - arb(value.numerator) / value.denominator) < 1e-14
    assert layer.interval is not None
    lo, hi, q = layer.interval
    tail = END * (-arb(END)).exp()
    assert q * tail < -lo and q * tail < hi - q
    todo = [(Fraction(i, 4), Fraction(1, 8)) for i in range(-4 * END, 4 * END + 1)]
    while todo:
        middle, reach = todo.pop()
        assert reach > Fraction(1, 10**6), f"undecided near {float(middle)}"
        balls = (arb(x.numerator) / x.denominator for x in (middle, reach))
        found = q * slope(function, *balls)
        if not (lo < found and found < hi):
            todo += [(middle + sign * reach / 2, reach / 2) for sign in (-1, 1)]


def test_slopes_of_erf_and_selu_are_no_larger() -> None:
    # erf: 2/√π·e^(−x²); selu: λα·e^x on the left of 0, λ on the right; both positive.
    assert 100 * 2 / arb.pi().sqrt() < 113
    scale, alpha = (
        arb("1.0507009873554804934193349852946"),
        arb("1.6732632423543772848170429916717"),
    )
    assert scale < scale * alpha and 10000 * scale * alpha < 17581
