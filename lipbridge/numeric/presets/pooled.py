r"""What presets that score a block by a summary of its keys have in common: constants, query, rows.

With a query projection ``q = W_q x`` (rotary changes nothing) each constant in q is multiplied by
σ(W_q); for scores ``⟨q, k_b⟩`` without rotary ``‖W_qᵀ k_b‖`` is exact.

Source: docs/theorems.md §§1 and 2.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, ClassVar

import torch

from lipbridge.errors import InputError, ShapeError
from lipbridge.language.checkpoint.files import Checkpoint
from lipbridge.numeric.presets.interval_vectors import IntervalVectors
from lipbridge.numeric.presets.preset import NamedTensors, Preset, PresetOptions
from lipbridge.numeric.presets.records import Constant, PresetReport, PresetRow
from lipbridge.numeric.records import SpectralBound
from lipbridge.numeric.rounding import float_up
from lipbridge.numeric.spectral.bounds import spectral_bound

# Beyond this many blocks, pairs are not listed.
MAX_PAIRED = 4096


class PooledPreset(Preset):
    """Scores of blocks of a context, the tensors named by the user.

    Attributes:
        roles: what tensors may be named; ``w…`` stands for linear layers w1, b1, w2, …
    """

    roles: ClassVar[tuple[str, ...]]

    def tensors(self, checkpoint: Checkpoint, options: PresetOptions) -> NamedTensors:
        """The named tensors, once the options are found to be the preset's."""
        self.check(options)
        return NamedTensors.read(self.name, checkpoint, options, self.roles)

    def block(self, options: PresetOptions) -> int:
        """Tokens a block.

        Raises:
            InputError: not given.
        """
        if options.block is None:
            raise InputError(f"preset {self.name} needs the tokens a block; give --block")
        return options.block

    def context(self, named: NamedTensors) -> tuple[torch.Tensor, torch.Tensor | None]:
        """Keys (T, d), and W_q (d, hidden) where it is named; in float64.

        Raises:
            ShapeError: they do not fit.
        """
        keys = named.matrix(named.name("keys", "the context's keys"))
        query = named.matrix(named.names["query"]) if "query" in named.names else None
        if query is not None and query.shape[0] != keys.shape[1]:
            raise ShapeError(f"query is {_text(query)} and keys are {_text(keys)}: W_q is d×hidden")
        return keys, query

    def report(
        self, named: NamedTensors, parameters: Mapping[str, Any], rows: list[PresetRow]
    ) -> PresetReport:
        """The report of these rows."""
        source = str(named.checkpoint.path)
        return PresetReport(self.name, source, dict(parameters), tuple(rows))


def fit(
    preset: str, layers: list[tuple[torch.Tensor, torch.Tensor | None]], keys: torch.Tensor
) -> None:
    """Refuse linear layers that do not follow each other, or do not end in keys.

    Raises:
        ShapeError: with the layer's number.
    """
    following = [*(weight.shape[1] for weight, _ in layers[1:]), keys.shape[1]]
    for number, ((weight, bias), width) in enumerate(zip(layers, following, strict=True), start=1):
        if weight.shape[0] != width or (bias is not None and bias.shape[0] != width):
            shift = "" if bias is None else f" with a bias of {bias.shape[0]} entries"
            raise ShapeError(
                f"preset {preset}: w{number} is {_text(weight)}{shift}, and what follows it takes "
                f"{width} entries"
            )


def linear_rows(
    keys: IntervalVectors, query: torch.Tensor | None, device: str | torch.device
) -> list[PresetRow]:
    """Rows of scores ``⟨q, k_b⟩``: ``‖k_b‖`` in q, and of two blocks ``‖k_b − k_b'‖``."""
    rows = query_rows((keys, "‖k_b‖"), ([keys], "max ‖k_b − k_b'‖"), query_bound(query, device))
    if query is not None:
        for b, norm in enumerate(keys.linear(query.T).norms_up()):
            what = "hidden state x, no rotary"
            merged = Constant("hidden-merged", what, norm, "‖W_qᵀ·k_b‖")
            rows[b] = dataclasses.replace(rows[b], constants=(*rows[b].constants, merged))
    return rows


def query_rows(
    reach: tuple[IntervalVectors, str],
    apart: tuple[list[IntervalVectors], str],
    sigma: SpectralBound | None,
) -> list[PresetRow]:
    """A row a block, and one for the largest difference of two; constants in q and in x.

    Args:
        reach: vectors whose norms are the blocks' constants in q; a formula of these.
        apart: vectors that :func:`farthest` takes for two blocks' constant; its formula.
        sigma: of the query projection, where there is one.
    """
    (lengths, formula), (extremes, difference) = reach, apart
    bounds = zip(lengths.norms_up(), lengths.norms_down(), strict=True)
    rows = [
        PresetRow(_in_query(("query", "hidden"), "", bound, formula, sigma), sigma, block=b)
        for b, bound in enumerate(bounds)
    ]
    if 2 <= len(rows) <= MAX_PAIRED:
        names, two = ("pair", "pair-hidden"), ", difference of two blocks"
        rows.append(PresetRow(_in_query(names, two, farthest(*extremes), difference, sigma), sigma))
    return rows


def _in_query(
    names: tuple[str, str],
    of: str,
    bound: tuple[float, float],
    formula: str,
    sigma: SpectralBound | None,
) -> tuple[Constant, ...]:
    """A constant in q, upper and lower, and with a query projection the one in x."""
    upper, lower = bound
    constants = (Constant(names[0], f"query q{of}", upper, formula, lower=lower),)
    if sigma is None:
        return constants
    product = float_up(Fraction(upper) * Fraction(sigma.upper))
    return (*constants, Constant(names[1], f"hidden state x{of}", product, f"{formula}·σ(W_q)"))


def farthest(*vectors: IntervalVectors) -> tuple[float, float]:
    """Upper and lower bound of the largest distance of two rows.

    Of several vectors a row, each coordinate's difference is the largest of theirs.
    """
    found: list[tuple[float, float]] = []
    for b in range(len(vectors[0].centre) - 1):
        gaps = [each.rows(b + 1).minus(each.rows(b, b + 1)) for each in vectors]
        centre = torch.stack([gap.centre.abs() for gap in gaps]).amax(0)
        worst = IntervalVectors(centre, torch.stack([gap.radius for gap in gaps]).amax(0))
        found.append((max(worst.norms_up()), max(worst.norms_down())))
    return max(upper for upper, _ in found), max(lower for _, lower in found)


def query_bound(query: torch.Tensor | None, device: str | torch.device) -> SpectralBound | None:
    """σ(W_q), or None without a query projection."""
    return None if query is None else spectral_bound(query, device=device, name="W_q")


def _text(matrix: torch.Tensor) -> str:
    return f"{matrix.shape[0]}×{matrix.shape[1]}"
