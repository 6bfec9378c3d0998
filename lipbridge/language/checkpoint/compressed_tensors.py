"""The package compressed-tensors: what its configuration says of one tensor (facts only)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from lipbridge.language.checkpoint.quantized import QuantizedTensor, Scaling

# Formats of compressed-tensors; those of one byte have no packing to be known.
_FORMATS = ("float-quantized", "int-quantized", "naive-quantized", "mxfp8-quantized")
_NVFP4 = "nvfp4-pack-quantized"
# What a group of compressed-tensors says of its weights, and is read or changes no value.
_STATED_OF_WEIGHTS = frozenset(
    {
        "num_bits",
        "type",
        "symmetric",
        "strategy",
        "group_size",
        "block_structure",
        "dynamic",
        "actorder",
        "observer",
        "observer_kwargs",
        "scale_dtype",
        "zp_dtype",
    }
)


def compressed_scaling(asked: QuantizedTensor) -> Scaling:
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
    if asked.stored.name.endswith("_packed") or asked.stored.dtype == "U8":
        four = [g for g in weights if (g.get("num_bits"), g.get("type")) == (4, "float")]
        grouped = [(g.get("strategy"), g.get("group_size")) == ("tensor_group", 16) for g in four]
        if not (any(grouped) if groups else _NVFP4 in stated):
            raise asked.refusal(
                f"is packed in format {asked.config.get('format')!r}; of the packed "
                f"formats only {_NVFP4} is read"
            )
        return asked.nvfp4("_global_scale", divides=True)
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
    if any(g.get("symmetric", True) is not True for g in eight):
        raise asked.refusal(
            "may be quantised with a zero point (symmetric false), which is not read"
        )
    blocks = [_strategy(asked, g) for g in eight] or [asked.whole(), asked.rows()]
    shared = any(g.get("group_size") == 32 for g in eight)
    return asked.grid(scale, blocks, exponents=shared)


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
    stated = cast("Mapping[str, Any]", weights)
    for key, value in stated.items():
        if key not in _STATED_OF_WEIGHTS and value is not None:
            raise asked.refusal(f"belongs to a group of config_groups whose weights state {key!r}")
    return stated


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
