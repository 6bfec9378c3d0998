"""From the text of a spec to its parse tree, with located errors."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources

import lark

from lipbridge.errors import SpecError
from lipbridge.layers import nearest

Node = lark.Tree[lark.Token]

_MAX_CHARACTERS = 4_000_000
_WORDS = {
    "NAME": "a name",
    "ARGUMENT": "an argument such as weight = …",
    "INTEGER": "an integer",
    "NUMBER": "a number",
    "STRING": "a tensor name in quotes",
    "LAYER": "a layer",
    "VALUE": "a value",
    "TIMES": "'x'",
    "EQUAL": "'='",
    "LBRACE": "a branch in braces",
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
}
# Tokens that may begin the same thing, which is what a reader is told; and what goes without saying
# beside it.
_TOGETHER = (
    ({"LABEL", "NAME"}, "LAYER", {"FROM", "LBRACE", "RBRACE"}),
    ({"INTEGER", "NUMBER", "STRING", "LSQB"}, "VALUE", set[str]()),
    ({"INTEGER", "NUMBER"}, "NUMBER", set[str]()),
)
_SILENT = {"WS", "COMMENT", "$END"}


@cache
def _grammar() -> lark.Lark:
    text = resources.files("lipbridge.language").joinpath("grammar.lark").read_text("utf-8")
    return lark.Lark(text, parser="lalr", propagate_positions=True, maybe_placeholders=True)


def parse_tree(text: str, source: str) -> Node:
    """Parse a spec into its tree.

    Args:
        text: the spec.
        source: its name in error messages.

    Raises:
        SpecError: located by line and column; names what was expected and the nearest known word.
    """
    if len(text) > _MAX_CHARACTERS:
        raise SpecError(
            f"longer than {_MAX_CHARACTERS} characters; keep matrices in a weights file",
            source=source,
        )
    try:
        return _grammar().parse(text)
    except lark.exceptions.UnexpectedInput as error:
        raise _unexpected(error, text, source) from None


def _unexpected(error: lark.exceptions.UnexpectedInput, text: str, source: str) -> SpecError:
    lines = text.split("\n")
    ended = False
    if isinstance(error, lark.exceptions.UnexpectedToken):
        token, names = error.token, error.accepts or error.expected
        ended, found = token.type == "$END", repr(str(token)[:40])
        line, column = token.line or 1, token.column or 1
    else:
        assert isinstance(error, lark.exceptions.UnexpectedCharacters)
        line, column, names = error.line, error.column, error.allowed or set()
        character = lines[line - 1][column - 1 : column]
        found = repr(character) + ("" if character.isascii() else f" (U+{ord(character):04X})")
    if ended:
        line, column, found = len(lines), len(lines[-1]) + 1, "end of the file"
    said = set(names) - _SILENT
    for tokens, whole, beside in _TOGETHER:
        hidden = beside - {"RBRACE"} if ended else beside  # what such a text lacks
        said = said - tokens - hidden | {whole} if tokens <= said else said
    words = sorted(_WORDS.get(name, name) for name in said)
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


def token_of(children: object, kind: str) -> lark.Token | None:
    """The first token of a kind among children, where there is one."""
    assert isinstance(children, list)
    found = (child for child in children if isinstance(child, lark.Token) and child.type == kind)
    return next(found, None)


def tokens_in(tree: Node) -> Iterator[lark.Token]:
    """Every token of a tree, from left to right."""
    return (item for item in tree.scan_values(lambda value: isinstance(value, lark.Token)))


def trees_in(children: object) -> Iterator[Node]:
    """The trees among children."""
    assert isinstance(children, list)
    return (child for child in children if isinstance(child, lark.Tree))
