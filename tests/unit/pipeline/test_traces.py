"""Constants of an audit: those of the best method, and none below a slope."""

from __future__ import annotations

from pathlib import Path

import torch

from lipbridge.audit import Constants, StreamKey, TraceInfo, save_trace
from lipbridge.audit.certify.network import network_scores
from lipbridge.language import parse
from lipbridge.numeric.records import Assurance
from lipbridge.numeric.tensors import network_tensors
from lipbridge.pipeline.jobs import load
from lipbridge.pipeline.norms import matrix_bounds
from lipbridge.pipeline.traces import _trace_scores  # pyright: ignore[reportPrivateUsage]

SPEC = """network n
input 3
linear 4 weight=[[1, -2, 0], [2, 1, 1], [-1, 3, 2], [0, 1, -2]]
relu
dot 3 keys=[[3, 4, -1, 1], [0, 1, 2, -3], [-1, 1, 1, 2]]
"""


def test_an_audit_takes_the_best_constants(tmp_path: Path) -> None:
    torch.manual_seed(0)
    queries = torch.randn(6, 1, 3, dtype=torch.float64)
    path = tmp_path / "t.safetensors"
    save_trace(path, TraceInfo(top_k=1), {StreamKey(0, 0): {"queries": queries}})
    best = _trace_scores(path, SPEC, None, Constants(), None, None, None, "cpu")
    job = load(SPEC, None)
    norms = matrix_bounds(job, Assurance.RIGOROUS, {}, "cpu")
    tensors = network_tensors(parse(SPEC), None)
    plain = network_scores(path, parse(SPEC), tensors, lambda slot: norms[slot.key].upper_square)
    block, pairs = best.constants.per_block, best.constants.pairwise
    assert block is not None and pairs is not None
    assert plain.constants.per_block is not None and plain.constants.pairwise is not None
    assert bool((block < 0.99 * plain.constants.per_block).all())
    assert bool((pairs <= plain.constants.pairwise).all())
    assert best.score is not None
    points = torch.randn(4000, 1, 3, dtype=torch.float64)
    nudged = points + 1e-4 * torch.randn(4000, 1, 3, dtype=torch.float64)
    rise = (best.score(nudged) - best.score(points))[:, 0]
    slope = rise / (nudged - points).norm(dim=-1)
    assert bool((slope.abs().amax(0) <= block * (1 + 1e-9)).all())
    steepest = (slope[:, :, None] - slope[:, None]).abs().amax(0)
    assert bool((steepest <= pairs * (1 + 1e-9)).all())
