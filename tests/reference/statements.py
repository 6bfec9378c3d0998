"""Reading the inequalities of theorem statements back out of the Lean library into sympy.

What is compared with a derivation is the statement in the .lean file, parsed, not a copy of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import cast

import lark
import sympy

from lipbridge.errors import InputError

_Node = lark.Tree[lark.Token] | lark.Token
_COMMENT = re.compile(r"/-.*?-/|--[^\n]*", re.DOTALL)
_RELATIONS = {"lt": sympy.StrictLessThan, "le": sympy.LessThan, "Eq": sympy.Equality}


@cache
def _grammar() -> lark.Lark:
    text = Path(__file__).with_name("statements.lark").read_text("utf-8")
    return lark.Lark(text, parser="lalr", start="declaration")


class _Plain(lark.Transformer[lark.Token, "lark.Tree[lark.Token]"]):
    """Forgets type ascriptions."""

    def ascription(self, items: list[_Node]) -> _Node:
        return items[0]


class Statement:
    """A declaration's hypotheses and conclusion, as parsed.

    Terms built of ``add mul sub neg sq rpow ofNat zero one`` and literals become sympy expressions;
    any other term becomes a real symbol whose name is the term's text, such as ``s i q``.
    """

    def __init__(self, name: str, parts: dict[str, _Node]) -> None:
        self.name = name
        self._parts = parts

    @property
    def parts(self) -> tuple[str, ...]:
        """Names of the explicit and implicit binders, then ``conclusion``."""
        return tuple(self._parts)

    def relations(self, part: str) -> tuple[sympy.Rel, ...]:
        """Every ``lt``, ``le`` and ``Eq`` of a part, from left to right.

        Args:
            part: a binder's name, ``conclusion``, or ``body`` of a definition.

        Raises:
            InputError: no such part.
        """
        if part not in self._parts:
            raise InputError(f"{self.name} has no part {part!r}; it has {', '.join(self._parts)}")
        return tuple(_relations(self._parts[part]))

    def relation(self, part: str) -> sympy.Rel:
        """The one relation of a part.

        Raises:
            InputError: no such part, or none or several relations in it.
        """
        found = self.relations(part)
        if len(found) != 1:
            raise InputError(f"{part} of {self.name} has {len(found)} relations, not one")
        return found[0]


def read_statement(source: str, name: str) -> Statement:
    """Parse one theorem's statement, or one definition of a proposition.

    Args:
        source: text of a Lean module of the library.
        name: the declaration's name as written there.

    Raises:
        InputError: it is not there, or is not in the syntax that the library keeps to.
    """
    code = _COMMENT.sub("", source)
    head = rf"^(theorem|def) (?={re.escape(name)}(?![\w'.]))(.*?)(?=^\S|\Z)"
    found = re.search(head, code, re.MULTILINE | re.DOTALL)
    if found is None:
        raise InputError(f"no theorem or definition {name} in this Lean source")
    text = found[2]
    if found[1] == "theorem":
        text = re.split(r":=|\bwhere\b|\n *\|", text, maxsplit=1)[0]
    try:
        tree = _Plain().transform(_grammar().parse(text))
    except lark.exceptions.UnexpectedInput as error:
        line = text.splitlines()[error.line - 1 : error.line] or [text]
        raise InputError(f"{name}: cannot read this part of the statement: {line[0]!r}") from None
    *binders, conclusion, body = cast("list[_Node | None]", tree.children[1:])
    parts: dict[str, _Node] = {}
    for binder in cast("list[lark.Tree[lark.Token]]", binders):
        *names, stated = binder.children
        parts |= {str(variable): stated for variable in names}
    parts |= {key: part for key, part in (("conclusion", conclusion), ("body", body)) if part}
    return Statement(name, parts)


def _relations(node: _Node) -> Iterator[sympy.Rel]:
    if isinstance(node, lark.Token):
        return
    head, arguments = _application(node)
    if head in _RELATIONS and len(arguments) == 2:
        left, right = map(_expression, arguments)
        yield cast("sympy.Rel", _RELATIONS[head](left, right, evaluate=False))
        return
    for child in cast("list[_Node | None]", node.children):
        if child is not None:
            yield from _relations(child)


def _application(node: _Node) -> tuple[str, list[_Node]]:
    """Name and arguments of an application, name alone, or nothing."""
    if isinstance(node, lark.Token) or node.data not in ("apply", "name"):
        return "", []
    if node.data == "name":
        return str(node.children[0]), []
    function, *arguments = node.children
    return _application(function)[0], list(arguments)


def _expression(node: _Node) -> sympy.Expr:
    if isinstance(node, lark.Tree) and node.data == "integer":
        return sympy.Integer(int(cast("lark.Token", node.children[0])))
    head, arguments = _application(node)
    match head, arguments:
        case "zero", []:
            return sympy.Integer(0)
        case "one", []:
            return sympy.Integer(1)
        case "add", [a, b]:
            return _expression(a) + _expression(b)
        case "sub", [a, b]:
            return _expression(a) - _expression(b)
        case "mul", [a, b]:
            return _expression(a) * _expression(b)
        case "neg", [a]:
            return -_expression(a)
        case "sq", [a]:
            return _expression(a) ** 2
        case "rpow", [a, n]:
            return _expression(a) ** _expression(n)
        case "Nat.succ", [n]:
            return _expression(n) + 1
        case "ofNat", [n]:
            return _expression(n)
        case _:
            return sympy.Symbol(_text(node), real=True)


def _text(node: _Node) -> str:
    """A term's text with single spaces, brackets around arguments that are applications."""
    if isinstance(node, lark.Token):
        return str(node)
    if node.data in ("name", "integer"):
        return str(node.children[0])
    if node.data == "apply":
        words = (_text(child) for child in node.children)
        return " ".join(f"({word})" if " " in word else word for word in words)
    if node.data == "projection":
        return f"({_text(node.children[0])}){node.children[1]}"
    return f"<{node.data}>"
