"""MiniMax-M3's indexer (MSA) as a spec: every head's score of a block, from the hidden states.

A network a layer, of three inputs:

- ``hidden``: x, the state that asks;
- ``context``: x_s, the states of the block's tokens;
- ``keys``: ``W_k x_s``, what the key projection makes of them.

Head h has two outputs. Its *score* is what the model computes,
``max_s ⟨R N_g(W^h x), R N_k(W_k x_s)⟩``. Its *selection* score leaves the query's norm out,
``max_s ⟨R (g ⊙ W^h x), R N_k(keys_s)⟩``: RMSNorm multiplies all scores of a head by one positive
number, so the same blocks are selected by it, and its constant in x has no 1/√ε
(``LipBridge.rmsNorm_score_le_iff``). Being linear in x, it has no constant in the keys, which is
why they are an input of their own there.

Source: theory, sections 1 and 3.
"""

from __future__ import annotations

from lipbridge.language.indexer_config import MsaConfig
from lipbridge.language.indexer_layers import CheckpointIndex, IndexerLayer
from lipbridge.language.text import join, linear, rotary, tensor

__all__ = ["msa_specs"]


def msa_specs(index: CheckpointIndex) -> dict[str, str]:
    """One spec a layer of MiniMax-M3.

    Args:
        index: the checkpoint's indexers, of family msa.

    Returns:
        Spec texts by network name, ``layer3`` and so on.

    Raises:
        InputError: the rotary embedding is no isometry.
    """
    config = index.config
    assert isinstance(config, MsaConfig), "an msa index has an msa configuration"
    return {f"layer{layer.layer}": _layer(layer, config) for layer in index.layers}


def _layer(layer: IndexerLayer, config: MsaConfig) -> str:
    branches: list[str] = []
    for head in range(config.heads):
        label = f"layer{layer.layer}_head{head}"
        branches.append(_similarity(label, _query(layer, head, config), _keys(layer, config)))
    for head in range(config.heads):
        label = f"layer{layer.layer}_head{head}_selection"
        query = _direction(layer, head, config)
        branches.append(_similarity(label, query, ["from keys", *_normed_keys(layer, config)]))
    comments = (
        f"MiniMax-M3's indexer, layer {layer.layer}: for each of {config.heads} heads the score of",
        f"a block of {config.block} tokens, and the score without the query's norm, which selects",
        "the same blocks.",
    )
    inputs = [
        f"input hidden {config.hidden}",
        f"input context {config.block} x {config.hidden}",
        f"input keys {config.block} x {config.head_dim}",
    ]
    body = ["concat {", "\n} {\n".join(branches), "}"]
    return join(f"layer{layer.layer}", comments, inputs, body)


def _similarity(label: str, query: list[str], keys: list[str]) -> str:
    parts = ("\n".join(f"    {line}" for line in part) for part in (query, keys))
    return f"  {label}: similarity {{\n" + "\n  } {\n".join(parts) + "\n  }"


def _query(layer: IndexerLayer, head: int, config: MsaConfig) -> list[str]:
    """The query's position is just behind the block."""
    return [
        "from hidden",
        linear(f"layer{layer.layer}_query{head}", layer.heads[head]),
        f"rms_norm gain={tensor(layer.tensors['q_norm'])} offset=1 eps={config.eps!r}",
        rotary(config.rotary, config.block),
    ]


def _direction(layer: IndexerLayer, head: int, config: MsaConfig) -> list[str]:
    return [
        "from hidden",
        linear(f"layer{layer.layer}_direction{head}", layer.heads[head]),
        f"gain gain={tensor(layer.tensors['q_norm'])} offset=1",
        rotary(config.rotary, config.block),
    ]


def _keys(layer: IndexerLayer, config: MsaConfig) -> list[str]:
    projection = linear("", layer.tensors["k_proj"])
    return ["from context", projection, *_normed_keys(layer, config)]


def _normed_keys(layer: IndexerLayer, config: MsaConfig) -> list[str]:
    return [
        f"rms_norm gain={tensor(layer.tensors['k_norm'])} offset=1 eps={config.eps!r}",
        rotary(config.rotary, 0, 1),
    ]
