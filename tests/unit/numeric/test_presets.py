"""Constants of the presets against slopes measured on the reference indexers, and exact values."""

import math

import pytest
import torch
from safetensors.torch import save_file

from lipbridge.errors import InputError
from lipbridge.jsonable import jsonable
from lipbridge.language.checkpoint.files import open_checkpoint
from lipbridge.numeric.presets.registry import PresetOptions, find_indexers, find_preset
from lipbridge.numeric.slopes.search import adversarial_slope
from tests.reference import indexers

# Slopes are measured in plain float64.
ROUNDING = 1 + 1e-9


def _normal(*shape, seed=0):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(*shape, generator=generator, dtype=torch.float64)


def _report(name, folder, **options):
    return find_preset(name).bounds(open_checkpoint(folder), PresetOptions(**options))


def msa_bounds(index, **options):
    return _report("msa", index.source, **options)


def dsa_bounds(index, **options):
    return _report("dsa", index.source, **options)


def _named(name, folder, tensors, **options):
    """The report of a preset whose tensors are named by their roles."""
    kept = {role: tensor.contiguous() for role, tensor in tensors.items() if tensor is not None}
    save_file(kept, folder / "model.safetensors")
    return _report(name, folder, tensors=tuple(f"{role}={role}" for role in kept), **options)


@pytest.fixture(scope="module")
def msa(tiny_checkpoints):
    index = find_indexers(open_checkpoint(tiny_checkpoints / "msa"))
    return index, indexers.load_msa(index.layers[0])


def _row(report, layer, head):
    return next(row for row in report.rows if (row.layer, row.head) == (layer, head))


def _msa_scores(index, weights, head, context=40):
    """x ↦ block scores of one head at the last position of a random context."""
    config = index.config
    hidden = _normal(context, config.hidden, seed=1) * 30
    keys = indexers.msa_keys(hidden, torch.arange(context), weights, config)
    position = torch.tensor([context - 1])

    def scores(x):
        queries = [
            indexers.msa_queries(row[None], position, weights, config)[head : head + 1] for row in x
        ]
        return torch.cat(
            [indexers.msa_block_scores(q, keys, position, config)[0, :, 0] for q in queries]
        )

    return scores, keys


def test_msa_rows(msa):
    index, _ = msa
    report = msa_bounds(index, query_norm=1.0)
    assert [(row.layer, row.head) for row in report.rows] == [
        (layer, head) for layer in (3, 4) for head in (0, 1, None)
    ]
    for row in report.rows:
        assert 0 < row.sigma.lower <= row.sigma.upper
        for constant in row.constants:
            assert constant.lower is None or 0 < constant.lower <= constant.upper
    assert jsonable(report)["rows"][0]["constants"][0]["name"] == "query"


@pytest.mark.parametrize("head", [0, 1])
def test_msa_slopes_stay_below(msa, head):
    index, weights = msa
    row = _row(msa_bounds(index, query_norm=0.5), 3, head)
    scores, keys = _msa_scores(index, weights, head)
    config = index.config
    block = keys[: config.block]
    found = adversarial_slope(lambda q: (q @ block.T).amax(1), config.head_dim, steps=40)
    assert found.value <= row.constant("query").upper * ROUNDING
    assert row.constant("query").lower <= row.constant("query").upper
    size = slice(head * config.head_dim, (head + 1) * config.head_dim)
    projection = weights.q_proj[size]

    def keep_query_long(x):
        short = (x @ projection.T).norm(dim=1, keepdim=True)
        return x * (0.5 / short.clamp_min(1e-9)).clamp_min(1.0)

    local = adversarial_slope(
        scores, config.hidden, radius=5.0, steps=15, starts=6, project=keep_query_long
    )
    assert local.value <= row.constant("hidden-local").upper * ROUNDING
    everywhere = adversarial_slope(scores, config.hidden, radius=0.05, steps=15, starts=6)
    assert everywhere.value <= row.constant("hidden").upper * ROUNDING
    assert everywhere.value > row.constant("hidden-local").upper


