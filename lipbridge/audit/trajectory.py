"""What theory says about one trajectory: transition counts, lock-in, speculative decoding.

Source: docs/theorems.md §4.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lipbridge.audit.rows import Array, Trajectory
from lipbridge.decimals import decimal_up


@dataclass(frozen=True)
class LockIn:
    """A geometric envelope of the movements, and the step from which it certifies the selection.

    ‖q_{t+1} − q_t‖ ≤ C·ρ^t holds at every recorded step (ρ is fitted, C then raised until it
    does); that it goes on to hold after the recording ends is an estimate.

    Args:
        rho: ρ in (0, 1), or None where the movements do not shrink.
        scale: C.
        step: first N with γ_N − 4e > 2L·Cρ^N/(1−ρ), or None where no recorded step has it, or the
            same blocks were not seen to compete for as many slots at every step, which it
            presupposes.
    """

    rho: float | None
    scale: float | None
    step: int | None


@dataclass(frozen=True)
class Contraction:
    """Ratios ‖Δq_{t+1}‖/‖Δq_t‖ of movements that follow each other, over T of them.

    Args:
        steps: T, the ratios observed.
        changes: n, those at which the selected set changed.
        locked_log, changed_log: sums of their logarithms at the T − n locked and the n other steps.
        locked_worst: ρ, the largest ratio at a locked step; 0 without one.
        changed_worst: κ, the largest of all ratios.
    """

    steps: int
    changes: int
    locked_log: float
    changed_log: float
    locked_worst: float
    changed_worst: float


@dataclass(frozen=True)
class TrajectorySummary:
    """One head along one segment.

    Args:
        steps: recorded steps.
        transitions: steps to the next that were observed; those that are trivial, certified and
            uncertified.
        trivial: those at which every block that competes is selected anyway.
        certified: the others with a certified lock.
        changes: those where the selected set changed.
        displaced: those where the query's movement was the cause.
        uncertified: those without one; an upper bound on ``displaced``.
        path_bound: (2L/γ)Σ‖Δq‖ with γ the smallest margin (less 4e); None where that is 0.
        best_bound: least, over thresholds γ, of #(margins ≤ γ) + (2L/γ)Σ‖Δq‖; never above
            ``path_bound``.
        contraction: how the movements shrink; None where no two of them follow each other.
        transient: first step, counted from the segment's start, from which nothing changes.
        lock: the lock-in bound.
        lock_holds: no displacement at or after it; None where there is no bound.
        same_blocks: the same blocks compete for as many slots at every step; None where that was
            not looked at.
        realized: largest observed |Δs|/‖Δq‖, less what evaluation errors may add; None where it
            was not looked at.
        certified_constant: largest L used.
        ties: steps with margin 0.
        never: steps that can never change.
    """

    layer: int
    sequence: int
    segment: int
    head: int
    steps: int
    transitions: int
    trivial: int
    certified: int
    changes: int
    displaced: int
    uncertified: int
    path_bound: float | None
    best_bound: float
    contraction: Contraction | None
    transient: int
    lock: LockIn
    lock_holds: bool | None
    same_blocks: bool | None
    realized: float | None
    certified_constant: float
    ties: int
    never: int

    @property
    def contested(self) -> int:
        """Transitions that are not trivial."""
        return self.transitions - self.trivial


def transition_bounds(room: Array, constant: Array, moved: Array) -> tuple[float | None, float]:
    """Return (path bound, best bound) on the number of changes; the first may be unbounded, None.

    A change at a step with room > γ takes a movement above γ/(2L), so for every γ > 0 the changes
    are at most #(room ≤ γ) + (1/γ)·Σ 2L‖Δq‖, the sum over the steps with room > γ. Rounded up.

    Args:
        room: margin − 4e, +inf where nothing can change.
        constant: L.
        moved: ‖Δq‖.

    Shape:
        all [T].
    """
    order = np.argsort(room)[: np.isfinite(room).sum()]
    if not len(order):
        return 0.0, 0.0
    # With i steps counted in full the others have rooms of sizes[i] or more, and their path sums
    # up to lengths[i]; sums of numbers ≥ 0, so that each is off by a part in 2⁵³ a step at most.
    up = 1 + (len(order) + 4096) * 2.0**-52
    with np.errstate(all="ignore"):
        reach = (2 * constant * moved)[order]
        lengths = np.append(np.cumsum(reach[::-1])[::-1], 0.0)
        # A room of 0 says nothing of its step, however little it moves.
        sizes = np.append(room[order], np.inf)
        by_path = np.where(sizes > 0, lengths / sizes, np.inf)
        options = (np.arange(len(sizes)) + by_path) * up
    path, best = float(options[0]), float(np.fmin.reduce(options))
    return path if math.isfinite(path) else None, best


def lock_in(room: Array, constant: Array, moved: Array) -> LockIn:
    """Fit ρ to the movements, raise C until Cρ^t covers them all, and find the step it certifies.

    Args:
        room: margin − 4e.
        constant: L.
        moved: ‖Δq‖ from each step to the next; NaN at the last.

    Shape:
        all [T].
    """
    steps = np.arange(len(moved), dtype=np.float64)
    if np.isinf(moved).any():
        return LockIn(None, None, None)
    seen = moved > 0
    if not seen.any():
        certain = np.flatnonzero(room > 0)
        return LockIn(0.0, 0.0, int(certain[0]) if len(certain) else None)
    if seen.sum() < 3:
        return LockIn(None, None, None)
    logs = np.log(moved[seen])
    slope = float(np.polyfit(steps[seen], logs, 1)[0])
    if slope >= -1e-9:
        return LockIn(None, None, None)
    rho = math.exp(slope)
    log_scale = float((logs - steps[seen] * slope).max()) + 1e-9
    with np.errstate(over="ignore", under="ignore"):
        tail = 2 * constant * np.exp(log_scale + steps * slope) / (1 - rho) * (1 + 1e-9)
    certain = np.flatnonzero(room > tail)
    return LockIn(rho, math.exp(min(log_scale, 700.0)), int(certain[0]) if len(certain) else None)


def contraction(moved: Array, changed: Array) -> Contraction | None:
    """Measure how movements shrink from one step to the next, at locked and at changing steps.

    Args:
        moved: ‖Δq‖ from each step to the next; NaN at the last.
        changed: whether the selection changed from a step to the next.

    Shape:
        both [T].
    """
    before, after = moved[:-1], moved[1:]
    seen = np.isfinite(before) & np.isfinite(after) & (before > 0) & (after > 0)
    if not seen.any():
        return None
    ratios, jumps = after[seen] / before[seen], changed[:-1][seen].astype(bool)
    logs = np.log(ratios)
    return Contraction(
        steps=len(ratios),
        changes=int(jumps.sum()),
        locked_log=float(logs[~jumps].sum()),
        changed_log=float(logs[jumps].sum()),
        locked_worst=float(ratios[~jumps].max(initial=0.0)),
        changed_worst=float(ratios.max()),
    )


def summarize_trajectory(path: Trajectory) -> TrajectorySummary:
    """Summarize one trajectory."""
    rows = path.rows
    moved = rows["movement"]
    linked, contested = rows.linked, rows.contested
    # Where nothing can change no error does.
    error = np.where(np.isinf(rows["margin"]), 0.0, rows["error"])
    room = np.maximum(rows["margin"] - 4 * error, 0)
    constant = rows["lipschitz"]
    changed = np.flatnonzero(rows["changed"])
    displaced = np.flatnonzero(rows["displaced"])
    bounds = transition_bounds(room[linked], constant[linked], moved[linked])
    lock = lock_in(room, constant, moved)
    same = bool(rows["same"][linked].all()) if "same" in rows else None
    if not same:
        lock = replace(lock, step=None)
    realized: float | None = None
    if "rise" in rows:
        with np.errstate(divide="ignore", invalid="ignore"):
            slopes = np.where(moved[linked] > 0, rows["rise"][linked] / moved[linked], 0.0)
        realized = math.nextafter(float(slopes.max(initial=0.0)), 0.0)
    later: Any = None if lock.step is None else not bool((displaced >= lock.step).any())
    return TrajectorySummary(
        layer=path.layer,
        sequence=path.sequence,
        segment=path.segment,
        head=path.head,
        steps=len(rows),
        transitions=int(linked.sum()),
        trivial=int((linked & ~contested).sum()),
        certified=int((rows["locked"] & contested).sum()),
        changes=len(changed),
        displaced=len(displaced),
        uncertified=int((~rows["locked"] & linked).sum()),
        path_bound=bounds[0],
        best_bound=bounds[1],
        contraction=contraction(moved, rows["changed"]),
        transient=int(changed[-1]) + 1 if len(changed) else 0,
        lock=lock,
        lock_holds=later,
        same_blocks=same,
        realized=realized,
        certified_constant=float(constant.max()),
        ties=int((rows["margin"] == 0).sum()),
        never=int(np.isinf(rows["margin"]).sum()),
    )


def broken_lock(found: TrajectorySummary) -> str | None:
    """Return the evidence against a lock-in bound that the recording contradicts, or None.

    The envelope holds at every recorded step, and a lock-in step is given where the same blocks
    compete all along: no block can be displaced from it on.
    """
    if found.lock_holds is not False:
        return None
    rho, scale = found.lock.rho, found.lock.scale
    assert rho is not None
    assert scale is not None
    return (
        f"layer {found.layer}, sequence {found.sequence}, head {found.head}: the selection was"
        f" certified from step {found.lock.step} of its segment on (ρ ≤ {decimal_up(rho)}, C ≤"
        f" {decimal_up(scale)}), yet it last changed at step {found.transient - 1}:"
        " the trace or the constant is wrong"
    )
