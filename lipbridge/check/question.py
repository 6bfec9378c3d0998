"""The question to the kernel: are the theorems those that the data calls for, without axioms.

Two modules of ours. The first states every claim, `def claim_i : Prop := …`, and sees the library
and the data alone. The last sees everything, states `theorem answer_i : claim_i := @TheTheorem`, so
that the kernel compares elaborated types, and prints the axioms of every answer. Only messages at
the last module's own lines count; a missing one is a failure.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import flint

from lipbridge.check.messages import Message
from lipbridge.check.records import Claim, TheoremResult
from lipbridge.check.sources import Module
from lipbridge.emit.lean.literals import literal

CLAIMS = "LipBridgeClaims"
ANSWERS = "LipBridgeAnswers"
_ALL = f"{ANSWERS}.all"
_UNIVERSES = re.compile(r"^\.\{[^}]*\} ")
SORRY = "sorryAx"
"""The axiom that a stub rests on."""


@dataclass(frozen=True)
class Asked:
    """A claim, and where it is asked about.

    Attributes:
        claim: the claim.
        theorem: whose axioms are asked for: where something is claimed, ours that says so.
        proposition: the constant that says what it must state; empty where nothing is claimed.
        lines: those of the theorem.
        axioms, signature: the lines on which its axioms and its signature are printed.
    """

    claim: Claim
    theorem: str
    proposition: str
    lines: range
    axioms: int
    signature: int = 0


@dataclass(frozen=True)
class Question:
    """The two modules, and where their lines are.

    Attributes:
        asked: each claim.
        stated: the module of claims; sees none but ``trusted`` modules.
        source: the last module, without a header.
        arithmetic: the lines on which the kernel computes with large numbers.
        apart: where the axioms of all answers are asked for at once, the same with each by itself.
    """

    asked: tuple[Asked, ...]
    stated: Module
    source: str
    arithmetic: range
    apart: Question | None = None

    def settled(self, messages: Sequence[Message]) -> bool:
        """Whether Lean's answers are all that there is to ask: no error, and no axiom at all."""
        if self.apart is None:
            return True
        clean = (_axioms(messages, one.axioms, _ALL) == () for one in self.asked)
        return all(clean) and not any(message.is_error for message in messages)

    def judge(
        self,
        messages: Sequence[Message],
        official: frozenset[str] = frozenset(),
        *,
        allow_sorry: bool = False,
    ) -> tuple[tuple[TheoremResult, ...], list[str]]:
        """Read Lean's answers.

        Args:
            messages: what Lean said about the last module.
            official: axioms that the core itself brings along.
            allow_sorry: let every theorem be a stub.

        Returns:
            The theorems whose axioms Lean told, in the order of the claims; and the reasons why a
            claim is not proved, one line each.
        """
        theorems: list[TheoremResult] = []
        failures = [
            f"the kernel's arithmetic is wrong: {_one_line(m.text)}; its GMP is not to be trusted"
            for m in messages
            if m.is_error and m.line in self.arithmetic
        ]
        known = set(self.arithmetic)
        for one in self.asked:
            name, lines = one.claim.name, {*one.lines, one.axioms, one.signature}
            known |= lines
            said = [m.text for m in messages if m.is_error and m.line in lines]
            axioms = _axioms(messages, one.axioms, one.theorem if self.apart is None else _ALL)
            if said or axioms is None:
                failures.append(_refusal(one, said))
                continue
            theorems.append(TheoremResult(name, _statement(messages, one.signature, name), axioms))
            rest = [a for a in axioms if a != SORRY and a not in official]
            if SORRY in axioms and not allow_sorry:
                failures.append(f"theorem {name} is a stub: its proof uses sorry")
            if rest:
                failures.append(f"theorem {name} rests on axioms: {', '.join(rest)}")
        failures.extend(
            f"question: {_one_line(str(message))}"
            for message in messages
            if message.is_error and message.line not in known
        )
        return tuple(theorems), failures


