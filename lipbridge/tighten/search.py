r"""The search of tighter constants: each way is kept only where it gains.

Adjacent linear maps *merged* (``‖AB‖ ≤ ‖A‖‖B‖``), hidden units of ReLU-like chains *rescaled*,
chains *stacked* or *bordered* under one certificate (LipSDP), these after merging
where that gains too; and the claims of `lipbridge.tighten.claims`.

Source: docs/theorems.md §§2 and 3.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial

from lipbridge.certify.certified import certified, certified_square
from lipbridge.certify.records import SpectralCertificate
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSource
from lipbridge.tighten import cost
from lipbridge.tighten.claim import Claim, Facts
from lipbridge.tighten.claims import claim_kinds
from lipbridge.tighten.plan import Plan, borderable, make_plan, plain, plan_square, stackable
from lipbridge.tighten.segments.border_search import find_border, find_chain
from lipbridge.tighten.segments.bordered import hidden_block
from lipbridge.tighten.segments.bordered_chain import hidden_chain
from lipbridge.tighten.segments.pieces import Piece, chains, cut
from lipbridge.tighten.segments.rescale import find_scalings
from lipbridge.tighten.segments.segment import Bordered, Merged, Squares
from lipbridge.tighten.segments.stack import HiddenWeights, find_weights
from lipbridge.tighten.tighten import (
    Tensors,
    Tightening,
    layer_squares,
    network_plans,
    plan_matrices,
)

# A bound is worth a theorem of its own if it is below the best one before by this much.
GAIN = Fraction(1, 1000)
# Kernel time of what is checked besides, in microseconds.
_BUDGET = 20_000_000

Norm = Callable[[ExactMatrix], Fraction]


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
    found: dict[str, SpectralCertificate] = {}

    def norm(matrix: ExactMatrix) -> Fraction:
        found[matrix.name] = certified(matrix)
        return Fraction(*found[matrix.name].squared_constant)

    layers = (
        {}
        if network.restricted
        else layer_squares(network, certified_square(tensors, certificates))
    )
    search = Search(
        network, tensors, layers, norm, left=_BUDGET, selects=selects, certificates=certificates
    )
    tightening, _ = search.result()
    _, plans = network_plans(network, tensors, tightening)
    kept = {name: found[name] for name in plan_matrices(plans)}
    return dataclasses.replace(tightening, certificates=kept)


@dataclass
class Search:
    """A search of tighter constants.

    Attributes:
        network: the network.
        tensors: the exact matrix of every source.
        layers: squared constants of the body's layers, by name.
        norm: an upper bound of a matrix's squared norm.
        device: where the search computes.
        left: what is left of the kernel's time, in microseconds; None for any.
        selects: whether selections are asked for, which need scores of any network.
        certificates: of the sources; empty where nothing but bounds is searched.
        matrices: squared norms that were measured.
        notes: what was left out, and why.
        pieces: the body, cut, linear maps merged where that gains.
        start, rescaled: its plans.
    """

    network: Network
    tensors: Tensors
    layers: Mapping[str, Fraction]
    norm: Norm
    device: str = "auto"
    left: int | None = None
    selects: bool = False
    certificates: Mapping[TensorSource, SpectralCertificate] = field(
        default_factory=dict[TensorSource, SpectralCertificate]
    )
    matrices: dict[str, Fraction] = field(default_factory=dict[str, Fraction])
    notes: list[str] = field(default_factory=list[str])
    pieces: tuple[Piece, ...] = ()
    start: Plan = ()
    rescaled: Plan = ()

    @property
    def squares(self) -> Squares:
        """Squared constants of layers and matrices."""
        return Squares(self.layers, self.matrices)

    @property
    def facts(self) -> Facts:
        """What a claim is replayed against."""
        return Facts(self.network, self.tensors, self.certificates, self.start)

    def result(self) -> tuple[Tightening, Squares]:
        """What gains more than 0.1 % over the best bound before it, and the squares behind that.

        It has no certificates, but notes on what was too large.
        """
        body, merged = self.network.body, False
        scalings: dict[str, tuple[int, ...]] = {}
        weights: dict[str, HiddenWeights] = {}
        claims: dict[str, Claim] = {}
        if self.network.restricted:
            claims = self.claims(restricted=True)
        elif len(body.layers) > 1 or self.selects or any(layer.branches for layer in body.layers):
            merged = self.merge()
            self.pieces = pieces = cut(body, self.tensors, merge=merged)
            scalings = self.rescale(pieces)
            self.start, self.rescaled = make_plan(pieces), make_plan(pieces, scalings)
            weights = self.stack(pieces, scalings)
            claims = self.claims(restricted=False)
        notes = tuple(dict.fromkeys(self.notes))
        return Tightening(merged, scalings, {}, notes, weights, claims), self.squares

    def claims(self, *, restricted: bool) -> dict[str, Claim]:
        """What is claimed besides bounds from plans."""
        kinds = claim_kinds()
        found = {
            key: kind.search(self) for key, kind in kinds.items() if kind.restricted == restricted
        }
        return {key: claim for key, claim in found.items() if claim is not None}

    def better(self, new: Fraction, before: Fraction, power: int = 1) -> bool:
        """Whether a constant, or a power of it, is smaller by as much as is worth a theorem."""
        return new < before * (1 - GAIN) ** power

    def gains(self, plan: Plan, before: Plan) -> bool:
        """Whether a plan is better than the one before; its matrices' norms are measured."""
        for segment in plan:
            for matrix in segment.matrices:
                if matrix.name not in self.matrices:
                    self.matrices[matrix.name] = self.norm(matrix)
            if isinstance(segment, Bordered) and not segment.fits(self.matrices):
                return False
        return self.better(plan_square(plan, self.squares), plan_square(before, self.squares), 2)

    def affordable(self, what: str, price: int) -> bool:
        """Whether the kernel's time suffices for a theorem; then it is spent, else noted."""
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
        """Stack chains and border them, as long as the kernel's time allows."""
        kept = dict[str, HiddenWeights]()
        for start, stop in borderable(pieces):
            kept |= self.border_chain(pieces[start:stop])
        taken = self.taken(pieces, kept)
        for start, stop in stackable(pieces):
            if not taken & {piece.name for piece in pieces[start:stop]}:
                kept |= self.stack_chain(pieces[start:stop])
        taken = self.taken(pieces, kept)
        found: list[tuple[Fraction, dict[str, HiddenWeights], set[str]]] = []
        for start in range(len(pieces)):
            for part in (pieces[start : start + 1], pieces[start : start + 3]):
                names = {piece.name for piece in part}
                if not names & taken and (chosen := self.border(part)):
                    plans = make_plan(part, None, chosen), make_plan(part)
                    new, old = (plan_square(plan, self.squares) for plan in plans)
                    found.append((new / old, chosen, names))
        for _, chosen, names in sorted(found, key=lambda entry: entry[0]):
            if not names & taken:
                kept |= chosen
                taken |= names
        whole = make_plan(pieces, scalings, kept)
        return kept if kept and self.gains(whole, make_plan(pieces, scalings)) else {}

    def taken(self, pieces: Sequence[Piece], kept: Mapping[str, HiddenWeights]) -> set[str]:
        """Names of the pieces that are bounded together."""
        segments = make_plan(pieces, None, kept)
        return {piece.name for s in segments if len(s.pieces) > 1 for piece in s.pieces}

    def border_chain(self, part: Sequence[Piece]) -> dict[str, HiddenWeights]:
        """Border a chain of several hidden layers, or else its halves."""
        if len(part) < 5 or plain(part):
            return {}
        return self.border(part) or self.halves(self.border_chain, part)

    def border(self, part: Sequence[Piece]) -> dict[str, HiddenWeights]:
        """Border a chain, or a hidden layer beside a linear map."""
        block = hidden_block(part[0]) if len(part) == 1 else None
        chain = None if plain(part) else hidden_chain(part)
        if block is not None:
            name, price = block.activation.name, cost.bordered(block)
            search = partial(find_border, block)
        elif chain is not None:
            name, price = part[1].name, cost.bordered_chain(chain.maps)
            search = partial(find_chain, chain)
        else:
            return {}
        if not self.affordable("the LipSDP bound is", price):
            return {}
        why = "a LipSDP bound is left out: the search finds no weights"
        return self.chosen(part, name, search(device=self.device), why)

    def stack_chain(self, part: Sequence[Piece]) -> dict[str, HiddenWeights]:
        """Stack one chain, or else its halves."""
        maps = [piece.matrix for piece in part[::2]]
        if len(maps) < 2:
            return {}
        if not self.affordable("the LipSDP bound is", cost.stacked(maps)):
            return self.halves(self.stack_chain, part)
        weights = find_weights(maps, device=self.device)
        why = "the LipSDP bound is left out: numbers beyond float64"
        return self.chosen(part, part[1].name, weights, why)

    def halves(
        self, way: Callable[[Sequence[Piece]], dict[str, HiddenWeights]], part: Sequence[Piece]
    ) -> dict[str, HiddenWeights]:
        """Go about both halves of a chain, without the activation between them."""
        middle = (len(part) + 1) // 4 * 2
        return way(part[: middle - 1]) | way(part[middle:])

    def chosen(
        self, part: Sequence[Piece], name: str, weights: HiddenWeights | None, why: str
    ) -> dict[str, HiddenWeights]:
        """The weights that were found, where they gain; a note where there are none."""
        if weights is None:
            self.notes.append(why)
            return {}
        found = {name: weights}
        return found if self.gains(make_plan(part, None, found), make_plan(part)) else {}
