"""The check itself: sources in memory → compilation → theorems → verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Self

from lipbridge.check._lean_main import can_confine
from lipbridge.check.embedded import Compiler, embedded_compiler
from lipbridge.check.lake import Toolchain, find_toolchain
from lipbridge.check.modules import Builder
from lipbridge.check.question import CLAIMS, SORRY, Question, ask
from lipbridge.check.records import CheckOptions, CheckResult, Claim, TheoremResult, merge_results
from lipbridge.check.second import disagreements, second_opinion
from lipbridge.check.sources import Module, load_modules
from lipbridge.data import library_files
from lipbridge.emit.lean.render import NETWORKS
from lipbridge.errors import InputError, NoCheckerError, NotProvedError

if TYPE_CHECKING:
    from lipbridge.language.tensor import ExactMatrix


class EarlyCheck(Builder):
    """The first compiler at work before all modules are known.

    What it is given is no verdict: the check that follows asks about every module of its own,
    and takes what was compiled from exactly the same text, with the same imports.

    Its time begins with the check; what goes on before that has all the time that there is.

    Args:
        options: those of the check.

    Attributes:
        tools: the checkers of the check; the first one is at work.

    Raises:
        NoCheckerError: what was asked for is not there.
        ExportError: the cache cannot be used.
    """

    def __init__(self, options: CheckOptions) -> None:
        self.tools = choose_checkers(options)
        super().__init__(self.tools[0], options)
        self.children.hold()
        self._files = dict(library_files())

    def __enter__(self) -> Self:
        try:
            self.add({})
        except BaseException:
            self.__exit__()
            raise
        return self

    def add(self, modules: Mapping[str, str]) -> None:
        """Begin with the library's part about networks, and modules that import what is there.

        Args:
            modules: text by name.
        """
        self._files |= {f"{name.replace('.', '/')}.lean": t for name, t in modules.items()}
        self.begin(load_modules(self._files, (NETWORKS, *modules)))


def choose_checkers(options: CheckOptions) -> tuple[Compiler | Toolchain, ...]:
    """The checkers to use: by default the compiler pinned by its hash, else lake.

    Args:
        options: which, and whether a verdict on the pinned one may be kept.

    Raises:
        NoCheckerError: what was asked for is not there; the message says how to mend it.
    """
    if options.checker == "both":
        return embedded_compiler(cache=options.cache), find_toolchain()
    if options.checker == "lake":
        return (find_toolchain(),)
    try:
        return (embedded_compiler(cache=options.cache),)
    except NoCheckerError as no_embedded:
        if options.checker == "embedded":
            raise
        try:
            return (find_toolchain(),)
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
        early: the first compiler, where it has begun under the same options.

    Returns:
        The verdict; ``ok`` only if nothing at all is amiss.

    Raises:
        NoCheckerError: no checker.
        NotProvedError: a file that somebody filled in has other imports.
        InputError: a second opinion is asked for on what lake compiles.
    """
    options = options or CheckOptions()
    tools = early.tools if early else choose_checkers(options)
    foreign = foreign or {}
    if foreign and any(isinstance(tool, Toolchain) for tool in tools):
        raise NoCheckerError(
            "proofs by other hands are read by a second checker, which needs --checker embedded"
        )
    if foreign and not can_confine():
        raise NoCheckerError(
            "proofs by other hands can run programs while Lean compiles them, and this system "
            "cannot confine those; check them on Linux 6.2 or newer, with Landlock"
        )
    if (options.recheck or options.ndjson) and isinstance(tools[0], Toolchain):
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
        mine = early if early is not None and tool is early.compiler else None
        with nullcontext(mine) if mine else Builder(tool, options) as builder:
            results.append(
                _check(builder, modules, question, matrices or {}, options, allow_sorry=allow_sorry)
            )
    return results[0] if len(results) == 1 else merge_results(*results)


def _import_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("import ")]


def _check(
    builder: Builder,
    modules: Mapping[str, Module],
    question: Question,
    matrices: Mapping[str, ExactMatrix],
    options: CheckOptions,
    *,
    allow_sorry: bool,
) -> CheckResult:
    """What one compiler says, and the second checker of what the embedded one compiled."""
    tool, built = builder.compiler, builder.build(modules)
    foreign = not all(module.ours for module in modules.values())
    sorries = sum(m.is_sorry for item in built.values() for m in item.messages)
    failures = [item.result.failure for item in built.values() if not item.result.ok]
    theorems: tuple[TheoremResult, ...] = ()
    second = None
    if not failures:
        # A stub is an axiom.
        question = (question.apart if sorries or tool.axioms else None) or question
        answer = builder.elaborate(question.source, tuple(built), built)
        if question.apart is not None and not question.settled(answer.messages):
            question = question.apart
            answer = builder.elaborate(question.source, tuple(built), built)
        if answer.result.ok and isinstance(tool, Compiler):
            second = second_opinion(modules, built, answer, question, matrices, options, builder)
        theorems, failures = question.judge(answer.messages, tool.axioms, allow_sorry=allow_sorry)
        if not failures and not (answer.result.ok and (second or not foreign)):
            # Proofs by other hands run in the compiler, which may say anything.
            failures.append("question: Lean's answer is not whole")
        # A module may keep silent about its own.
        sorries = max(sorries, sum(SORRY in theorem.axioms for theorem in theorems))
    if second is not None:
        required = foreign or bool(options.recheck) or options.ndjson is not None
        said = disagreements(second, question, theorems, required=required)
        failures += [f"proofs by other hands: {x}" if foreign else x for x in said]
    if sorries and not allow_sorry:
        failures.append(f"{sorries} declarations use sorry")
    return CheckResult(
        checker=tool.name,
        lean=tool.version,
        identified=tool.identified,
        ok=not failures,
        modules=tuple(item.result for item in built.values()),
        theorems=theorems,
        sorries=sorries,
        failures=tuple(failures),
        recheck=second,
    )
