"""Integer vectors in Lean, and the plain functions that stand for given ones over the integers."""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq

from lipbridge.emit.data.packed import pack_rows
from lipbridge.emit.lean.literals import literal
from lipbridge.emit.lean.term import Term, app, lean_term, typed
from lipbridge.emit.network.branch_context import BranchContext
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.layer_facts import Parameter
from lipbridge.layers import Vector

_SHOWN = 8
ONE = "fun (_ : Nat) => one"
"""The reciprocals of the integer version of a network."""
# The functions that it takes as given, there.
_PLAIN = {
    "Vec R → R": "fun _ => one",
    "Vec R → Vec R": "fun x => x",
    "R → R": "fun x => x",
    "Nat → Vec R": "quarterTurn",
    "Nat → Nat → Vec R": "fun _ => quarterTurn",
}


@dataclass(frozen=True)
class IntegerVector:
    """An integer vector packed in one number: entry = digit − bias, digits of ``width`` bits."""

    size: int
    width: int
    bias: int
    number: int

    @property
    def packed(self) -> Term:
        """The vector as a ``Vec Int`` that reads a digit an entry."""
        return app("ofPacked", str(self.width), literal(self.bias), literal(self.number))

    @property
    def listed(self) -> Term:
        """The vector as a ``List Int``."""
        sizes = str(self.width), literal(self.bias), str(self.size)
        return app("unpackInts", *sizes, literal(self.number))


def integer_vector(vector: Vector) -> IntegerVector:
    """Pack integers."""
    assert all(value.denominator == 1 for value in vector)
    rows = pack_rows([[value.numerator for value in vector]])
    return IntegerVector(len(vector), rows.width, rows.bias, rows.numbers[0])


def shown(vector: Vector) -> str:
    """A vector in words, cut where it is long."""
    entries = [f"{fmpq(value.numerator, value.denominator)}" for value in vector[:_SHOWN]]
    return f"({', '.join(entries + ['…'] * (len(vector) > _SHOWN))})"


def plain(parameters: tuple[Parameter, ...]) -> dict[str, Term]:
    """By name, what stands for each given function."""
    return {parameter.name: lean_term(_PLAIN[parameter.type]) for parameter in parameters}


def over_integers(view: LayerContext | BranchContext, parameters: tuple[Parameter, ...]) -> Term:
    """A function over ℤ: every reciprocal is 1, every given function a plain one."""
    given = plain(parameters)
    arguments = (given.get(str(part), ONE) for part in view.function.parts[1:])
    return typed(app(view.name, *arguments), "Vec Int → Vec Int")
