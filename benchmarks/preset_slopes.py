"""How near the searched slopes come to the presets' bounds, on the tiny checkpoints.

    python benchmarks/preset_slopes.py [--json FILE] [--steps 150]

Each row is one constant: its bound, the steepest pair that gradient ascent found on the reference
indexer (float64), and their quotient. A slope above the bound would be a contradiction, and ends
the run with exit code 1. Constants that hold for every context are measured on a context that is
chosen against them: one key in the direction that the weights amplify most.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import torch
from safetensors.torch import load_file

from lipbridge.language.checkpoint.files import open_checkpoint
from lipbridge.numeric.presets import PresetReport
from lipbridge.numeric.presets.configs import DsaConfig, MsaConfig
from lipbridge.numeric.presets.registry import PresetOptions, find_indexers, find_preset
from lipbridge.numeric.slopes.search import adversarial_slope

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.reference import indexers
from tests.reference.indexers.norms import rms_norm

BLOCK = 8


@dataclass(frozen=True)
class Case:
    """One constant, and the function that it bounds."""

    preset: str
    constant: str
    bound: float
    function: Callable[[torch.Tensor], torch.Tensor]
    dimension: int
    radius: float = 1.0
    project: Callable[[torch.Tensor], torch.Tensor] | None = None


def tiny() -> ModuleType:
    """Load the example script that writes the checkpoints."""
    path = Path(__file__).parents[1] / "examples" / "make_tiny_checkpoints.py"
    spec = importlib.util.spec_from_file_location("make_tiny_checkpoints", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def report(folder: Path, preset: str, **options: Any) -> PresetReport:
    """The bounds of a preset on its tiny checkpoint."""
    checkpoint = open_checkpoint(folder / preset)
    return find_preset(preset).bounds(checkpoint, PresetOptions(**options))


def linear(stem: str) -> tuple[str, ...]:
    """The tensors of two linear layers, by role."""
    pairs = ((kind, 2 * n) for n in (0, 1) for kind in ("weight", "bias"))
    return tuple(f"{kind[0]}{i // 2 + 1}={stem}.{i}.{kind}" for kind, i in pairs)


def top_left(matrix: torch.Tensor) -> torch.Tensor:
    """The left singular vector of the largest singular value."""
    return torch.linalg.svd(matrix, full_matrices=False)[0][:, 0]


def norm_range(direction: torch.Tensor, gain: torch.Tensor) -> torch.Tensor:
    """The output of an RMSNorm with this gain that lies farthest along a direction."""
    inner = gain * direction
    return gain * inner / inner.norm() * math.sqrt(len(gain))


def msa_cases(folder: Path) -> Iterator[Case]:
    """MiniMax-M3: head 0 of the first layer, key and query at the same position."""
    index = find_indexers(open_checkpoint(folder / "msa"))
    config = index.config
    assert isinstance(config, MsaConfig)
    weights, floor = indexers.load_msa(index.layers[0]), 1.0
    row = report(folder, "msa", query_norm=floor).rows[0]
    projection = weights.q_proj[: config.head_dim]
    gain = 1 + weights.q_norm
    key = norm_range(top_left(gain[:, None] * projection), 1 + weights.k_norm)

    def at_least(x: torch.Tensor) -> torch.Tensor:
        return x * (floor / (x @ projection.T).norm(dim=1, keepdim=True)).clamp_min(1.0)

    def score(x: torch.Tensor) -> torch.Tensor:
        return rms_norm(x @ projection.T, gain, config.eps) @ key

    def bare(x: torch.Tensor) -> torch.Tensor:
        return (x @ projection.T * gain) @ key

    hidden = config.hidden
    yield Case("msa", "query", row.constant("query").upper, lambda q: q @ key, config.head_dim)
    yield Case("msa", "selection", row.constant("selection").upper, bare, hidden)
    yield Case(
        "msa", "hidden-local", row.constant("hidden-local").upper, score, hidden, 5.0, at_least
    )
    yield Case("msa", "hidden", row.constant("hidden").upper, score, hidden, 1e-4)


def dsa_cases(folder: Path) -> Iterator[Case]:
    """DeepSeek-V3.2: the first layer, one token."""
    index = find_indexers(open_checkpoint(folder / "dsa"))
    config = index.config
    assert isinstance(config, DsaConfig)
    weights, radius, floor = indexers.load_dsa(index.layers[0]), 4.0, 0.05
    row = report(folder, "dsa", hidden_norm=radius, latent_floor=floor).rows[0]
    assert weights.q_a_proj is not None
    assert weights.q_a_norm is not None
    latent, gain = weights.q_a_proj, weights.q_a_norm
    unit = torch.full((1, config.heads), config.heads**-0.5, dtype=torch.float64)
    mean = (weights.wq_b.unflatten(0, (config.heads, -1)) * unit[0][:, None, None]).sum(0)
    key = norm_range(top_left(mean), weights.k_norm) + weights.k_norm_bias
    at = torch.zeros(1, dtype=torch.int64)

    def score(c: torch.Tensor, w: torch.Tensor) -> torch.Tensor:
        queries = indexers.dsa_queries(c, at.expand(len(c)), weights, config)
        return indexers.dsa_scores(queries, w, key[None], at)

    def of_x(x: torch.Tensor) -> torch.Tensor:
        w = indexers.dsa_head_weights(x, weights, config)
        return score(indexers.dsa_latent(x, weights, config), w)

    def bare(x: torch.Tensor) -> torch.Tensor:
        return score(x @ latent.T * gain, indexers.dsa_head_weights(x, weights, config))

    def in_ball(x: torch.Tensor) -> torch.Tensor:
        return x * (radius / x.norm(dim=1, keepdim=True)).clamp_max(1.0)

    # The domain ‖x‖ ≤ R, ‖W_a x‖ ≥ r: lengthen what W_a sees, then shorten what it does not see.
    rows = torch.linalg.svd(latent, full_matrices=False)[2]
    assert floor <= radius * float(torch.linalg.svdvals(latent)[-1]), "the domain may be empty"

    def in_both(x: torch.Tensor) -> torch.Tensor:
        seen = x @ rows.T @ rows
        unseen = x - seen
        seen = in_ball(seen * (floor / (seen @ latent.T).norm(dim=1, keepdim=True)).clamp_min(1.0))
        room = (radius**2 - seen.square().sum(1, keepdim=True)).clamp_min(0).sqrt()
        return seen + unseen * (room / unseen.norm(dim=1, keepdim=True)).clamp_max(1.0)

    def of_c(c: torch.Tensor) -> torch.Tensor:
        return score(c, unit.expand(len(c), -1))

    hidden = config.hidden
    yield Case("dsa", "latent", row.constant("latent").upper, of_c, config.latent)
    yield Case("dsa", "selection", row.constant("selection").upper, bare, hidden, radius, in_ball)
    yield Case(
        "dsa", "hidden-local", row.constant("hidden-local").upper, of_x, hidden, radius, in_both
    )


def tensors(folder: Path, name: str) -> dict[str, torch.Tensor]:
    """A tiny checkpoint's tensors in float64."""
    loaded = load_file(folder / name / "model.safetensors")
    return {key: value.double() for key, value in loaded.items()}


