from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, strategies as st

from lipbridge.audit import TraceInfo, audit_trace, summarize
from lipbridge.audit.certify.movement import exchanged
from lipbridge.audit.rates import (
    effective_rate,
    excess_rates,
    expected_tokens,
    exploration,
    speculative,
)
from lipbridge.audit.trace.records import StreamKey
from lipbridge.audit.trace.writing import save_trace
from lipbridge.audit.trajectory import contraction
from lipbridge.data import library_files
from lipbridge.errors import TraceError


@pytest.mark.parametrize(("alpha", "draft"), [(0.8, 4), (0.0, 3), (0.5, 0), (0.99, 7)])
def test_expected_tokens_is_the_geometric_sum(alpha, draft):
    assert expected_tokens(alpha, draft) == pytest.approx((1 - alpha ** (draft + 1)) / (1 - alpha))


def test_all_drafts_accepted():
    assert expected_tokens(1.0, 5) == 6


def test_speculative_decoding_is_read_from_the_trace():
    found = speculative(TraceInfo(top_k=1, acceptance=0.8, draft=4), 100)
    assert found is not None
    assert found.tokens_per_step == pytest.approx(3.3616)
    assert found.transient_steps == pytest.approx(100 / 3.3616)
    assert speculative(TraceInfo(top_k=1), 100) is None


def test_contraction_takes_locked_and_changing_steps_apart():
    found = contraction(np.array([8.0, 4.0, 1.0, 2.0, np.nan]), np.array([0, 0, 1, 0, 0]))
    assert found is not None
    assert (found.steps, found.changes) == (3, 1)
    assert found.locked_log == pytest.approx(math.log(0.5 * 0.25))
    assert found.changed_log == pytest.approx(math.log(2))
    assert (found.locked_worst, found.changed_worst) == (0.5, 2.0)
    assert contraction(np.array([1.0, np.nan]), np.array([0, 0])) is None


@given(
    st.lists(st.tuples(st.floats(0.1, 2.0), st.booleans()), min_size=1, max_size=12),
    st.integers(0, 12),
)
def test_no_path_contracts_less_than_its_bound(result, steps, more):
    """Brute force: e_T = Π ratios ≤ κⁿρ^{T−n}, for every n not below the changes."""
    ratios = [ratio for ratio, _ in steps]
    moved = np.append(np.cumprod([1.0, *ratios]), np.nan)
    changed = np.array([flag for _, flag in steps] + [False, False])
    summary = summarize(result).trajectories[0]
    found = contraction(moved, changed)
    assert found is not None
    path = replace(
        summary,
        contraction=found,
        changes=found.changes,
        displaced=found.changes,
        uncertified=found.changes + more,
    )
    rate = effective_rate([path])
    assert rate is not None
    if rate.bound is not None:
        assert math.prod(ratios) <= rate.bound ** len(ratios) * (1 + 1e-9)
        assert rate.measured <= rate.bound * (1 + 1e-9)


def test_nothing_is_said_of_no_trajectory():
    assert exploration([]) is None and effective_rate([]) is None


def test_expected_changes_lie_in_their_interval_and_below_the_mean_bound(result):
    found = exploration(summarize(result).trajectories)
    assert found is not None
    assert found.interval[0] <= found.changes <= found.interval[1]
    assert found.changes <= found.bound
    assert found == exploration(summarize(result).trajectories)


def test_each_number_names_a_theorem_of_the_library(result):
    paths = summarize(result).trajectories
    found = speculative(TraceInfo(top_k=1, acceptance=0.5, draft=1), 3)
    sources = "".join(library_files().values())
    for part in (effective_rate(paths), exploration(paths), found):
        assert part is not None
        assert f"theorem {part.theorem.removeprefix('LipBridge.')} " in sources


@given(st.integers(0, 1 << 16))
def test_exchanged_mass_bounds_the_output(seed):
    """Brute force: renormalized attention on the blocks before and after, random values."""
    generator = torch.Generator().manual_seed(seed)
    mass = torch.rand(2, 1, 6, generator=generator, dtype=torch.float64)
    values = torch.randn(6, 3, generator=generator, dtype=torch.float64)
    blocks = torch.stack([torch.randperm(6, generator=generator)[:3] for _ in range(2)])[:, None]
    share = float(exchanged(mass, blocks)[0, 0])
    outputs = []
    for chosen in blocks[:, 0]:
        weights = mass[1, 0, chosen]
        outputs.append((weights / weights.sum()) @ values[chosen])
    diameter = float(torch.cdist(values, values).max())
    assert float((outputs[1] - outputs[0]).norm()) <= share * diameter + 1e-12
    assert 0 <= share <= 1
    assert (share == 0) == (set(blocks[0, 0].tolist()) == set(blocks[1, 0].tolist()))


def test_exchanged_mass_is_read_from_the_trace(tmp_path):
    """Two keys, one slot: at the change all of the mass is exchanged."""
    queries = torch.tensor([1.0, 0.5, -1.0, -2.0])[:, None, None]
    fields = {"queries": queries, "keys": torch.tensor([[1.0], [-1.0]])}
    fields["mass"] = torch.tensor([[3.0, 1.0]] * 4)
    path = tmp_path / "mass.safetensors"
    save_trace(path, TraceInfo(top_k=1, diameter=2.5), {StreamKey(0, 0): fields})
    summary = summarize(audit_trace(path))
    assert summary.exchange is not None
    assert (summary.exchange.changes, summary.exchange.largest) == (1, 1.0)
    assert summary.exchange.jump == pytest.approx(2.5)
    save_trace(path, TraceInfo(top_k=1), {StreamKey(0, 0): fields | {"mass": -fields["mass"]}})
    with pytest.raises(TraceError, match="mass must be finite and ≥ 0"):
        audit_trace(path)
    del fields["mass"]
    save_trace(path, TraceInfo(top_k=1), {StreamKey(0, 0): fields})
    assert summarize(audit_trace(path)).exchange is None
    with pytest.raises(TraceError, match="diameter"):
        TraceInfo(top_k=1, diameter=-1.0)


def test_excess_rates_are_zero_where_nothing_follows(result):
    seen = False
    for rows in (path.rows for path in result.rows.trajectories()):
        excess = excess_rates(rows)
        assert (excess >= 0).all()
        assert (excess[~np.isfinite(rows["movement"])] == 0).all()
        seen = seen or excess.any()
    assert seen
