"""What ``config.json`` says about an indexer, validated.

A multimodal checkpoint writes its text model's numbers inside ``text_config``. Rotary parameters
are in ``rope_parameters`` or, in older files, in ``rope_scaling`` beside ``rope_theta``. What
changes the function and is not modelled is refused by name.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, cast

from lipbridge.errors import WeightsError

# Every parameter of a rotary embedding that is read, or does not change its angles.
_ROPE = frozenset(
    {
        "rope_theta",
        "partial_rotary_factor",
        "rope_type",
        "type",
        "factor",
        "original_max_position_embeddings",
        "beta_fast",
        "beta_slow",
        "truncate",
        "attention_factor",
        "mscale",
        "mscale_all_dim",
    }
)
# Keys of a model that may speak of its indexer: of what it is made, and of what it is given.
_TELLING = re.compile(r"index|sparse|rope|rotary|nope|yarn|norm|qk_|(^|_)eps(ilon)?($|_)")
# Those of every model that are read here, or say nothing about scores.
_EVERY_MODEL = frozenset(
    {
        "partial_rotary_factor",
        "rms_norm_eps",
        "rope_parameters",
        "rope_scaling",
        "rope_theta",
        "rotary_dim",
        "norm_topk_prob",
    }
)


@dataclass(frozen=True)
class RotaryConfig:
    """Rotary embedding of ``dim`` coordinates, in pairs (i, i + dim/2) or (2i, 2i + 1).

    Args:
        dim: rotated coordinates, even; the rest passes through.
        theta: base of the frequencies theta^(-2i/dim).
        kind: ``default`` or ``yarn``.
        factor, original_length, beta_fast, beta_slow, truncate: YaRN's parameters.
        amplitude: factor on cosine and sine; 1 makes the map an isometry.
        interleaved: pairs are (2i, 2i + 1).
        skip: coordinates before the rotated ones.
    """

    dim: int
    theta: float
    kind: str = "default"
    factor: float = 1.0
    original_length: int = 4096
    beta_fast: float = 32.0
    beta_slow: float = 1.0
    truncate: bool = True
    amplitude: float = 1.0
    interleaved: bool = False
    skip: int = 0

    @property
    def lipschitz(self) -> float:
        """Euclidean Lipschitz constant of the map: ``max(1, amplitude)``, ``1`` when isometric."""
        return max(1.0, self.amplitude)


class ConfigReader:
    """Typed access to an untrusted JSON object."""

    def __init__(self, values: Mapping[str, Any], source: str) -> None:
        self.values, self.source = values, source

    def only(self, key: str, *accepted: object) -> None:
        """Refuse a flag that changes the function; absent, it has the first value.

        Raises:
            WeightsError: another value; the message names it.
        """
        value = self.values.get(key)
        if value is not None and not any(
            value is a or (value == a and type(value) is type(a)) for a in accepted
        ):
            known = " or ".join(map(repr, accepted))
            raise WeightsError(f"{self.source}: {key} {value!r} is not modelled ({known} is)")

    def known(self, keys: Collection[str], *, every: bool = False) -> None:
        """Refuse keys that may speak of the indexer, or ``every`` key, where they are not known.

        Raises:
            WeightsError: there is one; the message names it.
        """
        for key, value in self.values.items():
            telling = every or (key not in _EVERY_MODEL and _TELLING.search(key) is not None)
            if telling and key not in keys and value is not None:
                raise WeightsError(f"{self.source}: {key} is not understood (its value: {value!r})")

    def flag(self, key: str, default: bool) -> bool:
        """A truth value."""
        value = self._get(key, default)
        if not isinstance(value, bool):
            raise WeightsError(f"{self.source}: {key} must be true or false, not {value!r}")
        return value

    def integer(self, key: str, default: int | None = None, *, low: int = 1) -> int:
        """A whole number, at least ``low``."""
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= 1 << 31:
            raise WeightsError(f"{self.source}: {key} must be an integer ≥ {low}, not {value!r}")
        return value

    def number(self, key: str, default: float | None = None, *, low: float = 0.0) -> float:
        """A finite number, at least ``low``."""
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise WeightsError(f"{self.source}: {key} must be a number, not {value!r}")
        if not (low <= value < 1e30):
            raise WeightsError(f"{self.source}: {key} must be finite and ≥ {low:g}, not {value!r}")
        return float(value)

    def by_layer(self, key: str) -> list[object]:
        """A list with an entry a layer, those of multi-token prediction perhaps behind them."""
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise WeightsError(f"{self.source}: {key} must be a list, not {value!r}")
        found = cast("list[object]", value)
        if self.values.get("num_hidden_layers") is not None:
            layers = self.integer("num_hidden_layers")
            if len(found) < layers:
                raise WeightsError(
                    f"{self.source}: {key} has {len(found)} entries for {layers} layers"
                )
        return found

    def mapping(self, key: str) -> ConfigReader | None:
        """An object, or None where there is none."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise WeightsError(f"{self.source}: {key} must be an object, not {value!r}")
        return ConfigReader(cast("dict[str, Any]", value), f"{self.source}: {key}")

    def _get(self, key: str, default: object) -> object:
        value = self.values.get(key)
        if value is None:
            value = default
        if value is None:
            raise WeightsError(f"{self.source}: {key} is missing")
        return value


