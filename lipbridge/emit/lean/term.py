"""Lean terms as values: built, read, unfolded, and printed in lines of at most 100 characters.

Only what generated modules say: applications, functions, quantifiers, arrows, types said of terms,
named arguments, anonymous constructors. Parentheses are put where they are needed, nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, reduce

from lipbridge.emit.lean.printer import nat_literal

WIDTH = 100
"""Longest line of generated Lean; only a packed number, which cannot be broken, is longer."""

_TOKEN = re.compile(r":=|=>|→|[(){}\[\]⟨⟩,:]|[^\s(){}\[\]⟨⟩,:→]+")
_NAME = re.compile(r"(?<![\w'.])[^\W\d][\w']*")
_CLOSING = {"(": ")", "⟨": "⟩", "{": "}", "[": "]"}
_BINDERS = {"fun": "=>", "∀": ","}
_RESERVED = frozenset((":=", "=>", "→", ")", "}", "]", "{", "[", ",", ":", "⟩"))


@dataclass(frozen=True)
class Term:
    """A Lean term.

    Attributes:
        kind: ``atom``; ``app``, a head and its arguments; ``bind``, a body under the binders
            ``text``; ``named``, an argument for ``text``; ``pair``, two sides of the operator
            ``text``; ``tuple``; ``field``, the field ``text`` of a term.
        text: the atom, binders, name, operator or field.
        parts: the terms inside.
    """

    kind: str
    text: str = ""
    parts: tuple[Term, ...] = ()

    @cached_property
    def _flat(self) -> str:
        parts, text = self.parts, self.text
        match self.kind:
            case "app":
                return " ".join(part.argument for part in parts)
            case "bind":
                return f"{text} {parts[0].inner}"
            case "named":
                return f"{text} := {parts[0].inner}"
            case "pair":
                left = parts[0].argument if parts[0].kind in _LOOSE else parts[0]._flat
                return f"{left} {text} {parts[1].inner}"
            case "tuple":
                return f"⟨{', '.join(part.inner for part in parts)}⟩"
            case "field":
                return f"{parts[0].argument}.{text}"
            case _:
                return text

    def __str__(self) -> str:
        """The term in one line."""
        return self._flat

    @property
    def inner(self) -> str:
        """The term in one line, in parentheses where its type is said."""
        return self.argument if self.text == ":" else self._flat

    @property
    def argument(self) -> str:
        """The term in one line, in parentheses where an argument needs them."""
        return self._flat if self.kind in _PLAIN else f"({self._flat})"

    def lines(self, indent: int, column: int | None = None, tail: int = 0) -> str:
        """The term in lines of at most 100 characters.

        Args:
            indent: the indentation of the line that it begins on; further lines have two more.
            column: where it begins; the indentation by default.
            tail: how many characters must fit after its last line.
        """
        return self._wrapped(indent, indent if column is None else column, tail, always=False)

    def _lines(self, indent: int, column: int, tail: int) -> str:
        if self.kind == "atom" or column + len(self._flat) + tail <= WIDTH:
            return self._flat
        parts, text, inner = self.parts, self.text, indent + 2
        fresh = "\n" + " " * inner
        match self.kind:
            case "app":
                made = parts[0]._wrapped(indent, column, 0)
                for i, part in enumerate(parts[1:], start=2):
                    after = tail if i == len(parts) else 0
                    end = len(made.rpartition("\n")[2]) + 1 + column * ("\n" not in made)
                    if end + len(part.argument) + after <= WIDTH:
                        made += f" {part.argument}"
                    elif i == 2 and part.kind == "app" and end <= WIDTH // 2:
                        made += f" {part._wrapped(indent, end, after)}"
                    else:
                        made += fresh + part._wrapped(inner, inner, after)
                return made
            case "bind":
                return f"{text}{fresh}{parts[0].lines(inner, inner, tail)}"
            case "named":
                return f"{text} := {parts[0].lines(indent, column + len(text) + 4, tail)}"
            case "pair":
                shift, loose = indent if text == "→" else inner, parts[0].kind in _LOOSE
                left = parts[0]._wrapped(indent, column, len(text) + 1, always=loose)
                return f"{left} {text}\n{' ' * shift}{parts[1].lines(shift, shift, tail)}"
            case "tuple":
                items = [parts[0].lines(indent, column + 1, 1 + tail)]
                items += [part.lines(inner, inner, 1 + tail) for part in parts[1:]]
                return f"⟨{f',{fresh}'.join(items)}⟩"
            case _:
                return f"{parts[0]._wrapped(indent, column, len(text) + 1 + tail)}.{text}"

    def _wrapped(self, indent: int, column: int, tail: int, *, always: bool = True) -> str:
        if self.kind in _PLAIN or not (always or self.text == ":"):
            return self._lines(indent, column, tail)
        return f"({self._lines(indent, column + 1, tail + 1)})"

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name that occurs in it, those under binders included; of ``a.b`` only ``a``."""
        own = _NAME.findall(self.text) if self.kind in ("atom", "bind") else ()
        return frozenset(own).union(*(part.names for part in self.parts))

    def unfold(self, definitions: Mapping[str, Meaning]) -> Term:
        """The term with every defined name replaced by what it stands for.

        Args:
            definitions: by name, the variables that a definition is applied to and its term.
        """
        head, *arguments = self.parts if self.kind == "app" else (self,)
        if head.kind != "atom" or head.text not in definitions:
            return self._each(lambda part: part.unfold(definitions))
        variables, meaning = definitions[head.text]
        assert len(arguments) >= len(variables), f"{head} is given too few of its variables"
        rest = [part.unfold(definitions) for part in arguments]
        values = dict(zip(variables, rest, strict=False))
        return app(meaning.unfold(definitions).put(values), *rest[len(variables) :])

    def put(self, values: Mapping[str, Term]) -> Term:
        """The term with terms in the place of variables."""
        if self.kind == "atom":
            return values.get(self.text, self)
        return self._each(lambda part: part.put(values)) if values else self

    def _each(self, change: Callable[[Term], Term]) -> Term:
        parts = map(change, self.parts)
        return app(*parts) if self.kind == "app" else replace(self, parts=tuple(parts))


