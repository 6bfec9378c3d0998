"""What templates see of a tensor: its Lean name, its scale, its certificate."""

from __future__ import annotations

from dataclasses import dataclass

from lipbridge.certify import SpectralCertificate
from lipbridge.emit.lean.printer import name_comment
from lipbridge.emit.lean.term import Term, app, lean_term
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorRef, TensorSource
from lipbridge.tighten.claims.gained import gained_sources


@dataclass(frozen=True)
class TensorContext:
    """A tensor as a data module holds it.

    Attributes:
        name: Lean name of the packed matrix, e.g. ``W_query``.
        source: where it comes from, for docstrings.
        matrix: the exact matrix.
        certificate: its spectral certificate, absent for biases.
        gained: whether there may be one with the gain behind it, too.
    """

    name: str
    source: str
    matrix: ExactMatrix
    certificate: SpectralCertificate | None
    gained: bool = False

    @property
    def denominator(self) -> Term:
        """The common denominator."""
        return lean_term(self.matrix.denominator)

    @property
    def reciprocal(self) -> Term:
        """The ring element 1/denominator."""
        return reciprocal(self.matrix.denominator)

    @property
    def scale(self) -> str:
        """Its scale, in words."""
        denominator = self.matrix.denominator
        if denominator == 1:
            return "integers"
        if denominator & (denominator - 1) == 0:
            return f"integers times 2^-{denominator.bit_length() - 1}"
        return f"integers over {denominator}"


def tensor_context(
    network: Network,
    source: TensorSource,
    matrix: ExactMatrix,
    certificate: SpectralCertificate | None,
) -> TensorContext:
    """A tensor of a network, called after the layer that first needs it."""
    label = name_comment(str(source)) if isinstance(source, TensorRef) else "the spec"
    gained = source in gained_sources(network)
    return TensorContext(network.tensor_names()[source], label, matrix, certificate, gained)


def reciprocal(denominator: int) -> Term:
    """The ring element 1/denominator: ``one`` or ``r d``."""
    return lean_term("one") if denominator == 1 else app("r", denominator)
