"""A network over the integers: plain functions for given ones, values that the kernel computes."""

from __future__ import annotations

from lipbridge.emit.data.packed import PackedRows, product_bits
from lipbridge.emit.lean.declaration import CHECKED
from lipbridge.emit.lean.literals import shape_term
from lipbridge.emit.lean.term import Term, app, lean_term, typed
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.layer_facts import Parameter
from lipbridge.emit.network.view import View

ONE = "fun (_ : Nat) => one"
"""The reciprocals of the integer version of a network."""
# The functions that it takes as given, there.
_PLAIN = {
    "Vec R → R": "fun _ => one",
    "Vec R → Vec R": "fun x => x",
    "R → R": "fun x => x",
    "Nat → Vec R": "quarterTurn",
    "Nat → Nat → Vec R": "fun _ => quarterTurn",
}


def plain(parameters: tuple[Parameter, ...]) -> dict[str, Term]:
    """By name, what stands for each given function."""
    return {parameter.name: lean_term(_PLAIN[parameter.type]) for parameter in parameters}


def over_integers(view: View, parameters: tuple[Parameter, ...]) -> Term:
    """A function over ℤ: every reciprocal is 1, every given function a plain one."""
    given = plain(parameters)
    arguments = (given.get(str(part), ONE) for part in view.function.parts[1:])
    return typed(app(view.name, *arguments), "Vec Int → Vec Int")


def computed(
    view: LayerContext, before: PackedRows, after: PackedRows, *, token: bool = False
) -> Term:
    """Proof that a layer over ℤ takes packed integers to packed ones, which the kernel computes.

    Pooling and matrices have checks of their own, far faster than entry by entry; a matrix at a
    plain vector, or at one ``token`` of several.
    """
    if view.kind == "mean_pool":
        # The base of the sums, and bits that count their digits.
        sums = (view.block << before.width) + after.bias
        base = max(sums, (1 << after.width) + view.block * before.bias).bit_length()
        return app("meanPool_packed", str(base), str((view.output - 1).bit_length()), CHECKED)
    tensor = view.weight
    if tensor is None or (view.block > 1 and not token):
        return app("packedCheck_sound", CHECKED)
    matrix, rule = tensor.packed, "PackedMatrix.product_packed"
    bits = product_bits(matrix, before.width)
    if matrix.transposed and not before.bias and "bias" not in view.tensors:
        rule, bits = "PackedMatrix.sparse_packed", max(bits, after.width + 1) + 1
    return app(rule, tensor.name, shape_term(matrix.data.size), str(bits), CHECKED)
