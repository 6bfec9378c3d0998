"""From a preset's name and a checkpoint to its specs; tensor roles for presets without a standard.

``msa`` and ``dsa`` are found in a checkpoint by their tensors' names. The other presets have no
common naming, so the user says which tensor plays which role: ``keys=model.keys``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from lipbridge.errors import InputError, WeightsError
from lipbridge.language.checkpoint import Checkpoint
from lipbridge.language.dsa_spec import MISSING_BALL, Frequencies, dsa_specs
from lipbridge.language.indexer_layers import CheckpointIndex, find_indexers
from lipbridge.language.msa_spec import msa_specs
from lipbridge.language.presets import (
    PRESETS,
    Preset,
    mlp_spec,
    moba_spec,
    nsa_spec,
    quest_spec,
)
from lipbridge.layers import nearest

__all__ = [
    "find_preset",
    "indexer_matrices",
    "linear_roles",
    "parse_roles",
    "preset_specs",
    "require_role",
]

_ROLES: Mapping[str, tuple[str, ...]] = {
    "moba": ("keys", "query", "queries"),
    "quest": ("keys", "query", "reach"),
    "nsa-mlp": ("keys", "query", "queries", "position", "w1", "b1", "w2", "b2"),
    "mlp": ("block_keys",),
}
_LINEAR = re.compile(r"([wb])([1-9]\d?)")


def find_preset(name: str) -> Preset:
    """The preset of that name.

    Raises:
        InputError: no such preset; the message names the nearest one.
    """
    if name not in PRESETS:
        raise InputError(f"unknown preset {name!r}{nearest(name, tuple(PRESETS))}")
    return PRESETS[name]


def parse_roles(preset: Preset, items: Sequence[str]) -> dict[str, str]:
    """Read ``role=tensor`` pairs.

    Raises:
        InputError: another form, a role that the preset does not have, or one given twice.
    """
    if preset.reads == "checkpoint":
        if items:
            raise InputError(f"preset {preset.name} finds its tensors itself; leave out --tensor")
        return {}
    known = _ROLES[preset.name]
    roles: dict[str, str] = {}
    for item in items:
        role, equals, tensor = item.partition("=")
        if not equals or not tensor:
            raise InputError(f"--tensor {item!r} is not of the form ROLE=TENSOR")
        if role not in known and not (preset.name == "mlp" and _LINEAR.fullmatch(role)):
            listed = (*known, "w1", "b1", "w2", "…") if preset.name == "mlp" else known
            raise InputError(
                f"preset {preset.name} has no tensor {role!r}; it has {', '.join(listed)}"
            )
        if role in roles:
            raise InputError(f"--tensor {role} is given twice")
        roles[role] = tensor
    return roles


def require_role(preset: str, roles: Mapping[str, str], role: str, what: str) -> str:
    """The tensor that plays a role.

    Raises:
        InputError: none was named.
    """
    if role not in roles:
        raise InputError(f"preset {preset} needs {what}; name it with --tensor {role}=TENSOR")
    return roles[role]


def linear_roles(preset: str, roles: Mapping[str, str]) -> list[tuple[str, str | None]]:
    """(weight, bias or None) of the linear layers ``w1``, ``b1``, ``w2``, … in order.

    Raises:
        InputError: no weight, a gap in the numbers, or a bias without its weight.
    """
    found = [match for role in roles if (match := _LINEAR.fullmatch(role))]
    numbers = {int(match[2]) for match in found}
    count = max(numbers, default=1)
    return [
        (
            require_role(preset, roles, f"w{n}", f"the weight of its linear layer {n}"),
            roles.get(f"b{n}"),
        )
        for n in range(1, count + 1)
    ]


def indexer_matrices(index: CheckpointIndex) -> list[str]:
    """Names of the projections of every chosen indexer; msa's query projection head by head.

    The norms of these matrices are what an indexer's bound is made of.
    """
    labels: list[str] = []
    for layer in index.layers:
        split = {"q_proj"} if index.family == "msa" else set[str]()
        labels += [head.label for head in layer.heads if split]
        labels += [
            place.label
            for role, place in layer.tensors.items()
            if len(place.shape) == 2 and role not in split
        ]
    return labels


def preset_specs(
    preset: Preset,
    checkpoint: Checkpoint,
    *,
    layers: str | None = None,
    roles: Mapping[str, str] | None = None,
    block: int | None = None,
    hidden_norm: float | None = None,
    frequencies: Frequencies | None = None,
) -> dict[str, str]:
    """The specs of a preset for a checkpoint: what an export proves theorems about.

    Args:
        preset: from :func:`find_preset`.
        checkpoint: the opened checkpoint.
        layers: a selection such as ``3-59``; for presets that have layers.
        roles: from :func:`parse_roles`.
        block: tokens a block, where the preset needs it.
        hidden_norm: R, the ball ``‖x‖ ≤ R``, for dsa.
        frequencies: of the rotary embedding, for dsa.

    Returns:
        Spec texts by network name.

    Raises:
        InputError: a role, the block size or the ball that is missing; a ball that is not needed.
        WeightsError: a tensor that is missing or misshapen.
    """
    if hidden_norm is not None and preset.name != "dsa":
        raise InputError(f"preset {preset.name} takes no --hidden-norm")
    if preset.name == "msa":
        return msa_specs(find_indexers(checkpoint, family="msa", layers=layers))
    if preset.name == "dsa":
        index = find_indexers(checkpoint, family="dsa", layers=layers)
        if hidden_norm is None:
            raise InputError(MISSING_BALL)
        if not 0 < hidden_norm < math.inf:
            raise InputError(f"the hidden norm must be positive and finite, not {hidden_norm}")
        assert frequencies is not None, "the embedding's frequencies come with the ball"
        # As it was typed: 0.1 is 1/10.
        return dsa_specs(index, Fraction(repr(hidden_norm)), frequencies)
    if layers is not None:
        raise InputError(f"preset {preset.name} has no layers to choose; leave out --layers")
    return {preset.name: _named(preset.name, checkpoint, roles or {}, block)}


def _named(preset: str, checkpoint: Checkpoint, roles: Mapping[str, str], block: int | None) -> str:
    if preset == "mlp":
        layers = linear_roles(preset, roles)
        keys = require_role(preset, roles, "block_keys", "one key a block")
        shapes = [_shape(checkpoint, weight) for weight, _ in layers]
        return mlp_spec(
            dim=shapes[0][1],
            widths=[rows for rows, _ in shapes],
            layers=layers,
            block_keys=keys,
            blocks=_shape(checkpoint, keys)[0],
        )
    if preset == "quest":
        what = "a matrix with the rows (M_b, −m_b), a block each, for an export"
        reach = require_role(preset, roles, "reach", what)
        blocks, width = _shape(checkpoint, reach)
        return quest_spec(blocks=blocks, dim=width // 2, reach=reach)
    what = "a matrix of queries, the first of which is scored with, for an export"
    queries = require_role(preset, roles, "queries", what)
    dim = _shape(checkpoint, queries)[1]
    if block is None:
        raise InputError(f"preset {preset} needs the number of tokens a block; give --block")
    if preset == "moba":
        return moba_spec(block=block, dim=dim, query=queries)
    if "position" in roles:
        raise InputError(
            "an export of nsa-mlp has no position embedding: add W_1·vec(P) to the bias b1 instead"
        )
    (w1, b1), (w2, b2) = _two(linear_roles(preset, roles))
    return nsa_spec(
        block=block,
        dim=dim,
        width=_shape(checkpoint, w1)[0],
        layers=[(w1, b1), (w2, b2)],
        query=queries,
    )


def _two(layers: list[tuple[str, str | None]]) -> list[tuple[str, str]]:
    biased = [(weight, bias) for weight, bias in layers if bias is not None]
    if len(biased) != 2:
        raise InputError("preset nsa-mlp needs --tensor w1=…, b1=…, w2=… and b2=…")
    return biased


def _shape(checkpoint: Checkpoint, name: str) -> tuple[int, int]:
    shape = checkpoint.tensor(name).shape
    if len(shape) != 2:
        raise WeightsError(
            f"{checkpoint.path}: tensor {name!r} of shape {list(shape)} is no matrix"
        )
    return shape[0], shape[1]
