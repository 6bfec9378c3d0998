"""Lean terms for the constants of single scores and of differences of two."""

from __future__ import annotations

from dataclasses import dataclass

from lipbridge.emit.lean.literals import shape_term
from lipbridge.emit.lean.printer import nat_literal
from lipbridge.emit.network.affine import AffineTerms, Check, nested, product_base, stored
from lipbridge.emit.network.chain import ChainTerms
from lipbridge.tighten.tables import ScoreTables

__all__ = ["Before", "ScoreTerms", "score_terms"]


@dataclass(frozen=True)
class Before:
    """The layers before a network's last linear map, in Lean.

    Attributes:
        function: as a function.
        P: term of P, their constant being √(P/Q).
        Q: term of Q.
        proof: proof of ``SqLipschitz``, or of ``Rescaled``.
    """

    function: str
    P: str
    Q: str
    proof: str


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
    before: Before,
    chain: ChainTerms | None = None,
) -> ScoreTerms:
    """The terms of a network's scores.

    Args:
        name: the network's name.
        tables: the constants.
        last: the linear map that the network ends in.
        affine: proof that its function is that map.
        before: the layers before it.
        chain: the rescaled chain that ends in it, where the constants are those of its matrix.

    Source: Lean ``LipBridge.scores_lipschitz``, ``LipBridge.pairs_lipschitz``,
    ``LipBridge.rescaled_scores``, ``LipBridge.rescaled_pairs``.
    """
    w, gram = last.stored, stored(tables.gram.name, tables.gram, transposed=False)
    rows_of = w if chain is None else chain.scaled
    base = product_base(rows_of.packed, rows_of.packed, gram.packed, w.matrix.cols)
    rows, cols = shape_term(w.matrix.rows), shape_term(w.matrix.cols)
    product = Check(
        f"{gram.name}_product",
        f"`{gram.name}` holds the inner products of the rows of `{rows_of.name}`",
        f"PackedMatrix.isProduct {rows_of.name} (PackedMatrix.flip {rows_of.name}) {gram.name} "
        f"{base} {rows} {cols} {rows}",
    )
    count, d = w.matrix.rows, last.denominator
    whole = f"(Nat.mul {name}_before_Q (Nat.mul 1 (Nat.mul {d} {d})))"
    if chain is not None:
        whole = f"(Nat.mul {whole} (Nat.mul {chain.factor} {chain.factor}))"
    numbers = f"{count} {name}_before_P {whole} {name}_scores_D {gram.name}"
    scores = Check(
        f"{name}_scores_check",
        "Every constant of a score is large enough",
        f"scoresCheck {numbers} {tables.scores.name}",
    )
    pairs = Check(
        f"{name}_pairs_check",
        "Every constant of a difference is large enough",
        f"pairsCheck {numbers} {tables.pairs.name}",
    )

    def proof(rule: str, check: Check) -> str:
        start = (
            f"{rule} (P := {name}_before_P) (Q := {name}_before_Q) (D := {name}_scores_D)\n"
            f"    (f := {before.function}) (g := {nested(last.layers)}) (W := {w.name}.entry)\n"
        )
        end = f"(PackedMatrix.isGram_sound {product.name}) (Eq.refl true) {check.name}"
        if chain is None:
            return f"{start}    {before.proof}\n    {affine} {last.inverse}\n    {end}"
        c, k = chain.ends
        return (
            f"{start}    (W' := {rows_of.name}.entry) (c' := {c}) (c'' := {k}) "
            f"(K := {chain.factor})\n    {before.proof}\n    (Eq.refl true) {affine} "
            f"{last.inverse}\n    (PackedMatrix.isScaled_sound {chain.checks[-1].name}) "
            f"(Eq.refl true) (Eq.refl true)\n    {end}"
        )

    rules = (
        ("scores_lipschitz", "pairs_lipschitz")
        if chain is None
        else ("rescaled_scores", "rescaled_pairs")
    )
    return ScoreTerms(
        tables,
        count,
        before.P,
        before.Q,
        (product, scores, pairs),
        proof(rules[0], scores),
        proof(rules[1], pairs),
    )
