"""MoBA: ``⟨q, mean of a block's keys⟩``.

The constant ``‖k̄_b‖`` in q, and ``‖k̄_b − k̄_b'‖`` of two blocks, are exact.

Source: arXiv 2502.13189.
"""

from __future__ import annotations

import torch

from lipbridge.language.checkpoint.files import Checkpoint
from lipbridge.language.text import join, quoted
from lipbridge.numeric.presets.interval_vectors import IntervalVectors
from lipbridge.numeric.presets.pooled import PooledPreset, linear_rows
from lipbridge.numeric.presets.preset import PresetOptions, register
from lipbridge.numeric.presets.records import PresetReport, PresetRow


@register
class Moba(PooledPreset):
    """A block's score is that of its mean key."""

    name = "moba"
    summary = "⟨q, mean of a block's keys⟩"
    takes = frozenset({"tensors", "block"})
    roles = ("keys", "query", "queries")

    def specs(self, checkpoint: Checkpoint, options: PresetOptions) -> dict[str, str]:
        """The score of one block as a function of its keys, for the first query."""
        named = self.tensors(checkpoint, options)
        what = "a matrix of queries, the first of which is scored with, for an export"
        queries = named.name("queries", what)
        body = ["mean_pool", f"score: dot 1 keys={quoted(queries)}[0:1]"]
        comment = "MoBA: mean of the block's keys, scored against one query"
        shape = f"input {self.block(options)} x {named.shape(queries)[1]}"
        return {"moba": join("moba", (comment,), [shape], body)}

    def bounds(self, checkpoint: Checkpoint, options: PresetOptions) -> PresetReport:
        named, block = self.tensors(checkpoint, options), self.block(options)
        keys, query = self.context(named)
        rows = mean_key_rows(keys, block, query, options.device)
        return self.report(named, {"block": block}, rows)


def mean_key_rows(
    keys: torch.Tensor,
    block: int,
    query: torch.Tensor | None = None,
    device: str | torch.device = "auto",
) -> list[PresetRow]:
    """Rows of the scores of every block of keys (T, d), taken as exact; W_q (d, hidden) or None."""
    return linear_rows(IntervalVectors.mean(list(torch.split(keys, block))), query, device)
