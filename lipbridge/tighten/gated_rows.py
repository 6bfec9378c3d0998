"""Rows that bound a score which is a weighted sum of ReLUs, and what a radius takes of them.

What they are is said in :mod:`lipbridge.tighten.gated`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any

import msgspec
import numpy.typing as npt

Integers = npt.NDArray[Any]

# Sides of a head beside those that the ball allows: off, on assumed.
OFF, ON = 3, 4
_Natural = Annotated[int, msgspec.Meta(ge=0)]


class GatedRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row beside those of shift 0.

    Attributes:
        token: whose score it bounds.
        sides: what each head is taken for: 0 off, 1 either, 2 on; 3 off, 4 on where told apart.
        shift: e₀ times the denominators of point and radius, shape (n,).
    """

    token: _Natural
    sides: tuple[Annotated[int, msgspec.Meta(ge=0, le=4)], ...]
    shift: tuple[int, ...]


class PairSides(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two tokens whose gap stays open by telling sides apart.

    Attributes:
        selected, other: the tokens.
        first, second: heads of the one and of the other that are told apart.
        rows: a row of each token in every case, off before on, the first head slowest.
    """

    selected: _Natural
    other: _Natural
    first: tuple[_Natural, ...]
    second: tuple[_Natural, ...]
    rows: tuple[tuple[_Natural, _Natural], ...]


@dataclass(frozen=True)
class Radius:
    """A radius with what it takes beside the rows of shift 0."""

    value: Fraction
    rows: tuple[GatedRow, ...] = ()
    pairs: tuple[PairSides, ...] = ()


@dataclass(frozen=True)
class GatedTables:
    """What the kernel checks of rows, a row each; their coefficients, shape (N, H).

    Attributes:
        tokens: whose rows.
        sides: what each head is taken for; shape (N, H).
        shifts: shape (N, n).
        weights, products: how much of W and of J is in the gradient; shape (N, H).
        curves: Σ k.
        lows: L.
        gradients: G, shape (N, n).
    """

    tokens: Integers
    sides: Integers
    shifts: Integers
    weights: Integers
    products: Integers
    curves: Integers
    lows: Integers
    gradients: Integers
