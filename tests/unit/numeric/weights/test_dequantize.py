from fractions import Fraction

import pytest
import torch
from safetensors.torch import save_file

from lipbridge.errors import WeightsError
from lipbridge.language.checkpoint.files import open_checkpoint
from lipbridge.numeric.weights.dequantize import Encoding, load_exact

SCALES = (1.1754943508222875e-38, 1e-45, 3.4028234663852886e38, 0.1)
DTYPES = [
    torch.float8_e4m3fn,
    torch.float8_e5m2,
    torch.float8_e4m3fnuz,
    torch.float8_e5m2fnuz,
    torch.int8,
]


@pytest.mark.parametrize("dtype", DTYPES)
def test_every_code_times_awkward_scales_is_exact(dtype):
    codes = torch.arange(256, dtype=torch.uint8).view(dtype)
    codes = codes[codes.to(torch.float32).isfinite()]
    for scale in SCALES:
        factor = torch.tensor(scale, dtype=torch.float32).to(torch.float64)
        values = Encoding(factor.expand(codes.shape)).decode(codes)
        for code, value in zip(codes.to(torch.float32).tolist(), values.tolist(), strict=True):
            assert Fraction(value) == Fraction(code) * Fraction(float(factor))


@pytest.mark.parametrize("dtype", DTYPES)
def test_codes_come_back(dtype):
    codes = torch.arange(256, dtype=torch.uint8).view(dtype)
    codes = codes[codes.to(torch.float32).isfinite() & (codes.to(torch.float32) != -128)]
    encoding = Encoding(torch.full(codes.shape, 0.3, dtype=torch.float64))
    values = encoding.decode(codes)
    assert torch.equal(encoding.decode(encoding.encode(values, dtype)), values)
    beyond = encoding.encode(torch.tensor([1e9, -1e9]).double().repeat(128)[: len(codes)], dtype)
    assert encoding.decode(beyond).abs().max() == values.abs().max()


def test_packed_codes_come_back_and_ties_go_to_even_ones():
    every = torch.arange(256, dtype=torch.uint8)[None]
    values = Encoding(packed=True).decode(every)
    assert values.unique().tolist() == sorted(
        {sign * v for v in (0, 0.5, 1, 1.5, 2, 3, 4, 6) for sign in (1, -1)}
    )
    again = Encoding(packed=True).encode(values, torch.uint8)
    assert torch.equal(Encoding(packed=True).decode(again), values)
    middles = torch.tensor([[0.25, 0.75, 1.25, 1.75, 2.5, 3.5, 5.0, 100.0]], dtype=torch.float64)
    nearest = Encoding(packed=True).decode(Encoding(packed=True).encode(-middles, torch.uint8))
    assert nearest.tolist() == [[0, -1, -1, -2, -2, -4, -4, -6]]


def test_loads_from_a_checkpoint(tmp_path):
    codes, scales = torch.randn(130, 6).to(torch.float8_e4m3fn), torch.rand(2, 1)
    bf16 = torch.randn(4, 3).to(torch.bfloat16)
    file = tmp_path / "w.safetensors"
    save_file({"q": codes, "q_scale_inv": scales, "b": bf16}, file)
    checkpoint = open_checkpoint(file)
    whole = load_exact(checkpoint.tensor("q"))
    assert torch.equal(whole[:128], codes[:128].double() * scales[0].double())
    assert torch.equal(whole[128:], codes[128:].double() * scales[1].double())
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
    codes = torch.ones(4, 3).to(torch.float8_e4m3fn)
    save_file({"w": codes, "w_scale_inv": scales}, file)
    with pytest.raises(WeightsError, match=r"tensor 'w': entry \[0, 0\] is nan"):
        load_exact(open_checkpoint(file).tensor("w"))
