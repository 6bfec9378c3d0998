"""The registry of layers: every kind that the spec language knows, each registered exactly once."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from lipbridge.errors import InputError

if TYPE_CHECKING:
    from lipbridge.layers.base import Layer

_REGISTRY: dict[str, type[Layer]] = {}


def register(kind: str, cls: type[Layer], *facts: str) -> None:
    """Enter a layer under its spec keyword.

    Args:
        kind: the keyword.
        cls: the layer.
        facts: class facts that it must have besides those of every layer.

    Raises:
        ValueError: the keyword is taken, or a class fact is missing.
    """
    if kind in _REGISTRY:
        raise ValueError(f"layer kind {kind!r} is registered twice")
    needed = ("summary", "lean_rule", "samples", *facts)
    missing = [fact for fact in needed if not hasattr(cls, fact)]
    if missing:
        raise ValueError(f"layer {kind!r} lacks {', '.join(missing)}")
    cls.kind = kind
    _REGISTRY[kind] = cls


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
