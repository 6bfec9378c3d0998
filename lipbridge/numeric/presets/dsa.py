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
  by at most ``κ·σ(W_w)/√(Hd)·σ(W_qb)·σ(diag(g)W_a)·2R·‖x − y‖``.

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
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import torch

from lipbridge.errors import InputError, WeightsError
from lipbridge.language.checkpoint import Checkpoint, TensorLocation
from lipbridge.language.indexer_config import ConfigReader, read_rotary
from lipbridge.language.kernel_limit import beyond_kernel
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
    norm_up,
    rms_norm_square,
    scaled_rows_bounds,
)
from lipbridge.numeric.records import SpectralBound
from lipbridge.numeric.rotary_frequencies import inverse_frequencies
from lipbridge.numeric.rounding import float_up, root_up
from lipbridge.numeric.spectral import spectral_bounds

__all__ = ["Dsa", "DsaConfig"]

_MISSING_BALL = (
    "no Lipschitz constant in the hidden state holds everywhere, since the "
    "score is a product of two functions of it (head weights times queries) and the "
    "head weights are not bounded; give the ball ‖x‖ ≤ R with --hidden-norm R"
)
# Keys of a configuration that are read, or say only which layers share an indexer.
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
    }
)


@dataclass(frozen=True)
class DsaConfig(IndexerConfig):
    """The indexer of DeepSeek-V3.2 and its kin.

    Args:
        latent: dimension of the query latent.
        key_eps: of the keys' LayerNorm.
        latent_eps: of the query latent's RMSNorm, in these models a number of the code.
        latent_bias: whether the latent's projection has a bias, or None where it is not said.
    """

    latent: int
    key_eps: float
    latent_eps: float
    latent_bias: bool | None


@register
class Dsa(IndexerPreset[DsaConfig]):
    """DeepSeek-V3.2's sparse attention.

    Attributes:
        model: whose indexer it is, in the comments of a network.
        interleaved: whether the rotary embedding turns the pairs (2i, 2i + 1).
        trailing: whether it turns the last coordinates of a head, not the first.
    """

    name = "dsa"
    summary = "DeepSeek-V3.2: Σ_j w_j ReLU⟨q_j, k_s⟩ with w linear in x"
    takes = frozenset({"layers", "hidden_norm", "latent_floor"})
    model_types = ("deepseek_v32",)
    anchor = "wq_b.weight"
    sparse = "indexed_attention"
    model: ClassVar[str] = "DeepSeek-V3.2"
    interleaved: ClassVar[bool] = False
    trailing: ClassVar[bool] = False

    def key_eps(self, reader: ConfigReader) -> float:
        """ε of the keys' LayerNorm; in this model a number of the code, not configured."""
        del reader
        return 1e-6

    def read_config(self, reader: ConfigReader) -> DsaConfig:
        reader.known(("index_", "indexer_"), _KNOWN)
        reader.only("indexer_rope_interleave", self.interleaved)
        reader.only("use_gemma_norm", False)
        reader.only("sparse_score_type", "sum")
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
        _refuse_negative("latent floor", options.latent_floor)
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
            index, Fraction(repr(radius)), latent_floor=_exact(options.latent_floor)
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
            f"layer{layer.layer}": _network(
                self.model, layer, config, (radius, latent_floor), (query, key)
            )
            for layer in index.layers
        }

    def bounds(
        self, checkpoint: Checkpoint, options: PresetOptions, device: str | torch.device = "auto"
    ) -> PresetReport:
        """A row a layer (head None), one a head, and one for the key projection.

        Without the ball, or without the query latent's projection, constants in x are left out.
        """
        self.check(options)
        index = self.find(checkpoint, options.layers)
        config, hidden_norm, latent_floor = index.config, options.hidden_norm, options.latent_floor
        for name, value in (("hidden norm", hidden_norm), ("latent floor", latent_floor)):
            if value is not None:
                _refuse_negative(name, value)
        if hidden_norm is None and any("q_a_proj" in layer.tensors for layer in index.layers):
            raise InputError(f"preset {self.name}: {_MISSING_BALL}")
        rows: list[PresetRow] = []
        for layer in index.layers:
            rows += _layer(layer, config, hidden_norm, latent_floor, device)
        notes = [
            "query, latent: per unit of ‖w‖ (the head weights of the query at hand), w held fixed",
            "in x there is no constant that holds everywhere: the score is a product of two "
            "functions of x, and the head weights grow without bound; give the ball's radius R",
        ]
        if any("q_a_proj" not in layer.tensors for layer in index.layers):
            notes.append("without self_attn.q_a_proj in the checkpoint, bounds end at the latent")
        return PresetReport(
            self.name,
            index.source,
            {
                "hidden": config.hidden,
                "latent": config.latent,
                "heads": config.heads,
                "head_dim": config.head_dim,
                "top_k": config.top_k,
                "hidden_norm": hidden_norm,
                "latent_floor": latent_floor,
            },
            tuple(rows),
            tuple(notes),
        )


def _refuse_negative(name: str, value: float) -> None:
    """Refuse what is no length.

    Raises:
        InputError: naming it.
    """
    if not 0 <= value < math.inf:
        raise InputError(f"the {name} must be ≥ 0 and finite, not {value}")


