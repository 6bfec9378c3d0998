"""Weights of any stored type as float64 with entries below 1, times a power of two.

``W = 2^exponent · V`` with ``max |v_ij|`` in [1/2, 1): no product or sum of squares can then over-
or underflow in a way that matters, whether the weights are near 1e-30 or 1e30.

Every bf16, f16, f32 and float8 value is a float64 value and V is exact. Two things can disturb
that, and are bounded by ``residual``: float64 weights spanning more than the range of exponents,
and a process that flushes denormals to zero (the processor then also *reads* them as zero).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import torch

from lipbridge.errors import WeightsError


@dataclass(frozen=True, slots=True)
class ScaledBatch:
    """Scaled weights of equal shape.

    Args:
        values: V, float64, shape (batch, rows, cols), entries below 1 in absolute value.
        exponents: power of two of each matrix.
        zero: whether each matrix is exactly zero.
        residual: bound of |W/2^exponent − V| for each entry, the same for all.
    """

    values: torch.Tensor
    exponents: tuple[int, ...]
    zero: tuple[bool, ...]
    residual: Fraction


@dataclass(frozen=True, slots=True)
class _Layout:
    """Bits of a binary floating-point type; ``least`` is the exponent of its smallest denormal."""

    integer: torch.dtype
    mantissa: int
    exponent_mask: int
    least: int


_LAYOUTS = {
    torch.bfloat16: _Layout(torch.int16, 7, 0xFF, -133),
    torch.float16: _Layout(torch.int16, 10, 0x1F, -24),
    torch.float32: _Layout(torch.int32, 23, 0xFF, -149),
    torch.float64: _Layout(torch.int64, 52, 0x7FF, -1074),
}

# A matrix whose largest entry is below 2^_SMALL is decoded bit by bit; above, what a flushed
# denormal could lose is negligible against it, and is accounted for in ``residual``.
_SMALL = {torch.bfloat16: -60, torch.float32: -60, torch.float64: -900}
_LOST = {torch.bfloat16: -126, torch.float32: -126, torch.float64: -1021}


def dtype_name(dtype: torch.dtype) -> str:
    """``bfloat16`` for ``torch.bfloat16``."""
    return str(dtype).removeprefix("torch.")


def called(name: str) -> str:
    """A tensor in a message, which may have no name."""
    return f"tensor {name!r}" if name else "the tensor"


def to_float64(tensor: torch.Tensor) -> torch.Tensor:
    """Convert without rounding; denormals survive whatever the processor's flush mode.

    Raises:
        WeightsError: for a type that float64 cannot hold exactly (complex, large integers).
    """
    tensor = _widen(tensor, "")
    if tensor.dtype == torch.float64:
        return tensor
    magnitude = _magnitude_bits(tensor)
    layout = _LAYOUTS[tensor.dtype]
    plain = tensor.to(torch.float64)
    if tensor.dtype == torch.float16 or not tensor.numel():
        return plain  # half-precision denormals are normal numbers in every wider format
    # As integers, denormals are mantissa·2^least: both factors are normal float64 numbers.
    denormal = magnitude < (1 << layout.mantissa)
    decoded = magnitude.to(torch.float64) * 2.0**layout.least
    decoded = torch.where(_bits(tensor) < 0, -decoded, decoded)
    return torch.where(denormal, decoded, plain)


def scale_batch(batch: torch.Tensor, names: tuple[str, ...]) -> ScaledBatch:
    r"""Scale every matrix by its own power of two.

    Args:
        batch: shape (batch, rows, cols), any real type.
        names: one name a matrix, for error messages.

    Shape:
        (batch, rows, cols) to the same.

    Returns:
        V and exponents with W = 2^exponent·(V + Δ), \|Δ_ij\| ≤ residual.

    Raises:
        WeightsError: an entry is NaN or infinite (its place is named), or the type is unusable.
    """
    batch = _widen(batch, names[0])
    layout = _LAYOUTS[batch.dtype]
    tops = _magnitude_bits(batch).flatten(1).amax(1)
    # An accelerator has the copy to make while the host reads the largest entries.
    wide = _copy64(batch) if batch.is_cuda else None
    top = [int(bits) for bits in tops.tolist()]
    for index, bits in enumerate(top):
        if bits >> layout.mantissa >= layout.exponent_mask:
            raise _not_finite(batch[index], names[index])
    exponents = [_exponent(bits, layout) for bits in top]
    small = _SMALL.get(batch.dtype)
    if small is not None and min(exponents) < small:
        parts = [
            _decode_scaled(batch[i], layout, e) if e < small else _shift(_copy64(batch[i]), -e)
            for i, e in enumerate(exponents)
        ]
        values = torch.stack(parts)
    elif len(set(exponents)) == 1:
        values = _shift(_copy64(batch) if wide is None else wide, -exponents[0])
    else:
        values = _copy64(batch) if wide is None else wide
        factors = [(_power(-e // 2), _power(-e - (-e // 2))) for e in exponents]
        for half in (0, 1):
            column = torch.tensor([f[half] for f in factors], dtype=torch.float64)
            values *= column.to(values.device)[:, None, None]
    residual = Fraction(0)
    if small is not None:
        # A flushed or underflowed entry loses at most 2^lost, and was divided by 2^exponent.
        lost = _LOST[batch.dtype] - small if any(e >= small for e in exponents) else -1021
        residual = Fraction(2) ** max(lost, -1021)
    return ScaledBatch(values, tuple(exponents), tuple(bits == 0 for bits in top), residual)


def _widen(tensor: torch.Tensor, name: str) -> torch.Tensor:
    """Bring types without a bit layout above to one that holds them exactly."""
    if tensor.dtype in _LAYOUTS:
        return tensor
    try:
        if tensor.dtype.is_floating_point and tensor.element_size() == 1:
            # 8-bit floats fit bfloat16's exponents, not always its mantissa: float32 holds them.
            return tensor.to(torch.float32)
        if not tensor.dtype.is_floating_point and not tensor.dtype.is_complex:
            # Of 64 bits without a sign, numbers from 2^63 on are negative as int64.
            whole = tensor.to(torch.int64)
            least = 0 if tensor.dtype == torch.uint64 else -(1 << 53)
            if bool(((whole >= least) & (whole <= 1 << 53)).all().item()):
                return whole.to(torch.float64)
    except NotImplementedError as error:  # of types as uint4
        raise WeightsError(
            f"{called(name)} holds {dtype_name(tensor.dtype)}, which torch stores and cannot read; "
            "unpack it first"
        ) from error
    raise WeightsError(
        f"{called(name)} holds {dtype_name(tensor.dtype)} entries that float64 cannot hold "
        "exactly; store it in a real floating-point type"
    )


def _bits(tensor: torch.Tensor) -> torch.Tensor:
    return tensor.contiguous().view(_LAYOUTS[tensor.dtype].integer)


def _magnitude_bits(tensor: torch.Tensor) -> torch.Tensor:
    """Bit patterns without the sign; they are ordered as the absolute values are."""
    bits = _bits(tensor)
    return bits & torch.iinfo(bits.dtype).max


def _exponent(bits: int, layout: _Layout) -> int:
    """Return e with 2^(e−1) ≤ value < 2^e for a positive magnitude pattern; 0 for zero."""
    if bits == 0:
        return 0
    field = bits >> layout.mantissa
    if field == 0:
        return layout.least + bits.bit_length()
    return layout.least + layout.mantissa + field


def _power(exponent: int) -> float:
    return 2.0**exponent


def _copy64(tensor: torch.Tensor) -> torch.Tensor:
    """A fresh float64 copy; on the CPU in numpy's memory, which comes in huge pages."""
    if tensor.device.type != "cpu":
        return tensor.to(torch.float64, copy=True)
    return torch.from_numpy(np.empty(tensor.shape)).copy_(tensor)


