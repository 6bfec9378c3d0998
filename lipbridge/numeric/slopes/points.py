"""Points out of files, exactly, and flips of a selection near them, as estimates."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch

from lipbridge.errors import InputError
from lipbridge.language.network import Network
from lipbridge.language.stored import StoredVector
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import size
from lipbridge.numeric.evaluate import Forward
from lipbridge.numeric.weights.exact import exact_matrix
from lipbridge.numeric.weights.files import load_tensor, tensor_names

# A JSON file of points is numbers; larger ones are for npz or safetensors.
_MAX_JSON = 64 << 20
# Pairs of scores that are tried, linearizations each, flips of each, bisections of each flip.
_PAIRS = 8
_ROUNDS = 40
_POLISH, _SETTLED = 6, 1e-6
# Relative error of the distance of a flip.
_CLOSE = 1e-8
_BISECTIONS = 40
_WAYS = 32
_STRETCHES = (1.0, 1.25, 2.0, 4.0, 16.0)


def read_points(path: Path, network: Network) -> tuple[StoredVector, ...]:
    """Read the points of a file, exactly: every float is a dyadic number.

    Args:
        path: JSON, a point or a list of points; or .npz, .safetensors or .pt, whose tensors, in the
            order of their names, are each a point or a batch of points.
        network: whose input they are.

    Raises:
        InputError: no such file, or numbers that are no points of the network.
    """
    if path.suffix == ".json":
        matrices = [_from_json(path, network)]
    else:
        found = [(name, load_tensor(path, name)) for name in tensor_names(path)]
        matrices = [_rows(tensor, f"{path}: {name!r}", network) for name, tensor in found]
    points = [_point(row, matrix.denominator) for matrix in matrices for row in matrix.integers]
    if not points:
        raise InputError(f"{path}: holds no point")
    return tuple(points)


def _point(row: Sequence[int], denominator: int) -> StoredVector:
    """A point in lowest terms."""
    common = math.gcd(denominator, *row)
    return StoredVector(tuple(entry // common for entry in row), denominator // common)


def _from_json(path: Path, network: Network) -> ExactMatrix:
    try:
        if path.stat().st_size > _MAX_JSON:
            raise InputError(f"{path}: too large for JSON; give points as .npz or .safetensors")
        numbers = np.array(json.loads(path.read_bytes()), dtype=np.float64)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise InputError(f"{path}: not a list of numbers, nor a list of such lists") from None
    return _rows(torch.from_numpy(numbers), str(path), network)


def _rows(tensor: torch.Tensor, name: str, network: Network) -> ExactMatrix:
    """A tensor as points, one a row."""
    count = size(network.input)
    shape = tuple(tensor.shape)
    # A point, or a batch of points, flat or of the network's own shape.
    good = {(count,), network.input}
    if not shape or (shape not in good and shape[1:] not in good) or tensor.numel() == 0:
        wanted = " x ".join(map(str, network.input))
        raise InputError(
            f"{name} has shape {shape}; a point of network {network.name} has {wanted} entries"
        )
    return exact_matrix(tensor.reshape(-1, count), name)


def block_scores(forward: Forward, keys: ExactMatrix, group: int) -> Forward:
    """The largest inner product of a network's value with each block of keys.

    Args:
        forward: the network.
        keys: one a row.
        group: keys of a block.
    """
    rows = torch.from_numpy(keys.numerators.astype(np.float64) / float(keys.denominator))

    def run(x: torch.Tensor) -> torch.Tensor:
        return (forward(x) @ rows.T).unflatten(-1, (-1, group)).amax(-1)

    return run


def find_flip(forward: Forward, point: StoredVector, selected: Sequence[int]) -> float | None:
    """The distance of the nearest point found that selects others; an estimate, from above.

    Towards each of the nearest scores: the least step to where the two are equal by the linear
    approximation, again from there, then bisection of the way back, all in float64.

    Args:
        forward: the network.
        point: the point.
        selected: what is selected there.
    """
    x = torch.tensor([float(value) for value in point.vector], dtype=torch.float64)
    chosen = set(selected)

    def flipped(y: torch.Tensor) -> bool:
        with torch.no_grad():
            return set(forward(y[None])[0].topk(len(chosen)).indices.tolist()) != chosen

    scores = forward(x[None])[0].detach()
    others = [j for j in range(len(scores)) if j not in chosen]
    inside = sorted(chosen, key=lambda i: float(scores[i]))[:_PAIRS]
    outside = sorted(others, key=lambda j: -float(scores[j]))[:_PAIRS]

    def gap(y: torch.Tensor, i: int, j: int) -> tuple[float, torch.Tensor]:
        y = y.detach().requires_grad_(True)
        values = forward(y[None])[0]
        (slope,) = torch.autograd.grad(values[i] - values[j], y)
        return float((values[i] - values[j]).detach()), slope

    start = x.clone().requires_grad_(True)
    values = forward(start[None])[0]
    slopes = {
        k: torch.autograd.grad(values[k], start, retain_graph=True)[0] for k in (*inside, *outside)
    }

    def linear_distance(pair: tuple[int, int]) -> float:
        i, j = pair
        length = float(torch.linalg.vector_norm(slopes[i] - slopes[j]))
        return float(scores[i] - scores[j]) / (length or math.inf)

    distances: list[float] = []
    for i, j in sorted(itertools.product(inside, outside), key=linear_distance)[: 2 * _PAIRS]:
        y, left = x, _POLISH
        for _ in range(_ROUNDS):
            height, slope = gap(y, i, j)
            square = float(slope @ slope)
            if square == 0:
                break
            reach = height + float(slope @ (x - y))
            before, y = y, x - (reach + 1e-9 * abs(reach)) / square * slope
            # Where maxima change hands the way may have to be longer.
            far = next((t for t in _STRETCHES if flipped(x + t * (y - x))), None)
            if far is not None:
                end = x + far * (y - x)
                distances.append(_nearest(x, end, flipped, min(distances, default=math.inf)))
                # Where the gap is not linear, a nearer flip may be found from there.
                left -= 1
                if not left or float((y - before).norm()) <= _SETTLED * distances[-1]:
                    break
    if not distances:
        distances += _along_random_ways(x, flipped)
    # At distance 0 other scores are selected by rounding alone.
    return min(filter(None, distances), default=None)


def _along_random_ways(x: torch.Tensor, flipped: Callable[[torch.Tensor], bool]) -> list[float]:
    """Distances of flips on straight ways in random directions, the same ones each time."""
    generator = torch.Generator().manual_seed(0)
    found: list[float] = []
    ways = torch.randn(_WAYS, len(x), generator=generator, dtype=x.dtype)
    for way in ways / torch.linalg.vector_norm(ways, dim=1, keepdim=True):
        far = next((2.0**t for t in range(-10, 21) if flipped(x + 2.0**t * way)), None)
        if far is not None:
            best = min(found, default=math.inf)
            found.append(_nearest(x, x + far * way, flipped, best))
    return found


def _nearest(
    x: torch.Tensor, y: torch.Tensor, flipped: Callable[[torch.Tensor], bool], best: float
) -> float:
    """The distance of a flip on the way to a flip y, bisected only where it is below the best."""
    # Squares of what is below 1e-162 would be 0.
    length = math.hypot(*(y - x).tolist())
    low, high = 0.0, 1.0
    if length > best:
        if not flipped(x + best / length * (y - x)):
            return length
        high = best / length
    # Where the gap is linear, y is next to the flip already.
    middle, rounds = high * (1 - _CLOSE), _BISECTIONS
    while rounds and high - low > _CLOSE:
        low, high = (low, middle) if flipped(x + middle * (y - x)) else (middle, high)
        middle, rounds = (low + high) / 2, rounds - 1
    return high * length
