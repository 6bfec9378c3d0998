"""Reading constants back out of generated Lean source into sympy.

What the comparison evaluates is what Lean states: the definitions are parsed from the module's
text, not remembered from the run that wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

import lark
import sympy

from lipbridge.errors import NotProvedError

__all__ = ["Constants", "read_constants"]

_DEFINITION = re.compile(r"^def [A-Za-z_][\w.']* : Nat :=(?:[^\n]|\n[ \t])*", re.MULTILINE)
_MAX_EXPONENT = 1_000_000


@cache
def _grammar() -> lark.Lark:
    text = resources.files("lipbridge.report").joinpath("constants.lark").read_text("utf-8")
    return lark.Lark(text, parser="lalr")


class Constants:
    """The ``Nat`` definitions of a module: names, their expressions, their values."""

    def __init__(self, definitions: Mapping[str, sympy.Expr]) -> None:
        self._definitions = dict(definitions)

    def expression(self, name: str) -> sympy.Expr:
        """The defining expression, in symbols named after the definitions that it uses.

        Raises:
            NotProvedError: no such definition.
        """
        try:
            return self._definitions[name]
        except KeyError:
            raise NotProvedError(
                f"the Lean source has no definition `def {name} : Nat`; export it again"
            ) from None

    def value(self, name: str) -> int:
        """The exact value, every name unfolded.

        Raises:
            NotProvedError: a name is undefined, or defined through itself.
        """
        return self._value(name, ())

    def _value(self, name: str, above: tuple[str, ...]) -> int:
        if name in above:
            raise NotProvedError(f"`{name}` is defined through itself")
        expression = self.expression(name)
        known = {
            symbol: self._value(str(symbol), (*above, name)) for symbol in expression.free_symbols
        }
        return int(expression.subs(list(known.items())))


class _ToSympy(lark.Transformer[lark.Token, sympy.Expr]):
    def name(self, items: list[lark.Token]) -> sympy.Expr:
        return sympy.Symbol(str(items[0]), nonnegative=True)

    def integer(self, items: list[lark.Token]) -> sympy.Expr:
        return sympy.Integer(int(items[0]))

    def hexadecimal(self, items: list[lark.Token]) -> sympy.Expr:
        return sympy.Integer(int(items[0], 16))

    def mul(self, items: list[sympy.Expr]) -> sympy.Expr:
        return items[0] * items[1]

    def add(self, items: list[sympy.Expr]) -> sympy.Expr:
        return items[0] + items[1]

    def pow(self, items: list[sympy.Expr]) -> sympy.Expr:
        if not (items[1].is_Integer and 0 <= int(items[1]) <= _MAX_EXPONENT):
            raise NotProvedError(f"exponent {items[1]} in a Lean constant is out of range")
        return items[0] ** items[1]


def read_constants(text: str) -> Constants:
    """Parse every ``def NAME : Nat := …`` of a Lean module.

    Raises:
        NotProvedError: a definition is not of the form that the emitter prints.
    """
    definitions: dict[str, sympy.Expr] = {}
    for found in _DEFINITION.finditer(text):
        try:
            tree = _grammar().parse(found.group())
        except lark.exceptions.UnexpectedInput as error:
            line = text.count("\n", 0, found.start()) + error.line
            raise NotProvedError(
                f"line {line} of the Lean source is not a constant that lipbridge prints: "
                f"{found.group().splitlines()[0][:80]!r}"
            ) from None
        definition = tree.children[0]
        assert isinstance(definition, lark.Tree)
        name, body = definition.children
        assert isinstance(body, lark.Tree)
        definitions[str(name)] = _ToSympy().transform(body)
    return Constants(definitions)
