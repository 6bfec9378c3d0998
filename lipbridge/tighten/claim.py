"""What is claimed of a network besides bounds from its plans, with the witness of it.

A kind is a subclass in a file of `lipbridge.tighten.claims`, which is found by being there: its
fields are what ``tighter/<network>.json`` keeps of it, and it searches its witness and replays it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Self

import msgspec

from lipbridge.certify.certified import certified_square
from lipbridge.certify.records import SpectralCertificate
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSlot, TensorSource
from lipbridge.tighten.plan import Plan

if TYPE_CHECKING:
    from lipbridge.tighten.search import Search


@dataclass(frozen=True)
class Facts:
    """What a claim is replayed against.

    Attributes:
        network: the network.
        tensors: the exact matrix of every source.
        certificates: the certificate of every source whose norm the product needs.
        start: single layers and merged maps in sequence; empty where only claims of networks with
            several inputs are known.
    """

    network: Network
    tensors: Mapping[TensorSource, ExactMatrix]
    certificates: Mapping[TensorSource, SpectralCertificate]
    start: Plan

    @property
    def norm_square(self) -> Callable[[TensorSlot], Fraction]:
        """Certified upper bounds of squared norms."""
        return certified_square(self.tensors, self.certificates)


class Claim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A claim with its witness."""

    key: ClassVar[str]
    """What an export calls it."""
    turn: ClassVar[int] = 0
    """When it is searched, the later the less of the kernel's time may be left."""
    restricted: ClassVar[bool] = False
    """Whether it is about networks with several inputs, or of a part of the space."""

    @classmethod
    def search(cls, search: Search) -> Self | None:
        """Search a claim that gains; None where there is none."""
        raise NotImplementedError

    def replay(self, facts: Facts) -> None:
        """Check it in exact arithmetic.

        Raises:
            CertificateError: its witness does not prove it.
            ValueError: it does not fit the network.
        """
        raise NotImplementedError
