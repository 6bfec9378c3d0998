r"""A chain of linear maps and activations under one norm: LipSDP of any depth.

With weights e of the hidden units, ``W'_ℓ = diag(e_ℓ) W_ℓ diag(UNIT/e_{ℓ−1})``, let the matrix B
have a row for each unit of the layers 1, 3, …, a column for each of the layers 0, 2, … (or the
other way round, so that it is not wider than high), and the blocks ``a_ℓ W'_ℓ``. Then
``σ(B)^L · Π p_ℓ/q_ℓ / (2^{L−1} Π a_ℓ UNIT^{L−1})`` bounds the chain for activations with slopes in
[0, p_ℓ/q_ℓ].

Source: M. Fazlyab et al., LipSDP-Neuron (2019).  Lean: ``LipBridge.SlopeChain``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any

import msgspec
import numpy as np

from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten.segments.rescale import UNIT, rescale, settled

# The factor of a block is a number of so many bits times a power of two.
_FACTOR_BITS = 9


class HiddenWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a chain is stacked or bordered with, or a hidden layer beside a linear map.

    Attributes:
        units: e, for each of the L − 1 hidden layers a divisor of `UNIT` for every unit.
        factors: a_1, …, a_L, ≥ 1; three for each hidden layer that is bordered.
    """

    units: Annotated[tuple[tuple[int, ...], ...], msgspec.Meta(min_length=1)]
    factors: tuple[int, ...]

    @property
    def bordered(self) -> bool:
        """Whether they are those of a bordered matrix."""
        return len(self.factors) == 3 * len(self.units)


@dataclass(frozen=True)
class Block:
    """Where a map's block begins.

    Attributes:
        row: the first row of B.
        column: the first column of B.
        upright: whether the map's outputs are rows; else its transpose lies there.
    """

    row: int
    column: int
    upright: bool


@dataclass(frozen=True)
class StackedMaps:
    """A chain of linear maps, weighted, in one matrix.

    Attributes:
        scales: c_0 = (1, …), c_1, …, c_L = (K, …): ``B_block diag(c_{ℓ−1}) = diag(c_ℓ) W_ℓ``.
        blocks: of each map.
        odd_rows: whether the units of the layers 1, 3, … are the rows of B.
        unit: ``2^{L−1} K Π d_ℓ``, d_ℓ the denominators of the maps; the bound is σ(B)^L over it.
        matrix: B.

    Source: Lean ``LipBridge.LayerBlock``.
    """

    scales: tuple[tuple[int, ...], ...]
    blocks: tuple[Block, ...]
    odd_rows: bool
    unit: int
    matrix: ExactMatrix

    def square(self, norm: Fraction, slopes: Sequence[Fraction]) -> Fraction:
        """The squared constant of the chain.

        Args:
            norm: σ(B)², or a bound of it.
            slopes: p/q of each activation.
        """
        return norm ** len(self.blocks) * math.prod(slopes, start=Fraction(1, self.unit)) ** 2

    @property
    def factor(self) -> int:
        """K."""
        return self.scales[-1][0]


def stack(matrices: Sequence[ExactMatrix], weights: HiddenWeights, name: str) -> StackedMaps:
    """Stack a chain of linear maps exactly.

    Args:
        matrices: W_1, …, W_L, the first map first; L ≥ 2.
        weights: of the hidden units and blocks.
        name: of B.

    Raises:
        ValueError: a single map, not as many weights as units, or one that is no divisor, or below
            1.
    """
    factors = weights.factors
    if len(matrices) < 2:
        raise ValueError("a stack has two linear maps at least")
    if len(factors) != len(matrices) or min(factors) < 1:
        raise ValueError("a stack has one factor for each map, at least 1")
    chain = rescale(matrices, weights.units, [matrix.name for matrix in matrices])
    sizes = [matrices[0].cols, *(matrix.rows for matrix in matrices)]
    starts = [sum(sizes[layer % 2 : layer : 2]) for layer in range(len(sizes))]
    odd, even = sum(sizes[1::2]), sum(sizes[::2])
    odd_rows = odd >= even
    entries = np.zeros((odd, even) if odd_rows else (even, odd), dtype=object)
    blocks: list[Block] = []
    for index, (matrix, factor) in enumerate(zip(chain.matrices, factors, strict=True)):
        upright = (index % 2 == 0) == odd_rows
        after, before = starts[index + 1], starts[index]
        block = Block(*((after, before) if upright else (before, after)), upright)
        part: Any = factor * matrix.objects
        part = part if upright else part.T
        high, wide = part.shape
        entries[block.row : block.row + high, block.column : block.column + wide] = part
        blocks.append(block)
    products = [math.prod(factors[:index]) for index in range(len(factors) + 1)]
    denominator = math.prod(matrix.denominator for matrix in matrices)
    return StackedMaps(
        scales=tuple(
            tuple(c * product for c in scale)
            for scale, product in zip(chain.scales, products, strict=True)
        ),
        blocks=tuple(blocks),
        odd_rows=odd_rows,
        unit=2 ** (len(matrices) - 1) * chain.factor * products[-1] * denominator,
        matrix=ExactMatrix(name, entries),
    )


def find_weights(matrices: Sequence[ExactMatrix], *, device: str = "auto") -> HiddenWeights | None:
    """Search weights for a chain of linear maps; untrusted.

    Args:
        matrices: W_1, …, W_L, the first map first; L ≥ 2.
        device: where to compute.

    Returns:
        The weights; None for numbers beyond float64.
    """
    from lipbridge.numeric.lipsdp.chain import block_weights, chain_weights

    floats, bits = zip(*(matrix.leading for matrix in matrices), strict=True)
    logs = chain_weights(floats, device=device)
    if logs is None:
        return None
    units, steps = zip(*map(settled, logs), strict=True)
    # Divisors e = κ·D multiply a block by κ_ℓ UNIT/κ_{ℓ−1}; its factor makes up for that.
    kappas = [0.0, *(-step for step in steps), 0.0]
    wanted: list[float] = []
    for index, (weight, matrix) in enumerate(zip(block_weights(len(bits)), floats, strict=True)):
        size = math.log(float(np.linalg.norm(matrix))) + bits[index] * math.log(2)
        moved = kappas[index + 1] - kappas[index] + (math.log(UNIT) if index else 0.0)
        wanted.append((math.log(weight) - size - moved) / math.log(2))
    shifts = [math.floor(value) - _FACTOR_BITS for value in wanted]
    lowest = min(shifts)
    factors = [
        round(2 ** (value - shift)) << shift - lowest
        for value, shift in zip(wanted, shifts, strict=True)
    ]
    common = math.gcd(*factors)
    return HiddenWeights(units, tuple(factor // common for factor in factors))
