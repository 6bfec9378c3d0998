from __future__ import annotations

import torch

from lipbridge.audit import StreamKey, TraceReader
from tests.reference.synthetic_trace import locking_queries, synthetic_trace


def test_movements_stay_under_their_envelope():
    generator = torch.Generator().manual_seed(5)
    queries = locking_queries(generator, 40, 2, 6, 0.9, 0.5)
    moved = torch.linalg.vector_norm(queries[1:] - queries[:-1], dim=-1)
    envelope = 0.5 * 0.9 ** torch.arange(39, dtype=torch.float64)
    assert bool((moved <= envelope[:, None]).all())


def test_a_seed_fixes_the_trace(tmp_path):
    paths = [tmp_path / f"{i}.safetensors" for i in range(3)]
    for path, seed in zip(paths, (1, 1, 2), strict=True):
        synthetic_trace(path, seed=seed, steps=5, blocks=8)
    first, same, other = (p.read_bytes() for p in paths)
    assert first == same != other


def test_npz_without_scores(tmp_path):
    synthetic_trace(tmp_path / "t.npz", steps=5, blocks=8, with_scores=False, dtype=torch.float64)
    reader = TraceReader(tmp_path / "t.npz")
    chunk = reader.read(reader.plan(StreamKey(0, 0), 1 << 30)[0])
    assert chunk.scores is None
    assert chunk.keys.dtype == torch.float64
