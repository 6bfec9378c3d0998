"""Specs of published indexers: the part of each that is a network of layers, with its tensors.

What is written here is what Lean is handed; the constants of :mod:`lipbridge.numeric.presets` go
beside it.

- ``msa``: see :mod:`lipbridge.language.msa_spec`.
- ``dsa``: see :mod:`lipbridge.language.dsa_spec`.
- ``moba``: a block's keys to its score against one query: mean, then ⟨q, ·⟩.
- ``quest``: the query to the scores: ``Σ_i max(q_i M_i, q_i m_i) = ⟨(q⁺, q⁻), (M, −m)⟩``, with
  ``q⁺ = max(q, 0)``, ``q⁻ = max(−q, 0)``. Its tensor holds the rows (M_b, −m_b).
- ``nsa-mlp``: a block's keys, token-major, to its score: linear, ReLU, linear, ⟨q, ·⟩.
- ``mlp``: the input to the scores of all blocks: linear layers with ReLU between, then ⟨·, k_b⟩.

Source: theory, section 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from lipbridge.errors import InputError
from lipbridge.language.text import join, quoted

__all__ = [
    "PRESETS",
    "Preset",
    "mlp_spec",
    "moba_spec",
    "nsa_spec",
    "quest_spec",
]


@dataclass(frozen=True)
class Preset:
    """A published indexer.

    Args:
        name: how it is called on the command line.
        summary: the score it computes.
        reads: where its tensors come from: ``checkpoint`` or ``names`` given by the user.
        missing: which constant does not exist without a further domain, and why; or empty.
    """

    name: str
    summary: str
    reads: str
    missing: str = ""


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        preset.name: preset
        for preset in (
            Preset(
                "msa",
                "MiniMax-M3: max over a block's keys of ⟨R N(W x), k_s⟩, per head",
                "checkpoint",
                "scores in x: global only with the norm's loose 1/√ε; local where ‖W x‖ ≥ r",
            ),
            Preset(
                "dsa",
                "DeepSeek-V3.2: Σ_j w_j ReLU⟨q_j, k_s⟩ with w linear in x",
                "checkpoint",
                "scores in x: a product of two functions of x, bounded on a ball ‖x‖ ≤ R only",
            ),
            Preset("moba", "⟨q, mean of a block's keys⟩", "names", "in q and keys: a ball"),
            Preset("quest", "Σ_i max(q_i M_i, q_i m_i)", "names", "in q and keys: a ball"),
            Preset("nsa-mlp", "⟨q, W_2 ReLU(W_1 vec(block) + b_1) + b_2⟩", "names"),
            Preset("mlp", "⟨f(x), k_b⟩, f linear layers with ReLU", "names"),
        )
    }
)


def moba_spec(*, block: int, dim: int, query: str, row: int = 0, name: str = "moba") -> str:
    """MoBA's score of one block, as a function of the block's keys.

    Args:
        block: tokens in the block.
        dim: dimension of keys and query.
        query: tensor name of the queries, (count, dim).
        row: which query.
        name: the network's name.
    """
    body = ["mean_pool", f"score: dot 1 keys={quoted(query)}[{row}:{row + 1}]"]
    comment = "MoBA: mean of the block's keys, scored against one query"
    return join(name, (comment,), [f"input {f'{block} x {dim}'}"], body)


def quest_spec(*, blocks: int, dim: int, reach: str, name: str = "quest") -> str:
    """Quest's scores of all blocks, as a function of the query.

    Args:
        blocks: number of blocks.
        dim: dimension of the query.
        reach: tensor name of the rows (M_b, −m_b), (blocks, 2·dim).
        name: the network's name.
    """
    body = [
        "concat {",
        "  relu",
        "} {",
        "  scale -1",
        "  relu",
        "}",
        f"scores: dot {blocks} keys={quoted(reach)}",
    ]
    comment = "Quest: coordinatewise extremes of every block's keys, scored against the query"
    return join(name, (comment,), [f"input {dim!s}"], body)


def nsa_spec(
    *,
    block: int,
    dim: int,
    width: int,
    layers: Sequence[tuple[str, str]],
    query: str,
    row: int = 0,
    name: str = "nsa",
) -> str:
    """NSA's compressed-key score of one block, as a function of its keys, token-major.

    Args:
        block: tokens in the block.
        dim: dimension of keys and query.
        width: of the hidden layer.
        layers: (weight, bias) names of both layers.
        query: tensor name of the queries, (count, dim).
        row: which query.
        name: the network's name.
    """
    body = [
        *_mlp(layers, (width, dim)),
        f"score: dot 1 keys={quoted(query)}[{row}:{row + 1}]",
    ]
    comment = "NSA: compression MLP over a block's keys, scored against one query"
    return join(name, (comment,), [f"input {block * dim!s}"], body)


def mlp_spec(
    *,
    dim: int,
    widths: Sequence[int],
    layers: Sequence[tuple[str, str | None]],
    block_keys: str,
    blocks: int,
    name: str = "mlp",
) -> str:
    """An MLP head: the scores of all blocks, as a function of the input.

    Args:
        dim: dimension of the input.
        widths: output dimension of every linear layer.
        layers: (weight, bias or None) names of every linear layer.
        block_keys: tensor name of one key a block, (blocks, last width).
        blocks: number of blocks.
        name: the network's name.
    """
    body = [*_mlp(layers, widths), f"scores: dot {blocks} keys={quoted(block_keys)}"]
    return join(name, ("MLP head, scored against one key a block",), [f"input {dim!s}"], body)


def _mlp(layers: Sequence[tuple[str, str | None]], widths: Sequence[int]) -> list[str]:
    if len(layers) != len(widths) or not layers:
        raise InputError(f"{len(layers)} layers and {len(widths)} widths; give one width a layer")
    lines: list[str] = []
    for index, ((weight, bias), width) in enumerate(zip(layers, widths, strict=True)):
        if index:
            lines.append("relu")
        shift = "" if bias is None else f" bias={quoted(bias)}"
        lines.append(f"linear {width} weight={quoted(weight)}{shift}")
    return lines
