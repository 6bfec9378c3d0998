import hashlib
import json
import math
from fractions import Fraction

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from lipbridge.errors import ExportError, InputError, WeightsError
from lipbridge.language.checkpoint.files import open_checkpoint
from lipbridge.numeric.clip import clip_matrix
from lipbridge.numeric.clip_files import clip_checkpoint
from lipbridge.numeric.spectral.bounds import spectral_bound
from lipbridge.numeric.weights.dequantize import Encoding, load_exact


def _matrix(rows, cols, dtype=torch.float32, seed=0):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(rows, cols, generator=generator).to(dtype)


def _norm(matrix):
    return float(torch.linalg.matrix_norm(matrix.to(torch.float64), 2))


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.bfloat16, torch.float16])
@pytest.mark.parametrize("method", ["clip", "scale"])
def test_the_stored_matrix_is_certified(dtype, method):
    stored = _matrix(12, 20, dtype)
    sigma = _norm(stored) / 2
    result, row = clip_matrix(stored, sigma, method=method)
    assert row.changed
    assert result.dtype == dtype
    assert row.after.upper <= sigma
    assert spectral_bound(result).upper <= sigma
    assert _norm(result) >= sigma * (1 - 2**-6)
    assert row.before.upper >= 2 * sigma * (1 - 1e-12)
    difference = _norm(result.to(torch.float64) - stored.to(torch.float64))
    assert math.isclose(row.change, difference, rel_tol=1e-6)


def test_the_nearest_matrix_is_taken():
    stored = _matrix(12, 20, torch.float64)
    sigma = _norm(stored) * 0.7
    clipped, row = clip_matrix(stored, sigma)
    assert row.relative_change < 0.3
    s = torch.linalg.svdvals(clipped)
    expected = torch.linalg.svdvals(stored).clamp_max(sigma)
    torch.testing.assert_close(s, expected, rtol=1e-9, atol=0)


def test_scaling_keeps_directions():
    stored = _matrix(12, 20, torch.float64)
    sigma = _norm(stored) * 0.7
    (clipped, _), (scaled, _) = (clip_matrix(stored, sigma, method=m) for m in ("clip", "scale"))
    torch.testing.assert_close(scaled, 0.7 * stored, rtol=1e-9, atol=0)
    assert (clipped - stored).norm() < (scaled - stored).norm()


def test_methods_are_named():
    with pytest.raises(InputError, match="'cut' is not one of clip, scale"):
        clip_matrix(_matrix(2, 2), 1.0, method="cut")


@pytest.mark.parametrize("method", ["clip", "scale"])
def test_a_norm_beyond_float64_is_refused(method):
    stored = torch.full((2, 2), 1.7e308, dtype=torch.float64)
    with pytest.raises(WeightsError, match="'w': its norm is beyond float64"):
        clip_matrix(stored, 1.0, method=method, label="w")


def test_nothing_is_copied_for_a_method_or_norm_that_is_none(tmp_path, monkeypatch):
    save_file({"q": _matrix(4, 4)}, tmp_path / "w.safetensors")
    monkeypatch.setattr("shutil.copyfile", lambda *_: pytest.fail("it was copied"))
    for sigma, options in ((1.0, {"method": "cut"}), (0.0, {})):
        with pytest.raises(InputError):
            clip_checkpoint(tmp_path / "w.safetensors", tmp_path / "o", ["q"], sigma, **options)


def test_a_matrix_within_sigma_is_left_alone():
    stored = _matrix(4, 4)
    result, row = clip_matrix(stored, 100.0)
    assert not row.changed
    assert torch.equal(result, stored)
    assert row.change == row.relative_change == 0


def test_fp8_keeps_its_scales():
    stored = _matrix(8, 8).to(torch.float8_e4m3fn)
    scales = torch.full((8, 8), 0.25, dtype=torch.float64)
    result, _ = clip_matrix(stored, 0.5, encoding=Encoding(scales))
    assert result.dtype == torch.float8_e4m3fn
    assert _norm(result.to(torch.float64) * scales) <= 0.5


@pytest.mark.parametrize("sigma", [0.0, -1.0, math.nan, math.inf])
def test_sigma_must_be_positive_and_finite(sigma):
    with pytest.raises(InputError, match="positive and finite"):
        clip_matrix(_matrix(2, 2), sigma)


