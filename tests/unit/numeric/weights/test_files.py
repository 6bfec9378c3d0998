"""Reading tensors from every kind of weights file, and refusing what cannot be read."""

from __future__ import annotations

import io
import json
import pickle
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from lipbridge.audit.trace.files import open_file
from lipbridge.errors import TraceError, WeightsError
from lipbridge.numeric.weights.files import load_tensor, tensor_names

TRUE = torch.ones(2, 2, dtype=torch.bool)
TENSORS = {
    "a.weight": torch.arange(24, dtype=torch.float32).reshape(6, 4),
    "a.bias": torch.tensor([0.5, -1.25, 3.0]),
    "b.weight": torch.tensor([[1.5, -2.0]], dtype=torch.float64),
}


@pytest.fixture(params=["x.safetensors", "x.pt", "nested.pt", "old.bin", "x.npz", "folder"])
def weights(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / request.param
    if request.param == "x.safetensors":
        save_file(TENSORS, path)
    elif request.param == "x.pt":
        torch.save(TENSORS, path)
    elif request.param == "nested.pt":
        torch.save({"epoch": 3, "state_dict": TENSORS}, path)
    elif request.param == "old.bin":
        torch.save(TENSORS, path, _use_new_zipfile_serialization=False)
    elif request.param == "x.npz":
        np.savez(path, **{name: tensor.numpy() for name, tensor in TENSORS.items()})
    else:
        path.mkdir()
        shards = {
            "a.weight": "1.safetensors",
            "a.bias": "1.safetensors",
            "b.weight": "2.safetensors",
        }
        for shard in ("1.safetensors", "2.safetensors"):
            save_file({n: TENSORS[n] for n, s in shards.items() if s == shard}, path / shard)
        index = {"metadata": {}, "weight_map": shards}
        (path / "model.safetensors.index.json").write_text(json.dumps(index))
    return path


def test_every_kind_of_file(weights: Path) -> None:
    assert tensor_names(weights) == tuple(sorted(TENSORS))
    for name, tensor in TENSORS.items():
        loaded = load_tensor(weights, name)
        assert loaded.dtype == tensor.dtype
        assert torch.equal(loaded, tensor)
    assert torch.equal(load_tensor(weights, "a.weight", (2, 5)), TENSORS["a.weight"][2:5])
    assert torch.equal(load_tensor(weights, "a.bias", (1, 2)), TENSORS["a.bias"][1:2])


def test_a_name_with_t_is_the_transposed_of_a_matrix(weights: Path) -> None:
    whole = TENSORS["a.weight"].T
    assert torch.equal(load_tensor(weights, "a.weight.T"), whole)
    assert torch.equal(load_tensor(weights, "a.weight.T", (1, 3)), whole[1:3])
    with pytest.raises(WeightsError, match=r"has 4 rows; rows 2:5 do not lie in it"):
        load_tensor(weights, "a.weight.T", (2, 5))
    with pytest.raises(WeightsError, match=r"no tensor 'a\.bias\.T': 'a\.bias' has shape \[3\]"):
        load_tensor(weights, "a.bias.T")
    with pytest.raises(WeightsError, match=r"no tensor 'a\.T'"):
        load_tensor(weights, "a.T")


def test_a_tensor_that_is_called_t_is_itself(tmp_path: Path) -> None:
    save_file({"w": torch.eye(2), "w.T": torch.ones(2, 3)}, tmp_path / "x.safetensors")
    assert torch.equal(load_tensor(tmp_path / "x.safetensors", "w.T"), torch.ones(2, 3))


def test_a_missing_tensor_names_the_nearest(weights: Path) -> None:
    with pytest.raises(WeightsError, match=r"no tensor 'a\.wieght'; nearest: a\.weight"):
        load_tensor(weights, "a.wieght")


@pytest.mark.parametrize(
    "held", [{"model": TENSORS, "state_dict": TENSORS}, {**TENSORS, "state_dict": TENSORS}]
)
def test_two_sets_of_tensors_are_one_too_many(tmp_path: Path, held: dict[str, object]) -> None:
    torch.save(held, tmp_path / "x.pt")
    with pytest.raises(WeightsError, match="more than one set of tensors, 'state_dict' among them"):
        load_tensor(tmp_path / "x.pt", "a.weight")


def test_a_negative_view_is_read_and_an_old_pickle_warns_nobody(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    torch.save({"w": torch._neg_view(torch.ones(2, 2))}, tmp_path / "x.pt")
    assert torch.equal(load_tensor(tmp_path / "x.pt", "w").view(torch.int32).float() < 0, TRUE)
    (tmp_path / "x.bin").write_bytes(pickle.dumps({"w": print}, protocol=4))
    with pytest.raises(WeightsError, match="holds pickled objects"):
        load_tensor(tmp_path / "x.bin", "w")
    assert len(recwarn) == 0


@pytest.mark.parametrize("rows", [(0, 7), (-1, 2), (3, 3), (6, 7)])
def test_rows_out_of_range(weights: Path, rows: tuple[int, int]) -> None:
    with pytest.raises(WeightsError, match="has 6 rows"):
        load_tensor(weights, "a.weight", rows)


def test_nothing_near(tmp_path: Path) -> None:
    save_file(TENSORS, tmp_path / "x.safetensors")
    with pytest.raises(WeightsError, match="it holds 3 tensors, none like it"):
        load_tensor(tmp_path / "x.safetensors", "zzzzzz")


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_narrow_types_stay_as_stored(tmp_path: Path, dtype: torch.dtype) -> None:
    stored = torch.tensor([[1.5, -0.25], [0.0, 2.0]]).to(dtype)
    save_file({"w": stored}, tmp_path / "x.safetensors")
    loaded = load_tensor(tmp_path / "x.safetensors", "w", (1, 2))
    assert loaded.dtype == dtype
    assert torch.equal(loaded.float(), stored[1:2].float())


def test_block_scales_are_multiplied_in(tmp_path: Path) -> None:
    values = torch.ones(3, 130).to(torch.float8_e4m3fn)
    scales = torch.tensor([[0.5, 0.1]])
    save_file({"w": values, "w_scale_inv": scales}, tmp_path / "model.safetensors")
    loaded = load_tensor(tmp_path, "w", (1, 2))
    assert loaded.dtype == torch.float64
    assert loaded[0, 127].item() == 0.5
    assert loaded[0, 128].item() == scales[0, 1].item()


@pytest.mark.parametrize("name", ["x.safetensors", "x.pt", "x.npz"])
@pytest.mark.parametrize("content", [b"", b"junk", b"PK\x03\x04 not a zip file", b"\x00" * 64])
def test_damaged_files(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(WeightsError, match=name):
        load_tensor(tmp_path / name, "w")
    with pytest.raises(WeightsError, match=name):
        tensor_names(tmp_path / name)


def test_pickled_code_is_refused(tmp_path: Path) -> None:
    torch.save(torch.nn.Linear(2, 2), tmp_path / "model.pt")
    with pytest.raises(WeightsError, match="pickled objects"):
        load_tensor(tmp_path / "model.pt", "weight")
    np.savez(tmp_path / "x.npz", w=np.array([{}], dtype=object))
    with pytest.raises(WeightsError, match="plain numeric arrays"):
        load_tensor(tmp_path / "x.npz", "w")


def test_a_state_dict_is_asked_for(tmp_path: Path) -> None:
    torch.save([1, 2], tmp_path / "x.pt")
    with pytest.raises(WeightsError, match=r"holds a list, not tensors by name"):
        load_tensor(tmp_path / "x.pt", "w")


def test_missing_and_unknown_files(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="no such file or folder"):
        load_tensor(tmp_path / "none.safetensors", "w")
    with pytest.raises(WeightsError, match="no such file or folder"):
        tensor_names(tmp_path / "none.safetensors")
    (tmp_path / "x.onnx").write_bytes(b"x")
    with pytest.raises(WeightsError, match="unknown kind"):
        load_tensor(tmp_path / "x.onnx", "w")


@pytest.mark.parametrize(
    "names", [("w.npy", "w.npy"), ("w", "w.npy"), ("w.npy", "w")], ids=" ".join
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_in_an_archive(tmp_path: Path, names: tuple[str, str]) -> None:
    with zipfile.ZipFile(tmp_path / "x.npz", "w") as archive:
        for number, name in enumerate(names):
            held = io.BytesIO()
            np.save(held, np.full((2, 2), number))
            archive.writestr(name, held.getvalue())
    with pytest.raises(WeightsError, match="stands twice"):
        load_tensor(tmp_path / "x.npz", "w")
    with pytest.raises(TraceError, match="stands twice"):
        open_file(tmp_path / "x.npz")


@pytest.mark.parametrize(
    "held",
    [
        {"model": {"w": torch.eye(2)}, "ema_state_dict": {"w": torch.ones(2, 2)}},
        {"w": torch.eye(2), "ema": {"w": torch.ones(2, 2)}},
        {"model": {"w": torch.eye(2), "ema": {"w": torch.ones(2, 2)}}},
    ],
)
def test_two_sets_of_tensors(tmp_path: Path, held: dict[str, object]) -> None:
    torch.save(held, tmp_path / "x.pt")
    with pytest.raises(WeightsError, match="more than one set of tensors"):
        load_tensor(tmp_path / "x.pt", "w")


def test_what_an_optimizer_keeps_is_no_set_of_weights(tmp_path: Path) -> None:
    module = torch.nn.Linear(2, 2)
    optimizer = torch.optim.Adam(module.parameters())
    module(torch.ones(2)).sum().backward()
    optimizer.step()
    held = {"model": module.state_dict(), "optimizer": optimizer.state_dict(), "epoch": 3}
    torch.save(held, tmp_path / "x.pt")
    assert torch.equal(load_tensor(tmp_path / "x.pt", "weight"), module.weight)


@pytest.mark.filterwarnings("ignore:The PyTorch API of nested tensors")
def test_a_nested_tensor(tmp_path: Path) -> None:
    torch.save({"w": torch.nested.nested_tensor([torch.ones(2), torch.ones(3)])}, tmp_path / "x.pt")
    with pytest.raises(WeightsError, match=r"x\.pt|nested tensor"):
        load_tensor(tmp_path / "x.pt", "w")


_HEADERS = (
    "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000, 4), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999999,), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 4), }",
    "{'descr': 'O', 'fortran_order': False, 'shape': (2, 2), }",
    "{",
    "[" * 3000,
)


@pytest.mark.parametrize("header", _HEADERS)
def test_headers_of_npz_that_lie(tmp_path: Path, header: str) -> None:
    text = header.encode() + b"\n"
    with zipfile.ZipFile(tmp_path / "x.npz", "w") as archive:
        start = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text))
        archive.writestr("w.npy", start + text + bytes(32))
    with pytest.raises(WeightsError, match=r"not an \.npz archive of plain numeric arrays"):
        load_tensor(tmp_path / "x.npz", "w")


@pytest.mark.parametrize(("at", "value"), [(6, 1), (8, 99), (60, 0xA5)])
def test_archives_that_cannot_be_unpacked(tmp_path: Path, at: int, value: int) -> None:
    """Encrypted, of a method that is not known, damaged."""
    np.savez_compressed(tmp_path / "x.npz", w=np.random.default_rng(0).random((50, 50)))
    data = bytearray((tmp_path / "x.npz").read_bytes())
    entry = data.find(b"PK\x01\x02") + 2 if at < 10 else at
    for place in {at, entry + at if at < 10 else at}:
        data[place] ^= value
    (tmp_path / "x.npz").write_bytes(data)
    with pytest.raises(WeightsError, match=r"not an \.npz archive of plain numeric arrays"):
        load_tensor(tmp_path / "x.npz", "w")
