"""What is set side by side: symbolic expression, lower bound, certified bound, measured slope."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lipbridge.emit.printer import decimal_up
from lipbridge.numeric.records import Assurance

__all__ = ["Report", "Row", "float_up"]


def float_up(value: Fraction) -> float:
    """The least float64 that is not below ``value``."""
    try:
        nearest = float(value)
    except OverflowError:
        return math.inf
    return nearest if Fraction(nearest) >= value else math.nextafter(nearest, math.inf)


@dataclass(frozen=True)
class Row:
    """One line of the comparison; constants are for the Euclidean norm.

    Attributes:
        lower: a value that the true constant is not below.
        upper: a value that it is not above (an estimate where ``assurance`` says so).
        exact: the upper bound as a fraction, where it was certified exactly.
        assurance: what the upper bound is worth.
        source: how the lower bound was found.
    """

    name: str
    kind: str
    symbolic: str
    lower: float
    upper: float
    exact: Fraction | None
    assurance: Assurance
    source: str

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
            "ratio": self.ratio if math.isfinite(self.ratio) else None,
        }


@dataclass(frozen=True)
class Report:
    """Every layer and the network as a whole."""

    network: str
    rows: tuple[Row, ...]
    total: Row

    @property
    def assurance(self) -> Assurance:
        """What the network's bound is worth."""
        return self.total.assurance

    def to_json(self) -> dict[str, Any]:
        """``{"network", "assurance", "layers": […], "lipschitz": {…}}``."""
        total = self.total.to_json()
        return {
            "network": self.network,
            "assurance": self.assurance.value,
            "layers": [row.to_json() for row in self.rows],
            "lipschitz": {key: total[key] for key in total if key not in ("name", "kind")},
        }
