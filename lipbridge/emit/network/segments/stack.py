"""A chain stacked under one certificate, in Lean. Source: Lean ``LipBridge.SlopeChain``."""

from __future__ import annotations

from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.lean.declaration import CHECKED
from lipbridge.emit.lean.literals import literal, shape_term
from lipbridge.emit.lean.term import Term, app, lean_term, times
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.segments.affine import linear_map
from lipbridge.emit.network.segments.rescale import scaled_base, scaled_check
from lipbridge.emit.network.tighter.build import AffineTerms, Builder, Scale, segment_link
from lipbridge.emit.network.view import Link, sequence
from lipbridge.tighten.segments.segment import Stacked
from lipbridge.tighten.segments.stack import Block


@segment_link.register(Stacked)
def stacked_link(segment: Stacked, build: Builder) -> tuple[str, Link]:
    """The chain, layer after layer."""
    name, stack = f"{build.name}_{segment.pieces[1].name}_stack", segment.maps
    maps = [linear_map(build, piece) for piece in segment.pieces[::2]]
    activations = build.contexts(segment.pieces[1::2])
    shown = ", ".join(f"`{terms.stored.name}`" for terms in maps)
    new = build.hold(stack.matrix, f"weighted blocks {shown}")
    scales = [build.scale(f"{name}_scale{i}", values) for i, values in enumerate(stack.scales)]
    entries = new.entries
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
    rule, edge = "LayerBlock.ofRows", (block.row, 0, matrix.rows, block.column)
    if not block.upright:
        rule, edge = "LayerBlock.ofColumns", (0, block.column, block.row, matrix.rows)
    check = block_check(build, new, block, terms, before, after)
    if not edge[3 if block.upright else 2]:
        named = {"B": new.name, "W": old.name, "b'": "0", "zs": "Shape.one"}
        return app(rule, "rfl", check, "rfl", app("Or.inl", "rfl"), **named)
    empty = lean_term(zero_check(build, new, terms, *edge))
    none = app("Or.inr", empty if block.upright else app("And.intro", empty, "rfl"))
    return app(rule, "rfl", check, "rfl", none, B=new.name, W=old.name)


def block_check(
    build: Builder,
    new: LeanMatrix,
    block: Block,
    terms: AffineTerms,
    before: Scale,
    after: Scale,
) -> str:
    """Declare the check that a block of a matrix is a map's, or its transpose; its name."""
    high, wide = terms.stored.matrix.rows, terms.stored.matrix.cols
    high, wide = (high, wide) if block.upright else (wide, high)
    sizes = block.row, block.column, high, wide, shape_term(high)
    part, word = app("PackedMatrix.block", new.name, *sizes), "The block"
    if not block.upright:
        part, word = app("PackedMatrix.turn", part), "The transpose of the block"
    name = f"{new.name}_{terms.layers[-1].name}_block"
    what = f"{word} of `{new.name}` at row {block.row} and column {block.column}"
    return scaled_check(build, name, what, terms.stored, new, (before, after), part)


def zero_check(
    build: Builder,
    new: LeanMatrix,
    terms: AffineTerms,
    row: int,
    column: int,
    high: int,
    wide: int,
) -> str:
    """Declare the check that a region of a matrix, beside a map's block, is 0; its name."""
    shapes = shape_term(high), shape_term(wide)
    region = app("PackedMatrix.block", new.name, row, column, high, wide, shapes[0])
    width = scaled_base(new.packed.data, new.packed.data, 1, 1)
    return build.check(
        f"{new.name}_{terms.layers[-1].name}_zeros",
        f"`{new.name}` vanishes in {high} rows from row {row} and {wide} columns from column "
        f"{column} on",
        app("PackedMatrix.isZero", region, str(width), *shapes),
    )
