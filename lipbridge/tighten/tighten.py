r"""Tighter constants than the product of the layers', with all that a proof of them needs.

Each way is kept only where it gains: adjacent linear maps *merged* (``‖AB‖ ≤ ‖A‖‖B‖``), hidden
units of ReLU-like chains *rescaled*, chains *stacked* under one certificate and hidden layers
*bordered* (LipSDP), these after merging where that gains too; and a constant for every single
*score* and every difference of two where a network ends in a linear map.

A `Tightening` is a claim with its witness, like a certificate: what cannot be computed anew from
the network is in it, and `replay_tightening` decides whether exact arithmetic establishes it.

Source: docs/theorems.md §§2 and 3.  Lean: ``LipBridge.Affine.comp``, ``LipBridge.Rescaled``,
``LipBridge.SlopeChain``, ``LipBridge.Bordered``, ``LipBridge.scores_lipschitz``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from lipbridge.certify.certified import certified, certified_square
from lipbridge.certify.records import SpectralCertificate
from lipbridge.certify.replay import replay
from lipbridge.certify.roots import root_up
from lipbridge.errors import CertificateError
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSlot, TensorSource, size
from lipbridge.symbolic import branch_square
from lipbridge.tighten import cost
from lipbridge.tighten.bordered import HiddenBlock, find_border
from lipbridge.tighten.gained import (
    GainedBound,
    GainedBranch,
    find_gained,
    gained_branches,
    replay_gained,
)
from lipbridge.tighten.pieces import Piece, chains, cut
from lipbridge.tighten.plan import (
    Bordered,
    Merged,
    Plan,
    Segment,
    Squares,
    borderable,
    make_plan,
    plan_square,
    scored,
    stackable,
)
from lipbridge.tighten.rescale import find_scalings
from lipbridge.tighten.rows import RowBound, find_rows, replay_rows, row_places
from lipbridge.tighten.stack import HiddenWeights, find_weights
from lipbridge.tighten.steep import Points, Steep, find_points, point_denominator, relu_chain, steep
from lipbridge.tighten.tables import best_tables, row_layer, score_map

# A bound is worth a theorem of its own if it is below the best one before by this much.
GAIN = Fraction(1, 1000)
# Kernel time of what is checked besides, in microseconds.
_BUDGET = 20_000_000
_SELECTION_BUDGET = 600_000_000

Tensors = Mapping[TensorSource, ExactMatrix]
Norm = Callable[[ExactMatrix], Fraction]


@dataclass(frozen=True)
class Tightening:
    """What tighter theorems need besides the network, its tensors and their certificates.

    Attributes:
        merged: whether there is a theorem about merged linear maps; then chains and scores are
            those of the merged network.
        scalings: name of an activation → the scaling of each of its units, divisors of
            `lipbridge.tighten.rescale.UNIT`; empty where no chain is rescaled.
        scores: whether there are theorems about single scores and pairs.
        certificates: name of a merged, rescaled or stacked matrix → its certificate.
        notes: what was left out, and why.
        weights: name of an activation → the weights with which the chain that begins with the map
            before it is stacked, or its hidden layer bordered.
        points: two points between which the network is steep, so that no constant is smaller.
        rows: certificates of the single scores and of the differences of two, of all or of none.
        gained: certificates of the gained projections in products of branches, by the products'
            names.
    """

    merged: bool
    scalings: Mapping[str, tuple[int, ...]]
    scores: bool
    certificates: Mapping[str, SpectralCertificate]
    notes: tuple[str, ...] = ()
    weights: Mapping[str, HiddenWeights] = field(default_factory=dict[str, HiddenWeights])
    points: Points | None = None
    rows: Mapping[tuple[int, int], RowBound] = field(
        default_factory=dict[tuple[int, int], RowBound]
    )
    gained: Mapping[str, GainedBound] = field(default_factory=dict[str, GainedBound])

    @property
    def proves(self) -> bool:
        """Whether there is a theorem in it at all."""
        upper = self.merged or self.scores or bool(self.scalings) or bool(self.weights)
        return upper or self.points is not None or bool(self.gained)

    def squares(self, layers: Mapping[str, Fraction]) -> Squares:
        """Squared constants of the layers, and of its matrices as certified."""
        matrices = {
            name: Fraction(*found.squared_constant) for name, found in self.certificates.items()
        }
        return Squares(layers, matrices)


def network_plans(
    network: Network, tensors: Tensors, tightening: Tightening
) -> tuple[Plan, dict[str, Plan]]:
    """The plan that a tightening starts from, and those of its methods that are claimed.

    Args:
        network: the network.
        tensors: the exact matrix of every source.
        tightening: what is claimed.

    Returns:
        Single layers and merged maps in sequence; and method → its plan, the best one last.

    Raises:
        ValueError: a scaling or a weight fits no chain.
    """
    pieces = cut(network.body, tensors, merge=tightening.merged)
    start, found = make_plan(pieces), dict[str, Plan]()
    if tightening.merged:
        found["merged"] = start
    if tightening.scalings:
        found["rescaled"] = make_plan(pieces, tightening.scalings)
    if tightening.weights:
        found["lipsdp"] = make_plan(pieces, tightening.scalings, tightening.weights)
    return start, found


def network_steep(network: Network, tensors: Tensors, tightening: Tightening) -> Steep | None:
    """What a tightening's points show, evaluated exactly.

    Raises:
        ValueError: the network has no exact values, or the points do not fit it.
    """
    if tightening.points is None:
        return None
    return steep(network, tensors, tightening.points)


def layer_squares(
    network: Network, norm_square: Callable[[TensorSlot], Fraction]
) -> dict[str, Fraction]:
    """Squared constant of every layer of the body, by name.

    Branches enter a layer's constant through a root, rounded up as in the export.

    Args:
        network: the network.
        norm_square: an upper bound of a tensor's squared norm.
    """
    square = branch_square(network.body, norm_square, root_up)
    return {entry.layer.name: entry.square for entry in square.layers}


def tighten(
    network: Network,
    tensors: Tensors,
    layers: Mapping[str, Fraction],
    norm: Norm,
    *,
    budget: int | None = None,
    device: str = "auto",
    selects: bool = False,
) -> tuple[Tightening, Squares]:
    """Search tighter constants.

    Args:
        network: the network.
        tensors: the exact matrix of every source.
        layers: squared constants of the body's layers, by name.
        norm: an upper bound of a matrix's squared norm.
        budget: kernel time for all that is kept, in microseconds; None for any time.
        device: where the search computes.
        selects: whether selections are asked for, which need scores of any network.

    Returns:
        What gains more than 0.1 % over the best bound before it, without certificates, and notes on
        what was too large; and the squares that it was judged by.
    """
    return _Search(network, tensors, layers, norm, budget, device, selects).result()


def certify_tightening(
    network: Network,
    tensors: Tensors,
    certificates: Mapping[TensorSource, SpectralCertificate],
    *,
    selects: bool = False,
) -> Tightening:
    """Search tighter constants that the kernel can check in seconds, with their certificates.

    Args:
        network: the network.
        tensors: the exact matrix of every source.
        certificates: the certificate of every source whose norm the product needs.
        selects: whether selections are asked for, which need scores of any network.
    """
    if network.local:
        return _find_gained(network, tensors, certificates)
    found: dict[str, SpectralCertificate] = {}

    def norm(matrix: ExactMatrix) -> Fraction:
        found[matrix.name] = certified(matrix)
        return Fraction(*found[matrix.name].squared_constant)

    layers = layer_squares(network, certified_square(tensors, certificates))
    tightening, _ = tighten(network, tensors, layers, norm, budget=_BUDGET, selects=selects)
    kept = {name: found[name] for name in _matrices(network, tensors, tightening)}
    return dataclasses.replace(tightening, certificates=kept)


def _find_gained(
    network: Network,
    tensors: Tensors,
    certificates: Mapping[TensorSource, SpectralCertificate],
) -> Tightening:
    """Gained projections in products of branches, each as dear as a norm of its own at most."""
    kept: dict[str, GainedBound] = {}
    known = certified_square(tensors, certificates)
    for name, branch in gained_branches(network, tensors, known).items():
        found = find_gained(branch.map, certificates[branch.map.source])
        if found is None or branch.constants(found)[0] >= branch.before.constant * (1 - GAIN):
            continue
        replay_gained(branch, found)
        kept[name] = found
    return Tightening(False, {}, False, {}, gained=kept)


class _Search:
    def __init__(
        self,
        network: Network,
        tensors: Tensors,
        layers: Mapping[str, Fraction],
        norm: Norm,
        budget: int | None,
        device: str,
        selects: bool,
    ) -> None:
        self.network, self.tensors, self.layers = network, tensors, layers
        self.norm, self.left, self.device, self.selects = norm, budget, device, selects
        self.matrices: dict[str, Fraction] = {}
        self.notes: list[str] = []

    def result(self) -> tuple[Tightening, Squares]:
        body, merged, scores = self.network.body, False, False
        scalings: dict[str, tuple[int, ...]] = {}
        weights: dict[str, HiddenWeights] = {}
        points: Points | None = None
        rows: dict[tuple[int, int], RowBound] = {}
        if len(body.layers) > 1 or self.selects or any(layer.branches for layer in body.layers):
            merged = self.merge()
            pieces = cut(body, self.tensors, merge=merged)
            scalings = self.rescale(pieces)
            weights = self.stack(pieces, scalings)
            scores = self.scores(scored(make_plan(pieces)) if self.selects else make_plan(pieces))
            points = self.points(pieces)
            if scores:
                rows = self.rows(make_plan(pieces), make_plan(pieces, scalings))
        notes = tuple(dict.fromkeys(self.notes))
        found = Tightening(merged, scalings, scores, {}, notes, weights, points, rows)
        return found, Squares(self.layers, self.matrices)

    def square(self, plan: Sequence[Segment]) -> Fraction:
        return plan_square(tuple(plan), Squares(self.layers, self.matrices))

    def gains(self, plan: Sequence[Segment], before: Sequence[Segment]) -> bool:
        """Whether a plan is better than the one before; its matrices' norms are measured."""
        for segment in plan:
            for matrix in segment.matrices:
                if matrix.name not in self.matrices:
                    self.matrices[matrix.name] = self.norm(matrix)
            if isinstance(segment, Bordered) and not segment.fits(self.matrices):
                return False
        return self.square(plan) < self.square(before) * (1 - GAIN) ** 2

    def affordable(self, what: str, price: int) -> bool:
        if self.left is None:
            return True
        if price > self.left:
            seconds = round(price / 1e6)
            self.notes.append(f"{what} left out of Lean: the kernel would take about {seconds} s")
            return False
        self.left -= price
        return True

    def merge(self) -> bool:
        plan = make_plan(cut(self.network.body, self.tensors, merge=True))
        joined = [segment for segment in plan if isinstance(segment, Merged)]
        price = sum(cost.merged(segment.piece) for segment in joined)
        if not joined or not self.affordable("the merged bound is", price):
            return False
        return self.gains(plan, make_plan(cut(self.network.body, self.tensors, merge=False)))

    def rescale(self, pieces: Sequence[Piece]) -> dict[str, tuple[int, ...]]:
        kept: dict[str, tuple[int, ...]] = {}
        for start, stop in chains(pieces):
            part = pieces[start:stop]
            maps = [piece.matrix for piece in part[::2]]
            if not self.affordable("the rescaled bound is", sum(map(cost.rescaled, maps))):
                continue
            found = find_scalings(maps)
            if found is None:
                self.notes.append("the rescaled bound is left out: too large for the search")
                continue
            names = [piece.name for piece in part[1::2]]
            scalings = dict(zip(names, found, strict=True))
            if self.gains(make_plan(part, scalings), make_plan(part)):
                kept |= scalings
        return kept

    def stack(
        self, pieces: Sequence[Piece], scalings: Mapping[str, tuple[int, ...]]
    ) -> dict[str, HiddenWeights]:
        """Stack chains and border hidden layers, as long as the kernel's time allows."""
        kept = dict[str, HiddenWeights]()
        for start, stop in stackable(pieces):
            kept |= self.stack_chain(pieces[start:stop])
        segments = make_plan(pieces, None, kept)
        taken = {piece.name for s in segments if len(s.pieces) > 1 for piece in s.pieces}
        found: list[tuple[Fraction, dict[str, HiddenWeights], set[str]]] = []
        for place, block in borderable(pieces).items():
            part = pieces[slice(*place)]
            names = {piece.name for piece in part}
            if not names & taken and (chosen := self.border(part, block)):
                gain = self.square(make_plan(part, None, chosen)) / self.square(make_plan(part))
                found.append((gain, chosen, names))
        for _, chosen, names in sorted(found, key=lambda entry: entry[0]):
            if not names & taken:
                kept |= chosen
                taken |= names
        whole = make_plan(pieces, scalings, kept)
        return kept if kept and self.gains(whole, make_plan(pieces, scalings)) else {}

    def border(self, part: Sequence[Piece], block: HiddenBlock) -> dict[str, HiddenWeights]:
        """Border a hidden layer."""
        if not self.affordable("the LipSDP bound is", cost.bordered(block)):
            return {}
        weights = find_border(block, device=self.device)
        if weights is None:
            self.notes.append("a LipSDP bound is left out: the search finds no weights")
            return {}
        chosen = {block.activation.name: weights}
        return chosen if self.gains(make_plan(part, None, chosen), make_plan(part)) else {}

    def stack_chain(self, part: Sequence[Piece]) -> dict[str, HiddenWeights]:
        """Stack one chain, or else its halves."""
        maps = [piece.matrix for piece in part[::2]]
        if len(maps) < 2:
            return {}
        if not self.affordable("the LipSDP bound is", cost.stacked(maps)):
            middle = len(maps) // 2 * 2
            return self.stack_chain(part[: middle - 1]) | self.stack_chain(part[middle:])
        weights = find_weights(maps, device=self.device)
        if weights is None:
            self.notes.append("the LipSDP bound is left out: numbers beyond float64")
            return {}
        chosen = {part[1].name: weights}
        return chosen if self.gains(make_plan(part, None, chosen), make_plan(part)) else {}

    def scores(self, plan: Plan) -> bool:
        matrix = score_map(plan)
        if matrix is None:
            return False
        price = cost.scores(matrix)
        if self.selects and price <= _SELECTION_BUDGET:
            # A selection that is asked for is worth minutes.
            return True
        return self.affordable("constants of single scores and pairs are", price)

    def rows(self, start: Plan, rescaled: Plan) -> dict[tuple[int, int], RowBound]:
        """Certificates of all scores and differences, where the largest of the table falls."""
        squares = Squares(self.layers, self.matrices)
        layer, name = row_layer(scored(start)), self.network.name
        known = best_tables(name, start, rescaled, squares, {})
        if layer is None or known is None:
            return {}
        table, places = known[0], tuple(row_places(layer.last.rows))
        price = len(places) * cost.row(layer.hidden) + cost.row_sums(layer.hidden)
        if self.left is None and price > _BUDGET:
            self.notes.append("LipSDP of single scores is left out: too large for a search alone")
            return {}
        if self.selects and self.left is not None and price <= _SELECTION_BUDGET:
            self.left += price
        if not self.affordable("LipSDP of single scores and pairs is", price):
            return {}
        worst = max(places, key=lambda p: table.pairs.numerators[p[0], p[1]])
        before = plan_square(scored(start)[:-3], squares)
        first = find_rows(layer, [worst], device=self.device)
        if first is None or before * layer.square(first[worst]) >= table.pair**2 * (1 - GAIN) ** 2:
            return {}
        return find_rows(layer, places, device=self.device) or {}

    def points(self, pieces: Sequence[Piece]) -> Points | None:
        chain = relu_chain(pieces, self.tensors)
        if chain is None:
            return None
        price = cost.steep(size(self.network.input), chain.maps)
        if not self.affordable("the bound from below is", price):
            return None
        base, power = point_denominator(self.network, self.tensors)
        found = find_points(chain, base**power)
        if found is None:
            return None
        try:
            return found if steep(self.network, self.tensors, found).constant else None
        except ValueError:
            # The search works in float64, and nothing is lost by leaving its points out.
            return None


