"""Batches of equal matrices on the device, the next one copied while one is worked on.

Matrices in host memory are gathered in page-locked memory, from which a GPU copies by itself; two
such buffers take turns, and a thread fills one while the batch before is worked on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import torch

# Batches larger than this many float64 entries are cut (1 GiB each for V, less for the rest).
_DEVICE_ENTRIES = 1 << 27
# Those that are copied to a GPU are smaller, so that little is waited for before the first.
_COPIED_ENTRIES = 1 << 25
# Above this Gram size a batch saves nothing: each matrix fills the device by itself.
_LARGEST_SIDE = 1024


def batches(
    tensors: Sequence[torch.Tensor] | torch.Tensor, device: torch.device
) -> Iterator[tuple[int, torch.Tensor]]:
    """Yield (place of the first matrix, batch on the device), in order.

    Args:
        tensors: matrices of one shape and type, or one stacked tensor.
        device: where the batches shall be.

    Shape:
        each (rows, cols) → (count, rows, cols).
    """
    first = tensors[0]
    copied = device.type == "cuda" and all(t.device.type == "cpu" for t in tensors)
    entries = _COPIED_ENTRIES if copied else _DEVICE_ENTRIES
    count = 1 if min(first.shape) > _LARGEST_SIDE else max(1, entries // first.numel())
    parts = [tensors[start : start + count] for start in range(0, len(tensors), count)]
    source = _copied(parts, device) if copied else (_stacked(part).to(device) for part in parts)
    yield from zip(range(0, len(tensors), count), source, strict=True)


def _stacked(part: Sequence[torch.Tensor] | torch.Tensor) -> torch.Tensor:
    if isinstance(part, torch.Tensor):
        return part.detach()
    return torch.stack([tensor.detach() for tensor in part])


def _copied(
    parts: Sequence[Sequence[torch.Tensor] | torch.Tensor], device: torch.device
) -> Iterator[torch.Tensor]:
    """Copy parts to a GPU on a stream of their own, one ahead of the part that is worked on."""
    shape, dtype = (len(parts[0]), *parts[0][0].shape), parts[0][0].dtype
    pinned = [torch.empty(shape, dtype=dtype, pin_memory=True) for _ in parts[:2]]
    free = [torch.cuda.Event() for _ in pinned]
    stream = torch.cuda.Stream(device)

    def copy(number: int) -> tuple[torch.Tensor, torch.cuda.Event]:
        buffer = pinned[number % 2][: len(parts[number])]
        free[number % 2].synchronize()  # the copy that last read this buffer is done
        for place, tensor in zip(buffer, parts[number], strict=True):
            place.copy_(tensor.detach())
        with torch.cuda.device(device), torch.cuda.stream(stream):
            batch = buffer.to(device, non_blocking=True)
            arrived = torch.cuda.Event()
            arrived.record(stream)
            free[number % 2].record(stream)
        return batch, arrived

    with ThreadPoolExecutor(1) as thread:
        ahead = thread.submit(copy, 0)
        for number in range(len(parts)):
            batch, arrived = ahead.result()
            if number + 1 < len(parts):
                ahead = thread.submit(copy, number + 1)
            here = torch.cuda.current_stream(device)
            here.wait_event(arrived)
            batch.record_stream(here)
            yield batch
