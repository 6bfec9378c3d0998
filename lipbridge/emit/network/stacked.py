"""Lean terms for two linear maps around an activation, stacked under one certificate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lipbridge.emit.data.matrices import Above
from lipbridge.emit.lean.literals import literal
from lipbridge.emit.lean.term import Term, app, bind, lean_term
from lipbridge.emit.network.affine import AffineTerms, Check, stored
from lipbridge.emit.network.chain import pack_scale, scaled_check
from lipbridge.emit.network.layer_context import LayerContext, sequence
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

    P: Term
    Q: Term
    proof: Term
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
    proofs: Sequence[Term],
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
    k = lean_term(segment.maps.chain.factor)
    p, q = map(lean_term, segment.slope.as_integer_ratio())
    unit = app("Nat.mul", maps[0].denominator, maps[1].denominator)
    square = app("Nat.mul", app("Nat.mul", f"{u.name}_C", f"{v.name}_C"), app("Nat.mul", k, k))
    scalings = {
        letter: scale.term for letter, scale in zip(("c", "c'", "c''"), scales, strict=True)
    }
    function, slopes = _slope(activation)
    functions = {"f": sequence(maps[0].layers), "g": sequence(maps[1].layers), "φ": function}
    true = "Eq.refl true"
    scaled = [app("PackedMatrix.isScaled_sound", check.name) for check in checks]
    known = slopes, *proofs, scaled[0], true, scaled[1], true, f"{v.name}_bound"
    proof = app(
        "Affine.slope",
        *(*known, maps[0].inverse, maps[1].inverse, true),
        **{"p": p, "q": q, "K": k, **scalings, **functions},
    )
    top = f"{v.name}_T"
    four = app("Nat.mul", 4, app("Nat.mul", app("Nat.mul", q, q), square))
    return StackTerms(
        P=app("Nat.mul", app("Nat.mul", p, p), app("Nat.mul", top, top)),
        Q=app("Nat.mul", four, app("Nat.mul", unit, unit)),
        proof=proof,
        checks=checks,
        numbers={scale.name: literal(scale.number) for scale in scales},
    )


def _slope(layer: LayerContext) -> tuple[Term, Term]:
    """An activation of one entry, and the proof that its slopes lie between 0 and its bound."""
    found = layer.layer
    if not isinstance(found, LeakyRelu):
        return lean_term("fun t => sup t zero"), lean_term("SlopeWithin.relu")
    numerator, denominator = found.slope.as_integer_ratio()
    factor = app("mul", app("ofNat", numerator), reciprocal(denominator))
    return (
        bind("fun t =>", app("sup", "t", app("mul", factor, "t"))),
        app("SlopeWithin.leakyRelu", layer.inverse(denominator), "Eq.refl true"),
    )
