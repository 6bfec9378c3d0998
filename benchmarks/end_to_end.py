"""From weights to a kernel-checked theorem, timed stage by stage: a 784-64-10 ReLU network.

    python benchmarks/end_to_end.py [--hidden 64] [--json FILE]
    python benchmarks/end_to_end.py --preset msa --checkpoint DIR [--hidden-norm R] [--json FILE]

With a preset: the indexers of a checkpoint, such as the full-size ones that
``examples/make_tiny_checkpoints.py`` writes. User seconds are of this process and of its compilers;
memory is the largest of each.

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
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from lipbridge import pipeline
from lipbridge.numeric.presets.registry import PresetOptions

SPEC = """network mnist
input 784
hidden: linear {hidden} weight = "hidden.weight" bias = "hidden.bias"
relu
output: linear 10 weight = "output.weight" bias = "output.bias"
"""


class Stages:
    """Wall-clock seconds by stage, as a pipeline's progress."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.current, self.last = "start", time.perf_counter()

    def __call__(self, stage: str, _done: int, _total: int) -> None:
        """Book the time since the last call on the stage that was current."""
        now = time.perf_counter()
        self.seconds[self.current] = self.seconds.get(self.current, 0.0) + now - self.last
        self.current, self.last = stage, now

    def show(self, result: pipeline.RunResult) -> dict[str, Any]:
        """Print the stages, what they took in all, and what was proved."""
        self("end", 0, 0)
        whole = sum(self.seconds.values())
        print(f"  checked: {'yes' if result.check.ok else 'NO'}")
        for stage, took in self.seconds.items():
            print(f"  {stage:<22}{took:8.2f} s")
        own, lean = (
            resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        unit = 1024 if platform.system() == "Linux" else 1 << 20
        print(f"  {'whole':<22}{whole:8.2f} s")
        print(f"  user: {own.ru_utime:.1f} s here, {lean.ru_utime:.1f} s in Lean")
        print(f"  memory: {own.ru_maxrss // unit} MB here, {lean.ru_maxrss // unit} MB in Lean")
        print(f"  {len(result.check.theorems)} theorems")
        return {
            "seconds": whole,
            "stages": self.seconds,
            "user": [own.ru_utime, lean.ru_utime],
            "mb": [own.ru_maxrss // unit, lean.ru_maxrss // unit],
            "theorems": len(result.check.theorems),
            "ok": result.check.ok,
        }


def preset(name: str, checkpoint: Path, hidden_norm: float | None) -> dict[str, Any]:
    """The indexers of a checkpoint."""
    stages = Stages()
    options = PresetOptions(hidden_norm=hidden_norm)
    with tempfile.TemporaryDirectory() as folder:
        result = pipeline.run_jobs(
            lambda: pipeline.load_preset(name, checkpoint, options, stages),
            Path(folder) / "export",
            progress=stages,
        )
    print(f"{name}, {checkpoint.name}, {platform.processor() or platform.machine()}")
    return {"network": checkpoint.name, **stages.show(result)}


def mnist(hidden: int) -> dict[str, Any]:
    """A 784-``hidden``-10 ReLU network."""
    generator = np.random.default_rng(0)
    shapes = {"hidden": (hidden, 784), "output": (10, hidden)}
    weights: dict[str, np.ndarray] = {}
    for name, (rows, cols) in shapes.items():
        values = generator.standard_normal((rows, cols)) / np.sqrt(cols)
        weights[f"{name}.weight"] = values.astype(np.float32)
        weights[f"{name}.bias"] = (generator.standard_normal(rows) / 10).astype(np.float32)
    norms = [np.linalg.norm(weights[f"{name}.weight"].astype(np.float64), 2) for name in shapes]
    with tempfile.TemporaryDirectory() as folder:
        spec, file = Path(folder) / "mnist.lip", Path(folder) / "weights.npz"
        spec.write_text(SPEC.format(hidden=hidden))
        np.savez(file, **weights)
        stages = Stages()
        result = pipeline.run(spec, file, Path(folder) / "export", progress=stages)
    report = result.reports[0]
    assert report.proved is not None, "the product of the norms is proved in any case"
    upper, best = report.total.upper, float(report.proved.upper)
    excess = upper / float(np.prod(norms)) - 1
    print(f"784-{hidden}-10, {platform.processor() or platform.machine()}")
    record = stages.show(result)
    print(f"  product {upper:.9g}, excess {excess:.2e}")
    print(f"  tightest checked bound: {report.proved.name} {best:.9g}")
    tightest = {"name": report.proved.name, "upper": best}
    return {
        "network": f"784-{hidden}-10",
        "upper": upper,
        "excess": excess,
        "tightest": tightest,
        **record,
    }


def main() -> None:
    """Print the table, and write it as JSON if asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--hidden", type=int, default=64)
    parser.add_argument("--preset")
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--hidden-norm", type=float)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if options.preset:
        record = preset(options.preset, options.checkpoint, options.hidden_norm)
    else:
        record = mnist(options.hidden)
    if options.json:
        options.json.write_text(json.dumps(record, indent=2) + "\n")


if __name__ == "__main__":
    main()
