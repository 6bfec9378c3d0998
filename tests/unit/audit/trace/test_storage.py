from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from lipbridge.audit import StreamKey, TraceInfo, TraceReader, TraceWriter, audit_trace, save_trace
from lipbridge.audit.certify.export import path_record
from lipbridge.errors import InputError, TraceError
from lipbridge.language.place import Place

INFO = TraceInfo(top_k=2)
KEY = StreamKey(1, 0)


def fields(steps=6, heads=2, blocks=5):
    torch.manual_seed(0)
    return {"queries": torch.randn(steps, heads, 3), "scores": torch.randn(steps, heads, blocks)}


@pytest.mark.parametrize("suffix", [".safetensors", ".npz"])
def test_round_trip(tmp_path, suffix):
    path = tmp_path / f"t{suffix}"
    save_trace(path, INFO, {KEY: fields()})
    reader = TraceReader(path)
    assert reader.info == INFO
    assert reader.streams == (KEY,)
    (span,) = reader.plan(KEY, 1 << 20)
    assert torch.equal(reader.read(span).queries, fields()["queries"])


def test_plain_names_are_layer_zero(tmp_path):
    path = tmp_path / "t.safetensors"
    held = {"queries": torch.randn(4, 3), "scores": torch.randn(4, 5)}
    save_file(held, path, metadata={"lipbridge_trace": INFO.to_json()})
    reader = TraceReader(path)
    chunk = reader.read(reader.plan(StreamKey(0, 0), 1 << 20)[0])
    assert chunk.queries.shape == (4, 1, 3)
    assert chunk.validated(INFO).scores.shape == (4, 1, 5)


def test_spans_bring_the_step_after_them(tmp_path):
    path = tmp_path / "t.safetensors"
    save_trace(path, INFO, {KEY: fields()})
    reader = TraceReader(path)
    spans = reader.plan(KEY, 2 * 2 * 5 * 4 * 2)
    assert sum(s.stop - s.start for s in spans) == 6
    for span in spans[:-1]:
        assert reader.read(span).steps == span.stop - span.start + 1
    assert reader.read(spans[-1]).steps == spans[-1].stop - spans[-1].start


def test_writer_makes_the_same_trace_in_chunks(tmp_path):
    held = fields(steps=40)
    save_trace(tmp_path / "whole.safetensors", TraceInfo(top_k=2, lipschitz=1e3), {KEY: held})
    with TraceWriter(
        tmp_path / "parts", TraceInfo(top_k=2, lipschitz=1e3), max_bytes=500
    ) as writer:
        for t in range(40):
            writer.append(KEY, **{n: v[t : t + 1] for n, v in held.items()})
    assert len(list((tmp_path / "parts").glob("chunk-*"))) > 3
    whole = audit_trace(tmp_path / "whole.safetensors").rows
    parts = audit_trace(tmp_path / "parts").rows
    for name, column in whole.columns.items():
        np.testing.assert_array_equal(column, parts[name], err_msg=name)


def test_blocks_may_be_added_as_the_trace_grows(tmp_path):
    with TraceWriter(tmp_path / "t", INFO, max_bytes=1) as writer:
        for t in range(3):
            writer.append(
                KEY,
                queries=torch.ones(1, 1, 2),
                scores=torch.arange(3.0 + t)[None, None],
                constants=torch.ones(3 + t),
            )
    rows = audit_trace(tmp_path / "t", error=0.0).rows
    assert [sorted(s) for s in rows["selected"].tolist()] == [[1, 2], [2, 3], [3, 4]]
    assert rows["changed"].tolist() == [True, True, False]
    assert not rows["displaced"].any()


def test_constants_of_a_chunk_only_grow(tmp_path):
    with TraceWriter(tmp_path / "t", INFO) as writer:
        for size in ([3.0, 1.0], [2.0, 2.0, 1.0]):
            writer.append(
                KEY,
                queries=torch.ones(1, 1, 2),
                scores=torch.zeros(1, 1, len(size)),
                constants=torch.tensor(size),
            )
    reader = TraceReader(tmp_path / "t")
    assert reader.read(reader.plan(KEY, 1 << 20)[0]).constants.flatten().tolist() == [3.0, 2.0, 1.0]


def test_a_folder_with_a_trace_is_not_overwritten(tmp_path):
    with TraceWriter(tmp_path / "t", INFO) as writer:
        writer.append(KEY, **fields())
    with pytest.raises(TraceError, match="holds a trace already"):
        TraceWriter(tmp_path / "t", INFO)


