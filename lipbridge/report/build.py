"""Building a report: bounds of norms composed along the network, layer by layer."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.certify import root_up
from lipbridge.emit.network.inputs import Domain
from lipbridge.errors import NotProvedError
from lipbridge.language import Network
from lipbridge.layers import Norm, NormKey
from lipbridge.numeric.records import Assurance
from lipbridge.numeric.rounding import float_down
from lipbridge.report.records import Report, Row, Slopes
from lipbridge.symbolic import BranchSquare, LayerConstant, SymbolicBound, network_squares


@dataclass(frozen=True)
class NormBounds:
    """Bounds of a tensor's norm.

    Attributes:
        lower: a float64 not above it.
        upper_square: a fraction not below its square (near it, for an estimate).
        assurance: what the upper bound is worth.
        lower_assurance: what the lower one is worth.
    """

    lower: float
    upper_square: Fraction
    assurance: Assurance
    lower_assurance: Assurance = Assurance.RIGOROUS


def root_down(square: Fraction) -> Fraction:
    """A fraction not above the square root, relative loss at most 5e-10."""
    return 1 / root_up(1 / square) if square else Fraction(0)


def exact_norm(square: Fraction) -> NormBounds:
    """Bounds of a norm whose square is known exactly."""
    return NormBounds(float_down(root_down(square)), square, Assurance.EXACT, Assurance.EXACT)


def build_report(
    network: Network,
    symbolic: SymbolicBound,
    norms: Mapping[NormKey, NormBounds],
    observed: Slopes,
    *,
    certified: Mapping[str, Fraction] | None = None,
    assurance: Assurance | None = None,
) -> Report:
    """Compose bounds of the tensors' norms into bounds of the layers and of the network.

    Args:
        network: the network.
        symbolic: its symbolic bound.
        norms: bounds for every tensor whose norm a constant needs.
        observed: the largest slopes seen on the torch network.
        certified: the network's constants as theorems state them, where there are some: by the
            name of the input, and the one in all inputs together under the empty name.
        assurance: overrides the label of exact figures, once Lean has checked them.

    Raises:
        NotProvedError: a theorem's constant is below the one composed here.
    """

    def squares(
        pick: Callable[[NormBounds], Fraction], root: Callable[[Fraction], Fraction]
    ) -> tuple[BranchSquare, ...]:
        found = network_squares(network, lambda slot: pick(norms[slot.key]), root)
        return tuple(found.values())

    uppers = squares(lambda n: n.upper_square, root_up)
    lowers = squares(lambda n: Fraction(n.lower) ** 2, root_down)
    weakest = min((n.assurance for n in norms.values()), key=lambda a: a.rank, default=None)
    label = assurance or weakest or Assurance.EXACT

    def whole(name: str, kind: str, text: str, lower: float, constant: Fraction) -> Row:
        return Row(
            name=name,
            kind=kind,
            symbolic=text,
            lower=lower,
            lower_assurance=Assurance.ESTIMATE if lower else None,
            constant=constant,
            assurance=label,
            source="the largest slope found on the torch network in float64 (estimate)"
            if lower
            else "none: no slope was found in float64",
        )

    known = certified or {}
    several = symbolic.several
    rows: list[Row] = []
    for part, upper, lower in zip(symbolic.inputs, uppers, lowers, strict=True):
        if several:
            constant = _not_below(upper.square, known.get(part.input), part.input)
            seen = observed.inputs[part.input]
            rows.append(whole(f"in {part.input}", "input", part.text, seen, constant))
        rows += _rows(part.layers, upper, lower, norms, assurance, network.norm, depth=int(several))
    square = uppers[0].square
    if symbolic.joint:
        square = sum((upper.square for upper in uppers), Fraction(0))
    constant = _not_below(square, known.get(""), network.name)
    total = whole(network.name, "network", symbolic.text, observed.total, constant)
    if several and not symbolic.joint:
        single = max((row for row in rows if row.kind == "input"), key=lambda row: row.constant)
        total = dataclasses.replace(single, name=f"{network.name} {single.name}", kind="network")
    domain = Domain(network.name, network.parts).meaning if network.restricted else ""
    return Report(
        network.name,
        tuple(rows),
        total,
        domain=domain,
        altered=network.altered,
        blocks=network.blocks,
        missing=symbolic.missing,
        norm=network.norm,
    )


def _not_below(square: Fraction, stated: Fraction | None, name: str) -> Fraction:
    """The stated constant, or the root of the square, rounded up; a smaller one is refused."""
    if stated is None:
        return root_up(square)
    if stated**2 < square:
        raise NotProvedError(f"{name}: the theorem's constant {stated} is below √({square})")
    return stated


def _rows(
    constants: Sequence[LayerConstant],
    upper: BranchSquare,
    lower: BranchSquare,
    norms: Mapping[NormKey, NormBounds],
    assurance: Assurance | None,
    norm: Norm,
    depth: int = 0,
) -> tuple[Row, ...]:
    """A row a layer, followed by those of the layers inside it."""
    rows: list[Row] = []
    for constant, high, low in zip(constants, upper.layers, lower.layers, strict=True):
        slots = [slot.under(norm) for slot in high.layer.slots()]
        found = [norms[slot.source].assurance for slot in slots if slot.certified]
        inside = [
            row
            for inner in zip(constant.branches, high.branches, low.branches, strict=True)
            # A branch that does not depend on the input has nothing to say about it.
            if inner[1].square or not high.layer.restricted
            for row in _rows(*inner, norms, assurance, norm, depth + 1)
        ]
        found += [row.assurance for row in inside]
        label = assurance or min(found, key=lambda a: a.rank, default=Assurance.EXACT)
        reached = high.layer.tight and not high.branches
        worth = [norms[slot.source].lower_assurance for slot in slots if slot.certified]
        known = min(worth, key=lambda a: a.rank, default=Assurance.EXACT)
        rows.append(
            Row(
                name=constant.name,
                kind=constant.kind,
                symbolic=str(constant.expression),
                # Branches may cancel, so a composed lower bound would prove nothing.
                lower=float_down(root_down(low.square)) if reached else 0.0,
                lower_assurance=known if reached else None,
                constant=root_up(high.square),
                assurance=label,
                source="norm of the tensor" if reached else "none: the constant may not be reached",
                depth=depth,
            )
        )
        rows += inside
    return tuple(rows)
