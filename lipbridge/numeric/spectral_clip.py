r"""Norms kept below σ while a network is trained, by a torch parametrization."""

from __future__ import annotations

import math

import torch

from lipbridge.errors import InputError


class SpectralClip(torch.nn.Module):
    r"""Parametrization that keeps ``‖W‖₂ ≤ σ`` during training.

    .. math:: W \mapsto W \cdot \min(1, σ/σ_{\max}(W))

    ``torch.nn.utils.parametrize.register_parametrization(layer, "weight", SpectralClip(2.0))``
    uses it. Differentiated exactly, with the derivative of the largest singular value. An estimate:
    the norm holds up to the rounding of W's dtype; ``lipbridge clip`` and ``lipbridge bound``
    certify the finished weights.

    Args:
        sigma: σ > 0, in units of the weights.

    Shape:
        (rows, cols), returned in the same shape and dtype.

    Raises:
        InputError: σ is not positive and finite.
    """

    def __init__(self, sigma: float) -> None:
        super().__init__()
        if not (math.isfinite(sigma) and sigma > 0):
            raise InputError(f"σ must be positive and finite, not {sigma}")
        self.sigma = sigma

    def forward(self, weight: torch.Tensor) -> torch.Tensor:
        """Return the weight, scaled down if its norm is above σ."""
        with torch.no_grad():
            # Half precision has no SVD; float32 is enough for an estimate.
            wide = weight if weight.dtype in (torch.float32, torch.float64) else weight.float()
            u, s, vh = torch.linalg.svd(wide, full_matrices=False)
        if not bool(s[0] > self.sigma):
            return weight
        # u and v are constant to first order, so this has the derivative of σ_max(W).
        norm = u[:, 0].to(weight.dtype) @ weight @ vh[0].to(weight.dtype)
        return weight * (self.sigma / norm)

    def right_inverse(self, weight: torch.Tensor) -> torch.Tensor:
        """Accept any weight as the underlying one."""
        return weight