def read_text_config(config: Mapping[str, Any] | None, source: str) -> ConfigReader:
    """The part of a ``config.json`` that is about the text model.

    Raises:
        WeightsError: there is none, or it does not say which model it is.
    """
    if config is None:
        raise WeightsError(f"{source}: no config.json, which says how the indexer is built")
    whole = ConfigReader(config, f"{source}: config.json")
    text = whole.mapping("text_config") or whole
    kind = text.values.get("model_type", whole.values.get("model_type"))
    if not isinstance(kind, str):
        raise WeightsError(
            f"{whole.source}: model_type is missing, and tensor names alone do not say which "
            "model this is"
        )
    return ConfigReader({**text.values, "model_type": kind}, text.source)


def read_rotary(
    reader: ConfigReader, head_dim: int, *, interleaved: bool = False, skip: int = 0
) -> RotaryConfig:
    """Read the rotary embedding of heads of ``head_dim`` coordinates.

    Raises:
        WeightsError: a kind that is not modelled, parameters out of range or in contradiction.
    """
    rope = reader.mapping("rope_parameters") or reader.mapping("rope_scaling")
    rope = rope or ConfigReader({}, reader.source)
    rope.known(_ROPE, every=True)
    older = reader.mapping("rope_scaling")
    if older is not None and {k: v for k, v in older.values.items() if rope.values.get(k) != v}:
        raise WeightsError(f"{reader.source}: rope_parameters and rope_scaling differ")
    theta = _first(rope, reader, "rope_theta").number("rope_theta", low=1.0)
    partial = _first(rope, reader, "partial_rotary_factor").number("partial_rotary_factor", 1.0)
    dim = int(head_dim * partial)
    stated = reader.values.get("rotary_dim")
    if stated is not None:
        given = any(r.values.get("partial_rotary_factor") is not None for r in (rope, reader))
        stated = reader.integer("rotary_dim")
        if stated != dim:
            # Loaders differ in which of the two they read.
            raise WeightsError(
                f"{reader.source}: rotary_dim {stated} and partial_rotary_factor {partial:g} "
                f"({dim} of {head_dim} coordinates) contradict each other"
                if given
                else f"{reader.source}: rotary_dim {stated} of {head_dim} coordinates without "
                "partial_rotary_factor, which not every loader reads so; where the model rotates "
                f"{stated}, state both: partial_rotary_factor {stated / head_dim:g}"
            )
    if dim < 2 or dim % 2 or dim > head_dim:
        raise WeightsError(
            f"{reader.source}: {dim} rotary coordinates; an even number ≥ 2 is needed"
        )
    kind = rope.values.get("rope_type", rope.values.get("type", "default"))
    if kind in (None, "default"):
        return RotaryConfig(dim, theta, interleaved=interleaved, skip=skip)
    if kind != "yarn":
        raise WeightsError(
            f"{rope.source}: rope_type {kind!r} is not modelled (default and yarn are)"
        )
    original = rope.integer("original_max_position_embeddings")
    if rope.values.get("factor") is None:
        factor = reader.integer("max_position_embeddings") / original
    else:
        factor = rope.number("factor", low=1e-6)
    return RotaryConfig(
        dim,
        theta,
        kind="yarn",
        factor=factor,
        original_length=original,
        beta_fast=rope.number("beta_fast", 32.0, low=1e-6),
        beta_slow=rope.number("beta_slow", 1.0, low=1e-6),
        truncate=rope.flag("truncate", True),
        amplitude=_yarn_amplitude(rope, factor),
        interleaved=interleaved,
        skip=skip,
    )


def _first(inner: ConfigReader, outer: ConfigReader, key: str) -> ConfigReader:
    return inner if inner.values.get(key) is not None else outer


def _yarn_amplitude(rope: ConfigReader, factor: float) -> float:
    if rope.values.get("attention_factor") is not None:
        return rope.number("attention_factor")
    log = math.log(factor) if factor > 1 else 0.0
    mscale, all_dim = rope.number("mscale", 0.0), rope.number("mscale_all_dim", 0.0)
    if mscale and all_dim:
        return (0.1 * mscale * log + 1.0) / (0.1 * all_dim * log + 1.0)
    return 0.1 * log + 1.0