_PLAIN = ("atom", "tuple", "field")
_LOOSE = ("bind", "pair")
Meaning = tuple[tuple[str, ...], Term]
"""The variables that a definition is applied to, and what it then stands for."""


def lean_term(value: Term | str | int) -> Term:
    """A term; a string is read, and must be a term of the kinds that this module knows.

    Raises:
        ValueError: it is no such term.
    """
    if isinstance(value, Term):
        return value
    return _read(nat_literal(value) if isinstance(value, int) else value)


@lru_cache(maxsize=256)
def _read(text: str) -> Term:
    """A term that is read; those of a shape are long, and occur many times in a module."""
    return _Reader(text).read()


def app(head: Term | str, *arguments: Term | str | int, **named: Term | str | int) -> Term:
    """``head (name := c) a b``; of an application more arguments are appended."""
    parts = [lean_term(head)]
    parts[:1] = parts[0].parts if parts[0].kind == "app" else parts
    parts += (Term("named", name, (lean_term(value),)) for name, value in named.items())
    parts += map(lean_term, arguments)
    return Term("app", parts=tuple(parts)) if len(parts) > 1 else parts[0]


def bind(binders: str, body: Term | str) -> Term:
    """``fun x => body`` or ``∀ x, body``; without binders the body."""
    return Term("bind", binders, (lean_term(body),)) if binders else lean_term(body)


def typed(value: Term | str, type: Term | str) -> Term:
    """``(value : type)``."""
    return Term("pair", ":", (lean_term(value), lean_term(type)))


def arrow(*terms: Term | str) -> Term:
    """``a → b → c``."""
    *before, last = map(lean_term, terms)
    return reduce(lambda right, left: Term("pair", "→", (left, right)), reversed(before), last)


def fold(operation: str, terms: Iterable[Term | str | int]) -> Term:
    """``op (op a b) c``: an operation applied to terms, the first first; at least one."""
    return reduce(lambda left, right: app(operation, left, right), map(lean_term, terms))


def times(*terms: Term | str | int) -> Term:
    """The product of natural numbers, the first first; at least one."""
    return fold("Nat.mul", terms)


def listed(terms: Iterable[Term | str | int], rest: Term | str = ".nil") -> Term:
    """A list, before another one where there is one."""
    cons = reversed([*terms])
    return reduce(lambda after, term: app(".cons", term, after), cons, lean_term(rest))


class _Reader:
    """Recursive descent over the tokens of a term."""

    def __init__(self, text: str) -> None:
        self._text = text
        found = [(token.group(), token.span()) for token in _TOKEN.finditer(text)]
        end = "", (len(text), len(text))
        self._tokens, self._at = [*found, end, end], 0

    def read(self) -> Term:
        found = self._term()
        if self._next():
            raise self._error()
        return found

    def _error(self) -> ValueError:
        return ValueError(f"not a Lean term that is generated: {self._text!r}")

    def _next(self) -> str:
        return self._tokens[self._at][0]

    def _take(self, wanted: str = "") -> str:
        token = self._next()
        if not token or (wanted and token != wanted):
            raise self._error()
        self._at += 1
        return token

    def _term(self) -> Term:
        parts: list[Term] = []
        while not parts or self._next() not in ("", ")", "⟩", ",", ":", "→"):
            if self._next() in _BINDERS:
                return app(*parts, self._binding())
            parts.append(self._atom())
        found = app(*parts)
        if self._next() == "→":
            self._take()
            return Term("pair", "→", (found, self._term()))
        return found

    def _binding(self) -> Term:
        start = self._tokens[self._at][1][0]
        stop, depth = _BINDERS[self._take()], 0
        while depth or self._next() != stop:
            word = self._take()
            depth += (word in _CLOSING) - (word in _CLOSING.values())
        end = self._tokens[self._at][1][1]
        self._take()
        return bind(" ".join(self._text[start:end].split()), self._term())

    def _atom(self) -> Term:
        word = self._take()
        if word == "⟨":
            parts = [self._term()]
            while self._next() == ",":
                self._take()
                parts.append(self._term())
            self._take("⟩")
            return self._fields(Term("tuple", parts=tuple(parts)))
        if word != "(":
            if word in _RESERVED:
                raise self._error()
            return Term("atom", word)
        if self._tokens[self._at + 1][0] == ":=":
            name = self._take()
            self._take(":=")
            found = Term("named", name, (self._term(),))
        else:
            found = self._term()
            if self._next() == ":":
                self._take()
                found = typed(found, self._term())
        self._take(")")
        return self._fields(found)

    def _fields(self, value: Term) -> Term:
        """Fields of a term in brackets: ``(h).left`` with nothing between."""
        (_, (_, end)), (word, (start, _)) = self._tokens[self._at - 1 : self._at + 1]
        if not word.startswith(".") or start != end:
            return value
        return self._fields(Term("field", self._take()[1:], (value,)))
