r"""Weights of hidden units that make the LipSDP bound of a chain of linear maps small; untrusted.

The bound of ``x ↦ W_L φ(… φ(W_1 x))`` for slopes in [0, 1] is ``σ(B)^L``, B with a row for each
unit of the layers 1, 3, …, a column for each of the layers 0, 2, …, and the blocks
``w_ℓ D_ℓ W_ℓ D_{ℓ−1}⁻¹`` (transposed where ℓ is even): D positive and diagonal, any such D in the
hidden layers and 1 at both ends, w = 1/√2 for the first map and the last, ½ between them, 1 for one
map alone. ``log σ(B)`` is convex in log D.

Source: M. Fazlyab et al., "Efficient and accurate estimation of Lipschitz constants for deep neural
networks" (2019), LipSDP-Neuron, with the multiplier of the network's gain eliminated.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from lipbridge.numeric.devices import choose_device, one_thread, search_work
from lipbridge.numeric.scalings import SMALL, descend, scaled, smooth_square

FloatArray = npt.NDArray[np.float64]

_SQUARINGS = range(2, 11)
_STEPS = 40
# Multiplications of a search, about a minute of a processor.
_WORK = 1 << 40
# Weights of units on no path from the input to the output would drift without end.
_PULL = 1e-7


def block_weights(maps: int) -> list[float]:
    """w_1, …, w_L."""
    ends = 2**-0.5 if maps > 1 else 1.0
    return [ends if index in (0, maps - 1) else 0.5 for index in range(maps)]


def stacked(blocks: Sequence[Tensor]) -> Tensor:
    """B, of the blocks as the maps lie."""
    widths = [blocks[0].shape[1], *(block.shape[0] for block in blocks)]
    high, wide = widths[1::2], widths[::2]
    rows: list[Tensor] = []
    for i, height in enumerate(high):
        row = [blocks[0].new_zeros(height, width) for width in wide]
        row[i] = blocks[2 * i]
        if 2 * i + 1 < len(blocks):
            row[i + 1] = blocks[2 * i + 1].mT
        rows.append(torch.cat(row, dim=1))
    return torch.cat(rows)


def chain_weights(
    matrices: Sequence[FloatArray], *, device: str = "auto"
) -> list[FloatArray] | None:
    """Minimize σ(B) over positive diagonal D.

    Args:
        matrices: W_1, …, W_L, the first map first; L ≥ 2. Their scales do not matter.
        device: where to compute.

    Returns:
        log D of each of the L − 1 hidden layers, good whatever the rounding; None for numbers
        beyond float64.
    """
    if not all(np.isfinite(m).all() and m.any() for m in matrices):
        return None
    where = choose_device(device).device
    maps = [
        torch.tensor(w * m / np.linalg.norm(m), dtype=torch.float64, device=where)
        for w, m in zip(block_weights(len(matrices)), matrices, strict=True)
    ]

    def objective(logs: Sequence[Tensor], squarings: int) -> Tensor:
        ends = [None, *logs, None]
        blocks = [scaled(m, ends[i], ends[i + 1]) for i, m in enumerate(maps)]
        pull = torch.cat(list(logs)).square().sum()
        return smooth_square(stacked(blocks), squarings) + _PULL * pull

    start = [m.new_zeros(len(m)) for m in maps[:-1]]
    short, long = sorted(stacked(maps).shape)
    products = search_work(_WORK, where) // (short**2 * long)
    with one_thread(max(len(m) for m in matrices) <= SMALL):
        found = descend(objective, start, _SQUARINGS, steps=_STEPS, products=products)
    return [logs.cpu().numpy() for logs in found]
