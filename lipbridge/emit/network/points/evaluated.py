"""Evaluated points: theorems that the Lean network takes the values exact arithmetic gives."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from itertools import islice

from lipbridge.emit.data.digits import join
from lipbridge.emit.data.packed import PackedRows, pack_rows
from lipbridge.emit.lean.declaration import Binder, Scope, implicit
from lipbridge.emit.lean.render import render
from lipbridge.emit.lean.term import Term, app, lean_term
from lipbridge.emit.network.context import BranchContext, NetworkContext
from lipbridge.emit.network.layer_context import LayerContext, congruence
from lipbridge.emit.network.module import NetworkModule
from lipbridge.emit.network.points.integer_values import IntegerPoint, IntegerValues, Token
from lipbridge.emit.network.points.over_integers import plain
from lipbridge.layers import Vector, size, tokens
from lipbridge.layers.root_norm import CentredNorm
from lipbridge.layers.rotary import Rotary

# What the kernel takes, in microseconds: rough, only to leave out what would take minutes.
_ENTRY_OF_MATRIX = 25
_READ = 150
_BLOCK_OF_POOL = 300
_BUDGET = 15_000_000
# From here on one token of a block, and one branch after the other, are worth the theorems.
_CHEAP = 1_000_000
_LARGEST = 3
_POINTS = 2
# Entries of a token that are not 0, and their bits.
_ENTRIES, _BITS = 64, 2
# Entries of a matrix that the kernel goes through in a second.
_DENSE = 1 << 20
# Entries that the kernel compares one by one, a step deeper each; and of a token that is centred,
# where each takes the sum of all.
_LONGEST, _CENTRED = 512, 128


def evaluated_points(context: NetworkContext) -> tuple[IntegerPoint, ...]:
    """Points that the kernel evaluates in seconds; none for networks where it would not.

    The points are small integers drawn from a generator seeded with the network's name.
    """
    cost = _cost(context)
    thorough = context.exact and not context.network.restricted
    if cost > (_BUDGET if thorough else _CHEAP):
        found = repeated_points(context)
        if found or cost > _BUDGET or not context.exact:
            return found
    generator = random.Random(context.network.name)  # noqa: S311
    count = min(_POINTS, max(1, _BUDGET // (4 * cost)))
    drawn = [_drawn(generator, size(context.network.input)) for _ in range(count)]
    return tuple(
        IntegerPoint(
            f"{context.body.name}_point{index}",
            (Token("x", x, pack_rows([[int(entry) for entry in x]])),),
            whole=True,
        )
        for index, x in enumerate(drawn, start=1)
    )


def _drawn(generator: random.Random, count: int) -> Vector:
    """Integers up to the largest: what ``randint`` draws, in a fraction of its time."""
    known = tuple(map(Fraction, range(-_LARGEST, _LARGEST + 1)))
    bits = iter(partial(generator.getrandbits, len(known).bit_length()), -1)
    return tuple(islice((known[drawn] for drawn in bits if drawn < len(known)), count))


def _cost(context: NetworkContext) -> int:
    """Microseconds for one point, a guess."""
    total = 0
    for layer in context.body.layers:
        if layer.kind == "mean_pool":
            total += _BLOCK_OF_POOL * layer.block
        elif layer.weight is not None and layer.block == 1:
            total += (_ENTRY_OF_MATRIX * layer.output + _READ) * layer.input
        else:
            total += 2 * _READ * (_reads(layer) + layer.input)
        total += _READ * layer.output
    return max(1, total)


def _reads(layer: LayerContext) -> int:
    """Entries that are read where a layer is evaluated entry by entry, its branches included."""
    own = sum(t.matrix.rows * t.matrix.cols for t in layer.tensors.values())
    if isinstance(layer.layer, CentredNorm):
        # Each entry takes the sum of its group.
        own += layer.width * layer.layer.grouping[1]
    inner = (inner for branch in layer.branches for inner in branch.layers)
    return layer.block * own + sum(_reads(view) + view.input for view in inner)


def repeated_points(context: NetworkContext) -> tuple[IntegerPoint, ...]:
    """A point of equal tokens at which the kernel evaluates a network of any size, if it has one.

    What treats tokens alike is evaluated at one of them, few entries of which are not 0, so that a
    matrix of any size takes a few columns. The entries are drawn from a generator seeded with the
    network's name.
    """
    if not _evaluated(context.body.layers):
        return ()
    generator = random.Random(context.network.name)  # noqa: S311
    parts: list[Token] = []
    for part in context.network.parts:
        count, width = tokens(part.shape)
        entries = [Fraction(0)] * width
        for place in generator.sample(range(len(entries)), min(_ENTRIES, len(entries))):
            entries[place] = Fraction(1 + generator.getrandbits(_BITS) % ((1 << _BITS) - 1))
        packed = PackedRows(width, _BITS, 0, (join(map(int, entries), _BITS),))
        parts.append(Token(part.name or "x", tuple(entries), packed, count))
    return (IntegerPoint(f"{context.body.name}_point1", tuple(parts)),)


def _evaluated(views: Sequence[LayerContext]) -> bool:
    """Whether each of layers in sequence, branches included, is evaluated token by token."""
    for index, view in enumerate(views):
        if view.branches:
            known = view.kind == "concat" or (view.kind == "similarity" and view.tokens > 1)
            if not known or not all(_evaluated(branch.layers) for branch in view.branches):
                return False
        elif view.weight is not None:
            first = index == 0 or views[index - 1].kind == "from"
            few = first and view.weight.by_columns and "bias" not in view.tensors
            entries = view.weight.matrix.rows * view.weight.matrix.cols
            if view.kind != "linear" or not (few or entries <= _DENSE):
                return False
        elif view.kind != "from":
            alike = isinstance(view.layer, Rotary) or view.rule.has("token")
            if not alike and max(view.block, view.output_block) > 1:
                return False
            centred = isinstance(view.layer, CentredNorm)
            if view.width_out > (_CENTRED if centred else _LONGEST):
                return False
    return True


def points_module(context: NetworkContext) -> NetworkModule | None:
    """The module of evaluated points, where the kernel evaluates some in seconds.

    Raises:
        InputError: a label clashes with a generated name.
    """
    points = evaluated_points(context)
    if not points:
        return None
    scope = Scope(parent=context.scope)
    _congruences(context, scope, whole=all(point.whole for point in points))
    for point in points:
        IntegerValues(context, scope, point).declare()
    about = render("points.txt.jinja", n=context)
    return NetworkModule(context, scope, "Points", (f"{context.namespace}.Network",), about)


def _congruences(context: NetworkContext, scope: Scope, *, whole: bool) -> None:
    """Declare that layers depend on their inputs' entries only.

    Where layers with branches are not evaluated ``whole``, branches are one by one, each from its
    input on.
    """
    given = plain(context.parameters)

    def declare(view: LayerContext | BranchContext, proof: Term) -> None:
        agree, function = app("Agree", view.input, "x", "y"), view.function.put(given)
        scope.theorem(
            f"{view.name}_congr",
            f"`{view.name}` depends on the first {view.input} entries only.",
            app("Agree", view.output, app(function, "x"), app(function, "y")),
            proof.put(given),
            (implicit("x y", "Vec R"), Binder("h", agree)),
            owner=view.name,
        )

    for branch in context.sequences():
        for layer in branch.layers[0 if whole else 1 :]:
            if whole or not layer.branches:
                declare(layer, layer.congruence())
        if whole and branch.name != context.body.name:
            proof = lean_term("h")
            for layer in branch.layers:
                proof = congruence(layer, proof)
            declare(branch, proof)