def test_msa_selection_constant_is_attained_up_to_a_factor(msa):
    index, weights = msa
    config = index.config
    for head in (0, 1):
        constant = _row(msa_bounds(index), 3, head).constant("selection")
        size = slice(head * config.head_dim, (head + 1) * config.head_dim)
        merged = (1 + weights.q_norm)[:, None] * weights.q_proj[size]
        # The best key at the query's own position.
        directions = merged.T * (1 + weights.k_norm)
        best = math.sqrt(config.head_dim) * float(torch.linalg.matrix_norm(directions, 2))
        assert constant.lower <= best * ROUNDING
        assert best <= constant.upper * ROUNDING
        assert constant.upper <= 1.5 * constant.lower


def test_msa_selection_ignores_the_query_norm(msa):
    index, weights = msa
    config = index.config
    x, positions = _normal(20, config.hidden, seed=4) * 10, torch.arange(20)
    keys = indexers.msa_keys(x, positions, weights, config)
    queries = indexers.msa_queries(x, positions, weights, config)
    raw = (x @ weights.q_proj.T).unflatten(-1, (config.heads, config.head_dim)).transpose(0, 1)
    unit = indexers.rotary.rotate((1 + weights.q_norm) * raw, positions, config.rotary)
    one, two = (indexers.msa_block_scores(q, keys, positions, config) for q in (queries, unit))
    factor = (
        math.sqrt(config.head_dim) / (raw.square().sum(-1) + config.head_dim * config.eps).sqrt()
    )
    finite = one.isfinite()
    torch.testing.assert_close(one[finite], (two * factor[..., None])[finite])
    assert torch.equal(
        indexers.msa_select(one, positions, config), indexers.msa_select(two, positions, config)
    )


@pytest.fixture(scope="module", params=["dsa", "dsa-fp8"])
def dsa(request, tiny_checkpoints):
    index = find_indexers(open_checkpoint(tiny_checkpoints / request.param))
    return index, indexers.load_dsa(index.layers[0])


def test_dsa_slopes_stay_below(dsa):
    index, weights = dsa
    config, radius = index.config, 4.0
    report = dsa_bounds(index, hidden_norm=radius)
    row = next(row for row in report.rows if (row.layer, row.head) == (0, None))
    context = 12
    hidden = _normal(context, config.hidden, seed=2)
    keys = indexers.dsa_keys(hidden, torch.arange(context), weights, config)
    position = torch.tensor([context - 1])
    head_weights = indexers.dsa_head_weights(hidden[:1], weights, config)
    head_weights = head_weights / head_weights.norm()

    def of_latent(c):
        queries = indexers.dsa_queries(c, position.expand(len(c)), weights, config)
        return indexers.dsa_scores(queries, head_weights.expand(len(c), -1), keys[:1], position)

    latent = adversarial_slope(of_latent, config.latent, steps=30)
    assert latent.value <= row.constant("latent").upper * ROUNDING
    assert latent.value >= row.constant("latent").upper / 20

    def of_hidden(x):
        c = indexers.dsa_latent(x, weights, config)
        queries = indexers.dsa_queries(c, position.expand(len(x)), weights, config)
        w = indexers.dsa_head_weights(x, weights, config)
        return indexers.dsa_scores(queries, w, keys[:1], position)

    def in_ball(x):
        return x * (radius / x.norm(dim=1, keepdim=True)).clamp_max(1.0)

    found = adversarial_slope(
        of_hidden, config.hidden, radius=radius, steps=30, starts=8, project=in_ball
    )
    assert found.value <= row.constant("hidden-local").upper * ROUNDING

    def unnormalized(x):
        raw = x @ weights.q_a_proj.T * weights.q_a_norm
        queries = indexers.dsa_queries(raw, position.expand(len(x)), weights, config)
        w = indexers.dsa_head_weights(x, weights, config)
        return indexers.dsa_scores(queries, w, keys[:1], position)

    found = adversarial_slope(
        unnormalized, config.hidden, radius=radius, steps=30, starts=8, project=in_ball
    )
    assert found.value <= row.constant("selection").upper * ROUNDING


def test_dsa_needs_the_ball(dsa):
    index, _ = dsa
    with pytest.raises(InputError, match=r"preset dsa: no Lipschitz constant .* give the ball"):
        dsa_bounds(index)
    smaller, larger = (dsa_bounds(index, hidden_norm=r).rows[0] for r in (1.0, 2.0))
    for name in ("hidden-local", "selection"):
        assert smaller.constant(name).upper < larger.constant(name).upper


