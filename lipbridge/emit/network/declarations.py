"""The network's module: every layer as a Lean function, and what is proved of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from lipbridge.certify import root_up
from lipbridge.decimals import decimal_up
from lipbridge.emit.lean.declaration import CHECKED, Binder
from lipbridge.emit.lean.printer import fraction_comment
from lipbridge.emit.lean.term import Term, app, bind, lean_term, listed, typed
from lipbridge.emit.network.branch_context import BranchContext
from lipbridge.emit.network.context import NetworkContext, SequenceGroup
from lipbridge.emit.network.inputs import Points
from lipbridge.emit.network.layer_context import LayerContext, add_fractions
from lipbridge.emit.network.link import sequence
from lipbridge.emit.network.view import View, notion
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

    Args:
        notion: ``SqLipschitz``, ``Lipschitz`` or ``SupLipschitz``.
        sizes: of input and output.
        numbers: P and Q, or N and D.
        function: the function.
        points: the set.
    """
    constants = [app("ofNat", number) for number in numbers]
    among = [] if points is None else [typed(points, "Vec R → Prop")]
    name = notion if points is None else f"{notion}On"
    return app(name, *map(str, sizes), *constants, *among, typed(function, MAP))


def constant_doc(
    name: str,
    constant: Fraction,
    where: str = "",
    among: str = "",
    end: str = "",
    norm: Norm = Norm.EUCLIDEAN,
) -> str:
    """What the theorem about a constant says, in decimals and exactly."""
    return (
        f"Lip({name}) ≤ {decimal_up(constant)}{where}, exactly {fraction_comment(constant)}: "
        f"for all x, y{among}, {notion(norm).quotient}{end}."
    )


def clause(layers: Sequence[Layer]) -> str:
    """Norms that layers take at least r long, as a clause; see ``altered``."""
    found = altered(layers)
    return f", {found}" if found else ""


def prefix(branch: BranchContext, stop: int) -> Term:
    """The function of the first layers of a sequence."""
    return sequence(branch.layers[:stop]) if stop != 1 else _applied(branch.layers[0].function)


def _applied(function: Term) -> Term:
    return bind("fun x =>", app(function, "x"))


def declare_network(context: NetworkContext) -> None:
    """Declare a network's layers, sequences and constants in its scope.

    Raises:
        InputError: a label clashes with a generated name.
    """
    _Network(context).declare()


def declare_better(context: NetworkContext, branch: BranchContext, holder: LayerContext) -> None:
    """Declare better constants of a branch and of the layer that holds it.

    Args:
        context: the network, with the scope of the module that declares them.
        branch: with a tag, which the names of its constants end in.
        holder: with that branch in its place, and the same tag.

    Raises:
        InputError: a label clashes with a generated name.
    """
    network = _Network(context)
    network.constants(branch)
    network.layer(holder)


def declare_bound(context: NetworkContext, body: BranchContext, method: str, said: str) -> None:
    """Declare another constant of the whole network.

    Args:
        context: the network, with the scope of the module that declares it.
        body: the network with that constant, and a tag.
        method: how its layers are bounded.
        said: what the theorems say of it.

    Raises:
        InputError: a label clashes with a generated name.
    """
    _Network(context).constants(body, method, said)