def test_what_cannot_be_read_is_named(tmp_path):
    (tmp_path / "bad.safetensors").write_bytes(b"nonsense")
    (tmp_path / "bad.npz").write_bytes(b"nonsense")
    for name, message in (
        ("missing.safetensors", "no trace there"),
        ("bad.safetensors", "not a readable safetensors"),
        ("bad.npz", "not a readable npz"),
    ):
        with pytest.raises(TraceError, match=message):
            TraceReader(tmp_path / name)
    save_file({"queries": torch.zeros(1, 1)}, tmp_path / "bare.safetensors")
    with pytest.raises(TraceError, match="metadata under 'lipbridge_trace'"):
        TraceReader(tmp_path / "bare.safetensors")
    meta = {"lipbridge_trace": INFO.to_json()}
    save_file({"layers.0.query": torch.zeros(1)}, tmp_path / "name.safetensors", metadata=meta)
    with pytest.raises(TraceError, match=r"'layers\.0\.query' is not part of a trace"):
        TraceReader(tmp_path / "name.safetensors")
    save_file({"scores": torch.zeros(1, 1)}, tmp_path / "q.safetensors", metadata=meta)
    with pytest.raises(TraceError, match="has no 'queries'"):
        TraceReader(tmp_path / "q.safetensors")
    odd = {"queries": torch.zeros(2, 3), "scores": torch.zeros(3, 4)}
    save_file(odd, tmp_path / "rows.safetensors", metadata=meta)
    with pytest.raises(TraceError, match=r"3 rows for 2 queries"):
        audit_trace(tmp_path / "rows.safetensors", lipschitz=1.0)


def test_a_pickled_array_is_refused(tmp_path):
    meta = np.frombuffer(INFO.to_json().encode(), dtype=np.uint8)
    np.savez(tmp_path / "t.npz", queries=np.array([{}], dtype=object), lipbridge_trace=meta)
    with pytest.raises(TraceError, match="not a readable npz"):
        TraceReader(tmp_path / "t.npz")


def test_unknown_fields_are_not_written(tmp_path):
    with pytest.raises(TraceError, match="unknown field 'values'"):
        save_trace(tmp_path / "t.npz", INFO, {KEY: {"values": torch.zeros(1)}})
    with pytest.raises(TraceError, match="append needs 'queries'"):
        TraceWriter(tmp_path / "t", INFO).append(KEY, scores=torch.zeros(1, 1, 1))


def test_top_k_stands_in_for_metadata(tmp_path):
    path = tmp_path / "t.npz"
    np.savez(path, queries=np.ones((6, 3), np.float32), keys=np.eye(5, 3, dtype=np.float32))
    with pytest.raises(TraceError, match="say with --top-k how many blocks"):
        TraceReader(path)
    assert TraceReader(path, 2).info == TraceInfo(top_k=2)
    assert audit_trace(path, top_k=2).info.top_k == 2
    save_trace(path, TraceInfo(top_k=2, lipschitz=1.0), {KEY: fields()})
    assert TraceReader(path, 3).info == TraceInfo(top_k=3, lipschitz=1.0)


Q, K = torch.randn(5, 3, 8), torch.randn(3, 24, 8)
ILL = [
    ({"queries": torch.randn(5, 3, 16), "keys": K}, "keys of width 8, queries of width 16"),
    ({"queries": Q, "keys": K[:2]}, "queries have 3 heads and keys 2"),
    ({"queries": Q[0, 0], "keys": K}, r"queries have shape \(8,\)"),
    ({"queries": Q, "keys": K[0, 0]}, r"keys have shape \(8,\)"),
    ({"queries": Q[:0], "keys": K}, r"has no step: its queries have shape \[0, 3, 8\]"),
    ({"queries": Q[:, :, :0], "keys": K[:, :, :0]}, "has no step"),
    ({"queries": Q, "keys": K[:, :0]}, "no blocks"),
    ({"queries": Q.to(torch.float8_e4m3fn), "keys": K}, "queries has dtype float8_e4m3fn, and a"),
    ({"queries": Q, "keys": K.to(torch.float8_e5m2)}, "keys has dtype float8_e5m2"),
    ({"queries": Q, "scores": torch.ones(5, 3, 4).to(torch.float8_e4m3fn)}, "scores has dtype"),
    ({"queries": Q.to(torch.complex64), "keys": K}, "queries has dtype complex64; store"),
]


@pytest.mark.parametrize(("held", "said"), ILL)
def test_what_fits_no_trace_is_refused_by_name(tmp_path, held, said):
    path = tmp_path / "t.safetensors"
    held = {name: tensor.contiguous() for name, tensor in held.items()}
    save_file(held, path, metadata={"lipbridge_trace": INFO.to_json()})
    with pytest.raises(TraceError, match=said):
        audit_trace(path)


