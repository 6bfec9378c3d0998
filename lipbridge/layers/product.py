"""Products of two branches: what ``similarity`` and ``scores`` share."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.errors import ShapeError, UnboundedError
from lipbridge.layers.base import Layer
from lipbridge.layers.magnitude import Bounds, K, Summands, Symbols, total
from lipbridge.layers.tensors import Vector


class BranchProduct(Layer):
    """Inner products of the values of two branches f and g.

    Constant: ``ρ_g·K_f + ρ_f·K_g`` where ``ρ_f`` and ``ρ_g`` bound the lengths of f(x) and g(x) on
    the domain of the inputs: a product of two functions has no constant without bounds of both.  In
    an input that only one branch reads, only the other one need be bounded.
    """

    arity = (2, 2)
    tight = False
    bounded_branches = True

    def require_width(self, first: int, second: int) -> None:
        """Raise a ``ShapeError`` unless the branches end in vectors of one dimension."""
        if first != second:
            raise ShapeError(
                f"the branches of {self.kind} end in dimensions {first} and {second}, which "
                "must be the same"
            )

    @property
    def restricted(self) -> bool:
        return True

    def output_norms(self, symbols: Symbols[K], branches: Bounds[K]) -> tuple[K | None, K | None]:
        """ρ_f and ρ_g; None where nothing bounds a branch."""
        first, second = branches
        return first.output_norm, second.output_norm

    def constant(self, symbols: Symbols[K], branches: Bounds[K]) -> K:
        output_norms = self.output_norms(symbols, branches)
        terms: list[K] = []
        for moving, other in ((0, 1), (1, 0)):
            if not branches[moving].varies:
                continue
            output_norm = output_norms[other]
            if output_norm is None:
                raise UnboundedError(
                    f"{self.kind} {self.name}: nothing bounds the values of its branch "
                    f"{other + 1}, so there is no constant in what its branch {moving + 1} reads; "
                    "say `norm <= r` at the input behind it, with layers that keep lengths "
                    "bounded, or end it in a norm"
                )
            terms.append(output_norm * branches[moving].constant)
        return total(terms) if terms else symbols.rational(0)

    def output_norm(
        self, symbols: Symbols[K], before: K | None, branches: Bounds[K]
    ) -> Summands[K]:
        first, second = self.output_norms(symbols, branches)
        return None if first is None or second is None else (first * second,)

    @staticmethod
    def products(block: Vector, vector: Vector) -> tuple[Fraction, ...]:
        """The inner product of each token of a flat block with a vector."""
        width = len(vector)
        return tuple(
            sum(
                (a * b for a, b in zip(block[start : start + width], vector, strict=True)),
                Fraction(0),
            )
            for start in range(0, len(block), width)
        )
