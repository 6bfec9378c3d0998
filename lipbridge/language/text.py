"""Writing specs: tensors by name, linear and rotary layers, whole networks."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from lipbridge.errors import InputError
from lipbridge.language.checkpoint.files import TensorLocation
from lipbridge.language.checkpoint.indexer_config import RotaryConfig
from lipbridge.language.identifier import Identifier


def quoted(name: str) -> str:
    """A tensor's name in quotes.

    Raises:
        InputError: it holds what a quoted name cannot.
    """
    if not {'"', "\r", "\n"}.isdisjoint(name):
        raise InputError(f"a tensor name may not hold quotes or line ends: {name!r}")
    return f'"{name}"'


def tensor(location: TensorLocation) -> str:
    """A tensor of a checkpoint, or some of its rows."""
    rows = "" if location.rows is None else f"[{location.rows[0]}:{location.rows[1]}]"
    return quoted(location.name) + rows


def linear(label: str, location: TensorLocation) -> str:
    """A linear layer without a bias; with a label, or an empty one for none."""
    text = f"linear {location.selected_shape[0]} weight={tensor(location)}"
    return f"{label}: {text}" if label else text


def rotary(
    config: RotaryConfig,
    position: int,
    step: int | None = None,
    frequencies: Sequence[Fraction] = (),
) -> str:
    """A rotary layer.

    Args:
        config: the embedding.
        position: of the vector, or of a block's first token.
        step: how many positions the tokens of a block are apart; None for a vector.
        frequencies: of the pairs; without them those of the configured base, as in no yarn.

    Raises:
        InputError: cosine and sine are stretched, so that the map is no isometry.
    """
    if config.amplitude != 1:
        raise InputError(
            f"the rotary embedding of this checkpoint stretches by {config.amplitude:g} (its "
            "config.json says yarn), which no layer of a spec does; `lipbridge bound --preset` "
            "bounds it"
        )
    steps = "" if step is None else f" step={step}"
    turns = f"base={config.theta!r}"
    if frequencies:
        turns = f"frequencies=[{', '.join(map(str, frequencies))}]"
    places = (" apart=1" if config.interleaved else "") + f" skip={config.skip}" * bool(config.skip)
    return f"rotary {config.dim // 2} position={position}{steps} {turns}{places}"


def nested(head: str, *branches: Sequence[str]) -> list[str]:
    """A layer with branches: ``head { … } { … }``, by lines."""
    lines = [f"{head} {{"]
    for branch in branches:
        lines += ["} {"] * (len(lines) > 1) + [f"  {line}" for line in branch]
    return [*lines, "}"]


def join(name: str, comments: Sequence[str], inputs: Sequence[str], body: Sequence[str]) -> str:
    """A whole spec.

    Raises:
        InputError: the name is no valid identifier.
    """
    said = [f"# {comment}" for comment in comments]
    return "\n".join([*said, f"network {Identifier.network(name)}", *inputs, *body]) + "\n"


def mlp(layers: Sequence[tuple[str, str | None]], widths: Sequence[int]) -> list[str]:
    """Linear layers, (weight, bias or None) by name, with ReLU between them.

    Raises:
        InputError: no layer, or not one width a layer.
    """
    if len(layers) != len(widths) or not layers:
        raise InputError(f"{len(layers)} layers and {len(widths)} widths; give one width a layer")
    lines: list[str] = []
    for index, ((weight, bias), width) in enumerate(zip(layers, widths, strict=True)):
        if index:
            lines.append("relu")
        shift = "" if bias is None else f" bias={quoted(bias)}"
        lines.append(f"linear {width} weight={quoted(weight)}{shift}")
    return lines
