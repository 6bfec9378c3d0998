"""Lean terms for two points between which a network is steep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.emit.lean.literals import shape_term
from lipbridge.emit.lean.term import Term, app, bind, lean_term
from lipbridge.emit.network.affine import AffineTerms, Check, flipped_product_check, stored
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.tighten.steep import Steep


@dataclass(frozen=True)
class SteepTerms:
    """A constant from below in Lean.

    Attributes:
        shown: what the points show.
        checks: the checks that the proof uses.
        proof: proof of ``Steep``.
    """

    shown: Steep
    checks: tuple[Check, ...]
    proof: Term

    @property
    def constant(self) -> Fraction:
        """N/D: no constant is below it."""
        return self.shown.constant


def steep_terms(
    name: str,
    shown: Steep,
    maps: Sequence[AffineTerms],
    proofs: Sequence[Term],
    pool: LayerContext | None,
) -> SteepTerms:
    """The terms of a constant from below.

    Args:
        name: the network's name.
        shown: what the points show.
        maps: the two linear maps.
        proofs: proofs that their functions are these maps.
        pool: the mean over tokens that comes first, if one does.

    Source: Lean ``LipBridge.Affine.reluSteep``.
    """
    points = stored(shown.points.name, shown.points, transposed=True)
    images, units, values = (
        stored(matrix.name, matrix, transposed=False)
        for matrix in (shown.images, shown.units, shown.values)
    )
    first, last = maps
    bias = first.layers[0].tensors.get("bias")
    entries, unit = lean_term("fun _ => Int.ofNat 0"), lean_term("1")
    inverse = lean_term("Eq.trans (congrArg (fun t => mul t one) ofNat_one) (one_mul one)")
    integers = "zero_bias"
    if bias is not None:
        entries, unit = lean_term(f"fun i => {bias.name}.entry 0 i"), bias.denominator
        inverse = first.layers[0].inverse(bias.matrix.denominator)
        integers = "fun _ _ => rfl"
    entry, width = f"{points.name}.entry", str(first.input)
    copies, function = lean_term("1"), lean_term("fun x => x")
    lifts = app("Lifts.identity", width, entry)
    if pool is not None:
        copies, function = lean_term(pool.block), pool.function
        lifts = app("Lifts.meanPool", pool.inverse(pool.block), width, entry)
    d, e = first.denominator, last.denominator
    sides = entries, f"{images.name}.entry", f"fun i => {units.name}.entry i 0"
    on = Check(
        f"{name}_units_check",
        "Every hidden unit is on at both points or off at both",
        app("unitsCheck", str(first.output), d, unit, *sides),
    )
    numbers = str(last.output), f"{name}_steep_N", f"{name}_steep_D"
    gap = app("PackedMatrix.gapSquare", points.name, shape_term(first.input))
    far = Check(
        f"{name}_steep_check",
        "The values are as far apart as stated",
        app("steepCheck", *numbers, copies, d, e, gap, f"{values.name}.entry"),
    )
    products = (
        flipped_product_check(first.stored, points, images),
        flipped_product_check(last.stored, units, values),
    )
    sound = [app("PackedMatrix.isProduct_flip_sound", check.name) for check in products]
    apart = app(
        "PackedMatrix.distSq_point", "Eq.refl true", P=points.name, sh=shape_term(first.input)
    )
    proof = app(
        "Affine.reluSteep",
        *proofs,
        *(lifts, first.inverse, last.inverse, inverse, integers, sound[0], on.name),
        bind("fun i hi =>", app(sound[1], "i", "0", "hi", "Nat.le.refl")),
        *(apart, "Eq.refl true", far.name),
        p=function,
        f=first.layers[0].function,
        B=entries,
        Z=f"{units.name}.entry",
    )
    return SteepTerms(shown, (*products, on, far), proof)
