"""What is read of the configurations of indexers that are part of a model."""

from __future__ import annotations

from dataclasses import dataclass

from lipbridge.language.checkpoint.indexer_config import RotaryConfig


@dataclass(frozen=True)
class IndexerConfig:
    """What every indexer has.

    Args:
        hidden: dimension of the hidden state x.
        heads: index heads, each with its own query.
        head_dim: dimension of queries and of the one shared key head.
        top_k: blocks or tokens kept, forced ones included.
        rotary: the rotary embedding.
    """

    hidden: int
    heads: int
    head_dim: int
    top_k: int
    rotary: RotaryConfig


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
