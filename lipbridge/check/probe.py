"""The probe: a module made here that asks Lean what the export's theorems say and rest on.

For each claim it proves the claimed statement by the export's theorem, and prints the axioms of
both. Only answers at the probe's own lines count; a missing answer is a failure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lipbridge.check.messages import Message
from lipbridge.check.records import Claim, TheoremResult
from lipbridge.check.scan import scan_term
from lipbridge.errors import InputError

__all__ = ["Probe", "Verdict", "make_probe", "make_query"]

_NAME = re.compile(r"[^\W\d][\w']*(?:\.[^\W\d][\w']*)*")
_UNIVERSES = re.compile(r"^\.\{[^}]*\} ")
_SORRY = "sorryAx"


@dataclass(frozen=True)
class Verdict:
    """What the probe found.

    Attributes:
        theorems: those whose axioms Lean told, in the order of the claims.
        failures: reasons why a claim is not proved, one line each.
    """

    theorems: tuple[TheoremResult, ...]
    failures: tuple[str, ...]


@dataclass(frozen=True)
class _Lines:
    """The probe's name for one claim, and the line numbers of the questions about it."""

    label: str
    statement: range
    statement_axioms: int
    axioms: int
    signature: int


@dataclass(frozen=True)
class Probe:
    """A probe's source and where its questions are.

    Attributes:
        source: Lean source without a header.
        claims: what it asks about.
        lines: the questions about each claim.
    """

    source: str
    claims: tuple[Claim, ...]
    lines: tuple[_Lines, ...]

    def judge(
        self,
        messages: Sequence[Message],
        *,
        allowed_axioms: frozenset[str] = frozenset(),
        allow_sorry: bool = False,
    ) -> Verdict:
        """Read Lean's answers.

        Args:
            messages: what Lean said about the probe.
            allowed_axioms: axioms that a theorem may rest on.
            allow_sorry: let every theorem be a stub.
        """
        theorems: list[TheoremResult] = []
        failures: list[str] = []
        asked: set[int] = set()
        for claim, lines in zip(self.claims, self.lines, strict=True):
            asked |= {*lines.statement, lines.statement_axioms, lines.axioms, lines.signature}
            axioms = _axioms(messages, lines.axioms, claim.name)
            if axioms is None:
                said = _errors(messages, [lines.axioms])
                missing = any("Unknown" in text or "unknown" in text for text in said)
                reason = "is not in the export" if missing else f"is not checked: {_first(said)}"
                failures.append(f"theorem {claim.name} {reason}")
                continue
            statement = _statement(messages, lines.signature, claim.name)
            theorems.append(TheoremResult(claim.name, statement, axioms))
            allowed = allowed_axioms | ({_SORRY} if allow_sorry or claim.allow_sorry else set())
            failures.extend(_axiom_failures(claim.name, axioms, allowed))
            if claim.statement:
                failures.extend(_statement_failures(messages, claim, lines, {*allowed, *axioms}))
        failures.extend(
            f"probe: {_one_line(str(message))}"
            for message in messages
            if message.is_error and message.line not in asked
        )
        return Verdict(tuple(theorems), tuple(failures))


def make_probe(claims: Sequence[Claim], opens: Sequence[str] = ()) -> Probe:
    """Write the probe for claims.

    Args:
        claims: theorems with the statements they must have; an empty statement is not compared.
        opens: namespaces in which statements are read.

    Raises:
        InputError: a name or a statement that could be anything else than a name or a term.
    """
    rows = ["set_option autoImplicit false", "universe u v w"]
    rows.extend(f"open {_checked(name)}" for name in opens)
    places: list[_Lines] = []
    for index, claim in enumerate(claims):
        name = _checked(claim.name)
        start = len(rows) + 1
        if claim.statement:
            if complaints := scan_term(claim.statement):
                raise InputError(f"statement of {name} cannot be used: {complaints[0]}")
            # Indented, so that no line of the statement can start a command.
            body = claim.statement.strip().replace("\n", "\n    ")
            rows.extend(f"theorem {_label(index)} :\n    ({body}) :=\n  @_root_.{name}".split("\n"))
        stop = len(rows) + 1
        rows.append(f"#print axioms {_label(index)}" if claim.statement else "")
        rows.append(f"#print axioms _root_.{name}")
        rows.append(f"#check _root_.{name}")
        places.append(_Lines(_label(index), range(start, stop), stop, stop + 1, stop + 2))
    return Probe("\n".join(rows) + "\n", tuple(claims), tuple(places))


def make_query(names: Sequence[str]) -> Probe:
    """Write a probe that asks for the signatures and axioms of declarations only."""
    return make_probe([Claim(name, "") for name in names])


def _label(index: int) -> str:
    return f"lipbridgeProbe_{index}"


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise InputError(f"{name!r} is no Lean name")
    return name


def _axioms(messages: Sequence[Message], line: int, name: str) -> tuple[str, ...] | None:
    for message in messages:
        if message.line != line or message.severity != "information":
            continue
        text = " ".join(message.text.split())
        if text == f"'{name}' does not depend on any axioms":
            return ()
        start = f"'{name}' depends on axioms: ["
        if text.startswith(start) and text.endswith("]"):
            return tuple(axiom.strip() for axiom in text[len(start) : -1].split(","))
    return None


def _statement(messages: Sequence[Message], line: int, name: str) -> str:
    for message in messages:
        if message.line == line and message.severity == "information":
            text = " ".join(message.text.split()).removeprefix(name).strip()
            return _UNIVERSES.sub("", text, count=1).removeprefix(": ")
    return ""


def _axiom_failures(
    name: str, axioms: Sequence[str], allowed: set[str] | frozenset[str]
) -> list[str]:
    rest = [axiom for axiom in axioms if axiom not in allowed]
    found: list[str] = []
    if _SORRY in rest:
        found.append(f"theorem {name} is a stub: its proof uses sorry")
    if others := [axiom for axiom in rest if axiom != _SORRY]:
        found.append(f"theorem {name} rests on axioms that are not allowed: {', '.join(others)}")
    return found


def _statement_failures(
    messages: Sequence[Message], claim: Claim, lines: _Lines, allowed: set[str]
) -> list[str]:
    said = _errors(messages, lines.statement)
    if said:
        return [f"statement of {claim.name} is not the one the certificate claims: {_first(said)}"]
    axioms = _axioms(messages, lines.statement_axioms, lines.label)
    if axioms is None:
        return [f"statement of {claim.name} was not compared with the certificate's claim"]
    return _axiom_failures(f"{claim.name} as claimed", axioms, allowed)


def _errors(messages: Sequence[Message], lines: Sequence[int]) -> list[str]:
    return [m.text for m in messages if m.is_error and m.line in lines]


def _first(said: Sequence[str]) -> str:
    return _one_line(said[0]) if said else "Lean gave no answer"


def _one_line(text: str, longest: int = 600) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest]}…"
