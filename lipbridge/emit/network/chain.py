"""Lean terms for a chain of layers whose hidden units are scaled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.emit.lean.literals import literal, shape_term
from lipbridge.emit.lean.printer import nat_literal
from lipbridge.emit.network.affine import AffineTerms, Check, Stored, nested
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.tighten.rescale import RescaledChain

__all__ = [
    "ChainTerms",
    "Scale",
    "Unfinished",
    "chain_terms",
    "pack_scale",
    "scaled_base",
    "scaled_check",
]


@dataclass(frozen=True)
class Unfinished:
    """A rescaled chain without its last map, in Lean.

    Attributes:
        layers: its layers.
        P: term of P.
        Q: term of Q.
        proof: proof of ``Rescaled`` with these.
        start: the scaling that it starts with, as a function.
    """

    layers: tuple[LayerContext, ...]
    P: str
    Q: str
    proof: str
    start: str


@dataclass(frozen=True)
class ChainTerms:
    """A rescaled chain in Lean.

    Attributes:
        P: term of P.
        Q: term of Q, K² counted in.
        proof: proof of ``SqLipschitz`` with these.
        checks: the checks that the proof uses.
        numbers: name → literal of every packed scaling.
        before: what is known before the last map.
        scaled: the rescaled matrix of the last map.
        ends: the scalings before and after the last map, as functions.
        factor: K as Lean source.
    """

    P: str
    Q: str
    proof: str
    checks: tuple[Check, ...]
    numbers: dict[str, str]
    before: Unfinished
    scaled: Stored
    ends: tuple[str, str]
    factor: str


@dataclass(frozen=True)
class Scale:
    """A scaling, packed: digits of ``width`` bits."""

    name: str
    width: int
    number: int

    @property
    def term(self) -> str:
        """The scaling as a function, in Lean."""
        return f"(digit {self.width} {self.name})"


def scaled_base(old: Stored, new: Stored, before: int, after: int) -> int:
    """The least base in which no digit of either side overflows. Source: Lean ``scaledBits``.

    Args:
        old: W.
        new: W'.
        before: bits of a digit of c.
        after: bits of a digit of c'.
    """
    w, scaled = old.packed.data, new.packed.data
    left = (1 << scaled.width + before) + (w.bias << after)
    right = (1 << after + w.width) + (scaled.bias << before)
    return max(before, max(left, right).bit_length())


def chain_terms(
    name: str,
    chain: RescaledChain,
    maps: Sequence[AffineTerms],
    proofs: Sequence[str],
    scaled: Sequence[Stored],
    activations: Sequence[LayerContext],
) -> ChainTerms:
    """The terms of a rescaled chain.

    Args:
        name: Lean name of the chain.
        chain: the rescaled matrices and scalings.
        maps: the linear maps W_1, …, W_L.
        proofs: proofs that their functions are these maps.
        scaled: the rescaled matrices as they are stored.
        activations: the L − 1 activations between them.

    Source: Lean ``LipBridge.Rescaled``.
    """
    scales = [pack_scale(f"{name}_scale{i}", values) for i, values in enumerate(chain.scales)]
    checks: list[Check] = []
    proof = p = q = ""
    layers: tuple[LayerContext, ...] = ()
    before_last = Unfinished((), "", "", "", scales[0].term)
    for index, (terms, known, new) in enumerate(zip(maps, proofs, scaled, strict=True)):
        before, after = scales[index], scales[index + 1]
        check = scaled_check(terms.stored, new, before, after)
        checks.append(check)
        step = (
            f"(Rescaled.affine (W' := {new.name}.entry) (c := {before.term}) (c' := {after.term})\n"
            f"      {known} (PackedMatrix.isScaled_sound {check.name}) {new.name}_norm "
            f"{terms.inverse})"
        )
        d = terms.denominator
        step_p, step_q = f"{new.name}_T", f"(Nat.mul {new.name}_C (Nat.mul {d} {d}))"
        if index == 0:
            proof, p, q, layers = step, step_p, step_q, terms.layers
            continue
        activation = activations[index - 1]
        proof = _join(layers, (activation,), proof, _activation(activation, before))
        layers = (*layers, activation)
        p, q = f"(Nat.mul {p} 1)", f"(Nat.mul {q} 1)"
        before_last = Unfinished(layers, p, q, proof, scales[0].term)
        proof = _join(layers, terms.layers, proof, step)
        layers = (*layers, *terms.layers)
        p, q = f"(Nat.mul {p} {step_p})", f"(Nat.mul {q} {step_q})"
    k = nat_literal(chain.factor)
    trues = " (Eq.refl true)" * 3
    return ChainTerms(
        P=p,
        Q=f"(Nat.mul {q} (Nat.mul {k} {k}))",
        proof=f"Rescaled.sqLipschitz (K := {k})\n    {proof}{trues}",
        checks=tuple(checks),
        numbers={scale.name: literal(scale.number) for scale in scales},
        before=before_last,
        scaled=scaled[-1],
        ends=(scales[-2].term, scales[-1].term),
        factor=k,
    )


def pack_scale(name: str, values: Sequence[int]) -> Scale:
    """Pack a scaling with the least width that holds every number."""
    width = max(values).bit_length()
    number = sum(value << width * i for i, value in enumerate(values))
    return Scale(name, width, number)


def _join(
    first: tuple[LayerContext, ...], second: tuple[LayerContext, ...], left: str, right: str
) -> str:
    return (
        f"(Rescaled.comp (f₁ := {nested(first)}) (f₂ := {nested(second)})\n    {left}\n    {right})"
    )


def _activation(layer: LayerContext, scale: Scale) -> str:
    start = f"{layer.output} {scale.term}"
    if layer.kind == "relu":
        return f"(Rescaled.relu {start})"
    if layer.kind == "abs":
        return f"(Rescaled.abs {start})"
    slope = getattr(layer.layer, "slope", None)
    assert isinstance(slope, Fraction), f"no rule for {layer.kind}"
    return f"(Rescaled.leakyRelu {start} {layer.inverse(slope.denominator)} (Eq.refl true))"


def scaled_check(old: Stored, new: Stored, before: Scale, after: Scale) -> Check:
    """The check that one matrix is another with its rows and columns scaled."""
    base = scaled_base(old, new, before.width, after.width)
    rows, cols = shape_term(old.matrix.rows), shape_term(old.matrix.cols)
    return Check(
        f"{new.name}_scaled",
        f"`{new.name}` is `{old.name}`, row i multiplied by digit i of `{after.name}` and column j "
        f"divided by digit j of `{before.name}`",
        f"PackedMatrix.isScaled {old.name} {new.name} {before.width} {before.name} "
        f"{after.width} {after.name} {base} {rows} {cols}",
    )
