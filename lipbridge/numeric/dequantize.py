"""Reading stored weights as exact float64 values, fp8 with block scales included.

A block-quantized weight is ``w_ij = v_ij · s_⌊i/r⌋,⌊j/c⌋`` with v in fp8 and one scale s for every
r×c block (128×128 in public checkpoints). v has a mantissa of at most 4 bits and a float32 scale
one of 24, so that the product has at most 28 and float64 holds it exactly: no rounding takes place.
"""

from __future__ import annotations

import torch
from safetensors import SafetensorError, safe_open

from lipbridge.errors import WeightsError
from lipbridge.language.checkpoint import TensorLocation

__all__ = ["dequantize", "expand_scales", "load_exact", "read_stored"]

_WIDENABLE = (
    torch.float64,
    torch.float32,
    torch.float16,
    torch.bfloat16,
    torch.float8_e4m3fn,
    torch.float8_e5m2,
)

# A ue8m0 byte is the exponent of a power of two, plus 127; 255 is NaN.
_E8M0 = [2.0 ** (byte - 127) for byte in range(255)] + [float("nan")]


def _widen(values: torch.Tensor) -> torch.Tensor:
    """Convert to float64 without rounding."""
    if values.dtype == torch.float8_e8m0fnu:
        table = torch.tensor(_E8M0, dtype=torch.float64, device=values.device)
        return table[values.view(torch.uint8).to(torch.int64)]
    assert values.dtype in _WIDENABLE, f"unexpected dtype {values.dtype}"
    return values.to(torch.float64)


def dequantize(
    values: torch.Tensor,
    scales: torch.Tensor,
    *,
    block: tuple[int, int] = (128, 128),
    first_row: int = 0,
) -> torch.Tensor:
    r"""Multiply fp8 entries by the scale of their block, exactly.

    .. math:: w_{ij} = v_{ij} \, s_{\lfloor (i + i_0)/r \rfloor, \lfloor j/c \rfloor}

    Args:
        values: v, fp8 (e4m3 or e5m2); rows ``first_row``, ``first_row + 1``, … of the matrix.
        scales: s, one entry a block of the *whole* matrix: f32, bf16, f16 or ue8m0.
        block: (r, c).
        first_row: i₀, where a row slice starts.

    Shape:
        values (rows, cols), scales (⌈all rows/r⌉, ⌈cols/c⌉); returns (rows, cols) in float64.

    Raises:
        WeightsError: the scales do not cover the entries.
    """
    rows, cols = values.shape
    return _widen(values) * _expand(scales.to(values.device), rows, cols, block, first_row)


def _expand(
    scales: torch.Tensor, rows: int, cols: int, block: tuple[int, int], first_row: int
) -> torch.Tensor:
    row_blocks = torch.arange(first_row, first_row + rows, device=scales.device) // block[0]
    col_blocks = torch.arange(cols, device=scales.device) // block[1]
    needed = (int(row_blocks[-1]) + 1, int(col_blocks[-1]) + 1)
    if scales.ndim != 2 or scales.shape[0] < needed[0] or scales.shape[1] != needed[1]:
        raise WeightsError(
            f"block scales of shape {list(scales.shape)} do not cover {rows}×{cols} entries from "
            f"row {first_row} in blocks of {block[0]}×{block[1]}"
        )
    return _widen(scales)[row_blocks][:, col_blocks]


def expand_scales(location: TensorLocation) -> torch.Tensor | None:
    """What multiplies each stored entry of an fp8 tensor's selected rows, float64; None if nothing.

    Shape:
        ``location.selected_shape``.

    Raises:
        WeightsError: the scales are unreadable.
    """
    if location.scale is None:
        return None
    rows, cols = location.selected_shape
    first = 0 if location.rows is None else location.rows[0]
    return _expand(read_stored(location.scale), rows, cols, location.block, first)


def load_exact(location: TensorLocation) -> torch.Tensor:
    """Read a tensor, or its selected rows, as exact float64 values on the CPU.

    Args:
        location: from :meth:`~.language.checkpoint.Checkpoint.tensor`; only its rows are read.

    Shape:
        ``location.selected_shape``.

    Raises:
        WeightsError: unreadable, NaN or infinite; the message names the tensor and the entry.
    """
    scales = expand_scales(location)
    exact = _widen(read_stored(location))
    if scales is not None:
        exact = exact * scales
    finite = torch.isfinite(exact)
    if not bool(finite.all()):
        position = (~finite).nonzero()[0].tolist()
        if location.rows is not None:
            position[0] += location.rows[0]
        value = float(exact[~finite][0])
        raise WeightsError(
            f"{location.file}: tensor {location.name!r}: entry {position} is {value}, not finite"
        )
    return exact


def read_stored(location: TensorLocation) -> torch.Tensor:
    """Read a tensor, or its selected rows, as it is stored; block scales are not applied.

    Raises:
        WeightsError: the file cannot be read.
    """
    try:
        with safe_open(str(location.file), framework="pt") as file:
            if location.rows is None:
                return file.get_tensor(location.name)
            return file.get_slice(location.name)[location.rows[0] : location.rows[1]]
    except (SafetensorError, OSError) as error:
        raise WeightsError(
            f"{location.file}: tensor {location.name!r} cannot be read ({error})"
        ) from error
