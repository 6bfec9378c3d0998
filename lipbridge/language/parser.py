"""Reading a ``.lip`` spec: text → :class:`Network`, with located errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

import lark

from lipbridge.errors import InputError, ShapeError, expect
from lipbridge.language.identifier import Identifier
from lipbridge.language.network import Network, walk
from lipbridge.language.syntax import Node, parse_tree, token_of, tokens_in, trees_in
from lipbridge.language.values import ValueReader
from lipbridge.layers import (
    Branch,
    InputPart,
    Layer,
    Norm,
    Shape,
    kinds,
    layer_class,
    nearest,
    size,
)

_MAX_DEPTH = 50
_LONGEST = 1 << 26
MAX_LAYERS = 5_000
"""How many layers a network may have, those in branches included."""


def read(path: Path | str) -> Network:
    """Parse a spec file.

    Raises:
        InputError: the file cannot be read.
        SpecError: as :func:`parse`.
    """
    path = Path(path)
    return parse(read_text(path), source=path.name)


def text_of(file: TextIO, name: str) -> str:
    """The text of a spec that is open, as standard input is.

    Raises:
        InputError: it is longer than any spec, or does not end.
    """
    text = file.read(_LONGEST + 1)
    if len(text) > _LONGEST:
        raise InputError(
            f"{name}: a spec of more than {_LONGEST:,} characters; give large tensors with "
            "--weights"
        )
    return text


def read_text(path: Path) -> str:
    """The text of a spec file, without a byte order mark.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            return text_of(file, path.name)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or (
            "not UTF-8 text, as a spec is; tensors go with --weights, and a model in a file of its "
            "own has the ending .onnx or .mat (not .pt2, of torch.export: export to ONNX instead)"
        )
        if path.is_dir():
            reason += "; a model's folder goes with --checkpoint, and --module or --preset"
        raise InputError(f"cannot read the spec {path}: {reason}") from error


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
    expect(text, str, "the text of a spec")
    return _Reader(text, source).network(parse_tree(text, source))