def _matrices(network: Network, tensors: Tensors, tightening: Tightening) -> dict[str, ExactMatrix]:
    """Every matrix whose norm a tightening's theorems need, by name."""
    _, plans = network_plans(network, tensors, tightening)
    segments = [segment for plan in plans.values() for segment in plan]
    return {matrix.name: matrix for segment in segments for matrix in segment.matrices}


def replay_tightening(
    network: Network,
    tensors: Tensors,
    tightening: Tightening,
    branches: Mapping[str, GainedBranch] = MappingProxyType({}),
) -> None:
    """Replay what a tightening claims, against products and scaled matrices made anew.

    Args:
        network: the network.
        tensors: the exact matrix of every source.
        tightening: the claim.
        branches: the network's gained projections, as `gained_branches` finds them.

    Raises:
        CertificateError: the network has none; a scaling or a weight fits no chain, the points do
            not fit the network, or a certificate is missing, is of no matrix here, or does not
            prove its claim.
    """
    for name, bound in tightening.gained.items():
        if name not in branches:
            raise CertificateError(f"network {network.name}: {name!a} has no gained projection")
        replay_gained(branches[name], bound)
    others = dataclasses.replace(tightening, gained={})
    if not network.tightens and (others.proves or not tightening.gained):
        raise CertificateError(
            f"network {network.name}: no tighter constants are known of several inputs, a part of "
            "the space, or the maximum norm"
        )
    try:
        wanted = _matrices(network, tensors, tightening)
        network_steep(network, tensors, tightening)
    except ValueError as error:
        raise CertificateError(f"network {network.name}: {error}") from None
    if wanted.keys() != tightening.certificates.keys():
        odd = sorted(wanted.keys() ^ tightening.certificates.keys())
        raise CertificateError(f"network {network.name}: missing or unknown certificates {odd}")
    for name, matrix in wanted.items():
        replay(matrix, tightening.certificates[name])
    squares = tightening.squares({})
    start, plans = network_plans(network, tensors, tightening)
    for segment in plans.get("lipsdp", ()):
        if isinstance(segment, Bordered) and not segment.fits(squares.matrices):
            raise CertificateError(
                f"network {network.name}: the norm of {segment.maps.matrix.name} is too large for "
                "its weights"
            )
    if tightening.scores and score_map(scored(start)) is None:
        raise CertificateError(
            f"network {network.name}: constants of scores, but it does not end in 2 or more"
        )
    if tightening.rows:
        _replay_rows(network, start, tightening)


def _replay_rows(network: Network, start: Plan, tightening: Tightening) -> None:
    layer = row_layer(scored(start)) if tightening.scores else None
    if layer is None or set(tightening.rows) != set(row_places(layer.last.rows)):
        raise CertificateError(
            f"network {network.name}: rows that are not all of the scores after a hidden layer"
        )
    replay_rows(layer, network.name, tightening.rows)
