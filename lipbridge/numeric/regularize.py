r"""Differentiable bounds of the Lipschitz constant of linear maps with activations, for training.

For ``W_L ∘ φ ∘ … ∘ φ ∘ W_1``, Euclidean norms, float arithmetic (an *estimate*: its rounding is not
accounted for; ``lipbridge bound`` certifies what was trained):

``product``   Π σ(W_ℓ), for activations of constant 1;
``rescaled``  Π σ(D_ℓ W_ℓ D_{ℓ−1}⁻¹), D positive and diagonal, for ReLU and leaky ReLU;
``lipsdp``    σ(B)^L, B the blocks of :mod:`~lipbridge.numeric.lipsdp.chain`, for slopes in [0, 1].

Every D gives a bound. A good one is searched without gradient; the gradient in the weights is that
of the bound at this D.

Source: docs/theorems.md §2; M. Fazlyab et al., LipSDP-Neuron (2019).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, cast, get_args

import torch
from torch import Tensor, nn

from lipbridge.errors import InputError, WeightsError
from lipbridge.numeric.lipsdp.chain import block_weights, chain_weights, stacked
from lipbridge.numeric.scalings import balanced_scalings, scaled
from lipbridge.numeric.weights.exact import require_dense

Method = Literal["product", "rescaled", "lipsdp"]

# Activations by what is known of their slope; the first kind is homogeneous besides.
_HOMOGENEOUS = (nn.ReLU, nn.LeakyReLU)
_SLOPES = (*_HOMOGENEOUS, nn.Tanh, nn.Sigmoid, nn.Hardtanh, nn.ReLU6)
_STILL = (nn.Identity, nn.Dropout, nn.Flatten)


def lipschitz_bound(module: nn.Sequential, method: Method = "product") -> Tensor:
    """Bound the Lipschitz constant of linear layers and activations by a scalar to train with.

    ``loss + weight * lipschitz_bound(module).log()`` keeps it small.

    Args:
        module: linear layers with activations of slope in [0, 1] between them.
        method: which bound; ``rescaled`` asks for ReLU or leaky ReLU.

    Raises:
        InputError: a submodule that the method has no rule for, by name.
        WeightsError: a weight that is not dense, not real, or not finite.
    """
    return chain_bound(linear_weights(module, method), method)


def linear_weights(module: nn.Sequential, method: Method = "product") -> list[Tensor]:
    """The matrices W_1, …, W_L of a module, the first map first.

    Raises:
        InputError: a submodule that the method has no rule for, by name.
    """
    _refuse_other_forward("the module", module, (nn.Sequential,))
    weights: list[Tensor] = []
    known = _HOMOGENEOUS if method == "rescaled" else _SLOPES
    # A module that stands at two places counts at both.
    for name, layer in module.named_modules(remove_duplicate=False):
        if not name or "." in name:
            continue
        if not isinstance(layer, (nn.Linear, *known, *_STILL)) or not _tame(layer):
            raise InputError(
                f"submodule {name} ({type(layer).__name__}): the {method} bound has no rule for "
                f"it; it knows Linear and {', '.join(kind.__name__ for kind in known)}"
            )
        _refuse_other_forward(f"submodule {name}", layer, (nn.Linear, *known, *_STILL))
        if isinstance(layer, nn.Linear):
            weights.append(layer.weight)
    return weights


def _refuse_other_forward(name: str, module: nn.Module, kinds: tuple[type[nn.Module], ...]) -> None:
    """Refuse a module that computes something else than its kind."""
    if not any(getattr(type(module), "forward", None) is kind.forward for kind in kinds):
        known = ", ".join(kind.__name__ for kind in kinds)
        raise InputError(
            f"{name} ({type(module).__name__}) has a forward of its own; known: {known}; "
            "`lipbridge.bound` takes other modules"
        )


def _tame(layer: nn.Module) -> bool:
    """Whether a leaky ReLU has a slope in [0, 1]."""
    return not isinstance(layer, nn.LeakyReLU) or 0 <= layer.negative_slope <= 1


def chain_bound(
    weights: Sequence[Tensor],
    method: Method = "product",
    scalings: Sequence[Tensor] | None = None,
) -> Tensor:
    """A bound of the constant of a chain of linear maps with activations between them.

    Args:
        weights: W_1, …, W_L, floating point; gradients flow to them.
        method: which bound.
        scalings: log D of each of the L − 1 hidden layers; None searches them.

    Shape:
        weights [n_ℓ, n_{ℓ−1}]; scalings [n_ℓ]; returns a scalar.

    Raises:
        InputError: no matrix, a method that does not exist, or matrices that do not fit together.
        WeightsError: a matrix that is not dense, not real, or not finite.
    """
    if method not in get_args(Method):
        raise InputError(f"no bound {method!r}; known: {', '.join(get_args(Method))}")
    weights = _plain_chain(weights)
    sizes = [w.detach().norm() for w in weights]
    if method == "product" or len(weights) == 1 or not all(map(bool, sizes)):
        return _product(weights)
    if scalings is None:
        scalings = hidden_scalings(weights, method)
    logs = [None, *scalings, None]
    maps = [scaled(w, logs[i], logs[i + 1]) for i, w in enumerate(weights)]
    if method == "rescaled":
        return _product(maps)
    # Whatever factors the blocks have, the bound takes them back; these are those of the search.
    factors = zip(maps, sizes, block_weights(len(weights)), strict=True)
    blocks = [share * w / size for w, size, share in factors]
    return torch.stack(sizes).prod() * _sigma(stacked(blocks)) ** len(weights)


def hidden_scalings(weights: Sequence[Tensor], method: Method) -> list[Tensor]:
    """Search log D of every hidden layer for a bound; good whatever the rounding.

    Args:
        weights: W_1, …, W_L.
        method: ``rescaled`` or ``lipsdp``.
    """
    fixed = [w.detach().double() for w in weights]
    if method == "rescaled":
        found = balanced_scalings(fixed)
    else:
        searched = chain_weights([w.cpu().numpy() for w in fixed], device="cpu")
        # None for numbers beyond float64, where no bound is worth anything.
        found = [
            torch.zeros(len(w)) if searched is None else torch.as_tensor(searched[i])
            for i, w in enumerate(fixed[:-1])
        ]
    return [logs.to(weights[0]) for logs in found]


def _plain_chain(weights: Sequence[Tensor]) -> list[Tensor]:
    """Matrices that torch has norms of: those of few bits in float32, which holds their entries."""
    if not weights:
        raise InputError("no linear layer, so there is nothing to bound")
    plain: list[Tensor] = []
    for number, weight in enumerate(weights, start=1):
        require_dense(weight, f"W_{number}")
        if not weight.is_floating_point():
            raise WeightsError(
                f"tensor 'W_{number}' holds {weight.dtype}; real floating-point numbers are needed"
            )
        plain.append(weight.float() if weight.itemsize < 4 else weight)
        if not bool(plain[-1].isfinite().all()):
            raise WeightsError(f"tensor 'W_{number}' has an entry that is NaN or infinite")
    for before, after in pairwise(weights):
        if before.ndim != 2 or after.ndim != 2 or after.shape[1] != before.shape[0]:
            raise InputError(
                f"matrices {tuple(before.shape)} and {tuple(after.shape)} do not follow each other"
            )
    return plain


def _product(matrices: Sequence[Tensor]) -> Tensor:
    return torch.stack([_sigma(matrix) for matrix in matrices]).prod()


def _sigma(matrix: Tensor) -> Tensor:
    """The largest singular value; its gradient is u vᵀ, where the value is simple."""
    return cast("Tensor", torch.linalg.matrix_norm(matrix, ord=2))
