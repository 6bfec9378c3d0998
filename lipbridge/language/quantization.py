"""How a stored tensor is quantised: what its checkpoint states about it, understood or refused.

A quantised tensor is not its bytes: each entry is a code times a scale that lies in another tensor.
Which tensor that is, and which entries share a scale, is stated by ``quantization_config`` (in
``config.json``, there or inside ``text_config``; ModelOpt writes ``hf_quant_config.json``) and by
the names beside the tensor. Whatever is not understood is refused by name, never guessed.

Source: the loaders of the packages ``transformers``, ``compressed-tensors``, ``bitsandbytes`` and
NVIDIA's Model Optimizer; the OCP Microscaling formats specification (facts only).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, cast

from lipbridge.errors import WeightsError
from lipbridge.language.quantized import ALIASES, Find, QuantizedTensor
from lipbridge.language.safetensors_header import StoredTensor

__all__ = ["Scaling", "find_scaling"]

_FP8 = frozenset({"F8_E4M3", "F8_E5M2", "F8_E4M3FNUZ", "F8_E5M2FNUZ"})
# Formats of compressed-tensors; those of one byte have no packing to be known.
_FORMATS = ("float-quantized", "int-quantized", "naive-quantized", "mxfp8-quantized")
_NVFP4 = "nvfp4-pack-quantized"


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


def find_scaling(
    stored: StoredTensor,
    name: str,
    names: Sequence[str],
    find: Find,
    quantization: Mapping[str, Any] | None,
) -> Scaling | None:
    """Find how a tensor is scaled; the arguments are those of ``QuantizedTensor``.

    Returns:
        The scaling, or None for a tensor whose entries are its values.

    Raises:
        WeightsError: a fact about the tensor that is not understood; the message names it.
    """
    asked = QuantizedTensor(stored, name, names, find, quantization)
    if "pre_quant_scale" in asked.beside:
        raise asked.refusal("comes with a pre_quant_scale, by which its inputs are multiplied")
    if not asked.codes:
        return _plain(asked)
    if asked.method in ("gptq", "awq") or stored.name.endswith("qweight"):
        raise asked.refusal(f"is packed by {asked.method or 'GPTQ or AWQ'}, which is not read")
    if asked.method not in _RULES:
        raise asked.refusal(
            f"is quantised by quant_method {asked.config.get('quant_method')!r}, which is none "
            f"of {', '.join(filter(None, _RULES))}"
        )
    last = stored.name.rpartition(".")[2]
    if last == "weight_blocks":
        raise asked.refusal("is packed as MXFP4, which is not read")
    if name == stored.name and last in ALIASES:
        plain = name.removesuffix(last) + ALIASES[last]
        raise WeightsError(f"{stored.file}: tensor {name!r} is packed; its values are {plain!r}")
    if stored.dtype not in _FP8 and stored.dtype not in ("I8", "U8"):
        packed = f", packed in format {asked.config.get('format')!r}" if _packed(asked) else ""
        raise asked.refusal(f"has dtype {stored.dtype}{packed}, which is not read")
    scaling = _RULES[asked.method](asked)
    asked.nothing_but(scaling.scale, scaling.overall, scaling.layout)
    asked.not_excluded(
        "ignore", "exclude_modules", "modules_to_not_convert", "llm_int8_skip_modules"
    )
    return scaling


def _plain(asked: QuantizedTensor) -> None:
    """A tensor that holds its values: then nothing may say otherwise."""
    asked.nothing_but()
    # These methods leave the tensors that they do not quantise as they are.
    known = sorted({*filter(None, _RULES), "gptq", "awq"})
    if asked.method and asked.method not in known:
        raise asked.refusal(
            f"belongs to a model of quant_method {asked.config.get('quant_method')!r}, none of "
            f"{', '.join(known)}"
        )


def _grid(
    asked: QuantizedTensor,
    scale: StoredTensor,
    blocks: Sequence[tuple[int, int]],
    *,
    exponents: bool = False,
) -> Scaling:
    block = asked.choose(scale, blocks, exponents=exponents)
    return Scaling(scale, block, exponents=scale.dtype == "U8")


def _bare(asked: QuantizedTensor) -> Scaling:
    """Without a configuration only scales whose meaning their name and shape fix."""
    if asked.stored.dtype == "U8":
        raise asked.refusal(
            "needs a quantization_config in config.json that says what its bytes hold"
        )
    if "SCB" in asked.beside:
        return _int8_rows(asked)
    scale = asked.scale("_scale_inv", "_scale", "scale", "qscale_weight")
    if scale.name == f"{asked.name}_scale":
        return _grid(asked, scale, [asked.whole(), asked.rows()])
    single = [asked.whole()] if prod(scale.shape) == 1 else []
    return _grid(asked, scale, [*single, (128, 128)])


def _fine_grained(asked: QuantizedTensor) -> Scaling:
    """``transformers``' fp8 and mxfp8; DeepSeek's files, whose scales are called ``.scale``."""
    asked.only(*_FP8)
    stated = asked.config.get("fmt")
    if stated not in (None, *(f"e{e}m{m}" for e, m in ((4, 3), (5, 2)) if _is(asked, e, m))):
        raise asked.refusal(f"belongs to a model of fp8 format {stated!r} (fmt)")
    scale = asked.scale("_scale_inv", "_scale", "scale", "qscale_weight")
    mx = asked.method == "mxfp8"
    size = asked.config.get("weight_block_size", [1, 32] if mx else [128, 128])
    blocks = [] if size is None else [asked.pair(size, "weight_block_size")]
    if "weight_block_size" not in asked.config or size is None:
        blocks += [asked.whole(), asked.rows()]
    if mx and scale.dtype not in ("U8", "F8_E8M0"):
        raise asked.refusal(f"is MXFP8 with scales {scale.name!r} of {scale.dtype}, not E8M0")
    return _grid(asked, scale, blocks, exponents=True)


def _is(asked: QuantizedTensor, exponent: int, mantissa: int) -> bool:
    return asked.stored.dtype.startswith(f"F8_E{exponent}M{mantissa}")


def _fbgemm(asked: QuantizedTensor) -> Scaling:
    asked.only("F8_E4M3")
    return _grid(asked, asked.scale("_scale"), [asked.rows()])


def _bitsandbytes(asked: QuantizedTensor) -> Scaling:
    if asked.config.get("load_in_8bit") is not True:
        raise asked.refusal("is quantised by bitsandbytes to 4 bits, which is not read")
    return _int8_rows(asked)


def _int8_rows(asked: QuantizedTensor) -> Scaling:
    asked.only("I8")
    scale = asked.scale("SCB")
    if scale.shape != asked.stored.shape[:1] or scale.dtype != "F32":
        raise asked.refusal(f"comes with {scale.name!r} of {scale.dtype} {list(scale.shape)}")
    return Scaling(scale, asked.rows(), over_127=True, layout=asked.get("_format"))


def _modelopt(asked: QuantizedTensor) -> Scaling:
    algorithm = asked.config.get("quant_algo")
    if algorithm == "NVFP4":
        return _nvfp4(asked, "_scale_2", divides=False)
    asked.only(*_FP8)
    scale = asked.scale("_scale_inv", "_scale")
    blocks = {
        "FP8": [asked.whole()],
        "FP8_PER_CHANNEL_PER_TOKEN": [asked.rows()],
        "FP8_PB_WO": [(128, 128)],
        "MXFP8": [(1, 32)],
    }.get(str(algorithm).upper())
    if blocks is None:
        raise asked.refusal(
            f"is quantised by ModelOpt's quant_algo {algorithm!r}, which is not read"
        )
    return _grid(asked, scale, blocks, exponents=algorithm == "MXFP8")


def _compressed(asked: QuantizedTensor) -> Scaling:
    """compressed-tensors: the groups of its configuration say what a scale stands for."""
    if asked.config.get("transform_config"):
        raise asked.refusal(
            "belongs to a model with a transform_config, which changes its function"
        )
    sparsity = asked.config.get("sparsity_config")
    if sparsity and (not isinstance(sparsity, dict) or sparsity.get("format") != "dense"):
        raise asked.refusal("belongs to a model with a sparsity_config, which is not read")
    groups = _groups(asked)
    stated = [group.get("format") for group in groups] + [asked.config.get("format")]
    weights = [_weights(asked, group) for group in groups]
    if _packed(asked) or asked.stored.dtype == "U8":
        four = [g for g in weights if (g.get("num_bits"), g.get("type")) == (4, "float")]
        if not (any(g.get("group_size") == 16 for g in four) if groups else _NVFP4 in stated):
            raise asked.refusal(
                f"is packed in format {asked.config.get('format')!r}; of the packed "
                f"formats only {_NVFP4} is read"
            )
        return _nvfp4(asked, "_global_scale", divides=True)
    for form in stated:
        if form not in (None, "mixed-precision", _NVFP4, *_FORMATS):
            raise asked.refusal(f"is stored in format {form!r}, which is not read")
    kind = "int" if asked.stored.dtype == "I8" else "float"
    scale = asked.scale("_scale")
    eight = [g for g in weights if (g.get("num_bits"), g.get("type", "int")) == (8, kind)]
    if groups and not eight:
        raise asked.refusal(
            f"is {asked.stored.dtype}, and no group of config_groups for it has 8-bit {kind}"
        )
    if any(g.get("symmetric") is False for g in eight):
        raise asked.refusal(
            "may be quantised with a zero point (symmetric false), which is not read"
        )
    blocks = [_strategy(asked, g) for g in eight] or [asked.whole(), asked.rows()]
    shared = any(g.get("group_size") == 32 for g in eight)
    return _grid(asked, scale, blocks, exponents=shared)


def _groups(asked: QuantizedTensor) -> list[Mapping[str, Any]]:
    """The groups whose targets name the tensor's module; else those of a class of modules."""
    stated = asked.config.get("config_groups") or {}
    if not isinstance(stated, dict):
        raise asked.refusal("belongs to a model whose config_groups is not an object")
    found = list(cast("dict[str, object]", stated).values())
    if not all(isinstance(group, dict) for group in found):
        raise asked.refusal("belongs to a model whose config_groups does not hold objects")
    groups = cast("list[Mapping[str, Any]]", found)
    targets = [asked.strings(group.get("targets"), "targets") for group in groups]
    several = any(group.get("weights") != groups[0].get("weights") for group in groups)
    if not several:
        return groups
    pairs = list(zip(groups, targets, strict=True))
    named = [g for g, said in pairs if any(asked.named(target, "targets") for target in said)]
    # A class of modules is called by an identifier with a capital.
    classes = [g for g, said in pairs if not said or any(t[:1].isupper() for t in said)]
    if not (named or classes):
        raise asked.refusal("is in none of the model's config_groups by their targets")
    return named or classes


