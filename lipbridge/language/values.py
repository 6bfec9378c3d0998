"""Values in a spec: counts, exact numbers, matrices, tensor names; errors point at their place."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from fractions import Fraction

import lark

from lipbridge.errors import InputError, SpecError
from lipbridge.language.identifier import Identifier
from lipbridge.language.syntax import Node, tokens_in, trees_in
from lipbridge.layers import (
    Argument,
    ArgumentType,
    ArgumentValue,
    InlineTensor,
    InputPart,
    TensorRef,
    nearest,
)

_MAX_DIGITS = 2000
_LARGEST_COUNT = 1_000_000_000
_LARGEST = Fraction(sys.float_info.max)
_SMALLEST = Fraction(1, 1 << 1074)


class ValueReader:
    """Turns parts of the parse tree into values; holds what error messages need.

    Args:
        text: the spec.
        source: its name in error messages.
    """

    def __init__(self, text: str, source: str) -> None:
        self._lines, self._source = text.split("\n"), source

    def error(self, message: str, at: lark.Token) -> SpecError:
        """An error at a token."""
        line = at.line or 1
        return SpecError(
            message,
            source=self._source,
            line=line,
            column=at.column or 1,
            text=self._lines[line - 1] if line <= len(self._lines) else "",
        )

    def identifier(
        self, token: lark.Token, kind: Callable[[str], Identifier] = Identifier
    ) -> Identifier:
        """A valid identifier, or another kind of name (``Identifier.network``, ``.suffix``).

        Raises:
            SpecError: it is none.
        """
        try:
            return kind(str(token).rstrip(": \t\r\n"))
        except InputError as error:
            raise self.error(str(error), token) from None

    def arguments(
        self,
        kind: lark.Token,
        known: tuple[Argument, ...],
        parts: list[Node],
        inputs: Mapping[str, InputPart],
    ) -> dict[str, ArgumentValue]:
        """The arguments of a layer, held against those that it takes and the network's inputs.

        Raises:
            SpecError: an argument that is unknown, given twice, missing, or of another type.
        """
        by_name = {argument.name: argument for argument in known}
        positional = next((argument for argument in known if argument.positional), None)
        found: dict[str, ArgumentValue] = {}
        for part in parts:
            at = next(tokens_in(part), kind)
            if part.data == "argument":
                key, value = part.children
                assert isinstance(key, lark.Token)
                assert isinstance(value, lark.Tree)
                argument = by_name.get(str(key))
                if argument is None:
                    if not by_name:
                        raise self.error(f"{kind} takes no arguments", key)
                    hint = nearest(str(key), tuple(by_name))
                    raise self.error(f"{kind} has no argument {str(key)!r}{hint}", key)
            else:
                value, argument = part, positional
                if argument is None:
                    raise self.error(f"{kind} takes no value here", at)
            if argument.name in found:
                raise self.error(f"{kind} has two values for {argument.name}", at)
            at = next(tokens_in(value), at)
            if argument.type is ArgumentType.INPUT:
                found[argument.name] = self._input(at, inputs)
            else:
                found[argument.name] = self._value(argument, value, at)
        missing = [a.name for a in known if a.required and a.name not in found]
        if missing:
            wanted = " ".join(f"{a.name}=…" for a in known if a.name in missing)
            raise self.error(f"{kind} lacks {' and '.join(missing)}; write {wanted}", kind)
        return found

    def _input(self, name: lark.Token, inputs: Mapping[str, InputPart]) -> InputPart:
        if str(name) not in inputs:
            known = tuple(filter(None, inputs))
            hint = nearest(name, known) if known else "; `input NAME 384` declares one"
            raise self.error(f"no input is called {str(name)!r}{hint}", name)
        return inputs[str(name)]

    def _value(self, argument: Argument, tree: Node, at: lark.Token) -> ArgumentValue:
        wanted = argument.type
        if wanted is ArgumentType.COUNT and tree.data == "integer":
            return self.count(at)
        if wanted is ArgumentType.NUMBER and tree.data in ("integer", "number"):
            return self.fraction(at)
        if wanted in (ArgumentType.MATRIX, ArgumentType.VECTOR):
            if tree.data == "tensor":
                return self._tensor(tree)
            if tree.data == "vector":
                return InlineTensor((tuple(map(self.fraction, tokens_in(tree))),))
            if tree.data == "matrix" and wanted is ArgumentType.MATRIX:
                return self._matrix(tree, at)
        raise self.error(f"{argument.name} must be {wanted.value}", at)

    def _matrix(self, tree: Node, at: lark.Token) -> InlineTensor:
        rows = tuple(tuple(map(self.fraction, tokens_in(row))) for row in trees_in(tree.children))
        if not rows:
            raise self.error("an empty matrix", at)
        for index, row in enumerate(rows):
            if len(row) != len(rows[0]):
                raise self.error(
                    f"row {index} has {len(row)} entries but row 0 has {len(rows[0])}", at
                )
        return InlineTensor(rows)

    def _tensor(self, tree: Node) -> TensorRef:
        name, bounds = tree.children
        assert isinstance(name, lark.Token)
        if not isinstance(bounds, lark.Tree):
            return TensorRef(name[1:-1])
        numbers = list(tokens_in(bounds))
        start = self._integer(numbers[0])
        stop = self._integer(numbers[1]) if len(numbers) > 1 else start + 1
        if not 0 <= start < stop:
            raise self.error(f"rows {start}:{stop} are empty or negative", numbers[0])
        return TensorRef(name[1:-1], (start, stop))

    def _integer(self, token: lark.Token) -> int:
        if len(token) > _MAX_DIGITS:
            raise self.error(f"a number of more than {_MAX_DIGITS} digits", token)
        return int(token)

    def count(self, token: lark.Token) -> int:
        """A dimension.

        Raises:
            SpecError: it is not positive, or absurdly large.
        """
        value = self._integer(token)
        if not 1 <= value <= _LARGEST_COUNT:
            wanted = f"a dimension must be a positive integer up to {_LARGEST_COUNT}"
            raise self.error(f"{wanted}, not {value}", token)
        return value

    def fraction(self, token: lark.Token) -> Fraction:
        """An exact number.

        Raises:
            SpecError: too many digits, a denominator 0, or outside the range of float64, in which
                slopes are measured.
        """
        if len(token) > _MAX_DIGITS:
            raise self.error(f"a number of more than {_MAX_DIGITS} digits", token)
        mantissa, _, exponent = str(token).lower().partition("e")
        # Too large or too small whatever the digits are, and not worth writing out.
        far = abs(int(exponent or 0)) > 2 * _MAX_DIGITS
        try:
            value = Fraction(mantissa) if far else Fraction(str(token))
        except ZeroDivisionError:
            raise self.error("a fraction with denominator 0", token) from None
        if value and (abs(value) > _LARGEST or (far and int(exponent) > 0)):
            raise self.error("a number beyond ±1.797e308, the range of float64", token)
        if value and (abs(value) < _SMALLEST or far):
            raise self.error("a number below 4.94e-324, the least of float64; write 0", token)
        return value
