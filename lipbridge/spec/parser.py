"""Reading a ``.lip`` spec: text → :class:`Network`, with located errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from importlib import resources
from pathlib import Path

import lark

from lipbridge.errors import InputError, ShapeError, SpecError
from lipbridge.layers import (
    Argument,
    ArgumentType,
    ArgumentValue,
    Branch,
    InlineTensor,
    InputPart,
    Layer,
    Shape,
    TensorRef,
    kinds,
    layer_class,
    nearest,
    size,
)
from lipbridge.spec.identifier import Identifier
from lipbridge.spec.network import Network, walk

__all__ = ["parse", "read"]

_MAX_CHARACTERS = 4_000_000
_MAX_DIGITS = 2000
_MAX_DEPTH = 50
_WORDS = {
    "NAME": "a name",
    "LABEL": "a label",
    "ARGUMENT": "an argument",
    "INTEGER": "an integer",
    "NUMBER": "a number",
    "STRING": "a tensor name in quotes",
    "TIMES": "'x'",
    "EQUAL": "'='",
    "LBRACE": "'{'",
    "RBRACE": "'}'",
    "LSQB": "'['",
    "RSQB": "']'",
    "COMMA": "','",
    "COLON": "':'",
    "NETWORK": "'network'",
    "INPUT": "'input'",
    "NORM": "'norm'",
    "FROM": "'from'",
    "AT_MOST": "'<='",
    "$END": "the end of the file",
}


@cache
def _grammar() -> lark.Lark:
    text = resources.files("lipbridge.spec").joinpath("grammar.lark").read_text("utf-8")
    return lark.Lark(text, parser="lalr", propagate_positions=True, maybe_placeholders=True)


def read(path: Path) -> Network:
    """Parse a spec file.

    Raises:
        InputError: the file cannot be read.
        SpecError: as :func:`parse`.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise InputError(f"cannot read the spec {path}: {reason}") from error
    return parse(text, source=path.name)


def parse(text: str, source: str = "<spec>") -> Network:
    """Parse a spec.

    Args:
        text: the spec.
        source: its name in error messages.

    Returns:
        The network, every layer with its shapes resolved.

    Raises:
        SpecError: located by line and column; names what was expected and the nearest known name.
    """
    if len(text) > _MAX_CHARACTERS:
        raise SpecError(
            f"longer than {_MAX_CHARACTERS} characters; keep matrices in a weights file",
            source=source,
        )
    try:
        tree = _grammar().parse(text)
    except lark.exceptions.UnexpectedInput as error:
        raise _unexpected(error, text, source) from None
    return _Reader(text, source).network(tree)


def _unexpected(error: lark.exceptions.UnexpectedInput, text: str, source: str) -> SpecError:
    lines = text.splitlines() or [""]
    if isinstance(error, lark.exceptions.UnexpectedToken):
        token = error.token
        found = "the end of the file" if token.type == "$END" else repr(str(token)[:40])
        names = error.accepts or error.expected
        line, column = (
            (len(lines), len(lines[-1]) + 1)
            if token.type == "$END"
            else (token.line or 1, token.column or 1)
        )
    else:
        assert isinstance(error, lark.exceptions.UnexpectedCharacters)
        line, column = error.line, error.column
        found = repr(lines[line - 1][column - 1 : column])
        names = error.allowed or set()
    words = sorted({_WORDS.get(name, name) for name in names if name not in ("WS", "COMMENT")})
    expected = f"; expected {' or '.join(words)}" if words else ""
    hint = ""
    keywords = {"NETWORK": "network", "INPUT": "input"}
    for name, word in keywords.items():
        if name in names and found.strip("'") not in ("", word):
            hint = nearest(found.strip("'"), (word,))
            hint = hint if "mean" in hint else ""
    return SpecError(
        f"unexpected {found}{expected}{hint}",
        source=source,
        line=line,
        column=column,
        text=lines[line - 1] if line <= len(lines) else "",
    )


