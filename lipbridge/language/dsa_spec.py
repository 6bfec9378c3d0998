r"""DeepSeek-V3.2's indexer (DSA) as a spec: the score of a token, from two hidden states.

A network a layer, of two inputs:

- ``hidden``: x, the state that asks, on the ball ``‖x‖ ≤ R``;
- ``token``: x_s, the state of one token of the context.

Its value is ``Σ_j w_j(x)·ReLU⟨R_t q_j(x), R_s k(x_s)⟩``: the head weights ``w = W_w x/√(H·d)``, the
queries ``q_j = (W_qb N_g(W_a x))^j`` of H heads, all turned by the position of the query, and the
key ``k = LayerNorm(W_k x_s)``, turned by its own.  In Lean cosines and sines are any with
``c² + s² = 1``, so a theorem holds at every two positions.

In x a product of two functions, without the ball it has no constant.  In the token it has one
everywhere.

Matrices that are beyond what the Lean kernel checks in minutes are taken by rows: ``W_qb`` a head
at a time, ``W_a`` in as few parts as will do.  ``√(Σσ_i²)`` of the parts stands for σ of the whole.

Source: theory, sections 1 and 2.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

from lipbridge.errors import InputError
from lipbridge.language.checkpoint import TensorLocation
from lipbridge.language.indexer_config import DsaConfig, RotaryConfig
from lipbridge.language.indexer_layers import CheckpointIndex, IndexerLayer
from lipbridge.language.kernel_limit import beyond_kernel
from lipbridge.language.text import join, linear, rotary, tensor

__all__ = ["MISSING_BALL", "Frequencies", "dsa_specs"]

Frequencies = Callable[[RotaryConfig], Sequence[float]]
"""The angles by which a position turns the pairs of a rotary embedding."""

MISSING_BALL = (
    "preset dsa: no Lipschitz constant in the hidden state holds everywhere, since the "
    "score is a product of two functions of it (head weights times queries) and the "
    "head weights are not bounded; give the ball ‖x‖ ≤ R with --hidden-norm R"
)
"""Why there is no constant in x without a ball, and what to do."""


def dsa_specs(
    index: CheckpointIndex,
    hidden_norm: Fraction,
    frequencies: Frequencies,
    *,
    query_position: int = 1,
    key_position: int = 0,
) -> dict[str, str]:
    """One spec a layer of DeepSeek-V3.2.

    Args:
        index: the checkpoint's indexers, of family dsa.
        hidden_norm: R, the ball ``‖x‖ ≤ R``.
        frequencies: of the rotary embedding, as the model computes them.
        query_position: t, where the query stands; for the values, not for the constants.
        key_position: s, where the token stands.

    Returns:
        Spec texts by network name, ``layer0`` and so on.

    Raises:
        InputError: R is not positive, the rotary embedding is no isometry, or the checkpoint lacks
            the projection to the query latent.
    """
    config = index.config
    assert isinstance(config, DsaConfig), "a dsa index has a dsa configuration"
    if hidden_norm <= 0:
        raise InputError(f"the hidden norm must be positive, not {hidden_norm}")
    turns = tuple(Fraction(value) for value in frequencies(config.rotary))
    query = rotary(config.rotary, query_position, 0, turns)
    key = rotary(config.rotary, key_position, None, turns)
    for layer in index.layers:
        if "q_a_proj" not in layer.tensors:
            raise InputError(
                f"{index.source}: an export of preset dsa is about the hidden state, and needs "
                f"layer {layer.layer}'s self_attn.q_a_proj.weight and q_a_layernorm.weight, which "
                "this checkpoint lacks; `lipbridge bound --preset dsa` bounds the scores in the "
                "query latent"
            )
    return {
        f"layer{layer.layer}": _layer(layer, config, hidden_norm, query, key)
        for layer in index.layers
    }


def _layer(
    layer: IndexerLayer, config: DsaConfig, hidden_norm: Fraction, query: str, key: str
) -> str:
    name = f"layer{layer.layer}"
    comments = (
        f"DeepSeek-V3.2's indexer, layer {layer.layer}: the score of a token for a query, the sum",
        f"over {config.heads} heads of weight times ReLU of the product of query and key. The",
        "model multiplies queries and key by the normalized Hadamard matrix before it rounds them",
        "to fp8; their products are the same without it, so it is left out.",
    )
    inputs = [
        f"input hidden {config.hidden} norm <= {hidden_norm}",
        f"input token {config.hidden}",
    ]
    body = [
        f"{name}_score: similarity {{",
        *_indented(_weights(layer, config)),
        "} {",
        f"  {name}_scores: scores {{",
        *_indented(_queries(layer, config, query), 2),
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


def _queries(layer: IndexerLayer, config: DsaConfig, turned: str) -> list[str]:
    n, tensors = layer.layer, layer.tensors
    down, up = tensors["q_a_proj"], tensors["wq_b"]
    parts = _parts(down) if beyond_kernel(*down.selected_shape) else (down,)
    heads = layer.heads if beyond_kernel(*up.selected_shape) else (up,)
    return [
        "from hidden",
        *_projection(f"layer{n}_latent", parts, tensors.get("q_a_bias")),
        f"rms_norm gain={tensor(tensors['q_a_norm'])} eps={_exact(config.latent_eps)}",
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
