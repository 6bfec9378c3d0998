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
from typing import TypeVar

from lipbridge.certify.certified import certified, certified_square
from lipbridge.certify.records import SpectralCertificate
from lipbridge.certify.replay import replay
from lipbridge.certify.roots import root_up
from lipbridge.errors import CertificateError
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSlot, TensorSource
from lipbridge.symbolic import branch_square
from lipbridge.tighten import cost
from lipbridge.tighten.bordered import HiddenBlock, find_border
from lipbridge.tighten.claim import Claim, Facts, claim_kinds
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
    stackable,
)
from lipbridge.tighten.rescale import find_scalings
from lipbridge.tighten.stack import HiddenWeights, find_weights

# A bound is worth a theorem of its own if it is below the best one before by this much.
GAIN = Fraction(1, 1000)
# Kernel time of what is checked besides, in microseconds.
_BUDGET = 20_000_000

Tensors = Mapping[TensorSource, ExactMatrix]
Norm = Callable[[ExactMatrix], Fraction]
_C = TypeVar("_C", bound=Claim)


@dataclass(frozen=True)
class Tightening:
    """What tighter theorems need besides the network, its tensors and their certificates.

    Attributes:
        merged: whether there is a theorem about merged linear maps; then chains and scores are
            those of the merged network.
        scalings: name of an activation → the scaling of each of its units, divisors of
            `lipbridge.tighten.rescale.UNIT`; empty where no chain is rescaled.
        certificates: name of a merged, rescaled or stacked matrix → its certificate.
        notes: what was left out, and why.
        weights: name of an activation → the weights with which the chain that begins with the map
            before it is stacked, or its hidden layer bordered.
        claims: what is claimed besides bounds from plans, by its kind's key.
    """

    merged: bool
    scalings: Mapping[str, tuple[int, ...]]
    certificates: Mapping[str, SpectralCertificate]
    notes: tuple[str, ...] = ()
    weights: Mapping[str, HiddenWeights] = field(default_factory=dict[str, HiddenWeights])
    claims: Mapping[str, Claim] = field(default_factory=dict[str, Claim])

    @property
    def proves(self) -> bool:
        """Whether there is a theorem in it at all."""
        return self.merged or bool(self.scalings) or bool(self.weights) or bool(self.claims)

    def get(self, kind: type[_C]) -> _C | None:
        """What is claimed of a kind."""
        found = self.claims.get(kind.key)
        return found if isinstance(found, kind) else None

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
    return Search(network, tensors, layers, norm, budget, device, selects, {}).result()


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
        {} if network.local else layer_squares(network, certified_square(tensors, certificates))
    )
    search = Search(network, tensors, layers, norm, _BUDGET, "auto", selects, certificates)
    tightening, _ = search.result()
    kept = {name: found[name] for name in _matrices(network, tensors, tightening)}
    return dataclasses.replace(tightening, certificates=kept)