def _network(
    model: str,
    layer: IndexerLayer,
    config: DsaConfig,
    norms: tuple[Fraction, Fraction],
    turns: tuple[str, str],
) -> str:
    """The network of a layer, from R and r, and the rotations of query and key."""
    (hidden_norm, latent_floor), (query, key) = norms, turns
    name = f"layer{layer.layer}"
    comments = (
        f"{model}'s indexer, layer {layer.layer}: the score of a token for a query, the sum",
        f"over {config.heads} heads of weight times ReLU of the product of query and key. The",
        "model multiplies queries and key by the normalized Hadamard matrix before it rounds them",
        "to fp8; their products are the same without it, so it is left out.",
    )
    if latent_floor:
        comments += (f"The latent's norm is that of the model where ‖W_a·x‖ ≥ {latent_floor}.",)
    inputs = [
        f"input hidden {config.hidden} norm <= {hidden_norm}",
        f"input token {config.hidden}",
    ]
    body = [
        f"{name}_score: similarity {{",
        *_indented(_weights(layer, config)),
        "} {",
        f"  {name}_scores: scores {{",
        *_indented(_queries(layer, config, query, latent_floor), 2),
        "  } {",
        *_indented(_key(layer, config, key), 2),
        "  }",
        "  relu",
        "}",
    ]
    return join(name, comments, inputs, body)


def _weights(layer: IndexerLayer, config: DsaConfig) -> list[str]:
    """The head weights; 1/√(H·d) as the float64 number by which the model multiplies."""
    return [
        "from hidden",
        linear(f"layer{layer.layer}_weights", layer.tensors["weights_proj"]),
        f"scale {Fraction(1 / math.sqrt(config.heads * config.head_dim))}",
    ]


def _queries(
    layer: IndexerLayer, config: DsaConfig, turned: str, latent_floor: Fraction
) -> list[str]:
    n, tensors = layer.layer, layer.tensors
    down, up = tensors["q_a_proj"], tensors["wq_b"]
    parts = _parts(down) if beyond_kernel(*down.selected_shape) else (down,)
    heads = layer.heads if beyond_kernel(*up.selected_shape) else (up,)
    least = f" at_least={latent_floor}" if latent_floor else ""
    return [
        "from hidden",
        *_projection(f"layer{n}_latent", parts, tensors.get("q_a_bias")),
        f"rms_norm gain={tensor(tensors['q_a_norm'])} eps={_exact(config.latent_eps)}{least}",
        *_projection(f"layer{n}_{'head' if len(heads) > 1 else 'queries'}", heads),
        f"split {config.heads}",
        turned,
    ]


def _key(layer: IndexerLayer, config: DsaConfig, turned: str) -> list[str]:
    gain, bias = layer.tensors["k_norm"], layer.tensors["k_norm_bias"]
    return [
        "from token",
        linear(f"layer{layer.layer}_key", layer.tensors["wk"]),
        f"layer_norm gain={tensor(gain)} bias={tensor(bias)} eps={_exact(config.key_eps)}",
        turned,
    ]


