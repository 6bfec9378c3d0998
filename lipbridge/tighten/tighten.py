r"""Tighter constants than the product of the layers', with all that a proof of them needs.

A `Tightening` is a claim with its witness, like a certificate: what cannot be computed anew from
the network is in it, and `replay_tightening` decides whether exact arithmetic establishes it.

Source: docs/theorems.md §§2 and 3.  Lean: ``LipBridge.Affine.comp``, ``LipBridge.Rescaled``,
``LipBridge.SlopeChain``, ``LipBridge.Bordered``, ``LipBridge.scores_lipschitz``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

from lipbridge.certify.records import SpectralCertificate
from lipbridge.certify.replay import replay
from lipbridge.certify.roots import root_up
from lipbridge.errors import CertificateError
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSlot, TensorSource
from lipbridge.symbolic import branch_square
from lipbridge.tighten.claim import Claim, Facts
from lipbridge.tighten.plan import Plan, make_plan
from lipbridge.tighten.segments.pieces import cut
from lipbridge.tighten.segments.segment import Bordered, Merged, Squares
from lipbridge.tighten.segments.stack import HiddenWeights

Tensors = Mapping[TensorSource, ExactMatrix]
_C = TypeVar("_C", bound=Claim)


@dataclass(frozen=True)
class Tightening:
    """What tighter theorems need besides the network, its tensors and their certificates.

    Attributes:
        merged: whether there is a theorem about merged linear maps; then chains and scores are
            those of the merged network.
        scalings: name of an activation → the scaling of each of its units, divisors of
            `lipbridge.tighten.segments.rescale.UNIT`; empty where no chain is rescaled.
        certificates: name of a merged, rescaled or stacked matrix → its certificate.
        notes: what was left out, and why.
        weights: name of an activation → the weights with which the chain that begins with the map
            before it is stacked or bordered, or its hidden layer beside a linear map.
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


def plan_matrices(plans: Mapping[str, Plan]) -> dict[str, ExactMatrix]:
    """Every matrix whose norm is needed by the theorems of these plans, by name."""
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
    restricted = [claim.restricted for claim in tightening.claims.values()]
    others = (
        dataclasses.replace(tightening, claims={}).proves or not all(restricted) or not restricted
    )
    if others if network.restricted else not network.tightens or any(restricted):
        raise CertificateError(
            f"network {network.name}: no tighter constants are known of several inputs, a part of "
            "the space, or the maximum norm"
        )
    try:
        start, plans = network_plans(network, tensors, tightening)
        if tightening.merged and not any(isinstance(segment, Merged) for segment in start):
            raise ValueError("merged: no linear maps stand beside each other")
        _replay_plans(network, plans, tightening)
        for claim in tightening.claims.values():
            claim.replay(Facts(network, tensors, certificates, start))
    except ValueError as error:
        raise CertificateError(f"network {network.name}: {error}") from None


def _replay_plans(network: Network, plans: Mapping[str, Plan], tightening: Tightening) -> None:
    """Replay the certificates of a tightening's matrices, and hold them against its weights."""
    wanted = plan_matrices(plans)
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
