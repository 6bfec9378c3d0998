"""What is set side by side: symbolic expression, lower bound, certified bound, measured slope."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from lipbridge.decimals import decimal_down, decimal_up
from lipbridge.emit.lean.printer import fraction_text
from lipbridge.errors import InputError
from lipbridge.layers import Norm
from lipbridge.numeric.records import Assurance
from lipbridge.numeric.rounding import float_up
from lipbridge.report.scores import Scores

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Slopes:
    """The steepest slopes seen on the torch network, float64.

    Attributes:
        total: between any two points of the domain.
        inputs: between points that differ in one of several inputs, by its name.
    """

    total: float
    inputs: Mapping[str, float] = field(default_factory=dict[str, float])


@dataclass(frozen=True, kw_only=True)
class _Bound:
    """An upper bound of a constant for one norm on both sides.

    Attributes:
        constant: a fraction that the true constant is not above (an estimate where ``assurance``
            says so); it may lie beyond the range of float64.
        assurance: what it is worth.
    """

    constant: Fraction
    assurance: Assurance

    @property
    def upper(self) -> float:
        """The least float64 that is not below the bound; infinite beyond the range."""
        return float_up(self.constant)

    @property
    def exact(self) -> Fraction | None:
        """The bound as a fraction, where it was certified exactly."""
        return self.constant if self.assurance.rank >= Assurance.EXACT.rank else None

    @property
    def decimal(self) -> str:
        """The bound as a decimal, rounded up."""
        return decimal_up(self.constant)

    def upper_json(self) -> dict[str, Any]:
        """The bound in three forms: a float64, infinite beyond the range; a decimal; a fraction."""
        return {
            "upper": self.upper,
            "upper_decimal": self.decimal,
            "upper_exact": None if self.exact is None else fraction_text(self.exact),
            "assurance": self.assurance.value,
        }


@dataclass(frozen=True, kw_only=True)
class Row(_Bound):
    """One line of the comparison.

    Attributes:
        lower: a value that the true constant is not below.
        source: how the lower bound was found.
        lower_assurance: what it is worth; None where there is none.
        depth: 0 for a layer in sequence, 1 for one in a branch of such a layer, and so on.
    """

    name: str
    kind: str
    symbolic: str
    lower: float
    source: str
    lower_assurance: Assurance | None = None
    depth: int = 0

    @property
    def lower_decimal(self) -> str:
        """The lower bound as a decimal, rounded down."""
        return decimal_down(self.lower)

    @property
    def ratio(self) -> float:
        """How far apart the bounds are: upper / lower, 1 when tight."""
        if self.lower > 0:
            return float_up(self.constant / Fraction(self.lower))
        return 1.0 if self.constant == 0 else math.inf

    @property
    def ratio_text(self) -> str:
        """The ratio as a decimal, rounded up; a dash where there is no lower bound."""
        return decimal_up(self.ratio) if math.isfinite(self.ratio) else "–"

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready description."""
        return {
            "name": self.name,
            "kind": self.kind,
            "symbolic": self.symbolic,
            "lower": self.lower,
            "lower_assurance": self.lower_assurance and self.lower_assurance.value,
            **self.upper_json(),
            "lower_source": self.source,
            "depth": self.depth,
            "ratio": self.ratio,
        }


