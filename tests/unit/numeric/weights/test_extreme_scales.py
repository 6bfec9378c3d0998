"""Codes of one byte times scales at the ends of their range, against fractions worked out by hand.

The bound of what is read is not below the slope along any coordinate vector.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from lipbridge.errors import WeightsError
from lipbridge.numeric.spectral.bounds import spectral_bound
from lipbridge.numeric.weights.files import load_tensor

Number = Fraction | None
"""A value; None where it is no number."""


def _float(bits: int, exponent: int, mantissa: int, bias: int) -> Fraction:
    sign = -1 if bits >> (exponent + mantissa) else 1
    power, rest = bits >> mantissa & ((1 << exponent) - 1), bits & ((1 << mantissa) - 1)
    whole = Fraction(rest, 1 << mantissa) + (power > 0)
    return sign * whole * Fraction(2) ** (max(power, 1) - bias)


def _float32(bits: int) -> Number:
    return None if bits >> 23 & 255 == 255 else _float(bits, 8, 23, 127)


def _e4m3(byte: int) -> Number:
    return None if byte & 127 == 127 else _float(byte, 4, 3, 7)


CODES: dict[torch.dtype, Callable[[int], Number]] = {
    torch.float8_e4m3fn: _e4m3,
    torch.float8_e5m2: lambda b: None if b >> 2 & 31 == 31 else _float(b, 5, 2, 15),
    torch.float8_e4m3fnuz: lambda b: None if b == 128 else _float(b, 4, 3, 8),
    torch.float8_e5m2fnuz: lambda b: None if b == 128 else _float(b, 5, 2, 16),
    torch.int8: lambda b: Fraction(b - 256 if b > 127 else b),
}
SCALES = {
    "one": 0x3F800000, "smallest normal": 0x00800000, "smallest": 1, "subnormal": 0x007FFFFF,
    "largest": 0x7F7FFFFF, "zero": 0, "minus zero": 0x80000000, "third": 0x3EAAAAAB,
    "negative": 0xBF99999A, "infinite": 0x7F800000, "nan": 0x7FC00000,
}  # fmt: skip


def _tensor(bits: int) -> torch.Tensor:
    return torch.tensor([bits]).to(torch.int32).view(torch.float32)


def _folder(path: Path, config: object = None, **tensors: torch.Tensor) -> Path:
    save_file({f"w.{name}": tensor for name, tensor in tensors.items()}, path / "x.safetensors")
    if config is not None:
        (path / "config.json").write_text(json.dumps({"quantization_config": config}))
    return path


def _hold(folder: Path, wanted: Sequence[Sequence[Number]]) -> None:
    """What is read is what was worked out, or refused where that is no number."""
    if any(value is None for row in wanted for value in row):
        with pytest.raises(WeightsError, match="not finite"):
            load_tensor(folder, "w.weight")
        return
    found = load_tensor(folder, "w.weight")
    assert [list(map(Fraction, row)) for row in found.tolist()] == wanted
    columns = (sum((row[j] or Fraction(0)) ** 2 for row in wanted) for j in range(len(wanted[0])))
    assert Fraction(spectral_bound(found).upper) ** 2 >= max(columns)


def _codes(kind: torch.dtype, rows: int, cols: int) -> torch.Tensor:
    chosen = random.Random(3)
    known = [byte for byte in range(256) if CODES[kind](byte) is not None]
    picked = chosen.sample(known, min(rows * cols, len(known)))
    picked += chosen.choices(known, k=rows * cols - len(picked))
    return torch.tensor(picked, dtype=torch.uint8).reshape(rows, cols)


def _times(
    codes: torch.Tensor, kind: torch.dtype, scale: Callable[[int, int], Number]
) -> list[list[Number]]:
    def value(code: int, factor: Number) -> Number:
        known = CODES[kind](code)
        return None if known is None or factor is None else known * factor

    rows = codes.tolist()
    return [[value(c, scale(i, j)) for j, c in enumerate(row)] for i, row in enumerate(rows)]


@pytest.mark.parametrize("kind", CODES)
@pytest.mark.parametrize("scale", SCALES)
def test_one_scale_at_the_ends_of_its_range(tmp_path: Path, kind: torch.dtype, scale: str) -> None:
    codes, bits = _codes(kind, 16, 16), SCALES[scale]
    folder = _folder(tmp_path, weight=codes.view(kind), weight_scale=_tensor(bits))
    _hold(folder, _times(codes, kind, lambda _i, _j: _float32(bits)))


@pytest.mark.parametrize("kind", [kind for kind in CODES if kind != torch.int8])
@pytest.mark.parametrize("first", [0, 1, 254, 255])
@pytest.mark.parametrize("seen", [torch.uint8, torch.float8_e8m0fnu])
def test_blocks_of_powers_of_two(
    tmp_path: Path, kind: torch.dtype, first: int, seen: torch.dtype
) -> None:
    """2^-127, which float32 holds as a subnormal only, 2^127, and 255, which is NaN."""
    codes = _codes(kind, 4, 64)
    bytes_ = torch.tensor([[first, 127], [3, 250]], dtype=torch.uint8)
    config = {"quant_method": "fp8", "weight_block_size": [2, 32], "scale_fmt": "ue8m0"}
    folder = _folder(tmp_path, config, weight=codes.view(kind), weight_scale_inv=bytes_.view(seen))

    def power(i: int, j: int) -> Number:
        byte = int(bytes_[i // 2, j // 32])
        return None if byte == 255 else Fraction(2) ** (byte - 127)

    _hold(folder, _times(codes, kind, power))


@pytest.mark.parametrize("kind", CODES)
def test_codes_that_are_no_numbers_are_refused_beside_a_scale_of_zero(
    tmp_path: Path, kind: torch.dtype
) -> None:
    for byte in (byte for byte in range(256) if CODES[kind](byte) is None):
        codes = torch.tensor([[0, 0], [byte, 0]], dtype=torch.uint8)
        folder = _folder(tmp_path, weight=codes.view(kind), weight_scale=torch.zeros(1))
        with pytest.raises(WeightsError, match=r"entry \[1, 0\] is nan, not finite"):
            load_tensor(folder, "w.weight")


@pytest.mark.parametrize("divides", [False, True])
@pytest.mark.parametrize("overall", SCALES)
@pytest.mark.parametrize("first", [0x00, 0x01, 0x7E, 0x7F, 0xB8])
def test_two_codes_a_byte(tmp_path: Path, divides: bool, overall: str, first: int) -> None:
    """A number for the whole tensor that is infinite would make all entries 0 where it divides."""
    bits, least = SCALES[overall], (0, 1, 2, 3, 4, 6, 8, 12)
    codes = torch.tensor(random.Random(4).choices(range(256), k=32), dtype=torch.uint8)
    codes, scales = codes.reshape(2, 16), torch.tensor([[first, 0x38], [0x3F, 0x11]])
    stored = scales.to(torch.uint8).view(torch.float8_e4m3fn)
    if divides:
        config = {"quant_method": "compressed-tensors", "format": "nvfp4-pack-quantized"}
        tensors = {"weight_packed": codes, "weight_global_scale": _tensor(bits)}
    else:
        config = {"quant_method": "modelopt", "quant_algo": "NVFP4"}
        tensors = {"weight": codes, "weight_scale_2": _tensor(bits)}

    def value(i: int, j: int) -> Number:
        byte, one, whole = int(codes[i, j // 2]), _e4m3(int(scales[i, j // 16])), _float32(bits)
        code = byte >> 4 if j % 2 else byte & 15
        if one is None or whole is None:
            return None
        factor: Number = one * whole
        if divides:
            rounded = torch.tensor(float(one)) / _tensor(bits)
            factor = Fraction(float(rounded)) if bool(rounded.isfinite()) else None
        sign = -1 if code & 8 else 1
        return None if factor is None else sign * Fraction(least[code & 7], 2) * factor

    wanted = [[value(i, j) for j in range(32)] for i in range(2)]
    _hold(_folder(tmp_path, config, weight_scale=stored, **tensors), wanted)