class Search:
    """A search of tighter constants.

    Attributes:
        network, tensors, layers, norm, device, selects: as :func:`tighten` takes them.
        left: what is left of the kernel's time; None for any.
        certificates: of the sources; empty where nothing but bounds is searched.
        matrices: squared norms that were measured.
        notes: what was left out, and why.
        pieces: the body, cut, linear maps merged where that gains.
        start, rescaled: its plans.
    """

    def __init__(
        self,
        network: Network,
        tensors: Tensors,
        layers: Mapping[str, Fraction],
        norm: Norm,
        budget: int | None,
        device: str,
        selects: bool,
        certificates: Mapping[TensorSource, SpectralCertificate],
    ) -> None:
        self.network, self.tensors, self.layers = network, tensors, layers
        self.norm, self.left, self.device, self.selects = norm, budget, device, selects
        self.certificates = certificates
        self.matrices: dict[str, Fraction] = {}
        self.notes: list[str] = []
        self.pieces: tuple[Piece, ...] = ()
        self.start: Plan = ()
        self.rescaled: Plan = ()

    @property
    def squares(self) -> Squares:
        """Squared constants of layers and matrices."""
        return Squares(self.layers, self.matrices)

    @property
    def facts(self) -> Facts:
        """What a claim is replayed against."""
        return Facts(self.network, self.tensors, self.certificates, self.start)

    def result(self) -> tuple[Tightening, Squares]:
        """What gains, without certificates, and the squares that it was judged by."""
        body, merged = self.network.body, False
        scalings: dict[str, tuple[int, ...]] = {}
        weights: dict[str, HiddenWeights] = {}
        claims: dict[str, Claim] = {}
        if self.network.local:
            claims = self.claims(local=True)
        elif len(body.layers) > 1 or self.selects or any(layer.branches for layer in body.layers):
            merged = self.merge()
            self.pieces = pieces = cut(body, self.tensors, merge=merged)
            scalings = self.rescale(pieces)
            self.start, self.rescaled = make_plan(pieces), make_plan(pieces, scalings)
            weights = self.stack(pieces, scalings)
            claims = self.claims(local=False)
        notes = tuple(dict.fromkeys(self.notes))
        return Tightening(merged, scalings, {}, notes, weights, claims), self.squares

    def claims(self, *, local: bool) -> dict[str, Claim]:
        """What is claimed besides bounds from plans."""
        kinds = claim_kinds()
        found = {key: kind.search(self) for key, kind in kinds.items() if kind.local == local}
        return {key: claim for key, claim in found.items() if claim is not None}

    def better(self, new: Fraction, before: Fraction, power: int = 1) -> bool:
        """Whether a constant, or a power of it, is smaller by as much as is worth a theorem."""
        return new < before * (1 - GAIN) ** power

    def square(self, plan: Sequence[Segment]) -> Fraction:
        return plan_square(tuple(plan), self.squares)

    def gains(self, plan: Sequence[Segment], before: Sequence[Segment]) -> bool:
        """Whether a plan is better than the one before; its matrices' norms are measured."""
        for segment in plan:
            for matrix in segment.matrices:
                if matrix.name not in self.matrices:
                    self.matrices[matrix.name] = self.norm(matrix)
            if isinstance(segment, Bordered) and not segment.fits(self.matrices):
                return False
        return self.better(self.square(plan), self.square(before), 2)

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


def _matrices(network: Network, tensors: Tensors, tightening: Tightening) -> dict[str, ExactMatrix]:
    """Every matrix whose norm a tightening's theorems need, by name."""
    _, plans = network_plans(network, tensors, tightening)
    segments = [segment for plan in plans.values() for segment in plan]
    return {matrix.name: matrix for segment in segments for matrix in segment.matrices}


def replay_tightening(
    network: Network,
    tensors: Tensors,
    certificates: Mapping[TensorSource, SpectralCertificate],
    tightening: Tightening,
) -> None:
    """Replay what a tightening claims, against products and scaled matrices made anew.

    Args:
        network: the network.
        tensors: the exact matrix of every source.
        certificates: the certificate of every source whose norm the product needs; they replay.
        tightening: the claim.

    Raises:
        CertificateError: the network has none; a scaling, a weight or a claim does not fit it, or a
            certificate is missing, is of no matrix here, or does not prove its claim.
    """
    local = [claim.local for claim in tightening.claims.values()]
    others = dataclasses.replace(tightening, claims={}).proves or not all(local) or not local
    if others if network.local else not network.tightens or any(local):
        raise CertificateError(
            f"network {network.name}: no tighter constants are known of several inputs, a part of "
            "the space, or the maximum norm"
        )
    try:
        wanted = _matrices(network, tensors, tightening)
        start, plans = network_plans(network, tensors, tightening)
        _replay_plans(network, wanted, plans, tightening)
        for claim in tightening.claims.values():
            claim.replay(Facts(network, tensors, certificates, start))
    except ValueError as error:
        raise CertificateError(f"network {network.name}: {error}") from None


def _replay_plans(
    network: Network,
    wanted: Mapping[str, ExactMatrix],
    plans: Mapping[str, Plan],
    tightening: Tightening,
) -> None:
    """Replay the certificates of a tightening's matrices, and hold them against its weights."""
    if wanted.keys() != tightening.certificates.keys():
        odd = sorted(wanted.keys() ^ tightening.certificates.keys())
        raise CertificateError(f"network {network.name}: missing or unknown certificates {odd}")
    for name, matrix in wanted.items():
        replay(matrix, tightening.certificates[name])
    squares = tightening.squares({})
    for segment in plans.get("lipsdp", ()):
        if isinstance(segment, Bordered) and not segment.fits(squares.matrices):
            raise CertificateError(
                f"network {network.name}: the norm of {segment.maps.matrix.name} is too large for "
                "its weights"
            )
