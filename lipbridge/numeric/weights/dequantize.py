"""Reading stored weights as exact float64 values, quantised ones included.

An entry is a code times a scale. A code has at most 8 significant bits, a scale at most 24 (NVFP4:
e4m3 times float32, 28), so float64 holds their product exactly: nothing is rounded but what the
format itself rounds, see :class:`~lipbridge.language.checkpoint.quantized.Scaling`.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from safetensors import SafetensorError, safe_open

from lipbridge.errors import WeightsError
from lipbridge.files import refusing
from lipbridge.language.checkpoint.files import TensorLocation
from lipbridge.language.checkpoint.quantized import Scaling
from lipbridge.language.checkpoint.safetensors_header import StoredTensor

# An E8M0 byte is the exponent of a power of two, plus 127; 255 is NaN.
_E8M0 = [2.0 ** (byte - 127) for byte in range(255)] + [float("nan")]
# e2m1 by its code: sign, two bits of exponent, one of mantissa.
_E2M1 = [0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0]
_LARGEST = {
    torch.int8: 127.0,
    torch.float8_e4m3fn: 448.0,
    torch.float8_e5m2: 57344.0,
    torch.float8_e4m3fnuz: 240.0,
    torch.float8_e5m2fnuz: 57344.0,
}


@dataclass(frozen=True, eq=False)
class Encoding:
    """How a tensor's values are written: codes of a dtype, times a factor an entry.

    Args:
        factors: what multiplies each code, float64 and of the values' shape; or None for nothing.
        packed: a byte holds two e2m1 codes.
        over_127: bitsandbytes: factors are float32 numbers, and code, factor and 1/127 are
            multiplied in float32.
    """

    factors: torch.Tensor | None = None
    packed: bool = False
    over_127: bool = False

    def decode(self, stored: torch.Tensor) -> torch.Tensor:
        """The values that stored codes stand for, in float64, exactly."""
        codes = _unpack(stored) if self.packed else _widen(stored.detach())
        if self.factors is None:
            return codes
        if self.over_127:
            rounded = codes.to(torch.float32) * self.factors.to(torch.float32)
            return (rounded * torch.tensor(1 / 127, dtype=torch.float32)).to(torch.float64)
        return codes * self.factors

    def encode(self, values: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
        """The nearest codes of a dtype, saturating; a scale of 0 has code 0."""
        if self.factors is not None:
            factors = self.factors / 127 if self.over_127 else self.factors
            values = torch.where(factors != 0, values / factors, 0.0)
        if self.packed:
            return _pack(values)
        largest = _LARGEST.get(dtype)
        values = values if largest is None else values.clamp(-largest, largest)
        return (values if dtype.is_floating_point else values.round()).to(dtype)


def encoding_of(location: TensorLocation) -> Encoding:
    """Read the scales of a tensor's selected rows.

    Raises:
        WeightsError: they cannot be read, or their layout is not understood.
    """
    scaling = location.scaling
    if scaling is None:
        return Encoding()
    if scaling.layout is not None and bool(_read(scaling.layout).any()):
        raise WeightsError(
            f"{scaling.layout.file}: tensor {scaling.layout.name!r} is not 0: the rows of "
            f"{location.name!r} are permuted, which is not read"
        )
    rows, cols = location.selected_shape
    first = 0 if location.rows is None else location.rows[0]
    grid = _grid(scaling, location.shape)
    row_blocks = torch.arange(first, first + rows) // scaling.block[0]
    col_blocks = torch.arange(cols) // scaling.block[1]
    return Encoding(grid[row_blocks][:, col_blocks], scaling.packed, scaling.over_127)


def _grid(scaling: Scaling, shape: tuple[int, ...]) -> torch.Tensor:
    """Scales by block of rows and block of columns, float64."""
    stored = _read(scaling.scale)
    if scaling.exponents:
        stored = stored.view(torch.float8_e8m0fnu)
    scales = _widen(stored).reshape(-(-shape[0] // scaling.block[0]), -1)
    if scaling.overall is None:
        return scales
    overall = _read(scaling.overall).reshape(())
    if not bool(overall.isfinite()):  # divided by it, scales would be 0
        stored = scaling.overall
        raise WeightsError(f"{stored.file}: tensor {stored.name!r} is {float(overall)}, not finite")
    if scaling.divides:
        return (scales.to(torch.float32) / overall).to(torch.float64)
    return scales * overall.to(torch.float64)


def load(location: TensorLocation) -> torch.Tensor:
    """A tensor in its stored dtype, or as exact float64 where it is quantised.

    Raises:
        WeightsError: it cannot be read.
    """
    return read_stored(location) if location.scaling is None else load_exact(location)


def load_exact(location: TensorLocation) -> torch.Tensor:
    """Read a tensor, or its selected rows, as exact float64 values on the CPU.

    Args:
        location: from :meth:`~.language.checkpoint.Checkpoint.tensor`; only its rows are read.

    Shape:
        ``location.selected_shape``.

    Raises:
        WeightsError: unreadable, NaN or infinite; the message names the tensor and the entry.
    """
    exact = encoding_of(location).decode(read_stored(location))
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
    """Read a tensor, or its selected rows, as it is stored; scales are not applied.

    Raises:
        WeightsError: the file cannot be read.
    """
    return _read(location.stored, location.rows)


def _read(stored: StoredTensor, rows: tuple[int, int] | None = None) -> torch.Tensor:
    with (
        refusing(
            f"{stored.file}: tensor {stored.name!r} cannot be read", WeightsError, SafetensorError
        ),
        safe_open(str(stored.file), framework="pt") as file,
    ):
        if rows is None:
            return file.get_tensor(stored.name)
        return file.get_slice(stored.name)[rows[0] : rows[1]]


def _widen(values: torch.Tensor) -> torch.Tensor:
    """Convert to float64 without rounding."""
    if values.dtype == torch.float8_e8m0fnu:
        return torch.tensor(_E8M0, dtype=torch.float64)[values.view(torch.uint8).to(torch.int64)]
    return values.to(torch.float64)


def _unpack(stored: torch.Tensor) -> torch.Tensor:
    table = torch.tensor([*_E2M1, *(-value for value in _E2M1)], dtype=torch.float64)
    codes = torch.stack([stored & 15, stored >> 4], dim=-1).flatten(-2)
    return table[codes.to(torch.int64)]


def _pack(values: torch.Tensor) -> torch.Tensor:
    """The nearest e2m1 codes; a tie goes to the even one."""
    table = torch.tensor(_E2M1, dtype=torch.float64)
    middles = (table[1:] + table[:-1]) / 2
    magnitude = values.abs().contiguous()
    above = torch.bucketize(magnitude, middles, right=False)
    tied = (above < len(middles)) & (magnitude == middles[above.clamp_max(len(middles) - 1)])
    codes = above + (tied & (above % 2 == 1)) + 8 * (values < 0)
    pairs = codes.to(torch.uint8).unflatten(-1, (-1, 2))
    return pairs[..., 0] | pairs[..., 1] << 4
