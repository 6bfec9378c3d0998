"""Certified radii of random DeepSeek indexers beside the nearest flips found, in the hidden state.

    python benchmarks/dsa_steps.py [--steps 20]

Each row is one shape: H heads of d dimensions, latent l, hidden state n, top k of T tokens; over
random steps (normal numbers in float32) the quotient of certified radius and distance of the
nearest flip found, and the radius beside the length of the state.
"""

from __future__ import annotations

import argparse
import statistics
import time

import numpy as np
import torch

from lipbridge.emit import DsaRecord, DsaStep, StoredMatrix
from lipbridge.errors import NotProvedError
from lipbridge.language.stored import StoredVector
from lipbridge.numeric.exact import exact_matrix
from lipbridge.numeric.gated import gated_forward
from lipbridge.numeric.points import find_flip
from lipbridge.tighten.gated import largest_radius

SHAPES = ((2, 8, 8, 16, 13, 4), (4, 8, 12, 24, 24, 6), (4, 16, 24, 40, 40, 8))


def step(shape: tuple[int, ...], generator: torch.Generator) -> DsaStep:
    """A random step."""
    heads, d, latent, n, count, top = shape

    def normal(rows: int, cols: int) -> StoredMatrix:
        return StoredMatrix.of(exact_matrix(torch.randn(rows, cols, generator=generator), "random"))

    whole = normal(heads * d, latent)
    up = (StoredMatrix("", whole.bits, whole.rows[h * d : h * d + d]) for h in range(heads))
    turn, _ = torch.linalg.qr(torch.randn(d, d, generator=generator))
    return DsaStep(
        DsaRecord(
            layer=0,
            sequence=0,
            step=0,
            down=normal(latent, n),
            gain=normal(1, latent),
            up=tuple(up),
            weights=normal(heads, n),
            rotation=StoredMatrix.of(exact_matrix(turn, "turn")),
            keys=normal(count, d),
            hidden=normal(1, n),
            selected=tuple(range(top)),
        )
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--steps", type=int, default=20)
    steps = parser.parse_args().steps
    print(f"{'H, d, l, n, T, k':24} steps   least  median  ≥ 0.9  radius/‖x‖  s a step")
    generator = torch.Generator().manual_seed(0)
    for shape in SHAPES:
        ratios: list[float] = []
        sizes: list[float] = []
        spent = 0.0
        while len(ratios) < steps:
            scores = step(shape, generator).scores
            started = time.process_time()
            try:
                selected = scores.selected(shape[-1], "step")
                radius = float(largest_radius(scores, selected, "step").value)
            except NotProvedError:
                continue
            spent += time.process_time() - started
            point = StoredVector(tuple(map(int, scores.point)), scores.denominator)
            flip = find_flip(gated_forward(*scores.floats), point, selected)
            assert flip is not None
            ratios.append(radius / flip)
            sizes.append(radius / float(np.linalg.norm([float(v) for v in point.vector])))
        share = sum(ratio >= 0.9 for ratio in ratios) / steps
        print(
            f"{', '.join(map(str, shape)):24} {steps:5}  {min(ratios):6.3f}  "
            f"{statistics.median(ratios):6.3f}  {share:5.2f}  {statistics.median(sizes):10.2g}  "
            f"{spent / steps:8.2f}"
        )


if __name__ == "__main__":
    main()
