from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from lipbridge.audit import (
    Constants,
    StreamKey,
    TraceInfo,
    TraceReader,
    audit_trace,
    save_trace,
    summarize,
)
from lipbridge.errors import ContradictionError, InputError, TraceError
from lipbridge.progress import heard_by


def streams(path):
    reader = TraceReader(path)
    held = {}
    for key in reader.streams:
        chunk = reader.read(reader.plan(key, 1 << 30)[0])
        held[key] = {"queries": chunk.queries, "keys": chunk.keys, "scores": chunk.scores}
    return reader.info, held


def test_chunks_do_not_change_the_answer(trace, result):
    small = audit_trace(trace, chunk_bytes=60_000)
    for name, column in result.rows.columns.items():
        if name.startswith("radius"):  # sums of products depend on the size of the batch
            np.testing.assert_allclose(small.rows[name], column, rtol=1e-9, err_msg=name)
        else:
            np.testing.assert_array_equal(small.rows[name], column, err_msg=name)


def test_a_synthetic_trace_has_no_contradiction_and_its_known_movements(result):
    rows = result.rows
    assert not result.contradictions
    assert rows["locked"].any()
    assert rows["changed"].any()
    settling = rows.take((rows["head"] == 0) & np.isfinite(rows["movement"]))
    bound = 0.4 * 0.97 ** settling["step"]
    assert (settling["movement"] <= bound * (1 + 1e-5) + 1e-5).all()
    assert (rows["radius_block"] >= rows["radius_uniform"] * (1 - 1e-9)).all()


def test_scores_from_keys_agree_with_recorded_ones(trace, result, tmp_path):
    info, held = streams(trace)
    for fields in held.values():
        del fields["scores"]
    save_trace(tmp_path / "t.safetensors", info, held)
    rows = audit_trace(tmp_path / "t.safetensors").rows
    np.testing.assert_array_equal(rows["changed"], result.rows["changed"])
    np.testing.assert_allclose(rows["margin"], result.rows["margin"], atol=1e-5)


def test_hidden_states_with_a_score_function(trace, result, tmp_path):
    info, held = streams(trace)
    keys = held[StreamKey(0, 0)]["keys"]
    save_trace(
        tmp_path / "t.safetensors",
        info,
        {StreamKey(0, 0): {"queries": held[StreamKey(0, 0)]["queries"]}},
    )
    rows = audit_trace(
        tmp_path / "t.safetensors",
        lipschitz=float(torch.linalg.vector_norm(keys, dim=-1).max()) * 1.000001,
        score=lambda q: torch.einsum("thn,hbn->thb", q, keys),
        error=1e-5,
    ).rows
    here = result.rows.take(result.rows["layer"] == 0)
    np.testing.assert_array_equal(rows["changed"], here["changed"])
    with pytest.raises(TraceError, match="neither scores nor keys"):
        audit_trace(tmp_path / "t.safetensors", lipschitz=1.0)
    with pytest.raises(InputError, match="whose rounding is unknown"):
        audit_trace(tmp_path / "t.safetensors", lipschitz=1.0, score=lambda q: q)


def test_a_swapped_score_is_caught(trace, result, tmp_path):
    info, held = streams(trace)
    scores = held[StreamKey(1, 0)]["scores"]
    rows = result.rows.take((result.rows["layer"] == 1) & (result.rows["head"] == 0))
    step = int(np.flatnonzero(rows["locked"])[-5])
    chosen, runner = int(rows["selected"][step][-1]), int(rows["runner"][step])
    scores[step + 1, 0, [chosen, runner]] = scores[step + 1, 0, [runner, chosen]]
    save_trace(tmp_path / "t.safetensors", info, held)
    place = f"layer 1, sequence 0, head 0, step {step}"
    with pytest.raises(ContradictionError, match=place):
        audit_trace(tmp_path / "t.safetensors")
    found = audit_trace(tmp_path / "t.safetensors", on_contradiction="record").contradictions
    lock = found[0]
    assert (lock.kind, lock.place.step, lock.entered, lock.left) == ("lock", step, runner, chosen)
    assert f"block {runner} took the place of block {chosen}" in lock.message()
    figures = {"radius": 1 - 1e-10, "margin": 2 - 1e-10, "rise": 3 - 1e-10, "movement": 4 + 1e-9}
    edge = replace(lock, **figures, lipschitz=5 + 1e-9, error=6 + 1e-9)
    assert "within 0.999999999 (margin ≥ 1.99999999, L ≤ 5.00000001, e ≤" in edge.message()
    assert "e ≤ 6.00000001) and the query moved 4.00000001 at most" in edge.message()
    steep = replace(edge, kind="slope").message()
    assert "(largest change ≥ 2.99999999) for a movement of 4.00000001 at most" in steep


