"""Numbers over a denominator in Lean: the ring's reciprocals, and ratios of distances."""

from __future__ import annotations

from lipbridge.emit.lean.declaration import CHECKED
from lipbridge.emit.lean.term import Term, app, lean_term


def reciprocal(denominator: int) -> Term:
    """The ring element 1/denominator: ``one`` or ``r d``."""
    return lean_term("one") if denominator == 1 else app("r", denominator)


def inverse(denominator: int) -> Term:
    """Proof that ``denominator · (1/denominator) = 1``."""
    if denominator == 1:
        return lean_term("LipBridge.ofNat_one_mul_one")
    return app("hr", denominator, CHECKED)


def is_reciprocal(denominator: Term | int, value: Term | str) -> Term:
    """The statement that ``denominator · value = 1``."""
    return app("Eq", app("mul", app("ofNat", denominator), value), "one")


def within_ratio(
    size: int | str, radius: tuple[int, int], center: Term | str, point: Term | str
) -> Term:
    """The statement that a point of ``size`` entries lies within a/b of a center."""
    return app("WithinRatio", size, *(app("ofNat", number) for number in radius), center, point)
