r"""Bounds of the indexers that score a block by a summary of its keys, for a given context.

- *moba*: ``⟨q, k̄_b⟩``: constant ``‖k̄_b‖`` in q, two blocks ``‖k̄_b − k̄_b'‖``; both exact.
- *quest*: ``Σ_i max(q_i M_i, q_i m_i)``: ``√Σ max(|M_i|, |m_i|)²``; two blocks
  ``√Σ max(|M_i − M'_i|, |m_i − m'_i|)²``; both are attained, on the orthant of the larger entries.
- *nsa-mlp*: ``⟨q, K_b⟩``: ``‖K_b‖``, two blocks ``‖K_b − K_b'‖``; in the block's keys
  ``ρ σ(W_2) σ(W_1)`` for ``‖q‖ ≤ ρ``.
- *mlp*: ``⟨f(x), k_b⟩``: ``‖k_b‖ Π σ_ℓ``, or the last layer merged with the key,
  ``‖W_Lᵀ k_b‖ Π_{ℓ<L} σ_ℓ``, which is never larger.

With a query projection ``q = W_q x`` (rotary changes nothing) each constant in q is multiplied by
σ(W_q); for linear scores without rotary ``‖W_qᵀ k_b‖`` is exact.

Source: theory, sections 1 and 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import torch

from lipbridge.errors import ShapeError
from lipbridge.numeric.indexers.pooled import NsaWeights, quest_bounds
from lipbridge.numeric.presets.enclosed import Enclosed
from lipbridge.numeric.presets.records import Constant, PresetReport, PresetRow
from lipbridge.numeric.records import SpectralBound
from lipbridge.numeric.rounding import float_up
from lipbridge.numeric.spectral import spectral_bound, spectral_bounds

__all__ = ["mlp_bounds", "moba_bounds", "nsa_bounds", "quest_preset_bounds"]

# Beyond this many blocks, pairs are not listed.
_MAX_PAIRED = 4096


def moba_bounds(
    keys: torch.Tensor,
    block: int,
    *,
    query: torch.Tensor | None = None,
    source: str = "",
    device: str | torch.device = "auto",
) -> PresetReport:
    """Bound MoBA's scores of every block.

    Args:
        keys: the context's keys (T, d), taken as exact.
        block: tokens a block.
        query: W_q (d, hidden), where bounds in the hidden state are wanted.
        source: where the keys come from.
        device: where norms are computed.
    """
    means = Enclosed.mean(list(torch.split(keys.to(torch.float64), block)))
    return _linear_report(
        "moba", means, {"block": block}, query=query, source=source, device=device
    )


def nsa_bounds(
    keys: torch.Tensor,
    weights: NsaWeights,
    *,
    length: int,
    stride: int | None = None,
    query_norm: float | None = None,
    query: torch.Tensor | None = None,
    source: str = "",
    device: str | torch.device = "auto",
) -> PresetReport:
    """Bound NSA's compressed-key scores of every block.

    Args:
        keys: the context's keys (T, d), taken as exact.
        weights: the compression MLP.
        length: tokens a block.
        stride: distance of two blocks' starts; None means ``length``.
        query_norm: ρ, for the constant in the block's keys; None leaves it out.
        query: W_q, as in :func:`moba_bounds`.
        source: where the keys come from.
        device: where norms are computed.

    Raises:
        ShapeError: fewer tokens than one block.
    """
    wide = keys.to(torch.float64)
    if wide.shape[0] < length:
        raise ShapeError(f"{wide.shape[0]} keys do not fill one block of {length} tokens")
    windows = Enclosed.exact(wide.unfold(0, length, stride or length).transpose(1, 2).flatten(1))
    if weights.position is not None:
        shift = weights.position.to(torch.float64).flatten()[None]
        windows = windows.minus(Enclosed.exact(-shift))
    w1, b1, w2, b2 = (
        tensor.to(torch.float64) for tensor in (weights.w1, weights.b1, weights.w2, weights.b2)
    )
    block_keys = windows.linear(w1, b1).relu().linear(w2, b2)
    parameters = {"block": length, "stride": stride or length, "query_norm": query_norm}
    report = _linear_report(
        "nsa-mlp", block_keys, parameters, query=query, source=source, device=device
    )
    if query_norm is None:
        return report
    first, second = spectral_bounds([w1, w2], device=device, names=["W_1", "W_2"])
    product = Fraction(query_norm) * Fraction(first.upper) * Fraction(second.upper)
    constant = Constant(
        "context",
        "the block's keys, stacked; query fixed",
        float_up(product),
        None,
        "ρ·σ(W_2)·σ(W_1)",
        f"‖q‖ ≤ {query_norm:g}",
    )
    row = PresetRow(None, None, None, None, "compression MLP", (constant,))
    return PresetReport(report.preset, source, parameters, (*report.rows, row))


def quest_preset_bounds(
    keys: torch.Tensor,
    block: int,
    *,
    query: torch.Tensor | None = None,
    source: str = "",
    device: str | torch.device = "auto",
) -> PresetReport:
    """Bound Quest's scores of every block; arguments as :func:`moba_bounds`."""
    highest, lowest = quest_bounds(keys.to(torch.float64), block)
    reach = Enclosed.exact(torch.maximum(highest.abs(), lowest.abs()))
    sigma = _query_bound(query, device)
    rows = [
        PresetRow(None, None, b, sigma, "", _constants(upper, lower, "√Σ max(|M|,|m|)²", sigma))
        for b, (upper, lower) in enumerate(zip(reach.norms_up(), reach.norms_down(), strict=True))
    ]
    if 2 <= len(rows) <= _MAX_PAIRED:
        top, bottom = Enclosed.exact(highest), Enclosed.exact(lowest)
        pairs: list[tuple[float, float]] = []
        for b in range(len(rows) - 1):
            here = [Enclosed.exact(v[b : b + 1]) for v in (highest, lowest)]
            rest = [Enclosed(v.centre[b + 1 :], v.radius[b + 1 :]) for v in (top, bottom)]
            above, below = (r.minus(h) for r, h in zip(rest, here, strict=True))
            centre = torch.maximum(above.centre.abs(), below.centre.abs())
            worst = Enclosed(centre, torch.maximum(above.radius, below.radius))
            pairs.append((max(worst.norms_up()), max(worst.norms_down())))
        rows.append(_pair_row(pairs, "√Σ max(|M−M'|,|m−m'|)²", sigma))
    return PresetReport("quest", source, {"block": block}, tuple(rows))


