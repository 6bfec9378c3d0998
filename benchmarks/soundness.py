"""How often is a value for σ_max below the truth? 1000 matrices, decided in exact integers.

    python benchmarks/soundness.py
    python benchmarks/soundness.py --device cuda --values-only out/values.pt   (needs torch alone)
    python benchmarks/soundness.py --decide out/values.pt                      (needs python-flint)

Matrices up to 16×16 in four types: Gaussian, graded, nearly tied, cancelling columns, rank one,
orthogonal, sparse, tiny and huge entries down to denormals. Every stored number is taken as exact.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import peers
import torch

from lipbridge.numeric.spectral.bounds import spectral_bound

METHODS: dict[str, peers.Method] = {
    "matrix_norm(W, 2)": peers.matrix_norm,
    "power iteration": peers.power_iteration,
    "Gram iteration": peers.gram_iteration,
    "SVD in float64": peers.svd64,
}
DTYPES = (torch.bfloat16, torch.float16, torch.float32, torch.float64)
SCALES = {
    torch.bfloat16: (1.0, 1.0, 1e-30, 1e30, 1e-39),
    torch.float16: (1.0, 1.0, 1e-3, 1e2, 1e-6),
    torch.float32: (1.0, 1.0, 1e-30, 1e30, 1e-42),
    torch.float64: (1.0, 1.0, 1e-30, 1e150, 1e-160, 1e-310),
}


def _normal(rows: int, cols: int, generator: torch.Generator) -> torch.Tensor:
    return torch.randn(rows, cols, dtype=torch.float64, generator=generator)


def _graded(rows: int, cols: int, generator: torch.Generator) -> torch.Tensor:
    row = 10.0 ** (-4 * torch.arange(rows, dtype=torch.float64) / rows)
    col = 10.0 ** (-4 * torch.arange(cols, dtype=torch.float64) / cols)
    return _normal(rows, cols, generator) * row[:, None] * col


def _tied(rows: int, cols: int, generator: torch.Generator) -> torch.Tensor:
    size = min(rows, cols)
    left = torch.linalg.qr(_normal(rows, size, generator)).Q
    right = torch.linalg.qr(_normal(cols, size, generator)).Q
    values = 1.0 - 1e-13 * torch.arange(size, dtype=torch.float64)
    return left @ torch.diag(values) @ right.T


def _cancelling(rows: int, cols: int, generator: torch.Generator) -> torch.Tensor:
    base = _normal(rows, 1, generator).expand(rows, cols).clone()
    base[:, ::2] *= -1.0
    return base + 2.0**-30 * _normal(rows, cols, generator)


def _rank_one(rows: int, cols: int, generator: torch.Generator) -> torch.Tensor:
    return _normal(rows, 1, generator) @ _normal(1, cols, generator)


def _orthogonal(rows: int, cols: int, generator: torch.Generator) -> torch.Tensor:
    return torch.linalg.qr(_normal(max(rows, cols), max(rows, cols), generator)).Q[:rows, :cols]


def _sparse(rows: int, cols: int, generator: torch.Generator) -> torch.Tensor:
    keep = torch.rand(rows, cols, generator=generator) < 0.15
    return _normal(rows, cols, generator) * keep


def _integers(rows: int, cols: int, generator: torch.Generator) -> torch.Tensor:
    return torch.randint(-9, 10, (rows, cols), generator=generator).to(torch.float64)


FAMILIES: dict[str, Callable[[int, int, torch.Generator], torch.Tensor]] = {
    "gaussian": _normal,
    "graded": _graded,
    "nearly tied": _tied,
    "cancelling": _cancelling,
    "rank one": _rank_one,
    "orthogonal": _orthogonal,
    "sparse": _sparse,
    "integers": _integers,
}


def matrices(count: int, seed: int) -> Iterator[tuple[str, torch.Tensor]]:
    """Family and matrix, the same ones on every run of one torch version with one seed."""
    generator = torch.Generator().manual_seed(seed)
    families = list(FAMILIES)
    for index in range(count):
        family = families[index % len(families)]
        rows, cols = (int(x) for x in torch.randint(1, 17, (2,), generator=generator))
        dtype = DTYPES[(index // len(families)) % len(DTYPES)]
        scales = SCALES[dtype]
        scale = scales[(index // (len(families) * len(DTYPES))) % len(scales)]
        yield family, (FAMILIES[family](rows, cols, generator) * scale).to(dtype)


def values(count: int, seed: int, device: str) -> list[dict[str, Any]]:
    """Every method's value for every matrix; a method that fails counts as having given NaN."""
    records: list[dict[str, Any]] = []
    for family, matrix in matrices(count, seed):
        weight = matrix.to(device)
        bound = spectral_bound(weight, device=device)
        found = {"lower": bound.lower, "lipbridge": bound.upper}
        for name, method in METHODS.items():
            try:
                found[name] = method(weight)
            except RuntimeError:
                found[name] = math.nan
        records.append({"family": family, "matrix": matrix, "values": found})
    return records


