"""Shapes, exact vectors and matrices, and where a layer's tensors come from."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from lipbridge.errors import ShapeError


class Norm(Enum):
    """The norm on a network's inputs and outputs."""

    EUCLIDEAN = "euclidean"
    MAXIMUM = "maximum"


Shape = tuple[int, ...]
"""``(n,)`` for a vector, ``(b, n)`` for a block of b tokens of dimension n."""

Vector = tuple[Fraction, ...]
"""An exact vector; a block is flattened token-major."""

Vectors = Sequence[Vector]
"""The values of a layer's branches."""

ExactRows = tuple[Vector, ...]
"""An exact matrix by rows; a bias is a matrix of one row."""

Tensors = Mapping[str, ExactRows]
"""Rows of each of a layer's tensors, by role."""


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

    @property
    def meaning(self) -> str:
        """Its ball in words, where it has one."""
        each = " for each token" if len(self.shape) > 1 else ""
        return f"‖{self.name or 'x'}‖ ≤ {self.norm}{each}"


@dataclass(frozen=True)
class SpectralNorm:
    """``σ_max(W)``: irrational as a rule, so that it needs a certificate."""


@dataclass(frozen=True)
class LargestEntry:
    """``max |entry + offset|``: known exactly."""

    offset: Fraction = Fraction(0)


@dataclass(frozen=True)
class Length:
    """``‖b‖`` of a vector: its square is known exactly."""


@dataclass(frozen=True)
class RowSum:
    """``max_i Σ_j |W_ij|``, the norm ℓ∞ → ℓ∞ of a matrix: known exactly."""


Measure = SpectralNorm | LargestEntry | Length | RowSum
"""The size of a tensor that enters a layer's constant, or a bound on the length of its values."""


@dataclass(frozen=True)
class TensorSlot:
    """A tensor that a layer needs.

    Attributes:
        role: what it is to the layer.
        source: where it comes from.
        shape: the shape that it must have.
        measure: which size of it enters a bound.
    """

    role: str
    source: TensorSource
    shape: tuple[int, int]
    measure: Measure

    @property
    def certified(self) -> bool:
        """Whether its spectral norm enters a bound, so that it needs a certificate."""
        return isinstance(self.measure, SpectralNorm)

    def under(self, norm: Norm) -> TensorSlot:
        """The slot with the size that enters a constant for a norm."""
        swapped = self.certified and norm is Norm.MAXIMUM
        return replace(self, measure=RowSum()) if swapped else self

    @property
    def matrix_norm(self) -> bool:
        """Whether an operator norm of it enters a bound."""
        return isinstance(self.measure, SpectralNorm | RowSum)

    @property
    def key(self) -> NormKey:
        """What its bound is filed under: a norm belongs to the tensor, other sizes to the slot."""
        return self.source if self.certified else self


NormKey = TensorSource | TensorSlot
"""What bounds of tensors are filed under, see :attr:`TensorSlot.key`."""


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
