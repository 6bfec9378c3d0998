"""A segment of a body: layers bounded together, its constant as a number and in symbols.

A segment is a single layer, linear maps in a row *merged*, a chain with its hidden units
*rescaled*, a chain *stacked* under one certificate (LipSDP), or a chain of hidden layers, or one
beside a linear map, under one of a *bordered* matrix (LipSDP, too).

Source: docs/theorems.md §2.  Lean: ``LipBridge.Affine.comp``, ``LipBridge.Rescaled``,
``LipBridge.SlopeChain``, ``LipBridge.BorderedChain``, ``LipBridge.Bordered``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten.segments.bordered import BorderedMaps
from lipbridge.tighten.segments.bordered_chain import ChainMaps, HiddenChain
from lipbridge.tighten.segments.pieces import Piece
from lipbridge.tighten.segments.rescale import RescaledChain
from lipbridge.tighten.segments.stack import StackedMaps

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Squares:
    """Squared constants, exact or upper bounds.

    Attributes:
        layers: of the body's layers, by name.
        matrices: squared norms of merged, rescaled and stacked matrices, by name.
    """

    layers: Mapping[str, Fraction]
    matrices: Mapping[str, Fraction]


@dataclass(frozen=True)
class Single:
    """One layer, with its own constant."""

    piece: Piece

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces in it."""
        return (self.piece,)

    @property
    def matrices(self) -> tuple[ExactMatrix, ...]:
        """Matrices, made from the network's, whose norms its constant needs."""
        return ()

    def square(self, squares: Squares) -> Fraction:
        """Its squared constant."""
        return squares.layers[self.piece.name]

    def symbol(self, constants: Mapping[str, str], diagonals: Iterator[str]) -> str:
        """Its constant in symbols; empty for 1."""
        if self.piece.affine:
            return f"σ({self.piece.symbol})"
        found = constants[self.piece.name]
        if found == "1":
            return ""
        outside, depth = "", 0
        for sign in found:
            depth += (sign == "(") - (sign == ")")
            outside += "" if depth else sign
        return f"({found})" if " + " in outside else found


@dataclass(frozen=True)
class Merged(Single):
    """Several linear maps in a row, which are one: ``‖AB‖ ≤ ‖A‖·‖B‖``."""

    @property
    def matrices(self) -> tuple[ExactMatrix, ...]:
        return (self.piece.matrix,)

    def square(self, squares: Squares) -> Fraction:
        return squares.matrices[self.piece.matrix.name]


@dataclass(frozen=True)
class Rescaled:
    """A chain of linear maps and homogeneous activations, its hidden units scaled."""

    pieces: tuple[Piece, ...]
    chain: RescaledChain

    @property
    def matrices(self) -> tuple[ExactMatrix, ...]:
        """The rescaled matrices."""
        return self.chain.matrices

    def square(self, squares: Squares) -> Fraction:
        """``Π σ(W'_ℓ)² / K²``."""
        factors = (squares.matrices[m.name] for m in self.chain.matrices)
        return math.prod(factors, start=Fraction(1)) / self.chain.factor**2

    def symbol(self, constants: Mapping[str, str], diagonals: Iterator[str]) -> str:
        """``σ(D₁·a)*σ(D₂·b·D₁⁻¹)*…*σ(c·D₂⁻¹)``."""
        maps, words, right = self.pieces[::2], list[str](), ""
        for piece in maps[:-1]:
            diagonal = next(diagonals)
            words.append(f"σ({diagonal}·{piece.symbol}{right})")
            right = f"·{diagonal}⁻¹"
        return "*".join([*words, f"σ({maps[-1].symbol}{right})"])


