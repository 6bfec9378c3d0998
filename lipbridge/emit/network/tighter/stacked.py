"""Lean terms for a chain of linear maps and activations, stacked under one certificate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lipbridge.emit.lean.literals import literal, shape_term
from lipbridge.emit.lean.term import Term, app, lean_term
from lipbridge.emit.network.affine import AffineTerms, Check, Stored, stored
from lipbridge.emit.network.branch_context import sequence
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.tighter.chain import Scale, pack_scale, scaled_base
from lipbridge.tighten.segments.segment import Stacked
from lipbridge.tighten.segments.stack import Block

_TRUE = "Eq.refl true"


@dataclass(frozen=True)
class StackTerms:
    """A stacked chain, or a bordered hidden layer, in Lean.

    Attributes:
        P: term of P.
        Q: term of Q.
        proof: proof of ``SqLipschitz`` with these.
        checks: the checks that the proof uses.
        numbers: name → literal of every packed scaling.
    """

    P: Term
    Q: Term
    proof: Term
    checks: tuple[Check, ...]
    numbers: dict[str, str]


def stack_terms(
    name: str,
    segment: Stacked,
    maps: Sequence[AffineTerms],
    proofs: Sequence[Term],
    activations: Sequence[LayerContext],
) -> StackTerms:
    """The terms of a stacked chain.

    Args:
        name: Lean name of the segment.
        segment: the segment.
        maps: its linear maps.
        proofs: proofs that their functions are these maps.
        activations: the activations between them.

    Source: Lean ``LipBridge.SlopeChain``.
    """
    stack = segment.maps
    new = stored(stack.matrix.name, stack.matrix, transposed=False)
    scales = [pack_scale(f"{name}_scale{i}", values) for i, values in enumerate(stack.scales)]
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
    proof = app("SlopeChain.start", maps[0].input, entries, c, near, far, _TRUE, c=scales[0].term)
    checks: list[Check] = []
    blocks: list[Term] = []
    for terms, block, before, after in zip(maps, stack.blocks, scales, scales[1:], strict=False):
        found, block_proof = layer_block(new, block, terms, before, after)
        checks += found
        blocks.append(block_proof)
    kappas: tuple[Term, Term] = (lean_term("1"), lean_term("1"))
    layers: tuple[LayerContext, ...] = ()
    for index, activation in enumerate(activations):
        terms = maps[index]
        p, q = map(lean_term, segment.slopes[index].as_integer_ratio())
        unit, slopes = (activation.rule.term(name, activation) for name in ("unit", "slopes"))
        before = sequence(layers) if layers else lean_term("fun x => x")
        proof = app(
            "SlopeChain.step",
            *(proof, slopes, proofs[index], terms.inverse, blocks[index]),
            **{"p": p, "q": q, "f": before, "g": sequence(terms.layers), "φ": unit},
        )
        gain = app("Nat.mul", app("Nat.mul", terms.denominator, q), kappas[1])
        kappas = (
            app("Nat.mul", app("Nat.mul", near, p), kappas[0]),
            app("Nat.mul", app("Nat.mul", 2, c), gain),
        )
        near, far = far, near
        layers = (*layers, *terms.layers, activation)
    last, k = maps[-1], lean_term(literal(stack.factor))
    whole = app("Nat.mul", app("Nat.mul", last.denominator, kappas[1]), k)
    proof = app(
        "SlopeChain.last",
        *(proof, proofs[-1], last.inverse, blocks[-1], _TRUE, bound, _TRUE),
        **{"K": k, "f": sequence(layers), "g": sequence(last.layers)},
    )
    gains = app("Nat.mul", app("Nat.mul", near, near), app("Nat.mul", *(kappas[0],) * 2))
    rest = app("Nat.mul", app("Nat.mul", c, c), app("Nat.mul", whole, whole))
    return StackTerms(
        P=app("Nat.mul", first, gains),
        Q=app("Nat.mul", near, rest),
        proof=proof,
        checks=tuple(checks),
        numbers={scale.name: literal(scale.number) for scale in scales},
    )


def layer_block(
    new: Stored, block: Block, terms: AffineTerms, before: Scale, after: Scale
) -> tuple[list[Check], Term]:
    """The checks of a map's block, and the proof of ``LayerBlock`` from them."""
    old, matrix = terms.stored, terms.stored.matrix
    high, wide = (matrix.rows, matrix.cols) if block.upright else (matrix.cols, matrix.rows)
    sizes = block.row, block.column, high, wide, shape_term(high)
    part = app("PackedMatrix.block", new.name, *sizes)
    scales = str(before.width), before.name, str(after.width), after.name
    base = scaled_base(old.packed.data, new.packed.data, before.width, after.width)
    if block.upright:
        edge, zeros = (block.row, 0, high, block.column), block.column
    else:
        part = app("PackedMatrix.turn", part)
        edge, zeros = (0, block.column, block.row, wide), block.row
    shapes = shape_term(matrix.rows), shape_term(matrix.cols)
    shown = f"{new.name}_{terms.layers[-1].name}"
    word = "The block" if block.upright else "The transpose of the block"
    block_check = Check(
        f"{shown}_block",
        f"{word} of `{new.name}` at row {block.row} and column {block.column} is `{old.name}`, "
        f"row i multiplied by digit i of `{after.name}` and column j divided by digit j of "
        f"`{before.name}`",
        app("PackedMatrix.isScaled", old.name, part, *scales, str(base), *shapes),
    )
    checks = [block_check]
    none = app("Or.inl", "rfl")
    named = {"B": new.name, "W": old.name, "b'": "0", "zs": "Shape.one"}
    if zeros:
        row, column, tall, broad = edge
        del named["b'"], named["zs"]
        corner = shape_term(tall), shape_term(broad)
        region = app("PackedMatrix.block", new.name, row, column, tall, broad, corner[0])
        width = scaled_base(new.packed.data, new.packed.data, 1, 1)
        checks.append(
            Check(
                f"{shown}_zeros",
                f"`{new.name}` vanishes in {tall} rows from row {row} and {broad} columns from "
                f"column {column} on",
                app("PackedMatrix.isZero", region, str(width), *corner),
            )
        )
        none = app("Or.inr", checks[-1].name)
        if not block.upright:
            none = app("Or.inr", app("And.intro", checks[-1].name, "rfl"))
    rule = "LayerBlock.ofRows" if block.upright else "LayerBlock.ofColumns"
    given = {key: lean_term(text) for key, text in named.items()}
    proof = app(rule, "rfl", block_check.name, "rfl", none, **given)
    return checks, proof
