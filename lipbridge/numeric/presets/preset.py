"""What a preset is, and the registry of all of them.

A preset is one class in one file, registered by its name: which options it takes, which tensors it
reads, the specs that Lean is handed, and the constants that stand beside them. A new one is a file.
"""

from __future__ import annotations

import math
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import ClassVar

import torch

from lipbridge.errors import InputError, WeightsError
from lipbridge.language.checkpoint.files import Checkpoint
from lipbridge.layers import nearest
from lipbridge.numeric.presets.records import PresetReport
from lipbridge.numeric.weights.dequantize import load_exact

_PRESETS: dict[str, Preset] = {}
_LINEAR = re.compile(r"([wb])([1-9]\d?)")


@dataclass(frozen=True)
class PresetOptions:
    """What a preset may be given.

    Args:
        layers: a selection such as ``3-59``.
        query_norm: msa: r, the least ‖W x‖; nsa-mlp: ρ, the largest ‖q‖.
        hidden_norm: dsa and its kin: R, the ball ‖x‖ ≤ R.
        latent_floor: dsa and its kin: r, the least ‖W_a x‖.
        tensors: ``role=tensor`` pairs, for presets without standard names.
        block: tokens a block.
        stride: nsa-mlp: distance of two blocks' starts.
        device: where bounds are computed: ``auto``, ``cpu``, ``cuda`` or ``cuda:N``.
    """

    layers: str | None = None
    query_norm: float | None = None
    hidden_norm: float | None = None
    latent_floor: float = 0.0
    tensors: tuple[str, ...] = ()
    block: int | None = None
    stride: int | None = None
    device: str = "auto"


class Preset(ABC):
    """A published indexer.

    Attributes:
        name: how it is called on the command line.
        summary: the score it computes.
        takes: the fields of :class:`PresetOptions` that it understands.
    """

    name: ClassVar[str]
    summary: ClassVar[str]
    takes: ClassVar[frozenset[str]]

    @abstractmethod
    def specs(self, checkpoint: Checkpoint, options: PresetOptions) -> dict[str, str]:
        """The networks that an export proves theorems about: spec texts by network name.

        Raises:
            InputError: an option that is needed and missing, or is not taken.
            WeightsError: a tensor that is missing or misshapen, or a fact not understood.
        """

    @abstractmethod
    def bounds(self, checkpoint: Checkpoint, options: PresetOptions) -> PresetReport:
        """Rigorous constants of the indexers in a checkpoint; raises as :meth:`specs`."""

    def layers(self, checkpoint: Checkpoint, options: PresetOptions) -> tuple[int, ...]:
        """The layers that can be bounded one by one; none where a preset knows no layers."""
        del checkpoint, options
        return ()

    def check(self, options: PresetOptions) -> None:
        """Refuse options that the preset does not take, and norms that are no lengths.

        Raises:
            InputError: one of them was given.
        """
        for norm in ("query_norm", "hidden_norm", "latent_floor"):
            value = getattr(options, norm)
            if value is not None and not 0 <= value < math.inf:
                said = norm.replace("_", " ")
                raise InputError(f"the {said} must be ≥ 0 and finite, not {value}")
        known = {*self.takes, "device"}
        for option in fields(options):
            if option.name not in known and getattr(options, option.name) != option.default:
                why = "finds its tensors itself; leave out --tensor"
                if option.name != "tensors":
                    why = f"takes no --{option.name.replace('_', '-')}"
                raise InputError(f"preset {self.name} {why}")


def register(preset: type[Preset]) -> type[Preset]:
    """Enter a preset under its name."""
    assert preset.name not in _PRESETS, f"two presets are called {preset.name}"
    _PRESETS[preset.name] = preset()
    return preset


def preset_names() -> tuple[str, ...]:
    """Names of all presets."""
    return tuple(_PRESETS)


def find_preset(name: str) -> Preset:
    """The preset of that name.

    Raises:
        InputError: no such preset; the message names the nearest one.
    """
    if name not in _PRESETS:
        raise InputError(f"unknown preset {name!r}{nearest(name, preset_names())}")
    return _PRESETS[name]


@dataclass(frozen=True)
class NamedTensors:
    """The tensors of a preset whose roles the user fills by name.

    Args:
        preset: the preset's name.
        checkpoint: where they lie.
        names: tensor by role.
    """

    preset: str
    checkpoint: Checkpoint
    names: Mapping[str, str]

    @classmethod
    def read(
        cls, preset: str, checkpoint: Checkpoint, options: PresetOptions, roles: Sequence[str]
    ) -> NamedTensors:
        """Read ``role=tensor`` pairs; a role ``w1`` among the known stands for all of its kind.

        Raises:
            InputError: another form, a role that the preset does not have, or one given twice.
        """
        names: dict[str, str] = {}
        for item in options.tensors:
            role, equals, tensor = item.partition("=")
            if not equals or not tensor:
                raise InputError(f"--tensor {item!r} is not of the form ROLE=TENSOR")
            many = "w…" in roles and _LINEAR.fullmatch(role)
            if role not in roles and not many:
                raise InputError(
                    f"preset {preset} has no tensor {role!r}; it has {', '.join(roles)}"
                )
            if role in names:
                raise InputError(f"--tensor {role} is given twice")
            names[role] = tensor
        return cls(preset, checkpoint, names)

    def name(self, role: str, what: str) -> str:
        """The tensor that plays a role.

        Raises:
            InputError: none was named.
        """
        if role not in self.names:
            raise InputError(
                f"preset {self.preset} needs {what}; name it with --tensor {role}=TENSOR"
            )
        return self.names[role]

    def linear_layers(self) -> list[tuple[str, str | None]]:
        """(weight, bias or None) of the linear layers ``w1``, ``b1``, ``w2``, … in order.

        Raises:
            InputError: no weight, a gap in the numbers, or a bias without its weight.
        """
        found = [match for role in self.names if (match := _LINEAR.fullmatch(role))]
        return [
            (
                self.name(f"w{n}", f"the weight of its linear layer {n}"),
                self.names.get(f"b{n}"),
            )
            for n in range(1, max((int(match[2]) for match in found), default=1) + 1)
        ]

    def shape(self, name: str) -> tuple[int, int]:
        """Shape of a matrix.

        Raises:
            WeightsError: missing, or no matrix.
        """
        shape = self.checkpoint.tensor(name).shape
        if len(shape) != 2:
            raise WeightsError(
                f"{self.checkpoint.path}: tensor {name!r} of shape {list(shape)} is no matrix"
            )
        return shape[0], shape[1]

    def matrix(self, name: str) -> torch.Tensor:
        """A matrix in exact float64.

        Raises:
            WeightsError: missing, not finite, or no matrix.
        """
        self.shape(name)
        return load_exact(self.checkpoint.tensor(name))

    def vector(self, name: str) -> torch.Tensor:
        """A vector in exact float64; raises as :meth:`matrix`."""
        found = load_exact(self.checkpoint.tensor(name))
        if found.ndim != 1:
            raise WeightsError(
                f"{self.checkpoint.path}: tensor {name!r} of shape {list(found.shape)} is no vector"
            )
        return found