class _Reader(ValueReader):
    """Turns the parse tree into layers; holds what error messages need."""

    def __init__(self, text: str, source: str) -> None:
        super().__init__(text, source)
        self._labels: set[str] = set()
        self._given: set[str] = set()
        self._counts: Counter[str] = Counter()
        self._network = ""
        self._inputs: dict[str, InputPart] = {}

    def network(self, tree: Node) -> Network:
        name, *rest = tree.children
        assert isinstance(name, lark.Token)
        self._network = str(name)
        declarations = [part for part in trees_in(list(rest)) if part.data == "input"]
        for declaration in declarations:
            self._declare(declaration, len(declarations))
        parts = tuple(self._inputs.values())
        shape = parts[0].shape if len(parts) == 1 else (parts[-1].stop,)
        statements = [part for part in trees_in(list(rest)) if part.data not in ("input", "norm")]
        self._given = {self._network} | _names_given(statements)
        norm = self._norm(next((p for p in trees_in(list(rest)) if p.data == "norm"), None))
        body = self._branch(shape, iter(statements), 0, reads_inputs=True)
        if not body.layers:
            raise self.error(f"network {name} has no layers; known: {', '.join(kinds())}", name)
        clash = next((layer.name for layer in walk(body) if layer.name == name), None)
        if clash:
            raise self.error(f"a layer has the network's name {clash!r}; rename one", name)
        plain = len(parts) == 1 and parts[0] == InputPart("", 0, shape)
        named = self.identifier(name, Identifier.network)
        return Network(named, body, () if plain else parts, norm)

    def _norm(self, tree: Node | None) -> Norm:
        if tree is None:
            return Norm.EUCLIDEAN
        (word,) = tokens_in(tree)
        known = {norm.value: norm for norm in Norm}
        if word not in known:
            raise self.error(f"unknown norm {str(word)!r}{nearest(word, tuple(known))}", word)
        return known[word]

    def _declare(self, tree: Node, count: int) -> None:
        parts = {part.data: part for part in trees_in(tree.children)}
        numbers = [token for token in tokens_in(parts["dimensions"]) if token.type == "INTEGER"]
        label = token_of(tree.children, "NAME")
        name = "" if label is None else str(self.identifier(label, Identifier.suffix))
        if not name and count > 1:
            raise self.error("each of several inputs needs a name: `input NAME 384`", numbers[0])
        if name in self._inputs:
            raise self.error(f"two inputs are called {name!r}; rename one", label or numbers[0])
        norm = None
        if "bound" in parts:
            at = list(tokens_in(parts["bound"]))[-1]
            norm = self.fraction(at)
            if norm <= 0:
                raise self.error(f"a largest norm must be positive, not {norm}", at)
        offset = list(self._inputs.values())[-1].stop if self._inputs else 0
        self._inputs[name] = InputPart(name, offset, tuple(map(self.count, numbers)), norm)

    def _branch(
        self, shape: Shape, statements: Iterator[Node], depth: int, *, reads_inputs: bool
    ) -> Branch:
        layers: list[Layer] = []
        current = shape
        for statement in statements:
            # Only the first layer of a sequence sees what the sequence reads.
            first = reads_inputs and not layers
            layers.append(layer := self._layer(current, statement, depth, reads_inputs=first))
            current = layer.output
        return Branch(shape, tuple(layers))

    def _layer(self, shape: Shape, tree: Node, depth: int, *, reads_inputs: bool) -> Layer:
        label, kind, *rest = tree.children
        assert isinstance(kind, lark.Token)
        if depth > _MAX_DEPTH:
            raise self.error(f"branches nested deeper than {_MAX_DEPTH}", kind)
        try:
            cls = layer_class(str(kind))
        except InputError as error:
            raise self.error(str(error), kind) from None
        parts = list(trees_in(list(rest)))
        blocks = [part for part in parts if part.data == "block"]
        if blocks and cls.arity == (0, 0):
            raise self.error(f"{kind} takes no branches", kind)
        if len(self._labels) >= MAX_LAYERS:
            raise self.error(
                f"more than {MAX_LAYERS} layers, the most that a spec may have; bound parts of it, "
                "each a spec of its own: the product of their constants is one of the whole",
                kind,
            )
        name = self._name(label, kind)
        given = [part for part in parts if part.data != "block"]
        arguments = self.arguments(kind, cls.arguments, given, self._inputs)
        branches = tuple(
            self._branch(shape, trees_in(block.children), depth + 1, reads_inputs=reads_inputs)
            for block in blocks
        )
        # `from` reads the stacked vector of all inputs, which a block is, too.
        read = (size(shape),) if kind == "from" else shape
        try:
            layer = cls.build(name, read, arguments, branches)
        except ShapeError as error:
            raise self.error(f"{name}: {error}", kind) from None
        if layer.restricted and not reads_inputs:
            raise self.error(
                f"{kind} reads the network's inputs; put the layers before it into its branches",
                kind,
            )
        if reads_inputs and len(self._inputs) > 1 and not layer.restricted:
            names = " or ".join(f"`from {name}`" for name in self._inputs)
            raise self.error(f"a network with several inputs begins with {names}", kind)
        return layer

    def _name(self, label: object, kind: lark.Token) -> str:
        if isinstance(label, lark.Token):
            name = str(self.identifier(label))
            if name in self._labels:
                raise self.error(f"two layers are called {name!r}; rename one", label)
        else:
            name = ""
            while not name or name in self._labels or name in self._given:
                self._counts[str(kind)] += 1
                name = f"{kind}{self._counts[str(kind)]}"
        self._labels.add(name)
        return name


def _names_given(statements: Sequence[Node]) -> set[str]:
    """What layers are called in a spec, those in branches included."""
    names, left = set[str](), list(statements)
    while left:
        tree = left.pop()
        label = token_of(tree.children, "LABEL")
        names |= set() if label is None else {label.rstrip(": \t\r\n\f")}
        blocks = [part for part in trees_in(tree.children) if part.data == "block"]
        left += [part for block in blocks for part in trees_in(block.children)]
    return names
