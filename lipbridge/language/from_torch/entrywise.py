"""Operations on each entry: activations, clamps, and what is put together from them."""

from __future__ import annotations

from fractions import Fraction

import torch
from torch import nn
from torch.nn import functional

from lipbridge.language.from_torch.activations import ACTIVATIONS, KINKS
from lipbridge.language.from_torch.call import Call
from lipbridge.language.from_torch.operations import Rule, rule
from lipbridge.language.from_torch.statements import NEGATED, Statement, scale, sum_of


def _entrywise(kind: str) -> Statement:
    return Statement(kind, ACTIVATIONS[kind][0], kinks=KINKS.get(kind, ()))


def _plain(kind: str) -> Rule:
    def convert(_call: Call) -> list[Statement]:
        return [_entrywise(kind)]

    return convert


for _name, (_function, _targets) in ACTIVATIONS.items():
    if _name in ("elu", "gelu", "gelu_tanh", "softplus"):
        continue  # their parameters decide
    _methods = (_name,) if hasattr(torch.Tensor, _name) else ()
    rule(_name, _function, *_targets, *_methods)(_plain(_name))


@rule("gelu_tanh")
@rule("gelu", functional.gelu, nn.GELU)
def _gelu(_call: Call, approximate: str = "none") -> list[Statement]:
    return [_entrywise("gelu_tanh" if approximate == "tanh" else "gelu")]


def _stretched(call: Call, kind: str, factor: Fraction) -> list[Statement]:
    """``x ↦ φ(c·x)/c`` for c > 0."""
    if factor <= 0:
        raise call.refused(f"{kind} with a parameter that is not positive")
    if factor == 1:
        return [_entrywise(kind)]
    return [*scale(factor), _entrywise(kind), *scale(1 / factor)]


@rule("softplus", functional.softplus, nn.Softplus)
def _softplus(call: Call, beta: object = 1.0, threshold: object = 20.0) -> list[Statement]:
    """``log(1 + exp(βx))/β``; torch gives x where βx is beyond a threshold, by default 20."""
    if call.number(threshold, "the threshold of softplus") < 20:
        raise call.refused("softplus jumps at its threshold; from 20 on it is log(1 + exp(βx))/β")
    return _stretched(call, "softplus", call.number(beta, "beta"))


@rule("celu", functional.celu, torch.celu, nn.CELU)
def _celu(call: Call, alpha: object = 1.0) -> list[Statement]:
    found = call.number(alpha, "alpha")
    if found <= 0:
        raise call.refused("celu with a parameter that is not positive")
    return _stretched(call, "elu", 1 / found)


@rule("elu", functional.elu, nn.ELU)
def _elu(call: Call, alpha: object = 1.0) -> list[Statement]:
    if call.number(alpha, "alpha") != 1:
        raise call.refused("elu is known with alpha=1; celu takes any alpha, with constant 1")
    return [_entrywise("elu")]


@rule("leaky_relu", functional.leaky_relu, nn.LeakyReLU)
def _leaky_relu(call: Call, negative_slope: object = 0.01) -> list[Statement]:
    slope = call.number(negative_slope, "the slope of leaky_relu")
    if not 0 <= slope <= 1:
        raise call.refused(f"a leaky ReLU of slope {float(slope)}; slopes from 0 to 1 are known")
    return _leaky(slope)


def _leaky(slope: Fraction) -> list[Statement]:
    def apply(x: torch.Tensor) -> torch.Tensor:
        return functional.leaky_relu(x, float(slope))

    return [Statement(f"leaky_relu {slope}", apply, kinks=(0.0,))]


@rule("rrelu", functional.rrelu, nn.RReLU)
def _rrelu(
    call: Call, lower: float = 1 / 8, upper: float = 1 / 3, training: bool = False
) -> list[Statement]:
    if training:
        raise call.refused("rrelu in training mode is random; call module.eval() first")
    return _leaky(call.number((lower + upper) / 2, "the slope of rrelu"))


@rule("clamp", torch.clamp, "clamp", torch.clip, "clip")
def _clamp(call: Call, min: object = None, max: object = None) -> list[Statement]:
    return _clamped(call, min, max)


@rule("hardtanh", functional.hardtanh, nn.Hardtanh)
def _hardtanh(call: Call, min_val: object = -1.0, max_val: object = 1.0) -> list[Statement]:
    return _clamped(call, min_val, max_val)


@rule("relu6", functional.relu6)
def _relu6(call: Call) -> list[Statement]:
    return _clamped(call, 0.0, 6.0)


def _clamped(call: Call, low: object, high: object) -> list[Statement]:
    if low is None or high is None:
        sign, bound = (1, low) if high is None else (-1, high)
        value = call.number(bound, "a bound of clamp")
        turn = [NEGATED] if sign < 0 else []
        shift, back = (call.shift(sign * at) for at in (-value, value))
        # max(x, c) = relu(x − c) + c, and min(x, c) = −max(−x, −c).
        return [*turn, *shift, _entrywise("relu"), *back, *turn]
    least, most = (call.number(bound, "a bound of clamp") for bound in (low, high))
    if least >= most:
        raise call.refused(f"clamp from {float(least)} to {float(most)} is constant")
    kinks = float(least), float(most)
    text = f"clamp low={least} high={most}"
    return [Statement(text, lambda x: x.clamp(*kinks), kinks=kinks)]


@rule("hardsigmoid", functional.hardsigmoid, nn.Hardsigmoid)
def _hardsigmoid(call: Call) -> list[Statement]:
    """``min(max(x + 3, 0), 6)/6``."""
    return [*call.shift(Fraction(3)), *_clamped(call, 0.0, 6.0), *scale(Fraction(1, 6))]


@rule("softshrink", functional.softshrink, nn.Softshrink)
def _softshrink(call: Call, lambd: object = 0.5) -> list[Statement]:
    """``x − min(max(x, −λ), λ)`` is relu(x − λ) − relu(−x − λ)."""
    above = [*call.shift(-call.number(lambd, "lambd")), _entrywise("relu")]
    return [sum_of([above, [NEGATED, *above, NEGATED]])]


@rule("prelu", functional.prelu, torch.prelu, "prelu", nn.PReLU)
def _prelu(call: Call, weight: object = None) -> list[Statement]:
    """``max(x, 0) − a·max(−x, 0)``; one slope from 0 to 1 is a leaky ReLU."""
    name, slopes = call.constant(weight, "weight")
    if slopes.numel() == 1 and 0 <= float(slopes) <= 1:
        return _leaky(Fraction(float(slopes)))
    if slopes.numel() > 1:
        # One slope a channel: axis 1 of torch's value.
        slopes = slopes.reshape(-1, *[1] * (call.value.ndim - 2))
    vector = call.entries(slopes)
    gain = f"gain gain={call.graph.keep(f'{name}.negated', -vector.flatten())}"
    below = [NEGATED, _entrywise("relu"), Statement(gain, lambda x: x * -vector)]
    return [sum_of([[_entrywise("relu")], below])]
