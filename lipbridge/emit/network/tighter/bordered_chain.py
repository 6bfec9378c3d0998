"""Lean terms for a chain of hidden layers, under the certificate of a bordered matrix."""

from __future__ import annotations

from collections.abc import Sequence

from lipbridge.emit.lean.literals import literal, shape_term
from lipbridge.emit.lean.printer import int_literal
from lipbridge.emit.lean.term import Term, app, lean_term
from lipbridge.emit.network.affine import Check, Stored, product_base, stored
from lipbridge.emit.network.branch_context import sequence
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.tighter.bordered import Map
from lipbridge.emit.network.tighter.chain import Scale, pack_scale, scaled_base
from lipbridge.emit.network.tighter.stacked import StackTerms, layer_block
from lipbridge.tighten.segments.bordered_chain import ChainMaps

_TRUE = "Eq.refl true"


def bordered_chain_terms(
    name: str, maps: ChainMaps, links: Sequence[Map], activations: Sequence[LayerContext]
) -> StackTerms:
    """The terms of a bordered chain.

    Args:
        name: Lean name of the segment.
        maps: its matrices and weights.
        links: its linear maps.
        activations: the activations between them.

    Source: Lean ``LipBridge.BorderedChain``.
    """
    new = stored(maps.matrix.name, maps.matrix, transposed=False)
    scales = [pack_scale(f"{name}_scale{i}", values) for i, values in enumerate(maps.scales)]
    c, t = lean_term(f"{new.name}_C"), lean_term(f"{new.name}_T")
    (first, first_proof), entries = links[0], lean_term(f"{new.name}.entry")
    norm = lean_term(f"{new.name}_norm")
    if not maps.odd_rows:
        entries = app("transpose", entries)
        norm = app("NormBound.ofTranspose", norm, W=entries)
    checks, block = layer_block(new, maps.blocks[0], first, scales[0], scales[1])
    proof = app(
        "BorderedChain.start",
        *(first_proof, first.inverse, block, _TRUE, c, t),
        **{"n": first.input, "k": first.output, "B": entries, "c": scales[1].term},
        **{"d": first.denominator, "g": sequence(first.layers)},
    )
    numbers, layers, rows, wide = list(scales), first.layers, 0, first.input
    known, row = lean_term("1"), first.denominator
    for index, (step, activation) in enumerate(zip(maps.steps, activations, strict=True)):
        terms, terms_proof = links[index + 1]
        ends = scales[index + 1], scales[index + 2]
        found, fills, block = _filled(
            new, maps, index, terms.stored, (rows, wide), ends, f"{name}_fill{index + 1}"
        )
        checks += found
        numbers += fills
        lo, hi, q = maps.chain.slopes[index]
        sigma, tau = lean_term(literal(step.known)), lean_term(literal(step.rest))
        proof = app(
            "BorderedChain.step",
            *(proof, activation.rule.term("between", activation), "rfl", "rfl"),
            *(terms_proof, terms.inverse, block, _TRUE, "rfl", _TRUE),
            **{"n": first.input, "k": terms.input, "m": terms.output, "M": rows, "N": wide},
            **{"B": entries, "C": c, "T": t, "c": ends[0].term, "c'": ends[1].term},
            **{"κ": known, "ρ": row, "σ": sigma, "τ": tau, "s": lean_term(lo + hi), "p": hi - lo},
            **{"q": q, "d": terms.denominator, "lo": int_literal(lo), "hi": int_literal(hi)},
            **{"a": literal(step.fill[0]), "e": literal(step.fill[1])},
            **{"g": sequence(layers), "f": sequence(terms.layers)},
            **{"φ": activation.rule.term("unit", activation)},
        )
        rows, wide = rows + terms.input, wide + terms.input
        layers = (*layers, activation, *terms.layers)
        known = app("Nat.mul", sigma, known)
        row = app("Nat.mul", app("Nat.mul", 2, q), app("Nat.mul", tau, terms.denominator))
    k = lean_term(literal(maps.scales[-1][0]))
    whole = app("Nat.mul", row, k)
    return StackTerms(
        P=app("Nat.mul", t, app("Nat.mul", known, known)),
        Q=app("Nat.mul", c, app("Nat.mul", whole, whole)),
        proof=app("BorderedChain.sqLipschitz", proof, norm, _TRUE, _TRUE, K=k, g=sequence(layers)),
        checks=tuple(checks),
        numbers={scale.name: literal(scale.number) for scale in numbers},
    )


