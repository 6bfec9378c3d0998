"""Certified radii of random DeepSeek indexers beside the nearest flips found, in the hidden state.

    python benchmarks/dsa_steps.py [--steps 20]

Each row is one shape: H heads of d dimensions, latent l, hidden state n, top k of T tokens; over
random steps (normal numbers in float32) the quotient of certified radius and distance of the
nearest flip found, and the radius beside the length of the state.

    python benchmarks/dsa_steps.py --out export [--tokens 8192] [--seed 0]

writes the theorem of one step by way of its queries and head weights instead, 64 heads of 128
dimensions and a quarter of the tokens selected; ``lipbridge check export`` proves it.

    python benchmarks/dsa_steps.py --ball

prints how steep the score of a token is in the unit ball, on average of four tokens: the constant
of head weights and products under one norm beside the product of the norms of key, head weights,
query projection and latent, and beside the steepest gradient that an ascent found.
"""

from __future__ import annotations

import argparse
import math
import statistics
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from lipbridge.emit import DsaRecord, ProjectedRecord, StoredMatrix, recorded_project, write_folder
from lipbridge.errors import NotProvedError
from lipbridge.language.place import Place
from lipbridge.language.stored import StoredVector
from lipbridge.numeric.slopes.flips import find_flip
from lipbridge.numeric.slopes.gated import gated_forward, indexer_forward
from lipbridge.numeric.weights.exact import exact_matrix
from lipbridge.tighten.gated_search import largest_radius
from lipbridge.tighten.joint import JointBound
from tests.reference.projected_flip import nearest_flip

STATE, LATENT = 256, 128
"""Of a step of many tokens."""
SHAPES = (
    (2, 8, 8, 16, 13, 4),
    (2, 4, 3, 6, 26, 5),
    (2, 12, 10, 20, 26, 5),
    (4, 8, 12, 24, 24, 6),
    (4, 16, 24, 40, 40, 8),
)


def step(shape: tuple[int, ...], generator: torch.Generator) -> DsaRecord:
    """A random step."""
    heads, d, latent, n, count, top = shape

    def normal(rows: int, cols: int) -> StoredMatrix:
        return StoredMatrix.of(exact_matrix(torch.randn(rows, cols, generator=generator), "random"))

    whole = normal(heads * d, latent)
    up = (StoredMatrix("", whole.bits, whole.rows[h * d : h * d + d]) for h in range(heads))
    turn, _ = torch.linalg.qr(torch.randn(d, d, generator=generator))
    return DsaRecord(
        place=Place(),
        down=normal(latent, n),
        gain=normal(1, latent),
        up=tuple(up),
        weights=normal(heads, n),
        rotation=StoredMatrix.of(exact_matrix(turn, "turn")),
        keys=normal(count, d),
        hidden=normal(1, n),
        selected=tuple(range(top)),
    )


