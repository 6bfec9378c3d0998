"""Values of large networks over the integers, at points whose blocks have equal tokens.

What treats tokens alike is evaluated at one of them, and few entries of a token are not 0, so that
a matrix of any size takes a few columns.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from lipbridge.emit.data.packed import product_bits
from lipbridge.emit.lean.declaration import CHECKED, Scope
from lipbridge.emit.lean.literals import shape_term
from lipbridge.emit.lean.term import Term, app, bind, fold, lean_term, typed
from lipbridge.emit.network.branch_context import BranchContext
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.layer_context import LayerContext, congruence
from lipbridge.emit.network.points.integer_vectors import (
    ONE,
    IntegerVector,
    integer_vector,
    over_integers,
    plain,
    shown,
)
from lipbridge.layers import Vector, size, tokens
from lipbridge.layers.layer_norm import CentredNorm
from lipbridge.layers.rotary import Rotary
from lipbridge.layers.source import From

# Entries of a token that are not 0, and their bits.
_ENTRIES, _BITS = 64, 2
# Entries of a matrix that the kernel goes through in a second.
_DENSE = 1 << 20
# Entries that the kernel compares one by one, a step deeper each; and of a token that is centred,
# where each takes the sum of all.
_LONGEST, _CENTRED = 512, 128


@dataclass(frozen=True)
class RepeatedPoint:
    """An integer point of several inputs, each of which is a token or a block of equal ones.

    Attributes:
        name: Lean name of the theorem.
        parts: a token of each input.
    """

    name: str
    parts: tuple[Vector, ...]


def repeated_points(context: NetworkContext) -> tuple[RepeatedPoint, ...]:
    """A point at which the kernel evaluates a network of any size, where it has one.

    The entries are drawn from a generator seeded with the network's name.
    """
    if not _evaluated(context.body.layers):
        return ()
    generator = random.Random(context.network.name)  # noqa: S311
    parts: list[Vector] = []
    for part in context.network.parts:
        entries = [Fraction(0)] * tokens(part.shape)[1]
        for place in generator.sample(range(len(entries)), min(_ENTRIES, len(entries))):
            entries[place] = Fraction(1 + generator.getrandbits(_BITS) % ((1 << _BITS) - 1))
        parts.append(tuple(entries))
    return (RepeatedPoint(f"{context.body.name}_point1", tuple(parts)),)


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


@dataclass(frozen=True)
class _Known:
    """A value: a token's entries, the Lean name of their definition, and how many are equal."""

    entries: Vector
    vector: IntegerVector
    name: str
    count: int

    @property
    def term(self) -> Term:
        if self.count == 1:
            return lean_term(self.name)
        return app("repeated", str(len(self.entries)), self.name)


