"""The networks of MiniMax-M3's indexer, as specs; what they are is said in ``msa``."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.language.text import join, linear, nested, rotary, tensor
from lipbridge.numeric.presets.configs import MsaConfig
from lipbridge.numeric.presets.indexer import IndexerLayer
from lipbridge.numeric.rotary_frequencies import inverse_frequencies


def layer_network(layer: IndexerLayer[MsaConfig], least: float | None) -> str:
    """The network of a layer: of each head its score, then of each its selection score.

    Args:
        layer: its tensors and configuration.
        least: r, where the query's norm is that of ``‖W x‖ ≥ r``; None or 0 for everywhere.

    Raises:
        InputError: the rotary embedding is no isometry.
    """
    config, label = layer.config, f"layer{layer.layer}_head"
    branches: list[list[str]] = []
    for head in range(config.heads):
        query = _query(layer, head, least)
        branches.append(nested(f"{label}{head}: similarity", query, _keys(layer)))
    for head in range(config.heads):
        query, keys = _direction(layer, head), ["from keys", *_normed_keys(layer)]
        branches.append(nested(f"{label}{head}_selection: similarity", query, keys))
    comments = (
        f"MiniMax-M3's indexer, layer {layer.layer}: for each of {config.heads} heads the score of",
        f"a block of {config.block} tokens, and the score without the query's norm, which selects",
        "the same blocks.",
    )
    if least:
        comments += (f"The query's norm is that of the model where ‖W·x‖ ≥ {least!r}.",)
    inputs = [
        f"input hidden {config.hidden}",
        f"input context {config.block} x {config.hidden}",
        f"input keys {config.block} x {config.head_dim}",
    ]
    return join(f"layer{layer.layer}", comments, inputs, nested("concat", *branches))


def _query(layer: IndexerLayer[MsaConfig], head: int, least: float | None) -> list[str]:
    """The query's position is just behind the block."""
    config = layer.config
    norm = f"rms_norm gain={tensor(layer.tensors['q_norm'])}{config.offset} eps={config.eps!r}"
    return [
        "from hidden",
        linear(f"layer{layer.layer}_query{head}", layer.heads[head]),
        norm + (f" at_least={least!r}" if least else ""),
        _turned(config, config.block),
    ]


def _direction(layer: IndexerLayer[MsaConfig], head: int) -> list[str]:
    config = layer.config
    return [
        "from hidden",
        linear(f"layer{layer.layer}_direction{head}", layer.heads[head]),
        f"gain gain={tensor(layer.tensors['q_norm'])}{config.offset}",
        _turned(config, config.block),
    ]


def _keys(layer: IndexerLayer[MsaConfig]) -> list[str]:
    projection = linear("", layer.tensors["k_proj"])
    return ["from context", projection, *_normed_keys(layer)]


def _normed_keys(layer: IndexerLayer[MsaConfig]) -> list[str]:
    config = layer.config
    return [
        f"rms_norm gain={tensor(layer.tensors['k_norm'])}{config.offset} eps={config.eps!r}",
        _turned(config, 0, 1),
    ]


def _turned(config: MsaConfig, position: int, step: int | None = None) -> str:
    """The rotary layer; frequencies that do not follow from a base are written out."""
    plain = config.rotary.kind == "default"
    turns = () if plain else tuple(map(Fraction, inverse_frequencies(config.rotary).tolist()))
    return rotary(config.rotary, position, step, turns)
