"""``scores``: a block of queries against one key, both given by branches."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.errors import ShapeError
from lipbridge.layers.arguments import Sample
from lipbridge.layers.magnitude import Bounds, K, Symbols, ceil_root
from lipbridge.layers.product import BranchProduct
from lipbridge.layers.tensors import InputPart, Shape, Tensors, Vector, Vectors

_PRECISION = 1 << 30


class Scores(BranchProduct, kind="scores"):
    """``x ↦ (⟨f_t(x), g(x)⟩)_t``; f gives a block of b queries, g one key as wide as they.

    Constant: ``ρ_g·K_f + ρ_f·K_g`` where ``‖f(x)‖ ≤ ρ_f``, the whole block, and ``‖g(x)‖ ≤ ρ_g`` on
    the domain of the inputs, by Cauchy–Schwarz over the block.  Where only a bound ρ of each query
    is known, ``ρ_f = s·ρ`` with s the root of b, rounded up at 2^-30.  As in ``similarity``, a
    product with a branch that does not vary is left out and needs no bound of the other one.
    """

    summary = "the scores of two branches, a block of queries and a key: ⟨f_t(x), g(x)⟩"
    lean_rule = "LipBridge.scores_lipschitzOn_ofNat"
    samples = (
        Sample(
            (8,),
            branches=("from queries", "from key"),
            inputs=(
                InputPart("queries", 0, (3, 2), Fraction(2)),
                InputPart("key", 6, (2,), Fraction(3, 2)),
            ),
        ),
        Sample(
            (4,),
            branches=(
                "from query linear 4 weight=[[1,0],[0,1],[1,1],[2,-1]] split 2",
                "from key linear 2 weight=[[2,0],[0,1]] bias=[1,1] relu",
            ),
            inputs=(
                InputPart("query", 0, (2,), Fraction(2)),
                InputPart("key", 2, (2,), Fraction(1, 2)),
            ),
        ),
    )

    @property
    def stretch(self) -> Fraction:
        """A fraction s with ``s² ≥ b``, the number of queries; least at its denominator."""
        return Fraction(ceil_root(self.output[0] * _PRECISION**2), _PRECISION)

    def shape(self) -> Shape:
        queries, key = self.branches
        if len(queries.output) != 2:
            raise ShapeError(
                f"the first branch of scores, the queries, must end in a block, not in a vector of "
                f"{queries.output[0]} entries; end it in `split B` for B queries"
            )
        if len(key.output) != 1:
            raise ShapeError(
                f"the second branch of scores, the key, must end in a vector, not in a block of "
                f"shape {key.output}"
            )
        self.require_width(queries.output[1], key.output[0])
        return (queries.output[0],)

    def output_norms(self, symbols: Symbols[K], branches: Bounds[K]) -> tuple[K | None, K | None]:
        queries, key = branches
        block = queries.output_norm
        if block is not None and not queries.frobenius:
            block = symbols.number("s", self.stretch) * block
        return block, key.output_norm

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        queries, key = branches
        return self.products(queries, key)