class _Reader:
    """Turns the parse tree into layers; holds what error messages need."""

    def __init__(self, text: str, source: str) -> None:
        self._lines, self._source = text.splitlines(), source
        self._labels: set[str] = set()
        self._counts: Counter[str] = Counter()
        self._inputs: dict[str, InputPart] = {}

    def _error(self, message: str, at: lark.Token) -> SpecError:
        line = at.line or 1
        return SpecError(
            message,
            source=self._source,
            line=line,
            column=at.column or 1,
            text=self._lines[line - 1] if line <= len(self._lines) else "",
        )

    def network(self, tree: lark.Tree[lark.Token]) -> Network:
        name, *rest = tree.children
        assert isinstance(name, lark.Token)
        declarations = [part for part in _trees(rest) if part.data == "input"]
        for declaration in declarations:
            self._declare(declaration, len(declarations))
        parts = tuple(self._inputs.values())
        shape = parts[0].shape if len(parts) == 1 else (parts[-1].stop,)
        statements = [part for part in _trees(rest) if part.data != "input"]
        body = self._branch(shape, iter(statements), 0, reads_inputs=True)
        if not body.layers:
            raise self._error(f"network {name} has no layers; known: {', '.join(kinds())}", name)
        clash = next((layer.name for layer in walk(body) if layer.name == name), None)
        if clash:
            raise self._error(f"a layer has the network's name {clash!r}; rename one", name)
        plain = len(parts) == 1 and parts[0] == InputPart("", 0, shape)
        return Network(self._identifier(name), body, () if plain else parts)

    def _declare(self, tree: lark.Tree[lark.Token], count: int) -> None:
        label, first, times, second, _, bound = tree.children
        assert isinstance(first, lark.Token)
        shape = (self._count(first),)
        if times is not None:
            assert isinstance(second, lark.Token)
            shape += (self._count(second),)
        name = "" if label is None else str(self._identifier(label))
        if not name and count > 1:
            raise self._error("each of several inputs needs a name: `input NAME 384`", first)
        if name in self._inputs:
            raise self._error(f"two inputs are called {name!r}; rename one", label)
        norm = None
        if bound is not None:
            at = next(_tokens(bound))
            norm = self._fraction(at)
            if norm <= 0:
                raise self._error(f"a largest norm must be positive, not {norm}", at)
        offset = list(self._inputs.values())[-1].stop if self._inputs else 0
        self._inputs[name] = InputPart(name, offset, shape, norm)

    def _identifier(self, token: lark.Token) -> Identifier:
        try:
            return Identifier(str(token).rstrip(": \t\r\n"))
        except InputError as error:
            raise self._error(str(error), token) from None

    def _branch(
        self,
        shape: Shape,
        statements: Iterator[lark.Tree[lark.Token]],
        depth: int,
        *,
        reads_inputs: bool,
    ) -> Branch:
        layers: list[Layer] = []
        current = shape
        for statement in statements:
            # Only the first layer of a sequence sees what the sequence reads.
            layer = self._statement(current, statement, depth, reads_inputs and not layers)
            layers.append(layer)
            current = layer.output
        return Branch(shape, tuple(layers))

    def _statement(
        self, shape: Shape, tree: lark.Tree[lark.Token], depth: int, reads_inputs: bool
    ) -> Layer:
        label, kind, *rest = tree.children
        assert isinstance(kind, lark.Token)
        layer = (
            self._from(label, kind, shape, rest)
            if tree.data == "source"
            else self._layer(label, kind, shape, rest, depth, reads_inputs)
        )
        if layer.local and not reads_inputs:
            raise self._error(
                f"{kind} reads the network's inputs; put the layers before it into its branches",
                kind,
            )
        if reads_inputs and len(self._inputs) > 1 and not layer.local:
            names = " or ".join(f"`from {name}`" for name in self._inputs)
            raise self._error(f"a network with several inputs begins with {names}", kind)
        return layer

    def _from(self, label: object, kind: lark.Token, shape: Shape, rest: list[object]) -> Layer:
        (name,) = rest
        assert isinstance(name, lark.Token)
        part = self._inputs.get(str(name))
        if part is None:
            known = tuple(filter(None, self._inputs))
            hint = nearest(str(name), known) if known else "; `input NAME 384` declares one"
            raise self._error(f"no input is called {str(name)!r}{hint}", name)
        try:
            return layer_class("from").build(
                self._name(label, kind), (size(shape),), {"input": part}, ()
            )
        except ShapeError as error:
            raise self._error(str(error), kind) from None

    def _layer(
        self,
        label: object,
        kind: lark.Token,
        shape: Shape,
        rest: list[object],
        depth: int,
        reads_inputs: bool,
    ) -> Layer:
        if depth > _MAX_DEPTH:
            raise self._error(f"branches nested deeper than {_MAX_DEPTH}", kind)
        try:
            cls = layer_class(str(kind))
        except InputError as error:
            raise self._error(str(error), kind) from None
        parts = list(_trees(rest))
        blocks = [part for part in parts if part.data == "block"]
        if blocks and not cls.branching:
            raise self._error(f"{kind} takes no branches", kind)
        name = self._name(label, kind)
        arguments = self._arguments(kind, cls.arguments, [p for p in parts if p.data != "block"])
        branches = tuple(
            self._branch(shape, _trees(block.children), depth + 1, reads_inputs=reads_inputs)
            for block in blocks
        )
        try:
            return cls.build(name, shape, arguments, branches)
        except ShapeError as error:
            raise self._error(f"{name}: {error}", kind) from None

    def _name(self, label: object, kind: lark.Token) -> str:
        if isinstance(label, lark.Token):
            name = self._identifier(label)
            if name in self._labels:
                raise self._error(f"two layers are called {name!r}; rename one", label)
        else:
            while True:
                self._counts[str(kind)] += 1
                name = f"{kind}{self._counts[str(kind)]}"
                if name not in self._labels:
                    break
        self._labels.add(name)
        return name

    def _arguments(
        self,
        kind: lark.Token,
        known: tuple[Argument, ...],
        parts: list[lark.Tree[lark.Token]],
    ) -> dict[str, ArgumentValue]:
        by_name = {argument.name: argument for argument in known}
        positional = next((argument for argument in known if argument.positional), None)
        found: dict[str, ArgumentValue] = {}
        for part in parts:
            at = next(_tokens(part), kind)
            if part.data == "argument":
                key, value = part.children
                assert isinstance(key, lark.Token)
                assert isinstance(value, lark.Tree)
                argument = by_name.get(str(key))
                if argument is None:
                    if not by_name:
                        raise self._error(f"{kind} takes no arguments", key)
                    hint = nearest(str(key), tuple(by_name))
                    raise self._error(f"{kind} has no argument {str(key)!r}{hint}", key)
            else:
                value, argument = part, positional
                if argument is None:
                    raise self._error(f"{kind} takes no value here", at)
            if argument.name in found:
                raise self._error(f"{kind} has two values for {argument.name}", at)
            found[argument.name] = self._value(argument, value, next(_tokens(value), at))
        missing = [a.name for a in known if a.required and a.name not in found]
        if missing:
            raise self._error(f"{kind} lacks {' and '.join(missing)}", kind)
        return found

    def _value(
        self, argument: Argument, tree: lark.Tree[lark.Token], at: lark.Token
    ) -> ArgumentValue:
        wanted = argument.type
        if wanted is ArgumentType.COUNT and tree.data == "integer":
            return self._count(at)
        if wanted is ArgumentType.NUMBER and tree.data in ("integer", "number"):
            return self._fraction(at)
        if wanted in (ArgumentType.MATRIX, ArgumentType.VECTOR):
            if tree.data == "tensor":
                return self._tensor(tree)
            if tree.data == "vector":
                return InlineTensor((tuple(map(self._fraction, _tokens(tree))),))
            if tree.data == "matrix" and wanted is ArgumentType.MATRIX:
                return self._matrix(tree, at)
        raise self._error(f"{argument.name} must be {wanted.value}", at)

    def _matrix(self, tree: lark.Tree[lark.Token], at: lark.Token) -> InlineTensor:
        rows = tuple(tuple(map(self._fraction, _tokens(row))) for row in _trees(tree.children))
        if not rows:
            raise self._error("an empty matrix", at)
        for index, row in enumerate(rows):
            if len(row) != len(rows[0]):
                raise self._error(
                    f"row {index} has {len(row)} entries but row 0 has {len(rows[0])}", at
                )
        return InlineTensor(rows)

    def _tensor(self, tree: lark.Tree[lark.Token]) -> TensorRef:
        name, bounds = tree.children
        assert isinstance(name, lark.Token)
        if not isinstance(bounds, lark.Tree):
            return TensorRef(name[1:-1])
        numbers = list(_tokens(bounds))
        start = self._integer(numbers[0])
        stop = self._integer(numbers[1]) if len(numbers) > 1 else start + 1
        if not 0 <= start < stop:
            raise self._error(f"rows {start}:{stop} are empty or negative", numbers[0])
        return TensorRef(name[1:-1], (start, stop))

    def _integer(self, token: lark.Token) -> int:
        if len(token) > _MAX_DIGITS:
            raise self._error(f"a number of more than {_MAX_DIGITS} digits", token)
        return int(token)

    def _count(self, token: lark.Token) -> int:
        value = self._integer(token)
        if not 1 <= value <= 1_000_000_000:
            raise self._error(f"a dimension must be a positive integer, not {value}", token)
        return value

    def _fraction(self, token: lark.Token) -> Fraction:
        if len(token) > _MAX_DIGITS:
            raise self._error(f"a number of more than {_MAX_DIGITS} digits", token)
        try:
            return Fraction(str(token))
        except ZeroDivisionError:
            raise self._error("a fraction with denominator 0", token) from None


def _tokens(tree: lark.Tree[lark.Token]) -> Iterator[lark.Token]:
    return (item for item in tree.scan_values(lambda value: isinstance(value, lark.Token)))


def _trees(children: object) -> Iterator[lark.Tree[lark.Token]]:
    assert isinstance(children, list)
    return (child for child in children if isinstance(child, lark.Tree))
