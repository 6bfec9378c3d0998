"""What recording a trace costs beside the forward pass that is recorded.

    python benchmarks/audit_record.py [--device cuda] [--layers 16] [--json FILE]

A decoder of MiniMax-M3's shape (hidden 6144, an indexer of 4 heads × 128 over blocks of 128 keys in
every layer, random weights) decodes token by token after a long context, plain and recorded in
turn. The recorded time includes hooks, transfers and the writing of the chunk files.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

import torch
from torch import Tensor, nn

from lipbridge.audit.recording.record import Recorder
from lipbridge.audit.stream import audit_trace


class MiniMaxM3VLIndexer(nn.Module):
    """Block maxima of dot products with cached keys; recognized by its name."""

    def __init__(self, width: int, layer_idx: int) -> None:
        super().__init__()
        self.layer_idx, self.head_dim, self.block_size, self.topk_blocks = layer_idx, 128, 128, 16
        self.q_proj = nn.Linear(width, 4 * 128, bias=False)
        self.k_proj = nn.Linear(width, 128, bias=False)
        self.norms = nn.ModuleList([nn.RMSNorm(128), nn.RMSNorm(128)])
        self.cache: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        """Indices of the top blocks."""
        batch, steps, _ = x.shape
        queries = self.norms[0](self.q_proj(x).view(batch, steps, 4, 128)).transpose(1, 2)
        keys = self.norms[1](self.k_proj(x))[:, None]
        self.cache = keys if self.cache is None else torch.cat([self.cache, keys], 2)
        length = self.cache.shape[2]
        scores = torch.matmul(queries.float(), self.cache.float().transpose(-1, -2))
        at = torch.arange(length - steps, length, device=x.device)
        future = torch.arange(length, device=x.device) > at[:, None]
        scores = scores.masked_fill(future, -torch.inf)
        scores = nn.functional.pad(scores, (0, -length % 128), value=-torch.inf)
        blocks = scores.view(batch, 4, steps, -1, 128).amax(-1)
        local = (at // 128)[None, None, :, None].expand(batch, 4, -1, 1)
        blocks.scatter_(-1, local, torch.inf)
        best, places = blocks.topk(min(16, blocks.shape[-1]), dim=-1)
        return places.masked_fill(best == -torch.inf, -1)


class Layer(nn.Module):
    """Attention over a cache, an indexer, and a gated MLP."""

    def __init__(self, width: int, number: int) -> None:
        super().__init__()
        self.norms = nn.ModuleList([nn.RMSNorm(width), nn.RMSNorm(width)])
        self.indexer = MiniMaxM3VLIndexer(width, number)
        self.qkv = nn.Linear(width, width + 2 * 512, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        self.gate = nn.Linear(width, 4 * width, bias=False)
        self.down = nn.Linear(2 * width, width, bias=False)
        self.cache: tuple[Tensor, Tensor] | None = None

    def forward(self, x: Tensor) -> Tensor:
        """One decoder layer."""
        batch, steps, width = x.shape
        inner = self.norms[0](x)
        self.indexer(inner)
        queries, keys, values = self.qkv(inner).split([width, 512, 512], -1)
        queries = queries.view(batch, steps, -1, 128).transpose(1, 2)
        keys, values = (t.view(batch, steps, 4, 128).transpose(1, 2) for t in (keys, values))
        if self.cache is not None:
            keys = torch.cat([self.cache[0], keys], 2)
            values = torch.cat([self.cache[1], values], 2)
        self.cache = (keys, values)
        causal = {"is_causal": True} if steps > 1 else {}
        mixed = nn.functional.scaled_dot_product_attention(
            queries, keys, values, enable_gqa=True, **causal
        )
        x = x + self.out(mixed.transpose(1, 2).reshape(batch, steps, -1))
        first, second = self.gate(self.norms[1](x)).chunk(2, -1)
        return x + self.down(nn.functional.silu(first) * second)


def reset(model: nn.Sequential) -> None:
    """Forget all caches."""
    for layer in model:
        layer.cache = layer.indexer.cache = None


def run(
    model: nn.Sequential, prompt: Tensor, steps: int, folder: Path | None
) -> tuple[float, float]:
    """Prefill, then decode; return (milliseconds of the prefill, milliseconds a decode step)."""
    cuda = prompt.is_cuda
    sync = torch.cuda.synchronize if cuda else (lambda: None)
    reset(model)
    sync()
    start = time.perf_counter()
    with nullcontext() if folder is None else Recorder(model, folder / "prompt", last=64):
        x = model(prompt)[:, -1:]
        sync()
    prefill = time.perf_counter() - start
    start = time.perf_counter()
    with nullcontext() if folder is None else Recorder(model, folder / "decode"):
        for _ in range(steps):
            x = model(nn.functional.normalize(x, dim=-1) * x.shape[-1] ** 0.5)
        sync()
    return prefill * 1e3, (time.perf_counter() - start) * 1e3 / steps


def main() -> None:
    """Run, print a table, write JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    cuda = torch.cuda.is_available()
    parser.add_argument("--device", default="cuda" if cuda else "cpu", choices=["cpu", "cuda"])
    parser.add_argument("--layers", type=int, default=16 if cuda else 2)
    parser.add_argument("--width", type=int, default=6144 if cuda else 512)
    parser.add_argument("--context", type=int, default=8192 if cuda else 1024)
    parser.add_argument("--steps", type=int, default=128 if cuda else 64)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    torch.manual_seed(0)
    dtype = torch.bfloat16 if options.device == "cuda" else torch.float32
    with torch.device(options.device):
        layers = [Layer(options.width, i).to(dtype) for i in range(options.layers)]
        model = nn.Sequential(*layers).eval()
        prompt = torch.randn(1, options.context, options.width, dtype=dtype)
    times: dict[str, list[tuple[float, float]]] = {"plain": [], "recorded": []}
    size = rows = 0
    with torch.no_grad():
        for repeat in range(options.repeats + 1):
            plain = run(model, prompt, options.steps, None)
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                recorded = run(model, prompt, options.steps, folder)
                size = sum(p.stat().st_size for p in folder.glob("decode/*"))
                if repeat == 0:
                    rows = len(audit_trace(folder / "decode", slopes="none").rows)
                    continue
            times["plain"].append(plain)
            times["recorded"].append(recorded)
    median = {n: [statistics.median(c) for c in zip(*t, strict=True)] for n, t in times.items()}
    overhead = [r / p - 1 for p, r in zip(median["plain"], median["recorded"], strict=True)]
    machine = torch.cuda.get_device_name() if options.device == "cuda" else platform.machine()
    print(f"{machine}, torch {torch.__version__}: {options.layers} layers of {options.width},")
    print(f"context {options.context}, {options.steps} decode steps; {rows} rows, {size} bytes\n")
    print(f"{'':<12}{'prefill ms':>12}{'decode ms a step':>18}")
    for name, values in median.items():
        print(f"{name:<12}{values[0]:>12.1f}{values[1]:>18.3f}")
    print(f"{'overhead':<12}{overhead[0]:>12.1%}{overhead[1]:>18.1%}")
    if options.json:
        report = {
            "machine": machine,
            "options": {name: str(value) for name, value in vars(options).items()},
            "prefill_ms": {n: v[0] for n, v in median.items()},
            "decode_ms": {n: v[1] for n, v in median.items()},
            "overhead": overhead,
        }
        options.json.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
