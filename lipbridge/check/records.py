"""What a check finds: modules, theorems, their axioms, and every reason why it is no proof."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

__all__ = [
    "CheckResult",
    "CheckerName",
    "Claim",
    "ModuleResult",
    "Progress",
    "TheoremResult",
    "merge_results",
]

CheckerName = Literal["lake", "embedded"]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Claim:
    """A theorem that the export must prove, with the statement that it must have.

    Attributes:
        name: full Lean name.
        statement: closed Lean term of type ``Prop``; universe levels ``u v w`` may occur free. Made
            by the caller from the certificate, never read from the export.
        allow_sorry: whether the theorem may be a stub.
    """

    name: str
    statement: str
    allow_sorry: bool = False


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
class CheckResult:
    """The outcome of a check.

    Attributes:
        checker: which Lean checked.
        lean: its version.
        ok: every module compiled, every claim is proved as stated, nothing was tampered with.
        modules: in dependency order.
        theorems: in the order of the claims.
        sorries: declarations that use ``sorry``.
        failures: reasons why ``ok`` is false, each one line.
    """

    checker: CheckerName
    lean: str
    ok: bool
    modules: tuple[ModuleResult, ...]
    theorems: tuple[TheoremResult, ...]
    sorries: int
    failures: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready description."""
        return {
            "checker": self.checker,
            "lean": self.lean,
            "ok": self.ok,
            "modules": [
                {"name": m.name, "ok": m.ok, "seconds": m.seconds, "messages": list(m.messages)}
                for m in self.modules
            ],
            "theorems": [
                {"name": t.name, "statement": t.statement, "axioms": list(t.axioms)}
                for t in self.theorems
            ],
            "sorries": self.sorries,
            "failures": list(self.failures),
        }


def merge_results(results: Iterable[CheckResult]) -> CheckResult:
    """Join the outcomes of checks of one export, network by network; shared modules count once."""
    first, *rest = results
    modules = {module.name: module for result in (first, *rest) for module in result.modules}
    return CheckResult(
        checker=first.checker,
        lean=first.lean,
        ok=first.ok and all(result.ok for result in rest),
        modules=tuple(modules.values()),
        theorems=tuple(t for result in (first, *rest) for t in result.theorems),
        sorries=sum(result.sorries for result in (first, *rest)),
        failures=tuple(dict.fromkeys(f for result in (first, *rest) for f in result.failures)),
    )
