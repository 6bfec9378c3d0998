"""What a preset says about a checkpoint: constants with their variable, domain and formula."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lipbridge.numeric.records import Assurance, SpectralBound


@dataclass(frozen=True)
class Constant:
    """A Lipschitz constant of a score, Euclidean norms.

    Args:
        name: short and stable: ``query``, ``hidden``, ``hidden-local``, ``selection`` …
        variable: what the score is a function of.
        upper: the bound, float64, rounded up.
        formula: the bound in terms of the layer's norms.
        domain: where it holds; ``all`` for everywhere.
        lower: a value that the best such constant is not below (rounded down), or None.
        assurance: what ``upper`` is worth.
    """

    name: str
    variable: str
    upper: float
    formula: str
    domain: str = "all"
    lower: float | None = None
    assurance: Assurance = Assurance.RIGOROUS


@dataclass(frozen=True)
class PresetRow:
    """One layer and head, or one block.

    Args:
        constants: the constants of its score.
        sigma: bound of the norm of the row's own projection, or None where there is none.
        tensor: the projection's name and rows.
        layer: the layer's number, or None.
        head: the head's number; None for all heads together.
        block: the block's number, or None.
    """

    constants: tuple[Constant, ...]
    sigma: SpectralBound | None = None
    tensor: str = ""
    layer: int | None = None
    head: int | None = None
    block: int | None = None

    def constant(self, name: str) -> Constant:
        """The constant of that name.

        Raises:
            KeyError: the row has none.
        """
        for constant in self.constants:
            if constant.name == name:
                return constant
        raise KeyError(name)


@dataclass(frozen=True)
class PresetReport:
    """A preset applied to a checkpoint.

    Args:
        preset: ``msa``, ``dsa``, ``moba``, ``quest``, ``nsa-mlp`` or ``mlp``.
        source: the checkpoint.
        parameters: the indexer's configuration, as names and values.
        rows: one a layer and head (or a block).
        notes: what a reader must know: which constants do not exist, and why.
    """

    preset: str
    source: str
    parameters: dict[str, Any]
    rows: tuple[PresetRow, ...]
    notes: tuple[str, ...] = ()
