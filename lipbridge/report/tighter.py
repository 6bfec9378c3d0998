"""What an export's Lean source states about tighter constants."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from lipbridge.emit.data.matrices import matrix_modules
from lipbridge.emit.network.tighter import TighterContext
from lipbridge.errors import NotProvedError
from lipbridge.numeric.records import Assurance
from lipbridge.report.readback import Constants
from lipbridge.report.records import Scores

__all__ = ["Proved", "read_proved"]


@dataclass(frozen=True)
class Proved:
    """What the module of tighter constants of an export states.

    Attributes:
        constants: method → N/D, read from the Lean source.
        scores: the constants of single scores and pairs, where it has them.
        assurance: what they are worth.
        below: N/D that no constant is below, where it is stated.
    """

    constants: Mapping[str, Fraction]
    scores: Scores | None
    assurance: Assurance
    below: Fraction | None = None


def read_proved(
    tighter: TighterContext, constants: Constants, folder: Path, assurance: Assurance
) -> Proved:
    """Read the constants of tighter theorems back out of the Lean source.

    Args:
        tighter: made anew from the export's certificates.
        constants: the natural-number definitions of the export's modules.
        folder: the export.
        assurance: what its theorems are worth.

    Raises:
        NotProvedError: a constant is not what the certificates give.
    """
    found: dict[str, Fraction] = {}
    for bound in tighter.bounds:
        n, d, p, q = (constants.value(f"{bound.name}_{letter}") for letter in "NDPQ")
        if Fraction(p, q) != bound.square:
            raise NotProvedError(
                f"the Lean source states the squared constant {p}/{q} for {bound.name}, "
                f"but {bound.square} follows from the certificates"
            )
        if p * d * d > n * n * q:
            raise NotProvedError(f"{bound.name}: {n}/{d} is below the root of {p}/{q}")
        found[bound.method] = Fraction(n, d)
    scores = _scores(tighter, constants, folder, assurance)
    return Proved(found, scores, assurance, _below(tighter, constants))


def _below(tighter: TighterContext, constants: Constants) -> Fraction | None:
    if tighter.steep is None:
        return None
    name = f"{tighter.network.body.name}_steep"
    stated = Fraction(constants.value(f"{name}_N"), constants.value(f"{name}_D"))
    derived = Fraction(*tighter.steep.constant)
    if stated != derived:
        raise NotProvedError(
            f"the Lean source states {stated} for {name}, but the points give {derived}"
        )
    return stated


def _scores(
    tighter: TighterContext, constants: Constants, folder: Path, assurance: Assurance
) -> Scores | None:
    if tighter.scores is None:
        return None
    tables = tighter.scores.tables
    for table in (tables.scores, tables.pairs):
        context = tighter.network
        source = next(m.source for m in tighter.matrices if m.name == table.name)
        for module, text in matrix_modules(context.namespace, table.name, table, source=source):
            path = folder / (module.replace(".", "/") + ".lean")
            if path.read_text("utf-8") != text:
                raise NotProvedError(f"{path} does not hold the constants that were derived")
    d = constants.value(f"{tighter.network.body.name}_scores_D")
    stated = dataclasses.replace(tables, denominator=d)
    return Scores(tuple(stated.constants), stated.pair, assurance)
