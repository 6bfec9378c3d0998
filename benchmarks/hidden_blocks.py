"""Chains with slopes in intervals, and residual blocks: product, cut, LipSDP, a slope.

    python benchmarks/hidden_blocks.py residual-relu mlp-gelu
    python benchmarks/hidden_blocks.py mlp-gelu --sizes 64-128-64-10

Weights are normal, scaled by √(2/inputs) (He), biases normal times 0.1, seed 0. Each network goes
through `lipbridge.run`: product and LipSDP are checked by the Lean kernel. The bound by a cut is
that of the best single hidden layer, in float64, times the norms and slopes of the rest.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
import time

import numpy as np
import torch

import lipbridge
from lipbridge.numeric.lipsdp.bordered import LinearParts, bordered_square, bordered_weights
from lipbridge.report.records import Report

_ACTIVATIONS = {
    "relu": torch.nn.ReLU,
    "gelu": torch.nn.GELU,
    "silu": torch.nn.SiLU,
    "hardswish": torch.nn.Hardswish,
}
_SLOPES = {"relu": (0, 1), "gelu": (-0.13, 1.13), "silu": (-0.1, 1.1), "hardswish": (-0.5, 1.5)}
_HEAD = ("name", "product", "cut", "lipsdp", "a slope", "CPU s")


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


def network(name: str, sizes: list[int]) -> torch.nn.Module:
    """``mlp-ACTIVATION``, ``residual-ACTIVATION``, or ``twice-ACTIVATION``: two blocks in a row."""
    form, activation = name.split("-")
    rng = np.random.default_rng(0)

    def chain(*sizes: int) -> torch.nn.Module:
        act = _ACTIVATIONS[activation]
        layers = [linear(n, m, rng) for n, m in itertools.pairwise(sizes)]
        parts = [part for layer in layers for part in (act(), layer)]
        return torch.nn.Sequential(*parts[1:])

    n, k = sizes[:2]
    if form == "mlp":
        return chain(*sizes)
    if form == "residual":
        return Residual(chain(n, k, n))
    if form == "twice":
        return torch.nn.Sequential(Residual(chain(n, k, n)), Residual(chain(n, k, n)))
    raise SystemExit(f"no network {name!r}")


def by_cut(name: str, model: torch.nn.Module) -> str:
    """The bound of a chain of several hidden layers where one of them is bounded as one."""
    form, activation = name.split("-")
    layers = [part for part in model.modules() if isinstance(part, torch.nn.Linear)]
    if form != "mlp" or len(layers) < 3:
        return "–"
    lo, hi = _SLOPES[activation]
    maps = [layer.weight.detach().numpy().astype(np.float64) for layer in layers]
    norms, bounds = [float(np.linalg.norm(w, 2)) for w in maps], list[float]()
    for index, (u, v) in enumerate(itertools.pairwise(maps)):
        parts = LinearParts((lo + hi) / 2 * v @ u, (hi - lo) / 2 * u, v)
        weights = bordered_weights(parts)
        if weights is not None:
            rest = norms[:index] + norms[index + 2 :]
            bounds.append(np.sqrt(bordered_square(parts, weights)) * np.prod(rest))
    return f"{min(bounds) * hi ** (len(maps) - 2):.7g}"


def row(name: str, model: torch.nn.Module, report: Report, seconds: float) -> tuple[str, ...]:
    """The figures of one network."""
    found = {bound.name: f"{float(bound.constant):.7g}" for bound in report.alternatives}
    shown = found["product"], by_cut(name, model), found.get("lipsdp", "–")
    return name, *shown, f"{report.total.lower:.7g}", f"{seconds:.1f}"


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="+")
    parser.add_argument("--sizes", default="64-128-64")
    arguments = parser.parse_args()
    sizes = list(map(int, arguments.sizes.split("-")))
    print("| " + " | ".join(_HEAD) + " |")
    for name in arguments.names:
        start, model = time.process_time(), network(name, sizes)
        with tempfile.TemporaryDirectory() as folder:
            outcome = lipbridge.run(model, torch.zeros(sizes[0]), f"{folder}/net")
        if not outcome.check.ok:
            raise SystemExit(f"{name} is not proved: {outcome.check.failures}")
        (report,) = outcome.reports
        spent = time.process_time() - start
        print("| " + " | ".join(row(name, model, report, spent)) + " |", flush=True)


if __name__ == "__main__":
    main()
