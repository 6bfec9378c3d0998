r"""Bounds of DeepSeek-V3.2's indexer (DSA), from the weights alone.

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

Source: theory, sections 1 to 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import torch

from lipbridge.errors import InputError
from lipbridge.language.indexer_config import DsaConfig
from lipbridge.language.indexer_layers import CheckpointIndex, IndexerLayer
from lipbridge.numeric.dequantize import load_exact
from lipbridge.numeric.presets.records import Constant, PresetReport, PresetRow
from lipbridge.numeric.presets.scalars import (
    largest,
    matrix,
    norm_up,
    rms_norm_square,
    scaled_rows_bounds,
)
from lipbridge.numeric.records import SpectralBound
from lipbridge.numeric.rounding import float_up, root_up
from lipbridge.numeric.spectral import spectral_bounds

__all__ = ["dsa_bounds"]


def dsa_bounds(
    index: CheckpointIndex,
    *,
    hidden_norm: float | None = None,
    latent_floor: float = 0.0,
    device: str | torch.device = "auto",
) -> PresetReport:
    """Bound every chosen layer, and every head's own part.

    Args:
        index: the checkpoint's indexers, of family dsa.
        hidden_norm: R, the ball ``‖x‖ ≤ R``; None leaves out what exists on a ball only.
        latent_floor: r, the least ``‖W_a x‖``.
        device: where norms are computed.

    Returns:
        A row a layer (head None) and one a head.

    Raises:
        InputError: R or r is negative or not finite.
        WeightsError: a tensor that cannot be read, or is not finite.
    """
    config = index.config
    assert isinstance(config, DsaConfig), "a dsa index has a dsa configuration"
    for name, value in (("hidden norm", hidden_norm), ("latent floor", latent_floor)):
        if value is not None and not 0 <= value < float("inf"):
            raise InputError(f"the {name} must be ≥ 0 and finite, not {value}")
    rows: list[PresetRow] = []
    for layer in index.layers:
        rows += _layer(layer, config, hidden_norm, latent_floor, device)
    notes = [
        "query, latent: per unit of ‖w‖ (the head weights of the query at hand), w held fixed",
        "in x there is no constant that holds everywhere: the score is a product of two functions "
        "of x, and the head weights grow without bound; give the ball's radius R",
    ]
    if any("q_a_proj" not in layer.tensors for layer in index.layers):
        notes.append("without self_attn.q_a_proj in the checkpoint, bounds end at the latent")
    return PresetReport(
        "dsa",
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
