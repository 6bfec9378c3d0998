"""A product of branches with a projection and the gain behind it under one certificate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lipbridge.certify import SpectralCertificate, root_up
from lipbridge.emit.data.packing import packed_gained
from lipbridge.emit.lean.declaration import CHECKED
from lipbridge.emit.lean.literals import literal
from lipbridge.emit.lean.printer import int_literal
from lipbridge.emit.lean.render import render
from lipbridge.emit.lean.term import app, lean_term, times
from lipbridge.emit.network.branch_context import inside
from lipbridge.emit.network.declarations import declare_better
from lipbridge.emit.network.link import Link, compose
from lipbridge.emit.network.segments.affine import layer_map
from lipbridge.emit.network.tighter.stated import Better, Stated, states
from lipbridge.tighten.claims.gained import (
    GainedBound,
    GainedBranch,
    GainedMap,
    GainedProjections,
    gained_branches,
)

if TYPE_CHECKING:
    from lipbridge.emit.network.tighter.build import Builder


@states(GainedProjections)
def state_gained(build: Builder, claim: GainedProjections) -> Stated:
    """Better constants of products of branches."""
    branches = gained_branches(build.facts)
    found = [_branch(build, branches[name], bound) for name, bound in claim.bounds.items()]
    namespace = build.context.namespace
    modules = {f"{namespace}.Data.{name}": text for name, text, _ in found}
    return Stated(modules, tuple(modules), better=tuple(better for *_, better in found))


def _branch(build: Builder, branch: GainedBranch, bound: GainedBound) -> tuple[str, str, Better]:
    """A product of branches with a gained projection in one."""
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
            gain.inverse(branch.map.denominator),
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
    declare_better(replace(build.context, scope=build.scope), moving, holder)
    module = _module(
        build.context.namespace,
        branch.name,
        branch.map,
        bound,
        weight.certificate,
        weight=weight.name,
        gain=stored.name,
    )
    better = Better(branch.part, holder.name, branch.moving, place, root_up(square))
    return branch.name, module, better


def _module(
    namespace: str,
    name: str,
    found: GainedMap,
    bound: GainedBound,
    own: SpectralCertificate,
    *,
    weight: str,
    gain: str,
) -> str:
    """The module ``<namespace>.Data.<name>``.

    It defines ``<name>_T``, ``<name>_C`` and ``<name>_certificate``, and proves ``<name>_checked``
    and ``<name>_check``, with the sums of W's own module where that has some.

    Args:
        namespace: namespace and module prefix of the export.
        name: what its Lean names begin with.
        found: the projection W and the gain.
        bound: their certificate.
        own: that of W.
        weight: Lean name of W.
        gain: Lean name of the stored gain.

    Source: Lean ``LipBridge.GainedCertificate``.
    """
    packed = packed_gained(found, bound, own)
    entry, offset = f"{gain}.entry 0 i", int(found.gain.offset)
    if offset:
        whole = int_literal(offset)
        entry = f"Int.add ({entry}) (Int.mul {whole} (Int.ofNat {found.denominator}))"
    return render(
        "gained.lean.jinja",
        namespace=namespace,
        name=name,
        weight=weight,
        gain=gain,
        entry=entry,
        packed=packed,
        nat=literal,
    )
