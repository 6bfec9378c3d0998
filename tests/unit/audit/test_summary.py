from __future__ import annotations

import io
import json
from dataclasses import replace

import numpy as np
from rich.console import Console

from lipbridge.audit import StreamKey, TraceInfo, audit_trace, save_trace, summarize
from lipbridge.audit.page.data import page_data
from lipbridge.audit.page.render import summary_table
from lipbridge.audit.rows import Rows
from lipbridge.audit.summary import pulse_map
from lipbridge.jsonable import jsonable


def test_totals_are_those_of_the_rows(result):
    found, rows = summarize(result), result.rows
    linked = np.isfinite(rows["movement"])
    assert found.transitions == linked.sum()
    assert (found.trivial, found.certified) == (0, rows["locked"].sum())
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
    assert (found.never, found.share, found.changes) == (3, None, 0)
    assert (found.transitions, found.trivial, found.certified, found.uncertified) == (2, 2, 0, 0)
    assert set(found.pulses[0].fractions) == {0.0}


def test_one_step_has_no_transitions(tmp_path):
    import torch

    held = {"queries": torch.zeros(1, 1, 2), "scores": torch.randn(1, 1, 4)}
    save_trace(tmp_path / "t.npz", TraceInfo(top_k=2), {StreamKey(0, 0): held})
    found = summarize(audit_trace(tmp_path / "t.npz", lipschitz=1.0))
    assert (found.transitions, found.share, found.changes) == (0, None, 0)


def test_where_nothing_can_change_nothing_is_certified_of_it(tmp_path):
    """A cache that grows: as many blocks as are selected, then one more, that is far behind."""
    import torch

    scores = torch.full((9, 1, 3), -torch.inf)
    scores[:, :, 0] = 1.0
    scores[4:, :, 1] = 0.0
    queries = torch.zeros(9, 1, 2)
    queries[8] = 1.0
    key = StreamKey(0, 0)
    save_trace(tmp_path / "t.npz", TraceInfo(1), {key: {"queries": queries, "scores": scores}})
    result = audit_trace(tmp_path / "t.npz", lipschitz=1.0)
    found = summarize(result)
    assert (found.transitions, found.trivial, found.certified, found.uncertified) == (8, 4, 3, 1)
    assert (found.share, found.share_by_rule) == (0.75, {"uniform": 0.75})
    (stream,) = page_data(result, found)["streams"]
    assert (stream["transitions"], stream["trivial"], stream["certified"]) == (4, 4, 3)
    assert (sum(stream["bins"]["links"]), sum(stream["bins"]["loose"])) == (4, 1)
    console = Console(file=io.StringIO(), width=200)
    console.print(summary_table(found))
    text = console.file.getvalue()
    assert "75% (3 of 4 transitions at which the selection can change; at 4 more it cannot)" in text
    assert "3/4" in text


def test_the_steepest_score_is_below_its_constant_whatever_its_rounding(tmp_path):
    import torch

    random = torch.Generator().manual_seed(0)
    queries = torch.randn(1, 2, 16, generator=random) + 1e-4 * torch.randn(
        40, 2, 16, generator=random
    )
    keys = torch.randn(9, 16, generator=random)
    for dtype in (torch.float16, torch.bfloat16, torch.float32):
        held = {"queries": queries, "keys": keys, "scores": (queries @ keys.T).to(dtype)}
        save_trace(tmp_path / "t.safetensors", TraceInfo(2), {StreamKey(0, 0): held})
        found = summarize(audit_trace(tmp_path / "t.safetensors"))
        assert found.realized <= found.certified_constant


def test_changes_without_a_known_mass_are_not_counted_in(tmp_path):
    import torch

    random = torch.Generator().manual_seed(0)
    held = {
        "queries": torch.randn(9, 1, 4, generator=random),
        "keys": torch.randn(6, 4, generator=random),
    }
    both = {StreamKey(0, 0): {**held, "mass": torch.ones(9, 1, 6)}, StreamKey(1, 0): held}
    save_trace(tmp_path / "t.safetensors", TraceInfo(2), both)
    found = summarize(audit_trace(tmp_path / "t.safetensors"))
    assert found.changes == 2 * found.exchange.changes > 0
    console = Console(file=io.StringIO(), width=200)
    console.print(summary_table(found))
    assert f"({found.exchange.changes} are known)" in console.file.getvalue()