class _Network:
    def __init__(self, context: NetworkContext) -> None:
        self.context, self.scope = context, context.scope
        self.name, self.domain = context.body.name, context.domain
        self.notion = context.body.notion

    def declare(self) -> None:
        for tensor in self.context.tensors:
            self.scope.reserve(tensor.name, tensor.name)
        self.assume()
        if self.context.network.local:
            doc = f"Where the inputs lie: {self.domain.meaning or 'anywhere'}."
            value = self.domain.definition
            self.scope.definition(self.domain.name, self.name, doc, "Vec R → Prop", value)
        for group in self.context.groups():
            self.sequence(group)
        if self.context.joint:
            self.joint()

    def assume(self) -> None:
        """What theorems may assume of the reciprocals and the given functions."""
        found: list[Binder] = []
        if self.context.denominators:
            numbers = listed(self.context.denominators)
            name = f"{self.name}_denominators"
            doc = "The numbers d for which `r d` is to be 1/d."
            self.scope.definition(name, self.name, doc, "List Nat", numbers)
            found.append(Binder("hr", app("Reciprocals", name, "r")))
        layers = {layer.name: layer for s in self.context.sequences() for layer in s.layers}
        for parameter in self.context.parameters:
            layer = layers[parameter.layer]
            for name in (parameter.name, *(binder.names for binder in layer.premises)):
                self.scope.define(name, layer.name)
            found += layer.premises
        self.scope.hypotheses = tuple(found)

    def sequence(self, group: SequenceGroup) -> None:
        first = group.views[0]
        for index, views in enumerate(group.layers()):
            self.function(views[0])
            for view in views:
                self.layer(view)
            if views[0].reach is not None:
                self.reach(first, index)
        kind = "Network" if first.name == self.name else "Branch"
        doc = f"{kind} `{first.name}`: its layers in sequence."
        self.scope.definition(first.name, first.name, doc, MAP, prefix(first, len(first.layers)))
        for view in group.views:
            self.constants(view)

    def constants(self, view: BranchContext, method: str = "", said: str = "") -> None:
        """Declare P/Q, and N/D above its root.

        Args:
            view: the sequence.
            method: how its layers are bounded, where not one by one.
            said: what the theorems say of it.
        """
        end = f"; {said}" if said else ""
        self.numbers(view.stem, view, view.square_terms)
        points, held = self.set(view), [layer.layer for layer in view.layers]
        where = f"{self.inside(view)}{clause(held)}{end}"
        self.squared(view, f"`{view.name}`{where}: {self.notion.product}.", points)
        self.root(view.stem, view, view.constant, view.points, points, end=end, method=method)

    def function(self, layer: LayerContext) -> None:
        doc = f"Layer `{layer.name}` ({layer.kind}, {layer.input} → {layer.output}): "
        doc += layer.meaning + "."
        for tensor in layer.tensors.values():
            doc += f" `{tensor.name}`: {tensor.scale}, from {tensor.source}."
        self.scope.definition(layer.name, layer.name, doc, MAP, layer.value)

    def layer(self, layer: LayerContext) -> None:
        if layer.branches:
            for name, term in layer.partial_sums():
                doc = f"A sum over the first branches of `{layer.name}`."
                self.scope.definition(name, layer.name, doc, "Nat", term)
            self.numbers(layer.stem, layer, layer.square_terms)
        bound = decimal_up(root_up(layer.constant_square))
        ratio = "√(P/Q)" if self.notion.power else "P/Q"
        doc = (
            f"Lip({layer.name}) ≤ {ratio} ≤ {bound}{self.inside(layer)}{clause([layer.layer])}, P "
        )
        doc += f"and Q the numbers below: {self.notion.product}."
        self.squared(layer, doc, self.set(layer), f"layer {layer.stem}: {layer.meaning}")

    def numbers(self, stem: str, view: View, square: tuple[Term, Term]) -> None:
        shown = stem.removesuffix(view.tag)
        doc = f"Lip({shown}){self.notion.power} ≤ P/Q."
        self.scope.numbers(stem, view.name, dict(zip("PQ", square, strict=True)), doc)

    def squared(
        self,
        view: LayerContext | BranchContext,
        doc: str,
        points: Term | None,
        summary: str = "",
    ) -> None:
        sizes = view.input, view.output
        self.scope.theorem(
            f"{view.stem}_{self.notion.suffix}",
            view.name,
            doc,
            constant_statement(self.notion.layer, sizes, view.numbers, view.function, points),
            view.proof,
            view.points.binders,
            summary,
        )

    def root(
        self,
        stem: str,
        branch: BranchContext,
        constant: Fraction,
        points: Points,
        set: Term | None,
        where: str = "",
        end: str = "",
        method: str = "",
    ) -> None:
        """N/D above the root of P/Q."""
        held = [layer.layer for layer in branch.layers]
        where = (where or self.inside(branch)) + clause(held)
        n, d = constant.as_integer_ratio()
        doc = f"Lip({stem.removesuffix(branch.tag)}) ≤ N/D."
        numbers = self.scope.numbers(stem, branch.name, {"N": n, "D": d}, doc)
        sizes = branch.input, branch.output
        square = points.of(self.scope[f"{stem}_{self.notion.suffix}"])
        domain = f", where {self.domain.meaning}" if set is not None and self.domain.meaning else ""
        among = self.among(points)
        self.scope.theorem(
            f"{stem}_lipschitz",
            branch.name,
            constant_doc(branch.name, constant, where, among, end, branch.norm),
            constant_statement(self.notion.final, sizes, numbers, branch.function, set),
            app(self.notion.last, square, CHECKED, CHECKED),
            points.binders,
            f"Lip({branch.name}) ≤ {decimal_up(constant)}, rounded up from "
            f"{fraction_comment(constant)}"
            f"{where}{domain}{', in the maximum norm' if branch.norm is Norm.MAXIMUM else ''}"
            f"{', ' if method else ''}{method}",
        )

    def reach(self, branch: BranchContext, index: int) -> None:
        layer = branch.layers[index]
        a, b = f"{layer.name}_A", f"{layer.name}_B"
        each = ", each token" if layer.reach_block > 1 else ""
        doc = f"values of `{layer.name}` are at most A/B long{each}."
        numbers = dict(zip("AB", layer.reach_terms, strict=True))
        self.scope.numbers(layer.name, layer.name, numbers, doc)
        sizes = str(layer.reach_block), str(layer.reach_width)
        there = typed(self.domain.name, "Vec R → Prop")
        function = prefix(branch, index + 1)
        self.scope.theorem(
            f"{layer.name}_boundedOn",
            layer.name,
            f"On the domain the values of `{layer.name}`, after the layers before it, have "
            "B²·‖f x‖² ≤ A².",
            app("BoundedOn", *sizes, app("ofNat", a), app("ofNat", b), there, function),
            layer.reach_proof(prefix(branch, index), self.before(branch, index)),
        )

    def before(self, branch: BranchContext, index: int) -> Term | str:
        """Proof that the values before a layer are bounded; empty where nothing is known."""
        layer = branch.layers[index]
        if index:
            last = branch.layers[index - 1]
            if last.reach is None:
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

    def joint(self) -> None:
        """The constant in all inputs together: one input is exchanged after the other."""
        body, trees = self.context.body, self.context.trees
        p, q = add_fractions((f"{tree.stem}_P", f"{tree.stem}_Q") for tree in trees)
        proof = self.scope[f"{trees[0].stem}_sqLipschitz"]
        for tree, part in zip(trees[1:], self.context.network.parts[1:], strict=True):
            alone = self.scope[f"{tree.stem}_sqLipschitz"]
            proof = app(
                "SqLipschitzOn.join_ofNat", self.domain.exchanged(part.offset), proof, alone
            )
        self.numbers(self.name, body, (p, q))
        there = lean_term(self.domain.name)
        numbers = f"{self.name}_P", f"{self.name}_Q"
        sizes = body.input, body.output
        self.scope.theorem(
            f"{self.name}_sqLipschitz",
            self.name,
            f"`{self.name}` in all inputs together: {self.notion.product}.",
            constant_statement("SqLipschitz", sizes, numbers, body.function, there),
            app("SqLipschitzOn.ofSlices", proof),
        )
        everywhere = Points(self.context.network.parts[0])
        where, end = " in all inputs together", "; the squares of the constants add"
        self.root(self.name, body, self.context.constant, everywhere, there, where, end)

    def set(self, view: LayerContext | BranchContext) -> Term | None:
        return view.points.set(self.domain.name) if view.local else None

    def inside(self, view: LayerContext | BranchContext) -> str:
        part = view.points.part
        return f" in `{part.name}`" if part is not None and part.name else ""

    def among(self, points: Points) -> str:
        """The points in words."""
        if points.part is None:
            return ""
        where = f" with {self.domain.meaning}" if self.domain.meaning else ""
        return where if points.alone else f"{where} that agree with z but for `{points.part.name}`"