def _weights(asked: QuantizedTensor, group: Mapping[str, Any]) -> Mapping[str, Any]:
    weights = group.get("weights") or {}
    if not isinstance(weights, dict):
        raise asked.refusal("belongs to a group of config_groups whose weights are not an object")
    return cast("Mapping[str, Any]", weights)


def _strategy(asked: QuantizedTensor, weights: Mapping[str, Any]) -> tuple[int, int]:
    kind, size = weights.get("strategy"), weights.get("group_size")
    if kind == "tensor":
        return asked.whole()
    if kind == "channel":
        return asked.rows()
    if kind == "block":
        return asked.pair(weights.get("block_structure"), "block_structure")
    if kind == "group" and isinstance(size, int) and size > 0:
        return 1, size
    raise asked.refusal(f"is quantised with strategy {kind!r}, group_size {size!r}")


def _nvfp4(asked: QuantizedTensor, suffix: str, *, divides: bool) -> Scaling:
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


def _packed(asked: QuantizedTensor) -> bool:
    return asked.stored.name.endswith("_packed")


_RULES = {
    "": _bare,
    "fp8": _fine_grained,
    "mxfp8": _fine_grained,
    "fbgemm_fp8": _fbgemm,
    "compressed-tensors": _compressed,
    "modelopt": _modelopt,
    "bitsandbytes": _bitsandbytes,
}
