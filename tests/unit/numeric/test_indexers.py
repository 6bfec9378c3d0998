"""The indexers without a module in ``transformers``, against loops written from their formulas."""

import math

import pytest
import torch

from lipbridge.errors import ShapeError, WeightsError
from lipbridge.language.checkpoint.indexer_config import RotaryConfig
from lipbridge.numeric.presets.configs import DsaConfig
from tests.reference import indexers
from tests.reference.indexers.norms import layer_norm, rms_norm
from tests.reference.indexers.rotary import inverse_frequencies, rotate

TOLERANCE = {"rtol": 1e-12, "atol": 1e-12}
TOKENS, DIM, BLOCK = 14, 6, 4


@pytest.fixture
def generator():
    return torch.Generator().manual_seed(0)


def _normal(generator, *shape):
    return torch.randn(*shape, generator=generator, dtype=torch.float64)


def _slices(tokens, block):
    return [range(start, min(start + block, tokens)) for start in range(0, tokens, block)]


def test_moba(generator):
    q, keys = _normal(generator, 3, DIM), _normal(generator, TOKENS, DIM)
    scores = indexers.moba_block_scores(q, keys, BLOCK)
    for i in range(3):
        for b, block in enumerate(_slices(TOKENS, BLOCK)):
            mean = [sum(float(keys[s, j]) for s in block) / len(block) for j in range(DIM)]
            expected = sum(float(q[i, j]) * mean[j] for j in range(DIM))
            assert math.isclose(float(scores[i, b]), expected, rel_tol=1e-12, abs_tol=1e-12)


def test_quest(generator):
    q, keys = _normal(generator, 3, DIM), _normal(generator, TOKENS, DIM)
    scores = indexers.quest_block_scores(q, keys, BLOCK)
    for i in range(3):
        for b, block in enumerate(_slices(TOKENS, BLOCK)):
            expected = 0.0
            for j in range(DIM):
                column = [float(keys[s, j]) for s in block]
                x = float(q[i, j])
                expected += max(x * max(column), x * min(column))
            assert math.isclose(float(scores[i, b]), expected, rel_tol=1e-12, abs_tol=1e-12)
            best = max(float(q[i] @ keys[s]) for s in block)
            assert scores[i, b] >= best - 1e-12


@pytest.mark.parametrize("stride", [None, 2])
@pytest.mark.parametrize("with_position", [False, True])
def test_nsa(generator, stride, with_position):
    width = 5
    position = _normal(generator, BLOCK, DIM) if with_position else None
    weights = indexers.NsaWeights(
        w1=_normal(generator, width, BLOCK * DIM),
        b1=_normal(generator, width),
        w2=_normal(generator, DIM, width),
        b2=_normal(generator, DIM),
        position=position,
    )
    keys, q = _normal(generator, TOKENS, DIM), _normal(generator, 2, DIM)
    block_keys = indexers.nsa_block_keys(keys, weights, length=BLOCK, stride=stride)
    starts = range(0, TOKENS - BLOCK + 1, stride or BLOCK)
    assert block_keys.shape == (len(starts), DIM)
    for row, start in zip(block_keys, starts, strict=True):
        entries = []
        for t in range(BLOCK):
            for j in range(DIM):
                shift = 0.0 if position is None else float(position[t, j])
                entries.append(float(keys[start + t, j]) + shift)
        inner = [
            max(
                0.0,
                sum(float(w) * e for w, e in zip(weights.w1[m], entries, strict=True))
                + float(weights.b1[m]),
            )
            for m in range(width)
        ]
        expected = [
            sum(float(weights.w2[j, m]) * inner[m] for m in range(width)) + float(weights.b2[j])
            for j in range(DIM)
        ]
        torch.testing.assert_close(row, torch.tensor(expected, dtype=torch.float64), **TOLERANCE)
    scores = indexers.nsa_block_scores(q, block_keys)
    torch.testing.assert_close(scores[1, 0], q[1] @ block_keys[0], **TOLERANCE)
    with pytest.raises(ShapeError, match="3 keys do not fill"):
        indexers.nsa_block_keys(keys[:3], weights, length=BLOCK)


