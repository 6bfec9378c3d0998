r"""A gain behind a projection in a branch of a product, both under one certificate.

In an input that only its branch f reads, ``x ↦ max_t ⟨f(x), g_t⟩`` has the constant ``ρ_g·K_f``,
ρ_g a bound of ``‖g_t‖``. Where f holds a projection W, wider than high, and the gain h behind it,
``‖diag(h)·W‖ ≤ ‖h‖∞·‖W‖`` takes the place of the product in ``K_f``: with ``E_i·h_i² ≤ T`` and
``F = diag(E) − C·WWᵀ`` positive semidefinite, ``C·‖diag(h)·W·x‖² ≤ T·‖x‖²``. The certificate speaks
of W as it is stored, so that the kernel takes the sums that the norm of W needs anyway.

Source: docs/theorems.md §2.  Lean: ``LipBridge.GainedCertificate``,
``LipBridge.similarity_query_lipschitzOn_ofNat``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, ClassVar, Self

import flint
import msgspec
import numpy as np
from msgspec.structs import replace

from lipbridge.certify import PsdCertificate, SpectralCertificate, replay_psd
from lipbridge.certify.integers import matrix_gram
from lipbridge.certify.psd import certify_psd
from lipbridge.certify.roots import root_up
from lipbridge.errors import CertificateError
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import InputPart, Layer, Norm, TensorSource
from lipbridge.layers.gain import Gain
from lipbridge.layers.linear import Linear
from lipbridge.layers.similarity import Similarity
from lipbridge.symbolic import BranchSquare, LayerSquare, network_squares
from lipbridge.tighten.claim import Claim, Facts

if TYPE_CHECKING:
    from lipbridge.tighten.search import Search

# No E_i is above C·σ(W)² times this: what lies beyond costs digits of L and gains little.
_REACH, _SMALL_REACH = 4.0, 1024.0
# Excess of T that leaves room for rounding, the first that serves.
_MARGINS = (1e-6, 4e-6, 1.6e-5, 6.4e-5, 2.56e-4)
# Rows of a matrix that affords C·E_i of so many bits.
_SMALL_ORDER = 64
_BITS = 60


class GainedBound(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A certified constant of a projection and the gain behind it.

    Attributes:
        scale: C.
        bound: T.
        cap: the largest E_i.
        witness: that F is positive semidefinite.
    """

    scale: int
    bound: int
    cap: int
    witness: PsdCertificate


class GainedProjections(Claim, frozen=True):
    """Certificates of gained projections in products of branches, by the products' names."""

    bounds: Annotated[dict[str, GainedBound], msgspec.Meta(min_length=1)]
    key: ClassVar[str] = "gained"
    restricted: ClassVar[bool] = True

    @classmethod
    def search(cls, search: Search) -> Self | None:
        kept: dict[str, GainedBound] = {}
        for name, branch in gained_branches(search.facts).items():
            found = find_gained(branch.map, search.certificates[branch.map.source])
            if found is not None and search.better(
                branch.constants(found)[0], branch.before.constant
            ):
                replay_gained(branch, found)
                kept[name] = found
        return cls(kept) if kept else None

    def replay(self, facts: Facts) -> None:
        branches = gained_branches(facts)
        for name, bound in self.bounds.items():
            if name not in branches:
                raise ValueError(f"{name!a} has no gained projection")
            replay_gained(branches[name], bound)


