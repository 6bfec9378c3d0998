import json
import struct

import numpy as np
import pytest
from safetensors.numpy import save_file

from lipbridge.errors import WeightsError
from lipbridge.language.checkpoint.safetensors_header import read_header, read_json


def _write(path, header, payload=b""):
    data = header if isinstance(header, bytes) else json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(data)) + data + payload)
    return path


def _entry(shape, start, end, dtype="F32"):
    return {"dtype": dtype, "shape": shape, "data_offsets": [start, end]}


def test_agrees_with_the_writer(tmp_path):
    file = tmp_path / "a.safetensors"
    a, b = np.arange(6, dtype=np.float32).reshape(2, 3), np.ones(4, dtype=np.float16)
    save_file({"a": a, "b": b}, file, metadata={"format": "np"})
    tensors, metadata = read_header(file)
    assert metadata == {"format": "np"}
    assert tensors["a"].shape == (2, 3)
    assert tensors["b"].dtype == "F16"
    data = file.read_bytes()
    assert data[tensors["a"].start : tensors["a"].end] == a.tobytes()
    assert data[tensors["b"].start : tensors["b"].end] == b.tobytes()


@pytest.mark.parametrize(
    ("header", "payload", "message"),
    [
        ({"a": _entry([2], 0, 8)}, b"1234", "truncated"),
        ({"a": _entry([2], 0, 4)}, b"1234", "does not take 4 bytes"),
        ({"a": _entry([1], 0, 4), "b": _entry([1], 2, 6)}, b"12345678", "overlaps"),
        ({"a": _entry([-1], 0, 4)}, b"1234", "non-negative"),
        ({"a": _entry([True], 0, 4)}, b"1234", "non-negative"),
        ({"a": _entry(3, 0, 4)}, b"1234", "non-negative"),
        ({"a": _entry([1], 4, 0)}, b"1234", "does not lie"),
        ({"a": [1]}, b"", "not an object"),
        ({"a": {"shape": [1], "data_offsets": [0, 4]}}, b"1234", "no dtype"),
        ({"__metadata__": {"x": 1}}, b"", "object of strings"),
        ({"__metadata__": 1}, b"", "object of strings"),
        (b'{"a": 1, "a": 1}', b"", "occurs twice"),
        (b"[" * 100_000, b"", "not valid JSON"),
        (b"[]", b"", "JSON object"),
        (b"\xff", b"", "not valid JSON"),
    ],
)
def test_rejects_a_bad_header(tmp_path, header, payload, message):
    file = _write(tmp_path / "bad.safetensors", header, payload)
    with pytest.raises(WeightsError, match=message):
        read_header(file)


@pytest.mark.parametrize("data", [b"", b"1234567", struct.pack("<Q", 1 << 62), b"\xff" * 9])
def test_rejects_what_is_no_safetensors_file(tmp_path, data):
    file = tmp_path / "bad.safetensors"
    file.write_bytes(data)
    with pytest.raises(WeightsError, match="not a safetensors file"):
        read_header(file)


def test_json_is_bounded(tmp_path):
    file = tmp_path / "x.json"
    file.write_text('{"a": 1}')
    assert read_json(file, limit=8) == {"a": 1}
    with pytest.raises(WeightsError, match="more than the 7"):
        read_json(file, limit=7)
    with pytest.raises(WeightsError, match="cannot be read"):
        read_json(tmp_path / "absent.json", limit=7)
