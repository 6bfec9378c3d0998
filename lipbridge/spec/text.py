"""Writing specs: tensors by name, linear layers, whole networks."""

from __future__ import annotations

from collections.abc import Sequence

from lipbridge.errors import InputError
from lipbridge.spec.checkpoint import TensorLocation
from lipbridge.spec.identifier import Identifier

__all__ = ["join", "linear", "quoted", "tensor"]


def quoted(name: str) -> str:
    """A tensor's name in quotes.

    Raises:
        InputError: it holds what a quoted name cannot.
    """
    if '"' in name or "\n" in name:
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


def join(name: str, comments: Sequence[str], inputs: Sequence[str], body: Sequence[str]) -> str:
    """A whole spec.

    Raises:
        InputError: the name is no valid identifier.
    """
    said = [f"# {comment}" for comment in comments]
    return "\n".join([*said, f"network {Identifier(name)}", *inputs, *body]) + "\n"
