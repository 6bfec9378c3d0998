"""The second checker by itself: time and memory of an export or the library, and changed proofs.

Lean compiles before, from the cache where it is there; nothing that the second checker accepted
earlier is believed. Memory is that of the largest process, Lean's among them where it compiled.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from lipbridge.check.embedded import embedded_compiler
from lipbridge.check.modules import Builder
from lipbridge.check.second import recheck
from lipbridge.check.sources import library_modules, load_modules
from lipbridge.emit import read_export
from lipbridge.recheck.constants import Theorem
from lipbridge.recheck.driver import kernel_in, open_modules
from lipbridge.recheck.environment import Environment
from lipbridge.recheck.terms import RefusedError, show
from tests.unit.recheck.test_library import mutant


def timed(paths: Mapping[str, Path], jobs: int) -> None:
    """Check compiled modules, and print what it took."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    found = recheck(paths, jobs=jobs)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    constants, operations = (
        sum(getattr(module, what) for module in found.modules)
        for what in ("constants", "operations")
    )
    print(
        f"{found.summary}, {constants} constants, {operations} operations, "
        f"{time.perf_counter() - start:.1f} s, {cpu:.1f} s of processor time, "
        f"{used.ru_maxrss >> 10} MB"
    )


def changed(paths: Mapping[str, Path], count: int, seed: int) -> None:
    """Change theorems at random, statements and proofs, and print what is accepted all the same."""
    sys.setrecursionlimit(100_000)
    modules = open_modules({name: str(path) for name, path in paths.items()})
    env = Environment(list(modules.values()))
    kernel, chance = kernel_in(env, {}), random.Random(seed)
    names = [name for module in modules.values() for name in module]
    theorems = [x for name in names if isinstance(x := env[name], Theorem)]
    for part in ("type", "body"):
        accepted = 0
        for _ in range(count):
            theorem = chance.choice(theorems)
            old = getattr(theorem, part)
            new = mutant(old, chance, names)
            try:
                kernel.check(replace(theorem, **{part: new}))
                accepted += 1
                print(f"{theorem.name}: {show(old, 40)}\n  accepted as {show(new, 40)}")
            except RefusedError:
                pass
            kernel.reset()
        print(f"{part}: {count} changed, {accepted} accepted")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("export", type=Path, nargs="?", help="by default the library")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--changes", type=int, default=0, help="statements and proofs to change")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    modules = library_modules()
    if args.export:
        project = read_export(args.export).project
        modules = load_modules(project.files, ("LipBridge", *project.modules))
    with Builder(embedded_compiler()) as builder:
        built = builder.build(modules)
        paths = {name: item.olean for name, item in built.items() if item.olean is not None}
        if args.changes:
            changed(paths, args.changes, args.seed)
        else:
            timed(paths, args.jobs)


if __name__ == "__main__":
    main()