@pytest.mark.parametrize("factor", [0.5, 0.05])
def test_a_shrunk_constant_is_caught(trace, result, factor):
    largest = float(result.rows["lipschitz"].max())
    with pytest.raises(ContradictionError, match=r"changed too fast|took the place"):
        audit_trace(trace, lipschitz=largest * factor)


def test_a_shrunk_block_constant_is_caught_and_named(trace):
    info, held = streams(trace)
    constants = torch.linalg.vector_norm(held[StreamKey(0, 0)]["keys"].double(), dim=-1) * 1.0001
    assert info.top_k == 4
    constants[:, 7] *= 0.1
    with pytest.raises(ContradictionError, match="block 7"):
        audit_trace(trace, lipschitz=Constants(per_block=constants), layers=[0])


def test_slopes_may_be_left_out(trace):
    rows = audit_trace(trace, slopes="none").rows
    assert "rise" not in rows
    assert "steep" not in rows


def test_rows_are_kept_and_an_audit_resumes(trace, tmp_path):
    seen: list[tuple[int, int]] = []

    class StopError(Exception):
        pass

    def stop(_stage, done, total):
        seen.append((done, total))
        if len(seen) == 2:
            raise StopError

    options = {"chunk_bytes": 60_000, "out": tmp_path / "rows"}
    with pytest.raises(StopError), heard_by(stop):
        audit_trace(trace, **options)
    before = sorted((tmp_path / "rows").glob("rows-*"))
    stamps = [p.stat().st_mtime_ns for p in before]
    with heard_by(lambda _stage, done, total: seen.append((done, total))):
        resumed = audit_trace(trace, **options, resume=True)
    assert [p.stat().st_mtime_ns for p in before] == stamps
    assert seen[-1] == (240, 240)
    np.testing.assert_array_equal(resumed.rows["locked"], audit_trace(trace).rows["locked"])
    with pytest.raises(InputError, match="another input or settings"):
        audit_trace(trace, **options, resume=True, top_k=2)
    with pytest.raises(InputError, match="holds audit rows"):
        audit_trace(trace, **options)
    # Rows that do not say of what they are.
    (tmp_path / "rows" / "kept.json").unlink()
    with pytest.raises(InputError, match="another input or settings"):
        audit_trace(trace, **options, resume=True)


def test_segments_break_the_trajectory(tmp_path):
    torch.manual_seed(0)
    held = {
        "queries": torch.randn(4, 1, 2),
        "scores": torch.randn(4, 1, 3),
        "segments": torch.tensor([0, 0, 1, 1]),
    }
    save_trace(tmp_path / "t.npz", TraceInfo(top_k=1), {StreamKey(0, 0): held})
    rows = audit_trace(tmp_path / "t.npz", lipschitz=100.0).rows
    assert np.isnan(rows["movement"]).tolist() == [False, True, False, True]
    assert [len(t.rows) for t in rows.trajectories()] == [2, 2]


def test_pairwise_constants_alone_need_an_error(trace, tmp_path):
    info, held = streams(trace)
    for fields in held.values():
        del fields["keys"]
    path = tmp_path / "t.safetensors"
    save_trace(path, info, held)
    pairs = torch.full((24, 24), 50.0)
    rows = audit_trace(path, lipschitz=pairs, error=1e-5).rows
    assert "radius_pairwise" in rows
    assert rows["lipschitz"][0] == 25.0
    with pytest.raises(TraceError, match="evaluation error"):
        audit_trace(path, lipschitz=pairs)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"lipschitz": -1.0}, "finite number ≥ 0"),
        ({"lipschitz": math.nan}, "finite number ≥ 0"),
        ({"lipschitz": torch.full((3, 4), math.inf)}, "finite and ≥ 0"),
        ({"lipschitz": torch.ones(9)}, "for 2 heads and 24 blocks"),
        ({"error": -1.0}, "evaluation error -1.0"),
        ({"layers": [7]}, r"no such layer; the trace has \[0, 1\]"),
    ],
)
def test_bad_options_are_named(trace, options, message):
    with pytest.raises((InputError, TraceError), match=message):
        audit_trace(trace, **options)


