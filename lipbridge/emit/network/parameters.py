"""What a network takes as given: reciprocals, roots and activations, each with a hypothesis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Parameter", "applied", "premise_names"]


@dataclass(frozen=True)
class Parameter:
    """A function that a network takes as given: a root, an activation.

    Attributes:
        layer: the first layer that needs it.
        type: its Lean type.
        given: what determines it; layers whose ``given`` is equal share it.
    """

    layer: str
    type: str
    given: tuple[object, ...]

    @property
    def name(self) -> str:
        """Its Lean name."""
        return f"{self.layer}_t"

    @property
    def premise(self) -> str:
        """Lean name of the hypothesis about it."""
        return f"{self.layer}_ht"


def applied(hypotheses: Mapping[int, str], parameters: Sequence[Parameter]) -> str:
    """How a function is applied to the reciprocals and the given functions."""
    return (" r" if hypotheses else "") + "".join(f" {p.name}" for p in parameters)


def premise_names(hypotheses: Mapping[int, str], parameters: Sequence[Parameter]) -> str:
    """The hypotheses, as arguments."""
    names = [*hypotheses.values(), *(parameter.premise for parameter in parameters)]
    return "".join(f" {name}" for name in names)
