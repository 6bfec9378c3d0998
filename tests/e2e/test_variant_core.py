"""The library, its tests and exports on a core like the official one: nothing rests on an axiom.

Without an installer there is no official core to compile against. This variant of the small core
has what the official one has besides: sizes, coercions, further instances, integers and shifts
through instances, theorems that rest on ``propext``; it is compiled as a ``module``, and everything
with ``-c`` as Lake does. ``Nat.land`` remains that of the small core: the official one rests on
``propext`` through its proof of termination, which ``docs/trust.md`` says.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from lipbridge.check.embedded import Compiler, embedded_compiler
from lipbridge.check.process import Children

pytestmark = [pytest.mark.lean, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
LEAN = ROOT / "lean"
CORE = "Init.Core"
EXPORTS = ("every_layer", "heads", "tighter")
_IMPORT = re.compile(r"^import\s+(\S+)", re.MULTILINE)
_COMMENT = re.compile(r"/-.*?-/", re.DOTALL)
_SCOPE = re.compile(r"^(namespace|section|end|theorem)\b ?([\w.']*)", re.MULTILINE)

# Small core → official core: the same functions, written through instances.
_REWRITTEN = (
    ("prelude\n", "module\n\nprelude\n\npublic section\n@[expose] section\n", 1),
    ("Nat.shiftLeft (Nat.mul 2 n) m", "Nat.shiftLeft (HMul.hMul 2 n) m", 1),
    ("Nat.div (Nat.shiftRight n m) 2", "HDiv.hDiv (Nat.shiftRight n m) 2", 1),
    ("match (Nat.sub n m : Nat) with", "match (HSub.hSub n m : Nat) with", 1),
    ("Int.ofNat (Nat.sub m n)", "Int.ofNat (HSub.hSub m n)", 1),
    ("Int.ofNat (Nat.add m n)", "Int.ofNat (HAdd.hAdd m n)", 1),
    ("Int.negSucc (Nat.succ (Nat.add m n))", "Int.negSucc (Nat.succ (HAdd.hAdd m n))", 1),
    ("Int.ofNat (Nat.mul m n)", "Int.ofNat (HMul.hMul m n)", 1),
    ("Int.negOfNat (Nat.mul", "Int.negOfNat (HMul.hMul", 2),
    ("Int.ofNat (Nat.mul (Nat.succ", "Int.ofNat (HMul.hMul (Nat.succ", 1),
    (
        "/-- `m - n`. -/",
        "instance Int.instAddInt : Add Int := ⟨Int.add⟩\n\n"
        "instance Int.instMulInt : Mul Int := ⟨Int.mul⟩\n\n/-- `m - n`. -/",
        1,
    ),
    ("Int := Int.add m (Int.neg n)", "Int := HAdd.hAdd m (Neg.neg n)", 1),
    ("inductive Int.NonNeg", "instance : Sub Int := ⟨Int.sub⟩\n\ninductive Int.NonNeg", 1),
    ("/-- `0 ≤ n`. -/\ninstance : Sub", "instance : Sub", 1),
    ("Int.NonNeg (Int.sub b a)", "Int.NonNeg (HSub.hSub b a)", 1),
    ("Int.le (Int.add a 1) b", "LE.le (HAdd.hAdd a 1) b", 1),
    # An exposed instance may not name what is private.
    ("private def Int.decNonneg", "def Int.decNonneg", 1),
)


_SYNTAX = "/-- `nat_lit n` is"


def variant_core() -> dict[str, str]:
    """Sources of the variant: the core as a ``module``, and ``Init`` with its one notation.

    A module cannot run a parser that it declares itself.
    """
    text = (LEAN / "core/Init.lean").read_text("utf-8")
    for old, new, times in _REWRITTEN:
        assert text.count(old) == times, (old, text.count(old))
        text = text.replace(old, new)
    core, notation = text.split(_SYNTAX)
    core += (LEAN / "core/test/Variant.lean").read_text("utf-8")
    return {CORE: core, "Init": f"prelude\nimport {CORE}\n\n{_SYNTAX}{notation}"}


@dataclass(frozen=True)
class Unit:
    """One module: its source, what it imports, and the name of its compiled form."""

    name: str
    source: str
    imports: tuple[str, ...]
    key: str


def _units(compiler: Compiler) -> dict[str, Unit]:
    """Every module, in dependency order."""
    named = {"LipBridge": (LEAN / "LipBridge.lean").read_text("utf-8"), **variant_core()}
    folders = [LEAN, *(ROOT / f"tests/golden/{case}/expected" for case in EXPORTS)]
    for folder in folders:
        for path in folder.glob("*/**/*.lean"):
            parts = path.relative_to(folder).with_suffix("").parts
            if parts[0] not in ("core", "mathlib"):
                named[".".join(parts)] = path.read_text("utf-8")
    units: dict[str, Unit] = {}

    def visit(name: str) -> Unit:
        if name not in units:
            source = named[name]
            first = () if name in (CORE, "Init") else ("Init",)
            imports = (*first, *_IMPORT.findall(source))
            below = [visit(imported).key for imported in imports]
            content = json.dumps([compiler.sha256, name, source, below])
            key = hashlib.sha256(content.encode()).hexdigest()[:32]
            units[name] = Unit(name, source, imports, key)
        return units[name]

    for name in named:
        visit(name)
    return units


@dataclass(frozen=True)
class Compiled:
    """Where the compiled modules lie, and the compiler."""

    compiler: Compiler
    folder: Path
    units: Mapping[str, Unit]

    def artifacts(self, name: str) -> list[str]:
        """Files of a compiled module; a ``module`` has three."""
        key = self.units[name].key
        ends = ("", ".server", ".private") if name == CORE else ("",)
        return [str(self.folder / f"{key}.olean{end}") for end in ends]

    def compile(self, unit: Unit, known: list[str]) -> str:
        """What Lean says of a module, compiled now or before."""
        said, olean = self.folder / f"{unit.key}.txt", self.folder / f"{unit.key}.olean"
        if not said.exists():
            source, setup = olean.with_suffix(".lean"), olean.with_suffix(".json")
            source.write_text(unit.source, "utf-8")
            arts = {name: [self.artifacts(name)] for name in known}
            fields = {"importAll": False, "isExported": True, "isMeta": False}
            settings = {
                "name": unit.name,
                "isModule": unit.name == CORE,
                "imports": [{"module": name, **fields} for name in unit.imports],
                "importArts": arts,
                "dynlibs": [],
                "plugins": [],
                "options": {},
            }
            setup.write_text(json.dumps(settings), "utf-8")
            code = olean.with_suffix(".c")
            arguments = [f"--setup={setup}", f"-o{olean}", f"-c{code}", str(source)]
            done = self.compiler.run(arguments, cwd=self.folder, children=Children())
            assert done.code == 0, f"{unit.name}: {done.stdout}{done.stderr}"
            assert code.stat().st_size > 0
            for path in (source, setup, code):
                path.unlink()
            said.write_text(done.stdout, "utf-8")
        return said.read_text("utf-8")

    def axioms(self, names: Sequence[str], imports: Sequence[str]) -> str:
        """What Lean says of the axioms of theorems."""
        source = "".join(f"import {name}\n" for name in imports)
        source += "".join(f"#print axioms {name}\n" for name in names)
        content = json.dumps([source, [unit.key for unit in self.units.values()]])
        key = hashlib.sha256(content.encode()).hexdigest()[:32]
        return self.compile(Unit("Probe", source, ("Init", *imports), key), list(self.units))


@pytest.fixture(scope="module")
def compiled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    compiler = embedded_compiler()
    units = _units(compiler)
    # Compiled modules are kept from run to run, by their content.
    cache = getattr(request.config, "cache", None)
    folder = Path(cache.mkdir("variant_core")) if cache else tmp_path_factory.mktemp("variant")
    keys = {unit.key for unit in units.values()}
    for path in folder.iterdir():
        if path.name.split(".")[0] not in keys:
            path.unlink()
    found = Compiled(compiler, folder, units)
    jobs: dict[str, Future[str]] = {}

    def build(unit: Unit) -> str:
        for imported in unit.imports:
            jobs[imported].result()
        return found.compile(unit, [name for name in units if name != unit.name])

    with ThreadPoolExecutor(2) as pool:
        # In dependency order, so that a worker only waits for what another has taken before.
        for unit in units.values():
            jobs[unit.name] = pool.submit(build, unit)
    for job in jobs.values():
        job.result()
    return found


def _theorems(source: str) -> Iterator[str]:
    """Full names of the public theorems of a module."""
    scopes: list[str] = []
    for command, name in _SCOPE.findall(_COMMENT.sub("", source)):
        if command in ("namespace", "section"):
            scopes.append(name if command == "namespace" else "")
        elif command == "end":
            scopes.pop()
        elif command == "theorem":
            yield ".".join([*filter(None, scopes), name.rstrip(".")])


def test_no_theorem_has_an_axiom_on_the_variant_core(compiled: Compiled) -> None:
    # Modules of tests may define one name twice, so each of them is asked alone.
    together: dict[str, list[str]] = {"": []}
    for name, unit in compiled.units.items():
        if name not in (CORE, "Init"):
            alone = name if name.startswith("LipBridgeTest.") else ""
            together.setdefault(alone, []).extend(_theorems(unit.source))
    rest = [n for n in compiled.units if not n.startswith(("Init", "LipBridgeTest"))]

    def ask(alone: str) -> tuple[int, str]:
        names = together[alone]
        return len(names), compiled.axioms(names, [alone] if alone else rest)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(ask, together))
    assert sum(count for count, _ in answers) > 1300
    assert [s for _, s in answers if "depends on axioms" in s] == []
    assert all(said.count("does not depend on any axioms") == count for count, said in answers)


def test_an_official_theorem_would_show(compiled: Compiled) -> None:
    """The variant has the axiom that the official core has, where the official core has it."""
    said = compiled.axioms(["Nat.add_comm", "Nat.mod_lt"], [])
    assert "'Nat.add_comm' depends on axioms: [propext]" in said
    assert "'Nat.mod_lt' does not depend on any axioms" in said