def _parts(matrix: TensorLocation) -> tuple[TensorLocation, ...]:
    """A matrix by rows, in the fewest parts that the kernel checks in minutes."""
    rows, columns = matrix.selected_shape
    count = next(c for c in range(2, rows + 1) if not beyond_kernel(-(-rows // c), columns))
    size = -(-rows // count)
    return tuple(matrix.select(at, min(at + size, rows)) for at in range(0, rows, size))


def _projection(
    label: str, parts: Sequence[TensorLocation], bias: TensorLocation | None = None
) -> list[str]:
    """A linear map, its rows perhaps in parts, and its bias, perhaps in parts too."""
    if len(parts) == 1:
        return [linear(label, parts[0]) + ("" if bias is None else f" bias={tensor(bias)}")]
    branches: list[str] = []
    for index, part in enumerate(parts):
        assert part.rows is not None, "a part is a range of rows"
        shift = "" if bias is None else f" bias={tensor(bias.select(*part.rows))}"
        branches.append(f"  {linear(f'{label}{index}', part)}{shift}")
    return ["concat {", *"\n} {\n".join(branches).split("\n"), "}"]


def _exact(value: float) -> Fraction:
    """A configured number as it is written there."""
    return Fraction(repr(value))


def _indented(lines: Sequence[str], depth: int = 1) -> list[str]:
    return ["  " * depth + line for line in lines]


@dataclass(frozen=True)
class _Norms:
    """Upper bounds that the layer's constants are made of."""

    key: Fraction
    stacked: Fraction
    head_weights: Fraction
    latent_gain: Fraction | None = None
    latent: Fraction | None = None
    merged: Fraction | None = None


def _layer(
    layer: IndexerLayer,
    config: DsaConfig,
    hidden_norm: float | None,
    latent_floor: float,
    device: str | torch.device,
) -> list[PresetRow]:
    tensors = layer.tensors
    stacked = tensors["wq_b"]
    matrices = [matrix(stacked), matrix(tensors["weights_proj"]), matrix(tensors["wk"])]
    names = [stacked.label, tensors["weights_proj"].label, tensors["wk"].label]
    heads = list(matrices[0].unflatten(0, (config.heads, config.head_dim)).unbind(0))
    found = spectral_bounds(
        [*matrices, *heads], device=device, names=[*names, *(head.label for head in layer.heads)]
    )
    (whole, weights, keys), per_head = found[:3], found[3:]
    amplitude = Fraction(config.rotary.lipschitz)
    gain, bias = load_exact(tensors["k_norm"]), load_exact(tensors["k_norm_bias"])
    key = amplitude * (root_up(config.head_dim * largest(gain) ** 2) + norm_up(bias))
    norms = _Norms(key, amplitude * Fraction(whole.upper), Fraction(weights.upper))
    if "q_a_proj" in tensors:
        norms = _with_latent(norms, layer, device)
    rows = [
        PresetRow(
            layer.layer,
            None,
            None,
            whole,
            stacked.label,
            _constants(config, norms, hidden_norm, latent_floor),
        )
    ]
    for head, sigma in enumerate(per_head):
        upper = float_up(key * amplitude * Fraction(sigma.upper))
        constant = Constant(
            "latent", "query latent c, |w_j| = 1", upper, None, "κ·σ(W_qb^j)", "|w_j| ≤ 1"
        )
        rows.append(PresetRow(layer.layer, head, None, sigma, sigma.name, (constant,)))
    rows.append(_key_row(layer, config, norms, keys))
    return rows


def _with_latent(norms: _Norms, layer: IndexerLayer, device: str | torch.device) -> _Norms:
    place = layer.tensors["q_a_proj"]
    gain = load_exact(layer.tensors["q_a_norm"])
    projection = matrix(place)
    (plain,) = spectral_bounds([projection], device=device, names=[place.label])
    (merged,) = scaled_rows_bounds([projection.to(torch.float64)], [gain], [place.label], device)
    # With a bias the un-normalized scores are affine in x, and its term is left out here.
    homogeneous = "q_a_bias" not in layer.tensors
    return _Norms(
        norms.key,
        norms.stacked,
        norms.head_weights,
        largest(gain),
        Fraction(plain.upper),
        Fraction(merged.upper) if homogeneous else None,
    )


def _constants(
    config: DsaConfig, norms: _Norms, hidden_norm: float | None, latent_floor: float
) -> tuple[Constant, ...]:
    constants = [
        Constant("query", "all heads' queries q", float_up(norms.key), None, "κ·‖w‖", "‖w‖ ≤ 1"),
        Constant(
            "latent",
            "query latent c",
            float_up(norms.key * norms.stacked),
            None,
            "κ·‖w‖·σ(W_qb)",
            "‖w‖ ≤ 1",
        ),
    ]
    if hidden_norm is None or norms.latent is None or norms.latent_gain is None:
        return tuple(constants)
    radius = Fraction(hidden_norm)
    # 1/√(Hd), rounded up.
    scale = root_up(Fraction(1, config.heads * config.head_dim))
    common = norms.key * norms.head_weights * scale * norms.stacked
    length = root_up(config.latent * norms.latent_gain**2)
    slope = root_up(
        rms_norm_square(norms.latent_gain, config.latent, config.latent_eps, Fraction(latent_floor))
    )
    constants.append(
        Constant(
            "hidden-local",
            "hidden state x",
            float_up(common * (length + radius * slope * norms.latent)),
            None,
            "κ·σ(W_w)/√(Hd)·σ(W_qb)·max|g|·√ℓ·(1 + R·σ(W_a)/√(r² + ℓε))",
            f"‖x‖ ≤ {hidden_norm:g}, ‖W_a·x‖ ≥ {latent_floor:g}",
        )
    )
    if norms.merged is not None:
        constants.append(
            Constant(
                "selection",
                "hidden state x, scores up to a common positive factor",
                float_up(common * norms.merged * 2 * radius),
                None,
                "κ·σ(W_w)/√(Hd)·σ(W_qb)·σ(diag(g)·W_a)·2R",
                f"‖x‖ ≤ {hidden_norm:g}",
            )
        )
    return tuple(constants)


def _key_row(
    layer: IndexerLayer, config: DsaConfig, norms: _Norms, sigma: SpectralBound
) -> PresetRow:
    gain = largest(load_exact(layer.tensors["k_norm"]))
    slope = root_up(rms_norm_square(gain, config.head_dim, config.key_eps, Fraction(0)))
    amplitude = Fraction(config.rotary.lipschitz)
    constants: list[Constant] = []
    if norms.latent_gain is not None:
        query = norms.stacked * root_up(config.latent * norms.latent_gain**2)
        constants.append(
            Constant(
                "context",
                "state x_s of one token, query fixed",
                float_up(query * amplitude * slope * Fraction(sigma.upper)),
                None,
                "‖w‖·σ(W_qb)·√ℓ·max|g| · max|h|/√ε · σ(W_k)",
                "‖w‖ ≤ 1",
            )
        )
    return PresetRow(layer.layer, None, None, sigma, sigma.name, tuple(constants))