def test_mlp_head(generator):
    w1, b1, w2 = _normal(generator, 5, 3), _normal(generator, 5), _normal(generator, 4, 5)
    x, block_keys = _normal(generator, 2, 3), _normal(generator, 7, 4)
    scores = indexers.mlp_head_scores(x, [(w1, b1), (w2, None)], block_keys)
    expected = torch.stack([block_keys @ (w2 @ torch.relu(w1 @ row + b1)) for row in x])
    torch.testing.assert_close(scores, expected, **TOLERANCE)


def test_norms_agree_with_torch(generator):
    u, gain, bias = (_normal(generator, *shape) for shape in ((4, DIM), (DIM,), (DIM,)))
    torch.testing.assert_close(
        rms_norm(u, gain, 1e-6), torch.nn.functional.rms_norm(u, (DIM,), gain, 1e-6), **TOLERANCE
    )
    torch.testing.assert_close(
        layer_norm(u, gain, bias, 1e-6),
        torch.nn.functional.layer_norm(u, (DIM,), gain, bias, 1e-6),
        **TOLERANCE,
    )


def test_rotary_is_an_isometry_and_depends_on_the_distance_only(generator):
    config = RotaryConfig(dim=4, theta=100.0)
    u, v = _normal(generator, 1, DIM), _normal(generator, 1, DIM)

    def turned(w, t):
        return rotate(w, torch.tensor([t]), config)

    torch.testing.assert_close(turned(u, 9).norm(), u.norm(), **TOLERANCE)
    assert torch.equal(turned(u, 9)[:, 4:], u[:, 4:])
    first = turned(u, 12) @ turned(v, 5).T
    second = turned(u, 7) @ turned(v, 0).T
    torch.testing.assert_close(first, second, rtol=1e-10, atol=1e-10)


def test_yarn_keeps_fast_pairs_and_slows_the_others():
    plain = inverse_frequencies(RotaryConfig(dim=64, theta=1e4))
    config = RotaryConfig(dim=64, theta=1e4, kind="yarn", factor=40.0, original_length=4096)
    yarn = inverse_frequencies(config)
    assert torch.equal(yarn[:4], plain[:4])
    torch.testing.assert_close(yarn[-4:], plain[-4:] / 40, rtol=1e-6, atol=0)
    assert bool(((yarn <= plain) & (yarn >= plain / 41)).all())


def test_top_k_with_forced_and_forbidden():
    scores = torch.tensor([[3.0, -torch.inf, 5.0, 5.0, 1.0]])
    forced = torch.tensor([[False, False, False, False, True]])
    assert indexers.top_k(scores, 2).tolist() == [[2, 3]]
    assert indexers.top_k(scores, 3, forced).tolist() == [[4, 2, 3]]
    assert indexers.top_k(scores, 9, forced).tolist() == [[4, 2, 3, 0, -1]]


def test_forced_blocks_and_future():
    positions = torch.tensor([0, 5, 11])
    forced = indexers.forced_blocks(positions, 3, BLOCK, local=2)
    assert forced.tolist() == [[True, False, False], [True, True, False], [False, True, True]]
    first = indexers.forced_blocks(positions, 3, BLOCK, local=0, first=1)
    assert first.tolist() == [[True, False, False]] * 3
    future = indexers.block_future(positions, 3, BLOCK)
    assert future.tolist() == [[False, True, True], [False, False, True], [False, False, False]]


def test_dsa_latent_needs_its_projection():
    rotary = RotaryConfig(dim=2, theta=10.0)
    config = DsaConfig(4, 1, 2, 5, rotary, 3, 1e-6, 1e-6, None)
    zero = torch.zeros(2, 2, dtype=torch.float64)
    weights = indexers.DsaWeights(zero, zero, zero, zero[0], zero[0])
    with pytest.raises(WeightsError, match=r"needs self_attn.q_a_proj.weight"):
        indexers.dsa_latent(zero, weights, config)
