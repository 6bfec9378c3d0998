"""All index projections of one MiniMax-M3-shaped model: 57 layers × (four 128×6144, one 128×6144).

    python benchmarks/gpu_model.py --device cuda
    python benchmarks/gpu_model.py --device cpu --layers 4

Weights are random bfloat16 of that shape; the time includes the copy from host memory.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import peers
import torch

from lipbridge.numeric.spectral.bounds import spectral_bounds

HEADS, ROWS, COLS = 5, 128, 6144


def main() -> None:
    """Parse, measure, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--layers", type=int, default=57)
    parser.add_argument("--no-svd", action="store_true")
    parser.add_argument("--out", type=Path, default=Path("out/benchmarks/gpu_model.json"))
    args = parser.parse_args()
    torch.manual_seed(0)
    count = args.layers * HEADS
    stored = torch.randn(count, ROWS, COLS).to(torch.bfloat16)
    separate = list(stored)
    data: dict[str, Any] = {"matrices": count, "rows": ROWS, "cols": COLS}
    rows: list[list[str]] = []

    def enter(name: str, seconds: float) -> None:
        data[name] = seconds
        rows.append([name, f"{seconds * 1e3:.1f} ms", f"{seconds / count * 1e3:.3f} ms"])

    seconds, bounds = peers.timed(lambda: spectral_bounds(separate, device=args.device), 3)
    enter("lipbridge, list of tensors", seconds)
    seconds, bounds = peers.timed(lambda: spectral_bounds(stored, device=args.device), 3)
    enter("lipbridge, stacked", seconds)
    if not args.no_svd:
        on_device = stored.to(args.device)

        def norms() -> list[float]:
            return [torch.linalg.matrix_norm(w.float(), 2).item() for w in on_device]

        seconds, values = peers.timed(norms, 1)
        enter("matrix_norm(W, 2) of each", seconds)
        data["matrix_norm below the truth"] = sum(
            value < bound.lower for value, bound in zip(values, bounds, strict=True)
        )
    data["largest slack"] = max(bound.slack for bound in bounds)
    data["methods"] = sorted({bound.method for bound in bounds})
    peers.report(
        f"{count} matrices of {ROWS}×{COLS}, bfloat16, {args.device}",
        ["method", "all", "each"],
        rows,
        data,
        args.out,
    )
    below = data.get("matrix_norm below the truth", "not run")
    print(f"\nlargest slack of lipbridge {data['largest slack']:.1e}; matrix_norm below: {below}")


if __name__ == "__main__":
    main()
