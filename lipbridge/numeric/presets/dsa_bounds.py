"""The constants of DeepSeek-V3.2's indexer and its kin; their formulas are in ``dsa``."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from fractions import Fraction

import torch

from lipbridge.decimals import decimal_down, decimal_up
from lipbridge.numeric.presets.configs import DsaConfig
from lipbridge.numeric.presets.indexer import IndexerLayer
from lipbridge.numeric.presets.preset import PresetOptions
from lipbridge.numeric.presets.records import Constant, PresetRow
from lipbridge.numeric.presets.scalars import largest, norm_up, rms_norm_square, scaled_rows_bounds
from lipbridge.numeric.records import SpectralBound
from lipbridge.numeric.rounding import float_up, root_up
from lipbridge.numeric.spectral.bounds import spectral_bounds
from lipbridge.numeric.weights.dequantize import load, load_exact


@dataclass(frozen=True)
class _Norms:
    """Upper bounds that the layer's constants are made of."""

    key: Fraction
    stacked: Fraction
    head_weights: Fraction
    latent_gain: Fraction | None = None
    latent: Fraction | None = None
    joint: Fraction | None = None


def layer_bounds(layer: IndexerLayer[DsaConfig], options: PresetOptions) -> list[PresetRow]:
    """A row for the layer, one a head, and one for the key projection.

    Constants in x are on ``‖x‖ ≤ hidden_norm``, ``‖W_a x‖ ≥ latent_floor``; none without them.
    Rounding: upwards. Source: docs/theorems.md §§1 to 3.
    """
    tensors, config, device = layer.tensors, layer.config, options.device
    stacked = tensors["wq_b"]
    matrices = [load(stacked), load(tensors["weights_proj"]), load(tensors["wk"])]
    names = [stacked.label, tensors["weights_proj"].label, tensors["wk"].label]
    heads = list(matrices[0].unflatten(0, (config.heads, config.head_dim)).unbind(0))
    whole, weights, keys, *per_head = spectral_bounds(
        [*matrices, *heads], device=device, names=[*names, *(head.label for head in layer.heads)]
    )
    amplitude = Fraction(config.rotary.lipschitz)
    gain, bias = load_exact(tensors["k_norm"]), load_exact(tensors["k_norm_bias"])
    key = amplitude * (root_up(config.head_dim * largest(gain) ** 2) + norm_up(bias))
    norms = _Norms(key, amplitude * Fraction(whole.upper), Fraction(weights.upper))
    if "q_a_proj" in tensors:
        norms = _with_latent(norms, layer, device)
    found = _constants(config, norms, options.hidden_norm, options.latent_floor)
    rows = [PresetRow(found, whole, stacked.label, layer.layer)]
    for head, sigma in enumerate(per_head):
        upper = float_up(key * amplitude * Fraction(sigma.upper))
        what = "query latent c, |w_j| = 1"
        constant = Constant("latent", what, upper, "κ·σ(W_qb^j)", "|w_j| ≤ 1")
        rows.append(PresetRow((constant,), sigma, sigma.name, layer.layer, head))
    rows.append(_key_row(layer, norms, keys))
    return rows


def _with_latent(norms: _Norms, layer: IndexerLayer[DsaConfig], device: str) -> _Norms:
    place = layer.tensors["q_a_proj"]
    gain = load_exact(layer.tensors["q_a_norm"])
    projection = load(place)
    (plain,) = spectral_bounds([projection], device=device, names=[place.label])
    # With a bias the un-normalized scores are affine in x, and its term is left out here.
    homogeneous = "q_a_bias" not in layer.tensors
    return dataclasses.replace(
        norms,
        latent_gain=largest(gain),
        latent=Fraction(plain.upper),
        joint=_joint(norms, layer, projection, gain, device) if homogeneous else None,
    )


def _joint(
    norms: _Norms,
    layer: IndexerLayer[DsaConfig],
    projection: torch.Tensor,
    gain: torch.Tensor,
    device: str,
) -> Fraction:
    """``σ([√t·W_w; diag(g)·W_a/√t])²``, for t that makes both parts alike, or ``2·σ·σ``."""
    weights, place = layer.tensors["weights_proj"], layer.tensors["q_a_proj"]
    latent = projection.to(torch.float64)
    (alone,) = scaled_rows_bounds([latent], [gain], [place.label], device)
    separate = 2 * norms.head_weights * Fraction(alone.upper)
    if not separate:
        return separate
    first = math.sqrt(Fraction(alone.upper) / norms.head_weights)
    second = 1 / first
    rows = torch.cat([load(weights).to(torch.float64), latent])
    factors = torch.cat([gain.new_full((len(rows) - len(gain),), first), gain * second])
    label = f"{weights.label} and {place.label}"
    (both,) = scaled_rows_bounds([rows], [factors], [label], device)
    return min(separate, Fraction(both.upper) ** 2 / (Fraction(first) * Fraction(second)))


def _constants(
    config: DsaConfig, norms: _Norms, hidden_norm: float | None, latent_floor: float
) -> tuple[Constant, ...]:
    latent = float_up(norms.key * norms.stacked)
    constants = [
        Constant("query", "all heads' queries q", float_up(norms.key), "κ·‖w‖", "‖w‖ ≤ 1"),
        Constant("latent", "query latent c", latent, "κ·‖w‖·σ(W_qb)", "‖w‖ ≤ 1"),
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
            "κ·σ(W_w)/√(Hd)·σ(W_qb)·max|g|·√ℓ·(1 + R·σ(W_a)/√(r² + ℓε))",
            f"‖x‖ ≤ {decimal_down(hidden_norm, 6)}, ‖W_a·x‖ ≥ {decimal_up(latent_floor, 6)}",
        )
    )
    if norms.joint is not None:
        constants.append(
            Constant(
                "selection",
                "hidden state x, scores up to a common positive factor",
                float_up(norms.key * scale * norms.stacked * norms.joint * radius),
                "κ/√(Hd)·σ(W_qb)·σ([√t·W_w; diag(g)·W_a/√t])²·R",
                f"‖x‖ ≤ {decimal_down(hidden_norm, 6)}",
            )
        )
    return tuple(constants)


def _key_row(layer: IndexerLayer[DsaConfig], norms: _Norms, sigma: SpectralBound) -> PresetRow:
    config = layer.config
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
                "‖w‖·σ(W_qb)·√ℓ·max|g| · max|h|/√ε · σ(W_k)",
                "‖w‖ ≤ 1",
            )
        )
    return PresetRow(tuple(constants), sigma, sigma.name, layer.layer)
