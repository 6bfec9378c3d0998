"""From a preset's name and a checkpoint to its bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch

from lipbridge.errors import InputError, ShapeError, WeightsError
from lipbridge.language.checkpoint import Checkpoint
from lipbridge.language.dsa_spec import MISSING_BALL
from lipbridge.language.indexer_layers import find_indexers
from lipbridge.language.preset_specs import linear_roles, parse_roles, require_role
from lipbridge.language.presets import Preset
from lipbridge.numeric.dequantize import load_exact
from lipbridge.numeric.indexers.pooled import NsaWeights
from lipbridge.numeric.presets.dsa import dsa_bounds
from lipbridge.numeric.presets.msa import msa_bounds
from lipbridge.numeric.presets.pooled import (
    mlp_bounds,
    moba_bounds,
    nsa_bounds,
    quest_preset_bounds,
)
from lipbridge.numeric.presets.records import PresetReport

__all__ = ["PresetOptions", "preset_bounds"]


@dataclass(frozen=True)
class PresetOptions:
    """What a preset may be given.

    Args:
        layers: a selection such as ``3-59``.
        query_norm: msa: r, the least ‖W x‖; nsa-mlp: ρ, the largest ‖q‖.
        hidden_norm: dsa: R, the ball ‖x‖ ≤ R.
        latent_floor: dsa: r, the least ‖W_a x‖.
        tensors: ``role=tensor`` pairs, for presets without standard names.
        block: tokens a block.
        stride: nsa-mlp: distance of two blocks' starts.
    """

    layers: str | None = None
    query_norm: float | None = None
    hidden_norm: float | None = None
    latent_floor: float = 0.0
    tensors: tuple[str, ...] = ()
    block: int | None = None
    stride: int | None = None


def preset_bounds(
    preset: Preset,
    checkpoint: Checkpoint,
    options: PresetOptions,
    *,
    device: str | torch.device = "auto",
) -> PresetReport:
    """Bound a checkpoint's indexers.

    Raises:
        InputError: an option that the preset needs and lacks, or does not take.
        WeightsError: a tensor that is missing, misshapen or not finite, by name.
    """
    roles = parse_roles(preset, options.tensors)
    _refuse_foreign(preset.name, options)
    if preset.name in ("msa", "dsa"):
        index = find_indexers(checkpoint, family=preset.name, layers=options.layers)
        if preset.name == "msa":
            return msa_bounds(index, query_norm=options.query_norm, device=device)
        if options.hidden_norm is None and any("q_a_proj" in e.tensors for e in index.layers):
            raise InputError(MISSING_BALL)
        return dsa_bounds(
            index,
            hidden_norm=options.hidden_norm,
            latent_floor=options.latent_floor,
            device=device,
        )
    return _Named(preset.name, checkpoint, options, roles, device).report()


_TAKES = {
    "msa": {"layers", "query_norm"},
    "dsa": {"layers", "hidden_norm", "latent_floor"},
    "moba": {"tensors", "block"},
    "quest": {"tensors", "block"},
    "nsa-mlp": {"tensors", "block", "stride", "query_norm"},
    "mlp": {"tensors"},
}


def _refuse_foreign(preset: str, options: PresetOptions) -> None:
    for name, default in vars(PresetOptions()).items():
        if getattr(options, name) != default and name not in _TAKES[preset]:
            raise InputError(f"preset {preset} takes no --{name.replace('_', '-')}")


@dataclass(frozen=True)
class _Named:
    """A preset whose tensors the user named."""

    preset: str
    checkpoint: Checkpoint
    options: PresetOptions
    roles: Mapping[str, str]
    device: str | torch.device

    def report(self) -> PresetReport:
        roles, source = self.roles, str(self.checkpoint.path)
        if self.preset == "mlp":
            layers = [
                (self.matrix(weight), None if bias is None else self.vector(bias))
                for weight, bias in linear_roles(self.preset, roles)
            ]
            keys = self.matrix(require_role(self.preset, roles, "block_keys", "one key a block"))
            self.fit("mlp", [weight for weight, _ in layers], [bias for _, bias in layers], keys)
            return mlp_bounds(layers, keys, source=source, device=self.device)
        keys = self.matrix(require_role(self.preset, roles, "keys", "the context's keys"))
        query = self.matrix(roles["query"]) if "query" in roles else None
        block = self.options.block
        if block is None:
            raise InputError(f"preset {self.preset} needs the tokens a block; give --block")
        if query is not None and query.shape[0] != keys.shape[1]:
            raise ShapeError(f"query is {_text(query)} and keys are {_text(keys)}: W_q is d×hidden")
        if self.preset == "nsa-mlp":
            weights = self.compression()
            self.fit("nsa-mlp", [weights.w1, weights.w2], [weights.b1, weights.b2], keys)
            if weights.w1.shape[1] != block * keys.shape[1]:
                raise ShapeError(
                    f"w1 has {weights.w1.shape[1]} columns; {block} keys of dimension "
                    f"{keys.shape[1]} have {block * keys.shape[1]} entries"
                )
            return nsa_bounds(
                keys,
                weights,
                length=block,
                stride=self.options.stride,
                query_norm=self.options.query_norm,
                query=query,
                source=source,
                device=self.device,
            )
        bounds = moba_bounds if self.preset == "moba" else quest_preset_bounds
        return bounds(keys, block, query=query, source=source, device=self.device)

    def compression(self) -> NsaWeights:
        roles = self.roles
        names = [
            require_role(self.preset, roles, role, f"{role} of the compression MLP")
            for role in ("w1", "b1", "w2", "b2")
        ]
        w1, w2 = self.matrix(names[0]), self.matrix(names[2])
        position = self.matrix(roles["position"]) if "position" in roles else None
        return NsaWeights(w1, self.vector(names[1]), w2, self.vector(names[3]), position)

    def fit(
        self,
        preset: str,
        weights: Sequence[torch.Tensor],
        biases: Sequence[torch.Tensor | None],
        keys: torch.Tensor,
    ) -> None:
        """Refuse linear layers that do not follow each other, or do not end in keys."""
        following = [*(weight.shape[1] for weight in weights[1:]), keys.shape[1]]
        for number, (weight, bias, width) in enumerate(
            zip(weights, biases, following, strict=True), start=1
        ):
            if weight.shape[0] != width or (bias is not None and bias.shape[0] != width):
                shift = "" if bias is None else f" with a bias of {bias.shape[0]} entries"
                raise ShapeError(
                    f"preset {preset}: w{number} is {_text(weight)}{shift}, "
                    f"and what follows it takes {width} entries"
                )

    def matrix(self, name: str) -> torch.Tensor:
        return self.tensor(name, 2, "matrix")

    def vector(self, name: str) -> torch.Tensor:
        return self.tensor(name, 1, "vector")

    def tensor(self, name: str, dimensions: int, what: str) -> torch.Tensor:
        tensor = load_exact(self.checkpoint.tensor(name))
        if tensor.ndim != dimensions:
            raise WeightsError(
                f"{self.checkpoint.path}: tensor {name!r} of shape {list(tensor.shape)} "
                f"is no {what}"
            )
        return tensor


def _text(matrix: torch.Tensor) -> str:
    return f"{matrix.shape[0]}×{matrix.shape[1]}"
