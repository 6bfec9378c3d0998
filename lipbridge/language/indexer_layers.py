"""Finding the indexers of a checkpoint: by tensor names, checked against ``config.json``.

MiniMax-M3 stores ``….layers.N.self_attn.index_{q,k}_{proj,norm}.weight``; the same layer saved
through its text model alone is called ``….self_attn.indexer.{q,k}_{proj,norm}.weight``.
DeepSeek-V3.2 stores ``….layers.N.self_attn.indexer.{wq_b,wk,weights_proj}.weight`` and
``….k_norm.{weight,bias}``; the query latent comes from ``….self_attn.q_a_proj`` and
``….q_a_layernorm``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, cast

from lipbridge.errors import WeightsError
from lipbridge.language.checkpoint import Checkpoint, TensorLocation
from lipbridge.language.indexer_config import DsaConfig, MsaConfig, read_dsa_config, read_msa_config
from lipbridge.language.layer_range import parse_layers

__all__ = ["CheckpointIndex", "IndexerLayer", "find_indexers", "indexer_family"]

_ANCHORS = {
    "msa": re.compile(
        r"(?P<prefix>(?:.*\.)?layers\.(?P<layer>\d{1,5})\.self_attn\.)"
        r"(?P<style>index_|indexer\.)q_proj\.weight"
    ),
    "dsa": re.compile(
        r"(?P<prefix>(?:.*\.)?layers\.(?P<layer>\d{1,5})\.self_attn\.)(?P<style>indexer\.)wq_b\.weight"
    ),
}
_MTP = re.compile(r"(^|\.)mtp\.")


@dataclass(frozen=True)
class IndexerLayer:
    """One layer's indexer.

    Args:
        layer: its number.
        tensors: by role. msa: ``q_proj``, ``k_proj``, ``q_norm``, ``k_norm``. dsa: ``wq_b``,
            ``wk``, ``weights_proj``, ``k_norm``, ``k_norm_bias`` and, when the checkpoint has
            the query latent's, ``q_a_proj``, ``q_a_norm`` (and ``q_a_bias``).
        heads: the rows of the query projection that belong to each head.
    """

    layer: int
    tensors: Mapping[str, TensorLocation]
    heads: tuple[TensorLocation, ...]


@dataclass(frozen=True)
class CheckpointIndex:
    """The indexers of a checkpoint.

    Args:
        source: the file or folder, as given.
        family: ``msa`` or ``dsa``.
        config: the indexer's configuration.
        layers: the chosen layers, increasing.
    """

    source: str
    family: str
    config: MsaConfig | DsaConfig
    layers: tuple[IndexerLayer, ...]


def indexer_family(checkpoint: Checkpoint) -> str:
    """Tell which indexer a checkpoint holds, by its tensors' names.

    Raises:
        WeightsError: none that is known.
    """
    for family, anchor in _ANCHORS.items():
        if any(anchor.fullmatch(name) for name in checkpoint.names):
            return family
    raise WeightsError(
        f"{checkpoint.path}: no indexer found: no tensor is called …layers.N.self_attn.index_q_proj"
        ".weight (msa) or …layers.N.self_attn.indexer.wq_b.weight (dsa)"
    )


def find_indexers(
    checkpoint: Checkpoint, *, family: str | None = None, layers: str | None = None
) -> CheckpointIndex:
    """Find the indexers and check their tensors' names, shapes and dtypes.

    Args:
        checkpoint: from :func:`lipbridge.language.checkpoint.open_checkpoint`.
        family: ``msa`` or ``dsa``; None recognizes it.
        layers: a selection such as ``3-59`` or ``3,5,7-9``; None takes every layer that the
            configuration counts (a multi-token-prediction layer behind them only when named).

    Raises:
        WeightsError: no indexer, or a tensor that is missing or misshapen, by name.
        InputError: a layer selection that fits no layer.
    """
    family = family or indexer_family(checkpoint)
    source = str(checkpoint.path)
    if family not in _ANCHORS:
        raise WeightsError(f"indexer family {family!r} is not one of {', '.join(_ANCHORS)}")
    found = _anchors(checkpoint, family)
    if not found:
        raise WeightsError(f"{source}: no {family} indexer found by its tensor names")
    config: MsaConfig | DsaConfig
    if family == "msa":
        config = read_msa_config(checkpoint.config, source)
    else:
        config = read_dsa_config(checkpoint.config, source)
    _check_expected(checkpoint, family, found)
    chosen = parse_layers(layers, found) if layers is not None else _counted(checkpoint, found)
    build = tuple(_layer(checkpoint, config, number, found[number]) for number in chosen)
    return CheckpointIndex(source, family, config, build)


def _anchors(checkpoint: Checkpoint, family: str) -> dict[int, re.Match[str]]:
    found: dict[int, re.Match[str]] = {}
    for name in checkpoint.names:
        match = _ANCHORS[family].fullmatch(name)
        if match is None or _MTP.search(name):
            continue
        number = int(match["layer"])
        if number in found:
            raise WeightsError(
                f"{checkpoint.path}: layer {number} has two indexers: {found[number][0]} and {name}"
            )
        found[number] = match
    return dict(sorted(found.items()))


def _text_config(checkpoint: Checkpoint) -> dict[str, Any]:
    config = checkpoint.config or {}
    inner = config.get("text_config")
    return cast("dict[str, Any]", inner) if isinstance(inner, dict) else dict(config)


def _counted(checkpoint: Checkpoint, found: Mapping[int, object]) -> tuple[int, ...]:
    count = _text_config(checkpoint).get("num_hidden_layers")
    inside = tuple(layer for layer in found if not isinstance(count, int) or layer < count)
    return inside or tuple(found)


def _check_expected(
    checkpoint: Checkpoint, family: str, found: Mapping[int, re.Match[str]]
) -> None:
    """Every layer that the configuration calls sparse must have its indexer.

    A single file is often one shard or a cut-out: there, only what it holds is expected.
    """
    if not checkpoint.path.is_dir():
        return
    text = _text_config(checkpoint)
    sparse: list[int] = []
    types = text.get("layer_types")
    if isinstance(types, list):
        wanted = {"msa": "minimax_m3_sparse", "dsa": "indexed_attention"}[family]
        sparse = [i for i, kind in enumerate(cast("list[object]", types)) if kind == wanted]
    elif isinstance(legacy := text.get("sparse_attention_config"), dict):
        frequency = cast("dict[str, object]", legacy).get("sparse_attention_freq")
        if isinstance(frequency, list):
            sparse = [i for i, flag in enumerate(cast("list[object]", frequency)) if flag]
    for layer in sparse:
        if layer not in found:
            anchor = "index_q_proj" if family == "msa" else "indexer.wq_b"
            raise WeightsError(
                f"{checkpoint.path}: config.json says that layer {layer} has an indexer, "
                f"but there is no tensor …layers.{layer}.self_attn.{anchor}.weight"
            )


def _layer(
    checkpoint: Checkpoint, config: MsaConfig | DsaConfig, number: int, match: re.Match[str]
) -> IndexerLayer:
    attention = match["prefix"]
    prefix = attention + match["style"]
    width = config.heads * config.head_dim
    if isinstance(config, MsaConfig):
        shapes = {
            "q_proj": (f"{prefix}q_proj.weight", (width, config.hidden)),
            "k_proj": (f"{prefix}k_proj.weight", (config.head_dim, config.hidden)),
            "q_norm": (f"{prefix}q_norm.weight", (config.head_dim,)),
            "k_norm": (f"{prefix}k_norm.weight", (config.head_dim,)),
        }
        query = "q_proj"
    else:
        shapes = {
            "wq_b": (f"{prefix}wq_b.weight", (width, config.latent)),
            "wk": (f"{prefix}wk.weight", (config.head_dim, config.hidden)),
            "weights_proj": (f"{prefix}weights_proj.weight", (config.heads, config.hidden)),
            "k_norm": (f"{prefix}k_norm.weight", (config.head_dim,)),
            "k_norm_bias": (f"{prefix}k_norm.bias", (config.head_dim,)),
        }
        if f"{attention}q_a_proj.weight" in checkpoint:
            shapes["q_a_proj"] = (f"{attention}q_a_proj.weight", (config.latent, config.hidden))
            shapes["q_a_norm"] = (f"{attention}q_a_layernorm.weight", (config.latent,))
        if f"{attention}q_a_proj.bias" in checkpoint:
            shapes["q_a_bias"] = (f"{attention}q_a_proj.bias", (config.latent,))
        query = "wq_b"
    tensors = {role: checkpoint.tensor(name, shape) for role, (name, shape) in shapes.items()}
    size = config.head_dim
    heads = tuple(tensors[query].select(h * size, (h + 1) * size) for h in range(config.heads))
    return IndexerLayer(number, MappingProxyType(tensors), heads)
