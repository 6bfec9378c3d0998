"""A check that begins with the modules that are there while others are still being made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from lipbridge.cache import Cache
from lipbridge.check.embedded import Compiler
from lipbridge.check.lake import Lake
from lipbridge.check.modules import Builder
from lipbridge.check.process import Children
from lipbridge.check.records import CheckOptions
from lipbridge.check.sources import load_modules
from lipbridge.data import library_files


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
        """Begin with the library, and with modules that import nothing but it and what was added.

        Args:
            modules: text by name.
        """
        if self.builder is not None:
            self._files |= {f"{name.replace('.', '/')}.lean": t for name, t in modules.items()}
            self.builder.begin(load_modules(self._files, ("LipBridge", *modules)))
