"""Which Lipschitz constants and which evaluation error an audit uses."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from lipbridge.audit.certify.rounding import lost_below, norm_up, relative_error
from lipbridge.audit.certify.selection import candidate_scores
from lipbridge.audit.trace.records import Chunk, TraceInfo
from lipbridge.errors import InputError, TraceError


@dataclass(frozen=True)
class Constants:
    """Lipschitz constants of the scores, Euclidean norm on queries, all upper bounds.

    What is not given comes from the trace: its ``constants``, ``pairwise``, keys (‖k_b‖) or
        metadata.

    Args:
        uniform: L ≥ Lip(s_b) for every block.
        per_block: L_b.
        pairwise: L_ij ≥ Lip(s_i − s_j).
        certified: computed from weights; else they are premises, and so is what a trace says of
            itself besides its keys.

    Shape:
        per_block [B], [H, B] or [T, H, B] with T a whole stream of one file; pairwise [B, B] or
        [H, B, B].

    Raises:
        InputError: a constant is negative or not finite, or a shape that does not fit.
    """

    uniform: float | None = None
    per_block: Tensor | None = None
    pairwise: Tensor | None = None
    certified: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be a constant."""
        if self.uniform is not None and not 0 <= self.uniform < math.inf:
            raise InputError(f"Lipschitz constant {self.uniform}; give a finite number ≥ 0")
        for name, tensor, axes in (
            ("per_block", self.per_block, (1, 2)),
            ("pairwise", self.pairwise, (2, 3)),
        ):
            if tensor is None:
                continue
            if tensor.ndim not in axes:
                raise InputError(
                    f"{name} constants have shape {tuple(tensor.shape)};"
                    f" give {axes[0]} or {axes[1]} axes"
                )
            if not bool(((tensor >= 0) & (tensor < math.inf)).all()):
                raise InputError(f"{name} constants must be finite and ≥ 0")

    def within(
        self,
        whole: float,
        per_block: Sequence[float] | None = None,
        pairwise: Sequence[Sequence[float]] | None = None,
    ) -> Constants:
        """Take the lesser of these constants and of further upper bounds.

        Args:
            whole: of all scores together; a difference of two has √2 times it.
            per_block: L_b.
            pairwise: L_ij.

        Shape:
            per_block [B], pairwise [B, B], as these constants.
        """

        def least(known: Tensor | None, other: Any, most: float) -> Tensor | None:
            further = None if other is None else torch.tensor(other, dtype=torch.float64)
            found = [table for table in (known, further) if table is not None]
            return None if not found else torch.stack(found).amin(0).clamp(max=most)

        # The double nearest to √2 lies above it.
        pair = math.nextafter(math.sqrt(2) * whole, math.inf)
        block = least(self.per_block, per_block, whole)
        return Constants(
            uniform=None
            if block is not None
            else min(whole, math.inf if self.uniform is None else self.uniform),
            per_block=block,
            pairwise=least(self.pairwise, pairwise, pair),
            certified=self.certified,
        )

    @staticmethod
    def of(
        value: float | Constants | np.ndarray[Any, Any] | Tensor | Sequence[float] | None,
    ) -> Constants:
        """Read a plain value: a number is uniform, [B] is per block, [B, B] is pairwise."""
        if value is None:
            return Constants()
        if isinstance(value, Constants):
            return value
        if isinstance(value, (int, float)):
            return Constants(uniform=float(value))
        tensor = torch.as_tensor(value, dtype=torch.float64)
        if tensor.ndim >= 2 and tensor.shape[-1] == tensor.shape[-2]:
            return Constants(pairwise=tensor)
        return Constants(per_block=tensor)


@dataclass(frozen=True)
class Resolved:
    """The constants and the error that hold for one chunk.

    Args:
        uniform: L with the growing part of the error added.
        limits: L_b, or L for all, without it, for the test of observed slopes; None where only
            differences have a known constant.
        per_block: L_b with the growing part, or None.
        pairwise: L_ij with the growing part, or None.
        relative: a, where the error is a·L·‖q‖.
        error: e at each step.
        given: the largest constant that was given, as it was given; NaN where all are computed from
            keys or weights.

    Shape:
        uniform and given [T or 1, H or 1]; limits [T or 1, H or 1, B or 1]; per_block
        [T or 1, H or 1, B]; pairwise [H or 1, B, B]; error [T, H or 1]; all float64.
    """

    uniform: Tensor
    limits: Tensor | None
    per_block: Tensor | None
    pairwise: Tensor | None
    relative: float
    error: Tensor
    given: Tensor


