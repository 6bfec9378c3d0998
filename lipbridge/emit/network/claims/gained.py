"""A product of branches with a projection and the gain behind it under one certificate."""

from __future__ import annotations

from dataclasses import replace

from lipbridge.certify import root_up
from lipbridge.emit.data.packing import packed_gained
from lipbridge.emit.lean.declaration import CHECKED
from lipbridge.emit.lean.literals import literal
from lipbridge.emit.lean.printer import int_literal
from lipbridge.emit.lean.ratios import inverse
from lipbridge.emit.lean.render import render
from lipbridge.emit.lean.term import app, lean_term, times
from lipbridge.emit.network.context import inside
from lipbridge.emit.network.segments.affine import layer_map
from lipbridge.emit.network.tighter.build import Builder, state
from lipbridge.emit.network.tighter.context import Better, Stated
from lipbridge.emit.network.view import Link, compose
from lipbridge.tighten.claims.gained import (
    GainedBound,
    GainedBranch,
    GainedProjections,
    gained_branches,
)


@state.register(GainedProjections)
def state_gained(claim: GainedProjections, build: Builder) -> Stated:
    """Better constants of products of branches."""
    branches = gained_branches(build.facts)
    found = [_branch(build, branches[name], bound) for name, bound in claim.bounds.items()]
    namespace = build.context.namespace
    modules = {f"{namespace}.Data.{name}": text for name, text, _ in found}
    return Stated(modules, tuple(modules), better=tuple(better for *_, better in found))


def _branch(build: Builder, branch: GainedBranch, bound: GainedBound) -> tuple[str, str, Better]:
    """A product of branches with a gained projection in one: its name, data module and constant.

    Source: Lean ``LipBridge.GainedCertificate``.
    """
    tree = next(tree for tree in build.context.trees if tree.points.part == branch.part)
    holder = next(x for x in inside(tree.layers) if x.name == branch.product.layer.name)
    before, place = holder.branches[branch.moving], branch.place
    linear, gain = before.layers[place : place + 2]
    weight, stored = linear.weight, gain.tensors["gain"]
    assert weight is not None and weight.certificate is not None, "it is a projection"
    build.scope.reserve(branch.name, build.name)
    terms = layer_map(linear)
    whole = times(stored.denominator, terms.denominator)
    offset = int(branch.map.gain.offset)
    both = Link(
        (linear, gain),
        lean_term(f"{branch.name}_T"),
        times(f"{branch.name}_C", times(whole, whole)),
        app(
            "GainedCertificate.sqLipschitz" + ("_offset" if offset else ""),
            *((int_literal(offset),) if offset else ()),
            f"{branch.name}_check",
            f"{branch.name}_checked",
            CHECKED,
            terms.proof,
            inverse(branch.map.denominator),
            terms.inverse,
        ),
    )
    links = [layer.link for layer in before.layers]
    links[place : place + 2] = [both]
    constant, square = branch.constants(bound)
    moving = replace(
        before, constant=constant, better=compose(links), scope=build.scope, tag="_gained"
    )
    branches = list(holder.branches)
    branches[branch.moving] = moving
    holder = replace(
        holder,
        branches=tuple(branches),
        constant_square=square,
        scope=build.scope,
        tag=moving.tag,
    )
    build.declarations.constants(moving)
    build.declarations.layer(holder)
    packed = packed_gained(branch.map, bound, weight.certificate)
    entry = f"{stored.name}.entry 0 i"
    if offset:
        added = f"Int.mul {int_literal(offset)} (Int.ofNat {branch.map.denominator})"
        entry = f"Int.add ({entry}) ({added})"
    module = render(
        "gained.lean.jinja",
        namespace=build.context.namespace,
        name=branch.name,
        weight=weight.name,
        gain=stored.name,
        entry=entry,
        packed=packed,
        bound=bound,
        nat=literal,
    )
    better = Better(branch.part, holder.name, branch.moving, place, root_up(square))
    return branch.name, module, better
