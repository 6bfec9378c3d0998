"""What every layer states about itself: arguments, shapes, constant, exact meaning, Lean rule.

A layer is a frozen record of facts, free of torch.  All constants are for the Euclidean norm;
a block of ``b`` tokens of dimension ``d`` has shape ``(b, d)`` and is measured as the stacked
vector of length ``b·d`` (token-major), as in the Lean library.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from functools import reduce
from operator import add
from typing import ClassVar, Generic, Protocol, Self, TypeVar

from lipbridge.errors import ShapeError

__all__ = [
    "Argument",
    "ArgumentType",
    "ArgumentValue",
    "Branch",
    "BranchBound",
    "ExactRows",
    "InlineTensor",
    "InputPart",
    "K",
    "Layer",
    "Magnitude",
    "NormKey",
    "Sample",
    "Shape",
    "Symbols",
    "TensorRef",
    "TensorSlot",
    "TensorSource",
    "Vector",
    "affine",
    "check_inline",
    "inline",
    "require_block",
    "require_branches",
    "require_vector",
    "size",
    "token_vectors",
    "tokens",
    "total",
]

Shape = tuple[int, ...]
"""``(n,)`` for a vector, ``(b, n)`` for a block of b tokens of dimension n."""

Vector = tuple[Fraction, ...]
"""An exact vector; a block is flattened token-major."""

ExactRows = tuple[Vector, ...]
"""An exact matrix by rows; a bias is a matrix of one row."""


def size(shape: Shape) -> int:
    """Number of entries of a shape."""
    return math.prod(shape)


def tokens(shape: Shape) -> tuple[int, int]:
    """``(b, d)`` of a block, ``(1, n)`` of a plain vector."""
    return (1, shape[0]) if len(shape) == 1 else (shape[0], shape[1])


def token_vectors(shape: Shape, x: Vector) -> tuple[Vector, ...]:
    """The tokens of a block, each as a vector; a plain vector is its only one."""
    count, width = tokens(shape)
    return tuple(x[t * width : (t + 1) * width] for t in range(count))


@dataclass(frozen=True)
class TensorRef:
    """A tensor of the weights file, by name; ``rows = (a, b)`` keeps rows a ≤ i < b."""

    name: str
    rows: tuple[int, int] | None = None

    def __str__(self) -> str:
        return self.name if self.rows is None else f"{self.name}[{self.rows[0]}:{self.rows[1]}]"


@dataclass(frozen=True)
class InlineTensor:
    """An exact matrix written in the spec itself."""

    rows: ExactRows

    def __str__(self) -> str:
        return "[" + ", ".join("[" + ", ".join(map(str, row)) + "]" for row in self.rows) + "]"


TensorSource = TensorRef | InlineTensor


@dataclass(frozen=True)
class InputPart:
    """One input of a network: a part of the stacked vector of all its inputs.

    Attributes:
        name: its name in the spec; empty for the only input of a network.
        offset: where it starts.
        shape: a vector or a block of tokens.
        norm: the largest Euclidean length of the vector, or of each token of the block; None where
            nothing is said.
    """

    name: str
    offset: int
    shape: Shape
    norm: Fraction | None = None

    @property
    def stop(self) -> int:
        """Where it ends."""
        return self.offset + size(self.shape)


@dataclass(frozen=True)
class TensorSlot:
    """A tensor that a layer needs.

    Attributes:
        role: what it is to the layer.
        source: where it comes from.
        shape: the shape that it must have.
        normed: whether its spectral norm enters the layer's constant, so that it needs a
            certificate.
        largest: c, where ``max |entry + c|`` enters the constant; it is known exactly.
    """

    role: str
    source: TensorSource
    shape: tuple[int, int]
    normed: bool = False
    largest: Fraction | None = None

    @property
    def key(self) -> NormKey:
        """What its bound is filed under: a norm belongs to the tensor, other sizes to the slot."""
        return self.source if self.normed else self


NormKey = TensorSource | TensorSlot
"""What bounds of tensors are filed under, see :attr:`TensorSlot.key`."""


class Magnitude(Protocol):
    """What a constant is made of: an expression, or an exact number ≥ 0 (``symbolic``)."""

    def __add__(self, other: Self, /) -> Self: ...

    def __mul__(self, other: Self, /) -> Self: ...

    def __truediv__(self, other: Self, /) -> Self: ...


K = TypeVar("K", bound=Magnitude)


class Symbols(Protocol[K]):
    """Where a layer takes the parts of its constant from.

    A layer writes its constant once, over any kind of magnitude: over expressions it is the
    symbolic constant, over numbers its value.
    """

    def norm(self, slot: TensorSlot) -> K:
        """The Euclidean operator norm of a tensor: a symbol ≥ 0."""
        ...

    def largest(self, slot: TensorSlot) -> K:
        """The largest ``|entry + c|`` of a tensor, c its slot's ``largest``: a symbol ≥ 0."""
        ...

    def length(self, slot: TensorSlot) -> K:
        """The Euclidean length of a vector: a symbol ≥ 0."""
        ...

    def number(self, letter: str, value: Fraction) -> K:
        """A known positive number, shown as a letter."""
        ...

    def rational(self, value: Fraction | int) -> K:
        """A known number ≥ 0, shown as it is."""
        ...

    def root(self, square: K) -> K:
        """The square root."""
        ...

    def moves(self, part: InputPart) -> bool:
        """Whether this input is one of those in which the constant is asked for."""
        ...


