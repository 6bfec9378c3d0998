"""What Lean is told of a claim: one function a kind, in a file of `emit.network.claims`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

from lipbridge.emit.network import claims
from lipbridge.layers import InputPart
from lipbridge.lazy import import_all
from lipbridge.tighten.claim import Claim
from lipbridge.tighten.tables import ScoreTables

if TYPE_CHECKING:
    from lipbridge.emit.network.tighter.build import Builder

_C = TypeVar("_C", bound=Claim)


@dataclass(frozen=True)
class Better:
    """A smaller constant of a layer, two layers of one of its branches bounded together.

    Attributes:
        part: the input in which it is one.
        layer: the layer's name.
        branch, place: its branch, and where in that the two layers begin.
        constant: rounded up.
    """

    part: InputPart
    layer: str
    branch: int
    place: int
    constant: Fraction


@dataclass(frozen=True)
class Stated:
    """What the theorems of a claim are beside their declarations.

    Attributes:
        modules: data modules by name, in dependency order.
        imports: those of them that the theorems need.
        below: a constant that none is below.
        better: smaller constants of layers.
        tables: constants of single scores and differences.
        within: a constant of all scores together, where it is below some of the tables.
    """

    modules: Mapping[str, str] = field(default_factory=dict[str, str])
    imports: tuple[str, ...] = ()
    below: Fraction | None = None
    better: tuple[Better, ...] = ()
    tables: ScoreTables | None = None
    within: Fraction | None = None


_STATEMENTS: dict[type[Claim], Callable[[Any, Any], Stated]] = {}


def states(
    kind: type[_C],
) -> Callable[[Callable[[Builder, _C], Stated]], Callable[[Builder, _C], Stated]]:
    """Decorator that enters the function that declares a claim's theorems."""

    def enter(function: Callable[[Builder, _C], Stated]) -> Callable[[Builder, _C], Stated]:
        _STATEMENTS[kind] = function
        return function

    return enter


def state(build: Builder, claim: Claim) -> Stated:
    """Declare a claim's theorems."""
    import_all(claims)
    return _STATEMENTS[type(claim)](build, claim)
