"""Comparing a library file whose theorems have other proofs with the trusted one.

People who fill in stubs by hand change proofs and add lemmas. All the rest (definitions, instances,
statements) must stay as it is, or the theorems would speak of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lipbridge.check.scan import blank_comments, scan

__all__ = ["other_than_proofs"]

_THEOREM = re.compile(r"(?:@\[[^\]\n]*\] *)?(?:protected +|private +)?theorem\b")
_END = re.compile(r":=|\bwhere\b|\n *\|")
_OPENING, _CLOSING = "([{⟨", ")]}⟩"


def other_than_proofs(source: str, trusted: str) -> list[str]:
    """What differs besides proofs and added theorems, ``line: what``.

    Args:
        source: a file of the export's copy of the library.
        trusted: the same file of the library.
    """
    code, complaints = blank_comments(source)
    if complaints:
        return complaints
    wanted = list(_commands(blank_comments(trusted)[0]))
    place = 0
    for line, text in _commands(code):
        expected = wanted[place][1] if place < len(wanted) else ""
        if _flat(text) == _flat(expected):
            place += 1
        elif not _THEOREM.match(text):
            complaints.append(f"{line}: not the library's text")
            break
        else:
            inner = text
            if _THEOREM.match(expected) and _flat(_head(text)) == _flat(_head(expected)):
                place += 1
                inner = re.sub(r"^@\[[^\]\n]*\] *", "", text)
            complaints.extend(f"{line}: {reason.split(': ', 1)[1]}" for reason in scan(inner))
    if not complaints and place < len(wanted):
        complaints.append(f"{len(source.splitlines())}: a part of the library's text is missing")
    return complaints


def _commands(code: str) -> Iterator[tuple[int, str]]:
    """Pieces that start in column 0, each with its first line's number."""
    start, first = 0, 1
    lines = code.split("\n")
    for number, line in enumerate([*lines[1:], "end"], start=2):
        if line and not line[0].isspace():
            text = "\n".join(lines[start : number - 1])
            if text.strip():
                yield first, text.rstrip()
            start, first = number - 1, number


def _head(text: str) -> str:
    """A theorem up to its proof."""
    for mark in _END.finditer(text):
        before = text[: mark.start()]
        if sum(map(before.count, _OPENING)) == sum(map(before.count, _CLOSING)):
            return before
    return text


def _flat(text: str) -> str:
    return " ".join(text.split())
