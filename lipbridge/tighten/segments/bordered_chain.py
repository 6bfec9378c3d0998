r"""A chain of hidden layers under one norm: LipSDP of any depth for slopes in intervals [α, β].

``x ↦ W_L φ_{L−1}(… W_2 φ_1(W_1 x + b_1) …)``, with biases. With ``[lo_ℓ, hi_ℓ]/q_ℓ`` the slopes of
φ_ℓ, ``s = lo + hi``, ``p = hi − lo``, numerators W and denominators d of the maps, weights e of the
hidden units and positive integers f_ℓ, v_{ℓ+1}, a_{ℓ+1}, f_L = 1, let the matrix B have a row for
each hidden unit and each output, a column for each input and each hidden unit, and in the rows of
layer ℓ ``f_ℓ·diag(e_ℓ)·S_ℓ`` and zeros after it, where ``S_1 = W_1`` and
``S_{ℓ+1} = [a_{ℓ+1}·W_{ℓ+1}·S_ℓ, v_{ℓ+1}·W_{ℓ+1}·diag(UNIT/e_ℓ)]``, the first part 0 where s = 0.
If ``σ(B)·p·a_{ℓ+1} ≤ max(s, 1)·f_ℓ·v_{ℓ+1}·UNIT`` for every ℓ < L, then σ(B) times a number that
these make bounds the whole.

Source: M. Fazlyab et al., LipSDP-Neuron (2019), the linear parts of φ taken out.
Lean: ``LipBridge.BorderedChain``, ``LipBridge.FilledBlock``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten.segments.pieces import Piece, product
from lipbridge.tighten.segments.rescale import UNIT
from lipbridge.tighten.segments.stack import Block, HiddenWeights


@dataclass(frozen=True)
class Step:
    """From the rows of one layer to those of the next.

    Attributes:
        fill: (a, e): before the layer's own block lies a/e times its product with the rows before.
        known: σ, what multiplies everything known before.
        rest: τ, what multiplies the rests of the activation.
        row: ρ before it: its rows are ρ times the weighted differences of its units.
    """

    fill: tuple[int, int]
    known: int
    rest: int
    row: int


@dataclass(frozen=True)
class HiddenChain:
    """Linear maps and activations with slopes in intervals, the first and the last a linear map."""

    pieces: tuple[Piece, ...]

    @property
    def maps(self) -> tuple[Piece, ...]:
        """The linear maps."""
        return self.pieces[::2]

    @property
    def matrices(self) -> tuple[ExactMatrix, ...]:
        """W_1, …, W_L."""
        return tuple(piece.matrix for piece in self.maps)

    @property
    def slopes(self) -> tuple[tuple[int, int, int], ...]:
        """(lo, hi, q) of each activation."""
        found = (piece.layers[0].interval for piece in self.pieces[1::2])
        return tuple(interval for interval in found if interval is not None)

    @property
    def plain(self) -> bool:
        """Whether all slopes lie in [0, β], or all are absolute values: stack or scaling serve."""
        rising = all(lo >= 0 for lo, _, _ in self.slopes)
        return rising or all(
            lo + hi == 0 and piece.layers[0].homogeneous
            for piece, (lo, hi, _) in zip(self.pieces[1::2], self.slopes, strict=True)
        )


@dataclass(frozen=True)
class ChainMaps:
    """A chain's maps, weighted, in one matrix.

    Attributes:
        chain: the chain.
        scales: c_0 = (1, …) of the inputs, c_ℓ of the hidden units, (K, …) of the outputs.
        steps: from each layer to the next.
        odd_rows: whether hidden units and outputs are the rows of the matrix.
        blocks: where W_1, …, W_L lie.
        joined: for ℓ > 1, the product of layer ℓ's block with the rows before, as it lies there.
        matrix: B, or its transpose, not wider than high.

    Source: Lean ``LipBridge.BorderedChain``.
    """

    chain: HiddenChain
    scales: tuple[tuple[int, ...], ...]
    steps: tuple[Step, ...]
    odd_rows: bool
    blocks: tuple[Block, ...]
    joined: tuple[ExactMatrix, ...]
    matrix: ExactMatrix

    @property
    def known(self) -> int:
        """κ, the product of all σ."""
        return math.prod(step.known for step in self.steps)

    @property
    def last(self) -> int:
        """ρ of the outputs."""
        step, (_, _, q) = self.steps[-1], self.chain.slopes[-1]
        return 2 * q * step.rest * self.chain.matrices[-1].denominator

    def fits(self, norm: Fraction) -> bool:
        """Whether σ(B)² is small enough for the weights: ``σ(B)·τ·p ≤ σ·ρ`` at every step.

        Args:
            norm: σ(B)², or a bound of it.
        """
        return all(
            norm * (step.rest * (hi - lo)) ** 2 <= (step.known * step.row) ** 2
            for step, (lo, hi, _) in zip(self.steps, self.chain.slopes, strict=True)
        )

    def square(self, norm: Fraction) -> Fraction:
        """The squared constant of the chain, ``(σ(B)·κ/(ρ·K))²``.

        Args:
            norm: σ(B)², or a bound of it.

        Raises:
            ValueError: it is too large for the weights.
        """
        if not self.fits(norm):
            raise ValueError(f"the norm of {self.matrix.name} is too large for its weights")
        return norm * Fraction(self.known, self.last * self.scales[-1][0]) ** 2


def hidden_chain(pieces: Sequence[Piece]) -> HiddenChain | None:
    """The chain that pieces are; None where they are none, or an activation's slopes fall more.

    Args:
        pieces: linear maps and activations in turn.
    """
    fit = len(pieces) > 2 and len(pieces) % 2 == 1
    if not fit or not all(piece.affine for piece in pieces[::2]):
        return None
    return HiddenChain(tuple(pieces)) if all(map(centred, pieces[1::2])) else None


def centred(piece: Piece) -> bool:
    """Whether it is an activation with slopes in an interval, α < β, α + β ≥ 0."""
    slopes = None if piece.affine else piece.layers[0].slopes
    return slopes is not None and slopes[0] < slopes[1] and slopes[0] + slopes[1] >= 0


def border_chain(chain: HiddenChain, weights: HiddenWeights) -> ChainMaps:
    """Make the bordered matrix exactly.

    Args:
        chain: the chain.
        weights: e of each hidden layer, and (f_ℓ, v_{ℓ+1}, a_{ℓ+1}) for each.

    Raises:
        ValueError: not a divisor of `UNIT` for each hidden unit, or a factor below 1.
    """
    maps, name = chain.matrices, chain.maps[-1].name
    hidden, factors = len(maps) - 1, weights.factors
    if len(weights.units) != hidden or len(factors) != 3 * hidden or min(factors) < 1:
        raise ValueError("a bordered chain has weights and three factors for each hidden layer")
    for units, matrix in zip(weights.units, maps, strict=False):
        if len(units) != matrix.rows or any(e < 1 or UNIT % e for e in units):
            raise ValueError(f"a bordered chain has a divisor of {UNIT} for each hidden unit")
    rows, columns = sum(matrix.rows for matrix in maps), sum(matrix.cols for matrix in maps)
    b = np.zeros((rows, columns), dtype=object)
    scale, row, width = 1, 0, maps[0].cols
    scales, steps, joined = [(1,) * width], list[Step](), list[ExactMatrix]()
    blocks = [Block(0, 0, True)]
    below, before = maps[0].objects, maps[0].denominator
    for index, matrix in enumerate(maps):
        last = index == hidden
        up = 1 if last else factors[3 * index]
        units = (1,) * matrix.rows if last else weights.units[index]
        e = np.array(units, dtype=object)[:, None]
        b[row : row + matrix.rows, : below.shape[1]] = up * e * below
        scale *= up
        scales.append(tuple(scale * unit for unit in units))
        if index:
            wide = below.shape[1] - matrix.cols
            blocks.append(Block(row, wide, True))
            block = ExactMatrix("block", b[row : row + matrix.rows, wide : below.shape[1]])
            past = ExactMatrix("past", b[row - matrix.cols : row, :wide])
            joined.append(product(f"{chain.maps[index].name}_composed", block, past))
        row += matrix.rows
        if last:
            break
        (lo, hi, q), (down, fill) = chain.slopes[index], factors[3 * index + 1 : 3 * index + 3]
        steps.append(_step(lo + hi, fill, up * down * UNIT, before))
        follows = maps[index + 1]
        before = 2 * q * steps[-1].rest * follows.denominator
        w, inverse = follows.objects, np.array([UNIT // unit for unit in units], dtype=object)
        middle = product("next", follows, ExactMatrix("rows", below)).objects
        below = np.hstack([middle * (fill if lo + hi else 0), down * w * inverse[None, :]])
        scale *= down * UNIT
    odd_rows = rows >= columns
    return ChainMaps(
        chain=chain,
        scales=tuple(scales),
        steps=tuple(steps),
        odd_rows=odd_rows,
        blocks=tuple(
            block if odd_rows else Block(block.column, block.row, False) for block in blocks
        ),
        joined=tuple(j if odd_rows else j.transpose() for j in joined),
        matrix=ExactMatrix(f"{name}_bordered", b if odd_rows else b.T),
    )


def _step(middle: int, fill: int, whole: int, row: int) -> Step:
    """a/e, σ and τ: ``a·σ·ρ = e·τ·s``."""
    known, rest = whole * max(middle, 1), fill * row
    common, shared = math.gcd(known, rest), math.gcd(fill, whole)
    ratio = (fill // shared, whole // shared) if middle else (0, 1)
    return Step(ratio, known // common, rest // common, row)
