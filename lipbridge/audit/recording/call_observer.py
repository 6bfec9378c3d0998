"""Seeing the products and the top-k inside a module while it runs.

While anything is attached, functions that call through stand in the places of ``torch.matmul`` and
``Tensor.topk``; a :class:`CallObserver` keeps what they see on its thread between its
start and its stop. (A torch function mode would do the same for every function and attribute of the
module, at ten times the cost.) Compiled or replayed code cannot be watched.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock, get_ident
from typing import Any

import torch
from torch import Tensor


@dataclass
class _State:
    """How many recordings there are, torch's own functions, and who observes which thread."""

    lock: Any = field(default_factory=Lock)
    recordings: int = 0
    before: tuple[Any, Any] | None = None
    watching: dict[int, CallObserver] = field(default_factory=dict[int, "CallObserver"])


_STATE = _State()
_WATCHING = _STATE.watching


class CallObserver:
    """Keeps the arguments of products and of top-k, of the thread that started it."""

    __slots__ = ("_outer", "_thread", "products", "scores")

    def __init__(self) -> None:
        self.products: list[tuple[Tensor, Tensor]] = []
        self.scores: Tensor | None = None
        self._thread = 0
        self._outer: CallObserver | None = None

    def clear(self) -> None:
        """Forget what was seen."""
        self.products, self.scores = [], None

    def start(self) -> None:
        """Begin to watch, having seen nothing; an outer observer of this thread pauses."""
        self.clear()
        self._thread = thread = get_ident()
        self._outer = _WATCHING.get(thread)
        _WATCHING[thread] = self

    def stop(self) -> None:
        """End watching, on the thread that began."""
        if self._outer is None:
            _WATCHING.pop(self._thread, None)
        else:
            _WATCHING[self._thread], self._outer = self._outer, None


def attach() -> None:
    """Put the watched functions in place, until as many calls of :func:`detach`.

    Once for a whole recording: to change an attribute of ``Tensor`` makes Python forget where all
    of its methods are.
    """
    with _STATE.lock:
        _STATE.recordings += 1
        if _STATE.recordings > 1:
            return
        _STATE.before = matmul, topk = torch.matmul, Tensor.topk

        def watched_matmul(*args: Any, **options: Any) -> Any:
            observer = _WATCHING.get(get_ident()) if _WATCHING else None
            if observer is not None and len(args) > 1:
                observer.products.append((args[0], args[1]))
            return matmul(*args, **options)

        def watched_topk(tensor: Tensor, *args: Any, **options: Any) -> Any:
            observer = _WATCHING.get(get_ident()) if _WATCHING else None
            if observer is not None:
                observer.scores = tensor
            return topk(tensor, *args, **options)

        _put(watched_matmul, watched_topk)


def detach() -> None:
    """Undo one :func:`attach`; the last one puts torch's own functions back."""
    with _STATE.lock:
        _STATE.recordings -= 1
        if _STATE.recordings == 0 and _STATE.before is not None:
            _put(*_STATE.before)
            _STATE.before = None


def _put(matmul: Any, topk: Any) -> None:
    """Set the two functions."""
    for holder, name, function in ((torch, "matmul", matmul), (Tensor, "topk", topk)):
        setattr(holder, name, function)