def mlp_bounds(
    layers: Sequence[tuple[torch.Tensor, torch.Tensor | None]],
    block_keys: torch.Tensor,
    *,
    source: str = "",
    device: str | torch.device = "auto",
) -> PresetReport:
    """Bound the scores of an MLP head for every block key.

    Args:
        layers: (W_ℓ, b_ℓ) of the linear layers, ReLU between them.
        block_keys: one key a block (blocks, n_L), taken as exact.
        source: where the tensors come from.
        device: where norms are computed.
    """
    sigmas = spectral_bounds([weight for weight, _ in layers], device=device)
    before = Fraction(1)
    for sigma in sigmas[:-1]:
        before *= Fraction(sigma.upper)
    last = layers[-1][0].to(torch.float64)
    keys = Enclosed.exact(block_keys.to(torch.float64))
    merged = keys.linear(last.T)
    rows: list[PresetRow] = []
    for b, (length, joint) in enumerate(zip(keys.norms_up(), merged.norms_up(), strict=True)):
        product = Fraction(length) * before * Fraction(sigmas[-1].upper)
        constants = (
            Constant("hidden-product", "input x", float_up(product), None, "‖k_b‖·Π σ_ℓ"),
            Constant(
                "hidden",
                "input x",
                float_up(Fraction(joint) * before),
                None,
                "‖W_Lᵀ·k_b‖·Π_{ℓ<L} σ_ℓ",
            ),
        )
        rows.append(PresetRow(None, None, b, sigmas[-1], "", constants))
    if 2 <= len(rows) <= _MAX_PAIRED:
        pair = max(_pairs(merged))[0]
        constant = Constant(
            "pair",
            "input x, difference of two blocks",
            float_up(Fraction(pair) * before),
            None,
            "max ‖W_Lᵀ·(k_b − k_b')‖·Π_{ℓ<L} σ_ℓ",
        )
        rows.append(PresetRow(None, None, None, None, "", (constant,)))
    return PresetReport("mlp", source, {"layers": len(layers)}, tuple(rows))


def _linear_report(
    preset: str,
    keys: Enclosed,
    parameters: dict[str, Any],
    *,
    query: torch.Tensor | None,
    source: str,
    device: str | torch.device,
) -> PresetReport:
    """Scores ``⟨q, k_b⟩``, linear in q."""
    sigma = _query_bound(query, device)
    hidden = None if query is None else keys.linear(query.to(torch.float64).T)
    exact = [None] * len(keys.centre) if hidden is None else hidden.norms_up()
    rows: list[PresetRow] = []
    for b, (upper, lower, joint) in enumerate(
        zip(keys.norms_up(), keys.norms_down(), exact, strict=True)
    ):
        constants = _constants(upper, lower, "‖k_b‖", sigma)
        if joint is not None:
            merged = Constant(
                "hidden-merged", "hidden state x, no rotary", joint, None, "‖W_qᵀ·k_b‖"
            )
            constants = (*constants, merged)
        rows.append(PresetRow(None, None, b, sigma, "", constants))
    if 2 <= len(rows) <= _MAX_PAIRED:
        rows.append(_pair_row(_pairs(keys), "max ‖k_b − k_b'‖", sigma))
    return PresetReport(preset, source, parameters, tuple(rows))


def _pairs(vectors: Enclosed) -> list[tuple[float, float]]:
    """For every row but the last: bounds of its largest distance to a later row."""
    pairs: list[tuple[float, float]] = []
    for b in range(len(vectors.centre) - 1):
        here = Enclosed(vectors.centre[b : b + 1], vectors.radius[b : b + 1])
        rest = Enclosed(vectors.centre[b + 1 :], vectors.radius[b + 1 :])
        gaps = rest.minus(here)
        pairs.append((max(gaps.norms_up()), max(gaps.norms_down())))
    return pairs


def _query_bound(query: torch.Tensor | None, device: str | torch.device) -> SpectralBound | None:
    return None if query is None else spectral_bound(query, device=device, name="W_q")


def _constants(
    upper: float, lower: float, formula: str, sigma: SpectralBound | None
) -> tuple[Constant, ...]:
    constants = (Constant("query", "query q", upper, lower, formula),)
    if sigma is None:
        return constants
    product = float_up(Fraction(upper) * Fraction(sigma.upper))
    return (*constants, Constant("hidden", "hidden state x", product, None, f"{formula}·σ(W_q)"))


def _pair_row(
    pairs: list[tuple[float, float]], formula: str, sigma: SpectralBound | None
) -> PresetRow:
    upper, lower = (max(values) for values in zip(*pairs, strict=True))
    constants = [Constant("pair", "query q, difference of two blocks", upper, lower, formula)]
    if sigma is not None:
        product = float_up(Fraction(upper) * Fraction(sigma.upper))
        constants.append(
            Constant(
                "pair-hidden",
                "hidden state x, difference of two blocks",
                product,
                None,
                f"{formula}·σ(W_q)",
            )
        )
    return PresetRow(None, None, None, sigma, "", tuple(constants))
