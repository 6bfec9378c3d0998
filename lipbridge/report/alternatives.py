"""Bounds beside the composition rule's: every method's plan, and the constants of scores."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence

import sympy

from lipbridge.certify import root_up
from lipbridge.emit.lean.printer import decimal_down
from lipbridge.emit.network.stated import Better
from lipbridge.language import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSource
from lipbridge.numeric.records import Assurance
from lipbridge.numeric.rounding import float_down
from lipbridge.report.records import Alternative, Report, Scores
from lipbridge.report.tighter import Proved
from lipbridge.symbolic import LayerConstant, SymbolicBound
from lipbridge.tighten.claims.scores import Scores as ScoreClaim
from lipbridge.tighten.claims.steep import SteepPoints, steep
from lipbridge.tighten.plan import Squares, meaning, plan_square, plan_symbol, scored
from lipbridge.tighten.tables import best_tables
from lipbridge.tighten.tighten import Tightening, network_plans

# Slopes are measured in float64; one that is steeper by less says nothing more.
_SLOPE_ERROR = 1e-6


def with_better(report: Report, symbolic: SymbolicBound, better: Iterable[Better]) -> Report:
    """Give layers the smaller constants that an export proves of them.

    Args:
        report: by the composition rule.
        symbolic: the network's symbolic bound.
        better: these constants.
    """
    rows = list(report.rows)
    for found in better:
        along = next(bound for bound in symbolic.inputs if bound.input == found.part.name)
        head = f"in {found.part.name}"
        start = next((i for i, row in enumerate(rows) if row.name == head), 0)
        index = next(i for i, row in enumerate(rows) if i >= start and row.name == found.layer)
        constant = next(c for c in _constants(along.layers) if c.name == found.layer)
        linear, gain = constant.branches[found.branch][found.place :][:2]
        both = sympy.Symbol(f"σ({gain.name}·{linear.name})")
        text = constant.expression / linear.expression / gain.expression * both
        rows[index] = dataclasses.replace(
            rows[index], constant=found.constant, symbolic=sympy.sstr(text, order="none")
        )
    return dataclasses.replace(report, rows=tuple(rows))


def _constants(layers: Sequence[LayerConstant]) -> Iterator[LayerConstant]:
    for layer in layers:
        yield layer
        for branch in layer.branches:
            yield from _constants(branch)


def with_alternatives(
    report: Report,
    symbolic: SymbolicBound,
    network: Network,
    tensors: Mapping[TensorSource, ExactMatrix],
    tightening: Tightening,
    squares: Squares,
    assurance: Assurance,
    proved: Proved | None = None,
) -> Report:
    """Add bounds that may be tighter than the product.

    Args:
        report: by the composition rule.
        symbolic: the network's symbolic bound.
        network: the network.
        tensors: the exact matrix of every source.
        tightening: which methods there are, with their scalings and weights.
        squares: squared constants of the layers and of the matrices that the methods need.
        assurance: what these are worth.
        proved: what the Lean source of an export states; it takes the place of figures made here.
    """
    total, stated = report.total, {} if proved is None else proved.constants
    norms = "; ".join(f"{norm.symbol}: {norm.meaning}" for norm in symbolic.norms)
    found = [
        Alternative(
            name="product",
            symbolic=symbolic.text,
            meaning=norms,
            constant=total.constant,
            assurance=total.assurance,
        )
    ]
    constants = {c.name: str(c.expression) for c in symbolic.inputs[0].layers}
    start, plans = network_plans(network, tensors, tightening)
    for method, plan in plans.items():
        worth, exact = assurance, root_up(plan_square(plan, squares))
        if proved is not None and method in stated:
            worth, exact = proved.assurance, stated[method]
        found.append(
            Alternative(
                name=method,
                symbolic=plan_symbol(plan, constants),
                meaning=meaning(method, plan),
                constant=exact,
                assurance=worth,
            )
        )
    scores = None if proved is None else proved.scores
    if scored(start) != start:
        # The network's own scores are maxima of blocks of these.
        scores = None
    elif scores is None:
        claim = tightening.get(ScoreClaim)
        rows = {} if claim is None else claim.rows
        tables = best_tables(network.name, start, plans.get("rescaled"), squares, rows)
        if tables is not None:
            scores = Scores(tables[0].constants, tables[0].differences, tables[0].pair, assurance)
    if scores is not None:
        rank = min(scores.assurance.rank, Assurance.EXACT.rank)
        worthy = [bound for bound in found if bound.assurance.rank >= rank]
        if worthy:
            best = min(worthy, key=lambda a: a.constant)
            # Where an export does not state it, this step is a line of mathematics.
            worth = min(best.assurance, Assurance.EXACT, key=lambda a: a.rank)
            scores = scores.within(best.constant, worth)
    report = dataclasses.replace(report, alternatives=tuple(found), scores=scores)
    points = tightening.get(SteepPoints)
    if points is None:
        return report
    worth, below = Assurance.EXACT, steep(network, tensors, points.points).constant
    if proved is not None and proved.below is not None:
        worth, below = proved.assurance, proved.below
    lower, source = float_down(below), f"the slope between two exact points ({worth.value})"
    if total.lower <= lower * (1 + _SLOPE_ERROR):
        total = dataclasses.replace(total, lower=lower, source=source)
    else:
        source = f"{total.source}; {decimal_down(below)} is {source}"
        total = dataclasses.replace(total, source=source)
    return dataclasses.replace(report, total=total, below=below)
