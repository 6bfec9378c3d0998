"""Squared constants as exact fractions: K² is certified, since K itself may be irrational."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.errors import UnboundedError
from lipbridge.language.network import Network
from lipbridge.layers import Branch, BranchBound, InputPart, Layer, Norm, TensorSlot
from lipbridge.symbolic.fold import fold

Root = Callable[[Fraction], Fraction]
NormSquare = Callable[[TensorSlot], Fraction]


@dataclass(frozen=True)
class ExactRoot:
    """``factor·√radicand``, both ≥ 0: a number whose square is rational, exactly.

    No root is ever taken, so that norms of thousands of bits cost nothing.
    """

    factor: Fraction
    radicand: Fraction = Fraction(1)

    @property
    def square(self) -> Fraction:
        """Its square."""
        return self.factor**2 * self.radicand

    def __add__(self, other: ExactRoot) -> ExactRoot:
        if self.radicand != other.radicand:
            raise AssertionError("the square of a sum of different roots is not rational")
        return ExactRoot(self.factor + other.factor, self.radicand)

    def __mul__(self, other: ExactRoot) -> ExactRoot:
        if self.radicand == other.radicand:
            return ExactRoot(self.factor * other.factor * self.radicand)
        return ExactRoot(self.factor * other.factor, self.radicand * other.radicand)

    def __truediv__(self, other: ExactRoot) -> ExactRoot:
        return ExactRoot(self.factor / other.factor, self.radicand / other.radicand)


@dataclass(frozen=True)
class LayerSquare:
    """A layer with the square of its constant, branches composed in.

    Attributes:
        layer: the layer.
        square: K².
        branches: its branches.
        output_norm: rational summands of a bound on the length of its values, where asked for.
        frobenius: whether that bound is one of the Frobenius norm, of all tokens together.
    """

    layer: Layer
    square: Fraction
    branches: tuple[BranchSquare, ...]
    output_norm: tuple[Fraction, ...] | None = None
    frobenius: bool = True


@dataclass(frozen=True)
class BranchSquare:
    """Layers in sequence: the square of their constant, and a rational constant near its root.

    Attributes:
        layers: the layers.
        square: K².
        constant: K, rounded.
        output_norm: a bound on the length of the values, of each token for a block; None where it
            was not asked for or none is known.
        varies: whether they depend on an input that varies.
        frobenius: whether that bound is one of the Frobenius norm, of all tokens together.
    """

    layers: tuple[LayerSquare, ...]
    square: Fraction
    constant: Fraction
    output_norm: Fraction | None = None
    varies: bool = True
    frobenius: bool = True


class Squares:
    """The algebra of numbers whose squares are exact.

    Args:
        norm_square: the square of the size that a slot asks for, or a bound of it.
        root: a rational square root, rounded upward for upper bounds and downward for lower ones.
        along: the input in which the constant is asked for; None for all together.
    """

    def __init__(self, norm_square: NormSquare, root: Root, along: InputPart | None = None) -> None:
        self._norm_square, self._root, self._along = norm_square, root, along

    def measure(self, slot: TensorSlot) -> ExactRoot:
        return ExactRoot(Fraction(1), self._norm_square(slot))

    def number(self, letter: str, value: Fraction) -> ExactRoot:
        return self.rational(value)

    def rational(self, value: Fraction | int) -> ExactRoot:
        return ExactRoot(Fraction(value))

    def root(self, square: ExactRoot) -> ExactRoot:
        if square.radicand != 1:
            raise AssertionError("the square of a root of a root is not rational")
        return ExactRoot(Fraction(1), square.factor)

    def largest(self, values: Sequence[ExactRoot]) -> ExactRoot:
        return max(values, key=lambda value: value.square)

    def varies(self, part: InputPart) -> bool:
        return self._along in (None, part)

    def enter(self, layer: Layer) -> None:
        """Nothing depends on which layer it is."""

    def entry(
        self,
        layer: Layer,
        constant: ExactRoot,
        branches: tuple[BranchSquare, ...],
        output_norm: tuple[ExactRoot, ...] | None,
        frobenius: bool,
    ) -> LayerSquare:
        terms = None if output_norm is None else tuple(map(self._rounded, output_norm))
        return LayerSquare(layer, constant.square, branches, terms, frobenius)

    def length(self, output_norm: tuple[ExactRoot, ...]) -> ExactRoot:
        return ExactRoot(sum(map(self._rounded, output_norm), Fraction(0)))

    def sequence(
        self,
        branch: Branch,
        entries: Sequence[LayerSquare],
        output_norm: ExactRoot | None,
        frobenius: bool,
    ) -> BranchSquare:
        square = math.prod((entry.square for entry in entries), start=Fraction(1))
        values = None if output_norm is None else self._rounded(output_norm)
        varies = branch.depends_on(self.varies)
        return BranchSquare(tuple(entries), square, self._root(square), values, varies, frobenius)

    def bound(self, sequence: BranchSquare, branch: Branch) -> BranchBound[ExactRoot]:
        output_norm = None if sequence.output_norm is None else ExactRoot(sequence.output_norm)
        return BranchBound(
            ExactRoot(sequence.constant), output_norm, sequence.varies, sequence.frobenius
        )

    def _rounded(self, value: ExactRoot) -> Fraction:
        """The value where it is rational, else the given rounding of it."""
        parts = math.isqrt(value.radicand.numerator), math.isqrt(value.radicand.denominator)
        exact = Fraction(*parts)
        return value.factor * exact if exact**2 == value.radicand else self._root(value.square)


def branch_square(branch: Branch, norm_square: NormSquare, root: Root) -> BranchSquare:
    """Evaluate the composition rule in exact squares, in all inputs together.

    Args:
        branch: layers in sequence.
        norm_square: the square of the size that a slot asks for, or a bound of it.
        root: a rational square root, rounded upward for upper bounds and downward for lower ones.

    Raises:
        UnboundedError: a layer asks how long the values of a branch are, and nothing bounds them.
    """
    return fold(branch, Squares(norm_square, root))


def _rational_root(square: Fraction) -> Fraction:
    """The root of a square: constants in the maximum norm are rational."""
    return Fraction(math.isqrt(square.numerator), math.isqrt(square.denominator))


def network_squares(
    network: Network, norm_square: NormSquare, root: Root
) -> dict[InputPart, BranchSquare]:
    """The squares of a network's constants, by the input that varies while the others are fixed.

    Args:
        network: the network; in all inputs together its squared constant is the sum.
        norm_square: the squared norm (a bound of it) of the tensor that a constant needs.
        root: as in :func:`branch_square`.

    Returns:
        An entry an input that has a constant; one input of most networks, and they have one.

    Raises:
        UnboundedError: it has no constant in any of its inputs.
    """
    if network.norm is Norm.MAXIMUM:
        root = _rational_root
    parts = network.parts
    found: dict[InputPart, BranchSquare] = {}
    errors: list[UnboundedError] = []
    known = parts[0].norm if len(parts) == 1 else None
    before = None if known is None else ExactRoot(known)
    for part in parts:
        try:
            algebra = Squares(norm_square, root, part)
            found[part] = fold(network.body, algebra, norm=network.norm, before=before)
        except UnboundedError as error:
            errors.append(error)
    if not found:
        raise errors[0]
    return found
