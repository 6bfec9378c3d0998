"""Lean terms for a hidden layer beside a linear map, under the certificate of a bordered matrix."""

from __future__ import annotations

from lipbridge.emit.lean.literals import literal, shape_term
from lipbridge.emit.lean.printer import int_literal
from lipbridge.emit.lean.term import Term, app, bind, lean_term
from lipbridge.emit.network.affine import AffineTerms, Check, Stored, product_check, stored
from lipbridge.emit.network.branch_context import sequence
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.tighter.chain import pack_scale
from lipbridge.emit.network.tighter.stacked import StackTerms, layer_block
from lipbridge.tighten.segments.bordered import BorderedMaps

_TRUE = "Eq.refl true"
# A linear map as Lean needs it: its terms, and the proof that its function is that map.
Map = tuple[AffineTerms, Term]


def bordered_terms(
    name: str,
    maps: BorderedMaps,
    inner: Map,
    activation: LayerContext,
    outer: Map,
    beside: Map | None,
) -> StackTerms:
    """The terms of a bordered hidden layer.

    Args:
        name: Lean name of the segment.
        maps: its matrices and weights.
        inner: the linear map before the activation.
        activation: the activation.
        outer: the linear map after it.
        beside: the linear map that is added; None for the identity.

    Source: Lean ``LipBridge.Bordered.sqLipschitz``.
    """
    new = stored(maps.matrix.name, maps.matrix, transposed=False)
    joined = stored(maps.joined.name, maps.joined, transposed=False)
    (u, u_proof), (v, v_proof) = inner, outer
    scales = [pack_scale(f"{name}_scale{i}", values) for i, values in enumerate(maps.scales)]
    first, inner_block = layer_block(new, maps.blocks[0], u, scales[0], scales[1])
    last, outer_block = layer_block(new, maps.blocks[1], v, scales[1], scales[2])
    product = product_check(v.stored, u.stored, joined)
    lo, hi, q = maps.block.slopes
    s, g, kappa = lean_term(lo + hi), lean_term(literal(maps.factor)), literal(maps.scales[2][0])
    e = lean_term("1") if beside is None else beside[0].denominator
    parts = app("Nat.mul", 2, app("Nat.mul", q, app("Nat.mul", u.denominator, v.denominator)))
    whole = app("Nat.mul", g, app("Nat.mul", e, parts))
    multiples = app("Nat.mul", g, app("Nat.mul", s, e)), app("Nat.mul", g, parts)
    corner, corner_proof, added = _corner(new, joined, maps, beside, multiples, product)
    entries, norm = lean_term(f"{new.name}.entry"), lean_term(f"{new.name}_norm")
    if not maps.odd_rows:
        entries = app("transpose", entries)
        norm = app("NormBound.ofTranspose", norm, W=entries)
    bordered = app("Bordered.ofBlocks", inner_block, _TRUE, outer_block, _TRUE, corner_proof)
    aside = [app("Affine.identity", u.input), "LipBridge.ofNat_one_mul_one"]
    function = lean_term("fun x => x")
    if beside is not None:
        aside, function = [beside[1], beside[0].inverse], sequence(beside[0].layers)
    proof = app(
        "Bordered.sqLipschitz",
        *(norm, bordered, activation.rule.term("between", activation), "rfl", "rfl"),
        *aside,
        *(u_proof, u.inverse, v_proof, v.inverse, _TRUE, _TRUE, _TRUE),
        **{
            **{"n": u.input, "k": u.output, "m": v.output, "B": entries, "c": scales[1].term},
            **{"G": g, "κ": kappa, "s": s, "p": hi - lo, "q": q},
            **{"lo": int_literal(lo), "hi": int_literal(hi)},
            **{"d": u.denominator, "d'": v.denominator},
            **{"e": e, "A": added, "l": function},
            **{"g": sequence(u.layers), "h": sequence(v.layers)},
            "φ": activation.rule.term("unit", activation),
        },
    )
    if not maps.block.first:
        proof = app("SqLipschitz.vadd_comm", proof)
    c = f"{new.name}_C"
    return StackTerms(
        P=lean_term(f"{new.name}_T"),
        Q=app("Nat.mul", c, app("Nat.mul", whole, whole)),
        proof=proof,
        checks=(*first, *last, product, corner),
        numbers={scale.name: literal(scale.number) for scale in scales},
    )


def _corner(
    new: Stored,
    joined: Stored,
    maps: BorderedMaps,
    beside: Map | None,
    multiples: tuple[Term, Term],
    product: Check,
) -> tuple[Check, Term, Term]:
    """The check of the corner, its proof, and the entries of what is added."""
    k, m, n = maps.block.inner.matrix.rows, maps.joined.rows, maps.joined.cols
    rows, columns = (m, n) if maps.odd_rows else (n, m)
    shapes = shape_term(rows), shape_term(columns)
    x, y = maps.corner
    if beside is not None:
        old, why = beside[0].stored, lean_term("fun _ _ _ _ => rfl")
        other, entries = lean_term(old.name), lean_term(f"{old.name}.entry")
        width, bias, said = old.packed.data.width, old.packed.data.bias, f"`{old.name}`"
    else:
        other, entries = app("PackedMatrix.identity", n, shapes[1]), lean_term("identityMatrix")
        proof = app("PackedMatrix.entry_identity", "rfl", "hi", "hj", n=n, rs=shapes[1])
        why = bind("fun _ _ hi hj =>", proof)
        width, bias, said = 1, 0, "the identity"
    big, small = new.packed.data, joined.packed.data
    left = (1 << big.width) + x * small.bias + y * bias
    right = (x << small.width) + (y << width) + big.bias
    base = max(left.bit_length(), right.bit_length(), small.width, width)
    turned = lean_term(joined.name), other
    if not maps.odd_rows:
        turned = app("PackedMatrix.turn", joined.name), app("PackedMatrix.turn", other)
    part = app("PackedMatrix.block", new.name, k, k, rows, columns, shapes[0])
    check = Check(
        f"{new.name}_corner",
        f"The corner of `{new.name}` is a sum of multiples of `{joined.name}` and {said}",
        app("PackedMatrix.isCombination", *turned, part, *multiples, str(base), *shapes),
    )
    proof = app(
        "corner_ofRows" if maps.odd_rows else "corner_ofColumns",
        *("rfl", check.name, "rfl", "rfl"),
        *(app("PackedMatrix.isProduct_sound", product.name), why),
        **{"B": new.name, "G": joined.name, "Y": other, "A": entries},
    )
    return check, proof, entries
