r"""Constants of every single score and of every difference of two.

From the tables of `lipbridge.tighten.tables`; or, after a hidden layer, from certificates of their
own, `lipbridge.tighten.rows`, where the largest constant of a difference falls by them.

Source: docs/theorems.md §3.  Lean: ``LipBridge.scores_lipschitz``, ``LipBridge.RowCertificate``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

import msgspec

from lipbridge.certify import read_json
from lipbridge.certify.digits import encode_integer
from lipbridge.certify.serialize import PsdFile
from lipbridge.certify.strict_json import record_to_json
from lipbridge.tighten import cost
from lipbridge.tighten.claim import Claim, Facts
from lipbridge.tighten.plan import plan_square, scored
from lipbridge.tighten.rows import RowBound, find_rows, replay_rows, row_name, row_places
from lipbridge.tighten.segments.rescale import UNIT
from lipbridge.tighten.tables import MAX_SCORES, best_tables, row_layer, score_map

if TYPE_CHECKING:
    from lipbridge.tighten.search import Search

# What a selection that is asked for may take of the kernel's time, in microseconds.
_SELECTION_BUDGET = 600_000_000
# What a search alone takes on, likewise.
_SEARCH_BUDGET = 20_000_000
_Unit = Annotated[int, msgspec.Meta(ge=1, le=UNIT)]
Rows = Mapping[tuple[int, int], RowBound]


class _File(PsdFile, frozen=True, forbid_unknown_fields=True):
    """The keys of the file of a row."""

    units: Annotated[tuple[_Unit, ...], msgspec.Meta(min_length=1)]
    scale: str
    first: str
    second: str
    format: Literal["lipbridge.row-certificate"] = "lipbridge.row-certificate"
    version: Literal[1] = 1


@dataclass(frozen=True)
class Scores(Claim):
    """Constants of scores and differences.

    Attributes:
        rows: certificates of all of them, or of none.
    """

    rows: Rows
    key: ClassVar[str] = "scores"
    # How many scores have certificates of their own, which are files of their own.
    layout: ClassVar[Any] = Annotated[int, msgspec.Meta(ge=0, le=MAX_SCORES)]
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
        return cls(_search_rows(search))

    def replay(self, facts: Facts) -> None:
        if score_map(scored(facts.start)) is None:
            raise ValueError("constants of scores, but it does not end in 2 or more")
        if self.rows:
            layer = row_layer(scored(facts.start))
            if layer is None or set(self.rows) != set(row_places(layer.last.rows)):
                raise ValueError("rows that are not all of the scores after a hidden layer")
            replay_rows(layer, facts.network.name, self.rows)

    def entry(self) -> Any:
        return sum(i == j for i, j in self.rows)

    def files(self, network: str) -> dict[str, str]:
        return {row_name(network, place): _to_json(row) for place, row in self.rows.items()}

    @classmethod
    def read(cls, network: str, entry: Any, file: Callable[[str], tuple[bytes, str]]) -> Self:
        return cls({at: _from_json(*file(row_name(network, at))) for at in row_places(entry)})


def _search_rows(search: Search) -> Rows:
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


def _to_json(bound: RowBound) -> str:
    scale, first, second = map(encode_integer, (bound.scale, bound.first, bound.second))
    spelled = PsdFile.spell(bound.witness)
    return record_to_json(_File(*spelled, bound.units, scale, first, second))


def _from_json(text: bytes, source: str) -> RowBound:
    file = read_json(text, _File, source)
    scale, first, second = (file.integer(key, source) for key in ("scale", "first", "second"))
    return RowBound(file.units, scale, first, second, file.witness(len(file.units), source))