@dataclass(frozen=True)
class GainedMap:
    """A projection and the gain behind it.

    Attributes:
        linear: the projection's layer.
        gain: the gain's layer.
        matrix: W over its denominator, wider than high.
        gains: h, integers.
        denominator: that of h.
    """

    linear: Linear
    gain: Gain
    matrix: ExactMatrix
    gains: tuple[int, ...]
    denominator: int

    @property
    def source(self) -> TensorSource:
        """Where W comes from."""
        return self.linear.weight

    def square(self, bound: GainedBound) -> Fraction:
        """The squared constant."""
        whole = self.matrix.denominator * self.denominator
        return Fraction(bound.bound, bound.scale * whole**2)

    def diagonal(self, bound: GainedBound) -> list[int]:
        """E, as large as T and the cap let it be."""
        return [min(bound.cap, bound.bound // g**2) if g else bound.cap for g in self.gains]

    def form(self, bound: GainedBound) -> flint.fmpz_mat:
        """F."""
        found = matrix_gram(self.matrix) * -bound.scale
        for i, entry in enumerate(self.diagonal(bound)):
            found[i, i] += entry
        return found


@dataclass(frozen=True)
class GainedBranch:
    """A product of branches in an input that one of them reads, through a gained projection.

    Attributes:
        part: the input.
        product: the product, with the squares of its constants in that input.
        moving: which of its branches reads the input.
        place: where in that branch the projection is; the gain is behind it.
        map: both.
    """

    part: InputPart
    product: LayerSquare
    moving: int
    place: int
    map: GainedMap

    @property
    def name(self) -> str:
        """What its certificate is called."""
        return f"{self.product.layer.name}_gained"

    @property
    def before(self) -> BranchSquare:
        """The branch, with the constants of projection and gain multiplied."""
        return self.product.branches[self.moving]

    def constants(self, bound: GainedBound) -> tuple[Fraction, Fraction]:
        """The branch's constant, rounded up, and the product's squared one."""
        layers = enumerate(self.before.layers)
        others = [x.square for i, x in layers if i not in (self.place, self.place + 1)]
        root = root_up(self.map.square(bound) * math.prod(others, start=Fraction(1)))
        return root, self.product.square * (root / self.before.constant) ** 2


def gained_sources(network: Network) -> set[TensorSource]:
    """The matrices of a network that may have a gain behind them in a branch of a product."""
    if not network.restricted or network.norm is not Norm.EUCLIDEAN:
        return set()
    branches = (b for x in network.layers() if isinstance(x, Similarity) for b in x.branches)
    pairs = (pair for branch in branches for pair in pairwise(branch.layers))
    return {x.weight for x, y in pairs if isinstance(x, Linear) and isinstance(y, Gain)}


def gained_branches(facts: Facts) -> dict[str, GainedBranch]:
    """The products of a network that have a gained projection, by the layer's name."""
    network, norm_square = facts.network, facts.norm_square
    if not network.restricted or network.norm is not Norm.EUCLIDEAN:
        return {}
    found: dict[str, GainedBranch] = {}
    for part, square in network_squares(network, norm_square, root_up).items():
        for entry in _products(square):
            moving = [i for i, branch in enumerate(entry.branches) if branch.varies]
            if len(moving) != 1 or not entry.branches[moving[0]].constant:
                continue
            layers = entry.layer.branches[moving[0]].layers
            for place, (linear, gain) in enumerate(pairwise(layers)):
                both = _gained(linear, gain, facts.tensors)
                if both is not None:
                    branch = GainedBranch(part, entry, moving[0], place, both)
                    found.setdefault(entry.layer.name, branch)
    return found


def _products(square: BranchSquare) -> Iterator[LayerSquare]:
    for entry in square.layers:
        if isinstance(entry.layer, Similarity):
            yield entry
        for branch in entry.branches:
            yield from _products(branch)


def _gained(
    linear: Layer, gain: Layer, tensors: Mapping[TensorSource, ExactMatrix]
) -> GainedMap | None:
    """The two as one map; None where they are none, on a block, or W is not wider than high."""
    if not (isinstance(linear, Linear) and isinstance(gain, Gain)) or len(gain.input) > 1:
        return None
    matrix, stored = tensors[linear.weight], tensors[gain.gain]
    if matrix.cols <= matrix.rows:
        return None
    offset = int(gain.offset) * stored.denominator
    gains = tuple(int(entry) + offset for entry in stored.integers[0])
    return GainedMap(linear, gain, matrix, gains, stored.denominator)


def find_gained(found: GainedMap, own: SpectralCertificate) -> GainedBound | None:
    """Search a certified constant, of little more digits than W's own certificate has.

    Small matrices afford longer ones.

    Args:
        found: the projection and the gain.
        own: the certificate of W.

    Returns:
        The bound; None where float64 finds none.
    """
    table = matrix_gram(found.matrix)
    order = table.nrows()
    top = max(int(table[i, i]) for i in range(order))
    floats = np.array([int(x) / top for x in table.entries()]).reshape(order, order)
    largest = max(map(abs, found.gains))
    gains = np.array([abs(g) / largest for g in found.gains])

    def value(weights: np.ndarray) -> float:
        return float(np.linalg.eigvalsh(weights[:, None] * floats * weights)[-1])

    plain = value(np.ones(order))
    small = order <= _SMALL_ORDER
    reach = _SMALL_REACH if small else _REACH
    raised = np.maximum(gains, math.sqrt(value(gains) / (reach * plain)))
    for margin in _MARGINS:
        bound = value(raised) * (1 + margin)
        cap = bound / float(raised.min()) ** 2
        digits = max(0, _BITS - top.bit_length() - max(0, math.ceil(math.log2(cap))))
        scale = 1 << digits if small else own.c**2
        numbers = (
            scale,
            math.ceil(Fraction(bound) * scale * top * largest**2),
            math.ceil(Fraction(cap) * scale * top),
        )
        bare = GainedBound(*numbers, PsdCertificate(1, 0, 0, ()))
        bare = replace(bare, cap=max(found.diagonal(bare)))
        witness = certify_psd(found.form(bare))
        if witness is not None:
            return replace(bare, witness=witness)
    return None


def replay_gained(branch: GainedBranch, bound: GainedBound) -> None:
    """Replay what a gained projection claims.

    Args:
        branch: where it is.
        bound: its certificate.

    Raises:
        CertificateError: the numbers do not fit, or the witness does not prove it.
    """
    where, found = f"certificate of {branch.name!r}", branch.map
    if min(bound.scale, bound.bound, bound.cap) < 1:
        raise CertificateError(f"{where}: a number is not positive")
    if max(found.diagonal(bound)) != bound.cap:
        raise CertificateError(f"{where}: no E_i reaches the cap")
    if min(found.diagonal(bound)) < bound.witness.d:
        raise CertificateError(f"{where}: d exceeds the diagonal")
    replay_psd(found.form(bound), bound.witness, where=where)
