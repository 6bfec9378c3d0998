"""Operations on each entry: activations, clamps, and what is put together from them."""

from __future__ import annotations

from fractions import Fraction

import torch
from torch import fx, nn
from torch.nn import functional

from lipbridge.language.from_torch.activations import ACTIVATIONS
from lipbridge.language.from_torch.graph import located
from lipbridge.language.from_torch.operations import Converter, Rule, register, rule
from lipbridge.language.from_torch.statements import Statement, scale, sum_of


def _entrywise(kind: str) -> Statement:
    return Statement(kind, ACTIVATIONS[kind][0])


def _plain(kind: str) -> Rule:
    return lambda _converter, _node: [_entrywise(kind)]


for _name, (_function, _targets) in ACTIVATIONS.items():
    if _name in ("elu", "gelu", "gelu_tanh", "softplus"):
        continue  # their parameters decide
    register(_name, _plain(_name), _function, *_targets)
    if hasattr(torch.Tensor, _name):
        register(_name, _plain(_name), _name)


@rule("gelu_tanh")
@rule("gelu", functional.gelu, nn.GELU)
def _gelu(converter: Converter, node: fx.Node) -> list[Statement]:
    tanh = converter.argument(node, 1, "approximate", "none") == "tanh"
    return [_entrywise("gelu_tanh" if tanh else "gelu")]


def _stretched(node: fx.Node, kind: str, factor: Fraction) -> list[Statement]:
    """``x ↦ φ(c·x)/c`` for c > 0."""
    if factor <= 0:
        raise located(f"{kind} with a parameter that is not positive", node)
    if factor == 1:
        return [_entrywise(kind)]
    return [*scale(factor), _entrywise(kind), *scale(1 / factor)]


@rule("softplus", functional.softplus, nn.Softplus)
def _softplus(converter: Converter, node: fx.Node) -> list[Statement]:
    """``log(1 + exp(βx))/β``; torch gives x where βx is beyond a threshold, by default 20."""
    threshold = converter.argument(node, 2, "threshold", 20.0)
    if converter.number(node, threshold, "the threshold of softplus") < 20:
        raise located("softplus jumps at its threshold; from 20 on it is log(1 + exp(βx))/β", node)
    beta = converter.number(node, converter.argument(node, 1, "beta", 1.0), "beta")
    return _stretched(node, "softplus", beta)


@rule("celu", functional.celu, torch.celu, nn.CELU)
def _celu(converter: Converter, node: fx.Node) -> list[Statement]:
    alpha = converter.number(node, converter.argument(node, 1, "alpha", 1.0), "alpha")
    if alpha <= 0:
        raise located("celu with a parameter that is not positive", node)
    return _stretched(node, "elu", 1 / alpha)


@rule("elu", functional.elu, nn.ELU)
def _elu(converter: Converter, node: fx.Node) -> list[Statement]:
    if converter.number(node, converter.argument(node, 1, "alpha", 1.0), "alpha") != 1:
        raise located("elu is known with alpha=1; celu takes any alpha, with constant 1", node)
    return [_entrywise("elu")]


@rule("leaky_relu", functional.leaky_relu, nn.LeakyReLU)
def _leaky_relu(converter: Converter, node: fx.Node) -> list[Statement]:
    slope = converter.argument(node, 1, "negative_slope", 0.01)
    slope = converter.number(node, slope, "the slope of leaky_relu")
    if not 0 <= slope <= 1:
        raise located(f"a leaky ReLU of slope {float(slope)}; slopes from 0 to 1 are known", node)
    return _leaky(slope)


def _leaky(slope: Fraction) -> list[Statement]:
    return [Statement(f"leaky_relu {slope}", lambda x: functional.leaky_relu(x, float(slope)))]


