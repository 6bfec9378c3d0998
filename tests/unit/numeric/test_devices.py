"""Choosing a device, and saying so when it is refused."""

from __future__ import annotations

import pytest
import torch

from lipbridge.errors import InputError
from lipbridge.numeric import devices
from lipbridge.numeric.devices import choose_device
from lipbridge.numeric.spectral.bounds import spectral_bound


def test_cpu_and_auto() -> None:
    assert choose_device("cpu").device == torch.device("cpu")
    assert choose_device("auto").device.type in {"cpu", "cuda"}
    assert choose_device(torch.device("cpu")).notes == ()


@pytest.mark.parametrize("name", ["meta", "lazy", "mkldnn", "privateuseone"])
def test_what_torch_cannot_use_is_refused(name: str) -> None:
    with pytest.raises(InputError, match=f"^torch cannot use device {name} here; use auto") as said:
        choose_device(name)
    assert len(str(said.value).splitlines()) == 1


@pytest.mark.skipif(torch.xpu.is_available(), reason="there is one")
def test_a_missing_accelerator_is_refused() -> None:
    with pytest.raises(InputError, match="cannot use device xpu here"):
        choose_device("xpu")


@pytest.mark.parametrize("name", ["gpu", "", "cuda:x"])
def test_unknown_devices(name: str) -> None:
    with pytest.raises(InputError, match="unknown device"):
        choose_device(name)


def test_missing_cuda(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(InputError, match="no CUDA device"):
        choose_device("cuda")
    assert choose_device("auto").device.type == "cpu"


def test_a_device_without_float64_falls_back_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The meta device has no arithmetic, as some accelerators have no float64."""
    monkeypatch.setattr(devices, "_usable", lambda _: True)
    choice = choose_device("meta")
    assert choice.device.type == "cpu"
    assert "meta was not used" in choice.notes[0]
    bound = spectral_bound(torch.eye(2), device="meta")
    assert bound.device == "cpu"
    assert bound.notes == choice.notes


def test_wrong_arithmetic_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "_probe", lambda _: "its float64 product is off")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    monkeypatch.setattr(torch.cuda, "current_device", lambda: 0)
    choice = choose_device("auto")
    assert choice.device.type == "cpu"
    assert "product is off" in choice.notes[0]
    with pytest.raises(InputError, match="cuda:3 does not exist"):
        choose_device("cuda:3")


def test_emulated_products_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "_probe", lambda _: None)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    monkeypatch.setenv("CUBLAS_EMULATE_DOUBLE_PRECISION", "1")
    choice = choose_device("cuda:0")
    assert choice.device.type == "cpu"
    assert "emulated" in choice.notes[0]
    monkeypatch.setenv("CUBLAS_EMULATE_DOUBLE_PRECISION", "0")
    assert choose_device("cuda:0").device == torch.device("cuda:0")