def _filled(
    new: Stored,
    maps: ChainMaps,
    index: int,
    old: Stored,
    place: tuple[int, int],
    ends: tuple[Scale, Scale],
    name: str,
) -> tuple[list[Check], tuple[Scale, Scale], Term]:
    """The checks of a later layer's rows, the packed a and e, and the proof of ``FilledBlock``."""
    (row, wide), (before, after) = place, ends
    m, k, upright = old.matrix.rows, old.matrix.cols, maps.odd_rows
    joined = stored(maps.joined[index].name, maps.joined[index], transposed=False)
    low, shown = row + k, f"{new.name}_{maps.chain.maps[index + 1].name}"
    data, base = new.packed.data, scaled_base

    def part(r: int, c: int, high: int, broad: int) -> Term:
        sizes = (r, c, high, broad) if upright else (c, r, broad, high)
        return app("PackedMatrix.block", new.name, *sizes, shape_term(sizes[2]))

    def shapes(high: int, broad: int) -> tuple[str, str]:
        sizes = (high, broad) if upright else (broad, high)
        return shape_term(sizes[0]), shape_term(sizes[1])

    own, past, left = part(low, wide, m, k), part(row, 0, k, wide), part(low, 0, m, wide)
    zeros = part(0, wide, low, k)
    fill = maps.steps[index].fill
    high, broad = (m, wide) if upright else (wide, m)
    times = pack_scale(f"{name}_times", (fill[0],) * high)
    over = pack_scale(f"{name}_over", (fill[1],) * broad)
    scale = str(before.width), before.name, str(after.width), after.name
    bits = str(base(old.packed.data, data, before.width, after.width))
    own_shapes = shape_term(m), shape_term(k)
    turned = own if upright else app("PackedMatrix.turn", own)
    factors = (own, past) if upright else (past, own)
    middle = product_base(new.packed, new.packed, joined.packed, k)
    spread = base(joined.packed.data, data, over.width, times.width)
    digits = map(str, (over.width, over.name, times.width, times.name, spread))
    product = (shape_term(high), shape_term(k), shape_term(broad))
    checks = [
        Check(
            f"{shown}_block",
            f"{'The block' if upright else 'The transpose of the block'} of `{new.name}` at row "
            f"{low if upright else wide} and column {wide if upright else low} is `{old.name}`, "
            f"row i multiplied by digit i of `{after.name}` and column j divided by digit j of "
            f"`{before.name}`",
            app("PackedMatrix.isScaled", old.name, turned, *scale, bits, *own_shapes),
        ),
        Check(
            f"{joined.name}_product",
            f"`{joined.name}` is the product of this block and the layer before, as they lie there",
            app("PackedMatrix.isProduct", *factors, joined.name, str(middle), *product),
        ),
        Check(
            f"{shown}_fill",
            f"Before this block lies `{joined.name}`, times digits of `{times.name}` and divided "
            f"by digits of `{over.name}`",
            app("PackedMatrix.isScaled", joined.name, left, *digits, *shapes(m, wide)),
        ),
        Check(
            f"{shown}_zeros",
            f"`{new.name}` vanishes after the rows of the layers before",
            app("PackedMatrix.isZero", zeros, str(base(data, data, 1, 1)), *shapes(low, k)),
        ),
    ]
    sizes = ["rfl"] * (3 if upright else 2)
    proof = app(
        "FilledBlock.ofRows" if upright else "FilledBlock.ofColumns",
        *("rfl", *(check.name for check in checks), app("And.intro", "rfl", "rfl")),
        *(*sizes, _TRUE, _TRUE),
        **{"B": new.name, "W": old.name, "J": joined.name, "M": row, "N": wide},
        **{"a": literal(fill[0]), "e": literal(fill[1])},
    )
    return checks, (times, over), proof
