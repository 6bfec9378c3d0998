r"""Bounds of MiniMax-M3's indexer (MSA), from the weights alone.

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

Source: theory, sections 1 to 3.
"""

from __future__ import annotations

from fractions import Fraction

import torch

from lipbridge.errors import InputError
from lipbridge.language.indexer_config import MsaConfig
from lipbridge.language.indexer_layers import CheckpointIndex, IndexerLayer
from lipbridge.numeric.dequantize import load_exact
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

__all__ = ["msa_bounds"]

_KEYS = "every key that the key norm can give"


def msa_bounds(
    index: CheckpointIndex,
    *,
    query_norm: float | None = None,
    device: str | torch.device = "auto",
) -> PresetReport:
    """Bound every head of every chosen layer.

    Args:
        index: the checkpoint's indexers, of family msa.
        query_norm: r, the least ‖W x‖ at which a local constant is wanted; None leaves it out.
        device: where norms are computed.

    Returns:
        A row a head, and one a layer for the key projection.

    Raises:
        InputError: r is negative or not finite.
        WeightsError: a tensor that cannot be read, or is not finite.
    """
    config = index.config
    assert isinstance(config, MsaConfig), "an msa index has an msa configuration"
    if query_norm is not None and not 0 <= query_norm < float("inf"):
        raise InputError(f"the query norm must be ≥ 0 and finite, not {query_norm}")
    rows: list[PresetRow] = []
    for layer in index.layers:
        rows += _layer(layer, config, query_norm, device)
    return PresetReport(
        "msa",
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
            "hidden: the global constant divides by √ε; give the least query norm for a local one",
        ),
    )


def _layer(
    layer: IndexerLayer,
    config: MsaConfig,
    query_norm: float | None,
    device: str | torch.device,
) -> list[PresetRow]:
    size = config.head_dim
    gamma_q, gamma_k = (load_exact(layer.tensors[role]) for role in ("q_norm", "k_norm"))
    projections = [matrix(head) for head in layer.heads]
    names = [head.label for head in layer.heads]
    key = layer.tensors["k_proj"]
    *plain, key_sigma = spectral_bounds(
        [*projections, matrix(key)], device=device, names=[*names, key.label]
    )
    wide = [projection.to(torch.float64) for projection in projections]
    merged = scaled_rows_bounds(wide, [1 + gamma_q] * len(wide), names, device)
    # Query and key at the same position: the rotations cancel, and this norm is attained.
    both = scaled_rows_bounds(wide, [(1 + gamma_q) * (1 + gamma_k)] * len(wide), names, device)
    amplitude = Fraction(config.rotary.lipschitz)
    gain_q, gain_k = largest(gamma_q, 1), largest(gamma_k, 1)
    key_square = amplitude**2 * size * gain_k**2
    rows = [
        PresetRow(
            layer.layer,
            head,
            None,
            sigma,
            sigma.name,
            _head(config, query_norm, (key_square, gain_q, amplitude), (sigma, g, gh)),
        )
        for head, (sigma, g, gh) in enumerate(zip(plain, merged, both, strict=True))
    ]
    # The other argument: how a score moves with the state x_s that a key comes from.
    query_square = amplitude**2 * size * gain_q**2
    norm = rms_norm_square(gain_k, size, config.eps, Fraction(0))
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
