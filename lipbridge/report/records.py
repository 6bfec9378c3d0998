"""What is set side by side: symbolic expression, lower bound, certified bound, measured slope."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from lipbridge.emit.lean.printer import decimal_up
from lipbridge.numeric.records import Assurance

__all__ = ["Alternative", "Report", "Row", "Scores", "Slopes"]


@dataclass(frozen=True)
class Slopes:
    """The steepest slopes seen on the torch network, float64.

    Attributes:
        total: between any two points of the domain.
        inputs: between points that differ in one of several inputs, by its name.
    """

    total: float
    inputs: Mapping[str, float] = field(default_factory=dict[str, float])


@dataclass(frozen=True)
class Row:
    """One line of the comparison; constants are for the Euclidean norm.

    Attributes:
        lower: a value that the true constant is not below.
        upper: a value that it is not above (an estimate where ``assurance`` says so).
        exact: the upper bound as a fraction, where it was certified exactly.
        assurance: what the upper bound is worth.
        source: how the lower bound was found.
        depth: 0 for a layer in sequence, 1 for one in a branch of such a layer, and so on.
    """

    name: str
    kind: str
    symbolic: str
    lower: float
    upper: float
    exact: Fraction | None
    assurance: Assurance
    source: str
    depth: int = 0

    @property
    def ratio(self) -> float:
        """How far apart the bounds are: upper / lower, 1 when tight."""
        if self.lower > 0:
            return self.upper / self.lower
        return 1.0 if self.upper == 0 else math.inf

    @property
    def decimal(self) -> str:
        """The upper bound as a decimal, rounded up."""
        return decimal_up(Fraction(self.upper) if self.exact is None else self.exact)

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready description; an infinite ratio is null."""
        return {
            "name": self.name,
            "kind": self.kind,
            "symbolic": self.symbolic,
            "lower": self.lower,
            "upper": self.upper,
            "upper_exact": None if self.exact is None else str(self.exact),
            "assurance": self.assurance.value,
            "lower_source": self.source,
            "depth": self.depth,
            "ratio": self.ratio if math.isfinite(self.ratio) else None,
        }


@dataclass(frozen=True)
class Alternative:
    """One way to bound the network's constant, Euclidean norms.

    Attributes:
        name: ``product``, ``merged`` or ``rescaled``.
        symbolic: the bound in symbols.
        meaning: what the symbols stand for.
        upper: a float64 that the bound is not above.
        exact: the bound as a fraction, where it was certified exactly.
        assurance: what it is worth.
    """

    name: str
    symbolic: str
    meaning: str
    upper: float
    exact: Fraction | None
    assurance: Assurance

    @property
    def decimal(self) -> str:
        """The bound as a decimal, rounded up."""
        return decimal_up(Fraction(self.upper) if self.exact is None else self.exact)

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready description."""
        return {
            "name": self.name,
            "symbolic": self.symbolic,
            "meaning": self.meaning,
            "upper": self.upper,
            "upper_exact": None if self.exact is None else str(self.exact),
            "assurance": self.assurance.value,
        }


@dataclass(frozen=True)
class Scores:
    """Constants of single scores, where the network ends in a linear map M.

    Attributes:
        uppers: ``‖M_i‖·K`` of every score, K the constant of the layers before.
        pair: ``max ‖M_i − M_j‖·K``: the difference of two scores.
        assurance: what both are worth.
    """

    uppers: tuple[float, ...]
    pair: float
    assurance: Assurance

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready description."""
        return {
            "uppers": list(self.uppers),
            "pair": self.pair,
            "assurance": self.assurance.value,
        }


@dataclass(frozen=True)
class Report:
    """Every layer and the network as a whole.

    Attributes:
        network: its name.
        rows: one a layer; the layers in its branches follow it. Where there are several inputs, one
            an input (kind ``input``), and the layers with their constants in that input after it.
        total: the network's own line, by the composition rule.
        alternatives: further bounds of the network; the composition rule's is the first of them.
        scores: constants of single scores, where there are several and the last map is linear.
        domain: where the bounds hold, in words; empty for everywhere.
        missing: for each input without a constant, why; the total is then the largest of the rest.
        notes: what was left out of Lean, and why.
    """

    network: str
    rows: tuple[Row, ...]
    total: Row
    alternatives: tuple[Alternative, ...] = ()
    scores: Scores | None = None
    domain: str = ""
    missing: Mapping[str, str] = field(default_factory=dict[str, str])
    notes: tuple[str, ...] = ()

    @property
    def inputs(self) -> tuple[Row, ...]:
        """The bounds in each of several inputs alone."""
        return tuple(row for row in self.rows if row.kind == "input")

    @property
    def best(self) -> Alternative | None:
        """The least bound among the certified ones; None where nothing but estimates is there."""
        certified = [a for a in self.alternatives if a.assurance.rank >= Assurance.RIGOROUS.rank]
        return min(certified, key=lambda a: Fraction(a.upper), default=None)

    @property
    def proved(self) -> Alternative | None:
        """The least bound among those that the Lean kernel has checked."""
        checked = [a for a in self.alternatives if a.assurance is Assurance.KERNEL_CHECKED]
        return min(checked, key=lambda a: Fraction(a.upper), default=None)

    @property
    def assurance(self) -> Assurance:
        """What the network's bound is worth."""
        return self.total.assurance

    def to_json(self) -> dict[str, Any]:
        """``{"network", "assurance", "layers": […], "lipschitz": {…}, …}``."""
        total = self.total.to_json()
        return {
            "network": self.network,
            "assurance": self.assurance.value,
            "domain": self.domain or None,
            "missing": dict(self.missing),
            "layers": [row.to_json() for row in self.rows],
            "lipschitz": {key: total[key] for key in total if key not in ("name", "kind", "depth")},
            "alternatives": [alternative.to_json() for alternative in self.alternatives],
            "best": None if self.best is None else self.best.name,
            "scores": None if self.scores is None else self.scores.to_json(),
            "notes": list(self.notes),
        }
