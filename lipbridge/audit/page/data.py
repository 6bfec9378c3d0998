"""What the audit page shows, thinned to a size that a page can carry.

Thinning never hides trouble: a bin of steps keeps its smallest margin and radius and its largest
movement, and the points and rows kept are the worst ones first.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from lipbridge.audit.rows import Array, Rows
from lipbridge.audit.stream import AuditResult
from lipbridge.audit.summary import AuditSummary, PulseMap, pulse_counts
from lipbridge.decimals import decimal_down, decimal_given, decimal_near, decimal_up
from lipbridge.errors import InputError

PULSE_SIGNS = {"certified": "≤", "given": "≤", "measured": "≥", "quarter": "="}
"""What stands between a pulse map's L and its figure."""
_DIGITS = 5
_BIN_BUDGET, _POINT_BUDGET, _ROW_BUDGET = 36_000, 2_400, 1_500


def page_data(result: AuditResult, summary: AuditSummary) -> dict[str, Any]:
    """Return the page's data as plain values; what is infinite or unknown is null.

    Numbers have five digits, which the page shows as they are: lower bounds rounded down, upper
    ones up, estimates to nearest. Radii ε are rounded down, so that the share at them is one at
    most.

    Raises:
        InputError: the audit has no rows.
    """
    rows = result.rows
    if not len(rows):
        raise InputError(f"{result.path}: the audit has no rows, so there is nothing to show")
    parts = [(key, rows.take(places)) for key, places in rows.groups("layer", "head")]
    last = int(rows["step"].max())
    bins = min(last + 1, max(40, min(320, _BIN_BUDGET // len(parts) // 6)))
    edges = np.linspace(0, last + 1, bins + 1).round().astype(np.int64)
    epsilons = np.array(summary.pulses[0].epsilons)
    streams: list[dict[str, Any]] = []
    for (layer, head), part in parts:
        paths = [t for t in summary.trajectories if (t.layer, t.head) == (layer, head)]
        realized = [t.realized for t in paths if t.realized is not None]
        contested = part.contested
        streams.append(
            {
                "layer": layer,
                "head": head,
                "rows": len(part),
                "transitions": int(contested.sum()),
                "trivial": int((part.linked & ~contested).sum()),
                "certified": int((part["locked"] & contested).sum()),
                "changes": int(part["changed"].sum()),
                "realized": _down(max(realized, default=None)),
                "constant": _up(part.certified_constant),
                "given": part.given_constant,
                "transient": max(t.transient for t in paths),
                "lock": _latest([t.lock.step for t in paths]),
                "premise": all(t.same_blocks for t in paths),
                "bins": _bins(part, edges),
                "points": _points(part, max(24, _POINT_BUDGET // len(parts))),
                "worst": _worst(part, max(6, _ROW_BUDGET // len(parts))),
                "pulse": [pulse_counts(part, epsilons, p.factor).tolist() for p in summary.pulses],
            }
        )
    spoken, rate = summary.speculative, summary.rate
    moved, found = summary.exchange, summary.exploration
    return {
        "edges": edges.tolist(),
        "epsilons": _down(epsilons),
        "pulses": [
            {
                "name": pulse.name,
                "sign": PULSE_SIGNS[pulse.name],
                "constant": float(pulse_constant(pulse, summary, _DIGITS)),
            }
            for pulse in summary.pulses
        ],
        "tokensPerStep": spoken and _near(spoken.tokens_per_step),
        "rate": rate and {"measured": _near(rate.measured), "bound": _up(rate.bound)},
        "exchange": moved
        and {"mean": _up(moved.mean), "largest": _up(moved.largest), "jump": _up(moved.jump)},
        "expected": found
        and {
            "changes": _near(found.changes),
            "interval": [*map(_near, found.interval)],
            "uncertified": _up(found.uncertified),
        },
        "streams": streams,
    }


def pulse_constant(pulse: PulseMap, summary: AuditSummary, digits: int) -> str:
    """The constant of a pulse map: one that was given exactly, others to their side."""
    if pulse.name == "measured":
        return decimal_down(pulse.constant, digits)
    return decimal_given(pulse.constant) if summary.premise else decimal_up(pulse.constant, digits)


def _bins(rows: Rows, edges: Array) -> dict[str, list[Any]]:
    """Return per bin: least margin, most needed (2L‖Δq‖ + 4e), links, loose ones, changes.

    Links are the transitions that are not trivial; loose ones are not certified.
    """
    place = np.searchsorted(edges, rows["step"], side="right") - 1
    count = len(edges) - 1
    needed = 2 * rows["lipschitz"] * rows["movement"] + 4 * rows["error"]
    linked = rows.contested
    margin, most = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(margin, place, rows["margin"])
    np.maximum.at(most, place[linked], needed[linked])
    loose = np.bincount(place[linked & ~rows["locked"]], minlength=count)
    changed = np.bincount(place[rows["changed"]], minlength=count)
    return {
        "margin": _down(margin),
        "needed": _up(most),
        "links": np.bincount(place[linked], minlength=count).tolist(),
        "loose": loose.tolist(),
        "changes": changed.tolist(),
    }


def _ratio(rows: Rows) -> Array:
    """Return movement over radius: above 1 is not certified; −1 where no step follows."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = rows["movement"] / rows["radius"]
    ratio = np.where((rows["radius"] == 0) & rows.linked, np.inf, ratio)
    return np.where(rows.linked, ratio, -1.0)


def _points(rows: Rows, limit: int) -> list[list[Any]]:
    """Return [step, movement, radius, state]: changed steps, the worst, then evenly spaced ones.

    ``state``: 0 certified, 1 not certified and unchanged, 2 changed.
    """
    ratio = _ratio(rows)
    linked = np.flatnonzero(ratio >= 0)
    changed = linked[rows["changed"][linked]]
    worst = linked[np.argsort(-ratio[linked], kind="stable")]
    even = (
        linked[np.linspace(0, len(linked) - 1, min(limit, len(linked))).astype(int)]
        if len(linked)
        else linked
    )
    third = limit // 3
    picked = np.unique(
        np.concatenate([changed[:third], worst[:third], even[:: max(1, len(even) // (third + 1))]])
    )
    picked = picked[:limit]
    state = np.where(rows["changed"], 2, np.where(rows["locked"], 0, 1))
    moved, radii = _up(rows["movement"][picked]), _down(rows["radius"][picked])
    columns = (rows["step"][picked].tolist(), moved, radii, state[picked].tolist())
    return list(map(list, zip(*columns, strict=True)))


def _worst(rows: Rows, limit: int) -> list[dict[str, Any]]:
    """Return the steps whose movement exceeds their radius most."""
    ratio = _ratio(rows)
    order = np.argsort(-ratio, kind="stable")[:limit]
    order = order[ratio[order] >= 0]
    taken = ("step", "sequence", "entered", "left", "changed")
    columns = {name: rows[name][order].tolist() for name in taken}
    columns |= {name: _down(rows[name][order]) for name in ("margin", "radius")}
    columns |= {"movement": _up(rows["movement"][order]), "ratio": _up(ratio[order])}
    columns["certified"] = rows["locked"][order].tolist()
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _rounded(round_to: Callable[[float, int], str], value: Any) -> Any:
    """A figure, or each of an array, with five digits; None where unknown or infinite."""
    if isinstance(value, np.ndarray):
        return [_rounded(round_to, entry) for entry in value.tolist()]
    if value is None or not math.isfinite(value):
        return None
    return float(round_to(value, _DIGITS))


_down, _up, _near = (partial(_rounded, way) for way in (decimal_down, decimal_up, decimal_near))


def _latest(steps: list[int | None]) -> int | None:
    """Return the largest, or None where one is unknown."""
    known = [s for s in steps if s is not None]
    return max(known) if known and len(known) == len(steps) else None
