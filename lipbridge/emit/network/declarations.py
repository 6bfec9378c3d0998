"""The network's module: every layer as a Lean function, and what is proved of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from lipbridge.certify import root_up
from lipbridge.decimals import decimal_up
from lipbridge.emit.lean.declaration import CHECKED, Binder
from lipbridge.emit.lean.printer import fraction_comment
from lipbridge.emit.lean.term import Term, app, bind, listed, typed
from lipbridge.emit.network.context import BranchContext, NetworkContext, distinct
from lipbridge.emit.network.inputs import Points
from lipbridge.emit.network.layer_context import LayerContext, add_fractions
from lipbridge.emit.network.view import Link, sequence
from lipbridge.language.network import altered
from lipbridge.layers import Layer, Norm

MAP = "Vec R → Vec R"


def constant_statement(
    notion: str,
    sizes: tuple[int, int],
    numbers: Iterable[Term | str],
    function: Term,
    points: Term | None = None,
) -> Term:
    """That a function has a constant, between the points of a set where one is given.

    The notion is ``SqLipschitz``, ``Lipschitz`` or ``SupLipschitz``, its numbers P, Q or N, D.
    """
    bounds = [app("ofNat", number) for number in numbers]
    among = [] if points is None else [typed(points, "Vec R → Prop")]
    name = notion if points is None else f"{notion}On"
    return app(name, *map(str, sizes), *bounds, *among, typed(function, MAP))


def clause(layers: Sequence[Layer]) -> str:
    """Norms that layers take at least r long, as a clause; see ``altered``."""
    found = altered(layers)
    return f", {found}" if found else ""


def prefix(branch: BranchContext, stop: int) -> Term:
    """The function of the first layers of a sequence."""
    if stop == 1:
        return bind("fun x =>", app(branch.layers[0].function, "x"))
    return sequence(branch.layers[:stop])


class Declarations:
    """Declares a network's layers, sequences and constants.

    Every method raises an `InputError` where a label clashes with a generated name.

    Args:
        context: the network, with the scope of the module that declares them.
    """

    def __init__(self, context: NetworkContext) -> None:
        self.context, self.scope = context, context.scope
        self.name, self.domain = context.body.name, context.domain
        self.notion = context.body.notion

    def declare(self) -> None:
        """Declare all of a network's own module."""
        for tensor in self.context.tensors:
            self.scope.reserve(tensor.name, tensor.name)
        self._assume()
        if self.context.network.restricted:
            doc = f"Where the inputs lie: {self.domain.meaning or 'anywhere'}."
            value = self.domain.definition
            self.scope.definition(self.domain.name, doc, "Vec R → Prop", value)
        for views in self.context.groups():
            self._sequence(views)
        if self.context.joint:
            self._joint()

    def _assume(self) -> None:
        """What theorems may assume of the reciprocals and the given functions."""
        found: list[Binder] = []
        if self.context.denominators:
            numbers = listed(self.context.denominators)
            name = f"{self.name}_denominators"
            doc = "The numbers d for which `r d` is to be 1/d."
            self.scope.definition(name, doc, "List Nat", numbers)
            found.append(Binder("hr", app("Reciprocals", name, "r")))
        layers = self.context.layers
        for parameter in self.context.parameters:
            layer = layers[parameter.layer]
            for name in (parameter.name, *(binder.names for binder in layer.premises)):
                self.scope.define(name, layer.name)
            found += layer.premises
        self.scope.hypotheses = tuple(found)

    def _sequence(self, views: Sequence[BranchContext]) -> None:
        first = views[0]
        for index, layers in enumerate(zip(*(view.layers for view in views), strict=True)):
            self._function(layers[0])
            for layer in distinct(layers):
                self.layer(layer)
            if layers[0].output_norm is not None:
                self._output_norm(first, index)
        kind = "Network" if first.name == self.name else "Branch"
        doc = f"{kind} `{first.name}`: its layers in sequence."
        self.scope.definition(
            first.name, doc, MAP, prefix(first, len(first.layers)), owner=first.name
        )
        for view in views:
            self.constants(view)

    def _function(self, layer: LayerContext) -> None:
        doc = f"Layer `{layer.name}` ({layer.kind}, {layer.input} → {layer.output}): "
        doc += layer.meaning + "."
        for tensor in layer.tensors.values():
            doc += f" `{tensor.name}`: {tensor.scale}, from {tensor.source}."
        self.scope.definition(layer.name, doc, MAP, layer.value, owner=layer.name)

    def layer(self, layer: LayerContext) -> None:
        """Declare the constant of a layer."""
        if layer.branches:
            for name, term in layer.partial_sums():
                doc = f"A sum over the first branches of `{layer.name}`."
                self.scope.definition(name, doc, "Nat", term, owner=layer.name)
            self._numbers(layer)
        bound = decimal_up(root_up(layer.constant_square))
        ratio = "√(P/Q)" if self.notion.power else "P/Q"
        doc = (
            f"Lip({layer.name}) ≤ {ratio} ≤ {bound}{self._where(layer)}, P and Q the numbers below"
        )
        self._squared(layer, doc, f"layer {layer.name_prefix}: {layer.meaning}")

    def constants(self, view: BranchContext, method: str = "", said: str = "") -> None:
        """Declare P/Q of a sequence, and N/D above its root.

        Where its layers are not bounded one by one, ``method`` and ``said`` tell how.
        """
        end = f"; {said}" if said else ""
        self._numbers(view)
        self._squared(view, f"`{view.name}`{self._where(view)}{end}")
        n, d = view.constant.as_integer_ratio()
        doc = f"Lip({view.name_prefix.removesuffix(view.tag)}) ≤ N/D."
        numbers = self.scope.numbers(view.name_prefix, {"N": n, "D": d}, doc, owner=view.name)
        points, domain, where = self._points(view), self.domain.meaning, self._where(view)
        shown, exact = decimal_up(view.constant), fraction_comment(view.constant)
        summary = f"Lip({view.name}) ≤ {shown}, rounded up from {exact}{where}"
        if points is not None and domain:
            summary += f", where {domain}"
        if self.notion.norm is Norm.MAXIMUM:
            summary += ", in the maximum norm"
        self.scope.theorem(
            f"{view.name_prefix}_lipschitz",
            f"Lip({view.name}) ≤ {shown}{where}, exactly {exact}: for all x, y"
            f"{self._among(view.points)}, {self.notion.quotient}{end}.",
            constant_statement(
                self.notion.final, (view.input, view.output), numbers, view.function, points
            ),
            app(self.notion.last, view.known, CHECKED, CHECKED),
            view.points.binders,
            f"{summary}, {method}" if method else summary,
            owner=view.name,
        )

    def _numbers(self, view: LayerContext | BranchContext) -> None:
        doc = f"Lip({view.name_prefix.removesuffix(view.tag)}){self.notion.power} ≤ P/Q."
        numbers = dict(zip("PQ", view.square_terms, strict=True))
        self.scope.numbers(view.name_prefix, numbers, doc, owner=view.name)

    def _squared(self, view: LayerContext | BranchContext, doc: str, summary: str = "") -> None:
        sizes, points = (view.input, view.output), self._points(view)
        self.scope.theorem(
            f"{view.name_prefix}_{self.notion.suffix}",
            f"{doc}: {self.notion.product}.",
            constant_statement(self.notion.layer, sizes, view.numbers, view.function, points),
            view.proof,
            view.points.binders,
            summary,
            owner=view.name,
        )

    def _output_norm(self, branch: BranchContext, index: int) -> None:
        layer = branch.layers[index]
        each = ", each token" if layer.output_norm_block > 1 else ""
        doc = f"values of `{layer.name}` are at most A/B long{each}."
        numbers = dict(zip("AB", layer.output_norm_terms, strict=True))
        bounds = [
            app("ofNat", n) for n in self.scope.numbers(layer.name, numbers, doc, owner=layer.name)
        ]
        sizes = str(layer.output_norm_block), str(layer.output_norm_width)
        there = typed(self.domain.name, "Vec R → Prop")
        self.scope.theorem(
            f"{layer.name}_boundedOn",
            f"On the domain the values of `{layer.name}`, after the layers before it, have "
            "B²·‖f x‖² ≤ A².",
            app("BoundedOn", *sizes, *bounds, there, prefix(branch, index + 1)),
            layer.output_norm_proof(prefix(branch, index), self._before(branch, index)),
            owner=layer.name,
        )

    def _before(self, branch: BranchContext, index: int) -> Term | str:
        """Proof that the values before a layer are bounded; empty where nothing is known."""
        layer = branch.layers[index]
        if index:
            last = branch.layers[index - 1]
            if last.output_norm is None:
                return ""
            return last.bounded_whole if layer.follows_whole else last.bounded_tokens
        part = getattr(layer.layer, "part", self.context.network.parts[0])
        if part.norm is None:
            return ""
        member = f"fun _ h => h{self.domain.member(part)}"
        if layer.kind == "from":
            return member
        a, b = part.norm.as_integer_ratio()
        return app("BoundedOn.input", CHECKED, member, A=a, B=b)

    def _joint(self) -> None:
        """The constant in all inputs together: one input is exchanged after the other."""
        trees, parts = self.context.trees, self.context.network.parts
        proof = trees[0].theorem
        for tree, part in zip(trees[1:], parts[1:], strict=True):
            exchanged = self.domain.exchanged(part.offset)
            proof = app("SqLipschitzOn.join_ofNat", exchanged, proof, tree.theorem)
        p, q = add_fractions((f"{tree.name_prefix}_P", f"{tree.name_prefix}_Q") for tree in trees)
        whole = replace(
            trees[0],
            constant=self.context.constant,
            points=Points(parts[0]),
            better=Link(trees[0].layers, p, q, app("SqLipschitzOn.ofSlices", proof)),
        )
        self.constants(whole, said="the squares of the constants add")

    def _points(self, view: LayerContext | BranchContext) -> Term | None:
        return view.points.set(self.domain.name) if view.restricted else None

    def _where(self, view: LayerContext | BranchContext) -> str:
        """The input in which a constant is one, and norms that layers take at least r long."""
        part, inside = view.points.part, ""
        if part is not None and self.context.joint and view.points.alone:
            inside = " in all inputs together"
        elif part is not None and part.name:
            inside = f" in `{part.name}`"
        layers = [view] if isinstance(view, LayerContext) else view.layers
        return inside + clause([layer.layer for layer in layers])

    def _among(self, points: Points) -> str:
        """The points in words."""
        if points.part is None:
            return ""
        where = f" with {self.domain.meaning}" if self.domain.meaning else ""
        return where if points.alone else f"{where} that agree with z but for `{points.part.name}`"
