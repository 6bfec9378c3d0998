"""What ``config.json`` says about an indexer, validated.

MiniMax-M3 writes its numbers either flat (``index_n_heads`` …) or in ``sparse_attention_config``
(``sparse_num_index_heads`` …), and in a multimodal checkpoint inside ``text_config``. DeepSeek-V3.2
writes them flat. Rotary parameters are in ``rope_parameters`` or, in older files, in
``rope_scaling`` beside ``rope_theta``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from lipbridge.errors import WeightsError

__all__ = ["DsaConfig", "MsaConfig", "RotaryConfig", "read_dsa_config", "read_msa_config"]


@dataclass(frozen=True)
class RotaryConfig:
    """Rotary embedding of the first ``dim`` coordinates, in pairs (i, i + dim/2).

    Args:
        dim: rotated coordinates, even; the rest passes through.
        theta: base of the frequencies theta^(-2i/dim).
        kind: ``default`` or ``yarn``.
        factor, original_length, beta_fast, beta_slow, truncate: YaRN's parameters.
        amplitude: factor on cosine and sine; 1 makes the map an isometry.
    """

    dim: int
    theta: float
    kind: str = "default"
    factor: float = 1.0
    original_length: int = 4096
    beta_fast: float = 32.0
    beta_slow: float = 1.0
    truncate: bool = True
    amplitude: float = 1.0

    @property
    def lipschitz(self) -> float:
        """Euclidean Lipschitz constant of the map: ``max(1, amplitude)``, ``1`` when isometric."""
        return max(1.0, self.amplitude)


@dataclass(frozen=True)
class MsaConfig:
    """MiniMax-M3 sparse attention's indexer.

    Args:
        hidden: dimension of the hidden state x.
        heads: index heads, each with its own query projection and its own selection.
        head_dim: dimension of queries and of the one shared key head.
        block: tokens in a block.
        top_k: blocks kept, the forced ones included.
        local: blocks forced: the query's own and those just before it.
        eps: of both RMSNorms.
        rotary: the rotary embedding.
    """

    hidden: int
    heads: int
    head_dim: int
    block: int
    top_k: int
    local: int
    eps: float
    rotary: RotaryConfig


@dataclass(frozen=True)
class DsaConfig:
    """DeepSeek-V3.2 sparse attention's indexer.

    Args:
        hidden: dimension of the hidden state x.
        latent: dimension of the query latent.
        heads: index heads, summed with input-dependent weights.
        head_dim: dimension of queries and of the one shared key head.
        top_k: tokens kept.
        key_eps: of the keys' LayerNorm (fixed in the public code, not configured).
        latent_eps: of the query latent's RMSNorm (fixed in the public code too).
        rotary: the rotary embedding.
    """

    hidden: int
    latent: int
    heads: int
    head_dim: int
    top_k: int
    key_eps: float
    latent_eps: float
    rotary: RotaryConfig


class _Reader:
    """Typed access to an untrusted JSON object."""

    def __init__(self, values: Mapping[str, Any], source: str) -> None:
        self.values, self.source = values, source

    def integer(self, key: str, default: int | None = None, *, low: int = 1) -> int:
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= 1 << 31:
            raise WeightsError(f"{self.source}: {key} must be an integer ≥ {low}, not {value!r}")
        return value

    def number(self, key: str, default: float | None = None, *, low: float = 0.0) -> float:
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise WeightsError(f"{self.source}: {key} must be a number, not {value!r}")
        if not (low <= value < 1e30):
            raise WeightsError(f"{self.source}: {key} must be finite and ≥ {low:g}, not {value!r}")
        return float(value)

    def mapping(self, key: str) -> _Reader | None:
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise WeightsError(f"{self.source}: {key} must be an object, not {value!r}")
        return _Reader(cast("dict[str, Any]", value), f"{self.source}: {key}")

    def _get(self, key: str, default: object) -> object:
        value = self.values.get(key)
        if value is None:
            value = default
        if value is None:
            raise WeightsError(f"{self.source}: {key} is missing")
        return value


def _text_reader(config: Mapping[str, Any] | None, source: str) -> _Reader:
    if config is None:
        raise WeightsError(f"{source}: no config.json, which says how the indexer is built")
    reader = _Reader(config, f"{source}: config.json")
    return reader.mapping("text_config") or reader


def read_msa_config(config: Mapping[str, Any] | None, source: str) -> MsaConfig:
    """Read the indexer of a MiniMax-M3 ``config.json``.

    Args:
        config: the parsed file, or None when it is missing (an error).
        source: where it lies, for messages.

    Raises:
        WeightsError: a value that is missing, of another type or out of range.
    """
    reader = _text_reader(config, source)
    legacy = reader.mapping("sparse_attention_config")

    def pick(flat: str, old: str, *, low: int = 1) -> int:
        if legacy is not None and old in legacy.values:
            return legacy.integer(old, low=low)
        return reader.integer(flat, low=low)

    head_dim = pick("index_head_dim", "sparse_index_dim")
    result = MsaConfig(
        hidden=reader.integer("hidden_size"),
        heads=pick("index_n_heads", "sparse_num_index_heads"),
        head_dim=head_dim,
        block=pick("index_block_size", "sparse_block_size"),
        top_k=pick("index_topk_blocks", "sparse_topk_blocks"),
        local=pick("index_local_blocks", "sparse_local_block", low=0),
        eps=reader.number("rms_norm_eps", 1e-6),
        rotary=_rotary(reader, reader.integer("head_dim")),
    )
    # A longer rotation would be cut in the middle of its pairs, and no longer be an isometry.
    if result.rotary.dim > head_dim:
        raise WeightsError(
            f"{reader.source}: {result.rotary.dim} rotary coordinates do not fit the indexer's "
            f"{head_dim}"
        )
    return result


def read_dsa_config(config: Mapping[str, Any] | None, source: str) -> DsaConfig:
    """Read the indexer of a DeepSeek-V3.2 ``config.json``; as :func:`read_msa_config`."""
    reader = _text_reader(config, source)
    rope_dim = reader.integer("qk_rope_head_dim")
    head_dim = reader.integer("index_head_dim")
    if rope_dim > head_dim:
        raise WeightsError(
            f"{reader.source}: qk_rope_head_dim {rope_dim} exceeds index_head_dim {head_dim}"
        )
    return DsaConfig(
        hidden=reader.integer("hidden_size"),
        latent=reader.integer("q_lora_rank"),
        heads=reader.integer("index_n_heads"),
        head_dim=head_dim,
        top_k=reader.integer("index_topk"),
        key_eps=1e-6,
        latent_eps=1e-6,
        rotary=_rotary(reader, rope_dim),
    )


def _rotary(reader: _Reader, head_dim: int) -> RotaryConfig:
    rope = reader.mapping("rope_parameters") or reader.mapping("rope_scaling")
    rope = rope or _Reader({}, reader.source)
    theta = _first(rope, reader, "rope_theta").number("rope_theta", low=1.0)
    partial = _first(rope, reader, "partial_rotary_factor").number("partial_rotary_factor", 1.0)
    dim = int(head_dim * partial)
    if dim < 2 or dim % 2 or dim > head_dim:
        raise WeightsError(
            f"{reader.source}: {dim} rotary coordinates; an even number ≥ 2 is needed"
        )
    kind = rope.values.get("rope_type", rope.values.get("type", "default"))
    if kind in (None, "default"):
        return RotaryConfig(dim, theta)
    if kind != "yarn":
        raise WeightsError(
            f"{rope.source}: rope_type {kind!r} is not modelled (default and yarn are)"
        )
    original = rope.integer("original_max_position_embeddings")
    if rope.values.get("factor") is None:
        factor = reader.integer("max_position_embeddings") / original
    else:
        factor = rope.number("factor")
    return RotaryConfig(
        dim,
        theta,
        kind="yarn",
        factor=factor,
        original_length=original,
        beta_fast=rope.number("beta_fast", 32.0) or 32.0,
        beta_slow=rope.number("beta_slow", 1.0) or 1.0,
        truncate=rope.values.get("truncate", True) is not False,
        amplitude=_yarn_amplitude(rope, factor),
    )


def _first(inner: _Reader, outer: _Reader, key: str) -> _Reader:
    return inner if inner.values.get(key) is not None else outer


def _yarn_amplitude(rope: _Reader, factor: float) -> float:
    if rope.values.get("attention_factor") is not None:
        return rope.number("attention_factor")
    log = math.log(factor) if factor > 1 else 0.0
    mscale, all_dim = rope.number("mscale", 0.0), rope.number("mscale_all_dim", 0.0)
    if mscale and all_dim:
        return (0.1 * mscale * log + 1.0) / (0.1 * all_dim * log + 1.0)
    return 0.1 * log + 1.0
