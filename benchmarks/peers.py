"""The methods that lipbridge is measured against, and the stop-watch. Needs torch alone.

Every method takes a weight matrix as stored and returns one float, its value for σ_max.
"""

from __future__ import annotations

import json
import math
import platform
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch

from lipbridge.numeric.spectral.bounds import spectral_bound

Method = Callable[[torch.Tensor], float]


def matrix_norm(weight: torch.Tensor) -> float:
    """torch.linalg.matrix_norm(W, 2), in float32 unless the weights are float64."""
    return torch.linalg.matrix_norm(_plain(weight), 2).item()


def power_iteration(weight: torch.Tensor, steps: int = 15) -> float:
    """Run the spectral-norm parametrization of torch: uᵀWv after start-up and one pass."""
    weight = _plain(weight)
    rows, cols = weight.shape
    layer = torch.nn.Linear(cols, rows, bias=False, device=weight.device, dtype=weight.dtype)
    with torch.no_grad():
        layer.weight.copy_(weight)
    torch.manual_seed(0)
    normed = torch.nn.utils.parametrizations.spectral_norm(layer, n_power_iterations=steps)
    with torch.no_grad():
        _ = normed.weight
        state = normed.parametrizations["weight"][0]
        if rows == 1 or cols == 1:
            return torch.linalg.vector_norm(weight).item()
        return torch.dot(state._u, weight @ state._v).item()


def gram_iteration(weight: torch.Tensor, steps: int = 6) -> float:
    """σ ≤ ‖G_t‖_F^(2^−t) with G_0 = W, G ← GᵀG, rescaled at every step (Delattre et al. 2023)."""
    gram = _plain(weight)
    gram = gram if gram.shape[0] >= gram.shape[1] else gram.T
    log = torch.zeros((), dtype=gram.dtype, device=gram.device)
    for _ in range(steps):
        norm = torch.linalg.matrix_norm(gram)
        gram = gram / norm
        gram = gram.T @ gram
        log = 2.0 * (log + norm.log())
    total = (log + torch.linalg.matrix_norm(gram).log()) / 2.0**steps
    return total.exp().item()


def gram_cholesky_alone(weight: torch.Tensor) -> float:
    """Float64 Gram product and one Cholesky factorization, nothing else: the price of the idea."""
    wide = weight.to(torch.float64)
    wide = wide if wide.shape[0] >= wide.shape[1] else wide.T
    shifted = -(wide.T @ wide)
    shifted.diagonal().add_(float(wide.shape[0] * wide.shape[1]))
    factor, _ = torch.linalg.cholesky_ex(shifted)
    return float(factor[0, 0].item()) * 0.0 + math.nan


def svd64(weight: torch.Tensor) -> float:
    """The largest singular value by a float64 SVD."""
    return torch.linalg.svdvals(weight.to(torch.float64))[0].item()


def lipbridge(weight: torch.Tensor) -> float:
    """The rigorous upper bound of lipbridge."""
    return spectral_bound(weight, device=weight.device).upper


def _plain(weight: torch.Tensor) -> torch.Tensor:
    return weight if weight.dtype == torch.float64 else weight.to(torch.float32)


def timed(action: Callable[[], Any], repeats: int = 5, limit: float = 20.0) -> tuple[float, Any]:
    """Median seconds of some calls after one warm-up; fewer once ``limit`` seconds are spent."""
    value = action()
    _settle()
    seconds: list[float] = []
    for _ in range(repeats):
        began = time.perf_counter()
        value = action()
        _settle()
        seconds.append(time.perf_counter() - began)
        if sum(seconds) > limit:
            break
    return statistics.median(seconds), value


def timed_in_turn(
    actions: dict[str, Callable[[], Any]], repeats: int, pause: float = 0.1
) -> dict[str, tuple[float, Any]]:
    """Least seconds of some calls of each action, made in turn after a warm-up.

    The pause lets the threads of one library fall asleep, which spin for a while after a call.
    """
    values = {name: action() for name, action in actions.items()}
    least = dict.fromkeys(actions, math.inf)
    for _ in range(repeats):
        for name, action in actions.items():
            _settle()
            time.sleep(pause)
            began = time.perf_counter()
            action()
            _settle()
            least[name] = min(least[name], time.perf_counter() - began)
    return {name: (least[name], values[name]) for name in actions}


def _settle() -> None:
    if torch.cuda.is_available():
        torch.cuda.synchronize()


def machine() -> dict[str, Any]:
    """What a figure must be read with."""
    gpu = torch.cuda.get_device_name() if torch.cuda.is_available() else None
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "torch": torch.__version__,
        "processor": _processor(),
        "threads": torch.get_num_threads(),
        "gpu": gpu,
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table with aligned columns."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in [head, *rows]
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def report(name: str, head: list[str], rows: list[list[str]], data: Any, out: Path | None) -> None:
    """Print the table with its machine, and write the JSON beside."""
    where = machine()
    print(
        f"\n## {name}\n\n{where['gpu'] or where['processor']}, {where['threads']} threads, ", end=""
    )
    print(f"torch {where['torch']}, {where['date']}\n\n{table(head, rows)}", flush=True)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(
            json.dumps({"name": name, "machine": where, "results": data}, indent=1, allow_nan=False)
            + "\n"
        )
