r"""The selection of a network at a point, with a radius that its constants certify.

No x' with ‖x' − x‖ ≤ δ has another top-k set as soon as every gap between a selected score and one
that is not exceeds the constant of that difference times δ: from a table of differences, or √2
times the constant of all scores together. With k = 1 this is certified classification.

Source: docs/theorems.md §3.  Lean: ``LipBridge.selection_pairs``, ``LipBridge.selection_scores``,
``LipBridge.selection_blocks``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.errors import CertificateError, InputError, NotProvedError
from lipbridge.language.network import Network
from lipbridge.language.stored import StoredVector, values_at
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import Layer, TensorSource, size
from lipbridge.layers.block_max import BlockMax
from lipbridge.tighten.plan import plan_square
from lipbridge.tighten.tables import ScoreTables, best_tables
from lipbridge.tighten.tighten import Tightening, network_plans

__all__ = [
    "DifferenceSquares",
    "Selection",
    "Selections",
    "certify_selections",
    "difference_squares",
    "refuse_selection",
    "replay_selections",
]

# Bits of a radius.
_BITS = 40


@dataclass(frozen=True)
class Selection:
    """A point, what is selected there, and how far it stays.

    Attributes:
        point: the point, flattened token-major.
        selected: indices of the k largest scores, increasing.
        radius: δ; no x' with ‖x' − x‖ ≤ δ selects anything else.
        best: of block scores, the score of each selected block that stays above the others.
        table: whether the constants are those of the table of differences.
        computed: the same for scores that are computed within the error; None without one.
    """

    point: StoredVector
    selected: tuple[int, ...]
    radius: Fraction
    best: tuple[int, ...]
    table: bool
    computed: Fraction | None = None


@dataclass(frozen=True)
class Selections:
    """Selections of one network at several points.

    Attributes:
        top: k.
        points: the selections.
        error: what scores are computed within of the exact ones; 0 where nothing is said.
    """

    top: int
    points: tuple[Selection, ...]
    error: Fraction = Fraction(0)


@dataclass(frozen=True)
class DifferenceSquares:
    """Squared constants of differences of two scores.

    Attributes:
        tables: those of single differences, where there are some.
        scores: the squared constant of all scores together, P/Q.
    """

    tables: ScoreTables | None
    scores: Fraction

    def square(self, table: bool, i: int, j: int) -> Fraction:
        """The squared constant of the difference of two scores, from the table or from all."""
        if not table:
            return 2 * self.scores
        assert self.tables is not None
        return Fraction(int(self.tables.pairs.numerators[i, j]), self.tables.denominator) ** 2


def difference_squares(
    network: Network,
    tensors: Mapping[TensorSource, ExactMatrix],
    layers: Mapping[str, Fraction],
    tightening: Tightening | None,
) -> DifferenceSquares:
    """What an export proves of differences of two scores.

    Args:
        network: the network.
        tensors: the exact matrix of every source.
        layers: squared constants of the body's layers, by name.
        tightening: what is proved besides the product; None for nothing.
    """
    product = math.prod(layers.values(), start=Fraction(1))
    if tightening is None or not tightening.proves:
        return DifferenceSquares(None, product)
    squares = tightening.squares(layers)
    start, plans = network_plans(network, tensors, tightening)
    scores = min([product, *(plan_square(plan, squares) for plan in plans.values())])
    tables = None
    if tightening.scores:
        rescaled, rows = plans.get("rescaled"), tightening.rows
        found = best_tables(network.name, start, rescaled, squares, rows)
        tables = None if found is None else found[0]
    return DifferenceSquares(tables, scores)


def refuse_selection(network: Network, top: int) -> None:
    """Refuse a network or a number that no selection is proved of.

    Raises:
        InputError: naming the layer or the number.
    """
    if network.local:
        raise InputError(
            f"network {network.name} has several inputs or bounds of their lengths; a selection at "
            "a point is about a network of one vector without them"
        )
    inexact = next((layer for layer in network.layers() if not layer.exact), None)
    if inexact is not None:
        raise InputError(
            f"layer {inexact.name} ({inexact.kind}) has no exact value, so that no selection of "
            f"network {network.name} is proved at a point"
        )
    count = size(network.output)
    if not 0 < top < count:
        raise InputError(
            f"network {network.name} has {count} scores; --top is a number from 1 to {count - 1}"
        )


def certify_selections(
    network: Network,
    tensors: Mapping[TensorSource, ExactMatrix],
    squares: DifferenceSquares,
    points: Sequence[StoredVector],
    top: int,
    error: Fraction = Fraction(0),
) -> Selections:
    """Evaluate a network at points, exactly, and certify the largest radius at each.

    Args:
        network: the network; its layers are exact.
        tensors: the exact matrix of every source.
        squares: squared constants of differences.
        points: the points.
        top: k.
        error: what scores are computed within of the exact ones; 0 where nothing is said.

    Raises:
        NotProvedError: the k-th and the next score are equal at a point, or within twice the error.
    """
    found: list[Selection] = []
    for number, point in enumerate(points, start=1):
        at = _At(network, tensors, point, top, f"point {number}")
        radii = [(*at.radius(squares, table), table) for table in _tables(squares)]
        radius, best, table = max(radii, key=lambda entry: entry[0])
        computed = at.computed(squares, table, error)
        found.append(Selection(point, at.selected, radius, best, table, computed))
    return Selections(top, tuple(found), error)


def _tables(squares: DifferenceSquares) -> tuple[bool, ...]:
    return (False,) if squares.tables is None else (True, False)


def replay_selections(
    network: Network,
    tensors: Mapping[TensorSource, ExactMatrix],
    squares: DifferenceSquares,
    selections: Selections,
) -> None:
    """Check that exact arithmetic gives what is recorded.

    Raises:
        CertificateError: another selection, or a radius beyond what the constants certify.
    """
    for number, recorded in enumerate(selections.points, start=1):
        place = f"point {number}"
        at = _At(network, tensors, recorded.point, selections.top, place)
        if recorded.selected != at.selected:
            raise CertificateError(
                f"{place}: selects {list(at.selected)}, not {list(recorded.selected)}"
            )
        if recorded.table and squares.tables is None:
            raise CertificateError(f"{place}: there is no table of differences; export again")
        radius, best = at.radius(squares, recorded.table)
        if not 0 < recorded.radius <= radius or recorded.best != best:
            raise CertificateError(f"{place}: the radius is not what its constants certify")
        computed = at.computed(squares, recorded.table, selections.error)
        known = recorded.computed
        if (computed is None) != (known is None) or (
            computed is not None and known is not None and not 0 < known <= computed
        ):
            raise CertificateError(
                f"{place}: the radius of computed scores is not what the constants certify"
            )


class _At:
    """A network at a point: its scores, and the radius that constants certify."""

    def __init__(
        self,
        network: Network,
        tensors: Mapping[TensorSource, ExactMatrix],
        point: StoredVector,
        top: int,
        place: str,
    ) -> None:
        layers = values_at(network, tensors, point)
        scores = layers[-1].value
        last: Layer = layers[-1].layer
        self.group = last.group if isinstance(last, BlockMax) else 0
        self.given, self.denominator = layers[-1].given.entries, scores.denominator
        self.scores, self.place = scores.entries, place
        order = sorted(range(len(self.scores)), key=lambda i: (-self.scores[i], i))
        if self.scores[order[top - 1]] == self.scores[order[top]]:
            raise NotProvedError(
                f"{place}: scores {order[top - 1]} and {order[top]} are equal, so that nothing is "
                f"certified about the top {top}; leave the point out, or choose another number"
            )
        self.selected = tuple(sorted(order[:top]))
        self.others = tuple(sorted(order[top:]))

    def computed(self, squares: DifferenceSquares, table: bool, error: Fraction) -> Fraction | None:
        """The largest radius of scores within an error of the exact ones; None without one.

        Raises:
            NotProvedError: a gap that such an error may close.
        """
        if not error:
            return None
        found, _ = self.radius(squares, table, error)
        if not found:
            raise NotProvedError(
                f"{self.place}: a gap at the boundary is within twice the error of the scores, so "
                "that nothing is certified about computed ones"
            )
        return found

    def radius(
        self, squares: DifferenceSquares, table: bool, error: Fraction = Fraction(0)
    ) -> tuple[Fraction, tuple[int, ...]]:
        """The largest certified radius, and the best score of each selected block.

        The table is about the scores before a last ``block_max``; the constant of all scores
        together is about the blocks.
        """
        if not self.group or not table:
            pairs = ((i, j) for i in self.selected for j in self.others)
            return min(
                self.reach(self.scores[i] - self.scores[j], squares.square(table, i, j), error)
                for i, j in pairs
            ), ()
        above = max(self.scores[j] for j in self.others)
        rivals = [j * self.group + s for j in self.others for s in range(self.group)]
        found = [
            max(
                (
                    min(
                        self.reach(self.given[i] - self.given[j], squares.square(True, i, j), error)
                        for j in rivals
                    ),
                    -i,
                )
                for i in range(block * self.group, (block + 1) * self.group)
                if self.given[i] > above
            )
            for block in self.selected
        ]
        return min(radius for radius, _ in found), tuple(-i for _, i in found)

    def reach(self, gap: int, square: Fraction, error: Fraction) -> Fraction:
        """The largest a/b with P·a² < Q·b²·(z/d − 2e)² for a gap of z/d, P/Q being the square.

        0 where the gap is not above 2e.  Lean: ``LipBridge.staysAbove``.
        """
        above = Fraction(gap, self.denominator) - 2 * error
        if above <= 0:
            return Fraction(0)
        # A difference that never changes stays open whatever the radius.
        p, q = (square or Fraction(1, 1 << 4 * _BITS)).as_integer_ratio()
        whole = Fraction(q, p) * above**2
        length = whole.numerator.bit_length() - whole.denominator.bit_length()
        b = 1 << max(0, _BITS - length // 2)
        product = q * (b * above.numerator) ** 2 - 1
        return Fraction(math.isqrt(product // (p * above.denominator**2)), b)
