r"""MiniMax-M3's indexer (MSA): its tensors, its networks and its bounds.

Per head: ``u = W x``, ``q = R_t N_g(u)``, ``s_b = max_{s∈b} ⟨q, k_s⟩``, N_g the RMSNorm with gain
g = 1 + γ_q over d coordinates, and keys ``k_s = R_s N_h(W_k x_s)`` with gain h = 1 + γ_k.

- *Keys*: ``‖N_h(·)‖ ≤ √d·max|h| =: B`` whatever the context (rotary with amplitude a: times a).
- *query*: ``q ↦ s_b`` has constant ``max_s ‖k_s‖ ≤ B``.
- *hidden*: ``x ↦ s_b`` has ``a·B·max|g|·√d·σ(W)/√(r² + dε)`` where ``‖W x‖ ≥ r``; everywhere with
  r = 0, which is very loose (1/√ε = 1000).
- *selection*: all scores of a head share the positive factor √d/√(‖u‖² + dε), so the selection is
  that of ``max_{s∈b} ⟨g ⊙ R_tᵀ k_s, W x⟩``, whose constant in x is ``≤ a·B·σ(diag(g) W)``:
  everywhere, no norm left. At a point, its gaps are the scores' gaps times √(‖u‖² + dε)/√d.

Differences of two blocks' scores have at most twice each constant; with the context known,
``max ‖k_s − k_s'‖`` takes the place of 2B.

A network a layer, of three inputs: ``hidden``, x, the state that asks; ``context``, x_s, the states
of the block's tokens; ``keys``, ``W_k x_s``, what the key projection makes of them. Head h has two
outputs: its score, and the *selection* score without the query's norm, linear in x
(``LipBridge.rmsNorm_score_le_iff``).  Being linear in x, it has no constant in the keys, which is
why they are an input of their own there.

Source: docs/theorems.md §§1 to 3; ``MiniMaxM3VLIndexer`` of the package ``transformers`` (facts).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import torch

from lipbridge.errors import InputError, WeightsError
from lipbridge.language.checkpoint import Checkpoint
from lipbridge.language.indexer_config import ConfigReader, read_rotary
from lipbridge.language.text import join, linear, rotary, tensor
from lipbridge.numeric.dequantize import load_exact
from lipbridge.numeric.presets.indexer import (
    CheckpointIndex,
    IndexerConfig,
    IndexerLayer,
    IndexerPreset,
)
from lipbridge.numeric.presets.preset import PresetOptions, register
from lipbridge.numeric.presets.records import Constant, PresetReport, PresetRow
from lipbridge.numeric.presets.scalars import (
    largest,
    matrix,
    rms_norm_square,
    root_float_down,
    root_float_up,
    scaled_rows_bounds,
)
from lipbridge.numeric.records import SpectralBound
from lipbridge.numeric.spectral import spectral_bounds

__all__ = ["Msa", "MsaConfig"]

_KEYS = "every key that the key norm can give"
# The names of sparse_attention_config, and the flat ones that came after them.
_OLD = {
    "index_n_heads": "sparse_num_index_heads",
    "index_head_dim": "sparse_index_dim",
    "index_block_size": "sparse_block_size",
    "index_topk_blocks": "sparse_topk_blocks",
    "index_local_blocks": "sparse_local_block",
}
_OLD_KNOWN = {
    *_OLD.values(),
    "use_sparse_attention",
    "sparse_score_type",
    "sparse_init_block",
    "sparse_attention_freq",
    # The value path that the indexer might have had; it enters no score.
    "sparse_disable_index_value",
}


@dataclass(frozen=True)
class MsaConfig(IndexerConfig):
    """MiniMax-M3 sparse attention's indexer.

    Args:
        block: tokens in a block.
        local: blocks forced: the query's own and those just before it.
        first: blocks forced at the start of the context.
        eps: of both RMSNorms.
        shift: 1 where a norm's gain is 1 + γ, γ as stored, else 0.
    """

    block: int
    local: int
    first: int
    eps: float
    shift: int

    @property
    def offset(self) -> str:
        """The gain's offset as a spec says it."""
        return f" offset={self.shift}" * self.shift


