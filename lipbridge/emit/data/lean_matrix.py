"""A matrix under its Lean name, as a data module holds it: packed once, with a certificate."""

from __future__ import annotations

from dataclasses import dataclass

from lipbridge.certify import SpectralCertificate
from lipbridge.emit.data.packed import PackedMatrix, packed_matrix
from lipbridge.emit.lean.literals import shape_term
from lipbridge.emit.lean.ratios import inverse, reciprocal
from lipbridge.emit.lean.term import Term, lean_term
from lipbridge.language.tensor import ExactMatrix


@dataclass(frozen=True)
class LeanMatrix:
    """A matrix and how it is kept.

    Attributes:
        name: its Lean name, e.g. ``W_query``.
        matrix: the exact matrix; its numerators are packed.
        source: where it comes from, for docstrings.
        certificate: its spectral certificate; without one there is data only.
        transposed: without a certificate, whether it is kept by columns.
        gained: whether a certificate with the gain behind it may take its sums, too.
    """

    name: str
    matrix: ExactMatrix
    source: str = ""
    certificate: SpectralCertificate | None = None
    transposed: bool = False
    gained: bool = False

    @property
    def by_columns(self) -> bool:
        """Whether it is kept by columns, as a certificate of the transpose asks."""
        return self.transposed if self.certificate is None else self.certificate.transpose

    @property
    def packed(self) -> PackedMatrix:
        """As it is packed."""
        return packed_matrix(self.matrix, transposed=self.by_columns)

    @property
    def entries(self) -> Term:
        """Its entries, as a function."""
        return lean_term(f"{self.name}.entry")

    @property
    def shapes(self) -> tuple[str, str]:
        """The ``Shape`` of a column and of a row."""
        return shape_term(self.matrix.rows), shape_term(self.matrix.cols)

    @property
    def denominator(self) -> Term:
        """The common denominator."""
        return lean_term(self.matrix.denominator)

    @property
    def reciprocal(self) -> Term:
        """The ring element 1/denominator."""
        return reciprocal(self.matrix.denominator)

    @property
    def inverse(self) -> Term:
        """Proof that the denominator times that is 1."""
        return inverse(self.matrix.denominator)

    @property
    def scale(self) -> str:
        """Its scale, in words."""
        denominator = self.matrix.denominator
        if denominator == 1:
            return "integers"
        if denominator & (denominator - 1) == 0:
            return f"integers times 2^-{denominator.bit_length() - 1}"
        return f"integers over {denominator}"
