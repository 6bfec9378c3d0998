"""The registry of layers: every kind that the spec language knows, each registered exactly once."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import TypeVar

from lipbridge.errors import InputError
from lipbridge.layers.base import Layer

_LayerT = TypeVar("_LayerT", bound=type[Layer])
_REGISTRY: dict[str, type[Layer]] = {}
_FACTS = ("summary", "lean_rule", "samples")


def register(kind: str) -> Callable[[_LayerT], _LayerT]:
    """Class decorator that enters a layer under its spec keyword.

    Raises:
        ValueError: the keyword is taken, or a class fact is missing.

    """

    def enter(cls: _LayerT) -> _LayerT:
        if kind in _REGISTRY:
            raise ValueError(f"layer kind {kind!r} is registered twice")
        missing = [fact for fact in _FACTS if not hasattr(cls, fact)]
        derived = cls.constant is not Layer.constant or cls.matrix is not Layer.matrix
        if not derived and not hasattr(cls, "lipschitz"):
            missing.append("lipschitz or constant")
        if missing:
            raise ValueError(f"layer {kind!r} lacks {', '.join(missing)}")
        cls.kind = kind
        _REGISTRY[kind] = cls
        return cls

    return enter


def kinds() -> tuple[str, ...]:
    """All registered keywords, sorted."""
    return tuple(sorted(_REGISTRY))


def layer_class(kind: str) -> type[Layer]:
    """The layer class of a keyword.

    Raises:
        InputError: unknown keyword; the message names the nearest known one.

    """
    try:
        return _REGISTRY[kind]
    except KeyError:
        raise InputError(f"unknown layer {kind!r}{nearest(kind, kinds())}") from None


def nearest(word: str, known: tuple[str, ...]) -> str:
    """``; did you mean 'x'?`` for the closest known word, else the list of what is known."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else f"; known: {', '.join(known)}"
