"""How far the work is: told by whoever does it, heard by whoever asked for it.

A stage tells what it has done without knowing of a listener, and nothing hands one through.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str, int, int], None]
"""Told a stage's name, what is done, and the total."""

_LISTENER: ContextVar[Listener | None] = ContextVar("listener", default=None)


def progress(stage: str, done: int, total: int) -> None:
    """Tell how far a stage is, on the thread that was asked for it."""
    listener = _LISTENER.get()
    if listener is not None:
        listener(stage, done, total)


@contextmanager
def heard_by(listener: Listener) -> Generator[None]:
    """Let a listener hear of what is done inside, and no other."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)
