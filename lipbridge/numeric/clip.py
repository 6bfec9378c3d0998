r"""Spectral clipping: matrices made to have a certified norm ≤ σ, changing little else.

Two ways to bring ``‖W‖₂`` down to τ: *clip* replaces every singular value s by min(s, τ), which is
the nearest matrix of norm ≤ τ in the Frobenius and the spectral norm; *scale* multiplies W by
τ/‖W‖₂ and keeps its directions. The result is then rounded to the dtype that W is stored in, which
may push the norm up again; so the *rounded* matrix is bounded rigorously, and τ is lowered until
that bound is ≤ σ. What is certified is what is stored.

Source: Sedghi, Gupta, Long, *The Singular Values of Convolutional Layers* (2019), for clipping as
projection; Mirsky's theorem for its being nearest.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import torch

from lipbridge.errors import InputError, WeightsError
from lipbridge.numeric.records import SpectralBound
from lipbridge.numeric.spectral.bounds import spectral_bound
from lipbridge.numeric.weights.dequantize import Encoding

METHODS = ("clip", "scale")

_ATTEMPTS = 60
# How far below the bound that just failed the next aim lies; grows so that the search ends.
_FIRST_MARGIN = 2.0**-40


@dataclass(frozen=True, eq=False)
class ClippedMatrix:
    """A matrix whose stored form has a certified norm.

    Args:
        stored: in the dtype it came in; codes, before their scales, where it is quantised.
        before: bound of the original's norm.
        after: bound of the stored result's norm; ``after.upper ≤ σ``.
        change: ``‖W' − W‖₂``, estimated in float64.
        relative_change: ``‖W' − W‖_F / ‖W‖_F``, estimated in float64.
        changed: whether anything was done; False when W already was within σ.
    """

    stored: torch.Tensor
    before: SpectralBound
    after: SpectralBound
    change: float
    relative_change: float
    changed: bool


def clip_matrix(
    stored: torch.Tensor,
    sigma: float | Fraction,
    *,
    method: str = "clip",
    encoding: Encoding = Encoding(),  # noqa: B008 (immutable)
    name: str = "",
    device: str | torch.device = "auto",
) -> ClippedMatrix:
    """Bring a stored matrix to a certified norm ≤ σ, in the dtype that it is stored in.

    Args:
        stored: the matrix as stored: f64, f32, bf16, f16, or codes of ``encoding``.
        sigma: σ > 0, in units of the (dequantized) weights.
        method: ``clip`` or ``scale``.
        encoding: what the stored codes of a quantised matrix stand for; its scales are kept.
        name: for messages.
        device: where the bounds are computed.

    Shape:
        (rows, cols); half the columns where a byte holds two codes.

    Raises:
        InputError: σ is not positive and finite, or an unknown method.
        WeightsError: not a matrix, not finite, or a dtype so coarse that no attempt succeeded.
    """
    target = _target(sigma)
    if method not in METHODS:
        raise InputError(f"clipping method {method!r} is not one of {', '.join(METHODS)}")
    original = encoding.decode(stored)
    before = spectral_bound(original, device=device, name=name)
    if Fraction(before.upper) <= target:
        return ClippedMatrix(stored, before, before, 0.0, 0.0, changed=False)
    shrink = _Shrinker(original, method, before)
    aim, margin = float(target), _FIRST_MARGIN
    for _ in range(_ATTEMPTS):
        result = encoding.encode(shrink.to(aim), stored.dtype)
        decoded = encoding.decode(result)
        after = spectral_bound(decoded, device=device, name=name)
        if Fraction(after.upper) <= target:
            difference = decoded - original
            return ClippedMatrix(
                result,
                before,
                after,
                spectral_bound(difference, device=device).upper,
                float(difference.norm() / original.norm()),
                changed=True,
            )
        aim *= min(1.0, float(target) / after.upper) * (1 - margin)
        margin = min(2 * margin, 0.5)
    raise WeightsError(
        f"tensor {name!r}: no matrix of norm ≤ {float(target):g} was found in {stored.dtype}; "
        "is σ below what the dtype can hold?"
    )


def _target(sigma: float | Fraction) -> Fraction:
    try:
        target = Fraction(sigma)
    except (ValueError, OverflowError) as error:
        raise InputError(f"σ must be positive and finite, not {sigma}") from error
    if target <= 0:
        raise InputError(f"σ must be positive and finite, not {sigma}")
    return target


class _Shrinker:
    """Matrices of (approximate) norm τ made from one original, for any τ."""

    def __init__(self, original: torch.Tensor, method: str, before: SpectralBound) -> None:
        self.original, self.before = original, before
        self.factors = torch.linalg.svd(original, full_matrices=False) if method == "clip" else None

    def to(self, tau: float) -> torch.Tensor:
        if self.factors is None:
            return self.original * (tau / self.before.upper)
        u, s, vh = self.factors
        # Only what lies above τ is taken away, so that untouched directions keep their bits.
        excess = (s - tau).clamp_min(0.0)
        kept = excess > 0
        return self.original - (u[:, kept] * excess[kept]) @ vh[kept]


class SpectralClip(torch.nn.Module):
    r"""Parametrization that keeps ``‖W‖₂ ≤ σ`` during training.

    .. math:: W \mapsto W \cdot \min(1, σ/σ_{\max}(W)) \quad\text{or}\quad
        W \mapsto U \min(S, σ) V^\top

    Use it with ``torch.nn.utils.parametrize.register_parametrization(layer, "weight",
    SpectralClip(2.0))``. ``scale`` is differentiated exactly, with the top singular pair's
    derivative; ``clip`` passes the gradient straight through, as a projected-gradient method does.
    The norm holds up to the rounding of W's dtype: for a certified figure, clip or bound the
    finished weights.

    Args:
        sigma: σ > 0.
        method: ``scale`` or ``clip``.

    Shape:
        (rows, cols), returned in the same shape and dtype.

    Raises:
        InputError: σ is not positive and finite, or an unknown method.
    """

    def __init__(self, sigma: float, method: str = "scale") -> None:
        super().__init__()
        if method not in METHODS:
            raise InputError(f"clipping method {method!r} is not one of {', '.join(METHODS)}")
        self.sigma, self.method = float(_target(sigma)), method

    def forward(self, weight: torch.Tensor) -> torch.Tensor:
        """Return the clipped weight."""
        with torch.no_grad():
            # Half precision has no SVD; float32 is enough here, see the class.
            wide = weight if weight.dtype in (torch.float32, torch.float64) else weight.float()
            u, s, vh = torch.linalg.svd(wide, full_matrices=False)
        if not bool(s[0] > self.sigma):
            return weight
        if self.method == "clip":
            excess = (u * (s - self.sigma).clamp_min(0.0)) @ vh
            return weight - excess.to(weight.dtype)
        # u and v are constant to first order, so this has the derivative of σ_max(W).
        norm = u[:, 0].to(weight.dtype) @ weight @ vh[0].to(weight.dtype)
        return weight * (self.sigma / norm)

    def right_inverse(self, weight: torch.Tensor) -> torch.Tensor:
        """Accept any weight as the underlying one."""
        return weight
