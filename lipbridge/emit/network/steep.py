"""Lean terms for two points between which a network is steep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lipbridge.emit.lean.printer import nat_literal
from lipbridge.emit.network.affine import AffineTerms, Check, product_check, stored
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.tighten.steep import Steep

__all__ = ["SteepTerms", "steep_terms"]


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
    proof: str

    @property
    def constant(self) -> tuple[int, int]:
        """(N, D): no constant is below N/D."""
        return self.shown.constant.numerator, self.shown.constant.denominator


def steep_terms(
    name: str,
    shown: Steep,
    maps: Sequence[AffineTerms],
    proofs: Sequence[str],
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
    points, images, units, values = (
        stored(matrix.name, matrix, transposed=False)
        for matrix in (shown.points, shown.images, shown.units, shown.values)
    )
    first, last = maps
    bias = first.layers[0].tensors.get("bias")
    entries, unit = "(fun _ => Int.ofNat 0)", "1"
    inverse = "(Eq.trans (congrArg (fun t => mul t one) ofNat_one) (one_mul one))"
    integers = "zero_bias"
    if bias is not None:
        entries, unit = f"(fun i => {bias.name}.entry 0 i)", bias.denominator
        inverse = first.layers[0].inverse(bias.matrix.denominator)
        integers = "(fun _ _ => rfl)"
    differences = f"(fun i => {units.name}.entry i 0)"
    copies, function = "1", "fun x => x"
    lifts = f"(Lifts.identity {first.input} {points.name}.entry)"
    if pool is not None:
        b = pool.layer.input[0]
        copies, function = nat_literal(b), f"{pool.name}{pool.apply}"
        lifts = f"(Lifts.meanPool {pool.inverse(b)} {first.input} {points.name}.entry)"
    d, e = first.denominator, last.denominator
    on = Check(
        f"{name}_units_check",
        "Every hidden unit is on at both points or off at both",
        f"unitsCheck {first.output} {d} {unit} {entries} {images.name}.entry {differences}",
    )
    far = Check(
        f"{name}_steep_check",
        "The values are as far apart as stated",
        f"steepCheck {first.input} {last.output} {name}_steep_N {name}_steep_D {copies} {d} {e} "
        f"{points.name}.entry {values.name}.entry",
    )
    products = (
        product_check(first.stored, points, images),
        product_check(last.stored, units, values),
    )
    proof = (
        f"Affine.reluSteep (p := {function}) (f := {first.layers[0].name}{first.layers[0].apply})\n"
        f"    (B := {entries}) (Z := {units.name}.entry)\n"
        f"    {proofs[0]} {proofs[1]} {lifts}\n"
        f"    {first.inverse} {last.inverse} {inverse} {integers}\n"
        f"    (PackedMatrix.isProduct_sound {products[0].name}) {on.name}\n"
        f"    (fun i hi => PackedMatrix.isProduct_sound {products[1].name} i 0 hi Nat.le.refl)\n"
        f"    (Eq.refl true) {far.name}"
    )
    return SteepTerms(shown, (*products, on, far), proof)
