"""``product``: x ↦ f(x) ⊙ g(x), two branches multiplied entry by entry, as in gated units."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.errors import UnboundedError
from lipbridge.layers.arguments import Sample
from lipbridge.layers.magnitude import Bounds, K, Symbols
from lipbridge.layers.product import BranchProduct
from lipbridge.layers.tensors import InputPart, Shape, Tensors, Vector, Vectors, require_vector


class EntryProduct(BranchProduct, kind="product"):
    """``x ↦ f(x) ⊙ g(x)``; f and g give vectors of one dimension.

    Constant: ``ρ_g·K_f + ρ_f·K_g`` where ``‖f(x)‖ ≤ ρ_f`` and ``‖g(x)‖ ≤ ρ_g`` on the domain of the
    inputs, since ``‖a ⊙ b‖ ≤ ‖a‖·‖b‖``; both have to be bounded.
    """

    summary = "x ↦ f(x) ⊙ g(x), two branches entry by entry, where ‖f‖ ≤ ρ_f and ‖g‖ ≤ ρ_g"
    lean_rule = "LipBridge.entryProduct_lipschitzOn_ofNat"
    samples = (
        Sample(
            (2,),
            branches=(
                "from x linear 3 weight=[[1,0],[0,1],[1,1]]",
                "from x linear 3 weight=[[2,0],[0,1],[1,-1]] bias=[1,1,0] relu",
            ),
            inputs=(InputPart("x", 0, (2,), Fraction(2)),),
        ),
        Sample(
            (4,),
            branches=("from a", "from b"),
            inputs=(
                InputPart("a", 0, (2,), Fraction(2)),
                InputPart("b", 2, (2,), Fraction(1, 2)),
            ),
        ),
    )

    def shape(self) -> Shape:
        first, second = (require_vector("product", branch.output) for branch in self.branches)
        self.require_width(first, second)
        return (first,)

    def constant(self, symbols: Symbols[K], branches: Bounds[K]) -> K:
        for number, branch in enumerate(branches, start=1):
            if branch.output_norm is None:
                raise UnboundedError(
                    f"product {self.name}: nothing bounds the values of its branch {number}; say "
                    "`norm <= r` at the input behind it, with layers that keep lengths bounded, or "
                    "end it in a norm"
                )
        return super().constant(symbols, branches)

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        return tuple(a * b for a, b in zip(*branches, strict=True))
