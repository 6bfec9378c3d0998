"""Points out of files, exactly."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from lipbridge.errors import InputError
from lipbridge.files import refusing
from lipbridge.language.network import Network
from lipbridge.language.stored import StoredVector
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import size
from lipbridge.numeric.weights.exact import Values, as_tensor, exact_matrix
from lipbridge.numeric.weights.files import load_tensor, tensor_names

# A JSON file of points is numbers; larger ones are for npz or safetensors.
_MAX_JSON = 64 << 20


def read_points(source: Path | str | Values, network: Network) -> tuple[StoredVector, ...]:
    """Read points exactly: every float is a dyadic number.

    Args:
        source: a JSON file, a point or a list of points; or .npz, .safetensors or .pt, whose
            tensors, in the order of their names, are each a point or a batch of points; or a tensor
            or an array that is one.
        network: whose input they are.

    Raises:
        InputError: no such file, or numbers that are no points of the network.
    """
    path = Path(source) if isinstance(source, str | Path) else None
    if path is None:
        matrices = [_rows(as_tensor(source, "points"), "points", network)]
    elif path.suffix == ".json":
        matrices = [_from_json(path, network)]
    else:
        found = [(name, load_tensor(path, name)) for name in tensor_names(path)]
        matrices = [_rows(tensor, f"{path}: {name!r}", network) for name, tensor in found]
    points = [_point(row, matrix.denominator) for matrix in matrices for row in matrix.integers]
    if not points:
        raise InputError(f"{source}: holds no point")
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
