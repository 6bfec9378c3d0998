from __future__ import annotations

import math

import pytest
import torch

from lipbridge.audit.certify.selection import (
    candidate_scores,
    largest,
    refuse_unusable,
    select,
    select_chunk,
)
from lipbridge.audit.trace.records import Chunk, StreamKey, TraceInfo
from lipbridge.errors import TraceError


def scores(*rows):
    return torch.tensor(rows, dtype=torch.float64)[:, None, :]


def test_margin_is_the_gap_between_kth_and_next():
    found = select(scores([5.0, 1.0, 3.5, 3.0]), 2)
    assert found.blocks.tolist() == [[[0, 2]]]
    assert found.margin.item() == 0.5
    assert found.runner.item() == 3


def test_a_tie_has_margin_zero():
    assert select(scores([1.0, 1.0, 1.0]), 2).margin.item() == 0.0


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float64])
@pytest.mark.parametrize("top_k", [1, 6, 19, 30])
def test_of_equal_scores_the_lowest_blocks_are_selected_in_order(dtype, top_k):
    few = torch.randint(-3, 4, (50, 2, 20), generator=torch.Generator().manual_seed(top_k))
    given = few.to(dtype).masked_fill(few == -3, -torch.inf)
    found = select(given, top_k)
    ranked = torch.sort(given, stable=True, descending=True)
    order = ranked.indices.masked_fill(ranked.values == -torch.inf, -1)
    order = torch.nn.functional.pad(order, (0, max(0, top_k - 20)), value=-1)
    assert torch.equal(found.blocks, order[..., :top_k])


@pytest.mark.parametrize("top_k", [3, 4, 9])
def test_as_many_slots_as_blocks_never_change(top_k):
    found = select(scores([1.0, 2.0, 3.0]), top_k)
    assert found.margin.item() == math.inf
    assert found.runner.item() == -1
    assert sorted(b for b in found.blocks.flatten().tolist() if b >= 0) == [0, 1, 2]


def test_ineligible_blocks_leave_slots_empty():
    found = select(scores([-math.inf, 2.0, -math.inf]), 2)
    assert found.blocks.tolist() == [[[1, -1]]]
    assert found.margin.item() == math.inf


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_unusable_scores_are_refused_with_their_place(bad):
    with pytest.raises(TraceError, match="row 1, head 0"):
        refuse_unusable(select(scores([1.0, 2.0], [0.0, bad]), 1))


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_maxima_of_groups_lead_to_the_largest_entries(dtype):
    generator = torch.Generator().manual_seed(0)
    table = torch.randint(-9, 9, (5, 3, 256), generator=generator).to(dtype)
    table[torch.rand(table.shape, generator=generator) < 0.5] = -math.inf
    table[0, 0] = -math.inf
    table[1, 1, 77] = math.nan
    values, places = largest(table, 9, 8)
    expected = torch.topk(table, 9, dim=-1).values
    torch.testing.assert_close(values, expected, rtol=0, atol=0, equal_nan=True)
    found = table.gather(-1, places)
    torch.testing.assert_close(found, values, rtol=0, atol=0, equal_nan=True)
    assert all(len(set(row)) == 9 for row in places.flatten(0, 1).tolist())


def test_fewer_slots_on_some_steps():
    found = select(scores([4.0, 3.0, 1.0], [4.0, 3.0, 1.0]), 2, slots=torch.tensor([[1], [0]]))
    assert found.blocks.tolist() == [[[0, -1]], [[-1, -1]]]
    assert found.margin.flatten().tolist() == [1.0, math.inf]
    assert found.runner.flatten().tolist() == [1, -1]


def test_slots_may_be_shared_by_heads_or_steps():
    values = torch.randn(3, 2, 5, generator=torch.Generator().manual_seed(0))
    for shared in (torch.tensor([[1], [0], [2]]), torch.tensor([[1, 2]])):
        found, whole = (
            select(values, 2, slots=slots) for slots in (shared, shared.expand(3, 2).contiguous())
        )
        for name in ("blocks", "values", "runner", "margin"):
            assert torch.equal(getattr(found, name), getattr(whole, name)), name
        assert found.margin.shape == (3, 2)


def test_local_window_leaves_the_competition():
    info, key = TraceInfo(top_k=1, block_size=4, local_window=2), StreamKey(0, 0)
    found = scores([9.0, 2.0, 1.0], [1.0, 9.0, math.inf])
    chunk = Chunk(key, 0, torch.zeros(2, 1, 2), scores=found, positions=torch.tensor([1, 9]))
    chosen = select_chunk(chunk, info, candidate_scores(chunk, info))
    assert chosen.blocks.flatten().tolist() == [1, 0]
    assert chosen.margin.flatten().tolist() == [1.0, math.inf]
    assert chosen.usable.all()


def test_forced_blocks_use_up_slots_where_they_do():
    chunk = Chunk(
        StreamKey(0, 0),
        0,
        torch.zeros(1, 1, 2),
        scores=scores([9.0, 5.0, 4.0, 2.0]),
        forced=torch.tensor([[[True, False, False, False]]]),
        positions=torch.tensor([7]),
    )
    for takes, blocks in ((True, []), (False, [1, 2])):
        info = TraceInfo(top_k=2, block_size=2, local_window=1, forced_take_slots=takes)
        found = select_chunk(chunk, info, candidate_scores(chunk, info))
        assert [b for b in found.blocks.flatten().tolist() if b >= 0] == blocks


def test_a_position_beyond_the_blocks_is_refused():
    chunk = Chunk(
        StreamKey(0, 0), 0, torch.zeros(1, 1, 2), scores=scores([1.0]), positions=torch.tensor([4])
    )
    with pytest.raises(TraceError, match="position 4 lies beyond"):
        candidate_scores(chunk, TraceInfo(top_k=1, block_size=4, local_window=1))