def test_domains_must_make_sense(msa, dsa):
    with pytest.raises(InputError, match="query norm must be ≥ 0"):
        msa_bounds(msa[0], query_norm=-1.0)
    with pytest.raises(InputError, match="hidden norm must be ≥ 0"):
        dsa_bounds(dsa[0], hidden_norm=math.nan)


KEYS, BLOCK = _normal(22, 6, seed=9), 4


def _block_rows(report):
    return [row for row in report.rows if row.block is not None]


def test_moba_is_exact(tmp_path):
    query = _normal(6, 10, seed=3)
    report = _named("moba", tmp_path, {"keys": KEYS, "query": query}, block=BLOCK)
    means = indexers.moba_block_keys(KEYS, BLOCK)
    for row, mean in zip(_block_rows(report), means, strict=True):
        constant = row.constant("query")
        assert constant.lower <= float(mean.norm()) * ROUNDING
        assert float(mean.norm()) <= constant.upper * ROUNDING
        assert constant.upper <= constant.lower * (1 + 1e-9)
        merged = row.constant("hidden-merged").upper
        assert math.isclose(merged, float((query.T @ mean).norm()), rel_tol=1e-9)
        assert merged <= row.constant("hidden").upper
    pair = report.rows[-1].constant("pair")
    distance = float(torch.cdist(means, means).max())
    assert math.isclose(pair.upper, distance, rel_tol=1e-6)
    assert pair.lower <= pair.upper


def test_quest_is_attained(tmp_path):
    tensors = {"keys": KEYS, "query": _normal(6, 10, seed=3)}
    report = _named("quest", tmp_path, tensors, block=BLOCK)
    for row in _block_rows(report):

        def score(q, b=row.block):
            return indexers.quest_block_scores(q, KEYS, BLOCK)[:, b]

        found = adversarial_slope(score, 6, steps=100)
        assert found.value <= row.constant("query").upper * ROUNDING
        assert found.value >= row.constant("query").upper * 0.9

    def difference(q):
        scores = indexers.quest_block_scores(q, KEYS, BLOCK)
        return (scores[:, :, None] - scores[:, None, :]).amax((1, 2))

    pair = report.rows[-1].constant("pair").upper
    assert adversarial_slope(difference, 6, steps=60).value <= pair * ROUNDING


def test_nsa_slopes_stay_below(tmp_path):
    weights = indexers.NsaWeights(
        _normal(7, BLOCK * 6, seed=1),
        _normal(7, seed=2),
        _normal(6, 7, seed=3),
        _normal(6, seed=4),
        position=_normal(BLOCK, 6, seed=5),
    )
    tensors = {"keys": KEYS, **vars(weights)}
    report = _named("nsa-mlp", tmp_path, tensors, block=BLOCK, stride=2, query_norm=1.0)
    block_keys = indexers.nsa_block_keys(KEYS, weights, length=BLOCK, stride=2)
    rows = _block_rows(report)
    assert len(rows) == len(block_keys)
    for row, key in zip(rows, block_keys, strict=True):
        constant = row.constant("query")
        assert constant.lower <= float(key.norm()) * ROUNDING
        assert float(key.norm()) <= constant.upper * ROUNDING
    q = _normal(6, seed=6)
    q /= q.norm()

    def score(flat):
        blocks = flat.unflatten(1, (BLOCK, 6))
        keys = [indexers.nsa_block_keys(block, weights, length=BLOCK)[0] for block in blocks]
        return torch.stack(keys) @ q

    found = adversarial_slope(score, BLOCK * 6, steps=20, starts=8)
    assert found.value <= report.rows[-1].constant("context").upper * ROUNDING


def test_mlp_merging_helps(tmp_path):
    layers = [(_normal(8, 5, seed=1), _normal(8, seed=2)), (_normal(6, 8, seed=3), None)]
    keys = _normal(4, 6, seed=4)
    (w1, b1), (w2, _) = layers
    report = _named("mlp", tmp_path, {"block_keys": keys, "w1": w1, "b1": b1, "w2": w2})
    for row in _block_rows(report):
        merged, product = (row.constant(n).upper for n in ("hidden", "hidden-product"))
        assert merged <= product

        def score(x, b=row.block):
            return indexers.mlp_head_scores(x, layers, keys)[:, b]

        found = adversarial_slope(score, 5, steps=40).value
        assert product / 20 <= found <= merged * ROUNDING
