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
from dataclasses import dataclass
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
_SORRY = "sorryAx"


@dataclass(frozen=True)
class Verdict:
    """What the answers say.

    Attributes:
        theorems: those whose axioms Lean told, in the order of the claims.
        failures: reasons why a claim is not proved, one line each.
    """

    theorems: tuple[TheoremResult, ...]
    failures: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """The two modules, and where their lines are.

    Attributes:
        claims: what is asked.
        stated: the module of claims; sees none but ``trusted`` modules.
        source: the last module, without a header.
        places: the lines of each answer: its theorem, its axioms, its signature.
        arithmetic: the lines on which the kernel computes with large numbers.
        apart: where the axioms of all answers are asked for at once, the same with each by itself.
    """

    claims: tuple[Claim, ...]
    stated: Module
    source: str
    places: tuple[tuple[range, int, int], ...]
    arithmetic: range
    apart: Question | None = None

    def settled(self, messages: Sequence[Message]) -> bool:
        """Whether Lean's answers are all that there is to ask: no error, and no axiom at all."""
        if self.apart is None:
            return True
        clean = (_axioms(messages, line, _ALL) == () for _, line, _ in self.places)
        return all(clean) and not any(message.is_error for message in messages)

    def statement_of(self, index: int) -> str:
        """The constant that says what a theorem must state; empty where nothing is claimed."""
        claim = self.claims[index]
        return claim.like or (f"{CLAIMS}.claim_{index}" if claim.statement else "")

    def judge(
        self,
        messages: Sequence[Message],
        official: frozenset[str] = frozenset(),
        *,
        allow_sorry: bool = False,
    ) -> Verdict:
        """Read Lean's answers.

        Args:
            messages: what Lean said about the last module.
            official: axioms that the core itself brings along.
            allow_sorry: let every theorem be a stub.
        """
        theorems: list[TheoremResult] = []
        failures = [
            f"the kernel's arithmetic is wrong: {_one_line(m.text)}; its GMP is not to be trusted"
            for m in messages
            if m.is_error and m.line in self.arithmetic
        ]
        asked = set(self.arithmetic)
        for index, (claim, place) in enumerate(zip(self.claims, self.places, strict=True)):
            lines, axioms_line, signature = place
            asked |= {*lines, axioms_line, signature}
            said = [m.text for m in messages if m.is_error and m.line in {*lines, axioms_line}]
            name = f"{ANSWERS}.answer_{index}" if claim.statement or claim.like else claim.name
            name = name if self.apart is None else _ALL
            axioms = _axioms(messages, axioms_line, name)
            if said or axioms is None:
                failures.append(_refusal(claim, said))
                continue
            statement = _statement(messages, signature, claim.name)
            theorems.append(TheoremResult(claim.name, statement, axioms))
            rest = [a for a in axioms if a != _SORRY and a not in official]
            if _SORRY in axioms and not allow_sorry:
                failures.append(f"theorem {claim.name} is a stub: its proof uses sorry")
            if rest:
                failures.append(f"theorem {claim.name} rests on axioms: {', '.join(rest)}")
        failures.extend(
            f"question: {_one_line(str(message))}"
            for message in messages
            if message.is_error and message.line not in asked
        )
        return Verdict(tuple(theorems), tuple(failures))


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
    answers: list[tuple[range, int]] = []
    for index, claim in enumerate(claims):
        start, asked = len(lines) + 1, claim.name
        if claim.statement or claim.like:
            asked = f"{ANSWERS}.answer_{index}"
            # A constant of a module of ours: no module that comes later changes its type.
            ours = f"_root_.{CLAIMS}.claim_{index}"
            wanted = f"type_of% @_root_.{claim.like}" if claim.like else ours
            lines += [f"theorem {asked} : {wanted} :=", f"  @_root_.{claim.name}"]
        stop = len(lines) + 1
        if not together:
            lines.append(f"#print axioms {asked}")
        answers.append((range(start, stop), stop))
    signatures: list[int] = []
    # What is opened shortens the statement that a reader sees, and nothing else.
    for opens, group in groupby(claims, key=lambda claim: claim.opens):
        lines += ["section", *(f"open {name}" for name in opens)]
        for claim in group:
            lines.append(f"#check _root_.{claim.name}")
            signatures.append(len(lines))
        lines.append("end")
    places = [(*answer, line) for answer, line in zip(answers, signatures, strict=True)]
    apart = None
    if together:
        proofs = [f"@_root_.{ANSWERS}.answer_{index}" for index in range(len(claims))]
        types = _joined("_root_.And", [f"(type_of% {proof})" for proof in proofs])
        lines += [f"theorem {_ALL} : {types} :=", f"  {_joined('_root_.And.intro', proofs)}"]
        lines.append(f"#print axioms {_ALL}")
        places = [(asked, len(lines), signature) for asked, _, signature in places]
        apart = ask(claims, trusted, bits)
    source = "\n".join(lines) + "\n"
    return Question(tuple(claims), stated, source, tuple(places), arithmetic, apart)


def _joined(function: str, terms: Sequence[str]) -> str:
    """``function t (function u v)``."""
    *rest, last = terms
    return "".join(f"{function} {term} (" for term in rest) + last + ")" * len(rest)


def _refusal(claim: Claim, said: Sequence[str]) -> str:
    text = _one_line(said[0]) if said else "Lean gave no answer"
    if "nknown" in text and claim.name in text:
        return f"theorem {claim.name} is not in the export"
    if said and (claim.statement or claim.like):
        return f"theorem {claim.name} does not say what the data calls for: {text}"
    return f"theorem {claim.name} is not checked: {text}"


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
