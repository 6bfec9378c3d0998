"""A lexical scan of generated Lean modules: comments apart, only harmless commands are let in.

A generated module needs definitions and theorems, nothing else. Whatever could change what a
statement means (notation, instances, macros), get past the kernel, or run code while compiling is
refused before the compiler sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

__all__ = ["Declaration", "blank_comments", "declarations", "scan", "scan_term"]

_COMMAND_WORDS = (
    "import set_option universe namespace section end open variable "
    "def abbrev theorem example private protected noncomputable"
)

_REFUSED_WORDS = (
    "axiom opaque unsafe partial instance class structure inductive coinductive deriving "
    "mutual notation infix infixl infixr prefix postfix macro macro_rules syntax "
    "declare_syntax_cat elab elab_rules attribute export initialize builtin_initialize "
    "run_cmd run_elab run_meta run_tac by_elab native_decide local scoped extern "
    "implemented_by csimp simproc dsimproc simproc_decl builtin_simproc unif_hint "
    "register_option register_builtin_option register_simp_attr add_decl_doc init_quot include "
    "omit compile_inductive compile_def gen_injective_theorems grind_pattern binder_predicate "
    "seal unseal public meta module prelude irreducible_def include_str "
    "declare_config_elab declare_simp_like_tactic tactic_extension register_tactic_tag "
    "reduceBool reduceNat ofReduceBool ofReduceNat trustCompiler lcProof lcUnreachable lcCast "
    "lcErased lcAny unsafeCast unsafeIO"
)
_COMMANDS = frozenset(_COMMAND_WORDS.split())
_REFUSED = frozenset(_REFUSED_WORDS.split())

_OPTIONS = re.compile(
    r"autoImplicit|relaxedAutoImplicit|maxRecDepth|maxHeartbeats|exponentiation\.threshold"
    r"|(?:pp|linter)\.[A-Za-z.]+"
)

# Strings, quotations, escaped names, attributes, #-commands: nothing that a generated module needs.
_REFUSED_CHARACTERS = re.compile(r"[\"`«»#$%\\\r\x00-\x09\x0b-\x1f]|@\[")
# Other letters end a word: Python and Lean differ about them (λ is no letter to Lean), and a
# shorter word is refused at least as often.
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_'!?]*")
_APOSTROPHE = re.compile(r"(?<![A-Za-z0-9_'!?₀-₉α-κμ-ω])'")
_NAME = r"[^\W\d][\w'!?₀-₉]*(?:\.[^\W\d][\w'!?₀-₉]*)*"
_OPTION = re.compile(r"\bset_option\s+(\S+)")
_COMMENT = re.compile(r"--|/-")
_STRUCTURE = re.compile(
    rf"^[ ]*(?:@\[[^\]\n]*\]\s*)*(?P<private>private\s+)?(?:(?:protected|noncomputable|public)\s+)*"
    rf"(?P<word>namespace|section|end|def|abbrev|theorem|instance|axiom|structure|class|inductive)"
    rf"\b[ ]*(?P<name>{_NAME})?",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Declaration:
    """A public declaration found in a source file.

    Attributes:
        kind: the command's keyword.
        name: full name.
        line: 1-based line.
    """

    kind: str
    name: str
    line: int


def blank_comments(source: str) -> tuple[str, list[str]]:
    """Replace comments by blanks, line breaks kept, as Lean's lexer would.

    Args:
        source: Lean source that holds no string or character literals.

    Returns:
        The rest, and complaints about comments that readers could take differently.
    """
    out: list[str] = []
    complaints: list[str] = []
    at, size = 0, len(source)
    while opening := _COMMENT.search(source, at):
        start = opening.start()
        out.append(source[at:start])
        if start > 0 and not source[start - 1].isspace():
            complaints.append(f"{_line(source, start)}: a comment right after a token")
        if source.startswith("--", start):
            stop = source.find("\n", start)
            stop = size if stop < 0 else stop
        else:
            stop = _block_end(source, start)
            if stop < 0 or source.startswith(("/--/", "/-!/", "/-/"), start):
                complaints.append(f"{_line(source, start)}: a block comment that does not end well")
                stop = size if stop < 0 else stop
        out.append(re.sub(r"[^\n]", " ", source[start:stop]))
        at = stop
    out.append(source[at:])
    return "".join(out), complaints


def _block_end(source: str, start: int) -> int:
    """Index after the ``-/`` that closes the block comment at ``start``, or −1."""
    depth = 0
    for mark in re.compile(r"/-|-/").finditer(source, start):
        depth += 1 if mark.group() == "/-" else -1
        if depth == 0:
            return mark.end()
    return -1


def scan(source: str) -> list[str]:
    """Complaints about a generated module, ``line: what``; empty if it may be compiled."""
    code, complaints = blank_comments(source)
    complaints.extend(_refused(code))
    for number, line in enumerate(code.split("\n"), start=1):
        word = _WORD.match(line)
        if word and word.group() not in _COMMANDS:
            complaints.append(f"{number}: command '{word.group()}' is not allowed")
        if line.startswith("import") and not re.fullmatch(rf"import +{_NAME}\s*", line):
            complaints.append(f"{number}: an import that is not plain")
    for option in _OPTION.finditer(code):
        if not _OPTIONS.fullmatch(option.group(1)):
            where = _line(code, option.start())
            complaints.append(f"{where}: option '{option.group(1)}' is not allowed")
    return sorted(set(complaints), key=lambda text: int(text.split(":")[0]))


def scan_term(source: str) -> list[str]:
    """Complaints about a claimed statement, which must be one term; empty if it may be used."""
    code, complaints = blank_comments(source)
    if code != source:
        complaints.append("1: a comment")
    complaints.extend(_refused(code))
    complaints.extend(
        f"{_line(code, word.start())}: command '{word.group()}' is not allowed"
        for word in _WORD.finditer(code)
        if word.group() in _COMMANDS or word.group() in ("sorry", "by")
    )
    depth = 0
    for mark in re.finditer(r"[()\[\]{}]", code):
        depth += 1 if mark.group() in "([{" else -1
        if depth < 0:
            break
    if depth != 0:
        complaints.append("1: unbalanced brackets")
    return complaints


def _refused(code: str) -> Iterator[str]:
    # A hundred complaints are as good as a million, and counting lines takes time.
    yield from islice(_all_refused(code), 100)


def _all_refused(code: str) -> Iterator[str]:
    for word in _WORD.finditer(code):
        if word.group() in _REFUSED:
            yield f"{_line(code, word.start())}: '{word.group()}' is not allowed"
    for character in _REFUSED_CHARACTERS.finditer(code):
        yield f"{_line(code, character.start())}: {character.group()!r} is not allowed"
    for character in _APOSTROPHE.finditer(code):
        yield f"{_line(code, character.start())}: a character literal is not allowed"


def declarations(source: str) -> tuple[Declaration, ...]:
    """The public named declarations of a source file, with full names.

    Args:
        source: Lean source laid out one command a line.
    """
    code, _ = blank_comments(re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', source))
    found: list[Declaration] = []
    scopes: list[str] = []
    line, counted = 1, 0
    for match in _STRUCTURE.finditer(code):
        line += code.count("\n", counted, match.start("word"))
        counted = match.start("word")
        word, name = match["word"], match["name"] or ""
        if word == "namespace":
            scopes.extend(name.split("."))
        elif word == "section":
            scopes.append("")
        elif word == "end":
            del scopes[len(scopes) - max(1, name.count(".") + 1) :]
        elif name and not match["private"]:
            full = ".".join([*filter(None, scopes), name])
            full = name.removeprefix("_root_.") if name.startswith("_root_.") else full
            found.append(Declaration(word, full, line))
    return tuple(found)


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
