"""Turning proofs into stubs: every theorem of a Lean source keeps its statement, its proof is gone.

The scanner knows the dialect of this project's library: a declaration starts in column 0 and ends
before the next line that does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["stub_theorems"]

_THEOREM = re.compile(r"^(?:@\[[^\]]*\] )?(?:protected |private )?theorem\b", re.MULTILINE)
_NEXT = re.compile(r"^(?=[^\s])", re.MULTILINE)
_OPEN, _CLOSE = "([{⟨", ")]}⟩"


def stub_theorems(source: str) -> tuple[str, int]:
    """Replace the proof of every theorem with ``sorry``.

    Args:
        source: a Lean module of the library.

    Returns:
        The module, and how many theorems it stubs. A theorem by equations or by ``where`` becomes
        one with a plain proof.
    """
    pieces: list[str] = []
    count = last = 0
    for start, stop in _theorems(source):
        declaration = source[start:stop]
        head = declaration[: _statement_end(declaration)].rstrip()
        pieces += [source[last:start], head, " := sorry -- stub\n\n"]
        last = stop
        count += 1
    return "".join(pieces) + source[last:], count


def _theorems(source: str) -> Iterator[tuple[int, int]]:
    comments = _comments(source)
    for found in _THEOREM.finditer(source):
        if any(a <= found.start() < b for a, b in comments):
            continue
        following = _NEXT.search(source, found.end())
        yield found.start(), following.start() if following else len(source)


def _comments(source: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"/-.*?-/|--[^\n]*", source, re.DOTALL)]


def _statement_end(declaration: str) -> int:
    """Where the statement ends: at ``:=``, ``where`` or the first equation, outside brackets."""
    depth = 0
    for index, character in enumerate(declaration):
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth -= 1
        elif depth == 0:
            rest = declaration[index:]
            if rest.startswith(":=") or re.match(r"where\s*\n", rest) or re.match(r"\n\s*\|", rest):
                return index
    raise ValueError(f"no proof found in: {declaration.splitlines()[0]}")
