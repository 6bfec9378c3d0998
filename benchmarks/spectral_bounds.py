"""Rigorous bounds of σ_max beside their peers: time, bound, ratio to the truth.

    python benchmarks/spectral_bounds.py                        two CPU cores, up to 2048²
    python benchmarks/spectral_bounds.py --device cuda --sizes 1024 4096 8192
    python benchmarks/spectral_bounds.py --plot times.svg

The truth stands for the proved lower bound, which is within ``slack`` of it (in the JSON); a value
under it is certainly below the truth. ``--svd`` adds a float64 SVD as an independent witness.
Times are medians; on a machine that does other work, ``--turns`` calls the methods in turn and
takes the least time of each.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import Any

import peers
import torch

from lipbridge.numeric.spectral.bounds import spectral_bound

METHODS: dict[str, peers.Method] = {
    "lipbridge": peers.lipbridge,
    "Gram + Cholesky alone": peers.gram_cholesky_alone,
    "matrix_norm(W, 2)": peers.matrix_norm,
    "power iteration": peers.power_iteration,
    "Gram iteration": peers.gram_iteration,
}


def measure(size: tuple[int, int], args: argparse.Namespace) -> list[dict[str, Any]]:
    """Time every method on one random matrix."""
    torch.manual_seed(size[0])
    weight = torch.randn(size).to(getattr(torch, args.dtype)).to(args.device)
    bound = spectral_bound(weight, device=args.device)
    methods = METHODS | ({"SVD in float64": peers.svd64} if args.svd else {})
    results: list[dict[str, Any]] = []
    calls = {name: (lambda method=method: method(weight)) for name, method in methods.items()}
    if args.turns:
        timings = peers.timed_in_turn(calls, args.repeats)
    else:
        timings = {name: peers.timed(call, args.repeats) for name, call in calls.items()}
    for name, (seconds, value) in timings.items():
        results.append(
            {
                "rows": size[0],
                "cols": size[1],
                "dtype": args.dtype,
                "method": name,
                "seconds": seconds,
                "value": None if math.isnan(value) else value,
                "excess": None if math.isnan(value) else value / bound.lower - 1,
                "below": bool(value < bound.lower),
                "slack": bound.slack,
            }
        )
    return results


def plot(results: list[dict[str, Any]], target: Path) -> None:
    """Draw time against n, one line a method."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4.5), layout="constrained")
    axes = figure.subplots()
    for name in dict.fromkeys(r["method"] for r in results):
        chosen = [r for r in results if r["method"] == name and r["rows"] == r["cols"]]
        axes.loglog([r["rows"] for r in chosen], [r["seconds"] for r in chosen], "o-", label=name)
    axes.set(xlabel="n (matrix n×n)", ylabel="seconds", title=peers.machine()["gpu"] or "CPU")
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend()
    figure.savefig(target)


def main() -> None:
    """Parse, measure, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--sizes", type=int, nargs="+", default=[128, 256, 512, 1024, 2048])
    parser.add_argument("--wide", action="store_true", help="add 128×6144")
    parser.add_argument("--dtype", default="bfloat16")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--turns", action="store_true", help="least time of calls made in turn")
    parser.add_argument("--svd", action="store_true", help="add a float64 SVD")
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--out", type=Path, default=Path("out/benchmarks/spectral_bounds.json"))
    args = parser.parse_args()
    sizes = [(n, n) for n in args.sizes] + ([(128, 6144)] if args.wide else [])
    results = [entry for size in sizes for entry in measure(size, args)]
    head = ["matrix", "method", "time", "lipbridge is faster by", "value/truth − 1", "below?"]
    rows: list[list[str]] = []
    for entry in results:
        ours = next(
            r
            for r in results
            if r["method"] == "lipbridge"
            and (r["rows"], r["cols"]) == (entry["rows"], entry["cols"])
        )
        no_value = entry["value"] is None
        rows.append(
            [
                f"{entry['rows']}×{entry['cols']}",
                entry["method"],
                f"{entry['seconds'] * 1e3:.2f} ms",
                f"{entry['seconds'] / ours['seconds']:.2f}×",
                "–" if no_value else f"{entry['excess']:+.1e}",
                "–" if no_value else ("BELOW" if entry["below"] else "no"),
            ]
        )
    title = f"Largest singular value, {args.dtype} weights, {args.device}"
    peers.report(title, head, rows, results, args.out)
    if args.plot is not None:
        plot(results, args.plot)


if __name__ == "__main__":
    main()
