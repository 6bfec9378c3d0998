"""Hidden layers with slopes in an interval, and residual blocks: product, LipSDP, a slope.

    python benchmarks/hidden_blocks.py residual-relu mlp-gelu

Weights are normal, scaled by √(2/inputs) (He), biases normal times 0.1, seed 0. Each network goes
through `lipbridge.run`: every bound of the table is checked by the Lean kernel.
"""

from __future__ import annotations

import argparse
import tempfile
import time

import numpy as np
import torch

import lipbridge
from lipbridge.report.records import Report

_ACTIVATIONS = {
    "relu": torch.nn.ReLU,
    "gelu": torch.nn.GELU,
    "silu": torch.nn.SiLU,
    "hardswish": torch.nn.Hardswish,
}
_HEAD = ("name", "product", "lipsdp", "a slope", "CPU s")


class Residual(torch.nn.Module):
    """``x ↦ x + f x``."""

    def __init__(self, branch: torch.nn.Module) -> None:
        super().__init__()
        self.branch = branch

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.branch(x)


def linear(inputs: int, outputs: int, rng: np.random.Generator) -> torch.nn.Linear:
    """A linear layer with He's weights."""
    layer = torch.nn.Linear(inputs, outputs)
    weight = rng.standard_normal((outputs, inputs)) * np.sqrt(2 / inputs)
    layer.weight.data = torch.tensor(weight, dtype=torch.float32)
    layer.bias.data = torch.tensor(rng.standard_normal(outputs) * 0.1, dtype=torch.float32)
    return layer


def network(name: str, sizes: tuple[int, int, int]) -> torch.nn.Module:
    """``mlp-ACTIVATION``, ``residual-ACTIVATION``, or ``twice-ACTIVATION``: two blocks in a row."""
    form, activation = name.split("-")
    n, k, m = sizes
    rng = np.random.default_rng(0)

    def hidden(outputs: int) -> torch.nn.Module:
        act = _ACTIVATIONS[activation]()
        return torch.nn.Sequential(linear(n, k, rng), act, linear(k, outputs, rng))

    if form == "mlp":
        return hidden(m)
    if form == "residual":
        return Residual(hidden(n))
    if form == "twice":
        return torch.nn.Sequential(Residual(hidden(n)), Residual(hidden(n)))
    raise SystemExit(f"no network {name!r}")


def row(name: str, report: Report, seconds: float) -> tuple[str, ...]:
    """The figures of one network."""
    found = {bound.name: f"{float(bound.constant):.7g}" for bound in report.alternatives}
    slope = f"{report.total.lower:.7g}"
    return name, found["product"], found.get("lipsdp", "–"), slope, f"{seconds:.1f}"


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="+")
    parser.add_argument("--sizes", default="64-128-64")
    arguments = parser.parse_args()
    n, k, m = map(int, arguments.sizes.split("-"))
    print("| " + " | ".join(_HEAD) + " |")
    for name in arguments.names:
        start = time.process_time()
        with tempfile.TemporaryDirectory() as folder:
            outcome = lipbridge.run(network(name, (n, k, m)), torch.zeros(n), f"{folder}/net")
        if not outcome.check.ok:
            raise SystemExit(f"{name} is not proved: {outcome.check.failures}")
        (report,) = outcome.reports
        spent = time.process_time() - start
        print("| " + " | ".join(row(name, report, spent)) + " |", flush=True)


if __name__ == "__main__":
    main()