def test_distances_between_keys_are_left_out_of_large_competitions(trace, monkeypatch):
    monkeypatch.setattr("lipbridge.audit.certify.chunk._MOST_PAIRS", 95)
    assert "radius_pairwise" not in audit_trace(trace).rows
    monkeypatch.setattr("lipbridge.audit.certify.chunk._MOST_PAIRS", 96)
    assert "radius_pairwise" in audit_trace(trace).rows


def saved(path, **fields):
    info = TraceInfo(top_k=fields.pop("top_k", 1))
    save_trace(path, info, {StreamKey(0, 0): fields})
    return path


def test_a_replaced_trace_of_equal_size_is_not_resumed(tmp_path):
    torch.manual_seed(1)
    queries, keys, path = torch.randn(9, 2, 4), torch.randn(2, 5, 4), tmp_path / "t.safetensors"
    options = {"out": tmp_path / "rows", "resume": True}
    first = audit_trace(saved(path, queries=queries, keys=keys), **options)
    assert audit_trace(path, **options).rows["radius"].tolist() == first.rows["radius"].tolist()
    size = path.stat().st_size
    assert saved(path, queries=queries, keys=keys / 1000).stat().st_size == size
    with pytest.raises(InputError, match="of another input"):
        audit_trace(path, **options)


def test_rows_of_another_score_function_are_not_resumed(tmp_path):
    """Its constants are the same, and so is its rounding."""
    path = saved(tmp_path / "t.safetensors", queries=LINE[:, None])
    options = {"lipschitz": 51.0, "error": 1e-5, "out": tmp_path / "rows", "resume": True}
    for _ in range(2):
        audit_trace(path, score=lambda q: q @ STEEP.T, **options)
    with pytest.raises(InputError, match="of another input or settings"):
        audit_trace(path, score=lambda q: -q @ STEEP.T, **options)


LINE = torch.tensor([[1.0, 0.0], [0.9, 0.0], [0.2, 0.0]])
STEEP = torch.tensor([[2.0, 50.0], [1.0, -50.0]])


@pytest.mark.parametrize("recorded", [False, True])
@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ({"constants": torch.tensor([2.0, 51.0])}, "constant of block 0 is below the length"),
        (
            {"constants": torch.tensor([[[51.0, 51]], [[51, 50]], [[51, 51]]])},
            "constant of block 1",
        ),
        ({"pairwise": torch.full((2, 2), 99.0)}, "blocks 0 and 1 is below the distance"),
    ],
)
def test_constants_that_the_keys_contradict_are_refused(tmp_path, claim, said, recorded):
    held = {"queries": LINE, "keys": STEEP, **({"scores": LINE @ STEEP.T} if recorded else {})}
    with pytest.raises(TraceError, match=said):
        audit_trace(saved(tmp_path / "t.safetensors", **held, **claim))
    given = claim.get("constants", claim.get("pairwise"))
    if given.ndim < 3:
        with pytest.raises(TraceError, match=said):
            audit_trace(saved(tmp_path / "given.safetensors", **held), lipschitz=given)
    # What does not compete may say anything.
    mask = torch.tensor([[False, True]] * 3 if "block 0" in said else [[True, False]] * 3)
    assert len(audit_trace(saved(tmp_path / "m.safetensors", **held, **claim, mask=mask)).rows) == 3


def test_a_uniform_constant_below_the_keys_is_refused(tmp_path):
    path = saved(tmp_path / "t.safetensors", queries=LINE, keys=STEEP)
    with pytest.raises(TraceError, match="constant of block 0 is below the length of its key"):
        audit_trace(path, lipschitz=50.0)
    assert len(audit_trace(path, lipschitz=50.1).rows) == 3


