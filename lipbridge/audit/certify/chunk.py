"""The audit of one chunk: a pure function from a chunk to a row a step and head."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import torch
from torch import Tensor

from lipbridge.audit.certify.constants import Constants, Resolved, resolve
from lipbridge.audit.certify.movement import changes, exchanged, movement, steepest, steepest_pair
from lipbridge.audit.certify.radius import (
    block_radius,
    pair_distances,
    pairwise_radius,
    uniform_radius,
)
from lipbridge.audit.certify.rounding import lost_below, norm_up, relative_error, step_down
from lipbridge.audit.certify.selection import (
    Selection,
    candidate_scores,
    refuse_unusable,
    select_chunk,
)
from lipbridge.audit.trace.records import Chunk, TraceInfo
from lipbridge.errors import TraceError

# Distances between keys are worked out anew for every selected block of every step.
_MOST_PAIRS = 1 << 20

# What stands where no step follows.
_BLANK = {torch.float64: torch.nan, torch.bool: False, torch.int64: -1}

Slopes = Literal["all", "none"]
ScoreFunction = Callable[[Tensor], Tensor]


@dataclass(frozen=True)
class Plan:
    """What an audit computes.

    Args:
        constants: Lipschitz constants that override those of the trace.
        error: evaluation error e of every score, or None to derive it from dtype and dimension.
        slopes: ``all`` tests |Δs| ≤ L‖Δq‖ for every block (one more pass over the scores),
            ``none`` does not.
        score: maps queries [T, H, n] to scores [T, H, B], for a trace of hidden states alone.
    """

    constants: Constants
    error: float | None = None
    slopes: Slopes = "all"
    score: ScoreFunction | None = None


def fill_scores(chunk: Chunk, score: ScoreFunction | None) -> Chunk:
    """Return the chunk with scores: by ``score``, recorded, or ⟨q, k_b⟩ in float64 from its keys.

    Raises:
        TraceError: there are neither scores nor keys, and no score function was given, or a product
            is beyond float64.
    """
    if score is not None:
        scores = score(chunk.queries)
        return chunk.with_scores(scores[:, None, :] if scores.ndim == 2 else scores)
    if chunk.scores is not None:
        return chunk
    if chunk.keys is None:
        raise TraceError(
            f"{chunk.where}: neither scores nor keys; give a spec that computes scores"
        )
    heads = max(chunk.keys.shape[0], chunk.queries.shape[1])
    keys = chunk.keys.double().expand(heads, -1, -1)
    queries = chunk.queries.double().expand(-1, heads, -1)
    scores = torch.einsum("thn,hbn->thb", queries, keys)
    # −∞ would say that a block does not compete.
    if bool((scores == -torch.inf).any()):
        raise TraceError(f"{chunk.where}: a product of query and key is beyond float64; scale them")
    return chunk.with_scores(scores)


def product_error(chunk: Chunk) -> float:
    """How far :func:`fill_scores` may be from ⟨q, k_b⟩ where it takes keys, rounded up."""
    if chunk.keys is None:
        return 0.0
    width = chunk.keys.shape[-1]
    lengths = norm_up(chunk.keys.double()).amax() * norm_up(chunk.queries.double()).amax()
    relative = relative_error(width, torch.float64) * (1 + 2.0**-40)
    # Products that underflow lose at most the smallest normal number each.
    return float(lengths) * relative + width * 2.0**-1000


def require_products(chunk: Chunk, info: TraceInfo, error: float | None) -> None:
    """Refuse recorded scores that are not ⟨q, k_b⟩ of the recorded keys, where blocks compete.

    ``|s_b − ⟨q, k_b⟩| ≤ a·‖q‖·‖k_b‖ + e``, a of :func:`relative_error`, plus the rounding of the
    product here; what underflows is left out.

    Args:
        chunk: as recorded, shapes checked.
        info: metadata.
        error: e, as given; None for none.

    Raises:
        TraceError: naming the first such score.
    """
    if chunk.scores is None or chunk.keys is None:
        return
    scores = candidate_scores(chunk, info)
    products = fill_scores(replace(chunk, scores=None), None).scores
    assert products is not None
    products = products.expand_as(scores)
    width = chunk.queries.shape[-1]
    roundings = width if info.roundings is None else info.roundings
    relative = relative_error(roundings, scores.dtype, info.unit_roundoff) + (width + 8) * 2.0**-52
    lengths = norm_up(chunk.queries)[..., None] * norm_up(chunk.keys)
    lost = lost_below(width, scores.dtype) + (error or 0.0)
    off = (scores.double() - products).abs() > relative * lengths + lost
    if bool((off := off & scores.isfinite()).any()):
        row, head, block = (int(place) for place in off.nonzero()[0])
        raise TraceError(
            f"{chunk.where}: at row {row}, head {head} the recorded score of block {block} is "
            f"{float(scores[row, head, block]):.6g}, but query and key give "
            f"{float(products[row, head, block]):.6g}; leave out the scores, or keys of others"
        )


def require_same_keys(chunk: Chunk, after: Chunk, info: TraceInfo) -> None:
    """Refuse another key of a block that competes before and after the start of a file.

    Args:
        chunk: rows of one file with its keys, and the first row of the next, with scores.
        after: that row, with the keys of its own file.
        info: metadata.

    Raises:
        TraceError: naming the first such block.
    """
    if chunk.keys is None or after.keys is None:
        return
    if chunk.segments is not None and bool(chunk.segments[-2] != chunk.segments[-1]):
        return
    mine, other = chunk.keys.double(), after.keys.double()
    both = min(mine.shape[1], other.shape[1])
    differ = (mine[:, :both] != other[:, :both]).any(-1)
    if not bool(differ.any()):
        return
    competes = candidate_scores(chunk, info)[-2:, :, :both].isfinite().all(0)
    if bool((differ := differ & competes).any()):
        head, block = (int(place) for place in differ.nonzero()[0])
        raise TraceError(
            f"{after.where}: keys of block {block} differ between files at step "
            f"{after.first_step}, head {head}; a block that stays eligible keeps its key: mask it, "
            "or begin a new segment"
        )


def audit_chunk(
    chunk: Chunk, info: TraceInfo, plan: Plan, rows: int | None = None
) -> dict[str, Tensor]:
    """Audit the first ``rows`` steps of a chunk; a step after them gives the last one its movement.

    Args:
        chunk: validated, with scores.
        info: metadata.
        plan: what to compute.
        rows: steps to report; all where None.

    Shape:
        Returns columns [rows, H]; ``selected`` is [rows, H, top_k].

    Raises:
        TraceError: a score is NaN or +inf, a position lies beyond the last block, or there is no
            constant.
    """
    scores = candidate_scores(chunk, info)
    heads = scores.shape[1]
    chosen = select_chunk(chunk, info, scores)
    known = resolve(chunk, info, plan.constants, plan.error)
    error = known.error.expand(chunk.steps, heads)
    table: dict[str, Tensor] = {
        "margin": chosen.margin,
        "error": error,
        "lipschitz": known.uniform.expand(chunk.steps, heads),
        "given": known.given.expand(chunk.steps, heads),
        "radius_uniform": uniform_radius(chosen.margin, known.uniform, error),
        "runner": chosen.runner,
        "selected": chosen.blocks,
    }
    distances = _pair_rows(chunk, info, known, plan)
    if known.per_block is not None or distances is not None:
        refuse_unusable(chosen, chunk.where)  # costly, so first know that it is worth it
    if known.per_block is not None:
        table["radius_block"] = block_radius(scores, chosen, known.per_block, error)
    if distances is not None:
        table["radius_pairwise"] = pairwise_radius(scores, chosen, distances, error)
    # Each rule is sound, so the largest of their radii is certified.
    best = table["radius_uniform"]
    for name in ("radius_block", "radius_pairwise"):
        if name in table:
            best = torch.maximum(best, table[name])
    table["radius"] = best
    table |= _transitions(chunk, scores, chosen, known, table, distances, plan)
    # Last, so that an accelerator has all of its work before anything waits for it.
    refuse_unusable(chosen, chunk.where)
    kept = chunk.steps if rows is None else rows
    return {name: column[:kept] for name, column in table.items()}


def _pair_rows(
    chunk: Chunk, info: TraceInfo, known: Resolved, plan: Plan
) -> Callable[[Tensor], Tensor] | None:
    """Return the map from blocks to their rows of L_ij; None where unknown or too dear."""
    if known.pairwise is not None:
        table = known.pairwise
        return lambda i: table.expand(i.shape[1], -1, -1)[
            torch.arange(i.shape[1], device=i.device), i
        ]
    given = plan.constants
    keys = chunk.keys
    if (
        keys is None
        or plan.score is not None
        or given.uniform is not None
        or given.per_block is not None
    ):
        return None
    if info.top_k * keys.shape[-2] > _MOST_PAIRS:
        return None
    return lambda i: pair_distances(keys, i, known.relative)


def _transitions(
    chunk: Chunk,
    scores: Tensor,
    chosen: Selection,
    known: Resolved,
    table: dict[str, Tensor],
    distances: Callable[[Tensor], Tensor] | None,
    plan: Plan,
) -> dict[str, Tensor]:
    """Return what happens from each step to the next; a segment's last row says nothing."""
    shape = chosen.margin.shape
    moved = movement(chunk.queries).expand(shape[0] - 1, shape[1])
    went = changes(chosen, scores)
    error = table["error"]
    slack = (error[:-1] + error[1:]) * (1 + 2.0**-51)
    radius = table["radius"][:-1]
    columns = {
        "movement": moved,
        "locked": (radius > 0) & (moved <= radius),
        "changed": went.changed,
        "displaced": went.displaced,
        "entered": went.entered,
        "left": went.left,
    }
    if chunk.mass is not None:
        mass = chunk.mass.expand(*shape, -1)
        share = exchanged(mass, chosen.blocks)
        columns["exchanged"] = share.masked_fill(~went.changed, 0.0)
    if plan.slopes == "all":
        rise, excess, block, same = steepest(scores, known.limits, moved, slack)
        rise = step_down(rise - slack).clamp(min=0)
        seats = (chosen.blocks >= 0).sum(-1)
        same = same & (seats[1:] == seats[:-1])
        columns |= {"rise": rise, "steep": excess > 0, "steep_block": block, "same": same}
        if known.pairwise is not None:
            assert distances is not None
            more, first, second = steepest_pair(scores, chosen.blocks, distances, moved, slack)
            alone = (more > 0) & ~columns["steep"]
            columns["steep"] = columns["steep"] | alone
            columns["steep_block"] = torch.where(alone, first, block)
            columns["steep_other"] = torch.where(alone, second, -1)
    if chunk.segments is not None:
        linked = (chunk.segments[1:] == chunk.segments[:-1])[:, None]
        columns = {n: c.masked_fill(~linked, _BLANK[c.dtype]) for n, c in columns.items()}
        segments = chunk.segments.to(chosen.margin.device, torch.int64)
    else:
        segments = torch.zeros(shape[0], dtype=torch.int64, device=chosen.margin.device)
    columns = {
        n: torch.cat([c, c.new_full((1, shape[1]), _BLANK[c.dtype])]) for n, c in columns.items()
    }
    columns["segment"] = segments[:, None].expand(shape)
    return columns
