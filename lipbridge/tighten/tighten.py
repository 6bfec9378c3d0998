r"""Tighter constants than the product of the layers', with all that a proof of them needs.

Three ways, each kept only where it gains: adjacent linear maps *merged* (``‖AB‖ ≤ ‖A‖‖B‖``),
hidden units of ReLU-like chains *rescaled* (after merging where that gains too), and a constant for
every single *score* and every difference of two where a network ends in a linear map.

A `Tightening` is a claim with its witness, like a certificate: what cannot be computed anew from
the network is in it, and `replay_tightening` decides whether exact arithmetic establishes it.

Source: theory, sections 2 and 3.  Lean: ``LipBridge.Affine.comp``, ``LipBridge.Rescaled``,
``LipBridge.scores_lipschitz``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from lipbridge.certify.certified import certified, certified_square
from lipbridge.certify.records import SpectralCertificate
from lipbridge.certify.replay import replay
from lipbridge.certify.roots import root_up
from lipbridge.errors import CertificateError
from lipbridge.language.kernel_limit import certificate_products
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSlot, TensorSource
from lipbridge.symbolic import branch_square
from lipbridge.tighten.pieces import Piece, chains, cut
from lipbridge.tighten.rescale import RescaledChain, find_scalings, rescale

__all__ = [
    "GAIN",
    "Tightening",
    "chain_square",
    "layer_squares",
    "network_pieces",
    "piece_square",
    "replay_tightening",
    "rescaled_chains",
    "tighten",
]

# A bound is worth a theorem of its own if it is below the best one before by this much.
GAIN = Fraction(1, 1000)
# Kernel time of what is checked besides, in microseconds: products of a certificate, an
# entry of a product's rows, an entry of a rescaled matrix, a pair of scores.
_CERTIFICATE_STEP = 40
_PRODUCT_STEP = 15
_TURN_STEP = 25
_SCALE_STEP = 90
_PAIR_STEP = 250
_BUDGET = 20_000_000

Tensors = Mapping[TensorSource, ExactMatrix]
Certificates = Mapping[TensorSource, SpectralCertificate]


@dataclass(frozen=True)
class Tightening:
    """What tighter theorems need besides the network, its tensors and their certificates.

    Attributes:
        merged: whether there is a theorem about merged linear maps; then chains and scores are
            those of the merged network.
        scalings: name of an activation → the scaling of each of its units, divisors of
            `lipbridge.tighten.rescale.UNIT`; empty where no chain is rescaled.
        scores: whether there are theorems about single scores and pairs.
        certificates: name of a merged or rescaled matrix → its certificate.
        notes: what was left out, and why.
    """

    merged: bool
    scalings: Mapping[str, tuple[int, ...]]
    scores: bool
    certificates: Mapping[str, SpectralCertificate]
    notes: tuple[str, ...] = ()

    @property
    def proves(self) -> bool:
        """Whether there is a theorem in it at all."""
        return self.merged or self.scores or bool(self.scalings)

    @property
    def squares(self) -> dict[str, Fraction]:
        """Name of a merged or rescaled matrix → its squared norm, as certified."""
        return _squares(self.certificates)


def network_pieces(network: Network, tensors: Tensors, tightening: Tightening) -> tuple[Piece, ...]:
    """The pieces that a tightening speaks of."""
    return cut(network.body, tensors, merge=tightening.merged)


def rescaled_chains(
    pieces: Sequence[Piece], scalings: Mapping[str, tuple[int, ...]]
) -> dict[int, tuple[int, RescaledChain]]:
    """Chains with scalings: start → (stop, the chain with its rescaled matrices).

    Raises:
        ValueError: a scaling does not fit its chain.
    """
    found: dict[int, tuple[int, RescaledChain]] = {}
    used: set[str] = set()
    for start, stop in chains(pieces):
        names = [piece.name for piece in pieces[start + 1 : stop : 2]]
        if not scalings.keys() & set(names):
            continue
        used |= set(names)
        maps = pieces[start:stop:2]
        found[start] = (
            stop,
            rescale(
                [piece.matrix for piece in maps],
                [scalings.get(name, ()) for name in names],
                [f"{piece.name}_rescaled" for piece in maps],
            ),
        )
    if missing := scalings.keys() - used:
        raise ValueError(f"no chain has the activations {sorted(missing)}")
    return found


def _squares(certificates: Mapping[str, SpectralCertificate]) -> dict[str, Fraction]:
    return {name: Fraction(*found.squared_constant) for name, found in certificates.items()}


def piece_square(
    piece: Piece, layers: Mapping[str, Fraction], matrices: Mapping[str, Fraction]
) -> Fraction:
    """The squared constant of a piece.

    Args:
        piece: one layer, or linear maps in a row.
        layers: squared constants of the layers, by name.
        matrices: squared norms of merged matrices, by name.
    """
    return matrices[piece.matrix.name] if piece.merged else layers[piece.name]


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


def chain_square(chain: RescaledChain, squares: Mapping[str, Fraction]) -> Fraction:
    """``Π σ(W'_ℓ)² / K²`` from the squared norms of the rescaled matrices, by name."""
    product = math.prod((squares[m.name] for m in chain.matrices), start=Fraction(1))
    return product / chain.factor**2


def tighten(network: Network, tensors: Tensors, certificates: Certificates) -> Tightening:
    """Search tighter constants that the kernel can check in seconds.

    Args:
        network: the network.
        tensors: the exact matrix of every source.
        certificates: the certificate of every source whose norm the product needs.

    Returns:
        What gains more than 0.1 % over the product, and notes on what was too large.
    """
    return _Search(network, tensors, certificates).result()


class _Search:
    def __init__(self, network: Network, tensors: Tensors, certificates: Certificates) -> None:
        self.network, self.tensors = network, tensors
        self.squares = layer_squares(network, certified_square(tensors, certificates))
        self.certificates: dict[str, SpectralCertificate] = {}
        self.notes: list[str] = []
        self.left = _BUDGET

    def result(self) -> Tightening:
        layers = self.network.body.layers
        if len(layers) < 2:
            return Tightening(False, {}, False, {})
        best = self.product(cut(self.network.body, self.tensors, merge=False))
        merged = self.merge(best)
        pieces = cut(self.network.body, self.tensors, merge=merged)
        best = self.product(pieces)
        scalings = self.rescale(pieces, best)
        return Tightening(
            merged, scalings, self.scores(pieces), self.certificates, tuple(self.notes)
        )

    def product(self, pieces: Sequence[Piece]) -> Fraction:
        known = _squares(self.certificates)
        factors = (piece_square(piece, self.squares, known) for piece in pieces)
        return math.prod(factors, start=Fraction(1))

    def certify(self, matrix: ExactMatrix) -> None:
        self.certificates[matrix.name] = certified(matrix)

    def affordable(self, what: str, cost: int) -> bool:
        if cost > self.left:
            seconds = round(cost / 1e6)
            self.notes.append(f"{what} left out of Lean: the kernel would take about {seconds} s")
            return False
        self.left -= cost
        return True

    def merge(self, best: Fraction) -> bool:
        pieces = cut(self.network.body, self.tensors, merge=True)
        joined = [piece for piece in pieces if piece.merged]
        cost = sum(_merge_cost(piece) + _certificate_cost(piece.matrix) for piece in joined)
        if not joined or not self.affordable("the merged bound is", cost):
            return False
        for piece in joined:
            self.certify(piece.matrix)
        if self.product(pieces) < best * (1 - GAIN) ** 2:
            return True
        self.certificates.clear()
        return False

    def rescale(self, pieces: Sequence[Piece], best: Fraction) -> dict[str, tuple[int, ...]]:
        kept: dict[str, tuple[int, ...]] = {}
        for start, stop in chains(pieces):
            maps = [piece.matrix for piece in pieces[start:stop:2]]
            cost = sum(_certificate_cost(m) + _scale_cost(m) for m in maps)
            if not self.affordable("the rescaled bound is", cost):
                continue
            found = find_scalings(maps)
            if found is None:
                self.notes.append("the rescaled bound is left out: too large for the search")
                continue
            names = [piece.name for piece in pieces[start + 1 : stop : 2]]
            scalings = dict(zip(names, found, strict=True))
            _, chain = rescaled_chains(pieces, scalings)[start]
            known = dict(self.certificates)
            for matrix in chain.matrices:
                self.certify(matrix)
            scaled = chain_square(chain, _squares(self.certificates))
            if scaled < self.product(pieces[start:stop]) * (1 - GAIN) ** 2:
                kept |= scalings
            else:
                self.certificates = known
        return kept

    def scores(self, pieces: Sequence[Piece]) -> bool:
        last = pieces[-1]
        if not last.affine or last.matrix.rows < 2:
            return False
        return self.affordable("constants of single scores and pairs are", _score_cost(last.matrix))


def _certificate_cost(matrix: ExactMatrix) -> int:
    return _CERTIFICATE_STEP * certificate_products(matrix.rows, matrix.cols)


def _merge_cost(piece: Piece) -> int:
    cost = 0
    for before, m in pairwise(piece.matrices):
        turned = before.rows * m.cols + m.rows * (m.cols + before.rows)
        cost += _PRODUCT_STEP * m.rows * before.rows + _TURN_STEP * turned
    return cost


def _scale_cost(matrix: ExactMatrix) -> int:
    return _SCALE_STEP * matrix.rows * matrix.cols


def _score_cost(matrix: ExactMatrix) -> int:
    rows, cols = matrix.rows, matrix.cols
    return _PAIR_STEP * rows**2 + rows * cols * (_PRODUCT_STEP + 2 * _TURN_STEP)


def replay_tightening(network: Network, tensors: Tensors, tightening: Tightening) -> None:
    """Replay what a tightening claims, against products and rescaled matrices made anew.

    Raises:
        CertificateError: a scaling fits no chain, or a certificate is missing, is of no matrix
            here, or does not prove its claim.
    """
    pieces = network_pieces(network, tensors, tightening)
    try:
        chained = rescaled_chains(pieces, tightening.scalings)
    except ValueError as error:
        raise CertificateError(f"network {network.name}: {error}") from None
    matrices = [piece.matrix for piece in pieces if piece.merged]
    matrices += [matrix for _, chain in chained.values() for matrix in chain.matrices]
    wanted = {matrix.name: matrix for matrix in matrices}
    if wanted.keys() != tightening.certificates.keys():
        odd = sorted(wanted.keys() ^ tightening.certificates.keys())
        raise CertificateError(f"network {network.name}: missing or unknown certificates {odd}")
    for name, matrix in wanted.items():
        replay(matrix, tightening.certificates[name])
