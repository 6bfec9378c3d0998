"""Compiling modules in dependency order, side by side where independent, cached by content."""

from __future__ import annotations

import hashlib
import heapq
import shutil
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

from lipbridge.cache import Cache, content_key
from lipbridge.check.embedded import Compiler
from lipbridge.check.lake import Toolchain
from lipbridge.check.messages import Message
from lipbridge.check.place import Place
from lipbridge.check.process import Children, default_jobs, usable_cores
from lipbridge.check.records import CheckOptions, ModuleResult
from lipbridge.check.sources import Module
from lipbridge.errors import NotProvedError
from lipbridge.files import refusing_temporary
from lipbridge.progress import progress

_FORMAT = 2
FIRST = "check (the first one compiles the library, which is kept)"
"""The stage that progress is told of where the library is not in the cache."""


@dataclass(frozen=True)
class Built:
    """One module after compilation.

    Attributes:
        result: what is reported.
        messages: all that the compiler said.
        key: content key, empty if it failed or depends on what is not ours.
        olean: the compiled module, absent if it failed.
    """

    result: ModuleResult
    messages: tuple[Message, ...]
    key: str = ""
    olean: Path | None = None


class Builder:
    """Compiles modules with the embedded compiler; a context, whose end removes its files.

    Args:
        compiler: the compiler; modules that it brings along are not compiled.
        options: limits, jobs, and whether compiled modules are kept.
    """

    def __init__(self, compiler: Compiler | Toolchain, options: CheckOptions | None = None) -> None:
        self.compiler, options = compiler, options or CheckOptions()
        self.children = Children(options.timeout, options.memory_mb)
        self.cache = Cache() if options.cache else None
        if self.cache:
            self.cache.require()
        self._stage = "check"
        with refusing_temporary():
            self._folder = Path(tempfile.mkdtemp(prefix="lipbridge-check-"))
        self._jobs = options.jobs or default_jobs()
        self._pool = ThreadPoolExecutor(self._jobs)
        self._changed = threading.Condition()
        self._begun: dict[str, Module] = {}
        self._done: dict[str, Built] = {}
        self._waiting: dict[str, Module] = {}
        self._weights: dict[str, int] = {}
        self._ready: list[tuple[int, str]] = []
        self._running = 0
        self._grown = False
        self._fault: BaseException | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.children.end()
        self._pool.shutdown(cancel_futures=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    def begin(self, modules: Mapping[str, Module]) -> None:
        """Begin to compile modules, and return at once: others are made meanwhile.

        Args:
            modules: by name, in dependency order, closed under imports.

        Raises:
            NotProvedError: one of them was begun with another text.
        """
        modules = self._own(modules)
        with self._changed:
            fresh = [name for name in modules if name not in self._begun]
            for name, module in modules.items():
                if self._begun.setdefault(name, module) != module:
                    raise NotProvedError(f"{module.path}: another text than the one begun with")
            # The longest way to the end first, so that all cores are busy until then.
            for name in reversed(list(modules)):
                weight = self._weights.setdefault(name, 0) + len(modules[name].source)
                for above in modules[name].imports:
                    self._weights[above] = max(self._weights.get(above, 0), weight)
            for name in fresh:
                module = modules[name]
                # Whatever is not in the cache has nothing above it there: keys contain keys.
                known = self._done.keys() >= {*module.imports}
                if known and (found := self._cached(module, self._done)):
                    self._done[name] = found
                else:
                    self._waiting[name] = module
            if self.cache and any(name.split(".")[0] == "LipBridge" for name in self._waiting):
                self._stage = FIRST
            self._grown = self._grown or bool(self._waiting)
            self._release()

    def build(self, modules: Mapping[str, Module]) -> dict[str, Built]:
        """Compile modules, those that are not begun yet and the rest of those that are.

        The time of the check begins here.

        Args:
            modules: by name, in dependency order, closed under imports.

        Returns:
            One entry a module, in the same order; what imports a failed module is not compiled.

        Raises:
            NotProvedError: one of them was begun with another text.
        """
        modules = self._own(modules)
        self.children.start()
        try:
            self.begin(modules)
            told = 0
            while told < len(modules):
                with self._changed:
                    while (done := len(modules.keys() & self._done)) == told and not self._fault:
                        self._changed.wait()
                    if self._fault:
                        raise self._fault
                while told < done:
                    told += 1
                    progress(self._stage, told, len(modules))
        except BaseException:
            self.children.end()
            raise
        if self.cache and self._grown:
            self.cache.trim()
        return {name: self._done[name] for name in modules}

    def _own(self, modules: Mapping[str, Module]) -> dict[str, Module]:
        """Modules without those that the compiler brings along."""
        brought = self.compiler.brings
        return {
            name: replace(module, imports=tuple(x for x in module.imports if x not in brought))
            for name, module in modules.items()
            if name not in brought
        }

    def _release(self) -> None:
        """Hand the modules whose imports are done to the workers; the lock is held."""
        done = self._done.keys()
        for name in [n for n, m in self._waiting.items() if done >= {*m.imports}]:
            module = self._waiting.pop(name)
            heapq.heappush(self._ready, (-self._weights[name] - len(module.source), name))
            self._pool.submit(self._next)

    def _next(self) -> None:
        """Compile the one that most depends on, in a worker."""
        with self._changed:
            _, name = heapq.heappop(self._ready)
            self._running += 1
            done = dict(self._done)
        try:
            item = self._one(self._begun[name], done)
        except BaseException as error:  # raised again where the build waits
            with self._changed:
                self._fault = error
                self._changed.notify_all()
            return
        with self._changed:
            self._running -= 1
            self._done[name] = item
            self._release()
            self._changed.notify_all()

    def elaborate(self, source: str, imports: Sequence[str], built: Mapping[str, Built]) -> Built:
        """Elaborate a module whose messages are what counts; it is never cached.

        Args:
            source: Lean source without a header.
            imports: the modules it sees.
            built: these and all that they import.
        """
        question = Module("LipBridgeQuestion", "Question.lean", source.encode(), tuple(imports))
        start = time.perf_counter()
        messages, olean = self._run(question, built)
        failed = any(message.is_error for message in messages)
        return _built(question, messages, start, olean=None if failed else olean)

    def _one(self, module: Module, done: Mapping[str, Built]) -> Built:
        failed = [name for name in module.imports if not done[name].result.ok]
        if failed:
            text = f"error: not compiled, because {failed[0]} has errors"
            return Built(ModuleResult(module.name, False, 0.0, (text,)), ())
        return self._cached(module, done) or self._compile(module, done)

    def _cached(self, module: Module, built: Mapping[str, Built]) -> Built | None:
        start, key, olean = time.perf_counter(), self._key(module, built), self._olean(module)
        data = self.cache.load(key, olean) if self.cache and key else None
        if data is None:
            return None
        messages = tuple(Message(**fields) for fields in data["messages"])
        return _built(module, messages, start, key, olean)

    def _compile(self, module: Module, built: Mapping[str, Built]) -> Built:
        start = time.perf_counter()
        messages, olean = self._run(module, built)
        if any(message.is_error for message in messages):
            return _built(module, messages, start)
        key = self._key(module, built)
        if self.cache and key:
            data = {"module": module.name, "messages": list(map(asdict, messages))}
            self.cache.store(key, data, olean)
        return _built(module, messages, start, key, olean)

    def _key(self, module: Module, built: Mapping[str, Built]) -> str:
        """What a module's result depends on; empty if on something that is not ours."""
        keys = [[name, built[name].key] for name in module.imports]
        if not module.ours or not all(key for _, key in keys):
            return ""
        return content_key(
            {
                "format": _FORMAT,
                "compiler": self.compiler.key,
                "module": module.name,
                "path": module.path,
                "source": hashlib.sha256(module.source).hexdigest(),
                "imports": keys,
            }
        )

    def _olean(self, module: Module) -> Path:
        return self._folder / f"{content_key(module.name)[:16]}.olean"

    def _run(self, module: Module, built: Mapping[str, Built]) -> tuple[tuple[Message, ...], Path]:
        compiled = {name: item.olean for name, item in built.items() if item.olean is not None}
        olean = self._olean(module)
        place = Place(self.compiler, self.children, olean, self._threads())
        return place.compile(module, compiled), olean

    def _threads(self) -> list[str]:
        """The cores of a compiler; where it has one, handing proofs to a thread takes longer."""
        with self._changed:
            beside = min(self._jobs, len(self._ready) + self._running)
        cores = usable_cores() // max(1, beside)
        return [f"-j{cores}"] if cores > 1 else ["-j1", "-DElab.async=false"]


def _built(
    module: Module,
    messages: tuple[Message, ...],
    start: float,
    key: str = "",
    olean: Path | None = None,
) -> Built:
    told = tuple(str(message) for message in messages if message.severity != "information")
    seconds = round(time.perf_counter() - start, 4)
    result = ModuleResult(module.name, olean is not None, seconds, told)
    return Built(result, messages, key, olean)
