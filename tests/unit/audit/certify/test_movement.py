from __future__ import annotations

import torch

from lipbridge.audit.certify.movement import _compared, changes, movement, steepest
from lipbridge.audit.certify.selection import select

INF = float("inf")


def table(*rows):
    return torch.tensor(rows, dtype=torch.float64)[:, None, :]


def test_movement_is_euclidean():
    queries = torch.tensor([[[0.0, 0.0]], [[3.0, 4.0]], [[3.0, 4.0]]])
    first, second = movement(queries).flatten().tolist()
    assert 5 <= first < 5 + 1e-12
    assert second == 0


def test_a_new_block_changes_the_set_but_displaces_nothing():
    scores = table([2.0, 1.0, -INF], [2.0, 1.0, 3.0])
    found = changes(select(scores, 1), scores)
    assert found.changed.item()
    assert not found.displaced.item()
    assert (found.left.item(), found.entered.item()) == (0, 2)


def test_a_displacement_names_the_blocks():
    scores = table([2.0, 1.0, 0.0, 5.0], [1.0, 2.0, 0.0, 5.0])
    found = changes(select(scores, 2), scores)
    assert found.displaced.item()
    assert (found.left.item(), found.entered.item()) == (0, 1)


def test_many_selected_blocks_take_the_sorted_path():
    torch.manual_seed(0)
    scores = torch.randn(6, 2, 100)
    few, many = select(scores, 40), select(scores, 40)
    found = changes(many, scores)
    sets = [[set(few.blocks[t, h].tolist()) for h in range(2)] for t in range(6)]
    for t in range(5):
        for h in range(2):
            assert found.changed[t, h].item() == (sets[t][h] != sets[t + 1][h])
            assert found.left[t, h].item() in sets[t][h] - sets[t + 1][h] | {-1}


def test_an_accelerator_compares_all_steps_to_the_same_end():
    generator = torch.Generator().manual_seed(0)
    scores = torch.randn(40, 3, 12, generator=generator)
    scores[torch.rand(scores.shape, generator=generator) < 0.3] = -INF
    chosen = select(scores, 4)
    there = _compared(chosen.blocks[:-1], chosen.blocks[1:], scores[:-1], scores[1:])
    for name, column in vars(changes(chosen, scores)).items():
        assert torch.equal(column, getattr(there, name)), name


def test_an_excessive_slope_is_found_in_one_block():
    scores = table([0.0, 0.0, -INF], [0.5, 1.5, 9.0])
    constants = torch.tensor([[[1.0, 1.0, 1.0]]], dtype=torch.float64)
    moved, slack = torch.ones(1, 1, dtype=torch.float64), torch.zeros(1, 1, dtype=torch.float64)
    rise, excess, block, same = steepest(scores, constants, moved, slack)
    assert 1.5 - 1e-9 < rise.item() <= 1.5
    assert excess.item() > 0
    assert block.item() == 1
    assert not same.item()


def test_half_precision_scores_are_subtracted_exactly():
    scores = torch.tensor([[[256.0]], [[1.0]]], dtype=torch.bfloat16)
    zero = torch.zeros(1, 1, dtype=torch.float64)
    assert abs(steepest(scores, None, zero, zero)[0].item() - 255) < 1e-4