@dataclass(frozen=True)
class BranchBound(Generic[K]):
    """What is known of a branch.

    Attributes:
        constant: its Lipschitz constant.
        reach: a bound on the length of its values (of each token, for a block); None where none is
            known, and wherever no layer asks for one.
        moves: whether it depends on the inputs in which the constant is asked for.
        whole: whether the reach is one of the whole block, its tokens stacked.
    """

    constant: K
    reach: K | None = None
    moves: bool = True
    whole: bool = True


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


@dataclass(frozen=True)
class Sample:
    """A small instance of a layer for tests that run over the registry."""

    input: Shape
    arguments: Mapping[str, ArgumentValue] = field(default_factory=dict[str, ArgumentValue])
    branches: tuple[str, ...] = ()
    """Sources of the branches' bodies, where the layer has branches."""
    inputs: tuple[InputPart, ...] = ()
    """The network's inputs, where the branches read them by name."""


@dataclass(frozen=True)
class Branch:
    """Layers in sequence: the body of a network or of a branch."""

    input: Shape
    layers: tuple[Layer, ...]

    @property
    def output(self) -> Shape:
        """Shape after the last layer."""
        return self.layers[-1].output if self.layers else self.input

    def moves(self, moving: Callable[[InputPart], bool]) -> bool:
        """Whether it depends on the inputs of a kind; see :meth:`Layer.moves`."""
        return not self.layers or self.layers[0].moves(moving)


@dataclass(frozen=True, kw_only=True)
class Layer(ABC):
    """One layer of an indexer, with its shapes resolved.

    Class facts:
        kind: the keyword of the spec language.
        summary: one line for documentation and error messages.
        arguments: the spec arguments it takes.
        lean_rule: the Lean theorem that proves its constant.
        branching: whether it has branches.
        exact: whether rational inputs have rational values; if not, ``apply`` is right to float64
            precision only, and no values are stated in Lean.
        parameter: the Lean type of a function that the layer takes as given (a root, an
            activation), or empty; its template states in ``premise`` what that function must be.
        tight: whether no smaller constant holds, for the tensors' true norms.
        fixes_zero: whether it takes 0 to 0, so that it lengthens by no more than its constant.
        bounded_branches: whether its constant asks how long its branches' values are.
        samples: small instances for tests.
    """

    kind: ClassVar[str]
    summary: ClassVar[str]
    arguments: ClassVar[tuple[Argument, ...]] = ()
    lean_rule: ClassVar[str]
    branching: ClassVar[bool] = False
    exact: ClassVar[bool] = True
    parameter: ClassVar[str] = ""
    tight: ClassVar[bool] = True
    fixes_zero: ClassVar[bool] = False
    bounded_branches: ClassVar[bool] = False
    samples: ClassVar[tuple[Sample, ...]]

    name: str
    input: Shape
    output: Shape

    @classmethod
    @abstractmethod
    def build(
        cls,
        name: str,
        input: Shape,
        arguments: Mapping[str, ArgumentValue],
        branches: tuple[Branch, ...],
    ) -> Self:
        """The layer for a given input shape.

        Raises:
            ShapeError: the arguments do not fit the input; the message names both.

        """

    @abstractmethod
    def constant(self, symbols: Symbols[K], branches: Sequence[BranchBound[K]]) -> K:
        """Lipschitz constant (ℓ2 → ℓ2) from its tensors' norms and its branches' constants.

        Raises:
            UnboundedError: it asks how long the values of a branch are, and nothing bounds them.
        """

    def reach(
        self, symbols: Symbols[K], before: K | None, branches: Sequence[BranchBound[K]]
    ) -> tuple[K, ...] | None:
        """Summands of a bound on the length of its values, of each token for a block.

        Args:
            symbols: where symbols come from.
            before: a bound on the length of its input, of each token for a block; None where none
                is known.
            branches: what is known of its branches.

        Returns:
            Magnitudes whose sum bounds the length; None where nothing is known.
        """
        if before is None or not self.fixes_zero:
            return None
        return (self.constant(symbols, branches) * before,)

    def whole(self, before: bool) -> bool:
        """Whether its reach is one of its whole value, a block's tokens stacked.

        Args:
            before: whether the bound on its input is one of the whole.
        """
        return len(self.output) == 1

    def moves(self, moving: Callable[[InputPart], bool]) -> bool:
        """Whether it depends on the inputs of a kind.

        Args:
            moving: tells of an input whether it is of that kind.
        """
        return not self.local or any(branch.moves(moving) for branch in self.children())

    @property
    def local(self) -> bool:
        """Whether it reads one of several inputs, or has a constant on the inputs' domain only."""
        return any(layer.local for branch in self.children() for layer in branch.layers)

    @abstractmethod
    def apply(
        self, x: Vector, tensors: Mapping[str, ExactRows], branches: Sequence[Vector] = ()
    ) -> Vector:
        """The layer's exact value.

        Args:
            x: the input.
            tensors: rows of each slot, by role.
            branches: the values of its branches at x.
        """

    def apply_integers(
        self, x: Vector, tensors: Mapping[str, ExactRows], branches: Sequence[Vector] = ()
    ) -> Vector:
        """The value of the Lean function over ℤ with every reciprocal replaced by 1.

        Layers that divide by one of their :meth:`denominators` override this; ``tensors`` holds
        the stored integers.
        """
        return self.apply(x, tensors, branches)

    def slots(self) -> tuple[TensorSlot, ...]:
        """The tensors it needs."""
        return ()

    def denominators(self) -> tuple[int, ...]:
        """Integers d whose reciprocal 1/d the Lean function uses, besides those of its tensors."""
        return ()

    @property
    def given(self) -> tuple[object, ...]:
        """What determines the function that it takes as given: equal ones are one function."""
        return (self.name,)

    @property
    def parameter_type(self) -> str:
        """The Lean type of the function that it takes as given, for its input's shape; or empty."""
        return self.parameter

    def children(self) -> tuple[Branch, ...]:
        """Its branches, all of which read this layer's input."""
        return ()


