"""Squared constants as exact fractions: K² is certified, since K itself may be irrational."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.errors import UnboundedError
from lipbridge.language.network import Network
from lipbridge.layers import Branch, BranchBound, InputPart, Layer, TensorSlot

__all__ = ["BranchSquare", "LayerSquare", "branch_square", "layer_square", "network_squares"]

Root = Callable[[Fraction], Fraction]
NormSquare = Callable[[TensorSlot], Fraction]


@dataclass(frozen=True)
class _Root:
    """``factor·√radicand``, both ≥ 0: a number whose square is rational, exactly.

    No root is ever taken, so that norms of thousands of bits cost nothing.
    """

    factor: Fraction
    radicand: Fraction = Fraction(1)

    @property
    def square(self) -> Fraction:
        """Its square."""
        return self.factor**2 * self.radicand

    def __add__(self, other: _Root) -> _Root:
        if self.radicand != other.radicand:
            raise AssertionError("the square of a sum of different roots is not rational")
        return _Root(self.factor + other.factor, self.radicand)

    def __mul__(self, other: _Root) -> _Root:
        if self.radicand == other.radicand:
            return _Root(self.factor * other.factor * self.radicand)
        return _Root(self.factor * other.factor, self.radicand * other.radicand)

    def __truediv__(self, other: _Root) -> _Root:
        return _Root(self.factor / other.factor, self.radicand / other.radicand)


class _Squares:
    """Norms whose squares are known, and known numbers."""

    def __init__(self, norm_square: NormSquare, along: InputPart | None) -> None:
        self._norm_square, self._along = norm_square, along

    def measure(self, slot: TensorSlot) -> _Root:
        return _Root(Fraction(1), self._norm_square(slot))

    def number(self, letter: str, value: Fraction) -> _Root:
        return self.rational(value)

    def rational(self, value: Fraction | int) -> _Root:
        return _Root(Fraction(value))

    def root(self, square: _Root) -> _Root:
        if square.radicand != 1:
            raise AssertionError("the square of a root of a root is not rational")
        return _Root(Fraction(1), square.factor)

    def moves(self, part: InputPart) -> bool:
        return self._along in (None, part)


@dataclass(frozen=True)
class LayerSquare:
    """A layer with the square of its constant, branches composed in.

    Attributes:
        layer: the layer.
        square: K².
        branches: its branches.
        reach: rational summands of a bound on the length of its values, where it is asked for.
        whole: whether that bound is one of the whole value, a block's tokens stacked.
    """

    layer: Layer
    square: Fraction
    branches: tuple[BranchSquare, ...]
    reach: tuple[Fraction, ...] | None = None
    whole: bool = True


@dataclass(frozen=True)
class BranchSquare:
    """Layers in sequence: the square of their constant, and a rational constant near its root.

    Attributes:
        layers: the layers.
        square: K².
        constant: K, rounded.
        reach: a bound on the length of the values, of each token for a block; None where it was
            not asked for or none is known.
        moves: whether they depend on the input in which the constant is asked for.
        whole: whether the reach is one of the whole values, a block's tokens stacked.
    """

    layers: tuple[LayerSquare, ...]
    square: Fraction
    constant: Fraction
    reach: Fraction | None = None
    moves: bool = True
    whole: bool = True


def layer_square(
    layer: Layer,
    norm_square: NormSquare,
    branches: Sequence[BranchSquare],
    along: InputPart | None = None,
) -> Fraction:
    """The exact square of a layer's constant.

    Args:
        layer: the layer.
        norm_square: the squared norm (a bound of it) of a tensor, or the square of its largest
            entry where the slot asks for that.
        branches: its branches.
        along: the input in which the constant is asked for; None for all together.

    Returns:
        K², from the layer's own constant, evaluated in numbers whose squares are exact.
    """
    return layer.constant(_Squares(norm_square, along), _bounds(branches)).square


def _bounds(branches: Sequence[BranchSquare]) -> list[BranchBound[_Root]]:
    return [
        BranchBound(_Root(branch.constant), _letter(branch.reach), branch.moves, branch.whole)
        for branch in branches
    ]


def _letter(value: Fraction | None) -> _Root | None:
    return None if value is None else _Root(value)


def _rounded(value: _Root, root: Root) -> Fraction:
    """The value where it is rational, else the given rounding of it."""
    parts = math.isqrt(value.radicand.numerator), math.isqrt(value.radicand.denominator)
    exact = Fraction(*parts)
    return value.factor * exact if exact**2 == value.radicand else root(value.square)


def branch_square(
    branch: Branch,
    norm_square: NormSquare,
    root: Root,
    *,
    along: InputPart | None = None,
    before: Fraction | None = None,
    bounded: bool = False,
) -> BranchSquare:
    """Evaluate the composition rule in exact squares.

    Args:
        branch: layers in sequence.
        norm_square: the squared norm (a bound of it) of the tensor that a constant needs.
        root: a rational square root, rounded upward for upper bounds and downward for lower ones.
        along: the input in which the constant is asked for; None for all together.
        before: a bound on the length of what the branch reads, of each token for a block.
        bounded: whether a bound on the length of its values is asked for.

    Raises:
        UnboundedError: a layer asks how long the values of a branch are, and nothing bounds them.
    """
    layers: list[LayerSquare] = []
    reach, whole = before, len(branch.input) == 1
    for index, layer in enumerate(branch.layers):
        follow = not index and (bounded or layer.bounded_branches)
        inner = tuple(
            branch_square(
                child,
                norm_square,
                root,
                along=along,
                before=reach if follow else None,
                bounded=follow,
            )
            for child in layer.children()
        )
        square = layer_square(layer, norm_square, inner, along)
        terms: tuple[Fraction, ...] | None = None
        if bounded:
            found = layer.reach(_Squares(norm_square, along), _letter(reach), _bounds(inner))
            if found is not None:
                terms = tuple(_rounded(term, root) for term in found)
        whole = layer.whole(whole)
        layers.append(LayerSquare(layer, square, inner, terms, whole))
        reach = None if terms is None else sum(terms, Fraction(0))
    square = math.prod((entry.square for entry in layers), start=Fraction(1))
    moves = branch.moves(_Squares(norm_square, along).moves)
    values = reach if bounded else None
    return BranchSquare(tuple(layers), square, root(square), values, moves, whole)


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
    parts = network.parts
    found: dict[InputPart, BranchSquare] = {}
    errors: list[UnboundedError] = []
    before = parts[0].norm if len(parts) == 1 else None
    for part in parts:
        try:
            found[part] = branch_square(network.body, norm_square, root, along=part, before=before)
        except UnboundedError as error:
            errors.append(error)
    if not found:
        raise errors[0]
    return found
