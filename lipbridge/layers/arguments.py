"""What a spec says of a layer besides its keyword, and the small instances that tests run over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from enum import Enum
from fractions import Fraction
from typing import Any

from lipbridge.layers.tensors import InlineTensor, InputPart, Shape, TensorRef


class ArgumentType(Enum):
    """What a spec argument may hold, in the words of error messages."""

    COUNT = "a positive integer"
    NUMBER = "an exact number"
    MATRIX = "a matrix or a tensor name"
    VECTOR = "a vector or a tensor name"
    INPUT = "the name of an input"


ArgumentValue = int | Fraction | TensorRef | InlineTensor | InputPart


@dataclass(frozen=True)
class Argument:
    """One argument of a layer in the spec language; at most one a layer is positional.

    Attributes:
        name: its name in a spec.
        type: what it may hold.
        required: whether the layer has no default for it.
        positional: whether it stands without its name.
        field: the layer's field that holds it.
    """

    name: str
    type: ArgumentType
    required: bool
    positional: bool
    field: str


def argument(
    type: ArgumentType, *, positional: bool = False, name: str = "", default: Any = MISSING
) -> Any:
    """A field that is an argument of the spec, of its own name unless one is given."""
    return field(default=default, metadata={"argument": (name, type, positional)})


def arguments_of(cls: type) -> tuple[Argument, ...]:
    """The arguments that the fields of a layer are."""
    found: list[Argument] = []
    for each in fields(cls):
        if "argument" in each.metadata:
            name, type, positional = each.metadata["argument"]
            required = each.default is MISSING
            found.append(Argument(name or each.name, type, required, positional, each.name))
    return tuple(found)


@dataclass(frozen=True)
class Sample:
    """A small instance of a layer for tests that run over the registry."""

    input: Shape
    arguments: Mapping[str, ArgumentValue] = field(default_factory=dict[str, ArgumentValue])
    branches: tuple[str, ...] = ()
    """Sources of the branches' bodies, where the layer has branches."""
    inputs: tuple[InputPart, ...] = ()
    """The network's inputs, where the branches read them by name."""
