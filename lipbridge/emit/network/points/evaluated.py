"""Evaluated points: theorems that the Lean network takes the values exact arithmetic gives.

Over ℤ, with every reciprocal and every given root replaced by 1, rotations by quarter turns and
given activations by the identity, the exported function is an integer function. Its values at a
few integer points are computed here from the stored tensors and there by the kernel, so that the
model and the network are the same function.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import islice, pairwise
from typing import ClassVar

from lipbridge.emit.data.packed import product_bits
from lipbridge.emit.lean.declaration import CHECKED, Binder, Scope, implicit
from lipbridge.emit.lean.literals import shape_term
from lipbridge.emit.lean.render import render
from lipbridge.emit.lean.term import Term, app, lean_term
from lipbridge.emit.network.branch_context import BranchContext
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.layer_context import LayerContext, congruence
from lipbridge.emit.network.module import NetworkModule
from lipbridge.emit.network.points.integer_vectors import (
    ONE,
    IntegerVector,
    integer_vector,
    over_integers,
    plain,
    shown,
)
from lipbridge.emit.network.points.repeated import RepeatedPoint, RepeatedValues, repeated_points
from lipbridge.emit.network.points.values import pooling_bits
from lipbridge.language.exact import integer_tensors, integer_values
from lipbridge.layers import Vector, size
from lipbridge.layers.layer_norm import CentredNorm

# What the kernel takes, in microseconds: rough, only to leave out what would take minutes.
_ENTRY_OF_MATRIX = 25
_ENTRY_OF_LIST = 4
_READ = 60
_BLOCK_OF_POOL = 300
_BUDGET = 15_000_000
# From here on one token of a block, and one branch after the other, are worth the theorems.
_CHEAP = 1_000_000
_LARGEST = 3
_POINTS = 2


@dataclass(frozen=True)
class LayerValue:
    """A layer with its integer value at a point.

    Attributes:
        layer: the layer.
        before: the vector that it is given.
        value: its value.
    """

    layer: LayerContext
    before: IntegerVector
    value: IntegerVector


@dataclass(frozen=True)
class Point:
    """An integer point with the values of the network's layers at it.

    Attributes:
        name: Lean name of the theorem.
        input: the point.
        values: the layers in sequence.
        meaning: the point and the network's value there, long vectors cut, for the docstring.
    """

    name: str
    input: IntegerVector
    values: tuple[LayerValue, ...]
    meaning: str

    @property
    def result(self) -> IntegerVector:
        """The network's value."""
        return self.values[-1].value


AnyPoint = Point | RepeatedPoint


