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
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten.pieces import Piece, product
from lipbridge.tighten.rescale import UNIT, divisors
from lipbridge.tighten.stack import Block, HiddenWeights

if TYPE_CHECKING:
    from lipbridge.numeric.lipsdp.bordered import LinearParts

# How far from the middle a weight goes, in the logarithm.
_REACH = math.log(UNIT) / 2
# The factors have so many bits at least.
_BITS = 18
MARGINS = (1e-5, 1e-4, 1e-3)
"""Excess of the constant that leaves room for rounding; the first that serves is taken."""
SLACK = 3e-6
"""Room for a certificate's slack, relatively to σ²."""
# Factors tried about what the weights ask for.
_AROUND = (*np.linspace(-0.006, 0.006, 9), 0.015, 0.05)

FloatArray = npt.NDArray[np.float64]


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
    below, before = _numerators(maps[0]), maps[0].denominator
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
            block = _exact("block", b[row : row + matrix.rows, wide : below.shape[1]])
            past = _exact("past", b[row - matrix.cols : row, :wide])
            joined.append(product(f"{chain.maps[index].name}_composed", block, past))
        row += matrix.rows
        if last:
            break
        (lo, hi, q), (down, fill) = chain.slopes[index], factors[3 * index + 1 : 3 * index + 3]
        steps.append(_step(lo + hi, fill, up * down * UNIT, before))
        follows = maps[index + 1]
        before = 2 * q * steps[-1].rest * follows.denominator
        w, inverse = _numerators(follows), np.array([UNIT // unit for unit in units], dtype=object)
        middle = _numerators(product("next", follows, _exact("rows", below)))
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
        matrix=_exact(f"{name}_bordered", b if odd_rows else b.T),
    )


def _step(middle: int, fill: int, whole: int, row: int) -> Step:
    """a/e, σ and τ: ``a·σ·ρ = e·τ·s``."""
    known, rest = whole * max(middle, 1), fill * row
    common, shared = math.gcd(known, rest), math.gcd(fill, whole)
    ratio = (fill // shared, whole // shared) if middle else (0, 1)
    return Step(ratio, known // common, rest // common, row)


def find_chain(
    chain: HiddenChain, *, device: str = "auto", seconds: float = 60.0
) -> HiddenWeights | None:
    """Search weights for a chain; untrusted.

    Args:
        chain: the chain.
        device: where to compute.
        seconds: when to stop, with what has been found.

    Returns:
        The weights; None for a chain that is too large, or numbers beyond float64, or where none
        serve.
    """
    from lipbridge.numeric.lipsdp.bordered import bordered_weights

    parts = _parts(chain)
    found = None if parts is None else bordered_weights(parts, device=device, seconds=seconds)
    if parts is None or found is None:
        return None
    cuts = np.cumsum([matrix.rows for matrix in chain.matrices[:-2]])
    rounded = [rounded_weights(part) for part in np.split(found, cuts)]
    units, steps = tuple(e for e, _ in rounded), [t for _, t in rounded]
    square, steps = near_weights(parts, units, steps)
    if not 0 < square < math.inf:
        return None
    for margin in MARGINS:
        # Every block of the matrix becomes smaller by 1 + margin, at least.
        shrunk = [t * (1 + margin) ** -(index + 1) for index, t in enumerate((*steps, 1.0))]
        chosen = _integers(chain, units, [t / math.sqrt(square) for t in shrunk])
        maps = None if chosen is None else border_chain(chain, chosen)
        size = None if maps is None else norm_square(maps.matrix)
        if size is not None and maps is not None and maps.fits(size * Fraction(1 + SLACK)):
            return chosen
    return None


def rounded_weights(found: FloatArray) -> tuple[tuple[int, ...], float]:
    """Divisors e and a factor t: D is ``(t·e)²``, about.

    Args:
        found: D of one layer.
    """
    logs = np.log(found) / 2
    middle = float(np.median(logs))
    # Those of units that count for nothing may have drifted far.
    logs = np.clip(logs, middle - _REACH, middle + _REACH)
    units = divisors(logs)
    return units, float(np.exp(np.mean(logs - np.log(np.array(units, dtype=np.float64)))))


def near_weights(
    parts: LinearParts, units: Sequence[tuple[int, ...]], steps: Sequence[float]
) -> tuple[float, list[float]]:
    """The best of the factors about those given, all at once and then one by one, and its τ.

    Args:
        parts: the linear parts.
        units: e of each layer.
        steps: t of each layer.
    """
    from lipbridge.numeric.lipsdp.bordered import bordered_square

    whole = [np.array(e, dtype=np.float64) for e in units]

    def square(ts: Sequence[float]) -> float:
        return bordered_square(
            parts, np.concatenate([(t * e) ** 2 for t, e in zip(ts, whole, strict=True)])
        )

    # A layer that weighs more than the next outweighs what rounding has added to the next.
    powers = [[1] * len(steps), list(range(len(steps), 0, -1))][: len(steps)]
    tried = [
        [t * (1 + x) ** power for t, power in zip(steps, each, strict=True)]
        for each in powers
        for x in _AROUND
    ]
    best = min((square(ts), ts) for ts in tried)
    for index in range(len(steps) if len(steps) > 1 else 0):
        for x in _AROUND:
            ts = [t * (1 + x * (place == index)) for place, t in enumerate(best[1])]
            best = min(best, (square(ts), ts))
    return best


def norm_square(matrix: ExactMatrix) -> Fraction | None:
    """σ² about, of integers of any size."""
    shift = max(0, matrix.max_abs.bit_length() - 60)
    numerators: Any = matrix.numerators
    floats = (numerators.astype(object) >> shift).astype(np.float64)
    short = floats if floats.shape[0] <= floats.shape[1] else floats.T
    try:
        found = float(np.linalg.eigvalsh(short @ short.T)[-1])
    except np.linalg.LinAlgError:
        return None
    return Fraction(found) * 4**shift if math.isfinite(found) else None


def _parts(chain: HiddenChain) -> LinearParts | None:
    """L, W, V and Q; the activations are ``s/2q·t + p/2q·ψ(t)``."""
    from lipbridge.numeric.lipsdp.bordered import LinearParts

    try:
        maps = [matrix.floats for matrix in chain.matrices]
    except OverflowError:
        return None
    n, sizes = maps[0].shape[1], [len(w) for w in maps[:-1]]
    hidden, start = sum(sizes), 0
    row = np.hstack([maps[0], np.zeros((sizes[0], hidden))])
    rows = [row]
    for w, size, (lo, hi, q) in zip(maps[1:], sizes, chain.slopes, strict=True):
        row = (lo + hi) / (2 * q) * w @ row
        row[:, n + start : n + start + size] += (hi - lo) / (2 * q) * w
        start += size
        rows.append(row)
    inner = np.vstack(rows[:-1])
    between = inner[:, n:] if len(sizes) > 1 else None
    return LinearParts(row[:, :n], inner[:, :n], row[:, n:], between)


def _integers(
    chain: HiddenChain, units: tuple[tuple[int, ...], ...], steps: Sequence[float]
) -> HiddenWeights | None:
    """f, v and a for real weights t·e, t over the constant, the last one 1 over it.

    For a norm N of the matrix: ``f_1 = N·t_1/d_1``, ``a_{ℓ+1} = max(s, 1)·f_ℓ·v_{ℓ+1}·UNIT/(p·N)``
    and ``f_{ℓ+1}·v_{ℓ+1}·UNIT = N·t_{ℓ+1}·p/(2q·t_ℓ·d_{ℓ+1})``.
    """
    if not all(0 < t < math.inf for t in steps):
        return None
    ts, d = list(map(Fraction, steps)), [matrix.denominator for matrix in chain.matrices]
    least, ups = 1 << _BITS, [1]
    for index in reversed(range(len(units))):
        lo, hi, q = chain.slopes[index]
        # f_ℓ/f_{ℓ+1} over a_{ℓ+1}.
        ratio = 2 * q * ts[index] * d[index + 1] / (max(lo + hi, 1) * ts[index + 1])
        ups.insert(0, math.ceil(ups[0] * ratio * max(least, math.ceil(least / ratio))))
    downs, norm = list[Fraction](), ups[0] * d[0] / ts[0]
    for index, (lo, hi, q) in enumerate(chain.slopes):
        rest = Fraction(hi - lo, 2 * q) / (ts[index] * d[index + 1] * ups[index + 1] * UNIT)
        downs.append(ts[index + 1] * rest)
    # More bits for all, where a factor v has too few.
    more = max(1, math.ceil(max(least / (norm * down) for down in downs)))
    ups[0], norm, factors = ups[0] * more, norm * more, list[int]()
    for up, down, (lo, hi, _) in zip(ups, downs, chain.slopes, strict=False):
        across = round(norm * down)
        fill = math.floor(max(lo + hi, 1) * up * across * UNIT / ((hi - lo) * norm))
        factors += [up, across, max(fill, 1)]
    return HiddenWeights(units, tuple(factors))


def _numerators(matrix: ExactMatrix) -> npt.NDArray[Any]:
    numerators: Any = matrix.numerators
    return numerators.astype(object)


def _exact(name: str, entries: npt.NDArray[Any]) -> ExactMatrix:
    return ExactMatrix(name, entries.shape[0], entries.shape[1], entries.copy(), 1)
