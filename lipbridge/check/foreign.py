"""Proofs by other hands: what keeps their text from running programs, and a second look at it.

Statements are safe without this: they are compiled from sources of ours alone, and types compared.
But Lean text can run programs while it is compiled, and can tell Lean to store what its kernel has
not seen. So nothing that makes Lean run code is let in, and what the compiler stored is checked
again, as data, by the second checker.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lipbridge.check.modules import Built
from lipbridge.check.process import Children
from lipbridge.check.question import Question
from lipbridge.check.sources import Module
from lipbridge.emit.lean.commands import imports
from lipbridge.errors import NotProvedError
from lipbridge.recheck import recheck
from lipbridge.recheck.driver import module_keys, open_modules

__all__ = ["recheck_foreign", "refuse_programs"]

_PROGRAM = re.compile(
    r"#|@\[|\b(?:import|attribute|deriving|initialize|builtin_\w+|unsafe|extern|csimp|run_\w+|by_elab|"
    r"implemented_by|init_quot|add_decl_doc|(?:declare|register|binder)_\w+|(?:d?sim)proc\w*|elab\w*|"
    r"macro\w*|syntax|notation3?|infix[lr]?|prefix|postfix|unif_hint|grind_pattern|tactic_extension)\b"
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


def recheck_foreign(
    modules: Mapping[str, Module], built: Mapping[str, Built], question: Question, limits: Children
) -> tuple[str, ...]:
    """Have the second checker read the modules that are not ours, and compare the statements.

    Args:
        modules: every module.
        built: what Lean made of them.
        question: what is asked.
        limits: how long and how large.

    Returns:
        Reasons why it does not confirm, each one line.
    """
    paths = {name: item.olean for name, item in built.items() if item.olean is not None}
    keys = module_keys(open_modules({name: str(path) for name, path in paths.items()}))
    found = recheck(
        paths,
        theorems={claim.name: question.statement_of(i) for i, claim in enumerate(question.claims)},
        known=[keys[name] for name, module in modules.items() if module.ours],
        memory_mb=limits.memory_mb,
        seconds=limits.left(),
    )
    return () if found.ok else (f"proofs by other hands: {found.summary}",)
