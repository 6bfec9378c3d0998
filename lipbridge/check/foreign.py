"""Proofs by other hands: what keeps their text from running programs, and a second look at it.

Statements are safe without this: they are compiled from sources of ours alone, and types compared.
But Lean text can run programs while it is compiled, and can tell Lean to store what its kernel has
not seen. So nothing that makes Lean run code is let in, and what the compiler stored is checked
again, as data, by the second checker.
"""

from __future__ import annotations

import re

from lipbridge.emit.lean.commands import imports
from lipbridge.errors import NotProvedError

__all__ = ["refuse_programs"]

# No \b: in Lean a word also ends at a digit or at `λ`, as in `0macro`.
_PROGRAM = re.compile(
    r"#|@\[|(?<![A-Za-z_])"
    r"(?:import|attribute|deriving|initialize|builtin_\w+|unsafe|extern|csimp|run_\w+|by_elab|"
    r"implemented_by|init_quot|add_decl_doc|(?:declare|register|binder)_\w+|(?:d?sim)proc\w*|elab\w*|"
    r"macro\w*|syntax|notation3?|infix[lr]?|prefix|postfix|unif_hint|grind_pattern|tactic_extension)"
    r"(?![A-Za-z_])"
)


def refuse_programs(path: str, text: str, ours: str) -> None:
    """Refuse text in which somebody filled in proofs if it could make Lean run a program.

    Args:
        path: the file.
        text: its text.
        ours: the text with the stubs, whose lines and imports are right.

    Raises:
        NotProvedError: naming the line and the word; comments are no exception.
    """
    if imports(text) != imports(ours):
        raise NotProvedError(f"{path}: other imports than those of the stubs; restore them")
    known = set(ours.splitlines())
    for number, line in enumerate(text.splitlines(), start=1):
        found = None if line in known else _PROGRAM.search(line)
        if found:
            raise NotProvedError(
                f"{path}:{number}: {found.group()!a} could make Lean run a program; "
                "write the proof without it"
            )
