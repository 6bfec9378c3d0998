"""A chain of hidden layers under the certificate of a bordered matrix, in Lean.

Source: Lean ``LipBridge.BorderedChain``.
"""

from __future__ import annotations

from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.data.packed import product_base
from lipbridge.emit.lean.declaration import CHECKED
from lipbridge.emit.lean.literals import literal, shape_term
from lipbridge.emit.lean.printer import int_literal
from lipbridge.emit.lean.term import Term, app, lean_term, times
from lipbridge.emit.network.segments.affine import linear_map
from lipbridge.emit.network.segments.rescale import scaled_check
from lipbridge.emit.network.segments.stack import block_check, layer_block, zero_check
from lipbridge.emit.network.tighter.build import AffineTerms, Builder, Scale
from lipbridge.emit.network.view import Link, sequence
from lipbridge.tighten.segments.bordered_chain import ChainMaps


def bordered_norm(new: LeanMatrix, *, odd_rows: bool) -> tuple[Term, Term]:
    """The entries of the bordered matrix, which may be stored turned, and the proof of its norm."""
    entries, norm = new.entries, lean_term(f"{new.name}_norm")
    if odd_rows:
        return entries, norm
    entries = app("transpose", entries)
    return entries, app("NormBound.ofTranspose", norm, W=entries)


def chain_link(build: Builder, name: str, maps: ChainMaps) -> Link:
    """The chain, layer after layer, under a Lean name."""
    links = [linear_map(build, piece) for piece in maps.chain.maps]
    shown = [f"`{terms.stored.name}`" for terms in links]
    what = f"weighted blocks {shown[0]} to {shown[-1]} and products of them"
    new = build.hold(maps.matrix, what)
    joined = [
        build.hold(matrix, f"the product of the block of {words} and the rows before")
        for matrix, words in zip(maps.joined, shown[1:], strict=True)
    ]
    activations, first = build.contexts(maps.chain.pieces[1::2]), links[0]
    scales = [build.scale(f"{name}_scale{i}", values) for i, values in enumerate(maps.scales)]
    fills: list[tuple[Scale, Scale]] = []
    wide = first.input
    for index, (step, old) in enumerate(zip(maps.steps, links[1:], strict=True), start=1):
        sides = (old.output, wide) if maps.odd_rows else (wide, old.output)
        fills.append(
            (
                build.scale(f"{name}_fill{index}_times", (step.fill[0],) * sides[0]),
                build.scale(f"{name}_fill{index}_over", (step.fill[1],) * sides[1]),
            )
        )
        wide += old.input
    c, t = lean_term(f"{new.name}_C"), lean_term(f"{new.name}_T")
    entries, norm = bordered_norm(new, odd_rows=maps.odd_rows)
    block = layer_block(build, new, maps.blocks[0], first, scales[0], scales[1])
    proof = app(
        "BorderedChain.start",
        *(first.proof, first.inverse, block, CHECKED, c, t),
        **{"n": first.input, "k": first.output, "B": entries, "c": scales[1].term},
        **{"d": first.denominator, "g": first.function},
    )
    layers, rows, wide = first.layers, 0, first.input
    known, row = lean_term("1"), first.denominator
    for index, (step, activation) in enumerate(zip(maps.steps, activations, strict=True)):
        terms, ends = links[index + 1], (scales[index + 1], scales[index + 2])
        scale = *ends, *fills[index]
        block = _filled(build, maps, index, terms, (new, joined[index]), (rows, wide), scale)
        lo, hi, q = maps.chain.slopes[index]
        sigma, tau = lean_term(literal(step.known)), lean_term(literal(step.rest))
        proof = app(
            "BorderedChain.step",
            *(proof, activation.rule.term("between", activation), "rfl", "rfl"),
            *(terms.proof, terms.inverse, block, CHECKED, "rfl", CHECKED),
            **{"n": first.input, "k": terms.input, "m": terms.output, "M": rows, "N": wide},
            **{"B": entries, "C": c, "T": t, "c": ends[0].term, "c'": ends[1].term},
            **{"κ": known, "ρ": row, "σ": sigma, "τ": tau, "s": lean_term(lo + hi), "p": hi - lo},
            **{"q": q, "d": terms.denominator, "lo": int_literal(lo), "hi": int_literal(hi)},
            **{"a": literal(step.fill[0]), "e": literal(step.fill[1])},
            **{"g": sequence(layers), "f": terms.function},
            **{"φ": activation.rule.term("unit", activation)},
        )
        rows, wide = rows + terms.input, wide + terms.input
        layers = (*layers, activation, *terms.layers)
        known = times(sigma, known)
        row = times(times(2, q), times(tau, terms.denominator))
    k = lean_term(literal(maps.scales[-1][0]))
    whole = times(row, k)
    proof = app("BorderedChain.sqLipschitz", proof, norm, CHECKED, CHECKED, K=k, g=sequence(layers))
    return Link(layers, times(t, times(known, known)), times(c, times(whole, whole)), proof)


def _filled(
    build: Builder,
    maps: ChainMaps,
    index: int,
    terms: AffineTerms,
    stored: tuple[LeanMatrix, LeanMatrix],
    place: tuple[int, int],
    scales: tuple[Scale, Scale, Scale, Scale],
) -> Term:
    """Declare the checks of a later layer's rows; the proof of ``FilledBlock``.

    Stored are B and the product before the layer's block; at ``place`` the rows and
    columns of the layer before begin; scales are those before and after the layer, then a and e.
    """
    (new, joined), (row, wide), (before, after, times, over) = stored, place, scales
    m, k, upright, fill = terms.output, terms.input, maps.odd_rows, maps.steps[index].fill
    low, name = row + k, f"{new.name}_{terms.layers[-1].name}"

    def sides(high: int, broad: int) -> tuple[int, int]:
        return (high, broad) if upright else (broad, high)

    def part(r: int, c: int, high: int, broad: int) -> Term:
        size = sides(high, broad)
        return app("PackedMatrix.block", new.name, *sides(r, c), *size, shape_term(size[0]))

    own, past = part(low, wide, m, k), part(row, 0, k, wide)
    factors = (own, past) if upright else (past, own)
    middle = product_base(new.packed, new.packed, joined.packed, k)
    high, broad = joined.shapes
    checks = [
        block_check(build, new, maps.blocks[index + 1], terms, before, after),
        build.check(
            f"{joined.name}_product",
            f"`{joined.name}` is the product of this block and the layer before, as they lie there",
            app(
                "PackedMatrix.isProduct",
                *(*factors, joined.name, str(middle), high, shape_term(k), broad),
            ),
        ),
        scaled_check(
            build,
            f"{name}_fill",
            "What lies before this block",
            joined,
            new,
            (over, times),
            part(low, 0, m, wide),
        ),
        zero_check(build, new, terms, *sides(0, wide), *sides(low, k)),
    ]
    sizes = ["rfl"] * (3 if upright else 2)
    return app(
        "FilledBlock.ofRows" if upright else "FilledBlock.ofColumns",
        *("rfl", *checks, app("And.intro", "rfl", "rfl")),
        *(*sizes, CHECKED, CHECKED),
        **{"B": new.name, "W": terms.stored.name, "J": joined.name, "M": row, "N": wide},
        **{"a": literal(fill[0]), "e": literal(fill[1])},
    )