def decide(records: list[dict[str, Any]], device: str, out: Path | None) -> int:
    """Decide every value exactly, print the counts, return how often lipbridge was wrong."""
    from lipbridge.numeric.weights.exact import exact_matrix

    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from tests.reference.decide import is_lower_bound, is_upper_bound

    names = ["lipbridge", *METHODS]
    below = dict.fromkeys(names, 0)
    worst = dict.fromkeys(names, 0.0)
    loosest = dict.fromkeys(names, 0.0)
    wrong_lower = 0
    for record in records:
        exact, found = exact_matrix(record["matrix"], "w"), record["values"]
        low = found["lower"]
        wrong_lower += not is_lower_bound(exact, Fraction(low))
        for name in names:
            value = found[name]
            if math.isnan(value) or value < low:
                short = True
            elif value == math.inf or (name != "lipbridge" and value > found["lipbridge"]):
                short = False
            else:
                # A bound that is attained is no failure; the decision is strict.
                more = Fraction(value) * (1 + Fraction(1, 10**40)) or Fraction(1, 2**3000)
                short = not is_upper_bound(exact, more)
            below[name] += short
            # Among denormals the spacing of numbers, not a method, sets the ratio.
            if low > 1e-290 and math.isfinite(value):
                worst[name] = min(worst[name], value / low - 1)
                loosest[name] = max(loosest[name], value / low - 1)
    total = len(records)
    rows = [
        [name, f"{below[name]} of {total}", f"{worst[name]:+.1e}", f"{loosest[name]:+.1e}"]
        for name in names
    ]
    head = ["method", "below the truth", "lowest value/truth − 1", "highest"]
    data = {"below": below, "lowest": worst, "highest": loosest, "wrong lower bounds": wrong_lower}
    peers.report(f"Soundness over {total} matrices, {device}", head, rows, data, out)
    print(f"\nlower bounds of lipbridge above the truth: {wrong_lower} of {total}")
    return below["lipbridge"] + wrong_lower


def main() -> None:
    """Parse, measure, decide."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--values-only", type=Path, metavar="FILE")
    parser.add_argument("--decide", type=Path, metavar="FILE")
    parser.add_argument("--out", type=Path, default=Path("out/benchmarks/soundness.json"))
    args = parser.parse_args()
    if args.decide is not None:
        stored = torch.load(args.decide, weights_only=True)
        raise SystemExit(min(1, decide(stored["records"], stored["device"], args.out)))
    records = values(args.count, args.seed, args.device)
    if args.values_only is not None:
        args.values_only.parent.mkdir(parents=True, exist_ok=True)
        where = peers.machine()["gpu"] or args.device
        torch.save({"records": records, "device": where}, args.values_only)
        print(f"{len(records)} matrices and their values are in {args.values_only}")
        return
    raise SystemExit(min(1, decide(records, args.device, args.out)))


if __name__ == "__main__":
    main()
