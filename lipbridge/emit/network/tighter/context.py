"""What the module of tighter constants holds: matrices, theorems, claims.

Everything here follows from the network, its tensors and a `Tightening`; so an export and a check
of it come to the same text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.data.matrices import matrix_modules
from lipbridge.emit.network.module import NetworkModule
from lipbridge.layers import InputPart
from lipbridge.tighten.tables import ScoreTables


@dataclass(frozen=True)
class Bound:
    """A theorem about the whole network.

    Attributes:
        method: ``merged``, ``rescaled`` or ``lipsdp``.
        name: the network's name with the method after it.
        square: P/Q.
        constant: N/D, above the root of that.
    """

    method: str
    name: str
    square: Fraction
    constant: Fraction


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


@dataclass(frozen=True)
class TighterContext(NetworkModule):
    """The module of tighter constants.

    Attributes:
        matrices: what data modules are needed for besides the network's tensors.
        bounds: theorems about the network.
        stated: what is stated of each claim.
    """

    matrices: tuple[LeanMatrix, ...]
    bounds: tuple[Bound, ...]
    stated: tuple[Stated, ...]

    def data(self) -> dict[str, str]:
        modules: dict[str, str] = {}
        for matrix in self.matrices:
            modules |= matrix_modules(self.network.namespace, matrix)
        for stated in self.stated:
            modules |= stated.modules
        return modules

    @property
    def below(self) -> Fraction | None:
        """A constant that none is below, where one is stated."""
        return max((s.below for s in self.stated if s.below is not None), default=None)