def ask(
    claims: Sequence[Claim], trusted: Sequence[str], bits: int, *, together: bool = False
) -> Question:
    """Write the two modules.

    Args:
        claims: theorems with the statements that they must have.
        trusted: the modules that statements may speak of.
        bits: size of the numbers with which the kernel's arithmetic is tried.
        together: ask for the axioms of all answers at once, which takes less time; where there are
            any, each has to be asked about by itself.
    """
    together = together and len(claims) > 1 and all(c.statement or c.like for c in claims)
    rows = ["set_option autoImplicit false", "universe u v w"]
    numbered = [(index, claim) for index, claim in enumerate(claims) if claim.statement]
    # Opening the library takes longer than reading most claims.
    for opens, group in groupby(numbered, key=lambda pair: pair[1].opens):
        rows += [f"namespace {name}\nend {name}" for name in opens]
        rows += ["section", *(f"open {name}" for name in opens)]
        for index, claim in group:
            body = claim.statement.strip().replace("\n", "\n    ")
            rows.append(f"def {CLAIMS}.claim_{index} : Prop :=\n    ({body})")
        rows.append("end")
    text = "\n".join(rows) + "\n"
    header = "".join(f"import {name}\n" for name in trusted if name != "Init")
    stated = Module(CLAIMS, f"{CLAIMS}.lean", (header + text).encode(), ("Init", *trusted))
    lines = arithmetic_lines(bits)
    arithmetic = range(1, len(lines) + 1)
    asked: list[Asked] = []
    for index, claim in enumerate(claims):
        start, theorem, proposition = len(lines) + 1, claim.name, ""
        if claim.statement or claim.like:
            theorem = f"{ANSWERS}.answer_{index}"
            # A constant of a module of ours: no module that comes later changes its type.
            proposition = claim.like or f"{CLAIMS}.claim_{index}"
            wanted = f"{'type_of% @' if claim.like else ''}_root_.{proposition}"
            lines += [f"theorem {theorem} : {wanted} :=", f"  @_root_.{claim.name}"]
        stop = len(lines) + 1
        asked.append(Asked(claim, theorem, proposition, range(start, stop), stop))
        if not together:
            lines.append(f"#print axioms {theorem}")
    signatures: list[int] = []
    # What is opened shortens the statement that a reader sees, and nothing else.
    for opens, group in groupby(claims, key=lambda claim: claim.opens):
        lines += ["section", *(f"open {name}" for name in opens)]
        for claim in group:
            lines.append(f"#check _root_.{claim.name}")
            signatures.append(len(lines))
        lines.append("end")
    apart = None
    if together:
        proofs = [f"@_root_.{one.theorem}" for one in asked]
        types = _joined("_root_.And", [f"(type_of% {proof})" for proof in proofs])
        lines += [f"theorem {_ALL} : {types} :=", f"  {_joined('_root_.And.intro', proofs)}"]
        lines.append(f"#print axioms {_ALL}")
        asked = [replace(one, axioms=len(lines)) for one in asked]
        apart = ask(claims, trusted, bits)
    placed = (replace(one, signature=n) for one, n in zip(asked, signatures, strict=True))
    return Question(tuple(placed), stated, "\n".join(lines) + "\n", arithmetic, apart)


def _joined(function: str, terms: Sequence[str]) -> str:
    """``function t (function u v)``."""
    *rest, last = terms
    return "".join(f"{function} {term} (" for term in rest) + last + ")" * len(rest)


def _refusal(asked: Asked, said: Sequence[str]) -> str:
    text, name = _one_line(said[0]) if said else "Lean gave no answer", asked.claim.name
    if "nknown" in text and name in text:
        return f"theorem {name} is not in the export"
    if said and asked.proposition:
        return f"theorem {name} does not say what the data calls for: {text}"
    return f"theorem {name} is not checked: {text}"


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


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 600 else f"{line[:600]}…"


# Sizes at which GMP changes its algorithm lie below; larger numbers cost time in every check.
_LARGEST_BITS = 1 << 20
# Powers take a few characters where literals take their size; Lean's elaborator refuses above 256.
_EXPONENT = 128
_MODULUS_BITS = 256


def arithmetic_lines(bits: int) -> list[str]:
    """Lean theorems about a product, a quotient and a remainder of powers of random numbers.

    Results are compared modulo a random number of 256 bits, shorter ones so completely.

    Args:
        bits: size of the factors; also tried are the square root of it and 64 bits.

    Returns:
        Lines of a module that imports the core alone; the results are python-flint's.
    """
    chance = random.SystemRandom()
    lines: list[str] = []
    largest = min(max(bits, 64), _LARGEST_BITS)
    for index, size in enumerate(dict.fromkeys((64, 8 * int(largest**0.5), largest))):
        name = f"lipbridge_arithmetic_{index}"
        exponent = max(1, min(_EXPONENT, size // 128))
        n = size // exponent
        bases = [chance.getrandbits(k) | 1 << (k - 1) for k in (n, n // 2 + 1)]
        # The remainder, so smaller than what is divided by.
        bases.append(chance.randrange(bases[1]))
        lines += [
            f"def {name}_{letter} : Nat := Nat.pow {literal(base)} {exponent}"
            for letter, base in zip("xyr", bases, strict=True)
        ]
        lines += [
            f"def {name}_z : Nat := Nat.mul {name}_x {name}_y",
            f"def {name}_s : Nat := Nat.add {name}_z {name}_r",
        ]
        x, y, r = (flint.fmpz(base) ** exponent for base in bases)
        modulus = chance.getrandbits(_MODULUS_BITS) | 1 << (_MODULUS_BITS - 1)
        lines += [
            f"theorem {name}_{word} : Eq (Nat.beq (Nat.mod ({term}) {literal(modulus)}) "
            f"{literal(int(value) % modulus)}) true := Eq.refl true"
            for word, term, value in (
                ("mul", f"{name}_z", x * y),
                ("div", f"Nat.div {name}_s {name}_y", x),
                ("mod", f"Nat.mod {name}_s {name}_y", r),
            )
        ]
    return lines
