"""Constants of single scores and differences that have certificates of their own, in Lean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lipbridge.emit.data.rows import row_modules
from lipbridge.emit.lean.declaration import CHECKED
from lipbridge.emit.lean.term import Term, app, arrow, bind, lean_term
from lipbridge.emit.network.segments.affine import linear_map
from lipbridge.emit.network.tighter.build import Builder
from lipbridge.emit.network.view import Link
from lipbridge.tighten.plan import Plan
from lipbridge.tighten.rows import RowBound, row_name
from lipbridge.tighten.tables import ScoreTables, row_layer


class HiddenRows:
    """A hidden layer before the scores, its matrix kept by columns, with a certificate a row.

    Args:
        start: the plan of the scores; it ends in the hidden layer, its activation and the scores.
        before: the layers before.
        rows: the certificates by their places.
    """

    def __init__(
        self, build: Builder, start: Plan, before: Link, rows: Mapping[tuple[int, int], RowBound]
    ) -> None:
        layer = row_layer(start)
        assert layer is not None, "rows are of a hidden layer before the scores"
        self.network, self.layer, self.before, self.rows = build.name, layer, before, rows
        self.hidden, self.last = (linear_map(build, start[at].pieces[0]) for at in (-3, -1))
        (self.activation,) = build.contexts(start[-2].pieces)
        self.columns, self.same = self.hidden.stored, lean_term("fun _ _ _ _ => rfl")
        if not self.columns.by_columns:
            name, what = f"{build.name}_columns", f"`{self.columns.name}`, by columns"
            matrix = replace(layer.hidden, name=name)
            self.columns = build.hold(matrix, what, transposed=True)
            old = self.hidden.stored
            sizes = str(matrix.rows), str(matrix.cols)
            copied = app("sameMatrix", *sizes, self.columns.entries, old.entries)
            check = build.check(f"{name}_copy", f"`{name}` is `{old.name}`", copied)
            self.same = app("sameMatrix_sound", check)
        names = [row_name(build.name, place) for place in rows]
        for name in (*names, f"{build.name}_row_sums", f"{build.name}_rows"):
            build.scope.reserve(name, build.name)

    def modules(self, namespace: str) -> dict[str, str]:
        """The data modules of the certificates."""
        names = {"hidden": self.columns.name, "last": self.last.stored.name}
        return row_modules(namespace, self.network, self.layer, self.rows, **names)

    def proof(self, place: tuple[int, int]) -> Term:
        """That a row has the constant of its table. Source: Lean ``RowCertificate``."""
        i, j = place
        name, score = row_name(self.network, place), place[0] == place[1]
        p, q = self.layer.slope.as_integer_ratio()
        rule = self.activation.rule
        unit, slopes = (rule.term(word, self.activation) for word in ("unit", "slopes"))
        below = app("Nat.le_of_ble_eq_true", CHECKED)
        return app(
            "RowCertificate.score" if score else "RowCertificate.difference",
            *(f"{name}_check", f"{name}_checked", self.same, self.before.proof, slopes),
            *(self.hidden.proof, self.hidden.inverse, self.last.proof, self.last.inverse),
            *((below,) if score else (below, below)),
            *(CHECKED, CHECKED, CHECKED),
            **{
                "P": f"{self.network}_before_P",
                "Q": f"{self.network}_before_Q",
                "D": f"{self.network}_scores_D",
                "p": str(p),
                "q": str(q),
                "W": self.hidden.stored.entries,
                "L": self.last.stored.name,
                "f": self.before.function,
                "g": self.hidden.function,
                "l": self.last.function,
                "φ": unit,
                "i": str(i),
            },
            **({} if score else {"j": str(j)}),
        )


def every_score(count: int, single: Term, known: Mapping[tuple[int, int], Term]) -> Term:
    """What holds of every score, said of score ``i``, from the proofs for each i at (i, i)."""
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
    """What holds of every difference, said of the scores ``i`` and ``j``, from proofs for j < i.

    The function is that of all scores, the denominator that of all constants.
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
                one = app("difference_self", number, CHECKED, function, str(i), D=denominator)
            elif i > j:
                one = known[i, j]
            else:
                one = app("difference_swap", known[j, i], CHECKED, f=function, i=str(j), j=str(i))
            row = app("below_succ", row, one, **inner, n=lean_term(j))
        proof = app("below_succ", proof, row, **outer, n=lean_term(i))
    return bind("fun i j hi hj =>", app(proof, "i", "hi", "j", "hj"))
