"""How a stored tensor is quantised: what its checkpoint states about it, understood or refused.

A quantised tensor is not its bytes: each entry is a code times a scale that lies in another tensor.
Which tensor that is, and which entries share a scale, is stated by ``quantization_config`` (in
``config.json``, there or inside ``text_config``; ModelOpt writes ``hf_quant_config.json``) and by
the names beside the tensor. Whatever is not understood is refused by name, never guessed.

Source: the loaders of the packages ``transformers``, ``compressed-tensors``, ``bitsandbytes`` and
NVIDIA's Model Optimizer; the OCP Microscaling formats specification (facts only).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from lipbridge.errors import WeightsError
from lipbridge.language.safetensors_header import StoredTensor

__all__ = ["ALIASES", "Scaling", "find_scaling", "is_companion"]

_WIDE = frozenset({"F16", "BF16", "F32", "F64"})
_FP8 = frozenset({"F8_E4M3", "F8_E5M2", "F8_E4M3FNUZ", "F8_E5M2FNUZ"})
# A code has 8 significant bits: times these, its product is exact in float64.
_SCALES = frozenset({"F32", "BF16", "F16", "F8_E8M0"})

ALIASES = {"weight_packed": "weight", "qweight": "weight"}
"""Names under which a checkpoint may hold ``weight``."""

# Scales by what is appended to the tensor's name, or to its module's.
_OWN = ("_scale_inv", "_scale")
_MODULE = ("scale", "qscale_weight", "SCB")
# What may stand beside a tensor's name and says more about its values than is understood.
_FURTHER = ("_scale_2", "_global_scale", "_zero_point", "_g_idx", "_shape", "_scale_inv_2")
_MODULE_FURTHER = ("pre_quant_scale", "weight_format", "qzeros", "g_idx", "absmax")
# Methods that leave the tensors which they do not quantise as they are.
_PLAIN_METHODS = frozenset(
    {"fp8", "mxfp8", "fbgemm_fp8", "compressed-tensors", "modelopt", "bitsandbytes", "gptq", "awq"}
)
_HELP = "give the checkpoint before quantisation, or one dequantised to bf16"


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


Find = Callable[[str], StoredTensor | None]


def is_companion(name: str, names: Mapping[str, object]) -> bool:
    """Whether a tensor only says how another one is scaled."""
    for suffix in (*_OWN, *_FURTHER):
        if name.endswith(suffix) and _present(name.removesuffix(suffix), names):
            return True
    module, _, last = name.rpartition(".")
    known = (*_MODULE, *_MODULE_FURTHER)
    return last in known and _present(f"{module}.weight" if module else "weight", names)


def _present(name: str, names: Mapping[str, object]) -> bool:
    return name in names or any(
        name == "weight" or name.endswith("." + plain)
        for packed, plain in ALIASES.items()
        if name.removesuffix(plain) + packed in names
    )


def find_scaling(
    stored: StoredTensor, name: str, find: Find, quantization: Mapping[str, Any] | None
) -> Scaling | None:
    """Find how a tensor is scaled.

    Args:
        stored: the tensor as it lies in the file.
        name: the name under which it was asked for.
        find: a tensor of the same checkpoint by name, or None.
        quantization: the checkpoint's ``quantization_config``, or None where there is none.

    Returns:
        The scaling, or None for a tensor whose entries are its values.

    Raises:
        WeightsError: a fact about the tensor that is not understood; the message names it.
    """
    return _Question(stored, name, find, quantization).answer()


class _Question:
    """One tensor, and what is stated about it."""

    def __init__(
        self, stored: StoredTensor, name: str, find: Find, quantization: Mapping[str, Any] | None
    ) -> None:
        self.stored, self.name = stored, name
        self.config: Mapping[str, Any] = quantization or {}
        method = self.config.get("quant_method")
        self.method = method if isinstance(method, str) else ("" if quantization is None else "?")
        if quantization is not None and method is None:
            # DeepSeek's first files; the block size alone makes them of this kind.
            self.method = "fp8" if "weight_block_size" in self.config else "?"
        module = name.removesuffix("weight") if name.endswith("weight") else None
        self.found = {suffix: find(name + suffix) for suffix in (*_OWN, *_FURTHER)}
        if module is not None and module[-1:] in ("", "."):
            more = (*_MODULE, *_MODULE_FURTHER)
            self.found |= {suffix: find(module + suffix) for suffix in more}

    def answer(self) -> Scaling | None:
        dtype = self.stored.dtype
        if self.get("pre_quant_scale"):
            raise self.refusal("comes with a pre_quant_scale, by which its inputs are multiplied")
        if dtype in _WIDE:
            return self.plain()
        if self.method in ("gptq", "awq") or self.stored.name.endswith("qweight"):
            raise self.refusal(f"is packed by {self.method or 'GPTQ or AWQ'}, which is not read")
        for suffix in ("_zero_point", "_g_idx", "_shape", "_scale_inv_2", "qzeros", "absmax"):
            if self.get(suffix):
                raise self.refusal(f"comes with {self.get(suffix).name!r}, which is not understood")
        rules = {
            "": self.bare,
            "fp8": self.fine_grained,
            "mxfp8": self.fine_grained,
            "fbgemm_fp8": self.fbgemm,
            "compressed-tensors": self.compressed,
            "modelopt": self.modelopt,
            "bitsandbytes": self.bitsandbytes,
        }
        if self.method not in rules:
            raise self.refusal(
                f"is quantised by quant_method {self.config.get('quant_method')!r}, which is none "
                f"of {', '.join(filter(None, rules))}"
            )
        if dtype not in _FP8 and dtype not in ("I8", "U8"):
            packed = f", packed in format {self.config.get('format')!r}" if self.packed else ""
            raise self.refusal(f"has dtype {dtype}{packed}, which is not read")
        scaling = rules[self.method]()
        extra = {"_scale_2": scaling.overall, "_global_scale": scaling.overall}
        for suffix, used in extra.items():
            if self.get(suffix) and self.get(suffix) != used:
                raise self.refusal(f"comes with {self.get(suffix).name!r}, which is not understood")
        return scaling

    def plain(self) -> None:
        """A tensor that holds its values: then nothing may say otherwise."""
        # A module may have a `scale` of another meaning.
        for suffix in (*_OWN, *_FURTHER, *_MODULE[1:], *_MODULE_FURTHER):
            if self.get(suffix):
                raise self.refusal(
                    f"comes with {self.get(suffix).name!r}, but holds no codes to be scaled"
                )
        if self.method and self.method not in _PLAIN_METHODS:
            known = ", ".join(sorted(_PLAIN_METHODS))
            method = self.config.get("quant_method")
            raise self.refusal(f"belongs to a model of quant_method {method!r}, none of {known}")

    def bare(self) -> Scaling:
        """Without a configuration only scales whose meaning their name and shape fix."""
        if self.stored.dtype == "U8":
            raise self.refusal(
                "needs a quantization_config in config.json that says what its bytes hold"
            )
        if self.get("SCB"):
            return self.int8_rows()
        scale = self.scale(*_OWN, "scale", "qscale_weight")
        if scale.name == f"{self.name}_scale":
            return self.choose(scale, [self.whole(), self.rows()])
        return self.choose(scale, [*self.single(scale), (128, 128)])

    def fine_grained(self) -> Scaling:
        """``transformers``' fp8 and mxfp8; DeepSeek's files, whose scales are called ``.scale``."""
        self.only(*_FP8)
        scale = self.scale(*_OWN, "scale", "qscale_weight")
        default = [1, 32] if self.method == "mxfp8" else [128, 128]
        size = self.config.get("weight_block_size", default)
        blocks: list[tuple[int, int]] = []
        if size is not None:
            blocks.append(self.pair(size, "weight_block_size"))
        if "weight_block_size" not in self.config or size is None:
            blocks += [self.whole(), self.rows()]
        if self.method == "mxfp8" and scale.dtype not in ("U8", "F8_E8M0"):
            raise self.refusal(f"is MXFP8 with scales {scale.name!r} of {scale.dtype}, not E8M0")
        return self.choose(scale, blocks, exponents=True)

    def fbgemm(self) -> Scaling:
        self.only("F8_E4M3")
        return self.choose(self.scale("_scale"), [self.rows()])

    def bitsandbytes(self) -> Scaling:
        if self.config.get("load_in_8bit") is not True:
            raise self.refusal("is quantised by bitsandbytes to 4 bits, which is not read")
        return self.int8_rows()

    def int8_rows(self) -> Scaling:
        self.only("I8")
        scale = self.scale("SCB")
        if scale.shape != self.stored.shape[:1] or scale.dtype != "F32":
            raise self.refusal(f"comes with {scale.name!r} of {scale.dtype} {list(scale.shape)}")
        layout = self.get("weight_format")
        return Scaling(scale, self.rows(), over_127=True, layout=layout)

    def modelopt(self) -> Scaling:
        algorithm = self.config.get("quant_algo")
        if algorithm == "NVFP4":
            return self.nvfp4(self.get("_scale_2"), "_scale_2", divides=False)
        self.only(*_FP8)
        scale = self.scale(*_OWN)
        blocks = {
            "FP8": [self.whole()],
            "FP8_PER_CHANNEL_PER_TOKEN": [self.rows()],
            "FP8_PB_WO": [(128, 128)],
            "MXFP8": [(1, 32)],
        }.get(str(algorithm).upper())
        if blocks is None:
            raise self.refusal(
                f"is quantised by ModelOpt's quant_algo {algorithm!r}, which is not read"
            )
        return self.choose(scale, blocks, exponents=algorithm == "MXFP8")

    def compressed(self) -> Scaling:
        """compressed-tensors: the groups of its configuration say what a scale stands for."""
        if self.config.get("transform_config"):
            raise self.refusal(
                "belongs to a model with a transform_config, which changes its function"
            )
        groups = [self.weights_of(group) for group in self.groups()]
        if self.packed or self.stored.dtype == "U8":
            four = [g for g in groups if (g.get("num_bits"), g.get("type")) == (4, "float")]
            named = "nvfp4" in str(self.config.get("format")) and not groups
            if not (named or any(g.get("group_size") == 16 for g in four)):
                raise self.refusal(
                    f"is packed in format {self.config.get('format')!r}; of the packed "
                    "formats only nvfp4-pack-quantized is read"
                )
            return self.nvfp4(self.get("_global_scale"), "_global_scale", divides=True)
        kind = "int" if self.stored.dtype == "I8" else "float"
        scale = self.scale("_scale")
        eight = [g for g in groups if (g.get("num_bits"), g.get("type", "int")) == (8, kind)]
        if groups and not eight:
            raise self.refusal(
                f"is {self.stored.dtype}, and no group of config_groups has 8-bit {kind}"
            )
        if any(g.get("symmetric") is False for g in eight):
            raise self.refusal(
                "may be quantised with a zero point (symmetric false), which is not read"
            )
        blocks = [block for g in eight for block in self.strategy(g)]
        shared = any(g.get("group_size") == 32 for g in eight)
        return self.choose(scale, blocks or [self.whole(), self.rows()], exponents=shared)

    def groups(self) -> list[Mapping[str, Any]]:
        groups = self.config.get("config_groups") or {}
        if not isinstance(groups, dict):
            raise self.refusal("belongs to a model whose config_groups is not an object")
        found = list(cast("dict[str, object]", groups).values())
        if not all(isinstance(group, dict) for group in found):
            raise self.refusal("belongs to a model whose config_groups does not hold objects")
        return cast("list[Mapping[str, Any]]", found)

    def weights_of(self, group: Mapping[str, Any]) -> Mapping[str, Any]:
        weights = group.get("weights") or {}
        if not isinstance(weights, dict):
            raise self.refusal(
                "belongs to a group of config_groups whose weights are not an object"
            )
        return cast("Mapping[str, Any]", weights)

    def strategy(self, weights: Mapping[str, Any]) -> list[tuple[int, int]]:
        kind = weights.get("strategy")
        if kind == "tensor":
            return [self.whole()]
        if kind == "channel":
            return [self.rows()]
        if kind == "block":
            return [self.pair(weights.get("block_structure"), "block_structure")]
        size = weights.get("group_size")
        if kind == "group" and isinstance(size, int) and size > 0:
            return [(1, size)]
        raise self.refusal(f"is quantised with strategy {kind!r}, group_size {size!r}")

    def nvfp4(self, overall: StoredTensor | None, suffix: str, *, divides: bool) -> Scaling:
        self.only("U8")
        if overall is None:
            raise self.refusal(f"is NVFP4, but there is no tensor {self.name + suffix!r}")
        if _entries(overall) != 1 or overall.dtype != "F32":
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

    def choose(
        self, scale: StoredTensor, blocks: Sequence[tuple[int, int]], *, exponents: bool = False
    ) -> Scaling:
        """The block size whose grid the scales have."""
        if scale.dtype not in _SCALES and not (exponents and scale.dtype == "U8"):
            raise self.refusal(f"comes with scales {scale.name!r} of dtype {scale.dtype}")
        rows, cols = self.shape
        # Block sizes beyond the matrix mean the same.
        sizes = dict.fromkeys((min(r, rows), min(c, cols)) for r, c in blocks)
        modelopt = self.method == "modelopt"
        grids = {size: self.grid(size) for size in sizes}
        fitting = [s for s, grid in grids.items() if _fits(scale.shape, grid, modelopt=modelopt)]
        if len(fitting) == 1:
            return Scaling(scale, fitting[0], exponents=scale.dtype == "U8")
        wanted = " or ".join(f"{list(grid)}" for grid in grids.values())
        said = " or ".join(f"{list(size)}" for size in dict.fromkeys(blocks))
        raise self.refusal(
            f"comes with scales {scale.name!r} of shape {list(scale.shape)}; {wanted} was expected "
            f"for blocks {said}"
        )

    def grid(self, block: tuple[int, int]) -> tuple[int, int]:
        rows, cols = self.shape
        return -(-rows // block[0]), -(-cols // block[1])

    def scale(self, *suffixes: str) -> StoredTensor:
        """The only scale there is, under one of these names."""
        present = {suffix: tensor for suffix in (*_OWN, *_MODULE) if (tensor := self.get(suffix))}
        if not present:
            looked = ", ".join(repr(self.name + s) if s in _OWN else f"'…{s}'" for s in suffixes)
            raise self.refusal(
                f"has no scale: there is no {looked}; if the file is one shard of a checkpoint, "
                "keep its index beside it"
            )
        if len(present) > 1:
            names = " and ".join(repr(tensor.name) for tensor in present.values())
            raise self.refusal(f"comes with {names}, which together are not understood")
        ((suffix, tensor),) = present.items()
        if suffix not in suffixes:
            raise self.refusal(f"comes with {tensor.name!r}, which is not understood here")
        return tensor

    def single(self, scale: StoredTensor) -> list[tuple[int, int]]:
        return [self.whole()] if _entries(scale) == 1 else []

    def whole(self) -> tuple[int, int]:
        return self.shape

    def rows(self) -> tuple[int, int]:
        return 1, self.shape[1]

    @property
    def shape(self) -> tuple[int, int]:
        if len(self.stored.shape) != 2 or 0 in self.stored.shape:
            raise self.refusal(
                f"has shape {list(self.stored.shape)}; only matrices are dequantised"
            )
        return self.stored.shape[0], self.stored.shape[1]

    def pair(self, value: object, key: str) -> tuple[int, int]:
        items = cast("list[object]", value) if isinstance(value, list) else []
        numbers = [n for n in items if isinstance(n, int) and not isinstance(n, bool)]
        if len(items) == len(numbers) == 2 and all(0 < n <= 1 << 20 for n in numbers):
            return numbers[0], numbers[1]
        raise self.refusal(
            f"belongs to a model whose {key} is {value!r}, not two positive integers"
        )

    def only(self, *dtypes: str) -> None:
        if self.stored.dtype not in dtypes:
            raise self.refusal(
                f"is not {' or '.join(sorted(dtypes))}, as {self.method or 'its scale'} has"
            )

    @property
    def packed(self) -> bool:
        return self.stored.name.endswith("_packed")

    def get(self, suffix: str) -> Any:
        return self.found.get(suffix)

    def refusal(self, why: str) -> WeightsError:
        return WeightsError(
            f"{self.stored.file}: tensor {self.stored.name!r} ({self.stored.dtype}) {why}; {_HELP}"
        )


def _entries(tensor: StoredTensor) -> int:
    count = 1
    for size in tensor.shape:
        count *= size
    return count


def _fits(shape: tuple[int, ...], grid: tuple[int, int], *, modelopt: bool) -> bool:
    """Whether scales of a stored shape are a grid; one number may have any shape."""
    if grid == (1, 1):
        return all(size == 1 for size in shape)
    # ModelOpt leaves the last axis of a column out, and keeps an axis a block.
    loose = modelopt and shape in (grid[:1] if grid[1] == 1 else (), (grid[0], 1, grid[1], 1))
    return shape == grid or loose
