"""Lean terms for a chain of layers whose hidden units are scaled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.emit.data.packed import PackedRows
from lipbridge.emit.lean.literals import literal, shape_term
from lipbridge.emit.lean.term import Term, app, fold, lean_term
from lipbridge.emit.network.affine import AffineTerms, Check, Stored
from lipbridge.emit.network.branch_context import sequence
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.tighten.segments.rescale import RescaledChain


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
    P: Term
    Q: Term
    proof: Term
    start: Term


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

    P: Term
    Q: Term
    proof: Term
    checks: tuple[Check, ...]
    numbers: dict[str, str]
    before: Unfinished
    scaled: Stored
    ends: tuple[Term, Term]
    factor: Term


@dataclass(frozen=True)
class Scale:
    """A scaling, packed: digits of ``width`` bits."""

    name: str
    width: int
    number: int

    @property
    def term(self) -> Term:
        """The scaling as a function."""
        return app("digit", str(self.width), self.name)


def scaled_base(w: PackedRows, scaled: PackedRows, before: int, after: int) -> int:
    """The least base in which no digit of either side overflows. Source: Lean ``scaledBits``.

    Args:
        w: W.
        scaled: W'.
        before: bits of a digit of c.
        after: bits of a digit of c'.
    """
    left = (1 << scaled.width + before) + (w.bias << after)
    right = (1 << after + w.width) + (scaled.bias << before)
    return max(before, max(left, right).bit_length())


def chain_terms(
    name: str,
    chain: RescaledChain,
    maps: Sequence[AffineTerms],
    proofs: Sequence[Term],
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
    before_last: Unfinished | None = None
    proof, layers = lean_term("_"), tuple[LayerContext, ...]()
    above: list[Term] = []
    below: list[Term] = []
    for index, (terms, known, new) in enumerate(zip(maps, proofs, scaled, strict=True)):
        before, after = scales[index], scales[index + 1]
        check = scaled_check(terms.stored, new, before, after)
        checks.append(check)
        step = app(
            "Rescaled.affine",
            known,
            app("PackedMatrix.isScaled_sound", check.name),
            f"{new.name}_norm",
            terms.inverse,
            **{"W'": f"{new.name}.entry", "c": before.term, "c'": after.term},
        )
        if index:
            activation = activations[index - 1]
            proof = _join(layers, (activation,), proof, _activation(activation, before))
            layers = (*layers, activation)
            above.append(lean_term("1"))
            below.append(lean_term("1"))
            p, q = fold("Nat.mul", above), fold("Nat.mul", below)
            before_last = Unfinished(layers, p, q, proof, scales[0].term)
            proof = _join(layers, terms.layers, proof, step)
        else:
            proof = step
        layers = (*layers, *terms.layers)
        d = terms.denominator
        above.append(lean_term(f"{new.name}_T"))
        below.append(app("Nat.mul", f"{new.name}_C", app("Nat.mul", d, d)))
    assert before_last is not None, "a chain has two maps"
    k = lean_term(chain.factor)
    return ChainTerms(
        P=fold("Nat.mul", above),
        Q=app("Nat.mul", fold("Nat.mul", below), app("Nat.mul", k, k)),
        proof=app("Rescaled.sqLipschitz", proof, *("Eq.refl true",) * 3, K=k),
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
    first: tuple[LayerContext, ...], second: tuple[LayerContext, ...], left: Term, right: Term
) -> Term:
    functions = {"f₁": sequence(first), "f₂": sequence(second)}
    return app("Rescaled.comp", left, right, **functions)


def _activation(layer: LayerContext, scale: Scale) -> Term:
    if layer.kind in ("relu", "abs"):
        return app(f"Rescaled.{layer.kind}", str(layer.output), scale.term)
    slope = getattr(layer.layer, "slope", None)
    assert isinstance(slope, Fraction), f"no rule for {layer.kind}"
    inverse = layer.inverse(slope.denominator)
    return app("Rescaled.leakyRelu", str(layer.output), scale.term, inverse, "Eq.refl true")


def scaled_check(old: Stored, new: Stored, before: Scale, after: Scale) -> Check:
    """The check that one matrix is another with its rows and columns scaled."""
    base = scaled_base(old.packed.data, new.packed.data, before.width, after.width)
    digits = str(before.width), before.name, str(after.width), after.name, str(base)
    shapes = map(shape_term, (old.matrix.rows, old.matrix.cols))
    return Check(
        f"{new.name}_scaled",
        f"`{new.name}` is `{old.name}`, row i multiplied by digit i of `{after.name}` and column j "
        f"divided by digit j of `{before.name}`",
        app("PackedMatrix.isScaled", old.name, new.name, *digits, *shapes),
    )
