"""Is a certified LipSDP bound ever below a slope? Random networks of two to five linear maps.

    python benchmarks/lipsdp_soundness.py --count 10000
    python benchmarks/lipsdp_soundness.py --count 300 --falling

Every network goes the way of an export: weights are searched, blocks stacked exactly, the norm is
certified and the certificate replayed by python-flint. Slopes are norms of Jacobians at random
points, climbed by coordinate steps; a slope may exceed its float64 value by 1e-12 (relative).
Where one hidden layer comes before the scores of a network, the certificate of the last score, or
of its difference to the one before, is held against the slopes of that score, found likewise.

Activations are ReLU or leaky ReLU; with --falling any with slopes in an interval, mixed, the chain
is bordered, and slopes are norms of the chain with every slope at an end of its interval.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import peers

from lipbridge.certify import certified, root_up
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import InlineTensor, layer_class
from lipbridge.numeric.rounding import float_up
from lipbridge.tighten.rows import RowLayer, find_rows, replay_rows
from lipbridge.tighten.segments.border_search import find_chain
from lipbridge.tighten.segments.bordered_chain import border_chain, hidden_chain
from lipbridge.tighten.segments.pieces import Piece
from lipbridge.tighten.segments.stack import find_weights, stack

_KINDS = ("relu", "leaky_relu", "abs", "gelu", "silu", "mish", "hardswish", "sin", "tanh")
_PATTERNS = 200
_ERROR = 1e-12
_CLIMB = 30


def network(rng: np.random.Generator) -> tuple[list[np.ndarray], list[np.ndarray], Fraction]:
    """Weights, biases and the slope of a leaky ReLU, 0 for ReLU."""
    sizes = rng.integers(1, 9, rng.integers(3, 7))
    scale = 10.0 ** rng.uniform(-3, 3, len(sizes))
    weights = [
        (s * rng.standard_normal((rows, cols))).astype(np.float32)
        for s, cols, rows in zip(scale, sizes, sizes[1:], strict=False)
    ]
    if rng.random() < 0.3:
        weights = [np.where(rng.random(w.shape) < 0.4, np.float32(0), w) for w in weights]
    biases = [s * rng.standard_normal(len(w)) for s, w in zip(scale, weights, strict=False)]
    return weights, biases, rng.choice([Fraction(0), Fraction(0), Fraction(1, 8)])


def bound(weights: list[np.ndarray]) -> float | None:
    """The certified bound; None where a map vanishes."""
    maps = [ExactMatrix.from_floats(f"w{i}", w) for i, w in enumerate(weights)]
    found = find_weights(maps, device="cpu")
    if found is None:
        return None
    stacked = stack(maps, found, "b")
    certificate = certified(stacked.matrix)
    slopes = [Fraction(1)] * (len(maps) - 1)
    return float_up(root_up(stacked.square(Fraction(*certificate.squared_constant), slopes)))


def falling_bound(
    weights: list[np.ndarray], rng: np.random.Generator
) -> tuple[float, float, float] | None:
    """The certified bound, a slope, and the product; None where no weights are found."""
    pieces = list[Piece]()
    for index, weight in enumerate(weights):
        rows, cols = weight.shape
        arguments = {"dimension": rows, "weight": InlineTensor(((Fraction(0),) * cols,) * rows)}
        layer = layer_class("linear").build(f"w{index}", (cols,), arguments, ())
        pieces.append(Piece((layer,), (ExactMatrix.from_floats(layer.name, weight),)))
        act = layer_class(rng.choice(_KINDS))
        pieces.append(Piece((act.build(f"a{index}", (rows,), act.samples[0].arguments, ()),), ()))
    chain = hidden_chain(pieces[:-1])
    found = None if chain is None else find_chain(chain, device="cpu")
    if chain is None or found is None:
        return None
    maps = border_chain(chain, found)
    certificate = certified(maps.matrix)
    upper = float_up(root_up(maps.square(Fraction(*certificate.squared_constant))))
    first, *rest = (weight.astype(float) for weight in weights)
    best, most = 0.0, np.prod([max(hi, -lo) / q for lo, hi, q in chain.slopes])
    for _ in range(_PATTERNS):
        jacobian = first
        for w, (lo, hi, q) in zip(rest, chain.slopes, strict=True):
            jacobian = (w * rng.choice([lo / q, hi / q], size=w.shape[1])) @ jacobian
        best = max(best, float(np.linalg.norm(jacobian, 2)))
    norms = [np.linalg.norm(w, 2) for w in (first, *rest)]
    return upper, best, float(most * np.prod(norms))


def row_bound(weights: list[np.ndarray]) -> tuple[float, np.ndarray] | None:
    """The certified bound of one score or difference, and its row; None where a map vanishes."""
    u, v = (ExactMatrix.from_floats(f"w{i}", w) for i, w in enumerate(weights))
    layer, place = RowLayer(u, Fraction(1), v), (v.rows - 1, max(0, v.rows - 2))
    found = find_rows(layer, [place], device="cpu")
    if found is None:
        return None
    replay_rows(layer, "n", found)
    row = np.array([[float(Fraction(x, v.denominator)) for x in layer.row(place)]])
    return float_up(root_up(layer.square(found[place]))), row


def steepest(
    weights: list[np.ndarray], biases: list[np.ndarray], leak: float, rng: np.random.Generator
) -> float:
    """The largest norm of a Jacobian found."""
    wide = [w.astype(np.float64) for w in weights]

    def slope(x: np.ndarray) -> float:
        jacobian = np.eye(len(x))
        for w, b in zip(wide[:-1], biases, strict=False):
            y = w @ x + b
            on = np.where(y > 0, 1.0, leak)
            x, jacobian = on * y, on[:, None] * (w @ jacobian)
        return float(np.linalg.norm(wide[-1] @ jacobian, 2))

    points = 10.0 ** rng.uniform(-2, 2, (40, 1)) * rng.standard_normal((40, wide[0].shape[1]))
    values = [slope(x) for x in points]
    x, best = points[int(np.argmax(values))], max(values)
    for _ in range(_CLIMB):
        moved = x * rng.uniform(0.5, 1.5, len(x)) + 0.1 * rng.standard_normal(len(x))
        if (value := slope(moved)) > best:
            x, best = moved, value
    return best


def main() -> None:
    """Parse, test, print; exit code 1 if a bound is below a slope."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--falling", action="store_true")
    parser.add_argument("--out", type=Path, default=Path("out/benchmarks/lipsdp_soundness.json"))
    args = parser.parse_args()
    counts: dict[int, list[float]] = {}
    below, vanished, rows_tried, began = 0, 0, 0, time.process_time()
    for index in range(args.count):
        rng = np.random.default_rng([args.seed, index])
        weights, biases, leak = network(rng)
        if args.falling:
            chain = falling_bound(weights, rng)
            vanished += chain is None
            if chain is not None:
                below += chain[0] < chain[1] * (1 - _ERROR)
                counts.setdefault(len(weights), []).append(chain[0] / (chain[2] or math.inf))
            continue
        upper = bound(weights)
        if upper is None:
            vanished += 1
            continue
        lower = steepest(weights, biases, float(leak), rng)
        product = float(np.prod([np.linalg.norm(w.astype(float), 2) for w in weights]))
        below += upper < lower * (1 - _ERROR)
        counts.setdefault(len(weights), []).append(upper / product)
        row = row_bound(weights) if len(weights) == 2 else None
        if row is not None:
            rows_tried += 1
            slope = steepest([weights[0], row[1]], biases, float(leak), rng)
            below += row[0] < slope * (1 - _ERROR)
    rows = [[str(maps), str(len(v)), f"{np.median(v):.4f}"] for maps, v in sorted(counts.items())]
    data: dict[str, Any] = {"below": below, "vanished": vanished, "networks": args.count}
    data["rows"] = rows_tried
    data["cpu seconds"] = time.process_time() - began
    head = ["linear maps", "networks", "median bound/product"]
    peers.report(f"LipSDP of {args.count} random networks", head, rows, data, args.out)
    print(
        f"\nbounds below a slope: {below}; networks without weights: {vanished}; "
        f"single scores and differences: {rows_tried}"
    )
    sys.exit(min(1, below))


if __name__ == "__main__":
    main()