class RepeatedValues:
    """Declares a network's values at a point of equal tokens.

    Args:
        context: the network.
        scope: where.
        point: the point.
    """

    def __init__(self, context: NetworkContext, scope: Scope, point: RepeatedPoint) -> None:
        self.context, self.scope, self.name = context, scope, point.name
        self.plain = plain(context.parameters) | {"r": lean_term(ONE)}
        self.known: dict[tuple[str, str], tuple[str, _Known]] = {}
        self.parts: list[_Known] = []
        for part, entries in zip(context.network.parts, point.parts, strict=True):
            number = sum(int(entry) << _BITS * i for i, entry in enumerate(entries))
            vector = IntegerVector(len(entries), _BITS, 0, number)
            name, count = f"{self.name}_{part.name or 'x'}", tokens(part.shape)[0]
            what = f"The input {part.name}".rstrip()
            self.parts.append(self.define(name, what, entries, vector, count))

    def define(
        self, name: str, what: str, entries: Vector, vector: IntegerVector, count: int
    ) -> _Known:
        each = f", each of {count} equal tokens" if count > 1 else ""
        doc = f"{what} at the point{each}, packed: {shown(entries)}."
        self.scope.definition(name, self.context.body.name, doc, "Vec Int", vector.packed)
        return _Known(entries, vector, name, count)

    def declare(self) -> Vector:
        """The point, the values of the layers, and that of the network, which it returns."""
        body, x = self.context.body, self.parts[-1].term
        for part in self.parts[-2::-1]:
            x = app("append", str(len(part.entries) * part.count), part.term, x)
        if len(self.parts) > 1:
            name = f"{self.name}_x"
            self.scope.definition(name, body.name, "The point.", "Vec Int", x)
            x = lean_term(name)
        proof, value = self.through(body.layers, x, self.parts[0])
        said = ", ".join(f"`{part.name}`" for part in self.parts)
        self.scope.theorem(
            self.name,
            body.name,
            f"`{body.name}` over the integers, reciprocals and given functions replaced by plain "
            f"ones, where the inputs are {said}: {shown(value.entries)}.",
            self.agree(body, x, value),
            proof,
            summary=f"the value of {body.name} over the integers at an integer point",
        )
        return value.entries

    def agree(self, view: LayerContext | BranchContext, x: Term, value: _Known) -> Term:
        return app(
            "Agree", view.output, app(over_integers(view, self.context.parameters), x), value.term
        )

    def through(self, views: Sequence[LayerContext], x: Term, value: _Known) -> tuple[Term, _Known]:
        """Layers in sequence at the point, or at a value: proof of theirs."""
        proof: Term | None = None
        for view in views:
            name, after = self.layer(view, x, value)
            found = lean_term(name)
            if proof is not None:
                again = congruence(view, proof).put(self.plain)
                found = app("Agree.trans", again, found)
            proof, value, x = found, after, after.term
        assert proof is not None, "a sequence has layers"
        return proof, value

    def layer(self, view: LayerContext, x: Term, before: _Known) -> tuple[str, _Known]:
        """A layer at what it is given: the theorem's name, and its value.

        What is computed already, by another name, is not computed again.
        """
        name = f"{self.name}_{view.name}"
        key = str(view.value.put(self.plain)), str(x)
        if not view.branches and key in self.known:
            proof, value = lean_term(self.known[key][0]), self.known[key][1]
        elif isinstance(view.layer, From):
            proof, value = self.read(view.layer)
        elif view.branches:
            proof, value = self.joined(view, x, name)
        else:
            proof, value = self.each(view, before, name)
        self.known.setdefault(key, (name, value))
        doc = f"What `{view.name}` makes of `{x}`."
        self.scope.theorem(name, self.context.body.name, doc, self.agree(view, x, value), proof)
        return name, value

    def read(self, layer: From) -> tuple[Term, _Known]:
        """One of the network's inputs."""
        index = self.context.network.parts.index(layer.part)
        proof = app("slice_whole", "_", "_")
        if index < len(self.parts) - 1:
            entries = size(layer.part.shape)
            proof = app("slice_first", "_", "_", CHECKED, m=entries, k=entries)
        for _ in range(index):
            proof = app("slice_rest", proof)
        return proof, self.parts[index]

    def joined(self, view: LayerContext, x: Term, name: str) -> tuple[Term, _Known]:
        """What a layer makes of its branches' values."""
        proofs: list[Term] = []
        values: list[_Known] = []
        for branch in view.branches:
            proof, value = self.through(branch.layers, x, self.parts[0])
            stem = f"{self.name}_{branch.name}"
            doc = f"`{branch.name}` at the point."
            statement = self.agree(branch, x, value)
            self.scope.theorem(stem, self.context.body.name, doc, statement, proof)
            proofs.append(lean_term(stem))
            values.append(value)
        if view.kind == "concat":
            found, proof = sum((v.entries for v in values), ()), fold("append_congr", proofs)
        else:
            query, keys = values
            pairs = zip(query.entries, keys.entries, strict=True)
            found = (sum((a * b for a, b in pairs), Fraction(0)),)
            f, g = (over_integers(branch, self.context.parameters) for branch in view.branches)
            sizes = {"b": view.tokens, "d": len(query.entries)}
            proof = app("similarity_repeated", CHECKED, *proofs, **sizes, f=f, g=g)
        value = self.value(view, found, name, 1)
        return app("Agree.trans", proof, app("packedCheck_sound", CHECKED)), value

    def value(self, view: LayerContext, entries: Vector, name: str, count: int) -> _Known:
        return self.define(
            f"{name}_value", f"The value of `{view.name}`", entries, integer_vector(entries), count
        )

    def each(self, view: LayerContext, before: _Known, name: str) -> tuple[Term, _Known]:
        """A layer that takes each token by itself, at one of them."""
        value = self.value(view, self.applied(view, before.entries), name, before.count)
        proof = self.computed(view, before, value)
        if before.count == 1:
            return proof, value
        width, wide = str(len(before.entries)), str(len(value.entries))
        if isinstance(view.layer, Rotary):
            function = view.rule.term("map", view, "quarterTurn")
            again = view.rule.term("congruent", view, "e")
        else:
            function = view.rule.term("token", view).put(self.plain)
            again = view.rule.term("token_congruence", view, "e").put(self.plain)
        stem = f"{name}_token"
        at = app(typed(function, "Vec Int → Vec Int"), before.name)
        doc = f"What `{view.name}` makes of a token."
        statement = app("Agree", wide, at, value.name)
        self.scope.theorem(stem, self.context.body.name, doc, statement, proof)
        one = bind("fun _ _ e =>", app("Agree.trans", again, stem))
        each = bind("fun _ =>", function)
        return app("eachToken_repeated", str(before.count), one, n=width, m=wide, f=each), value

    def computed(self, view: LayerContext, before: _Known, value: _Known) -> Term:
        """Proof of the value at a token."""
        if view.weight is None:
            return app("packedCheck_sound", CHECKED)
        matrix = view.weight.packed
        digits = max(product_bits(matrix, before.vector.width), value.vector.width + 1)
        base, shape = digits + 1, shape_term(matrix.data.size)
        few = matrix.transposed and not before.vector.bias and "bias" not in view.tensors
        rule = "PackedMatrix.sparse_packed" if few else "PackedMatrix.product_packed"
        return app(rule, view.weight.name, shape, str(base), CHECKED)

    def applied(self, view: LayerContext, x: Vector) -> Vector:
        """The value at a token."""
        if view.weight is not None:
            places = [i for i, entry in enumerate(x) if entry]
            columns = view.weight.matrix.numerators[:, places].tolist()
            factors = [int(x[i]) for i in places]
            bias = [0] * len(columns)
            if "bias" in view.tensors:
                bias = list(view.tensors["bias"].matrix.integers[0])
            return tuple(
                Fraction(b + sum(int(w) * f for w, f in zip(row, factors, strict=True)))
                for b, row in zip(bias, columns, strict=True)
            )
        layer = view.layer
        known: dict[str, object] = {"step": None} if isinstance(layer, Rotary) else {}
        layer = replace(layer, input=(len(x),), **known)
        stored = {
            role: layer.integers(
                role, (tuple(map(Fraction, tensor.matrix.integers[0])),), tensor.matrix.denominator
            )
            for role, tensor in view.tensors.items()
        }
        return layer.apply_integers(x, stored)
