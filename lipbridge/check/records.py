"""What a check is asked and what it finds: modules, theorems, axioms, reasons for a no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lipbridge.errors import InputError

LABEL = "kernel-checked, and accepted by a second checker"
UNCONFIRMED = "not confirmed"
UNASKED_BYTES = 512 << 10
"""Unasked, the second checker looks at exports of at most so many bytes of compiled modules: how
long that takes depends on what is computed, which the size does not tell."""
# A process waits for another for at most 2³¹ milliseconds.
_LONGEST = 1e6


@dataclass(frozen=True)
class CheckOptions:
    """How to check.

    Attributes:
        checker: ``auto``, ``embedded``, ``lake`` or ``both``.
        jobs: compilers side by side, by default one a core as far as memory goes.
        timeout: seconds of wall-clock time for the check, not for what is searched before it.
        memory_mb: MiB of memory for one Lean process, by default three quarters of the machine's.
        cache: whether compiled modules are kept and used again.
        recheck: whether a second checker looks at what Lean compiled; by default at small exports.
        ndjson: where to write every constant for other kernels; then the second checker finishes.

    Raises:
        InputError: a timeout that is no number of seconds.
    """

    checker: str = "auto"
    jobs: int | None = None
    timeout: float = 3600.0
    memory_mb: int | None = None
    cache: bool = True
    recheck: bool | None = None
    ndjson: Path | None = None

    def __post_init__(self) -> None:
        """Refuse NaN, which no comparison refuses, and what no clock counts to."""
        if not 0 < self.timeout <= _LONGEST:
            raise InputError(f"--timeout {self.timeout:g}; give seconds, at most {_LONGEST:g}")


@dataclass(frozen=True)
class Claim:
    """A theorem that must be proved, with the statement that it must have.

    Attributes:
        name: full Lean name.
        statement: closed Lean term of type ``Prop``; universe levels ``u v w`` may occur free. Made
            by the caller from the certificate; empty where ``like`` says it, or where a
            theorem of ours is only asked for its axioms.
        like: a theorem of the library that has the same statement.
        opens: namespaces in which the statement is read.
    """

    name: str
    statement: str
    like: str = ""
    opens: tuple[str, ...] = ("LipBridge",)


@dataclass(frozen=True)
class ModuleResult:
    """One compiled module.

    Attributes:
        name: its Lean name.
        ok: no error.
        seconds: wall-clock time spent on it in this run.
        messages: ``file:line:column: severity: text``, errors and warnings.
    """

    name: str
    ok: bool
    seconds: float
    messages: tuple[str, ...] = ()

    @property
    def failure(self) -> str:
        """Why the module is not proved, in one line; empty if it is."""
        if self.ok:
            return ""
        errors = [text for text in self.messages if "error: " in text] or ["no message"]
        return f"module {self.name} is not proved: {' '.join(errors[0].split())[:600]}"


@dataclass(frozen=True)
class TheoremResult:
    """One theorem as Lean knows it.

    Attributes:
        name: full Lean name.
        statement: its signature, printed by Lean.
        axioms: the axioms that its proof rests on, ``sorryAx`` included.
    """

    name: str
    statement: str
    axioms: tuple[str, ...]


@dataclass(frozen=True)
class ModuleReport:
    """One module that was accepted.

    Attributes:
        name: its name.
        key: hash of all that the verdict depends on.
        constants: how many were checked in this run.
        operations: operations on numbers that took.
        seconds: wall-clock time.
        cached: it was accepted in an earlier run.
    """

    name: str
    key: str
    constants: int = 0
    operations: int = 0
    seconds: float = 0.0
    cached: bool = False


@dataclass(frozen=True)
class Recheck:
    """What the second checker says.

    Attributes:
        modules: in the order in which they were done.
        axioms: theorem → the axioms that it rests on.
        refusal: why it does not confirm; empty if it does, or did not finish.
        finished: whether everything was looked at.
    """

    modules: tuple[ModuleReport, ...]
    axioms: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    refusal: str = ""
    finished: bool = False

    @property
    def ok(self) -> bool:
        """Whether everything was accepted."""
        return self.finished and not self.refusal

    @property
    def summary(self) -> str:
        """One line for the reader."""
        if self.refusal:
            return f"{UNCONFIRMED} by the second checker: {self.refusal}"
        if not self.finished:
            if not self.modules:
                limit = f"more than {UNASKED_BYTES >> 10} KiB of compiled modules"
                return f"second checker left out, for {limit}; --recheck asks it"
            return f"second checker out of time after {len(self.modules)} modules"
        return f"accepted by a second checker: {len(self.modules)} modules"

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready description."""
        return {
            "ok": self.ok,
            "finished": self.finished,
            "refusal": self.refusal,
            "modules": len(self.modules),
            "constants": sum(module.constants for module in self.modules),
            "operations": sum(module.operations for module in self.modules),
            "axioms": self.axioms,
        }


@dataclass(frozen=True)
class CheckResult:
    """The outcome of a check.

    Attributes:
        checker: which Lean checked: ``embedded``, ``lake`` or ``both``; or ``agda``.
        lean: its version.
        identified: how the program was identified.
        ok: every module compiled, and every claim is proved as stated.
        modules: in dependency order.
        theorems: in the order of the claims.
        sorries: declarations that use ``sorry``.
        failures: reasons why ``ok`` is false, each one line.
        recheck: what the second checker says, if it was asked.
    """

    checker: str
    lean: str
    identified: str
    ok: bool
    modules: tuple[ModuleResult, ...]
    theorems: tuple[TheoremResult, ...]
    sorries: int
    failures: tuple[str, ...]
    recheck: Recheck | None = None

    @property
    def label(self) -> str:
        """What it is worth, in words."""
        if not self.ok:
            unconfirmed = all(failure.startswith(UNCONFIRMED) for failure in self.failures)
            but = "kernel-checked, but NOT CONFIRMED by the second checker"
            return but if unconfirmed else "NOT PROVED"
        if self.sorries:
            return "compiled with stubs, not proved"
        if self.checker == "agda":
            return "checked by Agda"
        if self.recheck is None:
            return "kernel-checked"
        return LABEL if self.recheck.ok else f"kernel-checked ({self.recheck.summary})"


def merge_results(first: CheckResult, second: CheckResult) -> CheckResult:
    """Join what two checkers say of the same modules: both must agree that all is proved."""
    return CheckResult(
        checker="both",
        lean=first.lean,
        identified=f"{first.identified}; {second.identified}",
        ok=first.ok and second.ok,
        modules=first.modules,
        theorems=first.theorems or second.theorems,
        sorries=max(first.sorries, second.sorries),
        failures=tuple(
            f"{result.checker}: {failure}"
            for result in (first, second)
            for failure in result.failures
        ),
        recheck=first.recheck,
    )