def folder(path, *files, info=INFO):
    path.mkdir()
    for number, held in enumerate(files):
        save_trace(path / f"chunk-{number:06d}.safetensors", info, {StreamKey(0, 0): held})
    return path


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("chunk-000001", "chunk-000003"),
        ("chunk-000000", "chunk-000009"),
        ("chunk-000002", "chunk-2"),
    ],
)
def test_chunks_are_counted_without_a_gap(tmp_path, name, becomes):
    path = folder(tmp_path / "t", *[{"queries": Q, "keys": K}] * 3)
    assert audit_trace(path).rows["step"].max() == 3 * len(Q) - 1
    (path / f"{name}.safetensors").rename(path / f"{becomes}.safetensors")
    with pytest.raises(TraceError, match=r"stands where chunk-00000\d.safetensors is expected"):
        audit_trace(path)


@pytest.mark.parametrize("twice", ["layers.0.queries", "layers.00.sequences.0.queries"])
def test_one_field_under_two_names_is_refused(tmp_path, twice):
    path = tmp_path / "t.safetensors"
    held = {"queries": Q, "keys": K, twice: Q.clone()}
    save_file(held, path, metadata={"lipbridge_trace": INFO.to_json()})
    with pytest.raises(TraceError, match="are both the queries of layer 0, sequence 0; keep one"):
        audit_trace(path)


def columns(trace, **options):
    return audit_trace(trace, **options).rows.columns


ONE = TraceInfo(top_k=1)


@pytest.mark.parametrize("recorded", [False, True])
def test_a_row_is_judged_by_the_keys_of_its_own_file(tmp_path, recorded):
    """Each file audited alone gives the same figures; a block that joins changes the selection."""
    keys = torch.tensor([[1.0, 0.0], [0.999, 0.0], [0.0, 1.0]])
    wider = torch.cat([keys, torch.tensor([[10.0, 0.0]])])
    first, then = (
        {"queries": torch.tensor([[x, 0.0]] * 2), "keys": k} for x, k in ((1, keys), (1.01, wider))
    )
    if recorded:
        for held in (first, then):
            held["scores"] = held["queries"] @ held["keys"].T
    found = columns(folder(tmp_path / "t", first, then, info=ONE))
    assert found["selected"].tolist() == [[0], [0], [3], [3]]
    assert found["changed"].tolist() == [False, True, False, False]
    assert not found["displaced"].any()
    alone = [
        columns(folder(tmp_path / f"{n}", held, info=ONE)) for n, held in enumerate((first, then))
    ]
    for name in ("margin", "radius", "radius_pairwise", "lipschitz", "runner", "error"):
        expected = np.concatenate([part[name] for part in alone])
        np.testing.assert_array_equal(found[name], expected, err_msg=name)
    # Blocks may stop to compete, too.
    back = columns(folder(tmp_path / "back", then, first, info=ONE))
    assert back["selected"].tolist() == [[3], [3], [0], [0]]
    np.testing.assert_array_equal(back["radius"], np.roll(found["radius"], 2))


def test_another_key_of_a_block_that_stays_is_refused(tmp_path):
    torch.manual_seed(0)
    keys, queries = torch.randn(2, 4, 3), torch.randn(3, 2, 3)
    other = keys.clone()
    other[1, 2, 0] += 0.5
    first, then = {"queries": queries, "keys": keys}, {"queries": queries, "keys": other}
    with pytest.raises(TraceError, match="keys of block 2 differ between files at step 3, head 1"):
        audit_trace(folder(tmp_path / "t", first, then))
    with pytest.raises(InputError, match="keys of block 2 differ between files at step 3"):
        path_record(tmp_path / "t", Place(0, 0, 0, 1), 4)
    # Not where the block does not compete on one side, nor where a segment begins.
    mask = torch.tensor([True, True, False, True])
    shut = {**first, "mask": mask}, {**then, "mask": torch.ones(4, dtype=torch.bool)}
    assert len(audit_trace(folder(tmp_path / "mask", *shut)).rows) == 12
    cut = [{**held, "segments": torch.full((3,), n)} for n, held in enumerate((first, then))]
    assert len(audit_trace(folder(tmp_path / "cut", *cut)).rows) == 12
    # The network of a score function is one for all files.
    given = {
        "score": lambda q: q.sum(-1, keepdim=True) * torch.ones(4),
        "lipschitz": 2.0,
        "error": 1e-6,
    }
    assert len(audit_trace(tmp_path / "t", **given).rows) == 12


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"mask": torch.ones(4, dtype=torch.bool)},
            "mask is in one chunk file and not in the next",
        ),
        ({"scores": torch.ones(3, 1, 4, dtype=torch.float16)}, "scores of shape.*float16, in the"),
        (
            {"queries": torch.ones(3, 2, 3), "scores": torch.ones(3, 2, 4)},
            r"queries of shape \(2, 3\) .* before of \(1, 3\)",
        ),
        ({"queries": torch.ones(3, 1, 2)}, r"queries of shape \(1, 2\) .* before of \(1, 3\)"),
    ],
)
def test_files_of_different_recordings_are_refused(tmp_path, change, said):
    held = {"queries": torch.ones(3, 1, 3), "scores": torch.ones(3, 1, 4)}
    with pytest.raises(TraceError, match=said):
        audit_trace(folder(tmp_path / "t", held, {**held, **change}), lipschitz=1.0)


