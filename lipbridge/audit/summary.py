"""The summary of an audit: what was certified, what changed, and what a smaller constant would buy.

Source: docs/theorems.md §4.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from lipbridge.audit.rates import (
    EffectiveRate,
    Exchange,
    Exploration,
    Speculative,
    effective_rate,
    excess_rates,
    exchange,
    exploration,
    speculative,
)
from lipbridge.audit.rows import Array, Rows
from lipbridge.audit.stream import AuditResult
from lipbridge.audit.trajectory import TrajectorySummary, broken_lock, summarize_trajectory
from lipbridge.language.place import Place

_GRID = 64


@dataclass(frozen=True)
class PulseMap:
    """g(ε): the fraction of queries not certified at radius ε, for one constant.

    Args:
        name: ``certified``, or ``given`` where that is a premise; ``measured``; or ``quarter`` (of
            the first).
        factor: the constant used, as a multiple of the first.
        constant: that constant, for the largest L.
        epsilons: radii.
        fractions: g at each, the width; never falls.
        depths: Σ(κ_t − ρ) over those queries, with the rates of :func:`excess_rates`; never falls.

    Source: ``LipBridge.pulse_monotone``, ``depth_monotone``; ``pulse_shape``: c·L at ε is L at c·ε.
    """

    name: str
    factor: float
    constant: float
    epsilons: tuple[float, ...]
    fractions: tuple[float, ...]
    depths: tuple[float, ...]


@dataclass(frozen=True)
class StateRadius:
    """How far the hidden state of a recorded step may move, at least (rigorous).

    Attributes:
        place: the step; its head, where heads select for themselves.
        radius: δ, rounded down; 0 where nothing is certified.
        rounding: ‖x‖·2⁻⁹: how far rounding to bf16 may move the state, about.
        refused: why nothing is certified, or empty.
    """

    place: Place
    radius: float
    rounding: float
    refused: str


@dataclass(frozen=True)
class AuditSummary:
    """The whole audit in figures.

    Args:
        rows: (step, head) pairs audited.
        transitions, trivial, certified, changes, displaced, uncertified: totals, as of a
            trajectory.
        share: certified among the transitions that are not trivial; None without such.
        share_by_rule: the same for each rule alone.
        reasons: how many transitions are not certified, by why.
        path_bound, best_bound: bounds on the displacements, summed; None where one of the former
            is unbounded.
        realized: largest observed |Δs|/‖Δq‖.
        certified_constant: largest L that is computed from keys or weights; None where all are
            given.
        given_constant: largest L that is a premise, exactly as it was given; None without.
        ties, never: totals.
        transient: longest transient in tokens.
        speculative: what it costs in verification steps; None where the trace has no α and m.
        rate: the effective rate over all trajectories; None where no step is followed by another.
        exchange: what changes do to the output; None where the trace has no attention mass.
        exploration: expected number of changes over the trajectories.
        lock_step: latest lock-in bound N; None where some trajectory has none.
        lock_premise: the same blocks compete for as many slots at every step of every trajectory.
        pulses: the pulse maps.
        contradictions: their messages.
        trajectories: each head along each segment.
        premise: what certified figures presuppose of given constants, in words, or empty.
        assurance: what the figures are worth.
        states: certified radii in the hidden state, where the checkpoint was given.
    """

    trace: str
    top_k: int
    rows: int
    transitions: int
    trivial: int
    certified: int
    share: float | None
    share_by_rule: dict[str, float]
    reasons: dict[str, int]
    changes: int
    displaced: int
    uncertified: int
    path_bound: float | None
    best_bound: float
    realized: float | None
    certified_constant: float | None
    given_constant: float | None
    ties: int
    never: int
    transient: int
    speculative: Speculative | None
    rate: EffectiveRate | None
    exchange: Exchange | None
    exploration: Exploration | None
    lock_step: int | None
    lock_premise: bool
    pulses: tuple[PulseMap, ...]
    contradictions: tuple[str, ...]
    trajectories: tuple[TrajectorySummary, ...]
    device: str
    seconds: float
    premise: str
    assurance: str
    states: tuple[StateRadius, ...] = ()


def pulse_grid(rows: Rows) -> Array:
    """Return radii that span the uniform radii of a table, even in the logarithm, [64]."""
    radii = rows["radius_uniform"]
    radii = radii[np.isfinite(radii) & (radii > 0)]
    if not len(radii):
        return np.logspace(-3, 1, _GRID)
    low, high = float(radii.min()), float(radii.max())
    return np.geomspace(max(low / 2, high * 1e-9), high * 8, _GRID)


def pulse_counts(rows: Rows, epsilons: Array, factor: float = 1.0) -> Array:
    """Return how many queries have margin − 4e ≤ 2·(factor·L)·ε, for each ε.

    Shape:
        epsilons [E] → [E], integers.
    """
    radii = np.sort(rows["radius_uniform"])
    # margin ≤ 2·f·L·ε is radius ≤ f·ε.
    return np.searchsorted(radii, epsilons * factor, side="right")


def pulse_map(rows: Rows, name: str, factor: float, epsilons: Array, excess: Array) -> PulseMap:
    """Return g and its depth for ``factor`` times the certified constant.

    Args:
        rows: the table.
        name: of the constant.
        factor: c.
        epsilons: radii.
        excess: κ_t − ρ ≥ 0 of every row.

    Shape:
        epsilons [E], excess [rows].
    """
    counts = pulse_counts(rows, epsilons, factor)
    sums = np.concatenate(
        [[0.0], np.cumsum(excess[np.argsort(rows["radius_uniform"], kind="stable")])]
    )
    constant = rows.given_constant
    if constant is None or rows.certified_constant is not None:
        constant = float(rows["lipschitz"].max(initial=0.0))
    return PulseMap(
        name,
        factor,
        constant * factor,
        tuple(epsilons.tolist()),
        tuple((counts / max(1, len(rows))).tolist()),
        tuple(sums[counts].tolist()),
    )


def summarize(result: AuditResult) -> AuditSummary:
    """Summarize an audit.

    Args:
        result: of :func:`~lipbridge.audit.stream.audit_trace`.
    """
    rows = result.rows
    found: list[TrajectorySummary] = []
    depths = np.zeros(len(rows))
    for trajectory in rows.trajectories():
        found.append(summarize_trajectory(trajectory))
        depths[trajectory.places] = excess_rates(trajectory.rows)
    paths = tuple(found)
    largest = float(rows["lipschitz"].max(initial=0.0))
    premise = rows.premise
    realized = [p.realized for p in paths if p.realized is not None]
    measured = max(realized) if realized else None
    counted = (
        "transitions",
        "trivial",
        "certified",
        "changes",
        "displaced",
        "uncertified",
        "ties",
        "never",
    )
    totals: dict[str, Any] = {name: sum(getattr(p, name) for p in paths) for name in counted}
    contested = sum(p.contested for p in paths)
    transient = max((p.transient for p in paths), default=0)
    locks = [p.lock.step for p in paths]
    grid = pulse_grid(rows)
    factors: list[tuple[str, float]] = [("given" if premise else "certified", 1.0)]
    if largest > 0:
        if measured is not None:
            factors.append(("measured", measured / largest))
        factors.append(("quarter", 0.25))
    return AuditSummary(
        trace=result.path,
        top_k=result.info.top_k,
        rows=len(rows),
        **totals,
        share=totals["certified"] / contested if contested else None,
        share_by_rule=_shares(rows),
        reasons=_reasons(rows),
        path_bound=_total([p.path_bound for p in paths]),
        best_bound=math.fsum(p.best_bound for p in paths),
        realized=measured,
        certified_constant=rows.certified_constant,
        given_constant=rows.given_constant,
        transient=transient,
        speculative=speculative(result.info, transient),
        rate=effective_rate(paths),
        exchange=exchange(rows, result.info.diameter),
        exploration=exploration(paths),
        lock_step=None if None in locks else max((n for n in locks if n is not None), default=None),
        lock_premise=all(p.same_blocks for p in paths),
        pulses=tuple(pulse_map(rows, name, factor, grid, depths) for name, factor in factors),
        contradictions=(
            *(c.message() for c in result.contradictions),
            *(m for m in map(broken_lock, paths) if m is not None),
        ),
        trajectories=paths,
        device=result.device,
        seconds=result.seconds,
        premise=premise,
        assurance=f"rigorous{premise and f' {premise}'}: margins, radii, locks; estimate: ρ, and"
        " smaller constants",
    )


def _shares(rows: Rows) -> dict[str, float]:
    """Return the certified share under each rule alone, of transitions that are not trivial."""
    shares: dict[str, float] = {}
    contested = rows.contested
    for rule in ("uniform", "block", "pairwise"):
        name = f"radius_{rule}"
        if name in rows and contested.any():
            radius, moved = rows[name][contested], rows["movement"][contested]
            shares[rule] = float(((radius > 0) & (moved <= radius)).mean())
    return shares


def _reasons(rows: Rows) -> dict[str, int]:
    """Return why transitions are not certified, with their numbers."""
    loose, margin, none = rows.linked & ~rows["locked"], rows["margin"], rows["radius"] == 0
    counts = {
        "tied scores (margin 0)": loose & (margin == 0),
        "a margin within the scores' rounding": loose & (margin > 0) & none,
        "a movement beyond the radius": loose & ~none,
    }
    return {reason: int(where.sum()) for reason, where in counts.items()}


def _total(values: list[float | None]) -> float | None:
    """Return the sum, or None where a part is None."""
    known = [v for v in values if v is not None]
    return math.fsum(known) if len(known) == len(values) else None
