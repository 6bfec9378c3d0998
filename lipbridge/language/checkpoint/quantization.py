"""How a stored tensor is quantised: what its checkpoint states about it, understood or refused.

A quantised tensor is not its bytes: each entry is a code times a scale that lies in another tensor.
Which tensor that is, and which entries share a scale, is stated by ``quantization_config`` (in
``config.json``, there or in a part of it, as ``text_config``; ModelOpt writes
``hf_quant_config.json``) and by the names beside the tensor. Whatever is not understood is refused
by name, never guessed.

Source: the loaders of the packages ``transformers``, ``compressed-tensors``, ``bitsandbytes`` and
NVIDIA's Model Optimizer; the OCP Microscaling formats specification (facts only).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

from lipbridge.errors import WeightsError
from lipbridge.language.checkpoint.companions import ALIASES
from lipbridge.language.checkpoint.compressed_tensors import compressed_scaling
from lipbridge.language.checkpoint.quantized import HELP, Find, QuantizedTensor, Scaling
from lipbridge.language.checkpoint.safetensors_header import StoredTensor

_FP8 = frozenset({"F8_E4M3", "F8_E5M2", "F8_E4M3FNUZ", "F8_E5M2FNUZ"})


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
        packed = f", in format {asked.config.get('format')!r}" if last == "weight_packed" else ""
        whole = not asked.config and stored.dtype[0] in "IUB"
        mend = "store it as F32" if whole else HELP
        raise asked.refusal(f"has dtype {stored.dtype}{packed}, which is not read", mend)
    scaling = _RULES[asked.method](asked)
    asked.nothing_but(scaling.scale, scaling.overall, scaling.layout)
    asked.not_excluded(
        "ignore",
        "exclude_modules",
        "ignored_layers",
        "modules_to_not_convert",
        "llm_int8_skip_modules",
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
        return asked.grid(scale, [asked.whole(), asked.rows()])
    single = [asked.whole()] if prod(scale.shape) == 1 else []
    return asked.grid(scale, [*single, (128, 128)])


def _fine_grained(asked: QuantizedTensor) -> Scaling:
    """``transformers``' fp8 and mxfp8; DeepSeek's files, whose scales are called ``.scale``."""
    asked.only(*_FP8)
    stated = asked.config.get("fmt")
    if stated not in (None, asked.stored.dtype[3:7].lower()):
        raise asked.refusal(f"belongs to a model of fp8 format {stated!r} (fmt)")
    scale = asked.scale("_scale_inv", "_scale", "scale", "qscale_weight")
    mx = asked.method == "mxfp8"
    size = asked.config.get("weight_block_size", [1, 32] if mx else [128, 128])
    blocks = [] if size is None else [asked.pair(size, "weight_block_size")]
    if "weight_block_size" not in asked.config or size is None:
        blocks += [asked.whole(), asked.rows()]
    form = asked.config.get("scale_fmt")
    if form not in (None, "ue8m0"):
        raise asked.refusal(f"belongs to a model whose scales are of format {form!r} (scale_fmt)")
    if mx:
        return asked.mxfp8(scale, blocks)
    return asked.grid(scale, blocks, exponents=form is not None)


def _fbgemm(asked: QuantizedTensor) -> Scaling:
    asked.only("F8_E4M3")
    return asked.grid(asked.scale("_scale"), [asked.rows()])


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
        size = asked.config.get("group_size", 16)
        if size != 16:
            raise asked.refusal(f"is NVFP4 in groups of {size!r}, not 16")
        return asked.nvfp4("_scale_2", divides=False)
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
    return asked.mxfp8(scale, blocks) if blocks == [(1, 32)] else asked.grid(scale, blocks)


_RULES = {
    "": _bare,
    "fp8": _fine_grained,
    "mxfp8": _fine_grained,
    "fbgemm_fp8": _fbgemm,
    "compressed-tensors": compressed_scaling,
    "modelopt": _modelopt,
    "bitsandbytes": _bitsandbytes,
}
