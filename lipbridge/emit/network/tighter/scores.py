"""Lean terms for the constants of single scores and of differences of two."""

from __future__ import annotations

from dataclasses import dataclass

from lipbridge.emit.lean.literals import shape_term
from lipbridge.emit.lean.term import Term, app, lean_term
from lipbridge.emit.network.affine import AffineTerms, Check, product_base, stored
from lipbridge.emit.network.branch_context import sequence
from lipbridge.emit.network.tighter.chain import ChainTerms
from lipbridge.tighten.tables import ScoreTables


@dataclass(frozen=True)
class Before:
    """The layers before a network's last linear map, in Lean.

    Attributes:
        function: as a function.
        P: term of P, their constant being √(P/Q).
        Q: term of Q.
        proof: proof of ``SqLipschitz``, or of ``Rescaled``.
    """

    function: Term
    P: Term
    Q: Term
    proof: Term


@dataclass(frozen=True)
class ScoreTerms:
    """Theorems about scores in Lean.

    Attributes:
        tables: the constants.
        count: how many scores there are.
        P: term of P, the layers before having the constant √(P/Q).
        Q: term of Q.
        checks: the checks that the proofs use.
        scores: proof about every score; None where each has a certificate.
        pairs: proof about every difference, likewise.
    """

    tables: ScoreTables
    count: int
    P: Term
    Q: Term
    checks: tuple[Check, ...]
    scores: Term | None
    pairs: Term | None

    @property
    def denominator(self) -> Term:
        """D."""
        return lean_term(self.tables.denominator)


def score_terms(
    name: str,
    tables: ScoreTables,
    last: AffineTerms,
    affine: Term,
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
    assert tables.gram is not None, "rows without certificates have inner products"
    w, gram = last.stored, stored(tables.gram.name, tables.gram, transposed=False)
    rows_of = w if chain is None else chain.scaled
    base = product_base(rows_of.packed, rows_of.packed, gram.packed, w.matrix.cols)
    rows, cols = shape_term(w.matrix.rows), shape_term(w.matrix.cols)
    flipped = app("PackedMatrix.flip", rows_of.name)
    sides = rows_of.name, flipped, gram.name, str(base), rows, cols, rows
    product = Check(
        f"{gram.name}_product",
        f"`{gram.name}` holds the inner products of the rows of `{rows_of.name}`",
        app("PackedMatrix.isProduct", *sides),
    )
    count, d = w.matrix.rows, last.denominator
    whole = app("Nat.mul", f"{name}_before_Q", app("Nat.mul", 1, app("Nat.mul", d, d)))
    if chain is not None:
        whole = app("Nat.mul", whole, app("Nat.mul", chain.factor, chain.factor))
    numbers = str(count), f"{name}_before_P", whole, f"{name}_scores_D", gram.name
    scores = Check(
        f"{name}_scores_check",
        "Every constant of a score is large enough",
        app("scoresCheck", *numbers, tables.scores.name),
    )
    pairs = Check(
        f"{name}_pairs_check",
        "Every constant of a difference is large enough",
        app("pairsCheck", *numbers, tables.pairs.name),
    )

    def proof(rule: str, check: Check) -> Term:
        true = "Eq.refl true"
        named = {letter: f"{name}_before_{letter}" for letter in "PQ"}
        named |= {"D": f"{name}_scores_D", "W": f"{w.name}.entry"}
        functions = {"f": before.function, "g": sequence(last.layers)}
        gram_proof = app("PackedMatrix.isGram_sound", product.name)
        end = gram_proof, true, check.name
        if chain is None:
            return app(rule, before.proof, affine, last.inverse, *end, **named, **functions)
        scaled = app("PackedMatrix.isScaled_sound", chain.checks[-1].name)
        scales = {"W'": f"{rows_of.name}.entry", "c'": chain.ends[0], "c''": chain.ends[1]}
        known = before.proof, true, affine, last.inverse, scaled, true, true
        return app(rule, *known, *end, **named, **functions, **scales, K=chain.factor)

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
