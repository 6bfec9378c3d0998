r"""A hidden layer beside a linear map under one norm: LipSDP for slopes in an interval [α, β].

``x ↦ A x + V φ(U x + b)``, A = I for a residual block. With
α = lo/q, β = hi/q, s = lo + hi, p = hi − lo, integer weights c of the hidden units and integers κ,
G, let the bordered matrix B have the blocks ``diag(c)·U`` (hidden rows, input columns),
``κ·V·diag(c)⁻¹`` (output rows, hidden columns), 0 (hidden rows and columns) and the corner
``G·(s·d_A·V·U + 2q·d_U·d_V·A)``, all of numerators, d the denominators. If
``σ(B)·G·d_A·p ≤ κ``, then ``σ(B) / (2q·G·d_A·d_U·d_V)`` bounds the whole.

Source: M. Fazlyab et al., LipSDP-Neuron (2019), the linear part of φ taken out.
Lean: ``LipBridge.Bordered``, ``LipBridge.Bordered.sqLipschitz``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers.residual import Residual
from lipbridge.layers.sum import Sum
from lipbridge.tighten.segments.bordered_chain import hidden_chain
from lipbridge.tighten.segments.pieces import Piece, product
from lipbridge.tighten.segments.rescale import UNIT
from lipbridge.tighten.segments.stack import Block, HiddenWeights


@dataclass(frozen=True)
class HiddenBlock:
    """A hidden layer with one activation, and the linear map that it is added to.

    Attributes:
        inner: U, the linear map before the activation.
        activation: the activation.
        outer: V, the linear map after it.
        beside: A; None where it is the identity.
        first: whether A comes first in the sum.
    """

    inner: Piece
    activation: Piece
    outer: Piece
    beside: Piece | None = None
    first: bool = True

    @property
    def slopes(self) -> tuple[int, int, int]:
        """(lo, hi, q)."""
        found = self.activation.layers[0].interval
        assert found is not None, "a block's activation has slopes in an interval"
        return found

    @property
    def denominator(self) -> int:
        """``d_A·2q·d_U·d_V``."""
        parts = self.inner.matrix.denominator * self.outer.matrix.denominator
        return self.beside_denominator * 2 * self.slopes[2] * parts

    @property
    def beside_denominator(self) -> int:
        """d_A."""
        return 1 if self.beside is None else self.beside.matrix.denominator

    def added(self) -> Any:
        """The numerators of A, shape (m, n)."""
        m, n = self.outer.matrix.rows, self.inner.matrix.cols
        if self.beside is not None:
            return self.beside.matrix.objects
        return np.eye(m, n, dtype=int).astype(object)


@dataclass(frozen=True)
class BorderedMaps:
    """A block's maps, weighted, in one matrix.

    Attributes:
        block: the block.
        scales: (1, …) of the inputs, c of the hidden units, (κ, …) of the outputs.
        factor: G.
        odd_rows: whether hidden units and outputs are the rows of the matrix.
        blocks: where U and V lie.
        joined: the product V·U.
        matrix: B, or its transpose, not wider than high.
    """

    block: HiddenBlock
    scales: tuple[tuple[int, ...], ...]
    factor: int
    odd_rows: bool
    blocks: tuple[Block, Block]
    joined: ExactMatrix
    matrix: ExactMatrix

    @property
    def corner(self) -> tuple[int, int]:
        """(x, y): the corner is x·V·U + y·A."""
        lo, hi, _ = self.block.slopes
        x = self.factor * (lo + hi) * self.block.beside_denominator
        return x, self.factor * (self.block.denominator // self.block.beside_denominator)

    def fits(self, norm: Fraction) -> bool:
        """Whether σ(B)² is small enough for κ.

        Args:
            norm: σ(B)², or a bound of it.
        """
        lo, hi, _ = self.block.slopes
        return (
            norm * (self.factor * self.block.beside_denominator * (hi - lo)) ** 2
            <= self.scales[2][0] ** 2
        )

    def square(self, norm: Fraction) -> Fraction:
        """The squared constant of the block.

        Args:
            norm: σ(B)², or a bound of it.

        Raises:
            ValueError: it is too large for κ.
        """
        if not self.fits(norm):
            raise ValueError(f"the norm of {self.matrix.name} is too large for its weights")
        return norm / (self.factor * self.block.denominator) ** 2


def hidden_block(piece: Piece) -> HiddenBlock | None:
    """The hidden layer with a linear map beside it that a piece is; None for others.

    Args:
        piece: one that holds branches.
    """
    layer, inside = piece.layers[0], piece.inside
    if isinstance(layer, Residual):
        return _layer(inside[0])
    if not isinstance(layer, Sum) or len(inside) != 2:
        return None
    alone = [len(branch) == 1 and branch[0].affine for branch in inside]
    if alone == [True, False]:
        return _layer(inside[1], beside=inside[0][0])
    if alone == [False, True]:
        return _layer(inside[0], beside=inside[1][0], first=False)
    return None


def _layer(
    pieces: Sequence[Piece], *, beside: Piece | None = None, first: bool = True
) -> HiddenBlock | None:
    chain = hidden_chain(pieces) if len(pieces) == 3 else None
    return None if chain is None else HiddenBlock(*chain.pieces, beside=beside, first=first)


def border(block: HiddenBlock, weights: HiddenWeights) -> BorderedMaps:
    """Make the bordered matrix exactly.

    Args:
        block: the hidden layer, and what is beside it.
        weights: e, and the factors (f, v, G): ``c = f·e``, ``κ = f·v·UNIT``.

    Raises:
        ValueError: not a divisor of `UNIT` for each hidden unit, or a factor below 1.
    """
    inner, outer, name = block.inner.matrix, block.outer.matrix, block.outer.name
    if len(weights.units) != 1 or len(weights.factors) != 3 or min(weights.factors) < 1:
        raise ValueError("a bordered matrix has one layer of weights and three factors")
    units, (up, down, factor) = weights.units[0], weights.factors
    if len(units) != inner.rows or any(e < 1 or UNIT % e for e in units):
        raise ValueError(f"a bordered matrix has a divisor of {UNIT} for each hidden unit")
    k, (m, n) = inner.rows, (outer.rows, inner.cols)
    c = [up * e for e in units]
    joined = product(f"{name}_composed", outer, inner)
    lo, hi, q = block.slopes
    x = factor * (lo + hi) * block.beside_denominator
    y = factor * 2 * q * inner.denominator * outer.denominator
    b = np.zeros((k + m, k + n), dtype=object)
    b[:k, k:] = np.array(c, dtype=object)[:, None] * inner.objects
    down_row = np.array([down * (UNIT // e) for e in units], dtype=object)
    b[k:, :k] = outer.objects * down_row[None, :]
    b[k:, k:] = x * joined.objects + y * block.added()
    odd_rows = m >= n
    b = b if odd_rows else b.T
    places = (Block(0, k, True), Block(k, 0, True))
    if not odd_rows:
        places = (Block(k, 0, False), Block(0, k, False))
    return BorderedMaps(
        block=block,
        scales=((1,) * n, tuple(c), (up * down * UNIT,) * m),
        factor=factor,
        odd_rows=odd_rows,
        blocks=places,
        joined=joined,
        matrix=ExactMatrix(f"{name}_bordered", b),
    )