def _shift(values: torch.Tensor, exponent: int) -> torch.Tensor:
    """Multiply by 2^exponent in place, in two steps where 2^exponent is no float64."""
    if abs(exponent) >= 1000:
        values *= _power(exponent // 2)
        exponent -= exponent // 2
    if exponent:
        values *= _power(exponent)
    return values


def _decode_scaled(matrix: torch.Tensor, layout: _Layout, exponent: int) -> torch.Tensor:
    """2^−exponent times a matrix of tiny entries, from bit patterns, so that none is flushed."""
    bits = _bits(matrix).to(torch.int64)
    magnitude = _magnitude_bits(matrix).to(torch.int64)
    field = magnitude >> layout.mantissa
    significand = (magnitude & ((1 << layout.mantissa) - 1)) | torch.where(
        field > 0, 1 << layout.mantissa, 0
    )
    # value = significand·2^(least + max(field, 1) − 1); the spread of field is small here.
    value = significand.to(torch.float64)
    lift = torch.clamp(field, min=1) - 1
    while bool((lift > 0).any().item()):
        step = torch.clamp(lift, max=62)
        value = value * (torch.ones_like(step) << step).to(torch.float64)
        lift = lift - step
    return torch.where(bits < 0, -1.0, 1.0) * _shift(value, layout.least - exponent)


def _not_finite(matrix: torch.Tensor, name: str) -> WeightsError:
    i, j = (int(x) for x in torch.nonzero(~torch.isfinite(matrix))[0].tolist())
    return WeightsError(
        f"{called(name)}: entry [{i}, {j}] is {float(matrix[i, j].item())}, not a finite number; "
        "mend the checkpoint"
    )