@dataclass(frozen=True, kw_only=True)
class Alternative(_Bound):
    """One way to bound the network's constant, Euclidean norms.

    Attributes:
        name: ``product``, ``merged`` or ``rescaled``.
        symbolic: the bound in symbols.
        meaning: what the symbols stand for.
    """

    name: str
    symbolic: str
    meaning: str

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready description."""
        return {
            "name": self.name,
            "symbolic": self.symbolic,
            "meaning": self.meaning,
            **self.upper_json(),
        }


@dataclass(frozen=True, repr=False)
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
        altered: norms that the network takes at least r long, in words: the bounds are those of
            that function, and the model's only where the norms are so.
        blocks: the inputs that are blocks of tokens, in words; empty where all are vectors.
        missing: for each input without a constant, why; the total is then the largest of the rest.
        notes: what was left out of Lean, and why.
        below: a fraction that no constant is below, shown by two exact points.
        norm: on inputs and outputs.
        searched: whether slopes were searched at all.
    """

    network: str
    rows: tuple[Row, ...]
    total: Row
    alternatives: tuple[Alternative, ...] = ()
    scores: Scores | None = None
    domain: str = ""
    altered: str = ""
    blocks: str = ""
    missing: Mapping[str, str] = field(default_factory=dict[str, str])
    notes: tuple[str, ...] = ()
    below: Fraction | None = None
    norm: Norm = Norm.EUCLIDEAN
    searched: bool = True

    @property
    def inputs(self) -> tuple[Row, ...]:
        """The bounds in each of several inputs alone."""
        return tuple(row for row in self.rows if row.kind == "input")

    @property
    def best(self) -> Alternative | None:
        """The least bound among the certified ones; None where nothing but estimates is there."""
        certified = [a for a in self.alternatives if a.assurance.rank >= Assurance.RIGOROUS.rank]
        return min(certified, key=lambda a: a.constant, default=None)

    @property
    def proved(self) -> Alternative | None:
        """The least bound among those that the Lean kernel has checked."""
        checked = (a for a in self.alternatives if a.assurance is Assurance.KERNEL_CHECKED)
        return min(checked, key=lambda a: a.constant, default=None)

    @property
    def assurance(self) -> Assurance:
        """What the network's bound is worth."""
        return self.total.assurance

    @property
    def sentence(self) -> str:
        """The least bound in ordinary notation, with its label."""
        best = self.best or self.total
        if self.missing:
            return f"{self.in_single_inputs()} ({best.assurance.value})"
        label = "; ".join(filter(None, (best.assurance.value, self.known(best))))
        return f"{self.inequality(best, ' for all x and y')} ({label})"

    def inequality(self, best: Row | Alternative, quantified: str = "") -> str:
        """A bound in all inputs together, in ordinary notation, and where it holds.

        Args:
            best: the bound.
            quantified: of which x and y, where nothing before says so.
        """
        name, bars = self.network, "‖∞" if self.norm is Norm.MAXIMUM else "‖"
        where = f" where both satisfy {self.domain}" if self.domain else ""
        where += "".join(f", {said}" for said in (self.altered, self.blocks) if said)
        return f"‖{name}(x) − {name}(y){bars} ≤ {best.decimal}·‖x − y{bars}{quantified}{where}"

    def in_single_inputs(self, which: str = "") -> str:
        """The constants in inputs one at a time, in words: there is none in all of them together.

        Args:
            which: of which of the network's outputs, where not of all.
        """
        where = f" where {self.domain}" if self.domain else ""
        where += "".join(f", {said}," for said in (self.altered, self.blocks) if said)
        bounds = ", ".join(self.alone)
        return f"the constant of {self.network}{which}{where} is at most {bounds}"

    @property
    def alone(self) -> tuple[str, ...]:
        """The bound in each of several inputs, the others fixed, in words."""
        return tuple(
            f"{row.decimal} {row.name} alone"
            + f" (steepest {row.lower_decimal}, an estimate)" * self.searched
            for row in self.inputs
        )

    def known(self, best: Row | Alternative) -> str:
        """What is known of the least constant besides an upper bound, in words; may be nothing."""
        if self.below is not None:
            return f"Lip({self.network}) is between {decimal_down(self.below)} and {best.decimal}"
        if not self.searched:
            return ""
        if not self.total.lower:
            return "no slope was found"
        return f"the steepest slope found is {self.total.lower_decimal}, an estimate"

    def __repr__(self) -> str:
        return f"<{self.sentence}>"

    def _repr_html_(self) -> str:
        from lipbridge.report.html import report_macro

        return report_macro("bounds", self)

    def to_frame(self) -> pandas.DataFrame:
        """The rows as a pandas table, the network's own last; ``pip install 'lipbridge[pandas]'``.

        Raises:
            InputError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError:
            raise InputError("pandas is not installed; pip install pandas") from None
        return pandas.DataFrame([row.to_json() for row in (*self.rows, self.total)])

    def to_json(self) -> dict[str, Any]:
        """``{"network", "assurance", "layers": […], "lipschitz": {…}, …}``."""
        total = self.total.to_json()
        return {
            "network": self.network,
            "norm": self.norm.value,
            "assurance": self.assurance.value,
            "domain": self.domain or None,
            "altered": self.altered or None,
            "blocks": self.blocks or None,
            "missing": dict(self.missing),
            "layers": [row.to_json() for row in self.rows],
            "lipschitz": {key: total[key] for key in total if key not in ("name", "kind", "depth")},
            "alternatives": [alternative.to_json() for alternative in self.alternatives],
            "best": None if self.best is None else self.best.name,
            "scores": None if self.scores is None else self.scores.to_json(),
            "notes": list(self.notes),
            "lower_exact": None if self.below is None else str(self.below),
        }