def pooled_cases(folder: Path) -> Iterator[Case]:
    """MoBA and Quest: block 0, and its difference to the others."""
    keys = tensors(folder, "moba")["keys"]
    dim = keys.shape[1]
    moba = report(folder, "moba", tensors=("keys=keys",), block=BLOCK)
    means = indexers.moba_block_keys(keys, BLOCK)
    yield Case("moba", "query", moba.rows[0].constant("query").upper, lambda q: q @ means[0], dim)
    keys = tensors(folder, "quest")["keys"]
    quest = report(folder, "quest", tensors=("keys=keys",), block=BLOCK)

    def score(q: torch.Tensor) -> torch.Tensor:
        return indexers.quest_block_scores(q, keys, BLOCK)

    def gap(q: torch.Tensor) -> torch.Tensor:
        return (score(q)[:, :, None] - score(q)[:, None, :]).amax((1, 2))

    first = quest.rows[0].constant("query").upper
    yield Case("quest", "query", first, lambda q: score(q)[:, 0], dim)
    yield Case("quest", "pair", quest.rows[-1].constant("pair").upper, gap, dim)


def network_cases(folder: Path) -> Iterator[Case]:
    """NSA's compression MLP in a block's keys, and the MLP head."""
    stored = tensors(folder, "nsa-mlp")
    w1, b1, w2, b2 = (stored[f"compress.{i}.{part}"] for i in (0, 2) for part in ("weight", "bias"))
    roles = ("keys=keys", *linear("compress"))
    row = report(folder, "nsa-mlp", tensors=roles, block=BLOCK, query_norm=1.0).rows[-1]
    query = top_left(w2)

    def compressed(flat: torch.Tensor) -> torch.Tensor:
        return (torch.relu(flat @ w1.T + b1) @ w2.T + b2) @ query

    bound = row.constant("context").upper
    yield Case("nsa-mlp", "context", bound, compressed, w1.shape[1])
    stored = tensors(folder, "mlp")
    layers = [(stored[f"mlp.{i}.weight"], stored[f"mlp.{i}.bias"]) for i in (0, 2)]
    block_keys = stored["block_keys"]
    row = report(folder, "mlp", tensors=("block_keys=block_keys", *linear("mlp"))).rows[0]

    def head(x: torch.Tensor) -> torch.Tensor:
        return indexers.mlp_head_scores(x, layers, block_keys)[:, 0]

    for name in ("hidden", "hidden-product"):
        yield Case("mlp", name, row.constant(name).upper, head, layers[0][0].shape[1])


def main() -> int:
    """Search, print and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", type=Path)
    parser.add_argument("--steps", type=int, default=150)
    parser.add_argument("--starts", type=int, default=24)
    options = parser.parse_args()
    rows: list[dict[str, object]] = []
    contradictions = 0
    print(f"{'preset':8} {'constant':15} {'bound':>12} {'slope found':>12} {'bound/slope':>12}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tiny().main([str(folder)])
        print()
        for cases in (msa_cases, dsa_cases, pooled_cases, network_cases):
            for case in cases(folder):
                slope = adversarial_slope(
                    case.function,
                    case.dimension,
                    radius=case.radius,
                    project=case.project,
                    steps=options.steps,
                    starts=options.starts,
                ).value
                contradictions += slope > case.bound * (1 + 1e-9)
                ratio = case.bound / slope
                print(
                    f"{case.preset:8} {case.constant:15} {case.bound:12.6g} {slope:12.6g} "
                    f"{ratio:12.4f}"
                )
                rows.append(
                    {
                        "preset": case.preset,
                        "constant": case.constant,
                        "bound": case.bound,
                        "slope": slope,
                        "ratio": ratio,
                    }
                )
    if options.json is not None:
        machine = f"{platform.machine()}, torch {torch.__version__}"
        options.json.write_text(json.dumps({"machine": machine, "rows": rows}, indent=2) + "\n")
    print(f"{contradictions} contradictions in {len(rows)} constants")
    return 1 if contradictions else 0


if __name__ == "__main__":
    sys.exit(main())