def resolve(chunk: Chunk, info: TraceInfo, given: Constants, error: float | None) -> Resolved:
    """Find the constants and the error of a chunk.

    The derived error is e = a·L·‖q‖, which grows along the radius: at distance δ it is at most
    a·L·(‖q‖ + δ). So every L_i is raised by a·L, and 4e is taken at q. It covers scores that are
    one dot product (or a maximum of such) of the recorded query; for any other score give the
    error.

    Args:
        chunk: with scores.
        info: metadata of the trace.
        given: constants that override those of the trace.
        error: e for all steps, or None to derive it.

    Raises:
        TraceError: no constant is given, and the trace holds none.
    """
    assert chunk.scores is not None
    blocks, device = chunk.scores.shape[-1], chunk.scores.device
    block = _per_block(chunk, given, blocks)
    pair = chunk.pairwise if given.pairwise is None else given.pairwise.to(device)
    if pair is not None:
        pair = (pair if pair.ndim == 3 else pair[None]).double()
        _fit(chunk, "pairwise", pair, blocks)
    uniform = given.uniform
    if uniform is None and block is None:
        uniform = info.lipschitz
    if uniform is not None and block is not None:
        block = block.clamp(max=uniform)  # Both are claimed.
    limits = block
    if uniform is not None and block is None:
        limits = torch.full((1, 1, 1), uniform, dtype=torch.float64, device=device)
    if limits is not None:
        base = limits.amax(-1)
    elif pair is not None:
        # The uniform rule asks for 2L = max L_ij.
        base = pair.amax((-1, -2))[None] / 2
    else:
        raise TraceError(
            f"{chunk.where}: no Lipschitz constant; give one, or record 'keys' or 'constants'"
        )
    relative = 0.0
    if error is not None:
        level = torch.full((1, 1), error, dtype=torch.float64, device=device)
    elif limits is None:
        raise TraceError(
            f"{chunk.where}: with pairwise constants alone, give the scores' evaluation error"
        )
    else:
        roundings = chunk.queries.shape[-1] if info.roundings is None else info.roundings
        relative = relative_error(roundings, chunk.scores.dtype, info.unit_roundoff)
        level = base * norm_up(chunk.queries.double()) * (relative * (1 + 2.0**-48))
        if relative:
            level = level.nan_to_num(nan=math.inf) + lost_below(roundings, chunk.scores.dtype)

    def raised(table: Tensor | None, growth: Tensor) -> Any:
        """Add what the error grows by, a unit of radius."""
        if table is None or not relative:
            return table
        return (table + growth * relative) * (1 + 2.0**-50)

    return Resolved(
        uniform=raised(base, base),
        limits=limits,
        per_block=raised(block, base[..., None]),
        pairwise=raised(pair, 2 * base.amax()),
        relative=relative,
        error=level,
        given=_given(chunk, info, given, limits, pair),
    )


def _given(
    chunk: Chunk, info: TraceInfo, given: Constants, limits: Tensor | None, pair: Tensor | None
) -> Tensor:
    """Return the largest constant that is used and computed neither from keys nor from weights."""
    if given.uniform is not None or given.per_block is not None:
        single = not given.certified
    else:
        single = chunk.constants is not None or (chunk.keys is None and info.lipschitz is not None)
    if single and limits is not None:
        return limits.amax(-1)
    if pair is not None and (given.pairwise is None or not given.certified):
        return pair.amax((-1, -2))[None]
    return torch.full((1, 1), torch.nan, dtype=torch.float64, device=chunk.queries.device)


def require_constants(chunk: Chunk, info: TraceInfo, given: Constants) -> None:
    """Refuse constants below those of ⟨q, k_b⟩, ‖k_b‖, and of their differences, ‖k_i − k_j‖.

    Args:
        chunk: with scores that are products of its keys.
        info: metadata.
        given: constants that override those of the trace.

    Raises:
        TraceError: naming the first block or pair that competes.
    """
    claims = (given.uniform, given.per_block, given.pairwise, chunk.constants, chunk.pairwise)
    if chunk.keys is None or all(claim is None for claim in claims):
        return  # Where nothing is claimed the constants are the keys' own.
    keys, known = chunk.keys.double(), resolve(chunk, info, given, 0.0)
    # Of what is scaled to 1 no square overflows, and none that counts underflows.
    scale = keys.abs().amax().clamp(min=2.0**-900)
    scaled, down = keys / scale, 1 - (keys.shape[-1] + 8) * 2.0**-52
    competes = candidate_scores(chunk, info).isfinite()
    assert known.limits is not None
    short = (known.limits / scale < torch.linalg.vector_norm(scaled, dim=-1) * down) & competes
    if bool(short.any()):
        _, head, place = (int(at) for at in short.nonzero()[0])
        raise TraceError(
            f"{chunk.where}: the constant of block {place} is below the length of its key, head "
            f"{head}; leave out the constants, or round them up"
        )
    if known.pairwise is None:
        return
    apart = torch.cdist(scaled, scaled, compute_mode="donot_use_mm_for_euclid_dist") * down
    some = competes.any(0)
    short = (known.pairwise / scale < apart) & some[:, :, None] & some[:, None, :]
    if bool(short.any()):
        head, first, second = (int(at) for at in short.nonzero()[0])
        raise TraceError(
            f"{chunk.where}: the pairwise constant of blocks {first} and {second} is below the "
            f"distance of their keys, head {head}; leave out the constants, or round them up"
        )


def _per_block(chunk: Chunk, given: Constants, blocks: int) -> Tensor | None:
    """Return L_b [T or 1, H or 1, B] as given, recorded, or from the keys; else None."""
    if given.per_block is not None:
        block = given.per_block.to(chunk.queries.device, torch.float64)
        block = block[None, None] if block.ndim == 1 else block[None]
        return _fit(chunk, "per_block", block, blocks)
    if given.uniform is not None:
        return None
    if chunk.constants is not None:
        return chunk.constants.double()
    return None if chunk.keys is None else norm_up(chunk.keys.double())[None]


def _fit(chunk: Chunk, name: str, tensor: Tensor, blocks: int) -> Tensor:
    """Return the tensor if its last axis is the blocks and its heads fit."""
    assert chunk.scores is not None
    heads = tensor.shape[-3 if name == "pairwise" else -2]
    if tensor.shape[-1] != blocks or heads not in (1, chunk.scores.shape[1]):
        raise TraceError(
            f"{chunk.where}: {name} constants have shape {tuple(tensor.shape)}"
            f" for {chunk.scores.shape[1]} heads and {blocks} blocks"
        )
    return tensor
