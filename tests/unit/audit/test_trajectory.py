from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from lipbridge.audit.rows import Rows, Trajectory
from lipbridge.audit.trajectory import (
    broken_lock,
    lock_in,
    summarize_trajectory,
    transition_bounds,
)


def test_path_bound_is_the_formula():
    room, moved = np.array([0.5, 1.0, 2.0]), np.array([0.1, 0.2, 0.3])
    path, best = transition_bounds(room, np.full(3, 2.0), moved)
    assert path == pytest.approx(2 * 2.0 / 0.5 * 0.6)
    assert best <= path


def test_a_tie_leaves_the_threshold_bound():
    room, moved = np.array([0.0, 1.0, 1.0]), np.array([0.1, 0.1, 0.1])
    path, best = transition_bounds(room, np.ones(3), moved)
    assert path is None
    # One step counted in full, the others by their path: 1 + 2·0.2/1.
    assert best == pytest.approx(1.4)


def test_a_tie_may_change_without_a_movement():
    path, best = transition_bounds(np.zeros(3), np.ones(3), np.zeros(3))
    assert path is None
    assert best >= 3


def test_a_long_path_does_not_hide_the_short_one_after_it():
    room, moved = np.array([0.5, 1.0, 2.0]), np.array([1e20, 0.5, 0.0])
    assert transition_bounds(room, np.ones(3), moved)[1] >= 2


def test_movements_beyond_float64_leave_the_count():
    room, moved = np.array([0.5, 1.0]), np.array([np.inf, 0.1])
    path, best = transition_bounds(room, np.ones(2), moved)
    assert path is None
    assert best == pytest.approx(1.2)
    assert lock_in(room, np.ones(2), moved).step is None


def test_what_cannot_change_is_bounded_by_nothing():
    assert transition_bounds(np.array([np.inf]), np.ones(1), np.ones(1)) == (0.0, 0.0)


@pytest.mark.parametrize("seed", range(5))
def test_bounds_hold_for_every_threshold(seed):
    random = np.random.default_rng(seed)
    room, moved = random.exponential(size=30), random.exponential(size=30) * 0.1
    _, best = transition_bounds(room, np.ones(30), moved)
    # Brute force: just below each room as threshold, all steps above it paid by their path.
    options = [
        (room <= r).sum() + (2 * moved[room > r]).sum() / room[room > r].min(initial=np.inf)
        for r in room
    ]
    assert best <= min(options) * (1 + 1e-9)
    possible = (room <= 2 * moved).sum()
    assert possible <= best


def test_lock_in_of_a_geometric_trajectory():
    steps = np.arange(60)
    moved = np.append(0.5 * 0.9 ** steps[:-1], np.nan)
    found = lock_in(np.full(60, 0.2), np.ones(60), moved)
    assert found.rho == pytest.approx(0.9)
    assert found.scale == pytest.approx(0.5)
    # γ > 2L·C·ρ^N/(1 − ρ): 0.2 > 10·0.9^N.
    assert found.step == math.floor(math.log(0.02) / math.log(0.9)) + 1


def test_the_envelope_covers_every_movement():
    random = np.random.default_rng(0)
    steps = np.arange(80)
    moved = np.append(0.95 ** steps[:-1] * random.uniform(0.2, 1, 79), np.nan)
    found = lock_in(np.ones(80), np.ones(80), moved)
    assert (moved[:-1] <= found.scale * found.rho ** steps[:-1]).all()


def test_no_lock_in_without_shrinking():
    assert lock_in(np.ones(9), np.ones(9), np.ones(9)).step is None
    assert lock_in(np.ones(2), np.ones(2), np.array([1.0, np.nan])).step is None


def test_a_query_at_rest_locks_at_once():
    assert lock_in(np.array([0.0, 1.0]), np.ones(2), np.array([0.0, np.nan])).step == 1


def test_summary_of_the_synthetic_trace(result):
    for path in result.rows.trajectories():
        found = summarize_trajectory(path)
        rows = path.rows
        assert found.transitions == 119
        assert found.certified + found.uncertified == found.transitions
        assert found.displaced <= found.changes <= found.uncertified
        assert found.displaced <= found.best_bound
        assert not rows["changed"][found.transient :].any()
        assert found.transient == 0 or rows["changed"][found.transient - 1]
        assert found.realized <= found.certified_constant
        assert found.same_blocks
        if path.head == 0:
            assert found.lock.rho == pytest.approx(0.97, abs=1e-3)
            assert found.lock.step is None or found.lock.step >= found.transient
            assert found.lock_holds is not False


def test_a_table_without_rows_has_no_trajectories():
    assert not list(Rows({}).trajectories())


def test_a_displacement_after_the_lock_in_bound_is_evidence(result):
    (path, *_) = [t for t in result.rows.trajectories() if t.head == 0]
    assert broken_lock(summarize_trajectory(path)) is None
    columns = {name: column.copy() for name, column in path.rows.columns.items()}
    columns["margin"] += 100.0  # certified from the first step on
    columns["displaced"][-2] = columns["changed"][-2] = True
    broken = summarize_trajectory(Trajectory(0, 0, 0, 0, Rows(columns), path.places))
    assert broken.lock.step == 0
    assert broken.lock_holds is False
    assert "certified from step 0 of its segment" in (broken_lock(broken) or "")
    lock = replace(broken.lock, rho=0.5000000001, scale=2.0000000001)
    assert "(ρ ≤ 0.500000001, C ≤ 2.00000001)" in (broken_lock(replace(broken, lock=lock)) or "")


def test_no_lock_in_where_blocks_join(result):
    (path, *_) = [t for t in result.rows.trajectories() if t.head == 0]
    columns = {name: column.copy() for name, column in path.rows.columns.items()}
    columns["margin"] += 100.0
    assert summarize_trajectory(Trajectory(0, 0, 0, 0, Rows(columns), path.places)).lock.step == 0
    columns["same"][-2] = False
    joined = summarize_trajectory(Trajectory(0, 0, 0, 0, Rows(columns), path.places))
    assert (joined.lock.step, joined.lock_holds, joined.same_blocks) == (None, None, False)
    assert joined.lock.rho is not None
