"""What is to be bounded, and which process does it."""

from __future__ import annotations

import fnmatch
import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lipbridge.errors import WeightsError
from lipbridge.language.checkpoint import open_checkpoint
from lipbridge.language.safetensors_header import FLOAT_DTYPES
from lipbridge.numeric.weights import load_tensor, tensor_names

__all__ = ["Job", "find_jobs", "share"]


@dataclass(frozen=True, slots=True)
class Job:
    """One matrix to bound: a tensor of a weights file or folder, or some of its rows.

    Args:
        path: the file or folder.
        name: the tensor's name in it.
        shape: rows and columns of what is bounded.
        rows: first row and one past the last; None means all.
    """

    path: Path
    name: str
    shape: tuple[int, int]
    rows: tuple[int, int] | None = None

    @property
    def label(self) -> str:
        """Name for people and for records: ``….weight`` or ``….weight[128:256]``."""
        return self.name if self.rows is None else f"{self.name}[{self.rows[0]}:{self.rows[1]}]"

    @property
    def cost(self) -> int:
        """Multiplications, about: the Gram product and the factorization, checked."""
        short, long = sorted(self.shape)
        return short * short * (long + short)


def find_jobs(path: Path | str, patterns: Iterable[str] = ("*",)) -> list[Job]:
    """List the floating-point matrices of a weights file or folder, headers only where possible.

    Args:
        path: as for ``load_tensor``.
        patterns: shell patterns; a tensor is taken if one of them matches its name.

    Raises:
        WeightsError: no such file, a damaged one, or nothing matches.
    """
    path, wanted = Path(path), tuple(patterns)
    lazily = path.is_dir() or path.suffix == ".safetensors"
    checkpoint = open_checkpoint(path) if lazily else None
    jobs: list[Job] = []
    for name in tensor_names(path):
        if not any(fnmatch.fnmatchcase(name, pattern) for pattern in wanted):
            continue
        if checkpoint is not None:
            stored = checkpoint.stored(name)
            shape, floating = stored.shape, stored.dtype in FLOAT_DTYPES
        else:
            tensor = load_tensor(path, name)
            shape, floating = tuple(tensor.shape), tensor.dtype.is_floating_point
        if len(shape) == 2 and min(shape) > 0 and floating and not name.endswith("_scale_inv"):
            jobs.append(Job(path, name, (shape[0], shape[1])))
    if not jobs:
        raise WeightsError(f"{path}: no floating-point matrix matches {', '.join(wanted)}")
    return jobs


def share(costs: Sequence[int], workers: int) -> list[list[int]]:
    """Deal jobs to workers, the dearest first, each to the one with the least to do.

    Returns:
        For each worker the indices of its jobs. The largest share is at most 4/3 of the best
        possible one.

    Source: R. L. Graham, *Bounds on multiprocessing timing anomalies*, SIAM J. Appl. Math. 17
    (1969).
    """
    shares: list[list[int]] = [[] for _ in range(workers)]
    loads = [(0, worker) for worker in range(workers)]
    for index in sorted(range(len(costs)), key=lambda i: (-costs[i], i)):
        load, worker = heapq.heappop(loads)
        shares[worker].append(index)
        heapq.heappush(loads, (load + costs[index], worker))
    return shares