def _sha(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_copy_differs_in_the_listed_matrices_only(tmp_path):
    tensors = {
        "q": _matrix(8, 6, torch.bfloat16),
        "k": _matrix(4, 6, torch.bfloat16, seed=1),
        "n": torch.arange(5),
    }
    source, target = tmp_path / "w.safetensors", tmp_path / "out.safetensors"
    save_file(tensors, source, metadata={"format": "pt", "author": "someone"})
    digest = _sha(source)
    report = clip_checkpoint(source, target, ["q[0:4]"], Fraction(1, 2))
    assert _sha(source) == digest
    with safe_open(target, "pt") as file:
        assert file.metadata() == {"format": "pt", "author": "someone"}
    result = load_file(target)
    assert _norm(result["q"][:4]) <= 0.5
    assert torch.equal(result["q"][4:], tensors["q"][4:])
    assert torch.equal(result["k"], tensors["k"])
    assert torch.equal(result["n"], tensors["n"])
    (row,) = report.rows
    assert (row.label, row.changed) == ("q[0:4]", True)
    assert row.after.upper <= 0.5 < row.before.lower
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.safetensors", "w.safetensors"]
    # What is within σ already comes out byte for byte.
    again = tmp_path / "again.safetensors"
    assert not clip_checkpoint(target, again, ["q[0:4]"], 0.5).rows[0].changed
    assert _sha(again) == _sha(target)


def test_a_sharded_folder_with_fp8(tmp_path):
    source = tmp_path / "model"
    source.mkdir()
    fp8 = _matrix(130, 6).to(torch.float8_e4m3fn)
    save_file({"a": fp8, "a_scale_inv": torch.tensor([[0.5], [2.0]])}, source / "s1.safetensors")
    save_file({"b": _matrix(3, 3)}, source / "s2.safetensors")
    index = {"a": "s1.safetensors", "a_scale_inv": "s1.safetensors", "b": "s2.safetensors"}
    (source / "model.safetensors.index.json").write_text(json.dumps({"weight_map": index}))
    (source / "config.json").write_text("{}")
    target = tmp_path / "clipped"
    report = clip_checkpoint(source, target, ["*"], 1.0)
    assert [row.label for row in report.rows] == ["a", "b"]
    for name in ("a", "b"):
        assert _norm(load_exact(open_checkpoint(target).tensor(name))) <= 1.0
    assert (target / "config.json").read_text() == "{}"
    assert torch.equal(
        load_file(target / "s1.safetensors")["a_scale_inv"], torch.tensor([[0.5], [2.0]])
    )


def test_refuses_to_overwrite_and_leaves_nothing_behind(tmp_path):
    source, other = tmp_path / "w.safetensors", tmp_path / "o.safetensors"
    save_file({"q": _matrix(4, 4), "v": torch.ones(3)}, source)
    with pytest.raises(ExportError, match="exists already"):
        clip_checkpoint(source, source, ["q"], 1.0)
    with pytest.raises(WeightsError, match="is not a matrix"):
        clip_checkpoint(source, other, ["v"], 1.0)
    with pytest.raises(WeightsError, match="no tensor 'x'"):
        clip_checkpoint(source, other, ["x"], 1.0)
    with pytest.raises(InputError, match="no tensor fits"):
        clip_checkpoint(source, other, ["x*"], 1.0)
    with pytest.raises(WeightsError, match="rows 2:9 do not lie in it"):
        clip_checkpoint(source, other, ["q[2:9]"], 1.0)
    with pytest.raises(InputError, match="listed twice"):
        clip_checkpoint(source, other, ["q", "q[0:1]"], 1.0)
    with pytest.raises(InputError, match="positive and finite"):
        clip_checkpoint(source, other, ["q"], 0.0)
    with pytest.raises(ExportError, match="cannot be written"):
        clip_checkpoint(source, tmp_path / "absent" / "o.safetensors", ["q"], 1.0)
    assert [p.name for p in tmp_path.iterdir()] == ["w.safetensors"]


def test_refuses_a_target_inside_the_source(tmp_path):
    save_file({"q": _matrix(4, 4)}, tmp_path / "w.safetensors")
    with pytest.raises(ExportError, match="lies inside"):
        clip_checkpoint(tmp_path, tmp_path / "sub", ["q"], 1.0)