def evaluated_points(context: NetworkContext) -> tuple[AnyPoint, ...]:
    """Points that the kernel evaluates in seconds; none for networks where it would not.

    The points are small integers drawn from a generator seeded with the network's name.
    """
    cost = _cost(context)
    thorough = context.exact and not context.network.local
    if cost > (_BUDGET if thorough else _CHEAP):
        found = repeated_points(context)
        if found or cost > _BUDGET or not context.exact:
            return found
    layers = [layer for branch in context.sequences() for layer in branch.layers]
    tensors = integer_tensors(
        [layer.layer for layer in layers],
        {
            slot.source: layer.tensors[slot.role].matrix
            for layer in layers
            for slot in layer.layer.slots()
        },
    )
    generator = random.Random(context.network.name)  # noqa: S311
    count = min(_POINTS, max(1, _BUDGET // (4 * cost)))
    points: list[Point] = []
    for index in range(1, count + 1):
        x = _drawn(generator, size(context.network.input))
        values = integer_values(context.network.body, x, tensors)
        vectors = [integer_vector(value) for value in (x, *values)]
        steps = zip(context.body.layers, pairwise(vectors), strict=True)
        points.append(
            Point(
                f"{context.body.name}_point{index}",
                vectors[0],
                tuple(LayerValue(layer, before, after) for layer, (before, after) in steps),
                f"{shown(x)} ↦ {shown(values[-1])}",
            )
        )
    return tuple(points)


def _drawn(generator: random.Random, count: int) -> Vector:
    """Integers up to the largest: what ``randint`` draws, in a fraction of its time."""
    known = tuple(map(Fraction, range(-_LARGEST, _LARGEST + 1)))
    bits = iter(partial(generator.getrandbits, len(known).bit_length()), -1)
    return tuple(islice((known[drawn] for drawn in bits if drawn < len(known)), count))


def _cost(context: NetworkContext) -> int:
    """Microseconds for one point, a guess."""
    total, listed = 0, False
    for layer in context.body.layers:
        read = _ENTRY_OF_LIST * layer.input // 2 if listed else _READ
        if layer.kind == "mean_pool":
            total += _BLOCK_OF_POOL * layer.block
        elif layer.weight is not None and layer.block == 1:
            total += _ENTRY_OF_MATRIX * layer.input * layer.output + read * layer.input
        else:
            total += (read + _READ) * (_reads(layer) + layer.input)
        total += _ENTRY_OF_LIST * layer.output**2 // 2
        listed = True
    return max(1, total)


def _reads(layer: LayerContext) -> int:
    """Entries that are read where a layer is evaluated entry by entry, its branches included."""
    own = sum(t.matrix.rows * t.matrix.cols for t in layer.tensors.values())
    if isinstance(layer.layer, CentredNorm):
        # Each entry takes the sum of its group.
        own += layer.width * layer.layer.grouping[1]
    inner = (inner for branch in layer.branches for inner in branch.layers)
    return layer.block * own + sum(_reads(view) + view.input for view in inner)


@dataclass(frozen=True)
class PointsModule(NetworkModule):
    """The network's values at integer points."""

    title: ClassVar[str] = "Points"

    @property
    def imports(self) -> Sequence[str]:
        return [f"{self.network.namespace}.Network"]

    @property
    def about(self) -> str:
        return render("points.txt.jinja", n=self.network)


def points_module(context: NetworkContext) -> PointsModule | None:
    """The module of evaluated points, where the kernel evaluates some in seconds.

    Raises:
        InputError: a label clashes with a generated name.
    """
    points = evaluated_points(context)
    if not points:
        return None
    scope = Scope(parent=context.scope)
    _Points(context, scope).declare(points)
    return PointsModule(context, scope)


class _Points:
    def __init__(self, context: NetworkContext, scope: Scope) -> None:
        self.context, self.scope = context, scope

    def declare(self, points: Sequence[AnyPoint]) -> None:
        # At equal tokens branches are evaluated one by one, each from its input on.
        whole = not any(isinstance(point, RepeatedPoint) for point in points)
        for branch in self.context.sequences():
            for layer in branch.layers[0 if whole else 1 :]:
                if whole or not layer.branches:
                    self.congruence(layer, layer.congruence())
            if whole and branch.name != self.context.body.name:
                proof = lean_term("h")
                for layer in branch.layers:
                    proof = congruence(layer, proof)
                self.congruence(branch, proof)
        for point in points:
            if isinstance(point, RepeatedPoint):
                RepeatedValues(self.context, self.scope, point).declare()
            else:
                self.point(point)

    def congruence(self, view: LayerContext | BranchContext, proof: Term) -> None:
        x, y = implicit("x y", "Vec R"), app("Agree", view.input, "x", "y")
        given = plain(self.context.parameters)
        function = view.function.put(given)
        self.scope.theorem(
            f"{view.name}_congr",
            view.name,
            f"`{view.name}` depends on the first {view.input} entries only.",
            app("Agree", view.output, app(function, "x"), app(function, "y")),
            proof.put(given),
            (x, Binder("h", y)),
        )

    def point(self, point: Point) -> None:
        body, proof = self.context.body, lean_term("_")
        x = self.vector(f"{point.name}_x", "The point", "Vec Int", point.input.packed)
        before = x
        for value in point.values:
            layer, first = value.layer, value is point.values[0]
            name = f"{point.name}_{layer.name}"
            about = f"The value of `{layer.name}` at the point"
            listed = self.vector(f"{name}_value", about, "List Int", value.value.listed)
            after = app("ofList", listed)
            self.scope.theorem(
                name,
                body.name,
                f"`{layer.name}` takes {'the point' if first else 'the value before it'} to its.",
                self.value(layer, before, after),
                self.evaluation(value, first),
            )
            ones = [ONE for _ in self.scope[f"{layer.name}_congr"].parts[1:]]
            again = app(f"{layer.name}_congr", *ones, proof)
            proof = lean_term(name) if first else app("Agree.trans", again, name)
            before = after
        given = ", given functions by plain ones" if self.context.parameters else ""
        self.scope.theorem(
            point.name,
            body.name,
            f"`{body.name}` over the integers, every reciprocal replaced by 1{given}: "
            f"{point.meaning}.",
            self.value(body, x, before),
            proof,
            summary=f"the value of {body.name} over the integers at an integer point",
        )

    def vector(self, name: str, about: str, type: str, value: Term) -> Term:
        self.scope.definition(name, self.context.body.name, f"{about}, packed.", type, value)
        return self.scope[name]

    def value(self, view: LayerContext | BranchContext, x: Term, value: Term) -> Term:
        return app(
            "Agree", view.output, app(over_integers(view, self.context.parameters), x), value
        )

    def evaluation(self, value: LayerValue, first: bool) -> Term:
        # Pooling and linear layers have checks of their own, far faster than entry by entry.
        layer, tensor = value.layer, value.layer.weight
        before, after = value.before, value.value
        kind, checks = ("packed", 2) if first else ("list", 3)
        if layer.kind == "mean_pool":
            sizes = pooling_bits(layer, before, after)
            return app(f"meanPool_eval_{kind}", *sizes, *(CHECKED,) * checks)
        if tensor is None or layer.block > 1:
            return app("agree_of_check", CHECKED)
        bits = str(product_bits(tensor.packed, before.width))
        shape = shape_term(tensor.packed.data.size)
        return app(
            f"PackedMatrix.product_eval_{kind}", tensor.name, shape, bits, *(CHECKED,) * checks
        )
