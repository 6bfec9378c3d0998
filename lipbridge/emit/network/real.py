"""A network over the real numbers in Mathlib's words: one module beside the export's own.

The theorems of the export are applied to `1/d`, real roots and rotations by any angles, and stated
as ``LipschitzWith`` and ``LipschitzOnWith`` between Euclidean spaces. Activations stay given.
"""

from __future__ import annotations

from collections.abc import Mapping

from lipbridge.emit.lean.declaration import CHECKED, Binder, Declaration, Scope
from lipbridge.emit.lean.render import render
from lipbridge.emit.lean.term import Term, app, bind, lean_term, typed
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.declarations import clause
from lipbridge.errors import InputError
from lipbridge.layers import Norm, tokens

# What the module names outside of its namespace.
_NAMED = (
    *("EuclideanSpace", "LipBridgeReal", "LipBridgeRealTest", "LipschitzOnWith", "LipschitzWith"),
    *("Metric", "NNReal", "Norm", "R", "Real", "Set"),
)
_SPACE = "EuclideanSpace Real (Fin {})"


def real_module_name(namespace: str) -> str:
    """Name of the module, and its namespace."""
    return f"{namespace}Real"


def real_module(context: NetworkContext, tighter: Scope | None, note: str) -> str:
    """The module of a network over ℝ, from its own and that of tighter constants; with a note.

    Raises:
        InputError: its name hides one of Mathlib's.
    """
    return _Real(context, tighter).source(note)


