"""A tensor as exact integers over one denominator."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from lipbridge.errors import WeightsError
from lipbridge.language.tensor import ExactMatrix
from lipbridge.numeric.weights.scaling import to_float64

Values = torch.Tensor | npt.NDArray[Any]
"""A tensor as it may be given."""


def as_tensor(values: object, name: str) -> torch.Tensor:
    """A tensor as it is, or a numpy array as one, whatever its byte order.

    Args:
        values: the tensor or the array.
        name: its name, for the message.

    Raises:
        WeightsError: neither, a masked array, or one that torch has no type for.
    """
    if isinstance(values, torch.Tensor):
        # Conjugates and negations may be views that numpy cannot have.
        return values.resolve_conj().resolve_neg()
    if not isinstance(values, np.ndarray):
        raise WeightsError(
            f"tensor {name!r} is a {type(values).__name__}; a torch tensor or a numpy array was "
            "expected"
        )
    if isinstance(values, np.ma.MaskedArray):
        raise WeightsError(
            f"tensor {name!r} is a masked array, and what stands behind a mask is no weight; give "
            "an array of all its numbers, such as w.filled(0)"
        )
    native = values.dtype.newbyteorder("=")
    try:
        # torch wants an array that it may write to.
        return torch.from_numpy(values.astype(native, order="C", copy=not values.flags.writeable))
    except TypeError as error:
        raise WeightsError(
            f"tensor {name!r} holds {native}, which torch does not know; real numbers were expected"
        ) from error


def exact_matrix(tensor: torch.Tensor, name: str) -> ExactMatrix:
    r"""Convert without rounding: ``W_ij = numerators_ij / 2^k`` with the least k ≥ 0.

    Args:
        tensor: any real type: bf16, f16, f32, f64, float8, integers.
        name: the tensor's name.

    Shape:
        (rows, cols); a vector of n entries becomes 1×n.

    Raises:
        WeightsError: not a matrix, empty, or an entry is NaN or infinite (its place is named).
    """
    if tensor.layout is not torch.strided or tensor.is_meta or tensor.is_quantized:
        kind = "meta, without values" if tensor.is_meta else f"{tensor.layout}, {tensor.dtype}"
        raise WeightsError(f"tensor {name!r} is stored as {kind}; save it as a dense tensor")
    matrix = tensor.detach().cpu()
    matrix = matrix[None, :] if matrix.ndim == 1 else matrix
    if matrix.ndim != 2 or matrix.numel() == 0:
        raise WeightsError(
            f"tensor {name!r} has shape {tuple(tensor.shape)}; a matrix or a vector was expected"
        )
    if matrix.dtype.is_floating_point:
        matrix = to_float64(matrix)
    elif matrix.dtype == torch.bool or matrix.dtype.is_complex:
        raise WeightsError(f"tensor {name!r} holds {matrix.dtype}; real numbers were expected")
    return ExactMatrix.from_floats(name, matrix.numpy())
