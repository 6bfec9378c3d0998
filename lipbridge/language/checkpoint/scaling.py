"""How the entries of a quantised tensor follow from its codes and their scales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from lipbridge.language.checkpoint.quantized import QuantizedTensor
from lipbridge.language.checkpoint.safetensors_header import StoredTensor


@dataclass(frozen=True)
class Scaling:
    """Entry (i, j) is its code times ``scale[⌊i/r⌋, ⌊j/c⌋]``, and what else is said here.

    Args:
        scale: the scales; read as a grid of one row a block of rows, whatever their stored shape.
        block: (r, c), rows and columns that share a scale.
        overall: one more number for the whole tensor, or None.
        divides: scales are divided by ``overall``, rounded to float32, and not multiplied by it.
        packed: a byte holds two e2m1 codes, the first in its low half.
        exponents: scales of dtype U8 are E8M0, powers of two.
        over_127: bitsandbytes: times 1/127 in float32, each product rounded to float32.
        layout: bitsandbytes' ``weight_format``, which must hold 0; or None.
    """

    scale: StoredTensor
    block: tuple[int, int]
    overall: StoredTensor | None = None
    divides: bool = False
    packed: bool = False
    exponents: bool = False
    over_127: bool = False
    layout: StoredTensor | None = None


def grid(
    asked: QuantizedTensor,
    scale: StoredTensor,
    blocks: Sequence[tuple[int, int]],
    *,
    exponents: bool = False,
) -> Scaling:
    """Codes times scales on the grid of one of these block sizes."""
    block = asked.choose(scale, blocks, exponents=exponents)
    return Scaling(scale, block, exponents=scale.dtype == "U8")


def e8m0(asked: QuantizedTensor, scale: StoredTensor) -> None:
    """Refuse scales of MXFP8 that are no powers of two."""
    if scale.dtype not in ("U8", "F8_E8M0"):
        raise asked.refusal(f"is MXFP8 with scales {scale.name!r} of {scale.dtype}, not E8M0")


def nvfp4(asked: QuantizedTensor, suffix: str, *, divides: bool) -> Scaling:
    """Two e2m1 codes a byte, e4m3 scales of 16 entries, and a number for the whole tensor."""
    asked.only("U8")
    overall = asked.get(suffix)
    if overall is None:
        raise asked.refusal(f"is NVFP4, but there is no tensor {asked.name + suffix!r}")
    if prod(overall.shape) != 1 or overall.dtype != "F32":
        raise asked.refusal(
            f"comes with {overall.name!r} of {overall.dtype} {list(overall.shape)}, "
            "where one F32 was expected"
        )
    scale = asked.scale("_scale")
    rows, cols = asked.shape
    if scale.dtype != "F8_E4M3" or scale.shape != (rows, cols // 8) or cols % 8:
        raise asked.refusal(
            f"is NVFP4 with scales {scale.name!r} of {scale.dtype} "
            f"{list(scale.shape)}; F8_E4M3 [{rows}, {2 * cols}/16] was expected"
        )
    return Scaling(scale, (1, 16), overall=overall, divides=divides, packed=True)