class _Real:
    def __init__(self, context: NetworkContext, tighter: Scope | None) -> None:
        self.context = context
        self.name, self.root = context.body.name, context.namespace
        if self.name in _NAMED or self.root in _NAMED:
            raise InputError(
                f"a network {self.name!r} hides a name that Mathlib has; rename it, or leave "
                "--mathlib out"
            )
        if context.network.norm is not Norm.EUCLIDEAN:
            raise InputError(
                f"network {self.name}: Mathlib's words are those of Euclidean space; leave `norm "
                f"{context.network.norm.value}` out of the spec, or --mathlib"
            )
        scopes = [scope for scope in (context.scope, tighter) if scope is not None]
        self.meanings = scopes[-1].meanings
        self.theorems = [d for scope in scopes for d in scope.declarations if self.of_network(d)]
        self.values: dict[str, Term] = {}
        self.scope = self.given()

    def of_network(self, found: Declaration) -> bool:
        """Whether it says that the network has a constant."""
        parts = found.type.parts
        return (
            bool(found.summary)
            and found.type.kind == "app"
            and parts[0].text in ("Lipschitz", "LipschitzOn")
            and parts[-1].parts[0] == self.context.body.function
        )

    def given(self) -> Scope:
        """What is still given over ℝ; everything else gets its value."""
        layers = self.context.layers
        if self.context.denominators:
            self.values["r"] = lean_term("LipBridgeReal.recip")
            listed = f"{self.root}.{self.name}_denominators"
            self.values["hr"] = app("LipBridgeReal.reciprocals", listed, CHECKED)
        variables: list[Binder] = []
        hypotheses: list[Binder] = []
        for parameter in self.context.parameters:
            layer = layers[parameter.layer]
            if not layer.rule.has("real"):
                variables.append(parameter.binder)
                hypotheses += layer.premises
                continue
            if layer.rule.has("real_given"):
                angles = layer.rule.term("real_given", layer)
                variables.append(Binder(parameter.name, angles))
            self.values[parameter.name] = layer.rule.term("real", layer)
            self.values[parameter.premise] = layer.rule.term("real_proof", layer)
        return Scope(self.name, variables, hypotheses)

    def source(self, note: str) -> str:
        body = self.context.body
        between = f"{_SPACE.format(body.input)} → {_SPACE.format(body.output)}"
        lifted = app("LipBridgeReal.lift", body.input, body.output, self.applied(body.function))
        doc = (
            f"The network `{self.name}` between Euclidean spaces, its weights the numbers `n / d`."
        )
        self.scope.definition(self.name, doc, between, lifted)
        for found in self.theorems:
            self.theorem(found)
        return render(
            "mathlib/network.lean.jinja",
            name=self.name,
            root=self.root,
            module=real_module_name(self.root),
            note=note,
            given=bool(self.scope.hypotheses),
            variables=" ".join(map(str, self.scope.variables)),
            declarations=self.scope.source(stubs=False),
        )

    def applied(self, term: Term) -> Term:
        """A name of the export, applied to what its variables and hypotheses are over ℝ."""
        head, *arguments = term.parts if term.kind == "app" else (term,)
        return app(f"{self.root}.{head.text}", *(a.put(self.values) for a in arguments))

    def theorem(self, found: Declaration) -> None:
        """One of the export's theorems, as Lipschitz continuity and in norms."""
        stem = found.name.removesuffix("_lipschitz")
        space = lean_term(_SPACE.format(self.context.body.input))
        binders = tuple(Binder(binder.names, space) for binder in found.binders)
        points = {binder.names: app("LipBridgeReal.toVec", binder.names) for binder in binders}
        taken = (self.values.get(b.names, b.names) for b in (*found.variables, *found.hypotheses))
        among = self.among(found, points)
        altered = clause(self.context.network.body.layers)
        self.scope.theorem(
            found.name,
            f"`{self.root}.{found.name}` over ℝ: {found.doc.split(',', maxsplit=1)[0]}{altered}.",
            self.stated(found, among),
            app(f"{self.root}.{found.name}", *taken, *points.values()),
            binders,
        )
        proved, function = app(self.scope[found.name], *points), self.scope[self.name]
        over, under = (self.meanings[f"{stem}_{letter}"][1] for letter in "ND")
        bound, constant = _ratio(over, under, "NNReal"), _shown(over, under)
        if among is None:
            notion, statement = "LipschitzWith", app("LipschitzWith", bound, function)
            whole = app("LipBridgeReal.lipschitzWith", proved, "fun _ => True.intro")
        else:
            set, whole = self.on(among, proved)
            notion, statement = "LipschitzOnWith", app("LipschitzOnWith", bound, function, set)
        self.scope.theorem(
            f"{stem}_{notion[0].lower()}{notion[1:]}",
            f"`{notion} ({constant}) {self.name}{' s' if among else ''}`{altered}.",
            statement,
            whole,
            binders,
        )
        inside: tuple[Binder, ...] = ()
        if among is not None:
            inside = tuple(Binder(f"h{v}", app(among, app("LipBridgeReal.toVec", v))) for v in "xy")
        holds = [binder.names for binder in inside] or ["True.intro", "True.intro"]
        moved = app("Norm.norm", app("HSub.hSub", app(function, "x"), app(function, "y")))
        most = app("HMul.hMul", _ratio(over, under, "Real"), "Norm.norm (HSub.hSub x y)")
        self.scope.theorem(
            f"{stem}_norm_sub_le",
            f"`‖{self.name} x - {self.name} y‖ ≤ {constant} * ‖x - y‖`{altered}.",
            app("LE.le", moved, most),
            app("LipBridgeReal.norm_sub_le_on", proved, "x", "y", *holds),
            (*binders, Binder("x y", space), *inside),
        )

    def stated(self, found: Declaration, among: Term | None) -> Term:
        """The theorem's statement over ℝ."""
        _, n, m, over, under, *_ = found.type.parts
        numbers = [app("LipBridge.ofNat", f"{self.root}.{x.parts[1]}") for x in (over, under)]
        set = [] if among is None else [among]
        notion = "LipBridge.Lipschitz" if among is None else "LipBridge.LipschitzOn"
        whole = self.applied(self.context.body.function)
        return app(notion, n, m, typed(numbers[0], "Real"), numbers[1], *set, whole)

    def among(self, found: Declaration, points: Mapping[str, Term]) -> Term | None:
        """The set on which the constant holds; None for the whole space."""
        domain = self.context.domain
        if found.type.parts[0].text == "Lipschitz" or not (points or domain.balls):
            return None
        set = found.type.parts[5]
        set = set.parts[0] if set.kind == "pair" else set
        names = {domain.name: lean_term(f"{self.root}.{domain.name}")}
        return set.put({**points, **names, "Slice": lean_term("LipBridge.Slice")})

    def on(self, among: Term, proof: Term) -> tuple[Term, Term]:
        """A set of Mathlib's, and the proof for the points in it."""
        parts = self.context.network.parts
        if len(parts) == 1 and parts[0].norm is not None and tokens(parts[0].shape)[0] == 1:
            a, b = parts[0].norm.as_integer_ratio()
            ball = app("Metric.closedBall", "0", _ratio(a, b, "Real"))
            lemma = app("LipBridgeReal.lipschitzOnWith_closedBall", A=a, B=b)
            return ball, app(lemma, CHECKED, "fun _ h => h", proof)
        space = _SPACE.format(self.context.body.input)
        inside = bind(f"fun x : {space} =>", app(among, "LipBridgeReal.toVec x"))
        return app("Set.ofPred", inside), app("LipBridgeReal.lipschitzOnWith", proof)


def _ratio(over: Term | int, under: Term | int, type: str) -> Term:
    """The quotient of two natural numbers in a field."""
    return app("HDiv.hDiv", *(typed(app("Nat.cast", number), type) for number in (over, under)))


def _shown(over: Term, under: Term) -> str:
    """The quotient as Mathlib's readers write it; no line is broken in it."""
    power = under.parts[1:] if under.kind == "app" else ()
    below = f"{power[0]} ^ {power[1]}" if power else f"{under}"
    return f"{over} / {below}".replace(" ", "\u00a0")
