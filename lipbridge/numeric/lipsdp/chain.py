r"""Weights of hidden units that make the LipSDP bound of a chain of linear maps small; untrusted.

The bound of ``x ↦ W_L φ(… φ(W_1 x))`` for slopes in [0, 1] is ``σ(B)^L``, B with a row for each
unit of the layers 1, 3, …, a column for each of the layers 0, 2, …, and the blocks
``w_ℓ D_ℓ W_ℓ D_{ℓ−1}⁻¹`` (transposed where ℓ is even): D positive and diagonal, any such D in the
hidden layers and 1 at both ends, w = 1/√2 for the first map and the last, ½ between them, 1 for one
map alone. ``log σ(B)`` is convex in log D. σ² is replaced by ``tr((BBᵀ)^p)^{1/p}`` for growing
p = 2^s, which takes 2s products of matrices by repeated squaring and no decomposition.

Source: M. Fazlyab et al., "Efficient and accurate estimation of Lipschitz constants for deep neural
networks" (2019), LipSDP-Neuron, with the multiplier of the network's gain eliminated.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import torch

from lipbridge.numeric.devices import choose_device, one_thread
from lipbridge.numeric.optimizers import LBFGS

FloatArray = npt.NDArray[np.float64]

_SQUARINGS = range(2, 11)
_STEPS = 40
_SETTLED = 1e-9
_SMALL = 256
# Weights of units on no path from the input to the output would drift without end.
_PULL = 1e-7


def block_weights(maps: int) -> list[float]:
    """w_1, …, w_L."""
    ends = 2**-0.5 if maps > 1 else 1.0
    return [ends if index in (0, maps - 1) else 0.5 for index in range(maps)]


def chain_weights(
    matrices: Sequence[FloatArray], *, device: str = "auto", seconds: float = 30.0
) -> list[FloatArray] | None:
    """Minimize σ(B) over positive diagonal D.

    Args:
        matrices: W_1, …, W_L, the first map first; L ≥ 2. Their scales do not matter.
        device: where to compute.
        seconds: when to stop, with what has been found.

    Returns:
        log D of each of the L − 1 hidden layers, good whatever the rounding; None for numbers
        beyond float64.
    """
    if not all(np.isfinite(m).all() and m.any() for m in matrices):
        return None
    where = choose_device(device).device
    with one_thread(max(m.shape[0] for m in matrices) <= _SMALL):
        return _descend(_Blocks(matrices, where), time.monotonic() + seconds)


class _Blocks:
    """B as a function of log D, and what a gradient in B means for log D."""

    def __init__(self, matrices: Sequence[FloatArray], where: torch.device) -> None:
        self.where, self.maps = where, len(matrices)
        weights = block_weights(self.maps)
        norms = [np.linalg.norm(m) for m in matrices]
        self.matrices = [
            torch.tensor(w * m / norm, dtype=torch.float64, device=where)
            for w, m, norm in zip(weights, matrices, norms, strict=True)
        ]
        self.units = [m.shape[0] for m in matrices[:-1]]
        sizes = [matrices[0].shape[1], *(m.shape[0] for m in matrices)]
        # Where the units of a layer begin among the rows or the columns.
        self.starts = [sum(sizes[layer % 2 : layer : 2]) for layer in range(len(sizes))]
        self.shape = sum(sizes[1::2]), sum(sizes[::2])

    def block(self, b: torch.Tensor, index: int) -> torch.Tensor:
        """The block of map W_{index + 1} in B or in a gradient, as W lies."""
        high, wide = self.matrices[index].shape
        after, before = self.starts[index + 1], self.starts[index]
        if index % 2:
            return b[before : before + wide, after : after + high].T
        return b[after : after + high, before : before + wide]

    def build(self, logs: torch.Tensor) -> torch.Tensor:
        """B."""
        b = torch.zeros(self.shape, dtype=torch.float64, device=self.where)
        hidden = list(torch.split(logs, self.units))
        for index, matrix in enumerate(self.matrices):
            scaled = matrix
            if index < len(hidden):
                scaled = torch.exp(hidden[index])[:, None] * scaled
            if index:
                scaled = scaled * torch.exp(-hidden[index - 1])
            self.block(b, index).copy_(scaled)
        return b

    def gradient(self, weighted: torch.Tensor) -> torch.Tensor:
        """The gradient in log D, from that in B times B, entry by entry."""
        parts = [self.block(weighted, index) for index in range(self.maps)]
        return torch.cat([part.sum(1) - after.sum(0) for part, after in pairwise(parts)])


def _descend(blocks: _Blocks, deadline: float) -> list[FloatArray]:
    total = sum(blocks.units)
    logs = torch.zeros(total, dtype=torch.float64, device=blocks.where, requires_grad=True)
    kept = logs.detach().clone()
    for squarings in _SQUARINGS:
        optimizer = LBFGS(
            [logs],
            max_iter=_STEPS,
            history_size=20,
            tolerance_change=_SETTLED,
            line_search_fn="strong_wolfe",
        )

        def closure(squarings: int = squarings) -> torch.Tensor:
            at = logs.detach()
            value, gradient = _smoothed(blocks, at, squarings)
            logs.grad = gradient + 2 * _PULL * at
            return value + _PULL * at.square().sum()

        optimizer.step(closure)  # type: ignore[arg-type]
        if not bool(torch.isfinite(logs).all()):
            break
        kept = logs.detach().clone()
        if time.monotonic() > deadline:
            break
    return [part.cpu().numpy() for part in torch.split(kept, blocks.units)]


def _smoothed(
    blocks: _Blocks, logs: torch.Tensor, squarings: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """``log tr((BBᵀ)^p)/p`` and its gradient in log D, p = 2^squarings."""
    b = blocks.build(logs)
    short = b if b.shape[0] <= b.shape[1] else b.T
    matrix = short @ short.T
    scale = matrix.norm()
    # power = M^(2^j), rest = M^(2^j − 1), both up to the logarithms of their scales.
    power, log_power = matrix / scale, torch.log(scale)
    rest, log_rest = power, log_power
    for step in range(squarings):
        if step:
            rest, log_rest = rest @ power, log_rest + log_power
            norm = rest.norm()
            rest, log_rest = rest / norm, log_rest + torch.log(norm)
        power, log_power = power @ power, 2 * log_power
        norm = power.norm()
        power, log_power = power / norm, log_power + torch.log(norm)
    log_trace = torch.log(torch.trace(power)) + log_power
    slope = rest @ short * torch.exp(log_rest - log_trace)
    weighted = 2 * b * (slope if short is b else slope.T)
    return log_trace / 2**squarings, blocks.gradient(weighted)
