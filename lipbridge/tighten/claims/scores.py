r"""Constants of every single score and of every difference of two.

From the tables of `lipbridge.tighten.tables`; or, after a hidden layer, from certificates of their
own, `lipbridge.tighten.rows`, where the largest constant of a difference falls by them.

Source: docs/theorems.md §3.  Lean: ``LipBridge.scores_lipschitz``, ``LipBridge.RowCertificate``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Self

from lipbridge.tighten import cost
from lipbridge.tighten.claim import Claim, Facts
from lipbridge.tighten.plan import plan_square, scored
from lipbridge.tighten.rows import RowBound, find_rows, replay_rows, row_places
from lipbridge.tighten.tables import MAX_SCORES, best_tables, row_layer, score_map

if TYPE_CHECKING:
    from lipbridge.tighten.search import Search

# What a selection that is asked for may take of the kernel's time, in microseconds.
_SELECTION_BUDGET = 600_000_000
# What a search alone takes on, likewise.
_SEARCH_BUDGET = 20_000_000


class Scores(Claim, frozen=True):
    """Constants of scores and differences.

    Attributes:
        certificates: of all of them in the order of `row_places`, or none.
    """

    certificates: tuple[RowBound, ...]
    key: ClassVar[str] = "scores"
    turn: ClassVar[int] = 1

    @classmethod
    def search(cls, search: Search) -> Self | None:
        matrix = score_map(scored(search.start) if search.selects else search.start)
        if matrix is None:
            return None
        price = cost.scores(matrix)
        # A selection that is asked for is worth minutes.
        free = search.selects and price <= _SELECTION_BUDGET
        if not free and not search.affordable("constants of single scores and pairs are", price):
            return None
        return cls(tuple(_search_rows(search).values()))

    @property
    def rows(self) -> dict[tuple[int, int], RowBound]:
        """The certificates by their places."""
        return dict(zip(row_places(MAX_SCORES), self.certificates, strict=False))

    def replay(self, facts: Facts) -> None:
        if score_map(scored(facts.start)) is None:
            raise ValueError("constants of scores, but it does not end in 2 or more")
        if self.certificates:
            layer = row_layer(scored(facts.start))
            if layer is None or len(self.certificates) != len([*row_places(layer.last.rows)]):
                raise ValueError("rows that are not all of the scores after a hidden layer")
            replay_rows(layer, facts.network.name, self.rows)


def _search_rows(search: Search) -> Mapping[tuple[int, int], RowBound]:
    """Certificates of all scores and differences, where the largest of the table falls."""
    start = search.start
    layer, name = row_layer(scored(start)), search.network.name
    known = best_tables(name, start, search.rescaled, search.squares, {})
    if layer is None or known is None:
        return {}
    table, places = known[0], tuple(row_places(layer.last.rows))
    price = len(places) * cost.row(layer.hidden) + cost.row_sums(layer.hidden)
    if search.left is None and price > _SEARCH_BUDGET:
        search.notes.append("LipSDP of single scores is left out: too large for a search alone")
        return {}
    if search.selects and search.left is not None and price <= _SELECTION_BUDGET:
        search.left += price
    if not search.affordable("LipSDP of single scores and pairs is", price):
        return {}
    worst = max(places, key=lambda p: table.pairs.numerators[p[0], p[1]])
    before = plan_square(scored(start)[:-3], search.squares)
    first = find_rows(layer, [worst], device=search.device)
    if first is None or not search.better(before * layer.square(first[worst]), table.pair**2, 2):
        return {}
    return find_rows(layer, places, device=search.device) or {}
