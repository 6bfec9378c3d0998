"""The constants that an export states, as a report: of theorems alone, no slope is searched."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lipbridge.certify import root_up
from lipbridge.emit import NetworkClaim
from lipbridge.emit.network.context import BranchContext, inside
from lipbridge.numeric.records import Assurance
from lipbridge.report.records import Alternative, Report, Row


def stated_report(claim: NetworkClaim) -> Report:
    """What the theorems of a network say of its constants, once Lean has checked them.

    Args:
        claim: what is stated of the network.
    """
    network, context, tighter = claim.part.network, claim.context, claim.tighter
    several = len(network.parts) > 1
    rows: list[Row] = []
    for tree in context.trees:
        if several:
            rows.append(_row(f"in {tree.points.suffix[1:]}", "input", tree.constant))
        rows += _layers(claim, tree)
    constant = context.constant
    if several and not context.joint:
        constant = max(tree.constant for tree in context.trees)
    bounds = () if tighter is None else tighter.bounds
    given = {tree.points.part.name for tree in context.trees if tree.points.part is not None}
    return Report(
        network.name,
        tuple(rows),
        _row(network.name, "network", constant),
        alternatives=tuple(
            Alternative(
                name=bound.method,
                symbolic="",
                meaning="",
                constant=bound.constant,
                assurance=Assurance.KERNEL_CHECKED,
            )
            for bound in bounds
            if bound.constant < constant
        ),
        domain=context.domain.meaning if network.restricted else "",
        altered=network.altered,
        blocks=network.blocks,
        missing={part.name: "" for part in network.parts if several and part.name not in given},
        below=None if tighter is None else tighter.below,
        norm=network.norm,
        searched=False,
    )


def _layers(claim: NetworkClaim, tree: BranchContext) -> Iterator[Row]:
    """A row for each layer whose constant in an input is one, as small as it is stated."""
    stated = () if claim.tighter is None else claim.tighter.stated
    better = {
        found.layer: found.constant
        for found in (each for one in stated for each in one.better)
        if tree.points.part is not None and found.part.name == tree.points.part.name
    }
    for layer in inside(tree.layers):
        if layer.constant_square:
            known = better.get(layer.name)
            yield _row(layer.name, layer.kind, known or root_up(layer.constant_square))


def _row(name: str, kind: str, constant: Fraction) -> Row:
    return Row(
        name=name,
        kind=kind,
        symbolic="",
        lower=0.0,
        constant=constant,
        assurance=Assurance.KERNEL_CHECKED,
        source="not searched",
    )