def total(magnitudes: Sequence[K]) -> K:
    """The sum of one magnitude or more."""
    return reduce(add, magnitudes)


def require_branches(kind: str, branches: tuple[Branch, ...], least: int, most: int | None) -> None:
    """Hold the number of branches against what a layer takes.

    Raises:
        ShapeError: too few, too many, or an empty one.
    """
    wanted = str(least) if most == least else f"at least {least}"
    if len(branches) < least or (most is not None and len(branches) > most):
        raise ShapeError(f"{kind} takes {wanted} branches in braces, not {len(branches)}")
    if any(not branch.layers for branch in branches):
        raise ShapeError(f"{kind} has an empty branch; write `scale 1` for the identity")


def require_vector(kind: str, shape: Shape) -> int:
    """Dimension of a plain vector shape.

    Raises:
        ShapeError: the shape is a block.

    """
    if len(shape) != 1:
        raise ShapeError(f"{kind} needs a vector but its input is a block of shape {shape}")
    return shape[0]


def require_block(kind: str, shape: Shape) -> tuple[int, int]:
    """``(b, d)`` of a block shape.

    Raises:
        ShapeError: the shape is a plain vector.

    """
    if len(shape) != 2:
        raise ShapeError(
            f"{kind} needs a block of tokens but its input has dimension {shape[0]}; "
            f"declare the input as `input B x {shape[0]}` with B tokens"
        )
    return shape[0], shape[1]


def check_inline(slot: TensorSlot) -> None:
    """Hold an inline tensor against the shape its layer needs.

    Raises:
        ShapeError: the shapes differ.

    """
    if isinstance(slot.source, InlineTensor):
        found = (len(slot.source.rows), len(slot.source.rows[0]))
        if found != slot.shape:
            raise ShapeError(
                f"{slot.role} is {found[0]}×{found[1]}, "
                f"but {slot.shape[0]}×{slot.shape[1]} is needed"
            )


def inline(*rows: Sequence[int | Fraction]) -> InlineTensor:
    """An inline tensor from rows of exact numbers."""
    return InlineTensor(tuple(tuple(map(Fraction, row)) for row in rows))


def affine(rows: ExactRows, x: Vector, bias: Vector | None = None) -> Vector:
    """Exact ``Wx + b``, in integers over common denominators: fractions add far more slowly."""
    point, scale = _integers(x)
    products: list[Fraction] = []
    for row in rows:
        weights, common = _integers(row)
        products.append(
            Fraction(sum(w * v for w, v in zip(weights, point, strict=True)), common * scale)
        )
    return tuple(products) if bias is None else tuple(map(Fraction.__add__, products, bias))


def _integers(vector: Vector) -> tuple[list[int], int]:
    """Numerators over a common denominator, and that denominator."""
    common = math.lcm(*(value.denominator for value in vector))
    if common == 1:
        return [value.numerator for value in vector], 1
    return [value.numerator * (common // value.denominator) for value in vector], common