@pytest.mark.parametrize("size", [2.0**-600, 2.0**600])
def test_constants_of_keys_beyond_squares_are_compared(tmp_path, size):
    keys = torch.tensor([[3.0, 4.0], [0.0, 1.0]], dtype=torch.float64) * size
    for factor in (1, 1 - 2**-40):
        constants = torch.tensor([5.0, 1.0], dtype=torch.float64) * size * factor
        path = saved(
            tmp_path / f"{factor}.safetensors", queries=LINE, keys=keys, constants=constants
        )
        if factor == 1:
            assert len(audit_trace(path).rows) == 3
        else:
            with pytest.raises(TraceError, match="below the length"):
                audit_trace(path)


def test_pairwise_constants_a_head_go_with_keys_that_heads_share(tmp_path):
    queries, keys = LINE[:, None].expand(-1, 2, -1).contiguous(), torch.tensor([[2.0, 0], [1, 0]])
    pairwise = torch.tensor([8.0, 9.0])[:, None, None].expand(2, 2, 2).contiguous()
    rows = audit_trace(
        saved(tmp_path / "t.safetensors", queries=queries, keys=keys, pairwise=pairwise)
    ).rows
    assert dict(zip(rows["head"].tolist(), rows["given"].tolist(), strict=False)) == {
        0: 8.0,
        1: 9.0,
    }


def test_a_difference_faster_than_its_pairwise_constant_is_a_contradiction(tmp_path):
    scores = LINE @ torch.tensor([[2.0, 0.0], [1.0, 0.0]]).T
    held = {"queries": LINE, "scores": scores, "constants": torch.tensor([2.0, 1.0])}
    path = saved(tmp_path / "t.safetensors", **held, pairwise=torch.full((2, 2), 0.01))
    with pytest.raises(
        ContradictionError, match="difference of the scores of blocks 0 and 1 changed"
    ):
        audit_trace(path)
    found = audit_trace(path, on_contradiction="record").contradictions
    assert [(c.kind, c.place.step, c.block, c.other) for c in found] == [
        ("slope", 0, 0, 1),
        ("slope", 1, 0, 1),
    ]
    right = saved(tmp_path / "r.safetensors", **held, pairwise=torch.full((2, 2), 1.000001))
    assert not audit_trace(right).contradictions
    cut = {**held, "pairwise": torch.full((2, 2), 0.01), "segments": torch.arange(3)}
    assert not audit_trace(saved(tmp_path / "c.safetensors", **cut)).contradictions


def test_products_computed_here_are_rounded_whatever_is_said_of_recorded_ones(tmp_path):
    """Summed from the left in float64 the greater score comes out as 1, the other above it."""
    step = 2.0**-53
    keys = torch.tensor([[1, step, step], [1, 1.8 * step, 0]], dtype=torch.float64)
    info = TraceInfo(top_k=1, unit_roundoff=0.0, roundings=0)
    held = {"queries": torch.ones(2, 1, 3, dtype=torch.float64), "keys": keys}
    save_trace(tmp_path / "t.safetensors", info, {StreamKey(0, 0): held})
    assert not audit_trace(tmp_path / "t.safetensors").rows["radius"].any()
    assert not audit_trace(tmp_path / "t.safetensors", error=0.0).rows["radius"].any()


def test_an_audit_of_other_layers_is_not_resumed(trace, tmp_path):
    options = {"out": tmp_path / "rows", "resume": True}
    assert set(audit_trace(trace, layers=[0], **options).rows["layer"]) == {0}
    with pytest.raises(InputError, match="of another input or settings"):
        audit_trace(trace, layers=[1], **options)


def test_one_constant_that_is_too_small_is_said_with_block_step_and_file(tmp_path):
    scores = LINE @ torch.tensor([[2.0, 0.0], [1.0, 0.0], [3.0, 0.0]]).T
    (tmp_path / "t").mkdir()
    said = (
        "t: layer 0, sequence 0, head 0, step 3, chunk-000001.safetensors: the score of block 2 "
        "changed too fast"
    )
    steps = {"segments": torch.tensor([0, 1, 2])}
    saved(tmp_path / "t" / "chunk-000000.safetensors", queries=LINE, scores=scores, **steps)
    steps = {"segments": torch.tensor([3, 3, 4])}
    saved(tmp_path / "t" / "chunk-000001.safetensors", queries=LINE, scores=scores, **steps)
    with pytest.raises(ContradictionError, match=said):
        audit_trace(tmp_path / "t", lipschitz=2.5)
    (found,) = audit_trace(tmp_path / "t", lipschitz=2.5, on_contradiction="record").contradictions
    assert (found.file, found.block) == ("chunk-000001.safetensors", 2)
    single = saved(tmp_path / "one.safetensors", queries=LINE, scores=scores)
    with pytest.raises(ContradictionError, match="step 0: the score of block 2 changed too fast"):
        audit_trace(single, lipschitz=2.5)


