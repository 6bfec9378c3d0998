"""A hidden layer beside a linear map, or a chain of them, under a bordered matrix, in Lean.

Source: Lean ``LipBridge.Bordered.sqLipschitz``.
"""

from __future__ import annotations

from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.lean.declaration import CHECKED
from lipbridge.emit.lean.literals import literal, shape_term
from lipbridge.emit.lean.printer import int_literal
from lipbridge.emit.lean.term import Term, app, bind, lean_term, times
from lipbridge.emit.network.segments.affine import linear_map, product_check
from lipbridge.emit.network.segments.bordered_chain import bordered_norm, chain_link
from lipbridge.emit.network.segments.stack import layer_block
from lipbridge.emit.network.tighter.build import AffineTerms, Builder, segment_link
from lipbridge.emit.network.view import Link
from lipbridge.tighten.segments.bordered import BorderedMaps
from lipbridge.tighten.segments.bordered_chain import ChainMaps
from lipbridge.tighten.segments.segment import Bordered


@segment_link.register(Bordered)
def bordered_link(segment: Bordered, build: Builder) -> tuple[str, Link]:
    """The hidden layer and what it is added to, or the chain."""
    name, maps = f"{build.name}_{segment.name}_bordered", segment.maps
    if isinstance(maps, ChainMaps):
        return name, chain_link(build, name, maps)
    block = maps.block
    u, v = linear_map(build, block.inner), linear_map(build, block.outer)
    beside = None if block.beside is None else linear_map(build, block.beside)
    shown = [f"`{terms.stored.name}`" for terms in (u, v)]
    what = f"weighted blocks {shown[0]}, {shown[1]} and the linear part of all"
    new = build.hold(maps.matrix, what)
    joined = build.hold(maps.joined, f"the product of {shown[1]} and {shown[0]}")
    (activation,) = build.contexts([block.activation])
    scales = [build.scale(f"{name}_scale{i}", values) for i, values in enumerate(maps.scales)]
    inner_block = layer_block(build, new, maps.blocks[0], u, scales[0], scales[1])
    outer_block = layer_block(build, new, maps.blocks[1], v, scales[1], scales[2])
    product = product_check(build, v.stored, u.stored, joined)
    lo, hi, q = block.slopes
    s, g, kappa = lean_term(lo + hi), lean_term(literal(maps.factor)), literal(maps.scales[2][0])
    e = lean_term("1") if beside is None else beside.denominator
    parts = times(2, times(q, times(u.denominator, v.denominator)))
    whole = times(g, times(e, parts))
    multiples = times(g, times(s, e)), times(g, parts)
    corner_proof, added = _corner(build, maps, (new, joined), beside, multiples, product)
    entries, norm = bordered_norm(new, odd_rows=maps.odd_rows)
    bordered = app("Bordered.ofBlocks", inner_block, CHECKED, outer_block, CHECKED, corner_proof)
    aside = [app("Affine.identity", u.input), "LipBridge.ofNat_one_mul_one"]
    if beside is not None:
        aside = [beside.proof, beside.inverse]
    proof = app(
        "Bordered.sqLipschitz",
        *(norm, bordered, activation.rule.term("between", activation), "rfl", "rfl"),
        *aside,
        *(u.proof, u.inverse, v.proof, v.inverse, CHECKED, CHECKED, CHECKED),
        **{
            **{"n": u.input, "k": u.output, "m": v.output, "B": entries, "c": scales[1].term},
            **{"G": g, "κ": kappa, "s": s, "p": hi - lo, "q": q},
            **{"lo": int_literal(lo), "hi": int_literal(hi)},
            **{"d": u.denominator, "d'": v.denominator, "e": e, "A": added},
            "l": lean_term("fun x => x") if beside is None else beside.function,
            **{"g": u.function, "h": v.function},
            "φ": activation.rule.term("unit", activation),
        },
    )
    if not block.first:
        proof = app("SqLipschitz.vadd_comm", proof)
    numbers = lean_term(f"{new.name}_T"), times(f"{new.name}_C", times(whole, whole))
    return name, Link(build.contexts(segment.pieces), *numbers, proof)


def _corner(
    build: Builder,
    maps: BorderedMaps,
    matrices: tuple[LeanMatrix, LeanMatrix],
    beside: AffineTerms | None,
    multiples: tuple[Term, Term],
    product: str,
) -> tuple[Term, Term]:
    """The proof of the corner, its check declared, and the entries of what is added."""
    new, joined = matrices
    k, m, n = maps.block.inner.matrix.rows, maps.joined.rows, maps.joined.cols
    rows, columns = (m, n) if maps.odd_rows else (n, m)
    shapes = shape_term(rows), shape_term(columns)
    x, y = maps.corner
    if beside is not None:
        old, why = beside.stored, lean_term("fun _ _ _ _ => rfl")
        other, entries = lean_term(old.name), old.entries
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
    check = build.check(
        f"{new.name}_corner",
        f"The corner of `{new.name}` is a sum of multiples of `{joined.name}` and {said}",
        app("PackedMatrix.isCombination", *turned, part, *multiples, str(base), *shapes),
    )
    proof = app(
        "corner_ofRows" if maps.odd_rows else "corner_ofColumns",
        *("rfl", check, "rfl", "rfl"),
        *(app("PackedMatrix.isProduct_sound", product), why),
        **{"B": new.name, "G": joined.name, "Y": other, "A": entries},
    )
    return proof, entries
