"""A chain stacked under one certificate, in Lean. Source: Lean ``LipBridge.SlopeChain``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.lean.declaration import CHECKED
from lipbridge.emit.lean.literals import literal, shape_term
from lipbridge.emit.lean.term import Term, app, lean_term, times
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.link import Link, sequence
from lipbridge.emit.network.segments.affine import AffineTerms
from lipbridge.emit.network.segments.rescale import Scale, scaled_base
from lipbridge.emit.network.segments.segment_link import segment_link
from lipbridge.tighten.segments.segment import Stacked
from lipbridge.tighten.segments.stack import Block

if TYPE_CHECKING:
    from lipbridge.emit.network.tighter.build import Builder


@segment_link.register(Stacked)
def stacked_link(segment: Stacked, build: Builder) -> tuple[str, Link]:
    """The chain, layer after layer."""
    name, stack = f"{build.name}_{segment.pieces[1].name}_stack", segment.maps
    maps = [build.linear_map(piece) for piece in segment.pieces[::2]]
    activations = build.contexts(segment.pieces[1::2])
    shown = ", ".join(f"`{terms.stored.name}`" for terms in maps)
    new = build.hold(stack.matrix, f"weighted blocks {shown}")
    scales = [build.scale(f"{name}_scale{i}", values) for i, values in enumerate(stack.scales)]
    entries: Term = lean_term(f"{new.name}.entry")
    c, t = lean_term(f"{new.name}_C"), lean_term(f"{new.name}_T")
    bound = app("CrossBound.ofNorm", f"{new.name}_norm")
    # Weights of the new units and of those before; they change places with every layer.
    near, far = (c, t) if stack.odd_rows else (t, c)
    first = far
    # Rows and columns have changed places where the last map's outputs are columns.
    if not stack.blocks[-1].upright:
        bound = app("CrossBound.swap", bound)
    if not stack.odd_rows:
        entries = app("transpose", entries)
    proof = app("SlopeChain.start", maps[0].input, entries, c, near, far, CHECKED, c=scales[0].term)
    blocks = [
        layer_block(build, new, block, terms, before, after)
        for terms, block, before, after in zip(
            maps, stack.blocks, scales[:-1], scales[1:], strict=True
        )
    ]
    kappas: tuple[Term, Term] = (lean_term("1"), lean_term("1"))
    layers: tuple[LayerContext, ...] = ()
    for terms, block, slope, activation in zip(
        maps[:-1], blocks[:-1], segment.slopes, activations, strict=True
    ):
        p, q = map(lean_term, slope.as_integer_ratio())
        unit, slopes = (activation.rule.term(name, activation) for name in ("unit", "slopes"))
        proof = app(
            "SlopeChain.step",
            *(proof, slopes, terms.proof, terms.inverse, block),
            **{"p": p, "q": q, "f": sequence(layers), "g": terms.function, "φ": unit},
        )
        gain = times(terms.denominator, q, kappas[1])
        kappas = times(near, p, kappas[0]), times(times(2, c), gain)
        near, far = far, near
        layers = (*layers, *terms.layers, activation)
    last, k = maps[-1], lean_term(literal(stack.factor))
    whole = times(last.denominator, kappas[1], k)
    proof = app(
        "SlopeChain.last",
        *(proof, last.proof, last.inverse, blocks[-1], CHECKED, bound, CHECKED),
        **{"K": k, "f": sequence(layers), "g": last.function},
    )
    gains = times(times(near, near), times(kappas[0], kappas[0]))
    rest = times(times(c, c), times(whole, whole))
    found = Link((*layers, *last.layers), times(first, gains), times(near, rest), proof)
    return name, found


def layer_block(
    build: Builder,
    new: LeanMatrix,
    block: Block,
    terms: AffineTerms,
    before: Scale,
    after: Scale,
) -> Term:
    """Declare the checks of a map's block; the proof of ``LayerBlock`` from them."""
    old, matrix = terms.stored, terms.stored.matrix
    high, wide = (matrix.rows, matrix.cols) if block.upright else (matrix.cols, matrix.rows)
    sizes = block.row, block.column, high, wide, shape_term(high)
    part = app("PackedMatrix.block", new.name, *sizes)
    base = scaled_base(old.packed.data, new.packed.data, before.width, after.width)
    if block.upright:
        edge, zeros = (block.row, 0, high, block.column), block.column
    else:
        part = app("PackedMatrix.turn", part)
        edge, zeros = (0, block.column, block.row, wide), block.row
    shapes = shape_term(matrix.rows), shape_term(matrix.cols)
    shown = f"{new.name}_{terms.layers[-1].name}"
    word = "The block" if block.upright else "The transpose of the block"
    check = build.check(
        f"{shown}_block",
        f"{word} of `{new.name}` at row {block.row} and column {block.column} is `{old.name}`, "
        f"row i multiplied by digit i of `{after.name}` and column j divided by digit j of "
        f"`{before.name}`",
        app(
            "PackedMatrix.isScaled",
            *(old.name, part, *before.digits, *after.digits, str(base), *shapes),
        ),
    )
    none = app("Or.inl", "rfl")
    named = {"B": new.name, "W": old.name, "b'": "0", "zs": "Shape.one"}
    if zeros:
        row, column, tall, broad = edge
        del named["b'"], named["zs"]
        corner = shape_term(tall), shape_term(broad)
        region = app("PackedMatrix.block", new.name, row, column, tall, broad, corner[0])
        width = scaled_base(new.packed.data, new.packed.data, 1, 1)
        empty = lean_term(
            build.check(
                f"{shown}_zeros",
                f"`{new.name}` vanishes in {tall} rows from row {row} and {broad} columns from "
                f"column {column} on",
                app("PackedMatrix.isZero", region, str(width), *corner),
            )
        )
        none = app("Or.inr", empty if block.upright else app("And.intro", empty, "rfl"))
    rule = "LayerBlock.ofRows" if block.upright else "LayerBlock.ofColumns"
    given = {key: lean_term(text) for key, text in named.items()}
    return app(rule, "rfl", check, "rfl", none, **given)
