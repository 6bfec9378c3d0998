"""The small core and the library, compiled by Lean, as the second checker reads them."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lipbridge.check.sources import Module, library_modules
from lipbridge.recheck.driver import Known, kernel_in, open_modules
from lipbridge.recheck.environment import Environment
from lipbridge.recheck.kernel import Kernel
from lipbridge.recheck.olean import CompiledModule
from tests.lean import cached_builder


@contextmanager
def compiled(modules: dict[str, Module]) -> Generator[dict[str, Path]]:
    """Compiled modules by name, which are there as long as the context.

    Raises:
        AssertionError: one does not compile.
    """
    with cached_builder() as builder:
        built = builder.build(modules)
        failed = [item.result.failure for item in built.values() if not item.result.ok]
        assert not failed, failed[0]
        yield {name: item.olean for name, item in built.items() if item.olean is not None}


@pytest.fixture(scope="session")
def library() -> Iterator[dict[str, Path]]:
    with compiled(library_modules()) as paths:
        yield paths


@pytest.fixture(scope="session")
def opened(library: dict[str, Path]) -> dict[str, CompiledModule]:
    return open_modules({name: str(path) for name, path in library.items()})


@contextmanager
def deep() -> Iterator[None]:
    """As in the checking process: terms nest deeply, and hold no cycles."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


@pytest.fixture(autouse=True)
def deep_recursion() -> Iterator[None]:
    with deep():
        yield


@pytest.fixture(scope="session")
def known() -> Known:
    return {}


@pytest.fixture(scope="session")
def kernel(opened: dict[str, CompiledModule], known: Known) -> Kernel:
    """A kernel over core and library, with the operations that are earned there."""
    return kernel_in(Environment(list(opened.values())), known)


@pytest.fixture
def fresh(opened: dict[str, CompiledModule], known: Known) -> tuple[Kernel, Environment]:
    """A kernel of the same kind over an environment that may be added to."""
    env = Environment(list(opened.values()))
    return kernel_in(env, known), env
