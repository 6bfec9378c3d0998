"""The check itself: sources in memory → compilation → theorems → verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from lipbridge.cache import Cache
from lipbridge.check._lean_main import can_confine
from lipbridge.check.embedded import Compiler, embedded_compiler
from lipbridge.check.lake import Lake, find_lake
from lipbridge.check.messages import Message
from lipbridge.check.modules import Builder
from lipbridge.check.process import Children
from lipbridge.check.question import CLAIMS, Question, ask
from lipbridge.check.records import (
    CheckOptions,
    CheckResult,
    Claim,
    ModuleResult,
    Recheck,
    merge_results,
)
from lipbridge.check.second import disagreements, second_opinion
from lipbridge.check.sources import Module, load_modules
from lipbridge.data import library_files
from lipbridge.emit.lean.render import NETWORKS
from lipbridge.errors import InputError, NoCheckerError, NotProvedError

if TYPE_CHECKING:
    from lipbridge.language.tensor import ExactMatrix


def builder_for(compiler: Compiler, options: CheckOptions) -> Builder:
    """The builder that a check with these options uses."""
    return Builder(
        compiler,
        children=Children(options.timeout, options.memory_mb),
        jobs=options.jobs,
        cache=Cache() if options.cache else None,
    )


class EarlyCheck:
    """Compilers at work before all modules are known; a context, whose end stops them.

    What they are given is no verdict: the check that follows asks about every module of its own,
    and takes what was compiled from exactly the same text, with the same imports.

    Args:
        tools: the checkers of the check; lake alone begins with nothing.
        options: limits and cache.
    """

    def __init__(
        self,
        tools: tuple[Compiler | Lake, ...],
        options: CheckOptions,
    ) -> None:
        compilers = [tool for tool in tools if isinstance(tool, Compiler)]
        self.builder = builder_for(compilers[0], options) if compilers else None
        self._files = dict(library_files())

    def __enter__(self) -> Self:
        self.add({})
        return self

    def __exit__(self, *_: object) -> None:
        if self.builder is not None:
            self.builder.close()

    def add(self, modules: Mapping[str, str]) -> None:
        """Begin with the library's part about networks, and modules that import what is there.

        Args:
            modules: text by name.
        """
        if self.builder is not None:
            self._files |= {f"{name.replace('.', '/')}.lean": t for name, t in modules.items()}
            self.builder.begin(load_modules(self._files, (NETWORKS, *modules)))


# The official core defines `Nat.land` by a recursion whose termination rests on this; the check of
# a certificate computes with it. In the small core it has no axiom.
OFFICIAL_AXIOMS = frozenset({"propext"})


@dataclass(frozen=True)
class _Outcome:
    """What either checker reports; messages about the question, or None if it was not asked."""

    modules: tuple[ModuleResult, ...]
    sorries: int
    failures: tuple[str, ...]
    messages: Sequence[Message] | None = None
    second: Recheck | None = None
    foreign: bool = False
    question: Question | None = None


def choose_checkers(checker: str = "auto") -> tuple[Compiler | Lake, ...]:
    """The checkers to use: by default the compiler pinned by its hash, else lake.

    Args:
        checker: ``auto``, ``embedded``, ``lake`` or ``both``.

    Raises:
        NoCheckerError: what was asked for is not there; the message says how to mend it.
    """
    if checker == "both":
        return embedded_compiler(), find_lake()
    if checker == "lake":
        return (find_lake(),)
    try:
        return (embedded_compiler(),)
    except NoCheckerError as no_embedded:
        if checker == "embedded":
            raise
        try:
            return (find_lake(),)
        except NoCheckerError as no_lake:
            raise NoCheckerError(f"no Lean checker: {no_embedded}; {no_lake}") from None


def check_modules(
    files: Mapping[str, str],
    names: Sequence[str],
    claims: Sequence[Claim],
    *,
    trusted: Sequence[str] = ("LipBridge",),
    foreign: Mapping[str, str] | None = None,
    bits: int = 64,
    allow_sorry: bool = False,
    matrices: Mapping[str, ExactMatrix] | None = None,
    options: CheckOptions | None = None,
    early: EarlyCheck | None = None,
) -> CheckResult:
    """Have Lean check modules: every module, every claim, every axiom.

    Args:
        files: path → text of every module and of the library.
        names: the modules to compile.
        claims: the theorems with the statements that they must have.
        trusted: the modules that statements may speak of.
        foreign: path → text of files in which somebody else filled in the proofs of stubs.
        bits: size of the numbers in use, with which the kernel's arithmetic is tried.
        allow_sorry: do not fail on stubs; they are counted all the same.
        matrices: packed matrix → the integers that it must hold, for the second checker.
        options: checker, limits and cache.
        early: compilers that have begun, under the same options.

    Returns:
        The verdict; ``ok`` only if nothing at all is amiss.

    Raises:
        NoCheckerError: no checker.
        NotProvedError: a file that somebody filled in has other imports.
        InputError: a second opinion is asked for on what lake compiles.
    """
    options = options or CheckOptions()
    tools = choose_checkers(options.checker)
    foreign = foreign or {}
    if foreign and any(isinstance(tool, Lake) for tool in tools):
        raise NoCheckerError(
            "proofs by other hands are read by a second checker, which needs --checker embedded"
        )
    if foreign and not can_confine():
        raise NoCheckerError(
            "proofs by other hands can run programs while Lean compiles them, and this system "
            "cannot confine those; check them on Linux 6.2 or newer, with Landlock"
        )
    if (options.recheck or options.ndjson) and isinstance(tools[0], Lake):
        raise InputError(
            "the second checker reads what the embedded compiler writes, not what lake does; "
            "give --checker embedded or both"
        )
    for path, text in foreign.items():
        # Lean is told what to import whatever the text says, so this is for its reader.
        if _import_lines(text) != _import_lines(files[path]):
            raise NotProvedError(f"{path}: other imports than those of the stubs; restore them")
    modules = load_modules(files, names, foreign)
    # Proofs by other hands and stubs are asked about one by one, since some are expected to fail.
    question = ask(claims, trusted, bits, together=not foreign and not allow_sorry)
    if any(claim.statement for claim in claims):
        modules[CLAIMS] = question.stated
    results: list[CheckResult] = []
    for tool in tools:
        if isinstance(tool, Lake):
            tool.children = Children(options.timeout, options.memory_mb)
            tool.cache = options.cache
            outcome = _with_lake(tool, modules, question)
        elif early is not None and early.builder is not None:
            outcome = _embedded(early.builder, modules, question, matrices or {}, options)
        else:
            with builder_for(tool, options) as builder:
                outcome = _embedded(builder, modules, question, matrices or {}, options)
        results.append(_result(tool, outcome, options, allow_sorry))
    return results[0] if len(results) == 1 else merge_results(*results)


def _import_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("import ")]


def _result(
    tool: Compiler | Lake,
    outcome: _Outcome,
    options: CheckOptions,
    allow_sorry: bool,
) -> CheckResult:
    failures = [*outcome.failures]
    verdict, question = None, outcome.question
    if outcome.messages is not None and question is not None:
        official = OFFICIAL_AXIOMS if isinstance(tool, Lake) else frozenset[str]()
        verdict = question.judge(outcome.messages, official, allow_sorry=allow_sorry)
        failures += verdict.failures
        if outcome.second is not None:
            required = outcome.foreign or bool(options.recheck) or options.ndjson is not None
            said = disagreements(outcome.second, question, verdict.theorems, required=required)
            failures += [f"proofs by other hands: {x}" if outcome.foreign else x for x in said]
    if outcome.sorries and not allow_sorry:
        failures.append(f"{outcome.sorries} declarations use sorry")
    return CheckResult(
        checker="lake" if isinstance(tool, Lake) else "embedded",
        lean=tool.version,
        identified=tool.identified,
        ok=not failures,
        modules=outcome.modules,
        theorems=verdict.theorems if verdict else (),
        sorries=outcome.sorries,
        failures=tuple(failures),
        recheck=outcome.second,
    )


def _embedded(
    builder: Builder,
    modules: Mapping[str, Module],
    question: Question,
    matrices: Mapping[str, ExactMatrix],
    options: CheckOptions,
) -> _Outcome:
    built = builder.build(modules)
    results = tuple(item.result for item in built.values())
    sorries = sum(m.is_sorry for item in built.values() for m in item.messages)
    failures = tuple(result.failure for result in results if not result.ok)
    if failures:
        return _Outcome(results, sorries, failures)
    # A stub is an axiom.
    question = (question.apart if sorries else None) or question
    answer = builder.elaborate(question.source, tuple(modules), built)
    if question.apart is not None and not question.settled(answer.messages):
        question = question.apart
        answer = builder.elaborate(question.source, tuple(modules), built)
    second = None
    if answer.result.ok:
        second = second_opinion(modules, built, answer, question, matrices, options, builder)
    foreign = not all(module.ours for module in modules.values())
    return _Outcome(results, sorries, (), answer.messages, second, foreign, question)


def _with_lake(lake: Lake, modules: Mapping[str, Module], question: Question) -> _Outcome:
    ordered = [name for name in modules if name != "Init"]
    with lake.workspace(modules) as folder:
        build = lake.build(folder, ordered)
        rows = [message for item in build.messages.values() for message in item]
        sorries = sum(message.is_sorry for message in rows)
        failures = (
            *(f"lake: {m.text}" for m in build.messages.get("", ()) if m.is_error),
            *(result.failure for result in build.modules if not result.ok),
        )
        if failures:
            return _Outcome(build.modules, sorries, failures)
        # The official core has an axiom.
        question = question.apart or question
        messages = lake.elaborate(folder, question.source, ordered)
    return _Outcome(build.modules, sorries, (), messages, question=question)
