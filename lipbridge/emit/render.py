"""Rendering: contexts → Lean source, through the templates. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from lipbridge.emit.context import BranchContext, NetworkContext
from lipbridge.emit.literals import shape_term
from lipbridge.emit.packing import packed_matrix
from lipbridge.emit.points import LayerValue, Point
from lipbridge.emit.printer import decimal_up, fraction_comment, nat_literal
from lipbridge.emit.records import Theorem
from lipbridge.emit.rules import environment, rules, template_kinds

__all__ = ["claimed_theorems", "render", "render_network", "render_points", "template_kinds"]

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
            f"({layer.name}_sqLipschitz{context.apply}{context.premise_names})"
            for layer in branch.layers
        )
        return f"{branch.name}_general " + " ".join((*functions, *proofs))

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
        decimal=_decimal,
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
        # A packed linear layer has a check of its own, far faster than reading entry by entry.
        layer, before = value.layer, value.before
        tensor = layer.tensors.get("weight") or layer.tensors.get("keys")
        if tensor is None or layer.block > 1:
            return "agree_of_check (Eq.refl true)"
        matrix = packed_matrix(tensor.matrix, transposed=tensor.matrix.cols > tensor.matrix.rows)
        shape = shape_term(matrix.data.size)
        bits = before.width + matrix.data.width + len(matrix.data.numbers).bit_length() + 1
        rule, checks = ("product_eval_packed", 2) if first else ("product_eval_list", 3)
        proofs = " (Eq.refl true)" * checks
        return f"PackedMatrix.{rule} {tensor.name} {shape} {bits}{proofs}"

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

    def value(branch: BranchContext) -> str:
        text = "x"
        for layer in branch.layers:
            text = f"{macros[layer.kind].value(layer)} ({text})"
        return f"(fun x => {text})"

    for branch in context.sequences():
        for layer in branch.layers:
            rule = macros[layer.kind]
            theorems.append(
                Theorem(
                    f"{context.namespace}.{layer.name}_sqLipschitz",
                    f"{forall}SqLipschitz {layer.input} {layer.output} "
                    f"(ofNat ({rule.numerator(layer)})) (ofNat ({rule.denominator(layer)})) "
                    f"({rule.value(layer)} : Vec R → Vec R)",
                    f"layer {layer.name}: {rule.meaning(layer)}",
                )
            )
        n, d = branch.constant
        theorems.append(
            Theorem(
                f"{context.namespace}.{branch.name}_lipschitz",
                f"{forall}Lipschitz {branch.input} {branch.output} (ofNat {nat_literal(n)}) "
                f"(ofNat {nat_literal(d)}) ({value(branch)} : Vec R → Vec R)",
                f"Lip({branch.name}) ≤ {_decimal(branch)} = {fraction_comment(Fraction(n, d))}",
            )
        )
    theorems += [_claimed_point(context, point, value(context.body)) for point in points]
    return tuple(theorems)


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


def _nested(names: Sequence[str], operation: str) -> str:
    text = names[0]
    for name in names[1:]:
        text = f"({operation} {text} {name})"
    return text


def _chain(letter: str, count: int) -> str:
    return _nested([f"{letter}{i}" for i in range(1, count + 1)], "Nat.mul")


def _compose(count: int) -> str:
    return _nested([f"k{i}" for i in range(1, count + 1)], "SqLipschitz.comp_ofNat")


def _decimal(branch: BranchContext) -> str:
    return decimal_up(Fraction(*branch.constant))
