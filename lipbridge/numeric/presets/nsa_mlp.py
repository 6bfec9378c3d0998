"""NSA's compression MLP: ``⟨q, K_b⟩``, ``K_b = W_2 ReLU(W_1 vec(block + P) + b_1) + b_2``.

In q ``‖K_b‖``, of two blocks ``‖K_b − K_b'‖``; in the block's keys, token-major,
``ρ σ(W_2) σ(W_1)`` for ``‖q‖ ≤ ρ``.

Source: arXiv 2502.11089.
"""

from __future__ import annotations

from fractions import Fraction

from lipbridge.decimals import decimal_down
from lipbridge.errors import InputError, ShapeError
from lipbridge.language.checkpoint.files import Checkpoint
from lipbridge.language.text import join, mlp, quoted
from lipbridge.numeric.presets.interval_vectors import IntervalVectors
from lipbridge.numeric.presets.pooled import PooledPreset, fit, linear_rows
from lipbridge.numeric.presets.preset import NamedTensors, PresetOptions, register
from lipbridge.numeric.presets.records import Constant, PresetReport, PresetRow
from lipbridge.numeric.rounding import float_up
from lipbridge.numeric.spectral.bounds import spectral_bounds


@register
class NsaMlp(PooledPreset):
    """A block's score is that of its compressed key; blocks may overlap."""

    name = "nsa-mlp"
    summary = "⟨q, W_2 ReLU(W_1 vec(block) + b_1) + b_2⟩"
    takes = frozenset({"tensors", "block", "stride", "query_norm"})
    roles = ("keys", "query", "queries", "position", "w1", "b1", "w2", "b2")

    def _layers(self, named: NamedTensors) -> list[tuple[str, str]]:
        w1, b1, w2, b2 = (
            named.name(role, f"{role} of the compression MLP") for role in ("w1", "b1", "w2", "b2")
        )
        return [(w1, b1), (w2, b2)]

    def specs(self, checkpoint: Checkpoint, options: PresetOptions) -> dict[str, str]:
        """The score of one block as a function of its keys, for the first query."""
        named = self.tensors(checkpoint, options)
        if options.query_norm is not None:
            raise InputError(
                "an export of nsa-mlp is about one query; `lipbridge bound` takes --query-norm"
            )
        what = "a matrix of queries, the first of which is scored with, for an export"
        queries = named.name("queries", what)
        dim, block = named.shape(queries)[1], self.block(options)
        if "position" in named.names:
            raise InputError(
                "an export of nsa-mlp has no position embedding: add W_1·vec(P) to the bias b1 "
                "instead"
            )
        layers = self._layers(named)
        widths = [named.shape(weight)[0] for weight, _ in layers]
        body = [*mlp(layers, widths), f"score: dot 1 keys={quoted(queries)}[0:1]"]
        comment = "NSA: compression MLP over a block's keys, scored against one query"
        return {"nsa": join("nsa", (comment,), [f"input {block * dim}"], body)}

    def bounds(self, checkpoint: Checkpoint, options: PresetOptions) -> PresetReport:
        named, block = self.tensors(checkpoint, options), self.block(options)
        rho = options.query_norm
        keys, query = self.context(named)
        layers = [(named.matrix(w), named.vector(b)) for w, b in self._layers(named)]
        fit(self.name, [*layers], keys)
        (w1, b1), (w2, b2) = layers
        size = block * keys.shape[1]
        if w1.shape[1] != size:
            raise ShapeError(
                f"w1 has {w1.shape[1]} columns; {block} keys of dimension {keys.shape[1]} have "
                f"{size} entries"
            )
        if keys.shape[0] < block:
            raise ShapeError(f"{keys.shape[0]} keys do not fill one block of {block} tokens")
        stride = options.stride or block
        windows = IntervalVectors.exact(keys.unfold(0, block, stride).transpose(1, 2).flatten(1))
        if "position" in named.names:
            shift = named.matrix(named.names["position"]).flatten()[None]
            windows = windows.minus(IntervalVectors.exact(-shift))
        block_keys = windows.linear(w1, b1).relu().linear(w2, b2)
        rows = linear_rows(block_keys, query, options.device)
        if rho is not None:
            names = ["W_1", "W_2"]
            first, second = spectral_bounds([w1, w2], device=options.device, names=names)
            product = Fraction(rho) * Fraction(first.upper) * Fraction(second.upper)
            constant = Constant(
                "context",
                "the block's keys, stacked; query fixed",
                float_up(product),
                "ρ·σ(W_2)·σ(W_1)",
                f"‖q‖ ≤ {decimal_down(rho, 6)}",
            )
            rows.append(PresetRow((constant,), tensor="compression MLP"))
        parameters = {"block": block, "stride": stride, "query_norm": rho}
        return self.report(named, parameters, rows)
