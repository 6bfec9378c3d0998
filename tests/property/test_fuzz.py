"""Thousands of broken inputs: a documented exit code and one line, never a traceback."""

from __future__ import annotations

import contextlib
import json
import struct
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings, strategies as st
from safetensors.torch import save

from lipbridge.audit.trace.records import METADATA_KEY
from lipbridge.cli import EXIT_CODES
from lipbridge.emit.export.manifest import read_manifest
from lipbridge.errors import InputError, LipBridgeError
from lipbridge.language import parse
from lipbridge.language.checkpoint.files import open_checkpoint
from lipbridge.layers import kinds
from lipbridge.numeric.presets.indexer import find_indexers
from lipbridge.numeric.weights.files import load_tensor, tensor_names
from lipbridge.symbolic import derive
from tests.e2e.support import in_process


def cases(count: int) -> Callable[[Any], Any]:
    return settings(
        max_examples=count,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


def refused(error: LipBridgeError) -> None:
    """One line, and at most the place with a caret."""
    lines = str(error).splitlines()
    assert lines[0].strip()
    assert len(lines) <= 3
    assert "Traceback" not in str(error)


words = st.sampled_from(
    [
        *kinds(),
        *("network", "input", "norm", "from", "weight", "bias", "gain", "eps", "n", "a", "b", "x"),
        *("{", "}", "[", "]", "[[1,2],[3,4]]", "[1,2]", ",", "=", ":", "<=", "#", "\n", '"w"'),
        *('"w"[0:2]', '"w"[2:1]', "0", "1", "2", "-3", "1/2", "1/0", "1e400", "1e-400", "0.5"),
        *("9" * 40, "9" * 3000, "1e99999999", "\x00", "‖", "\u2028", "٣", "x 4", "2 x 4"),
    ]
)
statements = st.sampled_from(
    [
        *("relu", "scale 1/2", "linear 2 weight=[[1,2],[3,4]]", "residual { relu }", "softmax"),
        *("sum { relu } { scale 2 }", "concat { relu } { relu }", "scale 0", "abs", "scale 1e300"),
        *("rms_norm gain=[1,1] eps=1e-5", "clamp low=-1 high=1", "hadamard", "leaky_relu 0.1"),
    ]
)


@cases(1500)
@given(st.lists(words, max_size=30), st.sampled_from(["", "network n\ninput 2\n"]))
def test_specs_of_words(parts: list[str], head: str) -> None:
    try:
        network = parse(head + " ".join(parts))
    except InputError as error:
        refused(error)
    else:
        assert network.body.layers


@cases(500)
@given(st.text(max_size=60))
def test_specs_of_any_text(text: str) -> None:
    try:
        parse(text)
    except InputError as error:
        refused(error)


@cases(500)
@given(st.lists(statements, min_size=1, max_size=8), st.integers(0, 400), st.characters())
def test_specs_with_one_character_changed(parts: list[str], at: int, character: str) -> None:
    text = "network n\ninput 2\n" + "\n".join(parts)
    at %= len(text)
    try:
        derive(parse(text[:at] + character + text[at + 1 :]))
    except InputError as error:
        refused(error)


@pytest.fixture(scope="module")
def folder() -> Any:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["F32", "F4", "F8_E8M0", "BF16", "msa", "fp8"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
entries = st.fixed_dictionaries(
    {
        "dtype": st.sampled_from(["F32", "F4", "F8_E4M3", "F6_E2M3", "U8", "X", "BOOL"]) | anything,
        "shape": st.lists(st.integers(-1, 2**65), max_size=3) | anything,
        "data_offsets": st.lists(st.integers(-1, 2**65), max_size=3) | anything,
    }
)


def read_weights(path: Path) -> None:
    try:
        for name in tensor_names(path):
            load_tensor(path, name)
        find_indexers(open_checkpoint(path))
    except LipBridgeError as error:
        refused(error)


@cases(700)
@given(
    header=st.dictionaries(st.sampled_from(["w", "", "__metadata__", "a.b"]), entries | anything),
    length=st.none() | st.integers(0, 2**64 - 1),
    tail=st.binary(max_size=24),
)
def test_headers(folder: Path, header: dict[str, Any], length: int | None, tail: bytes) -> None:
    data = json.dumps(header).encode()
    path = folder / "w.safetensors"
    path.write_bytes(struct.pack("<Q", len(data) if length is None else length) + data + tail)
    read_weights(path)


HONEST = save({"w": torch.ones(2, 2), "b": torch.ones(3, dtype=torch.float16)})


@cases(400)
@given(st.integers(0, len(HONEST) - 1), st.integers(0, 255), st.booleans())
def test_files_with_one_byte_changed(folder: Path, at: int, byte: int, cut: bool) -> None:
    path = folder / "v.safetensors"
    path.write_bytes(HONEST[:at] + (b"" if cut else bytes([byte]) + HONEST[at + 1 :]))
    read_weights(path)


@cases(200)
@given(st.binary(max_size=64), st.sampled_from([".npz", ".pt", ".safetensors", ".bin", ".pth"]))
def test_files_of_any_bytes(folder: Path, data: bytes, suffix: str) -> None:
    path = folder / f"any{suffix}"
    path.write_bytes(data)
    read_weights(path)


@cases(300)
@given(
    st.dictionaries(
        st.sampled_from(["format", "version", "files", "networks", "modules", "weights", "name"]),
        anything,
    )
    | anything
)
def test_manifests(data: Any) -> None:
    try:
        read_manifest(json.dumps(data).encode())
    except LipBridgeError as error:
        refused(error)


arrays = st.sampled_from(
    [
        np.ones((3, 1, 2), np.float32),
        np.ones((3, 1, 4), np.float32),
        np.zeros((0, 1, 2)),
        np.ones((3, 1, 4), bool),
        np.full((3, 1, 4), np.nan),
        np.ones((3,), np.int64),
        np.ones((2, 2)),
        np.array("text"),
        np.array([2**62]),
        np.ones((3, 1, 4), np.complex64),
    ]
)
fields = ("queries", "scores", "mask", "forced", "positions", "keys", "slots", "constants")
names = st.sampled_from(
    [f"layers.0.sequences.0.{field}" for field in fields] * 2
    + ["metadata", "layers.x.y", "layers.0.sequences.99999999999999999999.queries"]
)


metadata = st.sampled_from(
    [
        '{"version": 1, "top_k": 2, "block_size": 4}',
        '{"version": 1, "top_k": 2, "block_size": 4, "local_window": 1}',
        *("{}", "[]", "null", "{", '{"version": 1e999}', '{"version": 1, "top_k": -1}', "\xff"),
    ]
)


@cases(200)
@given(st.dictionaries(names, arrays, max_size=5), metadata, st.none() | st.integers(-1, 9))
def test_traces(folder: Path, held: dict[str, Any], said: str, top_k: int | None) -> None:
    path = folder / "t.npz"
    raw = np.frombuffer(said.encode(), dtype=np.uint8)
    np.savez(path, **held, **{METADATA_KEY: raw})
    options = [] if top_k is None else ["--top-k", str(top_k)]
    code, _, err = in_process("--quiet", "audit", path, *options)
    assert code in (0, 1, 2), err
    assert err.count("\n") <= 1
    assert (code == 0) == (err == "")


arguments = st.sampled_from(
    [
        *("derive", "bound", "export", "check", "compare", "audit", "clip", "theory", "doctor"),
        *("step", "path"),
        *("--json", "--out", "--weights", "--preset", "--checkpoint", "--layers", "--block", "-h"),
        *("--assurance", "--step", "--trace", "--to", "--tensor", "--plot", "--device", "--quiet"),
        *("msa", "dsa", "mlp", "exact", "estimate", "cuda:9", "0", "-1", "1e999", "nan", "3-1"),
        *("absent", "", ".", "/", "/dev/null", "a\tb", "\udcff", "--", "--version", "role=name"),
        *("SPEC", "WEIGHTS", "FOLDER", "x" * 300, "--stubs", "--latex", "--hidden-norm", "inf"),
    ]
)


@cases(400)
@given(st.lists(arguments, max_size=7))
def test_arguments(folder: Path, given: list[str]) -> None:
    home = folder / "home"
    home.mkdir(exist_ok=True)
    spec, weights = home / "n.lip", home / "w.safetensors"
    spec.write_text('network n\ninput 2\nlinear 2 weight="w"\n')
    weights.write_bytes(HONEST)
    before = {path: path.read_bytes() for path in (spec, weights)}
    known = {"SPEC": spec, "WEIGHTS": weights, "FOLDER": home}
    with contextlib.chdir(home):
        code, _, err = in_process("--quiet", *(known.get(word, word) for word in given))
    assert code in EXIT_CODES
    assert code != 70, err
    assert "Traceback" not in err
    assert err.count("\n") <= 3
    assert {path: path.read_bytes() for path in before} == before, "nothing of the user's is lost"
