from __future__ import annotations

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from lipbridge.audit import StreamKey, TraceInfo, TraceReader, TraceWriter, audit_trace, save_trace
from lipbridge.errors import TraceError

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
