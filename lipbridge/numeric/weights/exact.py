"""A tensor as exact integers over one denominator."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from lipbridge.errors import WeightsError
from lipbridge.language.tensor import ExactMatrix
from lipbridge.numeric.weights.scaling import called, to_float64

Values = torch.Tensor | npt.NDArray[Any]
"""A tensor as it may be given."""


def as_tensor(values: object, name: str) -> torch.Tensor:
    """A tensor as it is, or a numpy array as one, whatever its byte order.

    Args:
        values: the tensor or the array.
        name: its name, for the message.

    Raises:
        WeightsError: neither, a tensor that is not dense, a masked array, or one that torch has no
            type for.
    """
    if isinstance(values, torch.Tensor):
        # Conjugates and negations may be views that numpy cannot have.
        return require_dense(values, name).resolve_conj().resolve_neg()
    if not isinstance(values, np.ndarray):
        raise WeightsError(
            f"{called(name)} is a {type(values).__name__}; a torch tensor or a numpy array was "
            "expected"
        )
    if isinstance(values, np.ma.MaskedArray):
        raise WeightsError(
            f"{called(name)} is a masked array, and what stands behind a mask is no weight; give "
            "an array of all its numbers, such as w.filled(0)"
        )
    native = values.dtype.newbyteorder("=")
    try:
        # torch wants an array that it may write to.
        return torch.from_numpy(values.astype(native, order="C", copy=not values.flags.writeable))
    except TypeError as error:
        raise WeightsError(
            f"{called(name)} holds {native}, which torch does not know; real numbers were expected"
        ) from error


def require_dense(tensor: torch.Tensor, name: str) -> torch.Tensor:
    """The tensor, if its entries are the numbers that it stores, one after another.

    Args:
        tensor: any tensor.
        name: its name, for the message.

    Raises:
        WeightsError: it is sparse, nested, quantised, without values, or a subclass that computes
            in its own way.
    """
    kind = _unlike_dense(tensor)
    if kind is not None:
        raise WeightsError(f"{called(name)} is {kind}")
    return tensor


def _unlike_dense(tensor: torch.Tensor) -> str | None:
    if nn.parameter.is_lazy(tensor):
        return "not initialised; run the module once before"
    if tensor.is_meta:
        return "stored as meta, without values; load them first"
    own, plain = (
        getattr(kind, "__torch_dispatch__", None) for kind in (type(tensor), torch.Tensor)
    )
    if own is not plain:
        kind = type(tensor).__name__
        return f"a {kind}, whose numbers are not what it stores; give a plain tensor of them"
    if tensor.is_quantized:
        return f"quantised ({tensor.dtype}); give tensor.dequantize()"
    if tensor.is_nested or tensor.layout is not torch.strided:
        layout = "nested tensor" if tensor.is_nested else tensor.layout
        return f"stored as {layout}, {tensor.dtype}; save it as a dense tensor"
    return None


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
    matrix = require_dense(tensor, name).detach().cpu()
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
