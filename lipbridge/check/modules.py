"""Compiling modules in dependency order, side by side where independent, cached by content."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lipbridge.check.cache import Cache, Entry, content_key
from lipbridge.check.embedded import Compiler
from lipbridge.check.messages import Message, read_messages
from lipbridge.check.process import Children
from lipbridge.check.project import Module
from lipbridge.check.records import ModuleResult, Progress

__all__ = ["Builder", "Built", "default_jobs", "usable_cores"]

# Memory that one compiler may be expected to take, when choosing how many run side by side.
_EXPECTED_BYTES = 1500 << 20
_FORMAT = 1


def usable_cores() -> int:
    """The number of cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def available_bytes() -> int | None:
    """Memory that is free or can be freed, where the system tells."""
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:
        return None
    fields = dict(line.split(":", 1) for line in lines if ":" in line)
    value = fields.get("MemAvailable", "").split()
    return int(value[0]) * 1024 if value else None


def default_jobs() -> int:
    """Compilers to run side by side: one a core, as far as memory goes."""
    memory = available_bytes()
    fitting = usable_cores() if memory is None else max(1, memory // _EXPECTED_BYTES)
    return max(1, min(usable_cores(), fitting))


@dataclass(frozen=True)
class Built:
    """One module after compilation.

    Attributes:
        result: what is reported.
        messages: all that the compiler said.
        key: content key, empty if it failed.
        olean: the compiled module, absent if it failed.
    """

    result: ModuleResult
    messages: tuple[Message, ...]
    key: str = ""
    olean: Path | None = None


@dataclass
class Builder:
    """Compiles modules with the embedded compiler.

    Attributes:
        compiler: the verified compiler.
        cache: where compiled modules are kept.
        jobs: compilers side by side, by default one a core as far as memory goes.
        timeout: seconds of wall-clock time for one compiler.
        memory_mb: MiB of memory for one compiler.
        progress: told after every module.
    """

    compiler: Compiler
    cache: Cache = field(default_factory=Cache)
    jobs: int | None = None
    timeout: float | None = None
    memory_mb: int | None = None
    progress: Progress | None = None
    children: Children = field(default_factory=Children)

    def build(self, modules: Mapping[str, Module]) -> dict[str, Built]:
        """Compile modules.

        Args:
            modules: by name, in dependency order, closed under imports.

        Returns:
            One entry a module, in the same order; what imports a failed module is not compiled.
        """
        done: dict[str, Built] = {}
        missing: dict[str, Module] = {}
        for name, module in modules.items():
            # Whatever a missing module has above it is missing too: keys contain keys.
            found = (
                self._cached(module, done) if missing.keys().isdisjoint(module.imports) else None
            )
            if found is None:
                missing[name] = module
            else:
                self._finish(found, done, len(modules))
        if missing:
            self._compile_all(missing, done, len(modules))
            self.cache.trim()
        return {name: done[name] for name in modules}

    def _finish(self, item: Built, done: dict[str, Built], total: int) -> None:
        done[item.result.name] = item
        if self.progress:
            self.progress("check", len(done), total)

    def _compile_all(
        self, missing: Mapping[str, Module], done: dict[str, Built], total: int
    ) -> None:
        waiting = dict(missing)
        running: set[Future[Built]] = set()
        with _scratch() as folder, ThreadPoolExecutor(self.jobs or default_jobs()) as pool:
            try:
                while waiting or running:
                    ready = [n for n, m in waiting.items() if all(i in done for i in m.imports)]
                    for name in ready:
                        # A copy: workers read it while this thread adds to the original.
                        running.add(pool.submit(self._one, waiting.pop(name), dict(done), folder))
                    finished, running = wait(running, return_when=FIRST_COMPLETED)
                    for future in finished:
                        self._finish(future.result(), done, total)
            except BaseException:
                self.children.end()
                raise

    def elaborate(self, source: str, imports: Sequence[str], built: Mapping[str, Built]) -> Built:
        """Elaborate a probe that imports built modules; its messages are what counts.

        Args:
            source: Lean source without a header.
            imports: the modules it sees.
            built: these and all that they import.
        """
        probe = Module("LipBridgeProbe", "LipBridgeProbe.lean", source.encode(), tuple(imports))
        if found := self._cached(probe, built):
            return found
        with _scratch() as folder:
            return self._compile(probe, built, folder, keep_olean=False)

    def _one(self, module: Module, done: Mapping[str, Built], folder: Path) -> Built:
        failed = [name for name in module.imports if not done[name].result.ok]
        if failed:
            text = f"error: not compiled, because {failed[0]} has errors"
            return Built(ModuleResult(module.name, False, 0.0, (text,)), ())
        found = self._cached(module, done)
        return found or self._compile(module, done, folder, keep_olean=True)

    def _cached(self, module: Module, built: Mapping[str, Built]) -> Built | None:
        start = time.perf_counter()
        key = self._key(module, built)
        entry = self.cache.load(key)
        if entry is None:
            return None
        messages = tuple(Message(**fields) for fields in entry.data["messages"])
        return _built(module, messages, start, key, entry)

    def _compile(
        self, module: Module, built: Mapping[str, Built], folder: Path, *, keep_olean: bool
    ) -> Built:
        start = time.perf_counter()
        messages, olean = self._run(module, built, folder)
        if any(message.is_error for message in messages):
            return _built(module, messages, start)
        key = self._key(module, built)
        data = {"module": module.name, "messages": [m.to_json() for m in messages]}
        entry = self.cache.store(key, olean if keep_olean else None, data)
        return _built(module, messages, start, key, entry)

    def _key(self, module: Module, built: Mapping[str, Built]) -> str:
        return content_key(
            {
                "format": _FORMAT,
                "compiler": self.compiler.sha256,
                "module": module.name,
                "path": module.path,
                "source": hashlib.sha256(module.source).hexdigest(),
                "imports": [[name, built[name].key] for name in module.imports],
            }
        )

    def _run(
        self, module: Module, built: Mapping[str, Built], folder: Path
    ) -> tuple[tuple[Message, ...], Path]:
        """Compile a private copy of the source, so that what was scanned is what is compiled."""
        source = folder / module.path
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_bytes(module.source)
        stem = content_key(module.name)[:16]
        setup, olean = folder / f"{stem}.json", folder / f"{stem}.olean"
        setup.write_text(json.dumps(_setup(module, built)), "utf-8")
        arguments = ["--json", f"-j{usable_cores()}", f"--setup={setup}", f"-o{olean}", module.path]
        completed = self.compiler.run(
            arguments,
            cwd=folder,
            children=self.children,
            timeout=self.timeout,
            memory_mb=self.memory_mb,
        )
        return read_messages(completed), olean


def _built(
    module: Module,
    messages: tuple[Message, ...],
    start: float,
    key: str = "",
    entry: Entry | None = None,
) -> Built:
    told = tuple(str(message) for message in messages if message.severity != "information")
    seconds = round(time.perf_counter() - start, 4)
    result = ModuleResult(module.name, entry is not None, seconds, told)
    return Built(result, messages, key, entry.olean if entry else None)


def _setup(module: Module, built: Mapping[str, Built]) -> dict[str, Any]:
    """Lean's module setup: exactly these imports, from exactly these files."""
    return {
        "name": module.name,
        "isModule": False,
        "imports": [
            {"module": name, "importAll": False, "isExported": True, "isMeta": False}
            for name in module.imports
        ],
        # Lean loads the imports of imports by itself and looks them up here.
        "importArts": {n: [[str(b.olean)]] for n, b in built.items() if b.olean is not None},
        "dynlibs": [],
        "plugins": [],
        "options": {},
    }


@contextmanager
def _scratch() -> Generator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="lipbridge-check-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