def ball(shape: tuple[int, ...], generator: torch.Generator) -> tuple[float, float]:
    """How much the product of norms is above the joint constant, and that above a slope found."""
    found = step(shape, generator).derived
    weights, products = found.scores.weights, found.scores.products

    def floats(matrix: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        return np.array(matrix / found.denominator, dtype=np.float64)

    parts = (weights, np.concatenate([m.integers for m in found.up]), found.latent.integers)
    norms = [float(np.linalg.norm(np.array(part, dtype=np.float64), 2)) for part in parts]
    above, below = list[float](), list[float]()
    for token, key in list(enumerate(np.array(found.turned.integers, dtype=np.float64)))[:4]:
        bound = JointBound.find("joint", weights, products[:, token])
        constant = float(bound.constant(Fraction(1, found.denominator)))
        product = 2 * float(np.linalg.norm(key)) * math.prod(norms) / found.denominator
        above.append(product / constant)
        below.append(constant / steepest(floats(weights), np.array(products[:, token], float)))
    return statistics.mean(above), statistics.mean(below)


def steepest(weights: npt.NDArray[np.float64], products: npt.NDArray[np.float64]) -> float:
    """The longest gradient in the unit ball that an ascent over patterns of signs finds."""
    found, generator = 0.0, np.random.default_rng(0)
    for start in generator.standard_normal((15, weights.shape[1])):
        x = start / np.linalg.norm(start)
        for _ in range(40):
            on = products * (products @ x > 0)[:, None]
            slope = weights.T @ (on @ x) + on.T @ (weights @ x)
            found = max(found, float(np.linalg.norm(slope)))
            again = weights.T @ (on @ slope) + on.T @ (weights @ slope)
            x = again / max(np.linalg.norm(again), 1e-300)
    return found


def write_full(out: Path, tokens: int, seed: int) -> None:
    """64 heads of 128 dimensions and as many tokens as a model has; small latent and state."""
    generator, prefix = torch.Generator().manual_seed(seed), "model.layers.0.self_attn."

    def normal(rows: int, cols: int, name: str = "") -> StoredMatrix:
        numbers = torch.randn(rows, cols, generator=generator).to(torch.bfloat16)
        # As fixed-point numbers: a float near 0 would make every digit as long as it is small.
        exact = exact_matrix((numbers.double() * 2**16).round() / 2**16, "random")
        return StoredMatrix.of(exact, name and f"{prefix}{name}.weight")

    started = time.process_time()
    record = ProjectedRecord(
        place=Place(tokens - 1),
        down=normal(LATENT, STATE, "q_a_proj"),
        gain=normal(1, LATENT, "q_a_layernorm"),
        up=tuple(normal(128, LATENT, "indexer.wq_b") for _ in range(64)),
        weights=normal(64, STATE, "indexer.weights_proj"),
        rotation=StoredMatrix.of(exact_matrix(torch.eye(128), "turn")),
        keys=normal(tokens, 128),
        hidden=normal(1, STATE),
        selected=(0,),
    )
    step = record.certified(record.scores.selected(tokens // 4, "step"), "step")
    write_folder(out, recorded_project(step).files)
    spent = time.process_time() - started
    hidden = step.hidden.exact("hidden")
    point = StoredVector(tuple(hidden.integers[0]), hidden.denominator)
    flip = find_flip(indexer_forward(*step.floats()), point, step.selected)
    radius, near = float(step.value), step.threshold
    size = float(np.linalg.norm([float(v) for v in point.vector]))
    print(f"{tokens} tokens: radius {radius / size:.3g} of the state, {spent:.1f} s of CPU")
    assert flip is not None
    print(f"radius/flip {radius / flip:.3f} in the hidden state,")
    near_flip = nearest_flip(step.scores, step.selected, step.radii)
    print(f"{1 / near_flip:.3f} in queries and head weights")
    print(f"{len(near.first)} times {len(near.second)} tokens compared pair by pair")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--tokens", type=int, default=8192)
    parser.add_argument("--seed", type=int, default=0, help="of the step of full size")
    parser.add_argument("--ball", action="store_true")
    options = parser.parse_args()
    if options.ball:
        print(f"{'H, d, l, n, T, k':24} product/joint  joint/slope")
        for shape in (*SHAPES, (16, 32, 128, 256, 40, 8)):
            above, below = ball(shape, torch.Generator().manual_seed(0))
            print(f"{', '.join(map(str, shape)):24} {above:13.2f}  {below:11.3f}")
        return
    if options.out is not None:
        write_full(options.out, options.tokens, options.seed)
        return
    steps = options.steps
    print(f"{'H, d, l, n, T, k':24} steps   least  median  ≥ 0.9  radius/‖x‖  s a step")
    generator = torch.Generator().manual_seed(0)
    for shape in SHAPES:
        ratios: list[float] = []
        sizes: list[float] = []
        spent = 0.0
        while len(ratios) < steps:
            scores = step(shape, generator).derived.scores
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
