"""Bounds beside the composition rule's: every method's plan, and the constants of scores."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence

import sympy

from lipbridge.certify import root_up
from lipbridge.decimals import decimal_down
from lipbridge.emit.network.tighter.context import Better, TighterContext
from lipbridge.errors import NotProvedError
from lipbridge.language import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSource
from lipbridge.numeric.records import Assurance
from lipbridge.numeric.rounding import float_down
from lipbridge.report.records import Alternative, Report
from lipbridge.report.scores import Scores
from lipbridge.symbolic import LayerConstant, SymbolicBound
from lipbridge.tighten.claims.scores import Scores as ScoreClaim
from lipbridge.tighten.claims.steep import SteepPoints, steep
from lipbridge.tighten.plan import meaning, plan_square, plan_symbol, scored
from lipbridge.tighten.segments.segment import Squares
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
    tighter: TighterContext | None = None,
    checked: Assurance = Assurance.EXACT,
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
        tighter: what an export states; it takes the place of figures made here.
        checked: what its theorems are worth.

    Raises:
        NotProvedError: a constant is below the root of the square that follows from certificates.
    """
    total, stated = report.total, () if tighter is None else tighter.stated
    bounds = {} if tighter is None else {bound.method: bound.constant for bound in tighter.bounds}
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
        square = plan_square(plan, squares)
        worth, exact = (
            (checked, bounds[method]) if method in bounds else (assurance, root_up(square))
        )
        if exact**2 < square:
            raise NotProvedError(f"{network.name}, {method}: {exact} is below √{square}")
        found.append(
            Alternative(
                name=method,
                symbolic=plan_symbol(plan, constants),
                meaning=meaning(method, plan),
                constant=exact,
                assurance=worth,
            )
        )
    scores = None
    for found_scores in stated:
        if (tables := found_scores.tables) is not None:
            scores = Scores(tables.constants, tables.differences, tables.pair, checked)
            if found_scores.within is not None:
                scores = scores.within(found_scores.within, checked)
    if scored(start) != start:
        # The network's own scores are maxima of blocks of these.
        scores = None
    elif scores is None:
        claim = tightening.get(ScoreClaim)
        rows = {} if claim is None else claim.rows
        best = best_tables(network.name, start, plans.get("rescaled"), squares, rows)
        if best is not None:
            tables = best[0]
            scores = Scores(tables.constants, tables.differences, tables.pair, assurance)
    if scores is not None:
        rank = min(scores.assurance.rank, Assurance.EXACT.rank)
        worthy = [bound for bound in found if bound.assurance.rank >= rank]
        if worthy:
            least = min(worthy, key=lambda a: a.constant)
            # Where an export does not state it, this step is a line of mathematics.
            worth = min(least.assurance, Assurance.EXACT, key=lambda a: a.rank)
            scores = scores.within(least.constant, worth)
    report = dataclasses.replace(report, alternatives=tuple(found), scores=scores)
    points = tightening.get(SteepPoints)
    if points is None:
        return report
    worth, below = Assurance.EXACT, steep(network, tensors, points.points).constant
    if tighter is not None and tighter.below is not None:
        worth, below = checked, tighter.below
    lower, source = float_down(below), f"the slope between two exact points ({worth.value})"
    if total.lower <= lower * (1 + _SLOPE_ERROR):
        total = dataclasses.replace(total, lower=lower, lower_assurance=worth, source=source)
    else:
        source = f"{total.source}; {decimal_down(below)} is {source}"
        total = dataclasses.replace(total, source=source)
    return dataclasses.replace(report, total=total, below=below)
