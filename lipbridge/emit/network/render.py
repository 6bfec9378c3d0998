"""Rendering: contexts → Lean source, through the templates. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

from lipbridge.emit.data.packing import packed_matrix
from lipbridge.emit.export.records import Theorem
from lipbridge.emit.lean.literals import shape_term
from lipbridge.emit.lean.printer import decimal_up, fraction_comment, nat_literal, nested_calls
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.layer_context import BranchContext, LayerContext
from lipbridge.emit.network.points import LayerValue, Point
from lipbridge.emit.network.rules import environment, rules, template_kinds

__all__ = [
    "claimed_theorems",
    "decimal",
    "render",
    "render_network",
    "render_points",
    "template_kinds",
    "unfolded",
]

# The reciprocals of the integer version of a network.
_INTEGER = " (fun _ => one)"


def render(template: str, **values: Any) -> str:
    """Render a template; an undefined name raises."""
    return environment().get_template(template).render(**values)


def render_network(context: NetworkContext, *, version: str, weights: str, stubs: bool) -> str:
    """The module with the network as a Lean function and its theorems.

    Args:
        context: names and numbers.
        version: lipbridge's version, for the header.
        weights: SHA-256 of the weights file, or empty.
        stubs: write ``sorry`` for every proof.
    """

    def general(branch: BranchContext) -> str:
        # The functions are named: unification would otherwise have to guess how to cut the whole.
        functions = (
            f"(f{i} := {layer.name}{context.apply})" for i, layer in enumerate(branch.layers, 1)
        )
        proofs = (
            f"({layer.stem}_sqLipschitz{context.apply}{context.premise_names}{layer.along.argument})"
            for layer in branch.layers
        )
        return f"{branch.name}_general " + " ".join((*functions, *proofs))

    def before(branch: BranchContext, index: int) -> str:
        layer = branch.layers[index]
        if index:
            last = branch.layers[index - 1]
            return last.reach_proof if layer.follows_whole else last.token_reach_proof
        part = getattr(layer.layer, "part", context.network.parts[0])
        if part.norm is None:
            return ""
        member = f"(fun _ h => h{context.domain.member(part)})"
        if layer.kind == "from":
            return member
        radius = (
            f"(A := {nat_literal(part.norm.numerator)}) (B := {nat_literal(part.norm.denominator)})"
        )
        return f"(BoundedOn.input {radius} (Eq.refl true) {member})"

    return render(
        "network.lean.jinja",
        n=context,
        rules=rules(),
        version=version,
        weights=weights,
        stubs=stubs,
        nat=nat_literal,
        chain=_chain,
        compose=_compose,
        general=general,
        before=before,
        joint=partial(_joint, context),
        joint_proof=partial(_joint_proof, context),
        decimal=decimal,
    )


def render_points(context: NetworkContext, points: Sequence[Point], *, stubs: bool) -> str:
    """The module with the network's values at integer points.

    Args:
        context: names and numbers.
        points: the points with their values.
        stubs: write ``sorry`` for every evaluation.
    """
    one = _INTEGER if context.hypotheses else ""

    def evaluate(value: LayerValue, first: bool) -> str:
        # Pooling and linear layers have checks of their own, far faster than entry by entry.
        layer, before, after = value.layer, value.before, value.value
        kind, checks = ("packed", 2) if first else ("list", 3)
        proofs = " (Eq.refl true)" * checks
        if layer.kind == "mean_pool":
            sums = max(
                (layer.block << before.width) + after.bias,
                (1 << after.width) + layer.block * before.bias,
            )
            depth = (layer.output - 1).bit_length()
            return f"meanPool_eval_{kind} {sums.bit_length()} {depth}{proofs}"
        tensor = layer.tensors.get("weight") or layer.tensors.get("keys")
        if tensor is None or layer.block > 1:
            return "agree_of_check (Eq.refl true)"
        matrix = packed_matrix(tensor.matrix, transposed=tensor.matrix.cols > tensor.matrix.rows)
        shape = shape_term(matrix.data.size)
        bits = before.width + matrix.data.width + len(matrix.data.numbers).bit_length() + 1
        return f"PackedMatrix.product_eval_{kind} {tensor.name} {shape} {bits}{proofs}"

    def chain(point: Point) -> str:
        text = f"{point.name}_{point.values[0].layer.name}"
        for value in point.values[1:]:
            name = value.layer.name
            text = f"(Agree.trans ({name}_congr{one} {text}) {point.name}_{name})"
        return text

    def nest(branch: BranchContext) -> str:
        text = "h"
        for layer in branch.layers:
            text = f"({layer.name}_congr{context.apply} {text})"
        return text

    return render(
        "points.lean.jinja",
        n=context,
        rules=rules(),
        points=points,
        stubs=stubs,
        one=one,
        evaluate=evaluate,
        chain=chain,
        nest=nest,
    )


def claimed_theorems(context: NetworkContext, points: Sequence[Point] = ()) -> tuple[Theorem, ...]:
    """What an export must prove, written from the certificates and not from the exported modules.

    Every definition of the network module is unfolded: layers are the library's functions of the
    data modules' entries, constants are literals. Names are relative to ``LipBridge`` and to the
    export's namespace.
    """
    macros = rules()
    forall = f"∀ {{R : Type u}} [OrderedRing R]{context.binders}{context.premises}, "
    theorems: list[Theorem] = []

    def about(view: BranchContext | LayerContext) -> str:
        if not view.local:
            return ""
        return f" ({view.along.points(context.domain.definition)} : Vec R → Prop)"

    def point(view: BranchContext | LayerContext) -> str:
        return view.along.binder and f"∀{view.along.binder}, "

    for group in context.groups():
        for layer in (layer for views in group.layers() for layer in views):
            rule = macros[layer.kind]
            theorems.append(
                Theorem(
                    f"{context.namespace}.{layer.stem}_sqLipschitz",
                    f"{forall}{point(layer)}SqLipschitz{layer.on} {layer.input} {layer.output} "
                    f"(ofNat ({rule.numerator(layer)})) (ofNat ({rule.denominator(layer)}))"
                    f"{about(layer)} ({rule.value(_written(layer))} : Vec R → Vec R)",
                    f"layer {layer.stem}: {rule.meaning(layer)}",
                )
            )
        for branch in group.views:
            n, d = branch.constant
            theorems.append(
                Theorem(
                    f"{context.namespace}.{branch.stem}_lipschitz",
                    f"{forall}{point(branch)}Lipschitz{branch.on} {branch.input} {branch.output} "
                    f"(ofNat {nat_literal(n)}) (ofNat {nat_literal(d)}){about(branch)} "
                    f"({unfolded(branch)} : Vec R → Vec R)",
                    _summary(branch, context),
                )
            )
    if context.joint:
        n, d = context.constant
        theorems.append(
            Theorem(
                f"{context.namespace}.{context.body.name}_lipschitz",
                f"{forall}LipschitzOn {context.body.input} {context.body.output} "
                f"(ofNat {nat_literal(n)}) (ofNat {nat_literal(d)}) "
                f"({context.domain.definition} : Vec R → Prop) "
                f"({unfolded(context.body)} : Vec R → Vec R)",
                f"Lip({context.body.name}) ≤ {decimal_up(Fraction(n, d))} = {context.bound} in all "
                f"inputs together{_where(context)}",
            )
        )
    theorems += [_claimed_point(context, point, unfolded(context.body)) for point in points]
    return tuple(theorems)


def unfolded(branch: BranchContext) -> str:
    """The function of layers in sequence, every definition of the network module unfolded."""
    text = "x"
    for layer in branch.layers:
        text = f"{rules()[layer.kind].value(_written(layer))} ({text})"
    return f"(fun x => {text})"


def _written(layer: LayerContext) -> LayerContext:
    """A layer whose branches are written out where it names them."""
    branches = tuple(replace(branch, written=unfolded(branch)) for branch in layer.branches)
    return replace(layer, branches=branches)


def _claimed_point(context: NetworkContext, point: Point, network: str) -> Theorem:
    body = (
        f"Agree {context.body.output} (({network} : Vec Int → Vec Int) {point.input.packed}) "
        f"(ofList {point.result.listed})"
    )
    if context.hypotheses:
        body = f"(fun (r : Nat → Int) => {body}){_INTEGER}"
    return Theorem(
        f"{context.namespace}.{point.name}",
        body,
        f"the value of {context.body.name} over the integers at an integer point",
    )


def _chain(letter: str, count: int) -> str:
    return nested_calls("Nat.mul", (f"{letter}{i}" for i in range(1, count + 1)))


def _compose(branch: BranchContext) -> str:
    text = "k1"
    for i in range(2, len(branch.layers) + 1):
        text = f"(SqLipschitzOn.comp_ofNat {text} k{i} (fun _ _ => ⟨⟩))"
    return text


def _joint(context: NetworkContext, letter: str) -> str:
    """The sum of the squared constants in the single inputs, as ``join_ofNat`` makes it."""
    first, *others = (tree.stem for tree in context.trees)
    p, q = f"{first}_P", f"{first}_Q"
    for stem in others:
        p = f"(Nat.add (Nat.mul {p} {stem}_Q) (Nat.mul {stem}_P {q}))"
        q = f"(Nat.mul {q} {stem}_Q)"
    return p if letter == "P" else q


def _joint_proof(context: NetworkContext) -> str:
    """One input is exchanged after the other."""
    first, *others = (
        f"({tree.stem}_sqLipschitz{context.apply}{context.premise_names})" for tree in context.trees
    )
    text = first
    for proof, part in zip(others, context.network.parts[1:], strict=True):
        text = f"(SqLipschitzOn.join_ofNat {context.domain.exchanged(part.offset)} {text} {proof})"
    return f"SqLipschitzOn.ofSlices {text}"


def _summary(branch: BranchContext, context: NetworkContext) -> str:
    bound = Fraction(*branch.constant)
    where = ""
    if branch.local:
        name = branch.along.part and branch.along.part.name
        where = (f" in {name}" if name else "") + _where(context)
    return f"Lip({branch.name}) ≤ {decimal_up(bound)} = {fraction_comment(bound)}{where}"


def _where(context: NetworkContext) -> str:
    return f", where {context.domain.meaning}" if context.domain.meaning else ""


def decimal(constant: tuple[int, int]) -> str:
    """N/D in decimal digits, rounded up."""
    return decimal_up(Fraction(*constant))
