"""The check itself: sources → tampering → compilation → theorems → verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lipbridge.check.embedded import Compiler, embedded_compiler
from lipbridge.check.lake import Lake, find_lake
from lipbridge.check.messages import Message
from lipbridge.check.modules import Builder
from lipbridge.check.probe import Probe, Verdict, make_probe
from lipbridge.check.project import (
    Listing,
    Snapshot,
    installed_library,
    read_listing,
    read_snapshot,
)
from lipbridge.check.records import (
    CheckerName,
    CheckResult,
    Claim,
    ModuleResult,
    Progress,
)
from lipbridge.check.tampering import tampering
from lipbridge.errors import NoCheckerError, NotProvedError

__all__ = ["OFFICIAL_AXIOMS", "check_project", "choose_checker"]

# The official core defines `Nat.land` by a recursion whose termination rests on this; the check of
# a certificate computes with it. In the small core it has no axiom.
OFFICIAL_AXIOMS = frozenset({"propext"})


@dataclass(frozen=True)
class _Question:
    """What is asked about the sources of an export."""

    snapshot: Snapshot
    names: tuple[str, ...]
    probe: Probe
    allowed_axioms: frozenset[str]
    allow_sorry: bool

    def judge(self, messages: Sequence[Message]) -> Verdict:
        """Read Lean's answers to the probe."""
        return self.probe.judge(
            messages, allowed_axioms=self.allowed_axioms, allow_sorry=self.allow_sorry
        )


@dataclass(frozen=True)
class _Outcome:
    """What either checker reports about the modules."""

    modules: tuple[ModuleResult, ...]
    sorries: int
    failures: tuple[str, ...]
    verdict: Verdict | None


def choose_checker(checker: str = "auto") -> Lake | Compiler:
    """The checker to use: lake if the pinned toolchain is there, else the embedded compiler.

    Args:
        checker: ``auto``, ``lake`` or ``embedded``.

    Raises:
        NoCheckerError: what was asked for is not there; the message says how to mend it.
    """
    if checker == "lake":
        return find_lake()
    if checker == "embedded":
        return embedded_compiler()
    assert checker == "auto"
    try:
        return find_lake()
    except NoCheckerError as no_lake:
        try:
            return embedded_compiler()
        except NoCheckerError as no_embedded:
            raise NoCheckerError(f"no Lean checker: {no_embedded}; {no_lake}") from None


def check_project(
    root: Path,
    claims: Sequence[Claim],
    *,
    checker: str = "auto",
    allow_sorry: bool = False,
    jobs: int | None = None,
    progress: Progress | None = None,
    timeout: float | None = None,
    memory_mb: int | None = None,
    modules: Sequence[str] | None = None,
    expected: Mapping[str, str] | None = None,
    library: Path | None = None,
    allow_modified_library: bool = False,
    allowed_axioms: Iterable[str] = (),
    opens: Sequence[str] = ("LipBridge",),
) -> CheckResult:
    """Have Lean check an export: every module, every claim, every axiom.

    Args:
        root: the export's folder.
        claims: the theorems with the statements that the certificates claim.
        checker: ``auto``, ``lake`` or ``embedded``.
        allow_sorry: do not fail on stubs; they are counted all the same.
        jobs: compilers side by side, by default one a core as far as memory goes.
        progress: told (stage, done, total).
        timeout: seconds of wall-clock time for one compiler (for the whole build with lake).
        memory_mb: MiB of memory for one embedded compiler.
        modules: the generated modules, by default those that the manifest lists.
        expected: relative path → text of files made anew from the certificates, compared byte by
            byte.
        library: folder of the trusted library and core, by default this package's.
        allow_modified_library: let theorems of the library copy have other proofs, and others
            stand beside them (stubs filled in by hand).
        allowed_axioms: axioms that theorems may rest on; none for this project's own library, and
            with lake `OFFICIAL_AXIOMS`.
        opens: namespaces in which the claimed statements are read.

    Returns:
        The verdict; ``ok`` only if nothing at all is amiss.

    Raises:
        ExportError: the folder is no export.
        InputError: a claim that cannot be asked.
        NoCheckerError: no checker.
    """
    root = Path(root)
    probe = make_probe(claims, opens)
    listing = read_listing(root) if modules is None else Listing(tuple(modules), {})
    names = listing.modules
    tool = choose_checker(checker)
    kind: CheckerName = "lake" if isinstance(tool, Lake) else "embedded"
    try:
        snapshot = read_snapshot(root, names)
    except NotProvedError as error:
        return CheckResult(kind, tool.version, False, (), (), 0, (str(error),))
    tampered = tampering(
        snapshot,
        library=library or installed_library(),
        expected=expected,
        digests=listing.digests,
        allow_modified_library=allow_modified_library,
        statements=[claim.statement for claim in claims],
        opens=opens,
    )
    if tampered:
        return CheckResult(kind, tool.version, False, (), (), 0, tuple(tampered))
    allowed = frozenset(allowed_axioms)
    if isinstance(tool, Lake):
        allowed |= OFFICIAL_AXIOMS
    question = _Question(snapshot, names, probe, allowed, allow_sorry)
    if isinstance(tool, Lake):
        tool.timeout, tool.progress = timeout, progress
        outcome = _with_lake(tool, question)
    else:
        builder = Builder(tool, jobs=jobs, timeout=timeout, memory_mb=memory_mb, progress=progress)
        outcome = _embedded(builder, question)
    failures = [*outcome.failures]
    if outcome.verdict is not None:
        failures.extend(outcome.verdict.failures)
    stubs = allow_sorry or any(claim.allow_sorry for claim in claims)
    if outcome.sorries and not stubs:
        failures.append(f"{outcome.sorries} declarations use sorry")
    return CheckResult(
        checker=kind,
        lean=tool.version,
        ok=not failures,
        modules=outcome.modules,
        theorems=outcome.verdict.theorems if outcome.verdict else (),
        sorries=outcome.sorries,
        failures=tuple(failures),
    )


def _embedded(
    builder: Builder,
    question: _Question,
) -> _Outcome:
    built = builder.build(question.snapshot.modules)
    results = tuple(item.result for item in built.values())
    sorries = sum(m.is_sorry for item in built.values() for m in item.messages)
    failures = tuple(result.failure for result in results if not result.ok)
    if failures:
        return _Outcome(results, sorries, failures, None)
    imports = ["Init", *question.names]
    answer = builder.elaborate(question.probe.source, imports, built)
    return _Outcome(results, sorries, failures, question.judge(answer.messages))


def _with_lake(
    lake: Lake,
    question: _Question,
) -> _Outcome:
    snapshot = question.snapshot
    ordered = [name for name in snapshot.modules if name != "Init"]
    with lake.workspace(snapshot.root, snapshot.modules) as folder:
        build = lake.build(folder, ordered)
        rows = [message for item in build.messages.values() for message in item]
        sorries = sum(message.is_sorry for message in rows)
        failures = (
            *(f"lake: {m.text}" for m in build.messages.get("", ()) if m.is_error),
            *(result.failure for result in build.modules if not result.ok),
        )
        if failures:
            return _Outcome(build.modules, sorries, failures, None)
        messages = lake.elaborate(folder, question.probe.source, question.names)
    return _Outcome(build.modules, sorries, failures, question.judge(messages))
