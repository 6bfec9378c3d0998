"""What templates see of a tensor: its Lean name, its scale, its certificate."""

from __future__ import annotations

from dataclasses import dataclass

from lipbridge.certify import SpectralCertificate
from lipbridge.emit.lean.printer import nat_literal
from lipbridge.language.tensor import ExactMatrix

__all__ = ["TensorContext", "reciprocal"]


@dataclass(frozen=True)
class TensorContext:
    """A tensor as a data module holds it.

    Attributes:
        name: Lean name of the packed matrix, e.g. ``W_query``.
        source: where it comes from, for docstrings.
        matrix: the exact matrix.
        certificate: its spectral certificate, absent for biases.
    """

    name: str
    source: str
    matrix: ExactMatrix
    certificate: SpectralCertificate | None

    @property
    def denominator(self) -> str:
        """The common denominator, as Lean source."""
        return nat_literal(self.matrix.denominator)

    @property
    def reciprocal(self) -> str:
        """The ring element 1/denominator, as Lean source."""
        return reciprocal(self.matrix.denominator)

    @property
    def module(self) -> str:
        """Last component of its data module's name."""
        return self.name

    @property
    def scale(self) -> str:
        """Its scale, in words."""
        denominator = self.matrix.denominator
        if denominator == 1:
            return "integers"
        if denominator & (denominator - 1) == 0:
            return f"integers times 2^-{denominator.bit_length() - 1}"
        return f"integers over {denominator}"


def reciprocal(denominator: int) -> str:
    """The ring element 1/denominator: ``one`` or ``(r d)``."""
    return "one" if denominator == 1 else f"(r {nat_literal(denominator)})"
