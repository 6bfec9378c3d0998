"""Lean terms for the constants of single scores and of differences of two."""

from __future__ import annotations

from dataclasses import dataclass

from lipbridge.certify.tables import ScoreTables
from lipbridge.emit.affine import AffineTerms, Check, nested, product_base, stored
from lipbridge.emit.literals import shape_term
from lipbridge.emit.printer import nat_literal

__all__ = ["ScoreTerms", "score_terms"]


@dataclass(frozen=True)
class ScoreTerms:
    """Theorems about scores in Lean.

    Attributes:
        tables: the constants.
        count: how many scores there are.
        P: term of P, the layers before having the constant √(P/Q).
        Q: term of Q.
        checks: the checks that the proofs use.
        scores: proof about every score.
        pairs: proof about every difference.
    """

    tables: ScoreTables
    count: int
    P: str
    Q: str
    checks: tuple[Check, ...]
    scores: str
    pairs: str

    @property
    def denominator(self) -> str:
        """D as Lean source."""
        return nat_literal(self.tables.denominator)


def score_terms(
    name: str,
    tables: ScoreTables,
    last: AffineTerms,
    affine: str,
    function: str,
    before: str,
    p: str,
    q: str,
) -> ScoreTerms:
    """The terms of a network's scores.

    Args:
        name: the network's name.
        tables: the constants.
        last: the linear map that the network ends in.
        affine: proof that its function is that map.
        function: the layers before, as a function.
        before: proof of their constant.
        p: term of P.
        q: term of Q.

    Source: Lean ``LipBridge.scores_lipschitz``, ``LipBridge.pairs_lipschitz``.
    """
    w, gram = last.stored, stored(tables.gram.name, tables.gram, transposed=False)
    base = product_base(w.packed, w.packed, gram.packed, w.matrix.cols)
    rows, cols = shape_term(w.matrix.rows), shape_term(w.matrix.cols)
    product = Check(
        f"{gram.name}_product",
        f"`{gram.name}` holds the inner products of the rows of `{w.name}`",
        f"PackedMatrix.isProduct {w.name} (PackedMatrix.flip {w.name}) {gram.name} {base} "
        f"{rows} {cols} {rows}",
    )
    count = w.matrix.rows
    numbers = f"{count} {name}_before_P {name}_before_Q {name}_scores_D {last.denominator}"
    scores = Check(
        f"{name}_scores_check",
        "Every constant of a score is large enough",
        f"scoresCheck {numbers} {gram.name} {tables.scores.name}",
    )
    pairs = Check(
        f"{name}_pairs_check",
        "Every constant of a difference is large enough",
        f"pairsCheck {numbers} {gram.name} {tables.pairs.name}",
    )

    def proof(rule: str, check: Check) -> str:
        return (
            f"{rule} (P := {name}_before_P) (Q := {name}_before_Q) (D := {name}_scores_D)\n"
            f"    (f := {function}) (g := {nested(last.layers)}) (W := {w.name}.entry)\n"
            f"    {before}\n    {affine} {last.inverse}\n"
            f"    (PackedMatrix.isGram_sound {product.name}) (Eq.refl true) {check.name}"
        )

    return ScoreTerms(
        tables,
        count,
        p,
        q,
        (product, scores, pairs),
        proof("scores_lipschitz", scores),
        proof("pairs_lipschitz", pairs),
    )
