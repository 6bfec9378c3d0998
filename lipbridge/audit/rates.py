"""From the constant to the rate: what the trajectories of a trace say of convergence.

Where the selection is locked a step contracts by ρ, where it changes by κ ≥ ρ at worst; the number
n of changes is bounded in terms of L, so the rate κⁿρ^{T−n} of a path is, too. Contraction factors
are those measured on the trace (estimates for any other one); the bounds on n are rigorous.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lipbridge.audit.rows import Array, Rows
from lipbridge.audit.trace.records import TraceInfo
from lipbridge.audit.trajectory import TrajectorySummary

_RESAMPLES = 2000
# Steps a block of resampled trajectories, so that memory stays bounded.
_BLOCK = 1 << 22


@dataclass(frozen=True)
class EffectiveRate:
    """Contraction a step, over all trajectories together.

    Args:
        locked: geometric mean of ‖Δq_{t+1}‖/‖Δq_t‖ at steps whose selection stayed; None: no such.
        changing: the same where it changed.
        measured: geometric mean of all of them.
        locked_worst, changing_worst: ρ and κ, the largest of each; κ ≥ ρ.
        bound: (κⁿρ^{T−n})^{1/T}, n the steps without a certified lock and the changes that come
            with blocks: no path with these ρ, κ and n exceeds it; None without a locked step.
        theorem: of which this is an instance.
    """

    locked: float | None
    changing: float | None
    measured: float
    locked_worst: float
    changing_worst: float
    bound: float | None
    theorem: str = "LipBridge.certified_rate"


@dataclass(frozen=True)
class Exchange:
    """What changes of the selection do to the output of attention.

    Args:
        changes: changes whose attention mass is known.
        mean, largest: of the exchanged mass, a share of 1; rounded up.
        jump: largest·Δ, no change moves the output further at its query; None without a diameter.
        theorem: of which this is an instance.
    """

    changes: int
    mean: float
    largest: float
    jump: float | None
    theorem: str = "LipBridge.selection_exchange"


@dataclass(frozen=True)
class Exploration:
    """Changes a trajectory, expected over the trajectories of the trace.

    Args:
        changes: mean number of displacements.
        interval: of that mean, 95 %, bootstrap over trajectories.
        uncertified: mean number of steps without a certified lock, a bound on it (pathwise
            ``LipBridge.certified_rate``).
        bound: mean of the bounds by the paths' lengths.
        bound_interval: of that mean, likewise.
        trajectories: how many there are.
        theorem: of which this is an instance.
    """

    changes: float
    interval: tuple[float, float]
    uncertified: float
    bound: float
    bound_interval: tuple[float, float]
    trajectories: int
    theorem: str = "LipBridge.expected_transitions"


@dataclass(frozen=True)
class Speculative:
    """The transient in verification steps of speculative decoding.

    Args:
        acceptance: α.
        draft: m.
        tokens_per_step: E = (1 − α^{m+1})/(1 − α).
        transient_steps: T/E.
        theorem: of which this is an instance; None where α = 1, which it leaves out.
    """

    acceptance: float
    draft: int
    tokens_per_step: float
    transient_steps: float
    theorem: str | None


def expected_tokens(acceptance: float, draft: int) -> float:
    """Return E = (1 − α^{m+1})/(1 − α), expected tokens a verification step; m + 1 where α = 1.

    Args:
        acceptance: α in [0, 1].
        draft: m ≥ 0.
    """
    return math.fsum(acceptance**i for i in range(draft + 1))


def speculative(info: TraceInfo, transient: int) -> Speculative | None:
    """Return what a transient of so many tokens costs; None where the trace has no α and m."""
    if info.acceptance is None or info.draft is None:
        return None
    tokens = expected_tokens(info.acceptance, info.draft)
    theorem = "LipBridge.verification_steps" if info.acceptance < 1 else None
    return Speculative(info.acceptance, info.draft, tokens, transient / tokens, theorem)


def effective_rate(paths: Sequence[TrajectorySummary]) -> EffectiveRate | None:
    """Return the contraction of all trajectories together; None where no movement is followed."""
    known = [(p, p.contraction) for p in paths if p.contraction is not None]
    if not known:
        return None
    steps = sum(c.steps for _, c in known)
    changes = sum(c.changes for _, c in known)
    locked_log = math.fsum(c.locked_log for _, c in known)
    changed_log = math.fsum(c.changed_log for _, c in known)
    rho = max(c.locked_worst for _, c in known)
    kappa = max(c.changed_worst for _, c in known)
    bound: float | None = None
    if rho > 0:
        # What changed without a displacement (blocks that came or went) is counted as it was.
        most = sum(min(c.steps, p.uncertified + p.changes - p.displaced) for p, c in known)
        log = (most * math.log(kappa) + (steps - most) * math.log(rho)) / steps
        # ρ ≤ κ, and the means lie below the largest: rounded up by one part in 2⁴⁰.
        bound = math.exp(log) * (1 + 2.0**-40)
    return EffectiveRate(
        locked=math.exp(locked_log / (steps - changes)) if steps > changes else None,
        changing=math.exp(changed_log / changes) if changes else None,
        measured=math.exp((locked_log + changed_log) / steps),
        locked_worst=rho,
        changing_worst=kappa,
        bound=bound,
    )


def exchange(rows: Rows, diameter: float | None) -> Exchange | None:
    """Return what the changes exchange; None where the trace has no attention mass."""
    if "exchanged" not in rows:
        return None
    found = rows["exchanged"][rows["changed"]]
    found = found[~np.isnan(found)]
    largest = float(found.max(initial=0.0))
    return Exchange(
        changes=len(found),
        mean=float(found.mean()) if len(found) else 0.0,
        largest=largest,
        jump=None if diameter is None else math.nextafter(largest * diameter, math.inf),
    )


def exploration(paths: Sequence[TrajectorySummary]) -> Exploration | None:
    """Return the expected number of changes, with a bootstrap interval; None without trajectories.

    γ·E[n] ≤ 2L·E[Σσ] holds for any distribution over paths, here the one that draws a trajectory of
    the trace at random; the bound of each is the least over thresholds γ.
    """
    if not paths:
        return None
    counts = np.array([p.displaced for p in paths], dtype=np.float64)
    bounds = np.array([p.best_bound for p in paths])
    return Exploration(
        changes=float(counts.mean()),
        interval=_bootstrap(counts),
        uncertified=sum(p.uncertified for p in paths) / len(paths),
        bound=float(bounds.mean()),
        bound_interval=_bootstrap(bounds),
        trajectories=len(paths),
    )


def excess_rates(rows: Rows) -> Array:
    """Return max(0, κ_t − ρ) for every row of a trajectory: how much less it contracts than locked.

    κ_t is ‖Δq_{t+1}‖/‖Δq_t‖, ρ the median of it over the locked steps; 0 where no ratio is known.

    Shape:
        → [rows].
    """
    moved, locked = rows["movement"], rows["locked"]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.append(moved[1:] / moved[:-1], np.nan)
    known = np.isfinite(ratio)
    if not (known & locked).any():
        return np.zeros(len(rows))
    return np.where(known, np.maximum(ratio - np.median(ratio[known & locked]), 0.0), 0.0)


def _bootstrap(values: Array) -> tuple[float, float]:
    """The 95 % percentile interval of the mean, from a fixed seed."""
    random = np.random.default_rng(0)
    size = max(1, _BLOCK // len(values))
    means = [
        values[random.integers(0, len(values), (min(size, _RESAMPLES - start), len(values)))].mean(
            1
        )
        for start in range(0, _RESAMPLES, size)
    ]
    low, high = np.quantile(np.concatenate(means), [0.025, 0.975])
    return float(low), float(high)