@dataclass(frozen=True)
class Stacked:
    """A chain of linear maps and activations with slopes in [0, p/q], under one certificate."""

    pieces: tuple[Piece, ...]
    maps: StackedMaps

    @property
    def matrices(self) -> tuple[ExactMatrix, ...]:
        """The stack."""
        return (self.maps.matrix,)

    @property
    def slopes(self) -> tuple[Fraction, ...]:
        """p/q of each activation, whose slopes lie in [0, p/q]."""
        bounds = [piece.layers[0].slope_bound for piece in self.pieces[1::2]]
        return tuple(bound for bound in bounds if bound is not None)

    def square(self, squares: Squares) -> Fraction:
        """``(σ(B)^L Π p/q / (2^{L−1} K Π d))²``."""
        return self.maps.square(squares.matrices[self.maps.matrix.name], self.slopes)

    def symbol(self, constants: Mapping[str, str], diagonals: Iterator[str]) -> str:
        """``σ([D₁·a, D₂·b·D₁⁻¹, c·D₂⁻¹])³``."""
        slope = math.prod(self.slopes, start=Fraction(1))
        words, right = list[str](), ""
        for piece in self.pieces[:-1:2]:
            diagonal = next(diagonals)
            words.append(f"{diagonal}·{piece.symbol}{right}")
            right = f"·{diagonal}⁻¹"
        words.append(f"{self.pieces[-1].symbol}{right}")
        power = str(len(words)).translate(_POWERS)
        return ("" if slope == 1 else f"{slope}*") + f"σ([{', '.join(words)}]){power}"


@dataclass(frozen=True)
class Bordered:
    """A hidden layer with slopes in an interval, beside a linear map."""

    pieces: tuple[Piece, ...]
    maps: BorderedMaps | ChainMaps

    @property
    def name(self) -> str:
        """The name of its first activation."""
        maps = self.maps
        if isinstance(maps, ChainMaps):
            return maps.chain.pieces[1].name
        return maps.block.activation.name

    @property
    def matrices(self) -> tuple[ExactMatrix, ...]:
        """The bordered matrix."""
        return (self.maps.matrix,)

    def fits(self, matrices: Mapping[str, Fraction]) -> bool:
        """Whether σ(B)² is small enough for the weights; see `Squares.matrices`."""
        return self.maps.fits(matrices[self.maps.matrix.name])

    def square(self, squares: Squares) -> Fraction:
        """Its squared constant.

        Raises:
            ValueError: σ(B) is too large for the weights.
        """
        return self.maps.square(squares.matrices[self.maps.matrix.name])

    def symbol(self, constants: Mapping[str, str], diagonals: Iterator[str]) -> str:
        """``σ([[D₁·a, 0], [1/2·b·a + 1, r·b·D₁⁻¹]])``."""
        if isinstance(self.maps, ChainMaps):
            return _chain_symbol(self.maps.chain, diagonals)
        block, diagonal = self.maps.block, next(diagonals)
        lo, hi, q = block.slopes
        a, b = block.inner.symbol, block.outer.symbol
        middle = Fraction(lo + hi, 2 * q)
        parts = [] if not middle else [f"{b}·{a}" if middle == 1 else f"{middle}·{b}·{a}"]
        corner = " + ".join([*parts, block.beside.symbol if block.beside else "1"])
        return f"σ([[{diagonal}·{a}, 0], [{corner}, r·{b}·{diagonal}⁻¹]])"


def _chain_symbol(chain: HiddenChain, diagonals: Iterator[str]) -> str:
    """``σ([[D₁·a, 0], [1/2·b·a, r·b·D₁⁻¹]])``, a row for each map."""
    maps, slopes = chain.maps, chain.slopes
    weights = [next(diagonals) for _ in slopes]
    numbers = [str(index + 1).translate(SUBSCRIPTS) for index in range(len(slopes))]
    rests = ["r"] if len(slopes) == 1 else [f"r{number}" for number in numbers]
    rows: list[str] = []
    for index, last in enumerate(maps):
        row: list[str] = []
        for start in range(len(maps)):
            middle = [Fraction(lo + hi, 2 * q) for lo, hi, q in slopes[start:index]]
            factor = math.prod(middle, start=Fraction(1))
            words = [str(factor)] if factor != 1 else []
            words += [rests[start - 1]] if start else []
            words += weights[index : index + 1]
            words += [piece.symbol for piece in reversed(maps[start : index + 1])]
            words += [f"{weights[start - 1]}⁻¹"] if start else []
            row.append("·".join(words) if last and start <= index and factor else "0")
        rows.append(f"[{', '.join(row)}]")
    return f"σ([{', '.join(rows)}])"


Segment = Single | Merged | Rescaled | Stacked | Bordered
