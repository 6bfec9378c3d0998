"""Lean terms for linear maps in a row: their common matrix, scale, bias, and proofs about them."""

from __future__ import annotations

from dataclasses import dataclass

from lipbridge.emit.data.packed import PackedMatrix, packed_matrix
from lipbridge.emit.lean.literals import shape_term
from lipbridge.emit.lean.printer import int_literal
from lipbridge.emit.lean.term import Term, app, bind, lean_term
from lipbridge.emit.network.branch_context import sequence
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers.gain import Gain
from lipbridge.tighten.segments.pieces import Piece, diagonal


@dataclass(frozen=True)
class Stored:
    """A matrix as its data module holds it.

    Attributes:
        name: its Lean name.
        matrix: the exact matrix.
        packed: as it is packed.
    """

    name: str
    matrix: ExactMatrix
    packed: PackedMatrix


@dataclass(frozen=True)
class Check:
    """A Boolean check of the kernel.

    Attributes:
        name: Lean name of the theorem.
        meaning: what it says, for the docstring.
        term: what is true.
    """

    name: str
    meaning: str
    term: Term


@dataclass(frozen=True)
class AffineTerms:
    """A piece that is one linear map, in Lean.

    Attributes:
        piece: the piece.
        layers: its layers' contexts.
        stored: the matrix of all its maps together.
        scale: the ring element that it is multiplied with.
        bias: its bias, a vector.
        denominator: the number whose reciprocal ``scale`` is.
        inverse: proof of that.
        proof: proof that the piece's function is this linear map.
        checks: products of matrices that the proof uses.
    """

    piece: Piece
    layers: tuple[LayerContext, ...]
    stored: Stored
    scale: Term
    bias: Term
    denominator: Term
    inverse: Term
    proof: Term
    checks: tuple[Check, ...]

    @property
    def input(self) -> int:
        """Number of inputs."""
        return self.layers[0].input

    @property
    def output(self) -> int:
        """Number of outputs."""
        return self.layers[-1].output


def stored(name: str, matrix: ExactMatrix, *, transposed: bool) -> Stored:
    """Pack a matrix as its data module does."""
    return Stored(name, matrix, packed_matrix(matrix, transposed=transposed))


def affine_terms(piece: Piece, layers: tuple[LayerContext, ...], *, certified: bool) -> AffineTerms:
    """The terms of a piece that is one linear map.

    Args:
        piece: the piece.
        layers: the contexts of its layers.
        certified: whether its product has a certificate, which decides how it is packed.

    Source: Lean ``LipBridge.Affine.layer``, ``LipBridge.Affine.comp``.
    """
    terms = _single(piece, layers[0])
    for index, layer in enumerate(layers[1:], start=1):
        outer, matrix = _single(piece, layer), piece.matrices[index]
        last = index == len(layers) - 1
        wide = last and certified and matrix.cols > matrix.rows
        joined = stored(f"{layer.name}_merged", matrix, transposed=wide)
        check = product_check(outer.stored, terms.stored, joined)
        functions = {"f": sequence(layers[:index]), "g": layer.function}
        entries = f"{outer.stored.name}.entry"
        terms = AffineTerms(
            piece=piece,
            layers=layers[: index + 1],
            stored=joined,
            scale=app("mul", outer.scale, terms.scale),
            bias=app("mergedBias", layer.input, entries, outer.scale, outer.bias, terms.bias),
            denominator=app("Nat.mul", outer.denominator, terms.denominator),
            inverse=app("reciprocal_mul", outer.inverse, terms.inverse),
            proof=app(
                "Affine.comp",
                outer.proof,
                terms.proof,
                app("PackedMatrix.isProduct_sound", check.name),
                **functions,
            ),
            checks=(*terms.checks, *outer.checks, check),
        )
    return terms


def product_base(a: PackedMatrix, b: PackedMatrix, m: PackedMatrix, mid: int) -> int:
    """The least base in which no digit of either side overflows. Source: Lean ``productBits``."""
    left = mid * ((1 << a.data.width + b.data.width) + a.data.bias * b.data.bias) + m.data.bias
    right = (1 << m.data.width) + mid * (
        (a.data.bias << b.data.width) + (b.data.bias << a.data.width)
    )
    return max(left, right).bit_length()


def product_check(a: Stored, b: Stored, m: Stored) -> Check:
    """The check that one matrix is the product of two."""
    base = product_base(a.packed, b.packed, m.packed, a.matrix.cols)
    shapes = map(shape_term, (a.matrix.rows, a.matrix.cols, b.matrix.cols))
    return Check(
        f"{m.name}_product",
        f"`{m.name}` is the product of `{a.name}` and `{b.name}`",
        app("PackedMatrix.isProduct", a.name, b.name, m.name, str(base), *shapes),
    )


def _diagonal(piece: Piece, layer: LayerContext, gain: Gain) -> AffineTerms:
    """A gain, as the linear map with its entries on the diagonal."""
    tensor, size = layer.tensors["gain"], layer.input
    found = diagonal(gain, {gain.gain: tensor.matrix})
    assert found is not None, "a piece's gains are of plain vectors"
    matrix = stored(found.name, found, transposed=False)
    entry, inverse = app(f"{tensor.name}.entry", "0", "i"), layer.inverse(found.denominator)
    name, offset = f"{found.name}_check", lean_term(int_literal(int(gain.offset)))
    proof = app("Affine.gain", name)
    if gain.offset:
        entry = app("Int.add", entry, app("Int.mul", offset, app("Int.ofNat", found.denominator)))
        proof = app("Affine.gainOffset", offset, inverse, name)
    check = Check(
        name,
        f"`{found.name}` has the entries of the gain on its diagonal",
        app("isDiagonal", str(size), f"{found.name}.entry", bind("fun i =>", entry)),
    )
    return AffineTerms(
        piece=piece,
        layers=(layer,),
        stored=matrix,
        scale=tensor.reciprocal,
        bias=lean_term("vzero"),
        denominator=tensor.denominator,
        inverse=inverse,
        proof=proof,
        checks=(check,),
    )


def _single(piece: Piece, layer: LayerContext) -> AffineTerms:
    if isinstance(layer.layer, Gain):
        return _diagonal(piece, layer, layer.layer)
    tensor = layer.weight
    assert tensor is not None, "a piece's layers are linear maps"
    transposed = tensor.certificate is not None and tensor.certificate.transpose
    matrix = stored(tensor.name, tensor.matrix, transposed=transposed)
    bias = layer.rule.term("bias", layer) if "bias" in layer.tensors else lean_term("vzero")
    sizes = str(layer.input), str(layer.output)
    return AffineTerms(
        piece=piece,
        layers=(layer,),
        stored=matrix,
        scale=tensor.reciprocal,
        bias=bias,
        denominator=tensor.denominator,
        inverse=layer.inverse(tensor.matrix.denominator),
        proof=app("Affine.layer", *sizes, f"{tensor.name}.entry", tensor.reciprocal, bias),
        checks=(),
    )
