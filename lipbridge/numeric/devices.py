"""Which device does the float64 work: ``auto``, ``cpu``, ``cuda`` or ``cuda:1``.

A device that torch cannot use is refused. One without usable IEEE float64 is not: the work moves to
the CPU, and a note saying so travels with the result.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import torch

from lipbridge.errors import InputError

# cuBLAS can be told to emulate float64 products by integer slices; their error is not the
# componentwise γ_n of an ordinary sum, so the derivation of the bounds would not hold.
_EMULATION_SWITCH = "CUBLAS_EMULATE_DOUBLE_PRECISION"


@contextmanager
def one_thread(wanted: bool) -> Generator[int]:
    """Let torch work in one thread, where threads that share small work wait for one another.

    Args:
        wanted: whether; else nothing changes.

    Yields:
        How many threads there were.
    """
    threads = torch.get_num_threads()
    if wanted and threads > 1:
        torch.set_num_threads(1)
    try:
        yield threads
    finally:
        if wanted and threads > 1:
            torch.set_num_threads(threads)


def search_work(work: int, device: torch.device) -> int:
    """Multiplications that a search may take on a device: ``work`` on the CPU, more elsewhere.

    They are counted, so that a search finds the same whatever else the machine does.
    """
    return work if device.type == "cpu" else 256 * work


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """The device that will be used, and a line for each thing the reader should know."""

    device: torch.device
    notes: tuple[str, ...] = ()


def choose_device(request: str | torch.device = "auto") -> DeviceChoice:
    """Return the device for float64 work, falling back to the CPU with a note.

    Args:
        request: ``auto`` (CUDA if there is one that does float64, else CPU), ``cpu``, ``cuda``,
            ``cuda:1``, or any device that torch knows.

    Raises:
        InputError: torch does not know the device, or cannot use it here.
    """
    if request == "auto":
        if not torch.cuda.is_available():
            return DeviceChoice(torch.device("cpu"))
        request = "cuda"
    try:
        with warnings.catch_warnings(action="ignore"):  # of names that torch gives up
            device = torch.device(request)
    except (RuntimeError, TypeError) as error:
        raise InputError(
            f"unknown device {str(request)!r}; use auto, cpu, cuda or cuda:1"
        ) from error
    if device.type == "cpu":
        return DeviceChoice(torch.device("cpu"))
    if device.type == "cuda":
        device = _cuda_device(device)
    elif not _usable(device):
        raise InputError(f"torch cannot use device {request} here; use auto, cpu, cuda or cuda:1")
    problem = _float64_problem(device)
    if problem is None:
        return DeviceChoice(device)
    return DeviceChoice(
        torch.device("cpu"), (f"{device} was not used: {problem}; done on the CPU",)
    )


def _cuda_device(device: torch.device) -> torch.device:
    if not torch.cuda.is_available():
        raise InputError(
            "device cuda was asked for, and torch sees no CUDA device; use cpu or auto"
        )
    # torch's stubs call the index an int; it is None in torch.device("cuda").
    index = device.index if ":" in str(device) else torch.cuda.current_device()
    if index >= torch.cuda.device_count():
        raise InputError(
            f"device cuda:{index} does not exist; torch sees {torch.cuda.device_count()} of them"
        )
    return torch.device("cuda", index)


def _usable(device: torch.device) -> bool:
    """Whether a number can be put on the device and be read back."""
    try:
        return torch.ones(1, device=device).item() == 1.0
    except Exception:  # whatever a back end raises that is not there, as a missing module
        return False


def _float64_problem(device: torch.device) -> str | None:
    """Say why float64 cannot be trusted on the device, or None."""
    if device.type == "cuda" and os.environ.get(_EMULATION_SWITCH, "0") != "0":
        return f"{_EMULATION_SWITCH} is set, and emulated products have other error bounds"
    return _probe(device)


@cache
def _probe(device: torch.device) -> str | None:
    """Try a product that float32 arithmetic gets wrong: (1 + 2^−40)·(1 − 2^−40) = 1 − 2^−80."""
    tiny = 2.0**-40
    try:
        left = torch.tensor([[1.0 + tiny, 1.0]], dtype=torch.float64, device=device)
        right = torch.tensor([[1.0], [-1.0]], dtype=torch.float64, device=device)
        got = float((left @ right).item())
    except (RuntimeError, TypeError, NotImplementedError) as error:
        return f"it refuses float64 ({str(error).splitlines()[0]})"
    return None if got == tiny else f"its float64 product is off ({got!r} for {tiny!r})"