def test_an_empty_file_stands_between_no_steps(tmp_path):
    held = {"queries": torch.eye(2)[:, None], "keys": torch.eye(2)}
    empty = {"queries": torch.ones(0, 1, 2), "keys": torch.eye(2)}
    found = columns(folder(tmp_path / "t", held, empty, held, info=ONE))
    assert found["changed"].tolist() == [True, True, True, False]


def test_constants_a_step_end_with_their_file(tmp_path):
    held = {"queries": torch.eye(3)[:, None], "scores": torch.eye(3)[:, None]}
    mine = {**held, "constants": torch.arange(1.0, 4.0)[:, None, None].expand(3, 1, 3)}
    for name, last in (
        ("none", {**held, "keys": torch.eye(3)}),
        ("more", {**mine, "constants": 9 * mine["constants"]}),
    ):
        found = columns(folder(tmp_path / name, mine, last))
        assert found["lipschitz"][:3] == pytest.approx([1, 2, 3], rel=1e-5)
        assert found["lipschitz"][3:].max() == pytest.approx(1 if name == "none" else 27, rel=1e-5)


def test_keys_that_change_begin_a_chunk(tmp_path):
    keys = torch.eye(4)
    with TraceWriter(tmp_path / "t", ONE) as writer:
        for known in (3, 3, 4):
            writer.append(KEY, queries=torch.tensor([[[1.0, 0.5, 0.2, 9.0]]]), keys=keys[:known])
    assert len(list((tmp_path / "t").glob("chunk-*"))) == 2
    assert columns(tmp_path / "t")["selected"].tolist() == [[0], [0], [3]]


def test_streams_may_share_their_tensors(tmp_path):
    keys, queries = torch.eye(3), torch.ones(2, 1, 3)
    other = StreamKey(2, 0)
    with TraceWriter(tmp_path / "t", ONE) as writer:
        for key in (KEY, other):
            writer.append(key, queries=queries, keys=keys)
    save_trace(
        tmp_path / "t.safetensors",
        ONE,
        {key: {"queries": queries, "keys": keys} for key in (KEY, other)},
    )
    for path in (tmp_path / "t", tmp_path / "t.safetensors"):
        assert columns(path)["layer"].tolist() == [1, 1, 2, 2]


def test_ties_are_selected_alike_whatever_the_chunks(tmp_path):
    """The last row of a span is selected once beside the first of the next, and once in it."""
    torch.manual_seed(0)
    first = {"queries": torch.ones(5, 1, 1), "scores": torch.randint(2, (5, 1, 40)).float()}
    then = {"queries": torch.ones(5, 1, 1), "scores": torch.randint(2, (5, 1, 57)).float()}
    path = folder(tmp_path / "t", first, then, info=TraceInfo(top_k=3))
    whole, parts = (
        columns(path, lipschitz=1.0, error=1.0),
        columns(path, lipschitz=1.0, error=1.0, chunk_bytes=1),
    )
    scores = torch.cat([torch.nn.functional.pad(first["scores"], (0, 17)), then["scores"]])[:, 0]
    lowest = [sorted(row.nonzero()[:3, 0].tolist()) for row in scores]
    for found in (whole, parts):
        assert np.sort(found["selected"], axis=-1).tolist() == lowest
        changed = [a != b for a, b in pairwise(lowest)]
        assert found["changed"].tolist() == [*changed, False]


def test_keys_of_another_width_end_a_path(tmp_path):
    first = {"queries": torch.ones(2, 1, 2), "keys": torch.eye(3)[:, :2]}
    then = {"queries": torch.ones(2, 1, 3), "keys": torch.eye(3)}
    path = folder(tmp_path / "t", first, then, info=ONE)
    with pytest.raises(InputError, match="keys of block 0 differ between files at step 2"):
        path_record(path, Place(0, 0, 0, 0), 3)
