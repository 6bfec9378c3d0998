r"""Weights of hidden units that make the LipSDP bound of two linear maps small; untrusted.

The bound of ``x ↦ V φ(U x)`` for slopes in [0, 1] is half the largest eigenvalue of
``D U Uᵀ D + D⁻¹ Vᵀ V D⁻¹``, D positive and diagonal, any such D; its logarithm is convex in log D.
The largest eigenvalue is replaced by ``tr(M^p)^{1/p}`` for growing p = 2^s, which takes 2s products
of matrices by repeated squaring and no decomposition.

Source: M. Fazlyab et al., "Efficient and accurate estimation of Lipschitz constants for deep neural
networks" (2019), LipSDP-Neuron, with the multiplier of the network's gain eliminated.
"""

from __future__ import annotations

import time

import numpy as np
import numpy.typing as npt
import torch

from lipbridge.numeric.devices import choose_device

__all__ = ["hidden_weights"]

FloatArray = npt.NDArray[np.float64]

_SQUARINGS = range(2, 11)
_STEPS = 40
_SETTLED = 1e-9
_SMALL = 256


def hidden_weights(
    first: FloatArray, second: FloatArray, *, device: str = "auto", seconds: float = 30.0
) -> FloatArray | None:
    """Minimize ``λ_max(D A D + D⁻¹ B D⁻¹)`` over positive diagonal D.

    Args:
        first: A = U Uᵀ, shape (k, k).
        second: B = Vᵀ V, shape (k, k).
        device: where to compute.
        seconds: when to stop, with what has been found.

    Returns:
        log D, shape (k,), good whatever the rounding; None for numbers beyond float64.
    """
    if not all(np.isfinite(m).all() and m.any() for m in (first, second)):
        return None
    where = choose_device(device).device
    threads = torch.get_num_threads()
    # Waiting for one another costs threads more than small products do.
    torch.set_num_threads(1 if len(first) <= _SMALL else threads)
    try:
        return _descend(first, second, where, time.monotonic() + seconds)
    finally:
        torch.set_num_threads(threads)


def _descend(
    first: FloatArray, second: FloatArray, where: torch.device, deadline: float
) -> FloatArray:
    a, b = (
        torch.tensor(m / np.trace(m), dtype=torch.float64, device=where) for m in (first, second)
    )
    logs = torch.zeros(len(first), dtype=torch.float64, device=where, requires_grad=True)
    for squarings in _SQUARINGS:
        optimizer = torch.optim.LBFGS(
            [logs],
            max_iter=_STEPS,
            history_size=20,
            tolerance_change=_SETTLED,
            line_search_fn="strong_wolfe",
        )

        def closure(squarings: int = squarings) -> torch.Tensor:
            value, logs.grad = _smoothed(a, b, logs.detach(), squarings)
            return value

        kept = logs.detach().clone()
        optimizer.step(closure)  # type: ignore[arg-type]
        if not bool(torch.isfinite(logs).all()):
            return kept.cpu().numpy()
        if time.monotonic() > deadline:
            break
    return logs.detach().cpu().numpy()


def _smoothed(
    a: torch.Tensor, b: torch.Tensor, logs: torch.Tensor, squarings: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """``log tr(M^p)/p`` and its gradient in log D, p = 2^squarings."""
    d = torch.exp(logs)
    near, far = d[:, None] * a * d, b / d[:, None] / d
    matrix = near + far
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
    gradient = 2 * (rest * (near - far)).sum(dim=1) * torch.exp(log_rest - log_trace)
    return log_trace / 2**squarings, gradient
