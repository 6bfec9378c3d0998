"""The networks of DeepSeek-V3.2's indexer and its kin, as specs; see ``dsa``."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from lipbridge.language.checkpoint.files import TensorLocation
from lipbridge.language.kernel_limit import beyond_kernel, row_parts
from lipbridge.language.text import join, linear, nested, tensor
from lipbridge.numeric.presets.configs import DsaConfig
from lipbridge.numeric.presets.indexer import IndexerLayer


def layer_network(
    model: str,
    layer: IndexerLayer[DsaConfig],
    norms: tuple[Fraction, Fraction],
    turns: tuple[str, str],
) -> str:
    """The network of a layer, from R and r, and the rotations of query and key."""
    (hidden_norm, latent_floor), (query, key) = norms, turns
    config = layer.config
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
    queries = _queries(layer, query, latent_floor)
    scores = nested(f"{name}_scores: scores", queries, _key(layer, key))
    body = nested(f"{name}_score: similarity", _weights(layer), [*scores, "relu"])
    return join(name, comments, inputs, body)


def _weights(layer: IndexerLayer[DsaConfig]) -> list[str]:
    """The head weights; 1/√(H·d) as the float64 number by which the model multiplies."""
    return [
        "from hidden",
        linear(f"layer{layer.layer}_weights", layer.tensors["weights_proj"]),
        f"scale {Fraction(1 / math.sqrt(layer.config.heads * layer.config.head_dim))}",
    ]


def _queries(layer: IndexerLayer[DsaConfig], turned: str, latent_floor: Fraction) -> list[str]:
    n, tensors, config = layer.layer, layer.tensors, layer.config
    down, up = tensors["q_a_proj"], tensors["wq_b"]
    ranges = row_parts(*down.selected_shape)
    parts = [down.select(*rows) for rows in ranges] if len(ranges) > 1 else [down]
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


def _key(layer: IndexerLayer[DsaConfig], turned: str) -> list[str]:
    gain, bias = layer.tensors["k_norm"], layer.tensors["k_norm_bias"]
    return [
        "from token",
        linear(f"layer{layer.layer}_key", layer.tensors["wk"]),
        f"layer_norm gain={tensor(gain)} bias={tensor(bias)} eps={_exact(layer.config.key_eps)}",
        turned,
    ]


def _projection(
    label: str, parts: Sequence[TensorLocation], bias: TensorLocation | None = None
) -> list[str]:
    """A linear map, its rows perhaps in parts, and its bias, perhaps in parts too."""
    if len(parts) == 1:
        return [linear(label, parts[0]) + ("" if bias is None else f" bias={tensor(bias)}")]
    branches: list[list[str]] = []
    for index, part in enumerate(parts):
        assert part.rows is not None, "a part is a range of rows"
        shift = "" if bias is None else f" bias={tensor(bias.select(*part.rows))}"
        branches.append([linear(f"{label}{index}", part) + shift])
    return nested("concat", *branches)


def _exact(value: float) -> Fraction:
    """A configured number as it is written there."""
    return Fraction(repr(value))
