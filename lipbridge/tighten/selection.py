r"""The selection of a network at a point, with a radius that its constants certify.

No x' with ‖x' − x‖ ≤ δ has another top-k set as soon as every gap between a selected score and one
that is not exceeds the constant of that difference times δ: from a table of differences, or √2
times the constant of all scores together. With k = 1 this is certified classification.

Source: docs/theorems.md §3.  Lean: ``LipBridge.selection_pairs``, ``LipBridge.selection_scores``,
``LipBridge.KeyGap.selection``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NoReturn

from lipbridge.decimals import decimal_near
from lipbridge.errors import CertificateError, InputError, NotProvedError
from lipbridge.language.network import Network
from lipbridge.language.stored import StoredVector
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import Norm, TensorSource, size
from lipbridge.tighten.claims.scores import Scores
from lipbridge.tighten.keys import Keys, key_scores
from lipbridge.tighten.plan import plan_square
from lipbridge.tighten.selection_at import DifferenceSquares, Selection, SelectionAt
from lipbridge.tighten.tables import best_tables
from lipbridge.tighten.tighten import Tightening, network_plans


@dataclass(frozen=True)
class Selections:
    """Selections of one network at several points.

    Attributes:
        top: k.
        points: the selections.
        error: what scores are computed within of the exact ones; 0 where nothing is said.
        keys: of which the scores are, where the network itself makes none.
        notes: why there is none at a point, one line each; an export does not keep them.
    """

    top: int
    points: tuple[Selection, ...]
    error: Fraction = Fraction(0)
    keys: Keys | None = None
    notes: tuple[str, ...] = ()


def difference_squares(
    network: Network,
    tensors: Mapping[TensorSource, ExactMatrix],
    layers: Mapping[str, Fraction],
    tightening: Tightening | None,
    recorded: Keys | None = None,
) -> DifferenceSquares:
    """What an export proves of differences of two scores.

    Args:
        network: the network.
        tensors: the exact matrix of every source.
        layers: squared constants of the body's layers, by name.
        tightening: what is proved besides the product; None for nothing.
        recorded: the keys of which the scores are, where the network itself makes none.
    """
    product = math.prod(layers.values(), start=Fraction(1))
    keys = key_scores(network, tensors, layers, recorded)
    if keys is not None:
        return DifferenceSquares(None, product, keys)
    if tightening is None or not tightening.proves:
        return DifferenceSquares(None, product)
    squares = tightening.squares(layers)
    start, plans = network_plans(network, tensors, tightening)
    scores = min([product, *(plan_square(plan, squares) for plan in plans.values())])
    tables = None
    claim = tightening.get(Scores)
    if claim is not None:
        found = best_tables(network.name, start, plans.get("rescaled"), squares, claim.rows)
        tables = None if found is None else found[0]
    return DifferenceSquares(tables, scores)


def refuse_selection(network: Network, top: int, recorded: Keys | None = None) -> None:
    """Refuse a network or a number that no selection is proved of.

    Args:
        network: the network.
        top: k.
        recorded: the keys of which the scores are, where the network itself makes none.

    Raises:
        InputError: naming the layer, the norm or the number.
    """
    if network.restricted:
        raise InputError(
            f"network {network.name} has several inputs or bounds of their lengths; a selection at "
            "a point is about a network of one vector without them"
        )
    if network.norm is not Norm.EUCLIDEAN:
        raise InputError(
            f"network {network.name} has the norm {network.norm.value}; a selection at a point is "
            "proved for Euclidean distances: leave `norm` out"
        )
    inexact = next((layer for layer in network.layers() if not layer.exact), None)
    if inexact is not None:
        # `LipBridge.rmsNorm_score_le_iff`
        hint = "; scores ⟨norm(x), k⟩ select the same without the norm: leave it out"
        raise InputError(
            f"layer {inexact.name} ({inexact.kind}) has no exact value, so that no selection of "
            f"network {network.name} is proved at a point{hint * (inexact.kind == 'rms_norm')}"
        )
    count = size(network.output) if recorded is None else recorded.blocks
    if not 0 < top < count:
        fits = {1: "of no use", 2: "1"}.get(count, f"a number from 1 to {count - 1}")
        raise InputError(f"network {network.name} has {count} scores; --top is {fits}")


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

    Returns:
        The selections; a note for a point where the k-th and the next score are equal, or within
        twice the error, so that nothing is said of computed scores there.

    Raises:
        NotProvedError: there is no other point.
    """
    found: list[Selection] = []
    refused: list[NotProvedError] = []
    for number, point in enumerate(points, start=1):
        try:
            at = SelectionAt(network, tensors, squares, point, top, f"point {number}")
            radii = [(*at.radius(table), table) for table in _tables(squares)]
            radius, best, table = max(radii, key=lambda entry: entry[0])
            if not radius:
                raise NotProvedError(
                    f"point {number}: no radius is certified; the gap is too small"
                )
        except NotProvedError as reason:
            refused.append(reason)
            continue
        try:
            computed = at.computed(table, best, error)
        except NotProvedError as reason:
            # What is said of exact scores holds all the same.
            refused.append(reason)
            computed = None
        found.append(Selection(number, point, at.selected, radius, best, table, computed))
    if not found or (error and all(selection.computed is None for selection in found)):
        raise refused[0]
    return Selections(
        top,
        tuple(found),
        error,
        None if squares.keys is None else squares.keys.recorded,
        tuple(map(str, refused)),
    )


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
    for recorded in selections.points:
        place = f"point {recorded.number}"
        at = SelectionAt(network, tensors, squares, recorded.point, selections.top, place)
        if recorded.selected != at.selected:
            raise CertificateError(
                f"{place}: selects {list(at.selected)}, not {list(recorded.selected)}"
            )
        if recorded.table and squares.tables is None:
            raise CertificateError(f"{place}: there is no table of differences; export again")
        if not at.certifies(recorded, recorded.radius, Fraction(0)):
            _refuse(f"{place}: the radius", at, recorded, recorded.radius, Fraction(0))
        known, error = recorded.computed, selections.error
        if known is not None and not error:
            raise CertificateError(f"{place}: a radius of computed scores, but they have no error")
        if known is not None and not at.certifies(recorded, known, error):
            _refuse(f"{place}: the radius of computed scores", at, recorded, known, error)


def _refuse(
    what: str, at: SelectionAt, recorded: Selection, radius: Fraction, error: Fraction
) -> NoReturn:
    """Refuse a radius beside the one that the constants certify, and what both rest on."""
    certified, best = at.radius(recorded.table, error)
    given, known = (
        f"{decimal_near(value, 15)}{f' with best {list(keys)}' if best != recorded.best else ''}"
        for value, keys in ((radius, recorded.best), (certified, best))
    )
    raise CertificateError(f"{what}, {given}, is not what its constants certify, {known}")
