from fractions import Fraction

import pytest
import torch
from safetensors.torch import save_file

from lipbridge.errors import WeightsError
from lipbridge.language.checkpoint import open_checkpoint
from lipbridge.numeric.dequantize import dequantize, load_exact
from lipbridge.numeric.weights import load_tensor


def _fp8(rows, cols, dtype=torch.float8_e4m3fn, seed=0):
    generator = torch.Generator().manual_seed(seed)
    return (torch.randn(rows, cols, generator=generator) * 50).to(dtype)


@pytest.mark.parametrize("dtype", [torch.float8_e4m3fn, torch.float8_e5m2])
@pytest.mark.parametrize("scale_dtype", [torch.float32, torch.bfloat16])
def test_the_product_is_exact(dtype, scale_dtype):
    values = _fp8(7, 5, dtype)
    scales = (torch.rand(4, 2, dtype=torch.float64) * 1e-3).to(scale_dtype)
    result = dequantize(values, scales, block=(2, 3))
    assert result.dtype == torch.float64
    for i in range(7):
        for j in range(5):
            exact = Fraction(float(values[i, j])) * Fraction(float(scales[i // 2, j // 3]))
            assert Fraction(float(result[i, j])) == exact


def test_every_fp8_value_times_awkward_scales_is_exact():
    values = torch.arange(256, dtype=torch.uint8).view(torch.float8_e4m3fn).reshape(1, 256)
    values = values[:, ~values.to(torch.float32).isnan()[0]]
    for scale in (1.1754943508222875e-38, 1e-45, 3.4028234663852886e38, 0.1):
        scales = torch.tensor([[scale]], dtype=torch.float32)
        result = dequantize(values, scales, block=(128, 256))
        for j in range(values.shape[1]):
            exact = Fraction(float(values[0, j])) * Fraction(float(scales[0, 0]))
            assert Fraction(float(result[0, j])) == exact


def test_powers_of_two_as_scales():
    values = _fp8(4, 4)
    scales = torch.tensor([[0, 126], [127, 254]], dtype=torch.uint8).view(torch.float8_e8m0fnu)
    result = dequantize(values, scales, block=(2, 2))
    wide = values.to(torch.float64)
    assert torch.equal(result[:2, :2], wide[:2, :2] * 2.0**-127)
    assert torch.equal(result[:2, 2:], wide[:2, 2:] * 0.5)
    assert torch.equal(result[2:, :2], wide[2:, :2])
    assert torch.equal(result[2:, 2:], wide[2:, 2:] * 2.0**127)


def test_row_slices_keep_their_blocks():
    values, scales = _fp8(9, 4), torch.rand(5, 2)
    whole = dequantize(values, scales, block=(2, 3))
    part = dequantize(values[3:8], scales, block=(2, 3), first_row=3)
    assert torch.equal(part, whole[3:8])


def test_rejects_scales_that_do_not_cover():
    with pytest.raises(WeightsError, match="do not cover"):
        dequantize(_fp8(4, 4), torch.ones(1, 2), block=(2, 2))
    with pytest.raises(WeightsError, match="do not cover"):
        dequantize(_fp8(4, 4), torch.ones(2, 3), block=(2, 2))


def test_loads_from_a_checkpoint(tmp_path):
    values, scales = _fp8(130, 6), torch.rand(2, 1)
    bf16 = torch.randn(4, 3).to(torch.bfloat16)
    file = tmp_path / "w.safetensors"
    save_file({"q": values, "q_scale_inv": scales, "b": bf16}, file)
    checkpoint = open_checkpoint(file)
    whole = load_exact(checkpoint.tensor("q"))
    assert torch.equal(whole, dequantize(values, scales))
    assert torch.equal(load_exact(checkpoint.tensor("q").select(120, 130)), whole[120:130])
    assert torch.equal(load_exact(checkpoint.tensor("b")), bf16.to(torch.float64))


def test_names_a_bad_entry(tmp_path):
    values = torch.zeros(4, 3)
    values[2, 1] = torch.inf
    file = tmp_path / "w.safetensors"
    save_file({"w": values, "v": torch.tensor([1.0, torch.nan])}, file)
    checkpoint = open_checkpoint(file)
    with pytest.raises(WeightsError, match=r"tensor 'w': entry \[2, 1\] is inf"):
        load_exact(checkpoint.tensor("w"))
    with pytest.raises(WeightsError, match=r"entry \[2, 1\] is inf"):
        load_exact(checkpoint.tensor("w").select(1, 4))
    with pytest.raises(WeightsError, match=r"tensor 'v': entry \[1\] is nan"):
        load_exact(checkpoint.tensor("v"))


def test_names_a_nan_scale(tmp_path):
    file = tmp_path / "w.safetensors"
    scales = torch.tensor([[255]], dtype=torch.uint8).view(torch.float8_e8m0fnu)
    save_file({"w": _fp8(4, 3), "w_scale_inv": scales}, file)
    with pytest.raises(WeightsError, match=r"tensor 'w': entry \[0, 0\] is nan"):
        load_exact(open_checkpoint(file).tensor("w"))


def test_weights_files_come_with_their_scales(tmp_path):
    values, scales = _fp8(130, 6), torch.rand(2, 1)
    file = tmp_path / "w.safetensors"
    save_file({"q": values, "q_scale_inv": scales}, file)
    whole = dequantize(values, scales)
    assert torch.equal(load_tensor(file, "q"), whole)
    assert torch.equal(load_tensor(tmp_path, "q", (100, 130)), whole[100:130])