@register
class Msa(IndexerPreset[MsaConfig]):
    """MiniMax-M3's sparse attention."""

    name = "msa"
    summary = "MiniMax-M3: max over a block's keys of ⟨R N(W x), k_s⟩, per head"
    takes = frozenset({"layers", "query_norm"})
    model_types = ("minimax_m3", "minimax_m3_vl", "minimax_m3_vl_text")
    anchor = "q_proj.weight"
    sparse = "minimax_m3_sparse"

    def read_config(self, reader: ConfigReader) -> MsaConfig:
        """Numbers are flat (``index_n_heads`` …) or in ``sparse_attention_config``."""
        reader.known(("index_", "indexer_"), _OLD)
        old = reader.mapping("sparse_attention_config") or ConfigReader({}, reader.source)
        old.known(("",), _OLD_KNOWN)
        old.only("sparse_score_type", "max")
        old.only("use_sparse_attention", True)
        reader.only("use_qk_norm", True)
        reader.only("qk_norm_type", "per_head")

        def pick(flat: str, *, low: int = 1) -> int:
            if old.values.get(_OLD[flat]) is not None:
                return old.integer(_OLD[flat], low=low)
            return reader.integer(flat, low=low)

        head_dim = pick("index_head_dim")
        result = MsaConfig(
            hidden=reader.integer("hidden_size"),
            heads=pick("index_n_heads"),
            head_dim=head_dim,
            top_k=pick("index_topk_blocks"),
            rotary=read_rotary(reader, reader.integer("head_dim")),
            block=pick("index_block_size"),
            local=pick("index_local_blocks", low=0),
            first=old.integer("sparse_init_block", 0, low=0),
            eps=reader.number("rms_norm_eps", 1e-6, low=1e-30),
            shift=int(reader.flag("use_gemma_norm", True)),
        )
        # A longer rotation would be cut in the middle of its pairs, and be no isometry any more.
        if result.rotary.dim > head_dim:
            raise WeightsError(
                f"{reader.source}: {result.rotary.dim} rotary coordinates do not fit the indexer's "
                f"{head_dim}"
            )
        return result

    def names(
        self, config: MsaConfig, checkpoint: Checkpoint, attention: str, indexer: str
    ) -> dict[str, tuple[str, tuple[int, ...]]]:
        return {
            "q_proj": (f"{indexer}q_proj.weight", (config.heads * config.head_dim, config.hidden)),
            "k_proj": (f"{indexer}k_proj.weight", (config.head_dim, config.hidden)),
            "q_norm": (f"{indexer}q_norm.weight", (config.head_dim,)),
            "k_norm": (f"{indexer}k_norm.weight", (config.head_dim,)),
        }

    def expected(self, reader: ConfigReader) -> set[int]:
        old = reader.mapping("sparse_attention_config")
        marks = old.values.get("sparse_attention_freq") if old is not None else None
        marked = {n for n, mark in enumerate(marks) if mark} if isinstance(marks, list) else set()
        return super().expected(reader) or marked

    def matrices(self, index: CheckpointIndex[MsaConfig]) -> list[str]:
        """The query projection head by head, each of which has its own selection."""
        places = [(*layer.heads, layer.tensors["k_proj"]) for layer in index.layers]
        return [place.label for layer in places for place in layer]

    def specs(self, checkpoint: Checkpoint, options: PresetOptions) -> dict[str, str]:
        self.check(options)
        index, least = self.find(checkpoint, options.layers), _least(options)
        return {
            f"layer{entry.layer}": _network(entry, index.config, least) for entry in index.layers
        }

    def bounds(
        self, checkpoint: Checkpoint, options: PresetOptions, device: str | torch.device = "auto"
    ) -> PresetReport:
        """A row a head, and one a layer for the key projection."""
        self.check(options)
        index, query_norm = self.find(checkpoint, options.layers), _least(options)
        config = index.config
        rows: list[PresetRow] = []
        for layer in index.layers:
            rows += _layer(layer, config, query_norm, device)
        return PresetReport(
            self.name,
            index.source,
            {
                "hidden": config.hidden,
                "heads": config.heads,
                "head_dim": config.head_dim,
                "block": config.block,
                "top_k": config.top_k,
                "local": config.local,
                "eps": config.eps,
                "query_norm": query_norm,
            },
            tuple(rows),
            (
                "selection: RMSNorm multiplies all scores of a head by one positive number, so the "
                "selected blocks are those of the scores without it; its constant holds everywhere",
                "hidden: the global constant divides by √ε; give the least query norm for a local "
                "one",
            ),
        )


def _least(options: PresetOptions) -> float | None:
    """The least ‖W·x‖ that is asked for.

    Raises:
        InputError: it is no length.
    """
    least = options.query_norm
    if least is not None and not 0 <= least < float("inf"):
        raise InputError(f"the query norm must be ≥ 0 and finite, not {least}")
    return least


def _network(layer: IndexerLayer, config: MsaConfig, least: float | None) -> str:
    branches: list[str] = []
    for head in range(config.heads):
        label = f"layer{layer.layer}_head{head}"
        branches.append(
            _similarity(label, _query(layer, head, config, least), _keys(layer, config))
        )
    for head in range(config.heads):
        label = f"layer{layer.layer}_head{head}_selection"
        query = _direction(layer, head, config)
        branches.append(_similarity(label, query, ["from keys", *_normed_keys(layer, config)]))
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
    body = ["concat {", "\n} {\n".join(branches), "}"]
    return join(f"layer{layer.layer}", comments, inputs, body)


def _similarity(label: str, query: list[str], keys: list[str]) -> str:
    parts = ("\n".join(f"    {line}" for line in part) for part in (query, keys))
    return f"  {label}: similarity {{\n" + "\n  } {\n".join(parts) + "\n  }"


