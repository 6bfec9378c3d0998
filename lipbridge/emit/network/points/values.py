"""The value of a network at a stored point, in the ring of the theorem.

Every layer is evaluated as integers over a denominator that is tracked, and the kernel computes the
integers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lipbridge.emit.data.packed import PackedRows, pack_rows
from lipbridge.emit.lean.declaration import CHECKED, Binder, Scope, implicit
from lipbridge.emit.lean.literals import literal
from lipbridge.emit.lean.term import Term, app, lean_term
from lipbridge.emit.network.context import BranchContext
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.points.over_integers import computed
from lipbridge.language.stored import LayerAt, StoredVector

_GIVEN = lean_term("h")


@dataclass(frozen=True)
class PackedVector:
    """Integers packed in one number: entry = digit − bias, digits of ``width`` bits.

    Attributes:
        stored: the integers and their denominator.
        name: the Lean definition.
        apart: whether the number has a definition of its own.
    """

    stored: StoredVector
    name: str
    apart: bool = False

    @cached_property
    def rows(self) -> PackedRows:
        """The one row that it is."""
        return pack_rows([list(self.stored.entries)])

    @property
    def packed(self) -> tuple[str, str, str]:
        """Width, bias and number."""
        number = f"{self.name}_packed" if self.apart else literal(self.rows.numbers[0])
        return str(self.rows.width), literal(self.rows.bias), number


class PointValues:
    """Declares a network's values at a point, a name in front of every declaration."""

    def __init__(self, scope: Scope, name: str) -> None:
        self.scope, self.name = scope, name

    def through(
        self,
        views: Sequence[LayerContext],
        layers: Sequence[LayerAt],
        point: PackedVector,
        proof: Term = _GIVEN,
    ) -> tuple[Term, PackedVector]:
        """Layers in sequence at a point, which a proof shows: proof of their value; the value."""
        last = point
        for view, at in zip(views, layers, strict=False):
            last = self.layer(view, at, last)
            proof = app(self.scope[f"{self.name}_{view.name}"], proof)
        return proof, last

    def vector(
        self, stored: StoredVector, name: str, about: str, *, apart: bool = False
    ) -> PackedVector:
        found = PackedVector(stored, name, apart)
        doc = f"{about}, packed: integers over {_shown(stored.denominator)}."
        if apart:
            number = lean_term(literal(found.rows.numbers[0]))
            self.scope.definition(f"{name}_packed", f"{about}, packed.", "Nat", number)
        self.scope.definition(name, doc, "Vec Int", app("ofPacked", *found.packed))
        return found

    def over(self, size: int, x: Term | str, value: PackedVector) -> Term:
        return app("Over", str(size), value.stored.denominator, x, value.name)

    def layer(self, view: LayerContext, at: LayerAt, before: PackedVector) -> PackedVector:
        """A layer at the point: its value, from what it is given."""
        stem = f"{self.name}_{view.name}"
        value = self.vector(at.value, f"{stem}_value", f"The value of `{view.name}` at the point")
        finer, given = self.finer(f"{stem}_x", view.input, before, at.given, lean_term("h"))
        values: list[Term] = []
        for branch, inner in zip(view.branches, at.branches, strict=True):
            values.append(self.branch(branch, inner, before, at.given.denominator))
        over = view.over(given, value.stored.denominator, values)
        known = app("Over.known", over, computed(view, finer.rows, value.rows))
        self.scope.theorem(
            stem,
            f"What `{view.name}` makes of `{before.name}`.",
            self.over(view.output, app(view.function, "x"), value),
            known,
            self.given(view.input, before),
        )
        return value

    def finer(
        self, name: str, size: int, vector: PackedVector, wanted: StoredVector, proof: Term
    ) -> tuple[PackedVector, Term]:
        """A vector over a multiple of its denominator, with the proof that it is the same."""
        factor = wanted.denominator // vector.stored.denominator
        if factor == 1:
            return vector, proof
        found = self.vector(wanted, name, f"`{vector.name}`")
        fine = app("Over.finer", "h", factor, CHECKED)
        self.scope.theorem(
            f"{name}_finer",
            f"`{vector.name}` over a denominator {factor} times as fine.",
            self.over(size, "x", found),
            app("Over.known", fine, app("packedCheck_sound", CHECKED)),
            self.given(size, vector),
        )
        return found, app(f"{name}_finer", proof)

    def given(self, size: int, vector: PackedVector) -> tuple[Binder, Binder]:
        """A vector x, and that it is integers that are known."""
        x = implicit("x", "Vec R")
        return x, Binder("h", self.over(size, "x", vector))

    def branch(
        self, branch: BranchContext, layers: Sequence[LayerAt], x: PackedVector, denominator: int
    ) -> Term:
        """Proof that a branch has its value over a denominator, from ``h``."""
        value, last = self.through(branch.layers, layers, x)
        wanted = last.stored.over(denominator)
        name = f"{self.name}_{branch.name}_value"
        end, proof = self.finer(name, branch.output, last, wanted, value)
        stem = f"{self.name}_{branch.name}"
        self.scope.theorem(
            stem,
            f"`{branch.name}` at the point.",
            self.over(branch.output, app(branch.function, "x"), end),
            proof,
            self.given(branch.input, x),
        )
        return app(self.scope[stem], "h")


def _shown(denominator: int) -> str:
    """A denominator in words."""
    power = denominator & (denominator - 1) == 0
    return f"2^{denominator.bit_length() - 1}" if power else str(denominator)
