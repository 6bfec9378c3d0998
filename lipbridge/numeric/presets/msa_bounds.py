"""The constants of MiniMax-M3's indexer; their formulas are in ``msa``."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import torch

from lipbridge.decimals import decimal_up
from lipbridge.numeric.presets.configs import MsaConfig
from lipbridge.numeric.presets.indexer import IndexerLayer
from lipbridge.numeric.presets.preset import PresetOptions
from lipbridge.numeric.presets.records import Constant, PresetRow
from lipbridge.numeric.presets.scalars import (
    largest,
    rms_norm_square,
    root_float_down,
    root_float_up,
    scaled_rows_bounds,
)
from lipbridge.numeric.records import SpectralBound
from lipbridge.numeric.spectral.bounds import spectral_bounds
from lipbridge.numeric.weights.dequantize import load, load_exact

_KEYS = "every key that the key norm can give"


def layer_bounds(layer: IndexerLayer[MsaConfig], options: PresetOptions) -> list[PresetRow]:
    """A row a head, and one for the key projection; with r, a local constant for ``‖W x‖ ≥ r``.

    Rounding: upwards. Source: docs/theorems.md §§1 to 3.
    """
    config, size = layer.config, layer.config.head_dim
    query_norm, device = options.query_norm, options.device
    gain_q, gain_k = (
        config.shift + load_exact(layer.tensors[role]) for role in ("q_norm", "k_norm")
    )
    projections = [load(head) for head in layer.heads]
    names = [head.label for head in layer.heads]
    key = layer.tensors["k_proj"]
    *plain, key_sigma = spectral_bounds(
        [*projections, load(key)], device=device, names=[*names, key.label]
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
    gains = (key_square, most_q, amplitude)
    rows = [
        PresetRow(_head(config, query_norm, gains, norms), norms[0], name, layer.layer, head)
        for head, (name, *norms) in enumerate(zip(names, plain, merged, both, strict=True))
    ]
    # The other argument: how a score moves with the state x_s that a key comes from.
    query_square = amplitude**2 * size * most_q**2
    norm = rms_norm_square(most_k, size, config.eps, Fraction(0))
    context = Constant(
        "context",
        "state x_s of one token of the block, query fixed",
        root_float_up(amplitude**2 * query_square * norm * Fraction(key_sigma.upper) ** 2),
        "√d·max|g| · max|h|/√ε · σ(W_k)",
    )
    rows.append(PresetRow((context,), key_sigma, key.label, layer.layer))
    return rows


def _head(
    config: MsaConfig,
    query_norm: float | None,
    gains: tuple[Fraction, Fraction, Fraction],
    sigmas: Sequence[SpectralBound],
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
            "√d·max|h|",
            _KEYS,
            root_float_down(key_square) if isometric else None,
        ),
        Constant(
            "selection",
            "hidden state x, scores up to a common positive factor",
            root_float_up(key_square * amplitude**2 * Fraction(merged.upper) ** 2),
            "√d·max|h| · σ(diag(g)·W)",
            _KEYS,
            root_float_down(size * Fraction(both.lower) ** 2) if isometric else None,
        ),
    ]
    if query_norm is not None:
        local = rms_norm_square(gain_q, size, config.eps, Fraction(query_norm))
        constants.append(
            Constant(
                "hidden-local",
                "hidden state x",
                root_float_up(squared * local),
                "√d·max|h| · max|g|·√d/√(r² + dε) · σ(W)",
                f"‖W·x‖ ≥ {decimal_up(query_norm, 6)}",
            )
        )
    everywhere = rms_norm_square(gain_q, size, config.eps, Fraction(0))
    upper, formula = root_float_up(squared * everywhere), "√d·max|h| · max|g|/√ε · σ(W)"
    constants.append(Constant("hidden", "hidden state x", upper, formula))
    return tuple(constants)
