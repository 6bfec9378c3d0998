from __future__ import annotations

import json
from dataclasses import replace

import numpy as np

from lipbridge.audit import StreamKey, TraceInfo, audit_trace, save_trace, summarize
from lipbridge.audit.rows import Rows
from lipbridge.audit.summary import pulse_map
from lipbridge.jsonable import jsonable


def test_totals_are_those_of_the_rows(result):
    found, rows = summarize(result), result.rows
    linked = np.isfinite(rows["movement"])
    assert found.transitions == linked.sum()
    assert found.certified == rows["locked"].sum()
    assert found.share == found.certified / found.transitions
    assert found.changes == rows["changed"].sum()
    assert found.realized <= found.certified_constant
    assert set(found.share_by_rule) == {"uniform", "block", "pairwise"}
    assert max(found.share_by_rule.values()) <= found.share
    assert found.speculative is None
    assert sum(found.reasons.values()) == found.uncertified
    assert found.reasons["a movement beyond the radius"] == found.uncertified


def test_why_transitions_are_not_certified(result):
    columns = {name: column.copy() for name, column in result.rows.columns.items()}
    (place, *_) = np.flatnonzero(columns["locked"])
    columns["margin"][place], columns["radius"][place], columns["locked"][place] = 0, 0, False
    before, found = summarize(result), summarize(replace(result, rows=Rows(columns)))
    assert found.reasons["tied scores (margin 0)"] == 1
    columns["margin"][place] = 1e-9
    found = summarize(replace(result, rows=Rows(columns)))
    assert found.reasons["a margin within the scores' rounding"] == 1
    assert sum(found.reasons.values()) == before.uncertified + 1


def test_json_is_plain(result):
    data = json.loads(json.dumps(jsonable(summarize(result)), allow_nan=False))
    assert data["rows"] == len(result.rows)
    assert len(data["trajectories"]) == 4


def test_pulse_maps_never_fall_and_a_smaller_constant_is_never_worse(result):
    found = summarize(result)
    curves = {p.name: np.array(p.fractions) for p in found.pulses}
    for curve in curves.values():
        assert (np.diff(curve) >= 0).all()
        assert len(curve) == 64
    assert (curves["measured"] <= curves["certified"]).all()
    assert (curves["quarter"] <= curves["certified"]).all()
    assert found.pulses[-1].constant == found.certified_constant / 4
    for pulse in found.pulses:
        assert (np.diff(pulse.depths) >= 0).all()


def test_a_smaller_constant_only_stretches_the_axis(result):
    rows, epsilons = result.rows, np.geomspace(1e-3, 1, 9)
    depths = np.linspace(0, 1, len(rows))
    small = pulse_map(rows, "quarter", 0.25, epsilons, depths)
    whole = pulse_map(rows, "certified", 1.0, epsilons / 4, depths)
    assert (small.fractions, small.depths) == (whole.fractions, whole.depths)


def test_pulse_map_is_the_fraction_of_small_margins(result):
    rows = result.rows
    depths = np.arange(len(rows), dtype=np.float64)
    found = pulse_map(rows, "certified", 0.5, np.array([0.01, 0.1]), depths)
    room = np.maximum(rows["margin"] - 4 * rows["error"], 0)
    for epsilon, fraction, depth in zip(found.epsilons, found.fractions, found.depths, strict=True):
        loose = room <= 2 * 0.5 * rows["lipschitz"] * epsilon
        assert fraction == loose.mean()
        assert depth == depths[loose].sum()


def test_ties_are_not_certified_at_any_radius(tmp_path):
    import torch

    held = {"queries": torch.zeros(3, 1, 2), "scores": torch.ones(3, 1, 4)}
    save_trace(tmp_path / "t.npz", TraceInfo(top_k=2), {StreamKey(0, 0): held})
    found = summarize(audit_trace(tmp_path / "t.npz", lipschitz=1.0, error=0.0))
    assert (found.ties, found.certified, found.path_bound) == (3, 0, None)
    assert set(found.pulses[0].fractions) == {1.0}


def test_what_can_never_change_is_always_certified(tmp_path):
    import torch

    held = {"queries": torch.randn(3, 1, 2), "scores": torch.randn(3, 1, 2)}
    save_trace(tmp_path / "t.npz", TraceInfo(top_k=2), {StreamKey(0, 0): held})
    found = summarize(audit_trace(tmp_path / "t.npz", lipschitz=1e3))
    assert (found.never, found.share, found.changes) == (3, 1.0, 0)
    assert set(found.pulses[0].fractions) == {0.0}


def test_one_step_has_no_transitions(tmp_path):
    import torch

    held = {"queries": torch.zeros(1, 1, 2), "scores": torch.randn(1, 1, 4)}
    save_trace(tmp_path / "t.npz", TraceInfo(top_k=2), {StreamKey(0, 0): held})
    found = summarize(audit_trace(tmp_path / "t.npz", lipschitz=1.0))
    assert (found.transitions, found.share, found.changes) == (0, None, 0)
