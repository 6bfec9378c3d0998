"""Whole ReLU networks: lipbridge's product of certified norms beside ECLipsE-Fast.

    python benchmarks/networks.py FILE.mat FILE.npz

FILE holds the weight matrices in order: a ``.npz`` with one array a layer, or a ``.mat`` with a
cell array ``weights``. ECLipsE-Fast comes from the package ``eclipse-nn`` and is left out, with a
reason, where that is missing; it is computed in floating point and not rigorous. ‖W_L…W_1‖ is the
true Lipschitz constant where all weights are ≥ 0, and not comparable elsewhere.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import peers
import torch

from lipbridge.numeric.rounding import float_up
from lipbridge.numeric.spectral import spectral_bound


def layers(path: Path) -> list[torch.Tensor]:
    """Read the weight matrices, first layer first."""
    if path.suffix == ".mat":
        from scipy.io import loadmat

        arrays = list(loadmat(path)["weights"].flat)
    else:
        with np.load(path, allow_pickle=False) as archive:
            arrays = [archive[name] for name in sorted(archive.files)]
    return [torch.from_numpy(np.ascontiguousarray(array, dtype=np.float64)) for array in arrays]


def product(weights: list[torch.Tensor]) -> float:
    """Multiply the certified norms, exactly, and round up."""
    from fractions import Fraction

    total = Fraction(1)
    for weight in weights:
        total *= Fraction(spectral_bound(weight, device="cpu").upper)
    return float_up(total)


def eclipse_fast(weights: list[torch.Tensor]) -> float:
    """ECLipsE-Fast for slopes in [0, 1]."""
    from eclipse_nn.eclipsE_fast import ECLipsE_Fast

    inner = len(weights) - 1
    return float(ECLipsE_Fast(weights, [0] * inner, [1] * inner))


def main() -> None:
    """Parse, measure, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("out/benchmarks/networks.json"))
    args = parser.parse_args()
    results: list[dict[str, Any]] = []
    for path in args.files:
        weights = layers(path)
        end_to_end = weights[0]
        for weight in weights[1:]:
            end_to_end = weight @ end_to_end
        linear = torch.linalg.matrix_norm(end_to_end, 2).item()
        shape = "-".join(str(n) for n in [weights[0].shape[1], *(w.shape[0] for w in weights)])
        entry = {
            "file": path.name,
            "shape": shape,
            "all weights ≥ 0": all(bool((w >= 0).all().item()) for w in weights),
        }
        for name, method in (("lipbridge, product", product), ("ECLipsE-Fast", eclipse_fast)):
            try:
                seconds, value = peers.timed(lambda method=method, weights=weights: method(weights))
                results.append(entry | {"method": name, "seconds": seconds, "value": value})
            except ImportError as error:
                reason = f"left out: {error}; pip install eclipse-nn"
                results.append(
                    entry | {"method": name, "seconds": None, "value": None, "reason": reason}
                )
        results.append(entry | {"method": "‖W_L…W_1‖, float64", "seconds": None, "value": linear})
    rows = [
        [
            result["file"],
            result["shape"],
            result["method"],
            result.get("reason", "") or f"{result['value']:.8f}",
            "–" if result["seconds"] is None else f"{result['seconds'] * 1e3:.2f} ms",
        ]
        for result in results
    ]
    head = ["file", "network", "method", "bound", "time"]
    peers.report("Bounds of whole networks", head, rows, results, args.out)


if __name__ == "__main__":
    main()