def test_a_difference_is_named_beside_streams_without_pairwise_constants(tmp_path):
    scores = LINE @ torch.tensor([[2.0, 0.0], [1.0, 0.0]]).T
    held = {"queries": LINE, "scores": scores, "constants": torch.tensor([2.0, 1.0])}
    pair = {**held, "pairwise": torch.full((2, 2), 0.01)}
    both = {StreamKey(0, 0): held, StreamKey(1, 0): pair}
    save_trace(tmp_path / "t.safetensors", TraceInfo(top_k=1), both)
    found = audit_trace(tmp_path / "t.safetensors", on_contradiction="record").contradictions
    assert [(c.block, c.other) for c in found] == [(0, 1), (0, 1)]
    assert "the difference of the scores of blocks 0 and 1" in found[0].message()


def test_constants_of_all_and_of_blocks_hold_together(tmp_path):
    held = {"queries": LINE, "scores": LINE @ torch.tensor([[2.0, 0.0], [1.0, 0.0]]).T}
    path = saved(tmp_path / "t.safetensors", **held)
    table = torch.tensor([9.0, 1.0])
    found, each = (
        audit_trace(path, lipschitz=Constants(uniform=uniform, per_block=table), error=0.0).rows
        for uniform in (2.5, None)
    )
    assert found["lipschitz"].tolist() == [2.5] * 3
    assert (found["radius_block"] > each["radius_block"]).all()


def test_float16_scores_that_underflow_are_within_their_error(tmp_path):
    random = torch.Generator().manual_seed(0)
    queries = torch.randn(50, 1, 3, generator=random) * 3e-4
    keys = torch.randn(8, 3, generator=random) * 3e-4
    exact = queries[:, 0].double() @ keys.double().T
    path = saved(
        tmp_path / "t.safetensors", queries=queries, keys=keys, scores=exact[:, None].half()
    )
    rows = audit_trace(path).rows  # no score changes too fast
    assert ((exact.half().double() - exact).abs().amax(-1).numpy() <= rows["error"]).all()
    assert (rows["error"] < 1e-7).all()


def test_products_beyond_float64_are_refused(tmp_path):
    """−∞ would say that a block does not compete, so that nothing could change."""
    keys = torch.tensor([[1.0], [-1e200]], dtype=torch.float64)
    queries = torch.tensor([[1e150]], dtype=torch.float64)
    with pytest.raises(TraceError, match="a product of query and key is beyond float64"):
        audit_trace(saved(tmp_path / "t.safetensors", queries=queries, keys=keys))


def test_scores_further_apart_than_float64_holds_have_a_radius(tmp_path):
    scores = torch.tensor([[1.5e308, -1.5e308]], dtype=torch.float64)
    path = saved(tmp_path / "t.safetensors", queries=torch.zeros(1, 1), scores=scores)
    pairs = Constants(uniform=4.0, pairwise=torch.full((2, 2), 8.0))
    rows = audit_trace(path, lipschitz=pairs, error=0.0).rows
    for name in ("radius_uniform", "radius_pairwise"):
        assert 1e307 < rows[name][0] < 3e308 / 8
    assert rows["margin"][0] < math.inf


def test_another_number_of_slots_breaks_the_premise_of_a_lock_in_bound(tmp_path):
    """While all are selected nothing can change; then one is, and they take turns."""
    queries = torch.tensor([[1.0], [0.5], [0.25], [-0.25], [-0.5], [-0.625]])
    held = {"queries": queries, "keys": torch.tensor([[1.0], [-1.0]])}
    slots = torch.tensor([[2], [1], [1], [1], [1], [1]])
    found = summarize(audit_trace(saved(tmp_path / "t.safetensors", **held, slots=slots, top_k=2)))
    assert found.displaced == 1
    assert (found.lock_premise, found.lock_step, found.contradictions) == (False, None, ())
