"""Many matrices over many processes, launched by torchrun or alone.

Every process deals out the jobs in the same way, bounds its share and appends each finished group
to the state file; at the end the results are exchanged once, and process 0 writes the one result
file. Between start and end the processes do not talk to each other.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist

from lipbridge.errors import InputError, LipBridgeError, WeightsError
from lipbridge.numeric.jobs import Job, share
from lipbridge.numeric.ledger import Ledger, tensor_key
from lipbridge.numeric.records import SpectralBound
from lipbridge.numeric.spectral import spectral_bounds
from lipbridge.numeric.weights import load_tensor

__all__ = ["Progress", "bound_jobs"]

# A group is loaded, bounded in one launch and recorded together.
_GROUP_ENTRIES = 1 << 26
_GROUP_SIZE = 64


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one process is.

    Args:
        rank: the process.
        done: its finished jobs, resumed ones included.
        total: its jobs.
        resumed: how many of them were found finished.
        label: the job that was finished last.
    """

    rank: int
    done: int
    total: int
    resumed: int
    label: str


def bound_jobs(
    jobs: Sequence[Job],
    *,
    out: Path | str | None = None,
    state: Path | str | None = None,
    device: str = "auto",
    on_progress: Callable[[Progress], None] | None = None,
) -> list[SpectralBound]:
    """Bound every job's matrix, sharing the work with the processes that torchrun started.

    Args:
        jobs: the same list in every process.
        out: the result file, written by process 0; none if None.
        state: the state file, shared by all processes; none if None.
        device: as in ``spectral_bound``; with CUDA, process i of a host takes device i.
        on_progress: called in each process after each group.

    Returns:
        One bound a job, in the order of jobs, in every process.

    Raises:
        WeightsError: a tensor is missing, misshapen or not finite; all others are done and
            recorded first.
        InputError: a file cannot be written.
    """
    with _processes(device) as (rank, workers, own_device):
        mine = share([job.cost for job in jobs], workers)[rank]
        ledger = Ledger(Path(state)) if state is not None else None
        found, problem = _work(jobs, mine, ledger, own_device, rank, on_progress)
        shares: list[tuple[dict[int, SpectralBound], str | None]] = [(found, problem)]
        if workers > 1:
            received: list[Any] = [None] * workers
            dist.all_gather_object(received, (found, problem))
            shares = received
        failures = [failure for _, failure in shares if failure is not None]
        if failures:
            raise WeightsError(failures[0])
        merged = {index: bound for part, _ in shares for index, bound in part.items()}
        bounds = [merged[index] for index in range(len(jobs))]
        if out is not None and rank == 0:
            _write(Path(out), bounds, workers)
        if workers > 1:
            dist.barrier()  # no process returns before the file is there
    return bounds


def _work(
    jobs: Sequence[Job],
    mine: list[int],
    ledger: Ledger | None,
    device: str,
    rank: int,
    on_progress: Callable[[Progress], None] | None,
) -> tuple[dict[int, SpectralBound], str | None]:
    """Bound this process's share; an error ends it, and is told to the others at the exchange."""
    found: dict[int, SpectralBound] = {}
    resumed = 0
    try:
        for group in _groups(jobs, mine):
            tensors = {i: load_tensor(jobs[i].path, jobs[i].name, jobs[i].rows) for i in group}
            keys = (
                {i: tensor_key(tensor) for i, tensor in tensors.items()}
                if ledger is not None
                else {}
            )
            for index, key in keys.items():
                known = ledger.find(key) if ledger is not None else None
                if known is not None:
                    found[index] = replace(known, name=jobs[index].label)
                    resumed += 1
            missing = [i for i in group if i not in found]
            labels = [jobs[i].label for i in missing]
            bounds = spectral_bounds([tensors[i] for i in missing], device=device, names=labels)
            found.update(zip(missing, bounds, strict=True))
            if ledger is not None and missing:
                ledger.add({keys[i]: found[i] for i in missing})
            if on_progress is not None:
                label = jobs[group[-1]].label
                on_progress(Progress(rank, len(found), len(mine), resumed, label))
    except LipBridgeError as error:
        return found, str(error)
    return found, None


def _groups(jobs: Sequence[Job], mine: list[int]) -> list[list[int]]:
    """Cut a share into groups of equal shape, dearest first, small enough for memory."""
    by_shape: dict[tuple[int, int], list[int]] = {}
    for index in mine:
        by_shape.setdefault(jobs[index].shape, []).append(index)
    groups: list[list[int]] = []
    for (rows, cols), members in by_shape.items():
        step = max(1, min(_GROUP_SIZE, _GROUP_ENTRIES // (rows * cols)))
        groups += [members[start : start + step] for start in range(0, len(members), step)]
    return groups


@contextmanager
def _processes(device: str) -> Generator[tuple[int, int, str]]:
    """Join torchrun's group, tell the rank, the number of processes and the device; leave it."""
    workers = int(os.environ.get("WORLD_SIZE", "1"))
    if workers == 1:
        yield 0, 1, device
        return
    own = device
    cuda = device.startswith("cuda") or (device == "auto" and torch.cuda.is_available())
    if cuda and not torch.cuda.is_available():
        raise InputError("device cuda was asked for, and torch sees no CUDA device; use cpu")
    if cuda:
        local = int(os.environ.get("LOCAL_RANK", "0"))
        own = f"cuda:{local % torch.cuda.device_count()}"
        torch.cuda.set_device(own)
    started = not dist.is_initialized()
    if started:
        # NCCL needs a GPU a process; gloo serves CPUs and shared GPUs.
        local_workers = int(os.environ.get("LOCAL_WORLD_SIZE", str(workers)))
        alone = cuda and local_workers <= torch.cuda.device_count()
        dist.init_process_group("nccl" if alone else "gloo")
    try:
        yield dist.get_rank(), dist.get_world_size(), own
    finally:
        if started:
            dist.destroy_process_group()


def _write(path: Path, bounds: list[SpectralBound], workers: int) -> None:
    """Write the result file whole: a reader sees the old one or the new one."""
    content = {
        "version": 1,
        "processes": workers,
        "bounds": [bound.to_json() for bound in bounds],
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", dir=path.parent, prefix=path.name, delete=False, encoding="utf-8"
        ) as file:
            json.dump(content, file, indent=1)
            file.write("\n")
        Path(file.name).chmod(0o644)
        Path(file.name).replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})") from error
