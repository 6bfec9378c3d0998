"""Flips of selections found near points: the nearest ones."""

from __future__ import annotations

import itertools
import math
import time
from fractions import Fraction

import numpy as np
import pytest
import torch
from scipy.optimize import nnls

from lipbridge.language import parse
from lipbridge.language.stored import StoredVector
from lipbridge.language.tensor import ExactMatrix
from lipbridge.numeric.evaluate import Forward, forward
from lipbridge.numeric.slopes import flips
from lipbridge.numeric.slopes.flips import find_flip

NETWORK = parse("network planes input 2 linear 3 weight = [[3, 4], [0, 0], [-1, 1/3]]")


def test_the_flip_of_linear_scores_is_the_nearest_plane() -> None:
    point = StoredVector((3, -1), 4)
    found = find_flip(forward(NETWORK, NETWORK.written()), point, (0,))
    assert found is not None
    assert math.isclose(found, 0.25, rel_tol=1e-6)


def test_a_selection_that_never_changes_has_no_flip() -> None:
    network = parse("network still input 2 linear 2 weight = [[0, 0], [0, 0]] bias = [1, 0]")
    assert find_flip(forward(network, network.written()), StoredVector((0, 0), 1), (0,)) is None


def test_flips_whose_squares_vanish_are_not_at_0() -> None:
    network = parse("network near input 2 linear 2 weight = [[1, 0], [-1, 0]]")
    found = find_flip(forward(network, network.written()), StoredVector((3, -1), 2**700), (0,))
    assert found is not None
    assert math.isclose(found, 3 / 2**700, rel_tol=1e-6)


@pytest.mark.parametrize("bits", [-660, -520, 520, 1000])
def test_flips_do_not_depend_on_the_unit_of_scores(bits: int) -> None:
    rows = [[1, 0], [-9, 0], [0, 1]]
    unit = str(2**bits) if bits >= 0 else f"1/{2**-bits}"
    text = f"network plane input 2 linear 3 weight = {rows} scale {unit}"
    point = StoredVector((3, 1), 2)
    found = find_flip(forward(parse(text), parse(text).written()), point, (0,))
    assert found is not None
    assert math.isclose(found, math.sqrt(1 / 2), rel_tol=1e-6)
    keys = ExactMatrix.from_fractions("keys", [[v * Fraction(unit) for v in row] for row in rows])
    by_keys = find_flip(forward(PLANE, PLANE.written()), point, (0,), keys)
    assert by_keys is not None
    assert math.isclose(by_keys, math.sqrt(1 / 2), rel_tol=1e-6)


def test_values_beyond_float64_have_no_flip() -> None:
    wide = parse(
        f"network wide input 2 linear 2 weight = [[1, 0], [0, 1]] {f'scale {2**900} ' * 2}"
    )
    assert find_flip(forward(wide, wide.written()), StoredVector((3, 1), 2), (0,)) is None


PLANE = parse("network plane input 2 linear 2 weight = [[1, 0], [0, 1]]")


def test_a_token_must_exceed_every_key_of_a_selected_block() -> None:
    # The keys (1, 2) and (1, -2) of block 0 score x + 2|y|, above which 0 is only where x < -2|y|,
    # (1/2, 0) only where x < -4|y|. The origin is the nearest such point, no foot of a plane.
    keys = ExactMatrix.from_fractions("keys", [[1, 2], [1, -2], [Fraction(1, 2), 0], [0, 0]])
    run = forward(PLANE, PLANE.written())
    found = find_flip(run, StoredVector((100, 1), 100), (0,), keys, 2)
    assert found is not None
    assert math.isclose(found, math.hypot(1, 0.01), rel_tol=1e-6)


