"""Quest: ``Σ_i max(q_i M_i, q_i m_i)``, M and m the coordinatewise extremes of a block's keys.

In q ``√Σ max(|M_i|, |m_i|)²``, and of two blocks ``√Σ max(|M_i − M'_i|, |m_i − m'_i|)²``; both are
attained, on the orthant of the larger entries. As layers ``⟨(q⁺, q⁻), (M, −m)⟩``, with
``q⁺ = max(q, 0)``, ``q⁻ = max(−q, 0)``.

Source: arXiv 2406.10774.
"""

from __future__ import annotations

import torch

from lipbridge.language.checkpoint.files import Checkpoint
from lipbridge.language.text import join, nested, quoted
from lipbridge.numeric.presets.interval_vectors import IntervalVectors
from lipbridge.numeric.presets.pooled import PooledPreset, query_bound, query_rows
from lipbridge.numeric.presets.preset import PresetOptions, register
from lipbridge.numeric.presets.records import PresetReport


@register
class Quest(PooledPreset):
    """A block's score is an upper bound of the scores of its keys."""

    name = "quest"
    summary = "Σ_i max(q_i M_i, q_i m_i)"
    takes = frozenset({"tensors", "block"})
    roles = ("keys", "query", "reach")

    def specs(self, checkpoint: Checkpoint, options: PresetOptions) -> dict[str, str]:
        """The scores of all blocks as a function of the query."""
        named = self.tensors(checkpoint, options)
        what = "a matrix with the rows (M_b, −m_b), a block each, for an export"
        reach = named.name("reach", what)
        blocks, width = named.shape(reach)
        split = nested("concat", ["relu"], ["scale -1", "relu"])
        body = [*split, f"scores: dot {blocks} keys={quoted(reach)}"]
        comment = "Quest: coordinatewise extremes of every block's keys, scored against the query"
        return {"quest": join("quest", (comment,), [f"input {width // 2}"], body)}

    def bounds(self, checkpoint: Checkpoint, options: PresetOptions) -> PresetReport:
        named, block = self.tensors(checkpoint, options), self.block(options)
        keys, query = self.context(named)
        blocks = torch.split(keys, block)
        highest = torch.stack([part.amax(0) for part in blocks])
        lowest = torch.stack([part.amin(0) for part in blocks])
        reach = IntervalVectors.exact(torch.maximum(highest.abs(), lowest.abs()))
        extremes = [IntervalVectors.exact(highest), IntervalVectors.exact(lowest)]
        rows = query_rows(
            (reach, "√Σ max(|M|,|m|)²"),
            (extremes, "√Σ max(|M−M'|,|m−m'|)²"),
            query_bound(query, options.device),
        )
        return self.report(named, {"block": block}, rows)
