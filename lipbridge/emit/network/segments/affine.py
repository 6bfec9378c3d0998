"""Lean terms for linear maps in a row: their common matrix, scale, bias, and proofs about them."""

from __future__ import annotations

from dataclasses import replace

from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.data.packed import product_base
from lipbridge.emit.lean.printer import int_literal
from lipbridge.emit.lean.term import app, bind, lean_term, times, typed
from lipbridge.emit.network.declarations import MAP
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.tighter.build import AffineTerms, Builder, segment_link
from lipbridge.emit.network.view import Link
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers.gain import Gain
from lipbridge.tighten.segments.pieces import Piece, diagonal
from lipbridge.tighten.segments.segment import Merged


def layer_map(layer: LayerContext) -> AffineTerms:
    """A linear layer. Source: Lean ``LipBridge.Affine.layer``."""
    tensor = layer.weight
    assert tensor is not None, "a piece's layers are linear maps"
    bias = layer.rule.term("bias", layer) if "bias" in layer.tensors else lean_term("vzero")
    sizes = str(layer.input), str(layer.output)
    return AffineTerms(
        layers=(layer,),
        stored=tensor,
        scale=tensor.reciprocal,
        bias=bias,
        denominator=tensor.denominator,
        inverse=tensor.inverse,
        proof=app("Affine.layer", *sizes, tensor.entries, tensor.reciprocal, bias),
    )


def gain_map(build: Builder, layer: LayerContext, gain: Gain) -> AffineTerms:
    """A gain, as the linear map with its entries on the diagonal."""
    tensor = layer.tensors["gain"]
    found = diagonal(gain, {gain.gain: tensor.matrix})
    assert found is not None, "a piece's gains are of plain vectors"
    held = build.hold(found, f"the gain `{gain.name}` on its diagonal")
    entry = app(tensor.entries, "0", "i")
    name, offset = f"{found.name}_check", lean_term(int_literal(int(gain.offset)))
    proof = app("Affine.gain", name)
    if gain.offset:
        entry = app("Int.add", entry, app("Int.mul", offset, app("Int.ofNat", found.denominator)))
        proof = app("Affine.gainOffset", offset, held.inverse, name)
    build.check(
        name,
        f"`{found.name}` has the entries of the gain on its diagonal",
        app("isDiagonal", str(layer.input), held.entries, bind("fun i =>", entry)),
    )
    return AffineTerms(
        layers=(layer,),
        stored=held,
        scale=tensor.reciprocal,
        bias=lean_term("vzero"),
        denominator=tensor.denominator,
        inverse=held.inverse,
        proof=proof,
    )


def linear_map(build: Builder, piece: Piece) -> AffineTerms:
    """A linear map, declared once."""
    if piece.name not in build.affine:
        first, *others = (
            gain_map(build, layer, layer.layer)
            if isinstance(layer.layer, Gain)
            else layer_map(layer)
            for layer in build.contexts([piece])
        )
        for outer, matrix in zip(others, piece.matrices[1:], strict=True):
            first = composed_map(build, matrix, first, outer)
        build.affine[piece.name] = named_map(build, first) if others else first
    return build.affine[piece.name]


def composed_map(
    build: Builder, matrix: ExactMatrix, inner: AffineTerms, outer: AffineTerms
) -> AffineTerms:
    """Two linear maps in a row with their product, the outer one a layer.

    Source: Lean ``LipBridge.Affine.comp``.
    """
    layers = (*inner.layers, *outer.layers)
    names = "·".join(layer.name for layer in reversed(layers))
    joined = build.hold(matrix, f"the product {names}")
    product = product_check(build, outer.stored, inner.stored, joined)
    return AffineTerms(
        layers=layers,
        stored=joined,
        scale=app("mul", outer.scale, inner.scale),
        bias=app(
            "mergedBias", outer.input, outer.stored.entries, outer.scale, outer.bias, inner.bias
        ),
        denominator=times(outer.denominator, inner.denominator),
        inverse=app("reciprocal_mul", outer.inverse, inner.inverse),
        proof=app(
            "Affine.comp",
            outer.proof,
            inner.proof,
            app("PackedMatrix.isProduct_sound", product),
            f=inner.function,
            g=outer.function,
        ),
    )


def product_check(build: Builder, a: LeanMatrix, b: LeanMatrix, m: LeanMatrix) -> str:
    """Declare the check that one matrix is the product of two; its name."""
    base = product_base(a.packed, b.packed, m.packed, a.matrix.cols)
    shapes = *a.shapes, b.shapes[1]
    return build.check(
        f"{m.name}_product",
        f"`{m.name}` is the product of `{a.name}` and `{b.name}`",
        app("PackedMatrix.isProduct", a.name, b.name, m.name, str(base), *shapes),
    )


def named_map(build: Builder, terms: AffineTerms) -> AffineTerms:
    """Declare that several layers are one linear map; its proof is that theorem's name."""
    name, sizes = terms.stored.name, (str(terms.input), str(terms.output))
    shown = ", ".join(layer.name for layer in terms.layers)
    build.scope.theorem(
        f"{name}_affine",
        f"{shown} in a row are one linear map, with the matrix `{name}`.",
        app(
            "Affine",
            *sizes,
            terms.stored.entries,
            terms.scale,
            terms.bias,
            typed(terms.function, MAP),
        ),
        terms.proof,
    )
    return replace(terms, proof=build.scope[f"{name}_affine"])


@segment_link.register(Merged)
def merged_link(segment: Merged, build: Builder) -> tuple[str, Link]:
    """Linear maps in a row, by the certificate of their product."""
    terms = linear_map(build, segment.piece)
    name, d = terms.stored.name, terms.denominator
    proof = app("Affine.sqLipschitz", terms.proof, f"{name}_norm", terms.inverse)
    return name, Link(terms.layers, app(f"{name}_T"), times(f"{name}_C", times(d, d)), proof)
