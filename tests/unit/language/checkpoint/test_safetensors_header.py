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
    tensors = read_header(file)
    assert tensors.keys() == {"a", "b"}
    assert tensors["a"].shape == (2, 3)
    assert tensors["b"].dtype == "F16"


@pytest.mark.parametrize(
    ("header", "payload", "message"),
    [
        ({"a": _entry([2], 0, 8)}, b"1234", "not fully covered"),
        ({"a": _entry([2], 0, 4)}, b"1234", "invalid shape"),
        ({"a": _entry([1], 0, 4), "b": _entry([1], 2, 6)}, b"12345678", "invalid offset"),
        ({"a": _entry([-1], 0, 4)}, b"1234", "integer `-1`"),
        ({"a": _entry([True], 0, 4)}, b"1234", "boolean `true`"),
        ({"a": _entry([1], 4, 0)}, b"1234", "invalid offset"),
        ({"a": _entry([1 << 40, 1 << 40], 0, 0)}, b"", "overflow"),
        (b"[" * 100_000, b"", "invalid JSON"),
        (b"\xff", b"", "invalid UTF-8"),
    ],
)
def test_rejects_a_bad_header(tmp_path, header, payload, message):
    file = _write(tmp_path / "bad.safetensors", header, payload)
    with pytest.raises(WeightsError, match=f"bad.safetensors: not a safetensors file.*{message}"):
        read_header(file)


@pytest.mark.parametrize("data", [b"", b"1234567", struct.pack("<Q", 1 << 62), b"\xff" * 9])
def test_rejects_what_is_no_safetensors_file(tmp_path, data):
    file = tmp_path / "bad.safetensors"
    file.write_bytes(data)
    with pytest.raises(WeightsError, match="not a safetensors file"):
        read_header(file)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b'{"a": 1, "a": 1}', "occurs twice"),
        (b"[" * 100_000, "not valid JSON"),
        (b"[]", "JSON object"),
        (b"\xff", "not valid JSON"),
    ],
)
def test_rejects_bad_json(tmp_path, text, message):
    file = tmp_path / "config.json"
    file.write_bytes(text)
    with pytest.raises(WeightsError, match=message):
        read_json(file, limit=1 << 20)


def test_json_is_bounded(tmp_path):
    file = tmp_path / "x.json"
    file.write_text('{"a": 1}')
    assert read_json(file, limit=8) == {"a": 1}
    with pytest.raises(WeightsError, match="more than the 7"):
        read_json(file, limit=7)
    with pytest.raises(WeightsError, match="cannot be read"):
        read_json(tmp_path / "absent.json", limit=7)
