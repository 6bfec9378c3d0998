"""``similarity``: a query against the tokens of a block of keys, both given by branches."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.errors import ShapeError
from lipbridge.layers.arguments import Sample
from lipbridge.layers.product import BranchProduct
from lipbridge.layers.tensors import InputPart, Shape, Tensors, Vector, Vectors, tokens


class Similarity(BranchProduct, kind="similarity"):
    """``x ↦ max_t ⟨f(x), g_t(x)⟩``; g gives a vector or a block of tokens as wide as f.

    Constant: ``ρ_g·K_f + ρ_f·K_g`` where ``‖f(x)‖ ≤ ρ_f`` and ``‖g_t(x)‖ ≤ ρ_g`` on the domain of
    the inputs: a product of two functions has no constant without bounds of both.  In an input that
    only one branch reads, only the other one need be bounded.
    """

    summary = "the score of two branches, a query and keys: max_t ⟨f(x), g_t(x)⟩"
    lean_rule = "LipBridge.similarity_lipschitzOn_ofNat"
    samples = (
        Sample(
            (5,),
            branches=("from query", "from keys"),
            inputs=(
                InputPart("query", 0, (1,), Fraction(2)),
                InputPart("keys", 1, (4, 1), Fraction(3, 2)),
            ),
        ),
        Sample(
            (4,),
            branches=(
                "from query linear 3 weight=[[1,0],[0,1],[1,1]]",
                "from key linear 3 weight=[[2,0],[0,1],[1,-1]] bias=[1,1,0] relu",
            ),
            inputs=(
                InputPart("query", 0, (2,), Fraction(2)),
                InputPart("key", 2, (2,), Fraction(1, 2)),
            ),
        ),
    )

    def shape(self) -> Shape:
        query, keys = self.branches
        if len(query.output) != 1:
            raise ShapeError(
                f"the first branch of similarity, the query, must end in a vector, not in a block "
                f"of shape {query.output}"
            )
        self.require_width(query.output[0], tokens(keys.output)[1])
        return (1,)

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        query, keys = branches
        return (max(self.products(keys, query)),)
