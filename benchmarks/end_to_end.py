"""From weights to a kernel-checked theorem, timed stage by stage: a 784-64-10 ReLU network.

    python benchmarks/end_to_end.py [--hidden 64] [--json FILE]

The weights are random with a seed, float32, scaled as a trained network is. ``excess`` is how far
the certified product of norms lies above the product of the singular values in float64; the
tightest checked bound is the least that the export proves.
Peer: a Dafny-verified certifier (CAV 2025) reports 3180 s for a one-layer 64-unit MNIST network at
11 Gram iterations.
"""

from __future__ import annotations

import argparse
import json
import platform
import tempfile
import time
from pathlib import Path

import numpy as np

from lipbridge import pipeline

SPEC = """network mnist
input 784
hidden: linear {hidden} weight = "hidden.weight" bias = "hidden.bias"
relu
output: linear 10 weight = "output.weight" bias = "output.bias"
"""


def main() -> None:
    """Print the table, and write it as JSON if asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--hidden", type=int, default=64)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    generator = np.random.default_rng(0)
    shapes = {"hidden": (options.hidden, 784), "output": (10, options.hidden)}
    weights: dict[str, np.ndarray] = {}
    for name, (rows, cols) in shapes.items():
        values = generator.standard_normal((rows, cols)) / np.sqrt(cols)
        weights[f"{name}.weight"] = values.astype(np.float32)
        weights[f"{name}.bias"] = (generator.standard_normal(rows) / 10).astype(np.float32)
    norms = [np.linalg.norm(weights[f"{name}.weight"].astype(np.float64), 2) for name in shapes]
    with tempfile.TemporaryDirectory() as folder:
        spec, file = Path(folder) / "mnist.lip", Path(folder) / "weights.npz"
        spec.write_text(SPEC.format(hidden=options.hidden))
        np.savez(file, **weights)
        stages: dict[str, float] = {}
        began = last = time.perf_counter()
        current = "start"

        def progress(stage: str, _done: int, _total: int) -> None:
            nonlocal last, current
            now = time.perf_counter()
            stages[current] = stages.get(current, 0.0) + now - last
            last, current = now, stage

        result = pipeline.run(spec, file, Path(folder) / "export", progress=progress)
        progress("end", 0, 0)
        seconds = time.perf_counter() - began
    report = result.reports[0]
    assert report.proved is not None, "the product of the norms is proved in any case"
    upper, best = report.total.upper, float(report.proved.upper)
    excess = upper / float(np.prod(norms)) - 1
    print(
        f"784-{options.hidden}-10, {platform.processor() or platform.machine()}, checked: ", end=""
    )
    print("yes" if result.check.ok else "NO")
    for stage, took in stages.items():
        print(f"  {stage:<22}{took:8.2f} s")
    print(f"  {'whole':<22}{seconds:8.2f} s;  product {upper:.9g}, excess {excess:.2e}")
    print(f"  tightest checked bound: {report.proved.name} {best:.9g}")
    if options.json:
        record = {
            "network": f"784-{options.hidden}-10",
            "seconds": seconds,
            "stages": stages,
            "upper": upper,
            "excess": excess,
            "tightest": {"name": report.proved.name, "upper": best},
            "ok": result.check.ok,
        }
        options.json.write_text(json.dumps(record, indent=2) + "\n")


if __name__ == "__main__":
    main()
