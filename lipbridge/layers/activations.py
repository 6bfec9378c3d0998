"""Activations that are given functions with a bound of their slope, entry by entry: a line each."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any, ClassVar, cast

from lipbridge.layers.arguments import Sample
from lipbridge.layers.base import Layer
from lipbridge.layers.tensors import Tensors, Vector, Vectors

_SELU, _SELU_NEGATIVE = 1.0507009873554805, 1.7580993408473766
"""λ and λ·α of Klambauer et al., "Self-normalizing neural networks" (2017)."""


class Smooth(Layer):
    """``x ↦ φ(x)`` in each entry, φ given with a bound of its slope.

    In Lean φ is any function with slopes from ``least`` to its constant; that the real φ is one is
    analysis, which the library leaves to its user.

    Constant: a rational number that no slope of φ exceeds, up or down.

    Class facts:
        formula: φ in a few words.
        least: a rational number that no slope of φ is below.
        value: φ in float64.
    """

    formula: ClassVar[str]
    least: ClassVar[Fraction]
    value: ClassVar[Callable[[float], float]]
    template = "smooth"
    lean_rule = "LipBridge.activation_sqLipschitz"
    sup_rule = "LipBridge.activation_supLipschitz"
    exact = False
    parameter = "R → R"
    samples = (Sample((3,)), Sample((2, 2)))

    @property
    def slopes(self) -> tuple[Fraction, Fraction]:
        return self.least, Fraction(self.lipschitz)

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        return tuple(Fraction(type(self).value(float(v))) for v in x)

    def apply_integers(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        return x


def _sigmoid(x: float) -> float:
    return 0.5 * (1 + math.tanh(x / 2))


def _softplus(x: float) -> float:
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def _gelu_tanh(x: float) -> float:
    return 0.5 * x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def _elu(x: float) -> float:
    return x if x > 0 else math.expm1(x)


# Keyword, formula, bounds of the slope from below and above, whether no smaller slope bounds φ, φ.
# The steepest slopes: gelu 1.12890… at √2, gelu_tanh 1.12899… near 1.42, mish 1.08849… near 1.49,
# silu 1.09983… near 2.40, selu λα from the left of 0, hardswish 3/2 from the left of 3. The least:
# 1 less the steepest at the opposite point, of gelu, gelu_tanh, silu and hardswish; mish −0.11252…
# near −2.26.
_ACTIVATIONS: tuple[tuple[str, str, Fraction, Fraction, bool, Callable[[float], float]], ...] = (
    ("elu", "x ↦ x for x > 0, else e^x − 1,", Fraction(0), Fraction(1), True, _elu),
    ("erf", "x ↦ erf x", Fraction(0), Fraction(113, 100), False, math.erf),
    (
        "gelu",
        "x ↦ x·Φ(x), Φ the normal distribution,",
        Fraction(-13, 100),
        Fraction(113, 100),
        False,
        lambda x: 0.5 * x * math.erfc(-x / math.sqrt(2)),
    ),
    (
        "gelu_tanh",
        "x ↦ x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))/2",
        Fraction(-13, 100),
        Fraction(113, 100),
        False,
        _gelu_tanh,
    ),
    (
        "hardswish",
        "x ↦ x·min(max(x + 3, 0), 6)/6",
        Fraction(-1, 2),
        Fraction(3, 2),
        True,
        lambda x: x * min(max(x + 3, 0.0), 6.0) / 6,
    ),
    (
        "log_sigmoid",
        "x ↦ −ln(1 + e^(−x))",
        Fraction(0),
        Fraction(1),
        True,
        lambda x: -_softplus(-x),
    ),
    (
        "mish",
        "x ↦ x·tanh(ln(1 + e^x))",
        Fraction(-113, 1000),
        Fraction(1089, 1000),
        False,
        lambda x: x * math.tanh(_softplus(x)),
    ),
    (
        "selu",
        "x ↦ λ·x for x > 0, else λ·α·(e^x − 1),",
        Fraction(0),
        Fraction(17581, 10000),
        False,
        lambda x: _SELU * x if x > 0 else _SELU_NEGATIVE * math.expm1(x),
    ),
    ("sigmoid", "x ↦ 1/(1 + e^(−x))", Fraction(0), Fraction(1, 4), True, _sigmoid),
    (
        "silu",
        "x ↦ x/(1 + e^(−x))",
        Fraction(-1, 10),
        Fraction(11, 10),
        False,
        lambda x: x * _sigmoid(x),
    ),
    ("sin", "x ↦ sin x", Fraction(-1), Fraction(1), True, math.sin),
    ("softplus", "x ↦ ln(1 + e^x)", Fraction(0), Fraction(1), True, _softplus),
    ("softsign", "x ↦ x/(1 + |x|)", Fraction(0), Fraction(1), True, lambda x: x / (1 + abs(x))),
    ("tanh", "x ↦ tanh x", Fraction(0), Fraction(1), True, math.tanh),
    ("tanhshrink", "x ↦ x − tanh x", Fraction(0), Fraction(1), True, lambda x: x - math.tanh(x)),
)

for _kind, _formula, _least, _slope, _tight, _value in _ACTIVATIONS:
    _facts: dict[str, Any] = {
        "__doc__": Smooth.__doc__,
        "summary": f"{_formula.rstrip(',')}, in each entry",
        "formula": _formula,
        "least": _least,
        "lipschitz": _slope,
        "tight": _tight,
        "fixes_zero": _value(0.0) == 0,
        "value": staticmethod(cast("Any", _value)),
    }
    cast("Any", type(Smooth))(_kind.title().replace("_", ""), (Smooth,), _facts, kind=_kind)
