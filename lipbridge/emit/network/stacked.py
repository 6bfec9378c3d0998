"""Lean terms for two linear maps around an activation, stacked under one certificate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lipbridge.emit.data.matrices import Above
from lipbridge.emit.lean.literals import literal
from lipbridge.emit.lean.printer import nat_literal
from lipbridge.emit.network.affine import AffineTerms, Check, nested, stored
from lipbridge.emit.network.chain import pack_scale, scaled_check
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.tensor_context import reciprocal
from lipbridge.layers.leaky_relu import LeakyRelu
from lipbridge.tighten.plan import Stacked
from lipbridge.tighten.stack import StackedMaps

__all__ = ["StackTerms", "stack_terms", "upper"]


@dataclass(frozen=True)
class StackTerms:
    """Two stacked maps in Lean.

    Attributes:
        P: term of P.
        Q: term of Q.
        proof: proof of ``SqLipschitz`` with these.
        checks: the checks that the proof uses.
        numbers: name → literal of every packed scaling.
    """

    P: str
    Q: str
    proof: str
    checks: tuple[Check, ...]
    numbers: dict[str, str]


def upper(maps: StackedMaps) -> Above:
    """What lies above the second matrix in its certificate."""
    first = maps.chain.matrices[0]
    return Above(first.name, first, maps.weights.first, maps.weights.second)


def stack_terms(
    name: str,
    segment: Stacked,
    maps: Sequence[AffineTerms],
    proofs: Sequence[str],
    activation: LayerContext,
) -> StackTerms:
    """The terms of two stacked maps.

    Args:
        name: Lean name of the segment.
        segment: the segment.
        maps: its two linear maps.
        proofs: proofs that their functions are these maps.
        activation: the activation between them.

    Source: Lean ``LipBridge.Affine.slope``.
    """
    u, v = segment.maps.chain.matrices
    scales = [
        pack_scale(f"{name}_scale{i}", values) for i, values in enumerate(segment.maps.chain.scales)
    ]
    new = [stored(u.name, u, transposed=True), stored(v.name, v, transposed=False)]
    checks = tuple(
        scaled_check(terms.stored, weighted, before, after)
        for terms, weighted, before, after in zip(maps, new, scales, scales[1:], strict=False)
    )
    k = nat_literal(segment.maps.chain.factor)
    p, q = nat_literal(segment.slope.numerator), nat_literal(segment.slope.denominator)
    unit = f"(Nat.mul {maps[0].denominator} {maps[1].denominator})"
    weights = f"(Nat.mul (Nat.mul {u.name}_C {v.name}_C) (Nat.mul {k} {k}))"
    letters = zip(("c", "c'", "c''"), scales, strict=True)
    names = " ".join(f"({letter} := {scale.term})" for letter, scale in letters)
    function, slopes = _slope(activation)
    proof = (
        f"(Affine.slope (p := {p}) (q := {q}) (K := {k}) {names}\n"
        f"    (f := {nested(maps[0].layers)}) (g := {nested(maps[1].layers)})\n"
        f"    (φ := {function}) {slopes} {proofs[0]} {proofs[1]}\n"
        f"    (PackedMatrix.isScaled_sound {checks[0].name}) (Eq.refl true)\n"
        f"    (PackedMatrix.isScaled_sound {checks[1].name}) (Eq.refl true)\n"
        f"    {v.name}_bound {maps[0].inverse} {maps[1].inverse} (Eq.refl true))"
    )
    return StackTerms(
        P=f"(Nat.mul (Nat.mul {p} {p}) (Nat.mul {v.name}_T {v.name}_T))",
        Q=f"(Nat.mul (Nat.mul 4 (Nat.mul (Nat.mul {q} {q}) {weights})) (Nat.mul {unit} {unit}))",
        proof=proof,
        checks=checks,
        numbers={scale.name: literal(scale.number) for scale in scales},
    )


def _slope(layer: LayerContext) -> tuple[str, str]:
    """An activation of one entry, and the proof that its slopes lie between 0 and its bound."""
    found = layer.layer
    if not isinstance(found, LeakyRelu):
        return "(fun t => sup t zero)", "SlopeWithin.relu"
    p, d = nat_literal(found.slope.numerator), found.slope.denominator
    return (
        f"(fun t => sup t (mul (mul (ofNat {p}) {reciprocal(d)}) t))",
        f"(SlopeWithin.leakyRelu {layer.inverse(d)} (Eq.refl true))",
    )