def _query(layer: IndexerLayer, head: int, config: MsaConfig, least: float | None) -> list[str]:
    """The query's position is just behind the block."""
    norm = f"rms_norm gain={tensor(layer.tensors['q_norm'])}{config.offset} eps={config.eps!r}"
    return [
        "from hidden",
        linear(f"layer{layer.layer}_query{head}", layer.heads[head]),
        norm + (f" at_least={least!r}" if least else ""),
        rotary(config.rotary, config.block),
    ]


def _direction(layer: IndexerLayer, head: int, config: MsaConfig) -> list[str]:
    return [
        "from hidden",
        linear(f"layer{layer.layer}_direction{head}", layer.heads[head]),
        f"gain gain={tensor(layer.tensors['q_norm'])}{config.offset}",
        rotary(config.rotary, config.block),
    ]


def _keys(layer: IndexerLayer, config: MsaConfig) -> list[str]:
    projection = linear("", layer.tensors["k_proj"])
    return ["from context", projection, *_normed_keys(layer, config)]


def _normed_keys(layer: IndexerLayer, config: MsaConfig) -> list[str]:
    return [
        f"rms_norm gain={tensor(layer.tensors['k_norm'])}{config.offset} eps={config.eps!r}",
        rotary(config.rotary, 0, 1),
    ]


def _layer(
    layer: IndexerLayer,
    config: MsaConfig,
    query_norm: float | None,
    device: str | torch.device,
) -> list[PresetRow]:
    size = config.head_dim
    gain_q, gain_k = (
        config.shift + load_exact(layer.tensors[role]) for role in ("q_norm", "k_norm")
    )
    projections = [matrix(head) for head in layer.heads]
    names = [head.label for head in layer.heads]
    key = layer.tensors["k_proj"]
    *plain, key_sigma = spectral_bounds(
        [*projections, matrix(key)], device=device, names=[*names, key.label]
    )
    wide = [projection.to(torch.float64) for projection in projections]
    merged = scaled_rows_bounds(wide, [gain_q] * len(wide), names, device)
    # Query and key at the same position: the rotations cancel, and this norm is attained.
    both = scaled_rows_bounds(wide, [gain_q * gain_k] * len(wide), names, device)
    amplitude = Fraction(config.rotary.lipschitz)
    most_q, most_k = (
        largest(load_exact(layer.tensors[role]), config.shift) for role in ("q_norm", "k_norm")
    )
    key_square = amplitude**2 * size * most_k**2
    rows = [
        PresetRow(
            layer.layer,
            head,
            None,
            sigma,
            sigma.name,
            _head(config, query_norm, (key_square, most_q, amplitude), (sigma, g, gh)),
        )
        for head, (sigma, g, gh) in enumerate(zip(plain, merged, both, strict=True))
    ]
    # The other argument: how a score moves with the state x_s that a key comes from.
    query_square = amplitude**2 * size * most_q**2
    norm = rms_norm_square(most_k, size, config.eps, Fraction(0))
    context = Constant(
        "context",
        "state x_s of one token of the block, query fixed",
        root_float_up(amplitude**2 * query_square * norm * Fraction(key_sigma.upper) ** 2),
        None,
        "√d·max|g| · max|h|/√ε · σ(W_k)",
    )
    rows.append(PresetRow(layer.layer, None, None, key_sigma, key.label, (context,)))
    return rows


def _head(
    config: MsaConfig,
    query_norm: float | None,
    gains: tuple[Fraction, Fraction, Fraction],
    sigmas: tuple[SpectralBound, SpectralBound, SpectralBound],
) -> tuple[Constant, ...]:
    key_square, gain_q, amplitude = gains
    sigma, merged, both = sigmas
    size = config.head_dim
    isometric = amplitude == 1
    squared = key_square * amplitude**2 * Fraction(sigma.upper) ** 2
    constants = [
        Constant(
            "query",
            "query q after norm and rotary",
            root_float_up(key_square),
            root_float_down(key_square) if isometric else None,
            "√d·max|h|",
            _KEYS,
        ),
        Constant(
            "selection",
            "hidden state x, scores up to a common positive factor",
            root_float_up(key_square * amplitude**2 * Fraction(merged.upper) ** 2),
            root_float_down(size * Fraction(both.lower) ** 2) if isometric else None,
            "√d·max|h| · σ(diag(g)·W)",
            _KEYS,
        ),
    ]
    if query_norm is not None:
        local = rms_norm_square(gain_q, size, config.eps, Fraction(query_norm))
        constants.append(
            Constant(
                "hidden-local",
                "hidden state x",
                root_float_up(squared * local),
                None,
                "√d·max|h| · max|g|·√d/√(r² + dε) · σ(W)",
                f"‖W·x‖ ≥ {query_norm:g}",
            )
        )
    everywhere = rms_norm_square(gain_q, size, config.eps, Fraction(0))
    constants.append(
        Constant(
            "hidden",
            "hidden state x",
            root_float_up(squared * everywhere),
            None,
            "√d·max|h| · max|g|/√ε · σ(W)",
        )
    )
    return tuple(constants)
