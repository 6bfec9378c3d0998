"""What a spec says of a layer besides its keyword, and the small instances that tests run over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

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
    """One argument of a layer in the spec language; at most one a layer is positional."""

    name: str
    type: ArgumentType
    required: bool = True
    positional: bool = False
    field: str = ""
    """The layer's field that holds it, where that has another name."""


@dataclass(frozen=True)
class Sample:
    """A small instance of a layer for tests that run over the registry."""

    input: Shape
    arguments: Mapping[str, ArgumentValue] = field(default_factory=dict[str, ArgumentValue])
    branches: tuple[str, ...] = ()
    """Sources of the branches' bodies, where the layer has branches."""
    inputs: tuple[InputPart, ...] = ()
    """The network's inputs, where the branches read them by name."""
