"""What the module of tighter constants holds: matrices, theorems, claims.

Everything here follows from the network, its tensors and a `Tightening`; so an export and a check
of it come to the same text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.data.matrices import matrix_modules
from lipbridge.emit.lean.render import TIGHTER, render
from lipbridge.emit.network.module import NetworkModule
from lipbridge.emit.network.tighter.stated import Stated


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
    title: ClassVar[str] = "Tighter"

    @property
    def imports(self) -> Sequence[str]:
        namespace = self.network.namespace
        made = (f"{namespace}.Data.{matrix.name}" for matrix in self.matrices)
        needed = (name for stated in self.stated for name in stated.imports)
        return [TIGHTER, f"{namespace}.Network", *made, *needed]

    @property
    def about(self) -> str:
        return render("tighter.txt.jinja", n=self.network)

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
