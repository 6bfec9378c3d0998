"""Time against n for every method, the kernel check included, from the recorded results.

python benchmarks/plot_times.py [--out benchmarks/results/times_cpu.svg]
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot

RESULTS = Path(__file__).resolve().parent / "results"


def points() -> dict[str, list[tuple[int, float]]]:
    """Method → (n, seconds) of the square matrices."""
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for row in json.loads((RESULTS / "spectral_cpu.json").read_text())["results"]:
        if row["rows"] == row["cols"]:
            found[row["method"]].append((row["rows"], row["seconds"]))
    for row in json.loads((RESULTS / "kernel_check.json").read_text())["results"]:
        if row["rows"] == row["cols"]:
            found["kernel check of a certificate"].append((row["rows"], row["wall_seconds"]))
            found["exact check by python-flint"].append((row["rows"], row["flint_seconds"]))
    return found


def main() -> None:
    """Draw the plot."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=RESULTS / "times_cpu.svg")
    out = parser.parse_args().out
    figure, axes = pyplot.subplots(figsize=(7, 4.5), layout="constrained")
    for method, pairs in points().items():
        bold = method.startswith(("lipbridge", "kernel"))
        axes.loglog(
            *zip(*sorted(pairs), strict=True), marker="o", lw=2.5 if bold else 1, label=method
        )
    axes.set(xlabel="n (n×n, bfloat16 weights)", ylabel="seconds, two CPU cores")
    axes.legend(fontsize=8)
    axes.grid(alpha=0.3, which="both")
    figure.savefig(out, metadata={"Date": None} if out.suffix == ".svg" else None)
    print(f"wrote {out.name}")


if __name__ == "__main__":
    main()
