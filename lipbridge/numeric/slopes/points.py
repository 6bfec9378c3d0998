"""Points out of files, exactly, and flips of a selection near them, as estimates."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch

from lipbridge.errors import InputError
from lipbridge.files import refusing
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
# Pairs of blocks and keys that are tried at most, keys of a block that order them.
_KEY_PAIRS, _LARGEST = 64, 4
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
        with refusing(f"{path}: cannot be read", InputError):
            if path.stat().st_size > _MAX_JSON:
                raise InputError(f"{path}: too large for JSON; give points as .npz or .safetensors")
            numbers = np.array(json.loads(path.read_bytes()), dtype=np.float64)
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


def find_flip(
    forward: Forward,
    point: StoredVector,
    selected: Sequence[int],
    keys: ExactMatrix | None = None,
    group: int = 1,
) -> float | None:
    """The distance of the nearest point found that selects others; an estimate, from above.

    Scores are the function's values, or the largest inner products of its value with the keys of
    each block. A selection changes where one key t of another block scores above all keys of a
    selected block i. For the nearest pairs (i, t): the least step to where it does by the linear
    approximation, again from there, then bisection of the way back, all in float64. With keys the
    step of a pair is exact, and pairs are tried until the next one cannot flip nearer.

    Args:
        forward: the function, affine where there are keys.
        point: the point.
        selected: what is selected there.
        keys: one a row; without them every value is a block of one key.
        group: keys of a block.

    Returns:
        None where none is found, or where the function's value is beyond float64.
    """
    x = torch.tensor([float(value) for value in point.vector], dtype=torch.float64)
    chosen = sorted(selected)
    # Selections, and where they change, are those of the keys over a power of two.
    rows = None if keys is None else torch.from_numpy(keys.unit_floats[0])

    def products(values: torch.Tensor, which: torch.Tensor | slice) -> torch.Tensor:
        return values[:, which] if rows is None else values @ rows[which].T

    def flipped(y: torch.Tensor) -> bool:
        with torch.no_grad():
            scores = products(forward(y[None]), slice(None))[0].unflatten(0, (-1, group)).amax(-1)
            return sorted(scores.topk(len(chosen)).indices.tolist()) != chosen

    def slopes(y: torch.Tensor, which: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        copies = y.repeat(len(which), 1).requires_grad_(True)
        found = products(forward(copies), which).diagonal()
        return found.detach(), torch.autograd.grad(found.sum(), copies)[0]

    if not bool(forward(x[None]).isfinite().all()):
        return None
    distances: list[float] = []
    for bound, i, t in _nearest_pairs(forward, x, chosen, group, rows, products, slopes):
        if rows is not None and bound >= min(distances, default=math.inf):
            break
        which = torch.tensor([*range(i * group, (i + 1) * group), t])
        y, left = x, _POLISH
        for _ in range(_ROUNDS):
            values, ways = slopes(y, which)
            ways = ways[:-1] - ways[-1]
            if not ways.any():
                break
            reach = values[:-1] - values[-1] + ways @ (x - y)
            before, y = y, x - _least_step(ways, reach + 1e-9 * reach.abs())
            # Where the function is not affine the way may have to be longer.
            far = next((s for s in _STRETCHES if flipped(x + s * (y - x))), None)
            if far is not None:
                end = x + far * (y - x)
                distances.append(_nearest(x, end, flipped, min(distances, default=math.inf)))
                # Where the gap is not linear, a nearer flip may be found from there.
                left -= 1
                if not left or float((y - before).norm()) <= _SETTLED * distances[-1]:
                    break
            elif rows is not None:
                break
    if not distances:
        distances += _along_random_ways(x, flipped)
    # At distance 0 other scores are selected by rounding alone.
    return min((d for d in distances if 0 < d < math.inf), default=None)


def _unit(tensor: torch.Tensor) -> float:
    """A power of two near the largest entry, by which nothing is rounded; 1 for 0."""
    largest = float(tensor.abs().max())
    return math.ldexp(1.0, math.frexp(largest)[1] - 1) if 0 < largest < math.inf else 1.0


def _nearest_pairs(
    forward: Forward,
    x: torch.Tensor,
    chosen: Sequence[int],
    group: int,
    rows: torch.Tensor | None,
    products: Callable[[torch.Tensor, torch.Tensor | slice], torch.Tensor],
    slopes: Callable[[torch.Tensor, torch.Tensor], tuple[torch.Tensor, torch.Tensor]],
) -> list[tuple[float, int, int]]:
    """Selected blocks and keys of others, the nearest first, each with what a flip takes at least.

    That is, linearly, the farthest of where the key scores above each of the block's best ones.
    """
    with torch.no_grad():
        values = products(forward(x[None]), slice(None))[0]
    members = values.unflatten(0, (-1, group))
    largest = members.topk(min(group, _LARGEST), dim=1)
    inside = sorted(chosen, key=lambda i: float(largest.values[i, 0]))
    rival = torch.ones(len(members), dtype=torch.bool)
    rival[list(chosen)] = False
    outside = torch.nonzero(rival.repeat_interleave(group))[:, 0]
    if rows is None:
        inside = inside[:_PAIRS]
        outside = outside[values[outside].topk(min(_PAIRS, len(outside))).indices]
    best = largest.indices[inside] + group * torch.tensor(inside)[:, None]
    if rows is None:
        ways = slopes(x, torch.cat([best.flatten(), outside]))[1]
        ways, unit = ways / _unit(ways), _unit(ways)
        first, second = ways[: best.numel()], ways[best.numel() :]
    else:
        # Slopes of scores are images of keys under the function's slope; those under its triangular
        # factor are as long, and short vectors.
        copies = x.repeat(rows.shape[1], 1).requires_grad_(True)
        (slope,) = torch.autograd.grad(forward(copies).diagonal().sum(), copies)
        unit = _unit(slope)
        factor = torch.linalg.qr(slope.T / unit, mode="r").R.T
        first, second = rows[best.flatten()] @ factor, rows[outside] @ factor
    lengths = torch.cdist(first, second, compute_mode="donot_use_mm_for_euclid_dist")
    gaps = values[best.flatten()][:, None] - values[outside]
    bounds = (gaps / unit / lengths).nan_to_num(math.inf).unflatten(0, best.shape).amax(1)
    count = 2 * _PAIRS if rows is None else _KEY_PAIRS
    found = bounds.flatten().topk(min(count, bounds.numel()), largest=False)
    pairs = (divmod(place, len(outside)) for place in found.indices.tolist())
    return [
        (bound, inside[i], int(outside[t]))
        for bound, (i, t) in zip(found.values.tolist(), pairs, strict=True)
    ]


def _least_step(ways: torch.Tensor, reach: torch.Tensor) -> torch.Tensor:
    """The shortest d with ⟨wᵢ, d⟩ ≥ rᵢ for all rows wᵢ, approximately; with equality for one row.

    d = Wᵀλ, with the λ ≥ 0 that minimizes ½‖Wᵀλ‖² − ⟨r, λ⟩, by an active set.

    Source: Lawson and Hanson, Solving Least Squares Problems, ch. 23.
    """
    unit = _unit(ways)
    ways, reach = ways / unit, reach / unit
    gram = ways @ ways.T
    if len(ways) == 1:
        return reach / gram[0] * ways[0]
    weights, free = torch.zeros_like(reach), torch.zeros(len(reach), dtype=torch.bool)
    enough = 1e-10 * float(reach.abs().max())
    for _ in range(2 * len(reach)):
        lacking = torch.where(free, 0, reach - gram @ weights)
        if float(lacking.max()) <= enough:
            break
        free[lacking.argmax()] = True
        while free.any():
            wanted = torch.zeros_like(reach)
            wanted[free] = torch.linalg.pinv(gram[free][:, free], hermitian=True) @ reach[free]
            out = free & (wanted <= 0)
            if not out.any():
                weights = wanted
                break
            shares = torch.where(out, weights / (weights - wanted), math.inf)
            first = int(shares.nan_to_num(0, posinf=math.inf).argmin())
            weights = weights + shares[first].nan_to_num(0) * (wanted - weights)
            free[first], weights[first] = False, 0
    return weights @ ways


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
