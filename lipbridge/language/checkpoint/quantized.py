"""A quantised tensor: what its checkpoint states about it, and how its entries follow from that."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from math import prod
from typing import Any, cast

from lipbridge.errors import WeightsError
from lipbridge.language.checkpoint.companions import MODULE_SCALES, OWN_SCALES, stated_beside
from lipbridge.language.checkpoint.safetensors_header import StoredTensor

# A code has 8 significant bits: times these, its product is exact in float64.
_SCALES = frozenset({"F32", "BF16", "F16", "F8_E8M0"})
# Of patterns written in a checkpoint only those are matched that cannot take forever.
_REPEATED_GROUP = re.compile(r"\)[*+?{]|([*+}].*?){9}")
HELP = "give the checkpoint before quantisation, or one dequantised to bf16"
"""How to mend what is refused here."""

Find = Callable[[str], StoredTensor | None]


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


class QuantizedTensor:
    """One tensor, what is stored beside it, and what the configuration says of it.

    Args:
        stored: the tensor as it lies in the file.
        name: the name under which it was asked for.
        names: of all tensors of the checkpoint, sorted.
        find: a tensor of the same checkpoint by name, or None.
        quantization: the checkpoint's ``quantization_config``, or None where there is none.
    """

    def __init__(
        self,
        stored: StoredTensor,
        name: str,
        names: Sequence[str],
        find: Find,
        quantization: Mapping[str, Any] | None,
    ) -> None:
        self.stored, self.name, self._find = stored, name, find
        self.module = name.removesuffix("weight").removesuffix(".")
        self.config: Mapping[str, Any] = quantization or {}
        method = self.config.get("quant_method")
        self.method = method if isinstance(method, str) else ("" if quantization is None else "?")
        if quantization is not None and method is None:
            # DeepSeek's first files; the block size alone makes them of this kind.
            self.method = "fp8" if "weight_block_size" in self.config else "?"
        self.codes = stored.dtype not in ("F16", "BF16", "F32", "F64")
        # In a quantised model a `scale` beside a matrix is one of its entries.
        scaled = self.codes or (bool(self.method) and len(stored.shape) == 2)
        beside = stated_beside(name, names, codes=scaled)
        self.beside = {tail: other for tail, other in beside.items() if other != stored.name}

    def get(self, suffix: str) -> StoredTensor | None:
        """What is stored beside it under a suffix, or None."""
        name = self.beside.get(suffix)
        return None if name is None else self._find(name)

    def refusal(self, why: str, mend: str = HELP) -> WeightsError:
        """An error that names the tensor, the fact, and what would help."""
        return WeightsError(
            f"{self.stored.file}: tensor {self.stored.name!r} ({self.stored.dtype}) {why}; {mend}"
        )

    def only(self, *dtypes: str) -> None:
        """Refuse another dtype."""
        if self.stored.dtype not in dtypes:
            raise self.refusal(
                f"is not {' or '.join(sorted(dtypes))}, as {self.method or 'its scale'} has"
            )

    def nothing_but(self, *used: StoredTensor | None) -> None:
        """Refuse what is stored beside it and says more than was used."""
        known = {tensor.name for tensor in used if tensor is not None}
        for other in self.beside.values():
            if other not in known:
                more = (
                    "which is not understood" if self.codes else "but holds no codes to be scaled"
                )
                raise self.refusal(f"comes with {other!r}, {more}")

    def not_excluded(self, *keys: str) -> None:
        """Refuse codes in a module that the configuration says is not quantised."""
        for key in keys:
            if any(self.named(pattern, key) for pattern in self.strings(self.config.get(key), key)):
                raise self.refusal(
                    f"holds codes, but quantization_config says in {key} that its module is not "
                    "quantised"
                )

    def named(self, pattern: str, key: str) -> bool:
        """Whether a pattern means the tensor's module: a name, the end or the beginning of one.

        ``re:`` begins a regular expression, ``*`` stands for anything.
        """
        if pattern.startswith("re:"):
            try:
                if _REPEATED_GROUP.search(pattern) or len(self.module) > 500:
                    raise re.error("repeated groups, or more than 8 repetitions")
                return re.match(pattern.removeprefix("re:"), self.module) is not None
            except re.error as error:
                raise self.refusal(
                    f"may be meant by {pattern!r} in {key}, which is not read ({error})"
                ) from error
        if "*" in pattern:
            return fnmatchcase(self.module, pattern)
        return bool(pattern) and f".{pattern}." in f".{self.module}."

    def strings(self, value: object, key: str) -> list[str]:
        """A list of strings; none where nothing is said."""
        items = cast("list[object]", value or []) if isinstance(value or [], list) else [None]
        if not all(isinstance(item, str) for item in items):
            raise self.refusal(f"belongs to a model whose {key} is {value!r}, not a list of names")
        return cast("list[str]", items)

    def scale(self, *suffixes: str) -> StoredTensor:
        """The only scale there is, under one of these names."""
        present = {
            suffix: tensor
            for suffix in (*OWN_SCALES, *MODULE_SCALES)
            if (tensor := self.get(suffix))
        }
        if not present:
            looked = ", ".join(
                repr(self.name + s) if s in OWN_SCALES else f"'…{s}'" for s in suffixes
            )
            others = "".join(f" ({other!r} is not understood)" for other in self.beside.values())
            raise self.refusal(
                f"has no scale: there is no {looked}{others}; if the file is one shard of a "
                "checkpoint, keep its index beside it"
            )
        if len(present) > 1:
            names = " and ".join(repr(tensor.name) for tensor in present.values())
            raise self.refusal(f"comes with {names}, which together are not understood")
        ((suffix, tensor),) = present.items()
        if suffix not in suffixes:
            raise self.refusal(f"comes with {tensor.name!r}, which is not understood here")
        return tensor

    def grid(
        self, scale: StoredTensor, blocks: Sequence[tuple[int, int]], *, exponents: bool = False
    ) -> Scaling:
        """Codes times scales on the grid of one of these block sizes, the only one that they fit.

        With ``exponents`` scales may be U8, which are then E8M0.
        """
        if scale.dtype not in _SCALES and not (exponents and scale.dtype == "U8"):
            raise self.refusal(f"comes with scales {scale.name!r} of dtype {scale.dtype}")
        rows, cols = self.shape
        # Block sizes beyond the matrix mean the same.
        sizes = dict.fromkeys((min(r, rows), min(c, cols)) for r, c in blocks)
        modelopt = self.method == "modelopt"
        grids = {(r, c): (-(-rows // r), -(-cols // c)) for r, c in sizes}
        fitting = [s for s, grid in grids.items() if _fits(scale.shape, grid, modelopt=modelopt)]
        if len(fitting) == 1:
            return Scaling(scale, fitting[0], exponents=scale.dtype == "U8")
        wanted = " or ".join(f"{list(grid)}" for grid in grids.values())
        said = " or ".join(f"{list(size)}" for size in dict.fromkeys(blocks))
        raise self.refusal(
            f"comes with scales {scale.name!r} of shape {list(scale.shape)}; {wanted} was expected "
            f"for blocks {said}"
        )

    def mxfp8(self, scale: StoredTensor, blocks: Sequence[tuple[int, int]]) -> Scaling:
        """The same with scales that are powers of two."""
        if scale.dtype not in ("U8", "F8_E8M0"):
            raise self.refusal(f"is MXFP8 with scales {scale.name!r} of {scale.dtype}, not E8M0")
        return self.grid(scale, blocks, exponents=True)

    def nvfp4(self, suffix: str, *, divides: bool) -> Scaling:
        """Two e2m1 codes a byte, e4m3 scales of 16 entries, and a number for the whole tensor."""
        self.only("U8")
        overall = self.get(suffix)
        if overall is None:
            raise self.refusal(f"is NVFP4, but there is no tensor {self.name + suffix!r}")
        if prod(overall.shape) != 1 or overall.dtype != "F32":
            raise self.refusal(
                f"comes with {overall.name!r} of {overall.dtype} {list(overall.shape)}, "
                "where one F32 was expected"
            )
        scale = self.scale("_scale")
        rows, cols = self.shape
        if scale.dtype != "F8_E4M3" or scale.shape != (rows, cols // 8) or cols % 8:
            raise self.refusal(
                f"is NVFP4 with scales {scale.name!r} of {scale.dtype} "
                f"{list(scale.shape)}; F8_E4M3 [{rows}, {2 * cols}/16] was expected"
            )
        return Scaling(scale, (1, 16), overall=overall, divides=divides, packed=True)

    def whole(self) -> tuple[int, int]:
        """The block that is the whole matrix."""
        return self.shape

    def rows(self) -> tuple[int, int]:
        """The block that is one row."""
        return 1, self.shape[1]

    @property
    def shape(self) -> tuple[int, int]:
        """Its stored shape, that of a matrix."""
        if len(self.stored.shape) != 2 or 0 in self.stored.shape:
            raise self.refusal(
                f"has shape {list(self.stored.shape)}; only matrices are dequantised"
            )
        return self.stored.shape[0], self.stored.shape[1]

    def pair(self, value: object, key: str) -> tuple[int, int]:
        """Two positive integers; compressed-tensors also writes them as ``128x128``."""
        if isinstance(value, str) and re.fullmatch(r"\d{1,7}x\d{1,7}", value):
            value = [int(number) for number in value.split("x")]
        items = cast("list[object]", value) if isinstance(value, list) else []
        numbers = [n for n in items if isinstance(n, int) and not isinstance(n, bool)]
        if len(items) == len(numbers) == 2 and all(0 < n <= 1 << 20 for n in numbers):
            return numbers[0], numbers[1]
        raise self.refusal(
            f"belongs to a model whose {key} is {value!r}, not two positive integers"
        )


def _fits(shape: tuple[int, ...], grid: tuple[int, int], *, modelopt: bool) -> bool:
    """Whether scales of a stored shape are a grid; one number may have any shape."""
    if grid == (1, 1):
        return all(size == 1 for size in shape)
    # ModelOpt leaves the last axis of a column out, and keeps an axis a block.
    loose = modelopt and shape in (grid[:1] if grid[1] == 1 else (), (grid[0], 1, grid[1], 1))
    return shape == grid or loose
