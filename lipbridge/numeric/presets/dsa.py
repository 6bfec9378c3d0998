r"""DeepSeek-V3.2's indexer (DSA): its tensors, its networks and its bounds.

``c = N_g(W_a x)`` (ℓ coordinates), ``q^j = R_t (W_qb c)^j`` (H heads of d coordinates),
``w = W_w x/√(Hd)``, ``I_s = Σ_j w_j ReLU⟨q^j, k_s⟩``, keys ``k_s = R_s LayerNorm(W_k x_s)``.

- *Keys*: ``‖k_s‖ ≤ √d·max|h| + ‖b‖ =: κ``, h and b the norm's gain and bias.
- *query*: with w fixed, the stacked ``q ↦ I_s`` has constant ``κ‖w‖`` (Cauchy–Schwarz over heads).
- *latent*: with w fixed, ``c ↦ I_s`` has ``κ‖w‖σ(W_qb)``.
- *hidden*: on ``‖x‖ ≤ R``, ``‖W_a x‖ ≥ r``, from
  ``|Σ w_jφ_j − w'_jφ'_j| ≤ ‖w‖‖φ − φ'‖ + ‖w − w'‖‖φ'‖`` and ``‖c‖ ≤ √ℓ·max|g|``:
  ``κ·σ(W_w)/√(Hd)·σ(W_qb)·max|g|·√ℓ·(1 + R·σ(W_a)/√(r² + ℓε))``.
- *selection*: the factor √ℓ/√(‖W_a x‖² + ℓε) is positive and common to all tokens; without it
  the scores are ``Σ_j w_j ReLU⟨(W_qb diag(g) W_a x)^j, k_s⟩``, and on ``‖x‖, ‖y‖ ≤ R`` they change
  by at most ``κ/√(Hd)·σ(W_qb)·σ([√t·W_w; diag(g)W_a/√t])²·R·‖x − y‖``, t > 0: head weights and
  latent under one norm, which is at most ``2·σ(W_w)·σ(diag(g)W_a)`` with the best t.

No constant in x holds everywhere: along the kernel of W_a, w grows without bound while the slope
of c stays what it is. Hence the ball R. Two tokens' difference: twice each constant.

A network a layer, of two inputs: ``hidden``, x, the state that asks, on the ball ``‖x‖ ≤ R``;
``token``, x_s, the state of one token of the context. In Lean cosines and sines are any with
``c² + s² = 1``, so a theorem holds at every two positions. Matrices that are beyond what the Lean
kernel checks in minutes are taken by rows: ``W_qb`` a head at a time, ``W_a`` in as few parts as
will do; ``√(Σσ_i²)`` of the parts stands for σ of the whole.

Source: docs/theorems.md §§1 to 3; ``DeepseekV32Indexer`` of the package ``transformers`` (facts).
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import ClassVar

from lipbridge.decimals import decimal_down
from lipbridge.errors import InputError, WeightsError
from lipbridge.language.checkpoint.files import Checkpoint
from lipbridge.language.checkpoint.indexer_config import ConfigReader, read_rotary
from lipbridge.language.text import rotary
from lipbridge.numeric.presets.configs import DsaConfig
from lipbridge.numeric.presets.dsa_bounds import layer_bounds
from lipbridge.numeric.presets.dsa_network import layer_network
from lipbridge.numeric.presets.indexer import CheckpointIndex, IndexerPreset
from lipbridge.numeric.presets.preset import PresetOptions, register
from lipbridge.numeric.presets.records import PresetReport
from lipbridge.numeric.rotary_frequencies import inverse_frequencies

_MISSING_BALL = (
    "no Lipschitz constant in the hidden state holds everywhere, since the "
    "score is a product of two functions of it (head weights times queries) and the "
    "head weights are not bounded; give the ball ‖x‖ ≤ R with --hidden-norm R"
)
_REPORTED = ("hidden", "latent", "heads", "head_dim", "top_k")
# Flags of other models, with the value that changes nothing.
_FOREIGN = {
    "use_gemma_norm": False,
    "use_qk_norm": False,
    "mla_use_nope": False,
    "sparse_score_type": "sum",
}
# Keys of a configuration that are read, or that are about the attention alone.
_KNOWN = frozenset(
    {
        "index_n_heads",
        "index_head_dim",
        "index_topk",
        "index_topk_freq",
        "index_topk_pattern",
        "index_skip_topk_offset",
        "index_share_for_mtp_iteration",
        "indexer_types",
        "indexer_rope_interleave",
        "qk_rope_head_dim",
        "qk_nope_head_dim",
        "qk_head_dim",
        "rope_interleave",
    }
)


@register
class Dsa(IndexerPreset[DsaConfig]):
    """DeepSeek-V3.2's sparse attention.

    Attributes:
        model: whose indexer it is, in the comments of a network.
        interleaved: whether the rotary embedding turns the pairs (2i, 2i + 1).
        trailing: whether it turns the last coordinates of a head, not the first.
        idle: keys of the model's own that say nothing about its indexer.
    """

    name = "dsa"
    summary = "DeepSeek-V3.2: Σ_j w_j ReLU⟨q_j, k_s⟩ with w linear in x"
    takes = frozenset({"layers", "hidden_norm", "latent_floor"})
    model_types = ("deepseek_v32",)
    anchor = "wq_b.weight"
    sparse = ("indexed_attention", "deepseek_sparse_attention")
    model: ClassVar[str] = "DeepSeek-V3.2"
    interleaved: ClassVar[bool] = False
    trailing: ClassVar[bool] = False
    idle: ClassVar[frozenset[str]] = frozenset()

    def key_eps(self, reader: ConfigReader) -> float:
        """ε of the keys' LayerNorm; in this model a number of the code, not configured."""
        del reader
        return 1e-6

    def read_config(self, reader: ConfigReader) -> DsaConfig:
        reader.known({*_KNOWN, *_FOREIGN, *self.idle})
        reader.only("indexer_rope_interleave", self.interleaved)
        for flag, value in _FOREIGN.items():
            reader.only(flag, value)
        rope_dim = reader.integer("qk_rope_head_dim")
        head_dim = reader.integer("index_head_dim")
        if rope_dim > head_dim:
            raise WeightsError(
                f"{reader.source}: qk_rope_head_dim {rope_dim} exceeds index_head_dim {head_dim}"
            )
        skip = head_dim - rope_dim if self.trailing else 0
        biased = reader.values.get("attention_bias") is not None
        rotary = read_rotary(reader, rope_dim, interleaved=self.interleaved, skip=skip)
        if rotary.dim != rope_dim:
            raise WeightsError(
                f"{reader.source}: {rotary.dim} rotary coordinates, not qk_rope_head_dim {rope_dim}"
            )
        return DsaConfig(
            hidden=reader.integer("hidden_size"),
            heads=reader.integer("index_n_heads"),
            head_dim=head_dim,
            top_k=reader.integer("index_topk"),
            rotary=rotary,
            latent=reader.integer("q_lora_rank"),
            key_eps=self.key_eps(reader),
            latent_eps=1e-6,
            latent_bias=reader.flag("attention_bias", False) if biased else None,
        )

    def names(
        self, config: DsaConfig, checkpoint: Checkpoint, attention: str, indexer: str
    ) -> dict[str, tuple[str, tuple[int, ...]]]:
        width = config.heads * config.head_dim
        names: dict[str, tuple[str, tuple[int, ...]]] = {
            "wq_b": (f"{indexer}wq_b.weight", (width, config.latent)),
            "wk": (f"{indexer}wk.weight", (config.head_dim, config.hidden)),
            "weights_proj": (f"{indexer}weights_proj.weight", (config.heads, config.hidden)),
            "k_norm": (f"{indexer}k_norm.weight", (config.head_dim,)),
            "k_norm_bias": (f"{indexer}k_norm.bias", (config.head_dim,)),
        }
        if f"{attention}q_a_proj.weight" in checkpoint:
            names["q_a_proj"] = (f"{attention}q_a_proj.weight", (config.latent, config.hidden))
            names["q_a_norm"] = (f"{attention}q_a_layernorm.weight", (config.latent,))
        bias = f"{attention}q_a_proj.bias"
        stated = config.latent_bias
        if "q_a_proj" in names and stated is not None and stated != (bias in checkpoint):
            raise WeightsError(
                f"{checkpoint.path}: config.json: attention_bias {stated} contradicts the tensors: "
                f"{bias!r} is {'missing' if stated else 'there'}"
            )
        if bias in checkpoint:
            names["q_a_bias"] = (bias, (config.latent,))
        return names

    def specs(self, checkpoint: Checkpoint, options: PresetOptions) -> dict[str, str]:
        self.check(options)
        index, radius = self.find(checkpoint, options.layers), options.hidden_norm
        if radius is None:
            raise InputError(f"preset {self.name}: {_MISSING_BALL}")
        if not 0 < radius < math.inf:
            raise InputError(f"the hidden norm must be positive and finite, not {radius}")
        for layer in index.layers:
            if "q_a_proj" not in layer.tensors:
                raise InputError(
                    f"{index.source}: an export of preset {self.name} is about the hidden state, "
                    f"and needs layer {layer.layer}'s self_attn.q_a_proj.weight and "
                    "q_a_layernorm.weight, which this checkpoint lacks; `lipbridge bound --preset "
                    f"{self.name}` bounds the scores in the query latent"
                )
        # The radius as it was typed: 0.1 is 1/10.
        return self.networks(
            index, Fraction(repr(radius)), latent_floor=Fraction(repr(options.latent_floor))
        )

    def networks(
        self,
        index: CheckpointIndex[DsaConfig],
        radius: Fraction,
        *,
        latent_floor: Fraction = Fraction(0),
        query_position: int = 1,
        key_position: int = 0,
    ) -> dict[str, str]:
        """One spec a layer, for a query and a token at two positions.

        Raises:
            InputError: the rotary embedding is no isometry.
        """
        config = index.config
        turns = tuple(map(Fraction, inverse_frequencies(config.rotary).tolist()))
        query = rotary(config.rotary, query_position, 0, turns)
        key = rotary(config.rotary, key_position, None, turns)
        return {
            f"layer{layer.layer}": layer_network(
                self.model, layer, (radius, latent_floor), (query, key)
            )
            for layer in index.layers
        }

    def bounds(self, checkpoint: Checkpoint, options: PresetOptions) -> PresetReport:
        """A row a layer (head None), one a head, and one for the key projection.

        Without the ball, or without the query latent's projection, constants in x are left out.
        """
        self.check(options)
        index = self.find(checkpoint, options.layers)
        config, hidden_norm, latent_floor = index.config, options.hidden_norm, options.latent_floor
        if hidden_norm is None and any("q_a_proj" in layer.tensors for layer in index.layers):
            raise InputError(f"preset {self.name}: {_MISSING_BALL}")
        rows = tuple(row for layer in index.layers for row in layer_bounds(layer, options))
        ball = (
            ""
            if hidden_norm is None
            else f"; those given are for ‖x‖ ≤ {decimal_down(hidden_norm, 6)}"
        )
        notes = [
            "query, latent: per unit of ‖w‖ (the head weights of the query at hand), w held fixed",
            "in x there is no constant that holds everywhere: the score is a product of two "
            f"functions of x, and the head weights grow without bound{ball}",
        ]
        if any("q_a_proj" not in layer.tensors for layer in index.layers):
            notes.append("without self_attn.q_a_proj in the checkpoint, bounds end at the latent")
        return PresetReport(
            self.name,
            index.source,
            {name: getattr(config, name) for name in _REPORTED}
            | {"hidden_norm": hidden_norm, "latent_floor": latent_floor},
            rows,
            tuple(notes),
        )
