"""The audit against brute force in exact fractions."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import pytest
import torch
from hypothesis import given, settings, strategies as st

from lipbridge.audit.certify.chunk import Plan, audit_chunk
from lipbridge.audit.certify.constants import Constants
from lipbridge.audit.certify.exact import step_competition
from lipbridge.audit.certify.radius import pair_distances
from lipbridge.audit.contradiction import find_contradictions
from lipbridge.audit.rows import Rows
from lipbridge.audit.trace.records import Chunk, StreamKey, TraceInfo
from lipbridge.audit.trace.writing import save_trace
from lipbridge.language.place import Place

KEY = StreamKey(0, 0)
FAST = settings(max_examples=60, deadline=None)

# Eighths make ties; the others make rounding, but no sum of them vanishes beside another.
numbers = st.one_of(
    st.integers(-12, 12).map(lambda i: i / 8),
    st.integers(-3 * 2**20, 3 * 2**20).map(lambda i: i / 2**20),
)
sizes = st.one_of(
    st.integers(0, 6).map(lambda i: i / 4),
    st.integers(0, 2**22).map(lambda i: i / 2**20),
)


@st.composite
def chunks(draw):
    """A small chunk with masks, forced blocks, a local window, and its metadata and constants."""
    steps, heads, blocks = draw(st.integers(1, 4)), draw(st.integers(1, 2)), draw(st.integers(1, 6))

    def table(values, *shape):
        flat = draw(st.lists(values, min_size=math.prod(shape), max_size=math.prod(shape)))
        return torch.tensor(flat).reshape(shape)

    window = draw(st.integers(0, 2))
    info = TraceInfo(
        top_k=draw(st.integers(1, 4)),
        block_size=2,
        local_window=window,
        forced_take_slots=draw(st.booleans()),
    )
    likely = st.sampled_from([True, True, True, False])
    forced = ~table(likely, 1, 1, blocks) if draw(st.booleans()) else None
    mask = table(likely, steps, heads, blocks) if draw(st.booleans()) else None
    # A block that is forced and masked at once is refused.
    mask = mask if mask is None or forced is None else mask | forced
    chunk = Chunk(
        KEY,
        0,
        queries=table(numbers, steps, heads, 2).double(),
        scores=table(numbers, steps, heads, blocks).double(),
        mask=mask,
        forced=forced,
        positions=table(st.integers(0, 2 * blocks - 1), steps) if window else None,
    ).validated(info)
    return chunk, info, table(sizes, blocks).double(), draw(st.sampled_from([0.0, 0.125, 1e-3]))


def competition(chunk, info, step, head):
    """Blocks that compete at a step, and the slots open to them."""
    blocks = chunk.scores.shape[-1]
    local = set()
    if info.local_window:
        own = int(chunk.positions[step]) // info.block_size
        local = {max(0, own - i) for i in range(info.local_window)}
    forced = {b for b in range(blocks) if chunk.forced is not None and chunk.forced[0, 0, b]}
    always = local | forced
    open_blocks = [
        b
        for b in range(blocks)
        if b not in always and (chunk.mask is None or bool(chunk.mask[step, head, b]))
    ]
    slots = info.top_k - (len(always) if info.forced_take_slots else 0)
    return open_blocks, max(0, slots)


def close_below(computed: float, true: Fraction, scale: Fraction = Fraction(1)) -> bool:
    """Strictly below the truth (the condition is strict), and within 1e-11 of it.

    ``scale``: scores over room; sums of scores and radii cannot be rounded finer than that.
    """
    if true <= 0:
        return computed == 0
    slack = Fraction(1, 10**11) + scale / 10**14
    return Fraction(computed) < true and Fraction(computed) >= true * (1 - slack)


@FAST
@given(chunks())
def test_margins_and_radii_are_those_of_brute_force(case):
    chunk, info, constants, error = case
    pairs = constants[:, None] / 2 + constants[None, :] / 3
    given_constants = Constants(per_block=constants, pairwise=pairs)
    found = audit_chunk(chunk, info, Plan(given_constants, error))
    e, largest = Fraction(error), Fraction(float(constants.max()))
    for step, head in product(range(chunk.steps), range(chunk.scores.shape[1])):
        blocks, slots = competition(chunk, info, step, head)
        scores = {b: Fraction(chunk.scores[step, head, b].item()) for b in blocks}
        chosen = [b for b in found["selected"][step, head].tolist() if b >= 0]
        ranked = sorted(scores.values(), reverse=True)
        assert len(set(chosen)) == len(chosen) == min(slots, len(blocks))
        assert sorted((scores[b] for b in chosen), reverse=True) == ranked[: len(chosen)]
        names = ("margin", "radius_uniform", "radius_block", "radius_pairwise", "radius")
        margin, uniform, block, pair, best = (found[n][step, head].item() for n in names)
        if slots == 0 or len(blocks) <= slots:
            assert margin == uniform == block == pair == best == math.inf
            continue
        gap = ranked[slots - 1] - ranked[slots]
        assert (
            Fraction(margin)
            <= gap
            <= Fraction(margin) * (1 + Fraction(1, 2**50)) + Fraction(1, 10**300)
        )
        others = [b for b in blocks if b not in chosen]
        rooms = [(i, j, scores[i] - scores[j] - 4 * e) for i in chosen for j in others]

        scale = max(map(abs, ranked)) / max(min(r for _, _, r in rooms), Fraction(1, 10**20))

        def least(limit, rooms=rooms):
            if min(r for _, _, r in rooms) <= 0:
                return Fraction(0)
            bounds = [r / limit(i, j) for i, j, r in rooms if limit(i, j) > 0]
            return min(bounds, default=None)

        for value, limit in (
            (uniform, lambda i, j: 2 * largest),
            (block, lambda i, j: Fraction(constants[i].item()) + Fraction(constants[j].item())),
            (pair, lambda i, j: Fraction(pairs[i, j].item())),
        ):
            true = least(limit)
            assert value > 1e200 if true is None else close_below(value, true, scale)
        assert best == max(uniform, block, pair)


@FAST
@given(chunks())
def test_transitions_are_those_of_brute_force(case):
    chunk, info, constants, error = case
    found = audit_chunk(chunk, info, Plan(Constants(per_block=constants), error))
    for head in range(chunk.scores.shape[1]):
        sets = [set(found["selected"][t, head].tolist()) - {-1} for t in range(chunk.steps)]
        fields = [set(competition(chunk, info, t, head)[0]) for t in range(chunk.steps)]
        for t in range(chunk.steps - 1):
            left, entered = sets[t] - sets[t + 1], sets[t + 1] - sets[t]
            displaced = bool(left & fields[t + 1]) and bool(entered & fields[t])
            assert bool(found["changed"][t, head]) == (sets[t] != sets[t + 1])
            assert bool(found["displaced"][t, head]) == displaced
            same = (fields[t], len(sets[t])) == (fields[t + 1], len(sets[t + 1]))
            assert bool(found["same"][t, head]) == same
            move = chunk.queries[t + 1, head].tolist(), chunk.queries[t, head].tolist()
            square = sum((Fraction(a) - Fraction(b)) ** 2 for a, b in zip(*move, strict=True))
            moved = Fraction(found["movement"][t, head].item())
            assert square <= moved**2 <= square * (1 + Fraction(1, 10**13))
            both = fields[t] & fields[t + 1]
            rises = {
                b: abs(
                    Fraction(chunk.scores[t + 1, head, b].item())
                    - Fraction(chunk.scores[t, head, b].item())
                )
                for b in both
            }
            rise = Fraction(found["rise"][t, head].item())
            most = max(Fraction(0), max(rises.values(), default=Fraction(0)) - 2 * Fraction(error))
            assert most * (1 - Fraction(1, 10**13)) - Fraction(1, 10**15) <= rise <= most
            if found["steep"][t, head]:
                slack = 2 * Fraction(error)
                limit = {b: Fraction(constants[b].item()) for b in both}
                assert any(
                    rises[b] ** 1 - slack > 0 and (rises[b] - slack) ** 2 > limit[b] ** 2 * square
                    for b in both
                )
        assert math.isnan(found["movement"][-1, head])


@FAST
@given(st.integers(0, 10**6), st.integers(1, 4), st.sampled_from([torch.float32, torch.float64]))
def test_no_query_within_the_radius_selects_otherwise(seed, top_k, dtype):
    generator = torch.Generator().manual_seed(seed)
    keys = torch.randn(7, 3, generator=generator).to(dtype)
    start = torch.randn(1, 1, 3, generator=generator).to(dtype)
    far = torch.randn(12, 1, 3, generator=generator).to(dtype)
    info = TraceInfo(top_k=top_k)

    def audit(queries):
        scores = torch.einsum("thn,bn->thb", queries, keys)
        chunk = Chunk(KEY, 0, queries, scores=scores, keys=keys[None]).validated(info)
        return audit_chunk(chunk, info, Plan(Constants()))

    first = audit(start)
    radius = first["radius"].item()
    if radius == 0:
        return
    step = far / torch.linalg.vector_norm(far, dim=-1, keepdim=True) * (radius * (1 - 1e-6))
    inside = start + step.to(dtype)
    found = audit(torch.cat([torch.cat([start, q[None]]) for q in inside]))
    rows = Rows.from_chunk(KEY, 0, found, keep_selected=True)
    assert not find_contradictions(rows)
    chosen = set(first["selected"].flatten().tolist())
    moved = [float(m) for m in found["movement"][0::2]]
    for choice, move in zip(found["selected"][1::2], moved, strict=True):
        assert move > radius or set(choice.flatten().tolist()) == chosen


@FAST
@given(st.integers(0, 10**6), st.integers(1, 5))
def test_pair_distances_bound_exact_ones(seed, width):
    generator = torch.Generator().manual_seed(seed)
    keys = torch.randn(1, 6, width, generator=generator)
    keys[0, 3] = keys[0, 2]
    table = pair_distances(keys, torch.arange(6)[:, None])[:, 0]
    for i, j in product(range(6), range(6)):
        a, b = keys[0, i].tolist(), keys[0, j].tolist()
        square = sum((Fraction(x) - Fraction(y)) ** 2 for x, y in zip(a, b, strict=True))
        assert Fraction(table[i, j].item()) ** 2 >= square
        assert table[i, j].item() <= math.sqrt(square) + 1e-6


@settings(max_examples=25, deadline=None)
@given(chunks())
def test_exact_margins_agree_with_brute_force(tmp_path_factory, case):
    chunk, info, constants, error = case
    path = tmp_path_factory.mktemp("trace") / "t.safetensors"
    names = ("queries", "scores", "mask", "forced", "positions")
    held = {n: getattr(chunk, n) for n in names if getattr(chunk, n) is not None}
    if chunk.forced is not None:
        held["forced"] = chunk.forced[0, 0]
    save_trace(path, info, {KEY: held})
    found = audit_chunk(chunk, info, Plan(Constants(per_block=constants), error))
    blocks, slots = competition(chunk, info, 0, 0)
    scores = {b: Fraction(chunk.scores[0, 0, b].item()) for b in blocks}
    chosen = [b for b in found["selected"][0, 0].tolist() if b >= 0]
    others = [b for b in blocks if b not in chosen]
    rooms = [scores[i] - scores[j] - 4 * Fraction(error) for i in chosen for j in others]
    options = {"lipschitz": Constants(per_block=constants), "error": error}
    if slots and len(blocks) > slots and min(rooms) <= 0:
        with pytest.raises(Exception, match="no radius is certified"):
            step_competition(path, Place(), **options)
        return
    data = step_competition(path, Place(), **options)
    assert [data.blocks[i] for i in data.selected] == sorted(chosen)
    assert [data.blocks[i] for i in data.others] == sorted(others)
    assert dict(zip(data.blocks, data.scores, strict=True)) == scores
    if data.supremum is not None:
        scale = max(map(abs, scores.values())) / min(rooms)
        assert close_below(found["radius_block"][0, 0].item(), data.supremum, scale)
