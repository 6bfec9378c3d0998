"""The tensors of a network, exactly: from the weights file or from the spec itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import torch

from lipbridge.errors import InputError, ShapeError, WeightsError
from lipbridge.language.checkpoint.files import Checkpoint, untransposed
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorRef, TensorSlot, TensorSource
from lipbridge.numeric.records import SpectralBound
from lipbridge.numeric.rounding import float_down, float_up
from lipbridge.numeric.spectral.bounds import spectral_bound
from lipbridge.numeric.weights.exact import Values, as_tensor, exact_matrix
from lipbridge.numeric.weights.files import load_tensor, open_weights, part_of
from lipbridge.progress import progress

# Integers up to this are float64 numbers.
_EXACT_LIMIT = 1 << 53
# Sums of squares of integers of this length are in the range of float64.
_NORM_BITS = 400


def network_tensors(
    network: Network,
    weights: Checkpoint | Path | Mapping[str, Values] | None,
    known: Mapping[TensorSource, ExactMatrix] | None = None,
) -> dict[TensorSource, ExactMatrix]:
    """Every tensor of a network as an exact matrix.

    Args:
        network: the network.
        weights: the weights file, an opened checkpoint, or tensors by name; may be None when every
            tensor is written in the spec.
        known: tensors that are not looked for in the weights, such as those of a recorded step.

    Raises:
        InputError: the spec names tensors and no weights file was given.
        WeightsError: a tensor is missing, misshapen or not finite; the message names it.
    """
    if network.needs_weights() and weights is None:
        names = sorted(
            {str(s.source) for _, s in network.slots() if isinstance(s.source, TensorRef)}
        )
        raise InputError(
            f"network {network.name} reads {names[0]!r} from a weights file; give it with --weights"
        )
    source: Checkpoint | Path | Mapping[str, Values] | None = None
    if network.needs_weights() and weights is not None:
        source = weights if isinstance(weights, Mapping) else open_weights(weights)
    slots = list(network.slots())
    found = network.written() | dict(known or {})
    for index, (layer, slot) in enumerate(slots):
        if slot.source not in found:
            assert source is not None
            found[slot.source] = _tensor(f"{layer.name}.{slot.role}", slot, source)
        _check(f"{layer.name}.{slot.role}", slot, found[slot.source])
        progress("reading tensors", index + 1, len(slots))
    return found


def _tensor(
    label: str, slot: TensorSlot, weights: Checkpoint | Path | Mapping[str, Values]
) -> ExactMatrix:
    assert isinstance(slot.source, TensorRef)
    tensor = read_tensor(weights, slot.source.name, slot.source.rows)
    if tensor.ndim not in (1, 2):
        raise WeightsError(
            f"tensor {slot.source} has shape {tuple(tensor.shape)}; "
            f"{label} needs a matrix of shape {slot.shape}; {_mend(tensor, slot.source.name)}"
        )
    return exact_matrix(tensor, str(slot.source))


def _mend(tensor: torch.Tensor, name: str) -> str:
    if tensor.ndim < 2:
        return "store it with that shape"
    part = f"{name}[{', '.join('0' * (tensor.ndim - 2))}]"
    return f"store each of its matrices, such as {part}, as a tensor of its own, and name that"


def read_tensor(
    weights: Checkpoint | Path | Mapping[str, Values],
    name: str,
    rows: tuple[int, int] | None = None,
) -> torch.Tensor:
    """A tensor of what :func:`network_tensors` takes, or some of its rows.

    Raises:
        WeightsError: there is none of that name, or it has fewer rows.
    """
    if not isinstance(weights, Mapping):
        return load_tensor(weights, name, rows)
    held = untransposed(name, weights)
    if held not in weights:
        raise WeightsError(f"no tensor {name!r} among {', '.join(map(repr, weights)) or 'none'}")
    return part_of(as_tensor(weights[held], held), held, name, rows)


def _check(label: str, slot: TensorSlot, matrix: ExactMatrix) -> None:
    if (matrix.rows, matrix.cols) != slot.shape:
        raise ShapeError(
            f"{label} needs a {slot.shape[0]}×{slot.shape[1]} tensor, but {matrix.name!r} is "
            f"{matrix.rows}×{matrix.cols}; change the dimensions in the spec or the rows it takes"
        )


def exact_norm_bound(matrix: ExactMatrix, *, device: str = "auto") -> SpectralBound | None:
    """Rigorous float64 bounds of σ_max of an exact matrix, through its integers.

    ``lower ≤ σ_max(W)/d ≤ upper``; the division is rounded outward.

    Returns:
        None where an integer exceeds 2^53, which float64 does not hold; only exact arithmetic
        bounds such a matrix.
    """
    values = matrix.numerators
    if any(abs(int(extreme)) > _EXACT_LIMIT for extreme in (values.max(), values.min())):
        return None
    tensor = torch.from_numpy(values.astype("float64"))
    bound = spectral_bound(tensor, device=device, name=matrix.name)
    return dataclasses.replace(
        bound,
        lower=float_down(Fraction(bound.lower) / matrix.denominator),
        upper=float_up(Fraction(bound.upper) / matrix.denominator),
    )


def estimate_norm(matrix: ExactMatrix) -> Fraction:
    """An estimate of σ_max of an exact matrix in float64; it may err in either direction."""
    rows = matrix.integers
    # Integers may be far beyond float64, as products of matrices are; the power of two comes back.
    bits = max(n.bit_length() for row in rows for n in row)
    unit = 1 << max(0, bits - _NORM_BITS)
    values = torch.tensor([[n / unit for n in row] for row in rows], dtype=torch.float64)
    return Fraction(float(torch.linalg.matrix_norm(values, 2))) * unit / matrix.denominator
