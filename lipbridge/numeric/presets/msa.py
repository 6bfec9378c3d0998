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

from lipbridge.errors import WeightsError
from lipbridge.language.checkpoint.files import Checkpoint
from lipbridge.language.checkpoint.indexer_config import ConfigReader, read_rotary
from lipbridge.numeric.presets.configs import MsaConfig
from lipbridge.numeric.presets.indexer import CheckpointIndex, IndexerPreset
from lipbridge.numeric.presets.msa_bounds import layer_bounds
from lipbridge.numeric.presets.msa_network import layer_network
from lipbridge.numeric.presets.preset import PresetOptions, register
from lipbridge.numeric.presets.records import PresetReport

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

_REPORTED = ("hidden", "heads", "head_dim", "block", "top_k", "local", "eps")
_NORMS = frozenset({"use_gemma_norm", "use_qk_norm", "qk_norm_type"})


@register
class Msa(IndexerPreset[MsaConfig]):
    """MiniMax-M3's sparse attention."""

    name = "msa"
    summary = "MiniMax-M3: max over a block's keys of ⟨R N(W x), k_s⟩, per head"
    takes = frozenset({"layers", "query_norm"})
    model_types = ("minimax_m3", "minimax_m3_vl", "minimax_m3_vl_text")
    anchor = "q_proj.weight"
    sparse = ("minimax_m3_sparse",)

    def read_config(self, reader: ConfigReader) -> MsaConfig:
        """Numbers are flat (``index_n_heads`` …) or in ``sparse_attention_config``."""
        reader.known({*_OLD, "sparse_attention_config", *_NORMS})
        old = reader.mapping("sparse_attention_config") or ConfigReader({}, reader.source)
        old.known(_OLD_KNOWN, every=True)
        old.only("sparse_score_type", "max")
        old.only("use_sparse_attention", True)
        reader.only("use_qk_norm", True)
        reader.only("qk_norm_type", "per_head")

        def pick(flat: str, *, low: int = 1) -> int:
            if old.values.get(_OLD[flat]) is None:
                return reader.integer(flat, low=low)
            nested = old.integer(_OLD[flat], low=low)
            if reader.integer(flat, nested, low=low) != nested:
                raise WeightsError(
                    f"{reader.source}: {flat} and {_OLD[flat]} contradict each other"
                )
            return nested

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

    def stated(self, reader: ConfigReader) -> dict[int, bool]:
        kinds = super().stated(reader)
        old = reader.mapping("sparse_attention_config")
        marks = old.by_layer("sparse_attention_freq") if old is not None else []
        marked = {layer: bool(mark) for layer, mark in enumerate(marks)}
        if kinds and marked and kinds != marked:
            raise WeightsError(
                f"{reader.source}: layer_types and sparse_attention_freq contradict each other"
            )
        return kinds or marked

    def matrices(self, index: CheckpointIndex[MsaConfig]) -> list[str]:
        """The query projection head by head, each of which has its own selection."""
        places = [(*layer.heads, layer.tensors["k_proj"]) for layer in index.layers]
        return [place.label for layer in places for place in layer]

    def specs(self, checkpoint: Checkpoint, options: PresetOptions) -> dict[str, str]:
        self.check(options)
        index = self.find(checkpoint, options.layers)
        networks = (layer_network(n, options.query_norm) for n in index.layers)
        return {f"layer{n.layer}": text for n, text in zip(index.layers, networks, strict=True)}

    def bounds(self, checkpoint: Checkpoint, options: PresetOptions) -> PresetReport:
        """A row a head, and one a layer for the key projection."""
        self.check(options)
        index = self.find(checkpoint, options.layers)
        rows = tuple(row for layer in index.layers for row in layer_bounds(layer, options))
        return PresetReport(
            self.name,
            index.source,
            {name: getattr(index.config, name) for name in _REPORTED}
            | {"query_norm": options.query_norm},
            rows,
            (
                "selection: RMSNorm multiplies all scores of a head by one positive number, so the "
                "selected blocks are those of the scores without it; its constant holds everywhere",
                "hidden: the global constant divides by √ε; give the least query norm for a local "
                "one",
            ),
        )
