"""The selection of a network at points: its values there, and theorems that it stays.

Every layer is evaluated in the ring of the theorem, as integers over a denominator that is tracked;
the kernel computes the integers and compares every gap with what it can change by.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from lipbridge.decimals import decimal_down
from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.data.matrices import matrix_modules
from lipbridge.emit.data.packed import packed_matrix
from lipbridge.emit.lean.declaration import CHECKED, Scope, implicit, of_library
from lipbridge.emit.lean.literals import literal, shape_term
from lipbridge.emit.lean.printer import fraction_comment, ratio_comment, vector_comment
from lipbridge.emit.lean.ratios import is_reciprocal, within_ratio
from lipbridge.emit.lean.render import SELECTIONS, render
from lipbridge.emit.lean.term import Term, app, arrow, bind, lean_term, listed, typed
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.declarations import MAP, prefix
from lipbridge.emit.network.keys import KEYS, KeyTerms, key_terms, keys_namespace
from lipbridge.emit.network.module import NetworkModule
from lipbridge.emit.network.points.values import PackedVector, PointValues
from lipbridge.emit.network.tighter.context import TighterContext
from lipbridge.language.stored import affine_at, values_at
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSource
from lipbridge.tighten.keys import key_scores
from lipbridge.tighten.selection import Selections
from lipbridge.tighten.selection_at import Selection


@dataclass(frozen=True)
class SelectionContext(NetworkModule):
    """The module of selections.

    Attributes:
        selections: what is claimed.
    """

    selections: Selections

    def data(self) -> dict[str, str]:
        keys = self.selections.keys
        return {} if keys is None else _keys_data(keys.matrix)


@lru_cache(maxsize=1)
def _keys_data(keys: ExactMatrix) -> dict[str, str]:
    """The modules of keys, rendered once for all heads of a layer."""
    namespace = keys_namespace(keys.name)
    return matrix_modules(namespace, LeanMatrix(KEYS, keys, keys.name, transposed=True))


def selection_context(
    context: NetworkContext,
    tensors: Mapping[TensorSource, ExactMatrix],
    tighter: TighterContext | None,
    selections: Selections,
) -> SelectionContext:
    """Declare a network's values at points, and that its selections stay.

    Args:
        context: the network.
        tensors: the exact matrix of every source.
        tighter: the tighter constants of the same export, where there are some.
        selections: what is claimed; it replays.

    Raises:
        InputError: a label clashes with a generated name.
    """
    scope = Scope(parent=context.scope if tighter is None else tighter.scope)
    layers = {layer.name: layer.constant_square for layer in context.body.layers}
    scores = key_scores(context.network, tensors, layers, selections.keys)
    keys = None if scores is None else key_terms(context, scores)
    if keys is not None:
        body, packed = context.body, keys.stored.packed
        sizes = body.input, packed.cols, keys.over, packed.data.width
        scope.theorem(
            f"{body.name}_directions",
            "What a difference of two keys is worth at the input, pulled through what is before "
            "them.",
            app("DirectionBounds", *sizes, typed(keys.before.function, MAP), keys.pull),
            keys.directions,
        )
    for selection in selections.points:
        _Point(context, tighter, scope, selections, selection, keys).declare(tensors)
    before = f"{context.namespace}.Network" if tighter is None else tighter.module
    imports, stored = [SELECTIONS, before], selections.keys
    if stored is not None:
        imports.append(f"{keys_namespace(stored.matrix.name)}.Data.{KEYS}")
    about = render("selection.txt.jinja", n=context, keys=stored)
    return SelectionContext(context, scope, "Selection", tuple(imports), about, selections)


class _Point(PointValues):
    def __init__(
        self,
        context: NetworkContext,
        tighter: TighterContext | None,
        scope: Scope,
        selections: Selections,
        selection: Selection,
        keys: KeyTerms | None,
    ) -> None:
        super().__init__(scope, f"{scope.owner}_at{selection.number}")
        self.context, self.tighter, self.keys = context, tighter, keys
        self.top, self.error = selections.top, selections.error
        self.selection = selection

    def declare(self, tensors: Mapping[TensorSource, ExactMatrix]) -> None:
        """The scores at the point, and that the selection stays, also as it is computed."""
        layers = values_at(self.context.network, tensors, self.selection.point)
        point = self.vector(self.selection.point, f"{self.name}_x", "The point")
        body, keys = self.context.body, self.keys
        # Of blocks of keys the scores of the single keys are what is compared.
        views = body.layers if keys is None else body.layers[: keys.scores.before + 1]
        value, last = self.through(views, layers, point)
        function, size, count = body.function, body.output, body.output
        exact = app(function, "x")
        if keys is not None:
            size = keys.stored.matrix.rows
            function = prefix(body, len(views)) if views else function
        if keys is not None and keys.scores.recorded is not None:
            function, count = keys.function, keys.scores.keys.blocks
            exact = app("blockMax", str(keys.scores.keys.group), app(typed(function, MAP), "x"))
            stored = affine_at(keys.scores.keys.matrix, last.stored)
            proof = app("Over.dotKeys", keys.stored.inverse, CHECKED, value)
            given = last.rows
            name = f"{self.name}_scores"
            last = self.vector(stored, name, "The scores of the keys", apart=True)
            value = app("Over.known", proof, keys.product(given, last.rows))
        self.scope.theorem(
            f"{self.name}_value",
            f"The scores of `{body.name}` at the point.",
            self.over(size, app(typed(function, MAP), "x"), last),
            value,
            self.given(body.input, point),
        )
        self.stays("selection", self.selection.radius, point, last, (exact, count))
        if self.selection.computed is not None:
            self.stays("computed", self.selection.computed, point, last, (exact, count))

    def stays(
        self,
        kind: str,
        radius: Fraction,
        point: PackedVector,
        scores: PackedVector,
        exact: tuple[Term, int],
    ) -> None:
        """The theorem that the selection stays within a radius.

        Args:
            kind: ``selection``; or ``computed``, for scores that are computed within the error.
            radius: δ.
            point: the point.
            scores: at the point.
            exact: the scores at ``x``, and how many they are.
        """
        body, chosen, count = self.context.body, listed(self.selection.selected), exact[1]
        error, of, t = Fraction(0), f"the scores of `{body.name}`", exact[0]
        close, names, premises = app("within_error_self", "_", "0", "1", "_"), "hs hx", list[Term]()
        binders = [implicit("s", "R"), implicit("x", "Vec R")]
        if kind == "computed":
            error, t, close, names = self.error, lean_term("t"), lean_term("ht"), "hs hx ht"
            u, v = error.as_integer_ratio()
            premises = [app("WithinError", str(count), str(u), lean_term(v), exact[0], "t")]
            binders.append(implicit("t", "Nat → R"))
            of = f"scores that are computed within {ratio_comment(error)} of those of `{body.name}`"
        at, known = app("storedVec", point.name, "s"), self.scope[f"{self.name}_value"]
        bound, (origin, place, selected, others) = decimal_down(radius), self.said
        proof = self.rule(kind, app(known, app("Over.point", "hs", "_")), scores, radius, error)
        self.scope.theorem(
            f"{self.name}_{kind}",
            f"Wherever `‖x - p‖ ≤ δ` = {fraction_comment(radius)}, at least {bound}, p {origin} "
            f"{vector_comment(point.stored.vector)}, the only top-{self.top} set of {of} is "
            f"{selected}.",
            arrow(
                is_reciprocal(point.stored.denominator, "s"),
                within_ratio(body.input, radius.as_integer_ratio(), at, "x"),
                *premises,
                app("UniqueTopK", str(count), str(self.top), t, app("oneOf", chosen)),
            ),
            bind(f"fun {names} =>", app(proof, "hx", close)),
            binders,
            f"no x within {bound} of {place} selects {others}"
            + (", by computed scores either" if premises else ""),
        )

    @property
    def said(self) -> tuple[str, str, str, str]:
        """The point, also in a summary, what is selected there, and what nothing nearby selects."""
        shown = _shown(self.selection.selected)
        step = None if self.keys is None else self.keys.scores.keys.step
        if step is None:
            place = f"point {self.selection.number}"
            return "the stored point", place, f"{{{shown}}}", f"others than {shown}"
        numbers = _shown(step.numbers(self.selection.selected))
        beside = f" beside {_shown(step.forced)}, active by position" if step.forced else ""
        origin, selected = "the hidden state", f"{{{shown}}}, blocks {numbers} of the sequence"
        others = f"other blocks than {numbers}{beside}"
        return origin, f"{origin} of {step.place}", selected + beside, others

    def rule(
        self, kind: str, value: Term, scores: PackedVector, radius: Fraction, error: Fraction
    ) -> Term:
        """Proof of a selection from what the scores are; it takes ``hx`` and their error."""
        keys, found = self.keys, self.selection
        if keys is None:
            rule = app(
                of_library("selection_scores", self.scope.owner),
                self.constant(),
                "True.intro",
                "True.intro",
                value,
            )
            if found.table:
                rule = app(
                    of_library("selection_pairs", self.scope.owner),
                    self.scope[f"{self.scope.owner}_pairs"],
                    value,
                )
            return app(rule, CHECKED)
        group, name, chosen = keys.scores.keys.group, f"{self.name}_{kind}_gap", f"{self.name}_best"
        gap, cap = keys.gap(radius, error, scores.stored, found.best)
        self.scope.definition(name, "What the keys are compared by.", "KeyGap", gap)
        if kind == "selection":
            numbers = packed_matrix(keys.scores.keys.matrix).data.numbers
            best = listed(
                app("ChosenKey.mk", p // group, p % group, literal(numbers[p])) for p in found.best
            )
            doc = "The key of each selected block that stays above the others."
            self.scope.definition(chosen, doc, "List ChosenKey", best)
        digit, stay = cap + scores.rows.bias, f"{self.name}_{kind}_stays"
        selected = listed(self.selection.selected)
        sizes = name, keys.scores.keys.blocks, group, self.top, selected, chosen
        check = app("KeyGap.stay", *sizes, scores.name)
        stays = lean_term(stay)
        if digit >= 0:
            packed = *scores.packed, literal(digit), shape_term(group)
            check = app("KeyGap.stayPacked", *sizes, *map(lean_term, packed))
            stays = app("KeyGap.stay_of_packed", stay)
        doc = "Every key of another block stays below the chosen ones."
        self.scope.check(stay, doc, check)
        return app(
            "KeyGap.selection",
            keys.before.proof,
            self.scope[f"{self.scope.owner}_directions"],
            keys.stored.inverse,
            value,
            stays,
            t=name,
            m=str(keys.scores.keys.blocks),
            B=str(group),
            g=keys.before.function,
            r=keys.stored.reciprocal,
            c=keys.bias,
            keys=chosen,
        )

    def constant(self) -> Term:
        """Proof of the least constant of all scores together."""
        bounds = () if self.tighter is None else self.tighter.bounds
        best = min(bounds, key=lambda bound: bound.square, default=None)
        if best is None or best.square > self.context.square:
            return self.scope[f"{self.scope.owner}_sqLipschitz"]
        return self.scope[f"{best.name}_sqLipschitz"]


def _shown(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
