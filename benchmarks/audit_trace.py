"""How long the audit of scores takes beside ``torch.topk`` alone on the same tensor.

    python benchmarks/audit_trace.py [--device cuda] [--rows 32768] [--json FILE]

One tensor of scores stays on the device; every variant reads that tensor, in the same run and in
turn, and the median of the repeats counts. ``audit`` is a whole audit step: selection, margin,
certified radius, movement, lock and change. ``+ slopes`` also tests |Δs| ≤ L‖Δq‖ for every block.
``peak`` is the most device memory a variant takes beyond the inputs.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import torch

from lipbridge.audit.certify.chunk import Plan, audit_chunk
from lipbridge.audit.certify.constants import Constants
from lipbridge.audit.trace.records import Chunk, StreamKey, TraceInfo


def milliseconds(work: Callable[[], object], device: str) -> float:
    """Time one call."""
    if device == "cuda":
        begin, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        begin.record()
        work()
        end.record()
        end.synchronize()
        return begin.elapsed_time(end)
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


def peak_bytes(work: Callable[[], object], device: str) -> int | None:
    """Device memory of one call beyond what was held before."""
    if device != "cuda":
        return None
    torch.cuda.synchronize()
    torch.cuda.reset_peak_memory_stats()
    before = torch.cuda.memory_allocated()
    work()
    torch.cuda.synchronize()
    return torch.cuda.max_memory_allocated() - before


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    cuda = torch.cuda.is_available()
    parser.add_argument("--device", default="cuda" if cuda else "cpu", choices=["cpu", "cuda"])
    parser.add_argument("--blocks", type=int, default=8192)
    parser.add_argument("--top-k", type=int, default=16)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--rows", type=int, default=32768 if cuda else 1024, help="steps × heads")
    parser.add_argument("--width", type=int, default=128, help="query dimension")
    parser.add_argument("--dtype", default="float32", choices=["float32", "bfloat16", "float64"])
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--constants", action="store_true", help="also time per-block constants")
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def inputs(options: argparse.Namespace) -> tuple[Chunk, TraceInfo, torch.Tensor]:
    """A slow walk of queries, so that locks, changes and slopes are those of a settled trace."""
    torch.manual_seed(0)
    device = options.device
    shape = (options.rows // options.heads, options.heads, options.width)
    start = torch.randn(shape[1:], device=device)
    queries = torch.randn(shape, device=device).mul_(2e-5).cumsum(0) + start
    keys = torch.randn(options.blocks, options.width, device=device)
    scores = torch.einsum("thn,bn->thb", queries, keys).to(getattr(torch, options.dtype))
    norms = torch.linalg.vector_norm(keys.double(), dim=-1) * (1 + 1e-12)
    chunk = Chunk(StreamKey(0, 0), 0, queries, scores=scores)
    return chunk, TraceInfo(top_k=options.top_k), norms


def main() -> None:
    """Run, print a table, write JSON."""
    options = arguments()
    device = options.device
    chunk, info, norms = inputs(options)
    scores, steps = chunk.scores, chunk.steps
    uniform = Constants(uniform=float(norms.max()))
    variants: dict[str, Callable[[], object]] = {
        "torch.topk": lambda: torch.topk(scores, options.top_k, dim=-1),
        "audit": lambda: audit_chunk(chunk, info, Plan(uniform, slopes="none")),
        "audit + slopes": lambda: audit_chunk(chunk, info, Plan(uniform)),
    }
    if options.constants:
        part = Chunk(chunk.key, 0, chunk.queries[: steps // 16], scores=scores[: steps // 16])
        plan = Plan(Constants(per_block=norms), slopes="none")
        variants["per-block, 1/16 of the rows"] = lambda: audit_chunk(part, info, plan)
    times: dict[str, list[float]] = {name: [] for name in variants}
    with torch.inference_mode():
        found = audit_chunk(chunk, info, Plan(uniform))
        best = torch.topk(scores, options.top_k, dim=-1).values
        assert torch.equal(scores.gather(-1, found["selected"]), best)
        peaks = {name: peak_bytes(work, device) for name, work in variants.items()}
        for repeat in range(options.repeats + 3):
            for name, work in variants.items():
                spent = milliseconds(work, device)
                if repeat >= 3:
                    times[name].append(spent)
    base = statistics.median(times["torch.topk"])
    rows = [
        {
            "variant": name,
            "milliseconds": statistics.median(values),
            "ratio": statistics.median(values) / base,
            "peak_bytes": peaks[name],
        }
        for name, values in times.items()
    ]
    machine = torch.cuda.get_device_name() if device == "cuda" else platform.machine() + " CPU"
    print(f"{machine}, torch {torch.__version__}, {torch.get_num_threads()} threads")
    print(
        f"scores [{steps}, {options.heads}, {options.blocks}] {options.dtype}, top {options.top_k}"
    )
    print(f"certified {float(found['locked'].double().mean()):.1%} of the steps\n")
    print(f"{'variant':<30}{'ms':>10}{'ratio':>8}{'peak MiB':>10}")
    for row in rows:
        peak = "–" if row["peak_bytes"] is None else f"{row['peak_bytes'] / 2**20:.0f}"
        print(f"{row['variant']:<30}{row['milliseconds']:>10.2f}{row['ratio']:>8.2f}{peak:>10}")
    if options.json:
        settings = {name: str(value) for name, value in vars(options).items()}
        report = {"machine": machine, "torch": torch.__version__, "options": settings, "rows": rows}
        options.json.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
