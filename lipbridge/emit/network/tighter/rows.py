"""Lean terms for constants of single scores and differences that have certificates of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lipbridge.emit.lean.term import Term, app, arrow, bind, lean_term
from lipbridge.emit.network.affine import AffineTerms, Check, Stored
from lipbridge.emit.network.branch_context import sequence
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.tighter.scores import Before
from lipbridge.tighten.rows import RowLayer, row_name
from lipbridge.tighten.tables import ScoreTables

_TRUE = "Eq.refl true"
# Statement of the constant at a place of a table: (table, row, column, value).
Statement = Callable[[str, str, str, Term], Term]


@dataclass(frozen=True)
class RowTerms:
    """A hidden layer before the scores, in Lean.

    Attributes:
        network: the network's name.
        layer: its matrices and slope.
        hidden: the linear map of the hidden layer.
        hidden_proof: proof that its function is that map.
        activation: the activation after it.
        last: the scores' linear map.
        last_proof: proof that its function is that map.
        before: the layers before.
        columns: Lean name of the hidden layer's matrix, by columns.
        copied: the check that this is the hidden layer's; None where it is that matrix itself.
    """

    network: str
    layer: RowLayer
    hidden: AffineTerms
    hidden_proof: Term
    activation: LayerContext
    last: AffineTerms
    last_proof: Term
    before: Before
    columns: str
    copied: Check | None

    def proof(self, place: tuple[int, int]) -> Term:
        """That a row has the constant of its table. Source: Lean ``RowCertificate``."""
        i, j = place
        name, score = row_name(self.network, place), place[0] == place[1]
        p, q = self.layer.slope.as_integer_ratio()
        rule = self.activation.rule
        unit, slopes = (rule.term(word, self.activation) for word in ("unit", "slopes"))
        below = app("Nat.le_of_ble_eq_true", _TRUE)
        same = lean_term("fun _ _ _ _ => rfl")
        if self.copied is not None:
            same = app("sameMatrix_sound", self.copied.name)
        return app(
            "RowCertificate.score" if score else "RowCertificate.difference",
            *(f"{name}_check", f"{name}_checked", same, self.before.proof, slopes),
            *(self.hidden_proof, self.hidden.inverse, self.last_proof, self.last.inverse),
            *((below,) if score else (below, below)),
            *(_TRUE, _TRUE, _TRUE),
            **{
                "P": f"{self.network}_before_P",
                "Q": f"{self.network}_before_Q",
                "D": f"{self.network}_scores_D",
                "p": str(p),
                "q": str(q),
                "W": f"{self.hidden.stored.name}.entry",
                "L": self.last.stored.name,
                "f": self.before.function,
                "g": sequence(self.hidden.layers),
                "l": sequence(self.last.layers),
                "φ": unit,
                "i": str(i),
            },
            **({} if score else {"j": str(j)}),
        )


def copy_check(columns: Stored, original: Stored) -> Check:
    """The check that a matrix kept by columns is one kept by rows."""
    sizes = str(original.matrix.rows), str(original.matrix.cols)
    return Check(
        f"{columns.name}_copy",
        f"`{columns.name}` is `{original.name}`",
        app("sameMatrix", *sizes, f"{columns.name}.entry", f"{original.name}.entry"),
    )


def every_score(count: int, single: Term, known: Mapping[tuple[int, int], Term]) -> Term:
    """What holds of every score, from each.

    Args:
        count: how many there are.
        single: what is said of score ``i``.
        known: the proofs, that of score i at (i, i).
    """
    proof = app("below_zero", P=bind("fun i =>", single))
    for i in range(count):
        named = {"P": bind("fun i =>", single), "n": lean_term(i)}
        proof = app("below_succ", proof, known[i, i], **named)
    return proof


def every_pair(
    tables: ScoreTables,
    denominator: str,
    function: Term,
    pair: Term,
    known: Mapping[tuple[int, int], Term],
) -> Term:
    """What holds of every difference, from those of the scores i and j < i.

    Args:
        tables: the constants.
        denominator: Lean name of theirs.
        function: the scores as a function.
        pair: what is said of the scores ``i`` and ``j``.
        known: the proofs, at (i, j).
    """
    count, table = tables.pairs.rows, tables.pairs.name
    below = arrow(app("Nat.lt", "j", str(count)), pair)
    outer = {"P": bind("fun i =>", bind("∀ j,", below))}
    proof = app("below_zero", **outer)
    for i in range(count):
        inner = {"P": bind("fun j =>", app(bind("fun i =>", pair), str(i)))}
        row = app("below_zero", **inner)
        for j in range(count):
            if i == j:
                number = app("PackedMatrix.natAt", table, str(i), str(i))
                one = app("difference_self", number, _TRUE, function, str(i), D=denominator)
            elif i > j:
                one = known[i, j]
            else:
                one = app("difference_swap", known[j, i], _TRUE, f=function, i=str(j), j=str(i))
            row = app("below_succ", row, one, **inner, n=lean_term(j))
        proof = app("below_succ", proof, row, **outer, n=lean_term(i))
    return bind("fun i j hi hj =>", app(proof, "i", "hi", "j", "hj"))
