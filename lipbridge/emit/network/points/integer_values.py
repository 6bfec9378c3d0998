"""Values of a network at an integer point, as theorems that the kernel checks by computing them.

Over ℤ, with every reciprocal and every given root replaced by 1, rotations by quarter turns and
given activations by the identity, the exported function is an integer function. Its values are
computed here from the stored tensors and there by the kernel, so that the model and the network are
the same function.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from lipbridge.emit.data.packed import PackedRows, pack_rows
from lipbridge.emit.lean.declaration import CHECKED, Scope
from lipbridge.emit.lean.printer import vector_comment
from lipbridge.emit.lean.term import Term, app, bind, fold, lean_term, typed
from lipbridge.emit.network.context import BranchContext, NetworkContext, inside
from lipbridge.emit.network.layer_context import LayerContext, congruence
from lipbridge.emit.network.points.over_integers import ONE, computed, over_integers, plain
from lipbridge.language.exact import integer_tensors, integer_values
from lipbridge.layers import Branch, Vector, size
from lipbridge.layers.rotary import Rotary
from lipbridge.layers.source import From


@dataclass(frozen=True)
class Token:
    """A value: a token, or a block of equal ones; or all inputs in one vector.

    Attributes:
        name: of the input; once it is defined, its Lean name.
        entries: of a token.
        packed: the same.
        count: how many are equal.
    """

    name: str
    entries: Vector
    packed: PackedRows
    count: int = 1

    @property
    def term(self) -> Term:
        """The value, by name."""
        if self.count == 1:
            return lean_term(self.name)
        return app("repeated", str(len(self.entries)), self.name)


@dataclass(frozen=True)
class IntegerPoint:
    """An integer point at which a network is evaluated.

    Attributes:
        name: Lean name of the theorem.
        parts: the inputs.
        whole: whether layers are evaluated whole, at one vector of all inputs; else one token of a
            block, and one branch after the other.
    """

    name: str
    parts: tuple[Token, ...]
    whole: bool = False


class IntegerValues:
    """Declares a network's values at a point, layer by layer."""

    def __init__(self, context: NetworkContext, scope: Scope, point: IntegerPoint) -> None:
        self.context, self.scope, self.name = context, scope, point.name
        self.whole = point.whole
        self.plain = plain(context.parameters) | {"r": lean_term(ONE)}
        self.known: dict[tuple[str, str], tuple[str, Token]] = {}
        self.parts = [
            self.define(f"{self.name}_{part.name}", f"The input {part.name}", part)
            for part in point.parts
        ]

    def define(self, name: str, what: str, value: Token) -> Token:
        """Declare a value under a name."""
        each = f", each of {value.count} equal tokens" if value.count > 1 else ""
        doc = f"{what} at the point{each}, packed: {vector_comment(value.entries)}."
        self.scope.definition(name, doc, "Vec Int", value.packed.vector)
        return replace(value, name=name)

    def declare(self) -> Vector:
        """The point, the values of the layers, and that of the network, which it returns."""
        body, x = self.context.body, self.parts[-1].term
        for part in self.parts[-2::-1]:
            x = app("append", str(len(part.entries) * part.count), part.term, x)
        if len(self.parts) > 1:
            name = f"{self.name}_x"
            self.scope.definition(name, "The point.", "Vec Int", x)
            x = lean_term(name)
        proof, value = self.through(body.layers, x, self.parts[0])
        said = ", ".join(f"`{part.name}`" for part in self.parts)
        given = ", given functions plain ones" * bool(self.context.parameters)
        self.scope.theorem(
            self.name,
            f"`{body.name}` over the integers, every reciprocal being 1{given}, at {said}: "
            f"{vector_comment(value.entries)}.",
            self.agree(body, x, value),
            proof,
            summary=f"the value of {body.name} over the integers at an integer point",
        )
        return value.entries

    def agree(self, view: LayerContext | BranchContext, x: Term, value: Token) -> Term:
        return app(
            "Agree", view.output, app(over_integers(view, self.context.parameters), x), value.term
        )

    def through(self, views: Sequence[LayerContext], x: Term, value: Token) -> tuple[Term, Token]:
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

    def layer(self, view: LayerContext, x: Term, before: Token) -> tuple[str, Token]:
        """A layer at what it is given: the theorem's name, and its value.

        What is computed already, by another name, is not computed again.
        """
        name = f"{self.name}_{view.name}"
        key = str(view.value.put(self.plain)), str(x)
        if not view.branches and key in self.known:
            proof, value = lean_term(self.known[key][0]), self.known[key][1]
        elif isinstance(view.layer, From) and not self.whole:
            proof, value = self.read(view.layer)
        elif view.branches and not self.whole:
            proof, value = self.joined(view, x, name)
        else:
            proof, value = self.each(view, before, name)
        self.known.setdefault(key, (name, value))
        doc = f"What `{view.name}` makes of `{x}`."
        self.scope.theorem(name, doc, self.agree(view, x, value), proof)
        return name, value

    def read(self, layer: From) -> tuple[Term, Token]:
        """One of the network's inputs."""
        index = self.context.network.parts.index(layer.part)
        proof = app("slice_whole", "_", "_")
        if index < len(self.parts) - 1:
            entries = size(layer.part.shape)
            proof = app("slice_first", "_", "_", CHECKED, m=entries, k=entries)
        for _ in range(index):
            proof = app("slice_rest", proof)
        return proof, self.parts[index]

    def joined(self, view: LayerContext, x: Term, name: str) -> tuple[Term, Token]:
        """What a layer makes of its branches' values."""
        proofs: list[Term] = []
        values: list[Token] = []
        for branch in view.branches:
            proof, value = self.through(branch.layers, x, self.parts[0])
            stem = f"{self.name}_{branch.name}"
            doc = f"`{branch.name}` at the point."
            statement = self.agree(branch, x, value)
            self.scope.theorem(stem, doc, statement, proof)
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

    def value(self, view: LayerContext, entries: Vector, name: str, count: int) -> Token:
        packed = pack_rows([[int(entry) for entry in entries]])
        value = Token(view.name, entries, packed, count)
        return self.define(f"{name}_value", f"The value of `{view.name}`", value)

    def each(self, view: LayerContext, before: Token, name: str) -> tuple[Term, Token]:
        """A layer that takes each token by itself, at one of them."""
        value = self.value(view, self.applied(view, before.entries), name, before.count)
        proof = computed(view, before.packed, value.packed, token=not self.whole)
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
        self.scope.theorem(stem, doc, statement, proof)
        one = bind("fun _ _ e =>", app("Agree.trans", again, stem))
        each = bind("fun _ =>", function)
        return app("eachToken_repeated", str(before.count), one, n=width, m=wide, f=each), value

    def applied(self, view: LayerContext, x: Vector) -> Vector:
        """The value at a token, or at the whole point."""
        if view.weight is not None and not (self.whole and view.block > 1):
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
        views = [*inside([view])]
        layers = [each.layer for each in views]
        if not self.whole:
            alone: dict[str, object] = {"step": None} if isinstance(view.layer, Rotary) else {}
            layers = [replace(view.layer, input=(len(x),), **alone)]
        stored = dict(item for each in views for item in each.matrices.items())
        branch = Branch(layers[0].input, (layers[0],))
        return integer_values(branch, x, integer_tensors(layers, stored))[0]