@rule("rrelu", functional.rrelu, nn.RReLU)
def _rrelu(converter: Converter, node: fx.Node) -> list[Statement]:
    if converter.argument(node, 3, "training", False):
        raise located("rrelu in training mode is random; call module.eval() first", node)
    bounds = ((1, "lower", 1 / 8), (2, "upper", 1 / 3))
    low, high = (converter.argument(node, *bound) for bound in bounds)
    return _leaky(converter.number(node, (low + high) / 2, "the slope of rrelu"))


def _clamped(converter: Converter, node: fx.Node, low: object, high: object) -> list[Statement]:
    if low is None or high is None:
        sign, bound = (1, low) if high is None else (-1, high)
        value = converter.number(node, bound, "a bound of clamp")
        turn = scale(Fraction(-1)) if sign < 0 else []
        shift, back = (converter.shift(node, sign * at) for at in (-value, value))
        # max(x, c) = relu(x − c) + c, and min(x, c) = −max(−x, −c).
        return [*turn, *shift, _entrywise("relu"), *back, *turn]
    least, most = (converter.number(node, bound, "a bound of clamp") for bound in (low, high))
    if least >= most:
        raise located(f"clamp from {float(least)} to {float(most)} is constant", node)
    return [
        Statement(f"clamp low={least} high={most}", lambda x: x.clamp(float(least), float(most)))
    ]


@rule("clamp", torch.clamp, "clamp", torch.clip, "clip")
def _clamp(converter: Converter, node: fx.Node) -> list[Statement]:
    low, high = (converter.argument(node, i, name) for i, name in ((1, "min"), (2, "max")))
    return _clamped(converter, node, low, high)


@rule("hardtanh", functional.hardtanh, nn.Hardtanh)
def _hardtanh(converter: Converter, node: fx.Node) -> list[Statement]:
    bounds = ((1, "min_val", -1.0), (2, "max_val", 1.0))
    low, high = (converter.argument(node, *bound) for bound in bounds)
    return _clamped(converter, node, low, high)


@rule("relu6", functional.relu6)
def _relu6(converter: Converter, node: fx.Node) -> list[Statement]:
    return _clamped(converter, node, 0.0, 6.0)


@rule("hardsigmoid", functional.hardsigmoid, nn.Hardsigmoid)
def _hardsigmoid(converter: Converter, node: fx.Node) -> list[Statement]:
    """``min(max(x + 3, 0), 6)/6``."""
    shift = converter.shift(node, Fraction(3))
    return [*shift, *_clamped(converter, node, 0.0, 6.0), *scale(Fraction(1, 6))]


@rule("softshrink", functional.softshrink, nn.Softshrink)
def _softshrink(converter: Converter, node: fx.Node) -> list[Statement]:
    """``x − min(max(x, −λ), λ)`` is relu(x − λ) − relu(−x − λ)."""
    size = converter.number(node, converter.argument(node, 1, "lambd", 0.5), "lambd")
    shift, turn = converter.shift(node, -size), scale(Fraction(-1))
    sides = ([*shift, _entrywise("relu")], [*turn, *shift, _entrywise("relu"), *turn])
    return [sum_of(*sides)]


@rule("prelu", functional.prelu, torch.prelu, "prelu", nn.PReLU)
def _prelu(converter: Converter, node: fx.Node) -> list[Statement]:
    """``max(x, 0) − a·max(−x, 0)``; one slope from 0 to 1 is a leaky ReLU."""
    name, slopes = converter.constant(node, converter.argument(node, 1, "weight"), "weight")
    if slopes.numel() == 1 and 0 <= float(slopes) <= 1:
        return _leaky(Fraction(float(slopes)))
    shape = converter.graph.values[node].shape
    if slopes.numel() > 1:
        # One slope a channel: axis 1 of torch's value.
        slopes = slopes.reshape(-1, *[1] * (len(shape) - 2))
    vector = converter.entries(node, slopes)
    gain = f'gain gain="{converter.keep(f"{name}.negated", -vector.flatten())}"'
    turn = scale(Fraction(-1))
    below = [*turn, _entrywise("relu"), Statement(gain, lambda x: x * -vector)]
    return [sum_of([_entrywise("relu")], below)]
