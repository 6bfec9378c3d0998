"""Agda, where it is found: a second opinion on the same certificates."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lipbridge.check.process import Children, Completed, package_file
from lipbridge.check.records import CheckOptions, CheckResult, Claim, ModuleResult, TheoremResult
from lipbridge.data import data_folder
from lipbridge.errors import InputError, NoCheckerError

_WHEEL = "agda"
_EXTENSION = "_binding*.so"
_PRIMITIVES = "lib/prim"


@dataclass(frozen=True)
class Agda:
    """Agda.

    Attributes:
        program: an executable, or the library of the Python package.
        version: what it says it is.
    """

    program: Path
    version: str = ""

    @property
    def identified(self) -> str:
        """How it was identified."""
        name = "the package agda" if self.program.suffix == ".so" else self.program
        return f"{name}, by what it answers to --version"

    def run(self, arguments: Sequence[str], folder: Path, children: Children) -> Completed:
        """Run ``agda ARGUMENTS`` in a folder; the package finds its primitives below it."""
        variables: dict[str, str] = {}
        if self.program.suffix == ".so":
            primitives = data_folder("templates") / "agda/prim"
            shutil.copytree(primitives, folder / _PRIMITIVES, dirs_exist_ok=True)
            variables["Agda_datadir"] = str(folder)
        return children.run(self.program, arguments, cwd=folder, variables=variables)


def find_agda() -> Agda:
    """Find Agda: the package installed beside lipbridge, or what is on the PATH.

    Raises:
        NoCheckerError: there is none, or it does not start.
    """
    program = package_file(_WHEEL, _EXTENSION) or shutil.which("agda")
    if program is None:
        raise NoCheckerError(
            "no Agda was found; `pip install 'lipbridge[agda]'`, or put it on PATH"
        )
    agda = Agda(Path(program).absolute())
    with tempfile.TemporaryDirectory(prefix="lipbridge-") as folder:
        answer = agda.run(["--version"], Path(folder), Children(60))
    line = answer.stdout.strip().partition("\n")[0]
    if answer.code or not line.startswith("Agda version "):
        said = line or answer.stderr.strip().partition("\n")[0] or "nothing"
        raise NoCheckerError(f"{program} answers {said[:80]!r} to --version; reinstall Agda")
    return replace(agda, version=line.removeprefix("Agda version "))


def check_agda(
    files: Mapping[str, str],
    modules: Sequence[str],
    claims: Sequence[Claim],
    options: CheckOptions | None = None,
) -> CheckResult:
    """Have Agda check modules that lipbridge wrote, all of them ``--safe``.

    Args:
        files: path → text of every file.
        modules: the modules to check.
        claims: the theorems that they prove, as their text states them.
        options: limits.

    Raises:
        NoCheckerError: no Agda.
        InputError: an option about Lean.
    """
    options = options or CheckOptions()
    if options.checker != "auto" or options.recheck or options.ndjson:
        raise InputError(
            "--checker, --recheck and --ndjson are about Lean; this export is for Agda"
        )
    agda = find_agda()
    children = Children(options.timeout, options.memory_mb)
    results: list[ModuleResult] = []
    with tempfile.TemporaryDirectory(prefix="lipbridge-") as made:
        folder = Path(made)
        for name, text in files.items():
            if name.endswith(".agda"):
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
        for module in modules:
            path, began = f"{module.replace('.', '/')}.agda", time.monotonic()
            answer = agda.run(["--no-libraries", "-i", ".", path], folder, children)
            results.append(_result(module, answer, time.monotonic() - began, options))
    failures = tuple(result.failure for result in results if not result.ok)
    return CheckResult(
        checker="agda",
        lean=agda.version,
        identified=agda.identified,
        ok=not failures,
        modules=tuple(results),
        theorems=() if failures else tuple(TheoremResult(c.name, c.statement, ()) for c in claims),
        sorries=0,
        failures=failures,
    )


def _result(module: str, answer: Completed, seconds: float, options: CheckOptions) -> ModuleResult:
    ok = answer.code == 0 and not answer.timed_out
    said = "\n".join(
        line
        for line in (answer.stdout + answer.stderr).splitlines()
        if not line.lstrip().startswith("Checking ")
    )
    if answer.timed_out:
        said = f"stopped after {options.timeout:g} s; give --timeout more"
    message = f"error: {said.strip() or f'status {answer.code}'}"
    return ModuleResult(module, ok, seconds, () if ok else (message,))
