"""Weights of bordered chains, searched for in float64 and rounded; untrusted."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial

import numpy as np
import numpy.typing as npt

from lipbridge.language.tensor import ExactMatrix
from lipbridge.numeric.lipsdp.bordered import LinearParts, bordered_square, bordered_weights
from lipbridge.tighten.segments.bordered import BorderedMaps, HiddenBlock, border
from lipbridge.tighten.segments.bordered_chain import ChainMaps, HiddenChain, border_chain
from lipbridge.tighten.segments.rescale import UNIT, settled
from lipbridge.tighten.segments.stack import HiddenWeights

# The factors have so many bits at least.
_BITS = 18
# Excess of the constant that leaves room for rounding; the first that serves is taken.
_MARGINS = (1e-5, 1e-4, 1e-3)
# Room for a certificate's slack, relatively to σ².
_SLACK = 3e-6
# Factors tried about what the weights ask for.
_AROUND = (*np.linspace(-0.006, 0.006, 9), 0.015, 0.05)

Units = tuple[tuple[int, ...], ...]
FloatArray = npt.NDArray[np.float64]


def find_border(block: HiddenBlock, *, device: str = "auto") -> HiddenWeights | None:
    """Search weights for a block; untrusted.

    Args:
        block: the hidden layer, and what is beside it.
        device: where to compute.

    Returns:
        The weights; None for a block that is too large, or numbers beyond float64, or where none
        serve.
    """
    lo, hi, q = block.slopes
    try:
        u, v = block.inner.matrix.floats, block.outer.matrix.floats
        a = block.added().astype(np.float64) / block.beside_denominator
    except OverflowError:
        return None
    # V ψ + L: ψ = φ − s/2q·U, no longer than p/2q·U.
    parts = LinearParts(a + (lo + hi) / (2 * q) * v @ u, (hi - lo) / (2 * q) * u, v)
    made, integers = partial(border, block), partial(_block_integers, block)
    return _find(parts, [len(u)], integers, made, device)


def find_chain(chain: HiddenChain, *, device: str = "auto") -> HiddenWeights | None:
    """Search weights for a chain; likewise.

    Args:
        chain: the chain.
        device: where to compute.
    """
    sizes = [matrix.rows for matrix in chain.matrices[:-1]]
    made, integers = partial(border_chain, chain), partial(_chain_integers, chain)
    return _find(_parts(chain), sizes, integers, made, device)


def _find(
    parts: LinearParts | None,
    sizes: Sequence[int],
    integers: Callable[[Units, Sequence[float], float, float], HiddenWeights | None],
    made: Callable[[HiddenWeights], BorderedMaps | ChainMaps],
    device: str,
) -> HiddenWeights | None:
    """Weights in float64, rounded, with the least margin that serves.

    Args:
        parts: the linear parts.
        sizes: hidden units of each layer.
        integers: weights for divisors, their factors, a constant, and the excess of it.
        made: the bordered matrix of weights.
        device: where to compute.
    """
    found = None if parts is None else bordered_weights(parts, device=device)
    if parts is None or found is None:
        return None
    # D is (t·e)².
    halves = np.split(np.log(found) / 2, np.cumsum(sizes[:-1]))
    units, logs = zip(*map(settled, halves), strict=True)
    square, steps = _near(parts, units, [float(np.exp(log)) for log in logs])
    if not 0 < square < math.inf:
        return None
    for margin in _MARGINS:
        chosen = integers(units, steps, math.sqrt(square), 1 + margin)
        maps = None if chosen is None else made(chosen)
        size = None if maps is None else _norm_square(maps.matrix)
        if size is not None and maps is not None and maps.fits(size * Fraction(1 + _SLACK)):
            return chosen
    return None


def _near(
    parts: LinearParts, units: Sequence[tuple[int, ...]], steps: Sequence[float]
) -> tuple[float, list[float]]:
    """The best of the factors about those given, all at once and then one by one, and its τ.

    Args:
        parts: the linear parts.
        units: e of each layer.
        steps: t of each layer.
    """
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


def _norm_square(matrix: ExactMatrix) -> Fraction | None:
    """σ² about, of integers of any size."""
    floats, bits = matrix.leading
    short = floats if floats.shape[0] <= floats.shape[1] else floats.T
    try:
        found = float(np.linalg.eigvalsh(short @ short.T)[-1])
    except np.linalg.LinAlgError:
        return None
    return Fraction(found) * 4**bits if math.isfinite(found) else None


def _parts(chain: HiddenChain) -> LinearParts | None:
    """L, W, V and Q; the activations are ``s/2q·t + p/2q·ψ(t)``."""
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


def _chain_integers(
    chain: HiddenChain, units: Units, steps: Sequence[float], constant: float, excess: float
) -> HiddenWeights | None:
    """f, v and a for real weights t·e, t over the constant, the last one 1 over it.

    For a norm N of the matrix: ``f_1 = N·t_1/d_1``, ``a_{ℓ+1} = max(s, 1)·f_ℓ·v_{ℓ+1}·UNIT/(p·N)``
    and ``f_{ℓ+1}·v_{ℓ+1}·UNIT = N·t_{ℓ+1}·p/(2q·t_ℓ·d_{ℓ+1})``.
    """
    # Every block of the matrix becomes smaller by the excess, at least.
    steps = [t * excess ** -(index + 1) / constant for index, t in enumerate((*steps, 1.0))]
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


def _block_integers(
    block: HiddenBlock, units: Units, steps: Sequence[float], constant: float, excess: float
) -> HiddenWeights:
    """f, v and G for real weights t·e and the constant that κ stands for.

    ``f = t·G·d·p / (2q·d_U)`` and ``f·v·UNIT = κ = constant·G²·d·d_A·p``, d the whole denominator.
    """
    lo, hi, q = block.slopes
    up = Fraction(steps[0]) * block.denominator * Fraction(hi - lo, 2 * q)
    up /= block.inner.matrix.denominator
    kappa = Fraction(constant * excess) * block.denominator * block.beside_denominator * (hi - lo)
    down = kappa / (UNIT * up)
    bits = [x.numerator.bit_length() - x.denominator.bit_length() for x in (up, down)]
    factor = 1 << max(_BITS - min(bits), 0)
    return HiddenWeights(units, (round(up * factor), math.ceil(down * factor), factor))