@pytest.mark.parametrize("seed", range(12))
def test_the_flip_of_blocks_is_the_nearest_of_all_polyhedra(seed: int) -> None:
    rng = np.random.default_rng(seed)
    group, width = 2 + seed % 3, 3
    weight, keys = rng.integers(-9, 10, (width, 4)), rng.integers(-9, 10, (6 * group, width))
    network = parse(f"network map input 4 linear {width} weight = {weight.tolist()}")
    x = rng.integers(-9, 10, 4)
    scores = keys @ weight @ x
    best = scores.reshape(-1, group).max(1)
    assert len(set(best.tolist())) == 6
    selected = sorted(np.argsort(best)[-2:].tolist())
    nearest = math.inf
    for i, t in itertools.product(selected, range(6 * group)):
        if t // group in selected:
            continue
        # Least distance: Lawson and Hanson, ch. 23, by non-negative least squares.
        own = slice(i * group, (i + 1) * group)
        ways, lacking = (keys[t] - keys[own]) @ weight, scores[own] - scores[t]
        system = np.vstack([ways.T, lacking]).astype(float)
        wanted = np.eye(5)[4]
        rest = system @ nnls(system, wanted)[0] - wanted
        if abs(rest[4]) > 1e-9:
            nearest = min(nearest, float(np.linalg.norm(rest[:4] / rest[4])))
    point = StoredVector(tuple(x.tolist()), 1)
    matrix = ExactMatrix.from_fractions("keys", keys.tolist())
    found = find_flip(forward(network, network.written()), point, selected, matrix, group)
    assert found is not None
    assert math.isclose(found, nearest, rel_tol=1e-6)


def test_a_flip_behind_a_bend_is_found() -> None:
    # The second score is max(-x/10 - 4, 2x - 10): down to -40 at first order, above 0 from 5 on.
    network = parse(
        "network bent input 1 linear 3 weight = [[1], [-1], [-2.1]] bias = [0, 0, 6] relu "
        "linear 2 weight = [[0, 0, 0], [2, -2, 1]] bias = [0, -10]"
    )
    found = find_flip(forward(network, network.written()), StoredVector((0,), 1), (0,))
    assert found is not None
    assert math.isclose(found, 5, rel_tol=1e-6)


def nearest_on_rays(run: Forward, x: torch.Tensor, chosen: list[int]) -> float:
    """The nearest flip on 720 rays, by 4000 steps of 0.005 on each."""
    angles = torch.arange(720, dtype=torch.float64) * (math.pi / 360)
    rays = torch.stack([angles.cos(), angles.sin()], 1)
    for step in range(1, 4001):
        scores = run(x + 0.005 * step * rays)
        top = scores.topk(len(chosen)).indices.sort().values
        if bool((top != torch.tensor(chosen)).any()):
            return 0.005 * step
    raise AssertionError("no flip on any ray")


@pytest.mark.parametrize("bend", ["relu", "tanh", "sigmoid", "abs", "softmax"])
@pytest.mark.parametrize("seed", range(3))
def test_no_ray_has_a_nearer_flip(bend: str, seed: int) -> None:
    rng = np.random.default_rng(seed)

    def numbers(*shape: int) -> str:
        return str(np.round(rng.standard_normal(shape) * 3, 2).tolist())

    network = parse(
        f"network bent input 2 linear 9 weight = {numbers(9, 2)} bias = {numbers(9)} {bend} "
        f"linear 5 weight = {numbers(5, 9)} bias = {numbers(5)}"
    )
    run, point = forward(network, network.written()), rng.integers(-20, 20, 2)
    x = torch.tensor(point / 8)
    chosen = sorted(run(x[None])[0].topk(2).indices.tolist())
    found = find_flip(run, StoredVector(tuple(point.tolist()), 8), chosen)
    nearest = nearest_on_rays(run, x, chosen)
    assert found is not None
    # What lies between rays may be a little nearer.
    assert 0.9 * nearest - 0.005 < found <= nearest + 1e-6


def test_what_is_found_does_not_depend_on_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(0)
    first, last = (np.rint(8 * random.standard_normal(s)).astype(int) for s in ((9, 4), (5, 9)))
    network = parse(
        f"network n input 4 linear 9 weight = {first.tolist()} relu "
        f"linear 5 weight = {last.tolist()} bias = [0, 1, 2, 3, 4]"
    )
    run, point = forward(network, network.written()), StoredVector((3, -1, 2, 5), 8)
    with torch.no_grad():
        best = int(run(torch.tensor([[0.375, -0.125, 0.25, 0.625]], dtype=torch.float64)).argmax())
    found = find_flip(run, point, (best,))
    monkeypatch.setattr(time, "monotonic", map(float, itertools.count(0, 1000)).__next__)
    assert found is not None
    assert find_flip(run, point, (best,)) == found
    # With less work allowed a flip is found all the same, but no nearer one.
    monkeypatch.setattr(flips, "_WORK", 0)
    less = find_flip(run, point, (best,))
    assert less is not None
    assert less > found
