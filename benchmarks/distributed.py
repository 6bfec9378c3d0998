"""One checkpoint over 1, 2, … processes started by torchrun, and resumed from a state file.

    python benchmarks/distributed.py --device cpu --processes 1 2
    python benchmarks/distributed.py --device cuda --processes 1 2        (as many GPUs)

The checkpoint is random bfloat16 of MiniMax-M3's index shapes. ``whole command`` includes starting
Python and torch in every process, a few seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import peers
import torch
from safetensors.torch import save_file

from lipbridge.numeric.records import SpectralBound

ROOT = Path(__file__).resolve().parents[1]


def checkpoint(folder: Path, layers: int) -> Path:
    """Write the weights: a stacked query projection (4 heads) and a key projection a layer."""
    torch.manual_seed(0)
    tensors: dict[str, torch.Tensor] = {}
    for layer in range(layers):
        stem = f"model.layers.{layer}.self_attn"
        for head in range(4):
            weight = torch.randn(128, 6144).to(torch.bfloat16)
            tensors[f"{stem}.index_q_proj.{head}.weight"] = weight
        tensors[f"{stem}.index_k_proj.weight"] = torch.randn(128, 6144).to(torch.bfloat16)
    save_file(tensors, folder / "model.safetensors")
    return folder / "model.safetensors"


def run(weights: Path, processes: int, device: str, state: Path, out: Path) -> dict[str, Any]:
    """Run one command and read its result file."""
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    command += ["--nproc-per-node", str(processes), "-m", "lipbridge.numeric", str(weights)]
    command += ["--out", str(out), "--state", str(state), "--device", device]
    threads = str(max(1, (os.cpu_count() or 1) // processes))
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"OMP_NUM_THREADS": threads, "PYTHONPATH": path}
    began = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    wall = time.perf_counter() - began
    bounds = [SpectralBound.from_json(b) for b in json.loads(out.read_text())["bounds"]]
    return {
        "processes": processes,
        "wall": wall,
        "busy": sum(bound.seconds for bound in bounds),
        "devices": sorted({bound.device for bound in bounds}),
        "matrices": len(bounds),
        "resumed": done.stderr.count("found finished") > 0,
        "upper": [bound.upper for bound in bounds],
    }


def main() -> None:
    """Parse, measure, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--layers", type=int, default=20)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--out", type=Path, default=Path("out/benchmarks/distributed.json"))
    args = parser.parse_args()
    results: list[dict[str, Any]] = []
    rows: list[list[str]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        weights = checkpoint(folder, args.layers)
        for processes in args.processes:
            state = folder / f"state{processes}.jsonl"
            for again in ("first run", "run again"):
                result = run(weights, processes, args.device, state, folder / "result.json")
                result["kind"] = again
                results.append(result)
                rows.append(
                    [
                        str(processes),
                        again,
                        str(result["matrices"]),
                        f"{result['wall']:.2f} s",
                        "0 (all found)" if again == "run again" else f"{result['busy']:.2f} s",
                        ", ".join(result["devices"]),
                    ]
                )
    widest = max(
        abs(a / b - 1)
        for r in results
        for a, b in zip(r["upper"], results[0]["upper"], strict=True)
    )
    head = ["processes", "", "matrices", "whole command", "computing, all processes", "devices"]
    peers.report(f"Distribution by torchrun, {args.device}", head, rows, results, args.out)
    print(f"\nupper bounds agree between runs to {widest:.1e}")


if __name__ == "__main__":
    main()
