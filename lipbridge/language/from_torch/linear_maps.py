"""Linear operations as matrices: permutations, sums, means, einsum, products from the left.

The operation itself is evaluated on the coordinate vectors: every entry of its value is then one
entry of a fixed operand, or 0, so the matrix is exact.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import torch
from torch import fx, nn
from torch.fx.node import map_arg
from torch.nn import functional

from lipbridge.language.from_torch.call import Call
from lipbridge.language.from_torch.graph import rounded
from lipbridge.language.from_torch.operations import DEPENDENT_PRODUCT, rule
from lipbridge.language.from_torch.statements import Function, Statement, scale

_MIXES = "an operation that mixes what is in a batch is no layer"
_MAX_ENTRIES = 1 << 26
"""Of a matrix that is made here."""
_CHUNK = 1024
"""Coordinate vectors that are evaluated at once."""


def as_vector(axes: tuple[int, ...]) -> list[Statement]:
    """A block of tokens read as the stacked vector; a vector and a grid are one."""
    return [Statement("flatten", lambda x: x)] if len(axes) == 2 else []


def from_vector(axes: tuple[int, ...]) -> list[Statement]:
    """The reverse."""
    return [Statement(f"split {axes[0]}", lambda x: x)] if len(axes) == 2 else []


def whole_map(
    call: Call,
    matrix: torch.Tensor,
    bias: torch.Tensor | None = None,
    factor: Fraction = Fraction(1),
) -> list[Statement]:
    """``x ↦ factor·Mx + b`` on the vector of all entries of the operand.

    Args:
        call: the operation.
        matrix: M, shape (entries of the value, entries of the operand).
        bias: b, an entry an entry of the value.
        factor: an exact factor, which the matrix's dtype need not hold.
    """
    name = call.label or call.node.name
    if call.graph.rounds(call.node):
        name = rounded(name, matrix)
    before, after, kind = call.before, call.after, call.value.dtype

    def apply(x: torch.Tensor) -> torch.Tensor:
        rows = x.reshape(*x.shape[: x.ndim - len(before)], -1).to(matrix.dtype)
        return functional.linear(rows, matrix, bias).unflatten(-1, after).to(kind)

    stored = None if bias is None else (f"{name}.bias", bias)
    return [
        *as_vector(before),
        call.linear((f"{name}.matrix", matrix), stored, apply, call.label),
        *([] if factor == 1 else scale(factor)),
        *from_vector(after),
    ]


def refuse_large(call: Call, rows: int, cols: int) -> None:
    """Refuse a matrix that memory does not hold.

    Raises:
        SpecError: with its size.
    """
    if rows * cols > _MAX_ENTRIES:
        raise call.refused(
            f"as a matrix this operation is {rows}×{cols}, beyond {_MAX_ENTRIES} entries; trace it "
            "on a smaller grid, whose bound holds for that grid alone"
        )


def matrix_of(call: Call, function: Function) -> torch.Tensor:
    """The matrix of a linear function of the operand: its values on coordinate vectors.

    One vector at a time, in a batch as long as the module's: all of it the same vector, whose
    values must be the same, and once with NaN in every other place, which must not spread.
    """
    axes, after, value = call.before, call.after, call.given
    size, rows = math.prod(axes), math.prod(after)
    batch = value.shape[:1] if call.graph.batched else torch.Size()
    refuse_large(call, rows * batch.numel(), size)

    def at(coordinate: torch.Tensor) -> torch.Tensor:
        vector = (torch.arange(size) == coordinate).to(value.dtype).reshape(axes)
        return function(vector.expand(*batch, *axes).clone())

    with torch.no_grad():
        found = torch.vmap(at, chunk_size=_CHUNK)(torch.arange(size))
        if found.shape != (size, *batch, *after):
            raise call.refused(_MIXES)
        if call.graph.batched:
            alone = torch.eye(batch[0], dtype=torch.bool).reshape(*batch, *batch, *[1] * len(axes))
            parts = torch.where(alone, value.new_zeros(()), torch.nan).repeat(1, 1, *axes)
            own = torch.stack([function(part)[i] for i, part in enumerate(parts)])
            if not bool((found == found[:, :1]).all() and (own == 0).all()):
                raise call.refused(_MIXES)
            found = found[:, 0]
        elif bool(function(torch.zeros(axes, dtype=value.dtype)).any()):
            raise call.refused("an operation that adds a constant besides is no linear map")
    return found.reshape(size, rows).T


def _again(call: Call) -> Function:
    """The call as a function of its operand."""
    node, operand, values = call.node, call.operand, call.graph.values

    def run(x: torch.Tensor) -> torch.Tensor:
        def known(one: fx.Node) -> Any:
            return x if one is operand else values[one]

        args: Any = map_arg(node.args, known)
        given: Any = map_arg(node.kwargs, known)
        if node.op == "call_method":
            return getattr(args[0], str(node.target))(*args[1:], **given)
        target: Any = call.submodule or node.target
        return target(*args, **given)

    return run


def linear_map(call: Call) -> list[Statement]:
    """The matrix of an operation that is linear in its one operand."""
    if len(call.graph.inputs(call.node)) != 1:
        raise call.refused(DEPENDENT_PRODUCT)
    return whole_map(call, matrix_of(call, _again(call)))


for _name, *_targets in (
    ("cumsum", torch.cumsum, "cumsum"),
    ("flip", torch.flip, "flip"),
    ("index_select", torch.index_select, "index_select"),
    ("movedim", torch.movedim, "movedim"),
    ("narrow", torch.narrow, "narrow"),
    ("permute", torch.permute, "permute"),
    ("pixel_shuffle", functional.pixel_shuffle, nn.PixelShuffle),
    ("pixel_unshuffle", functional.pixel_unshuffle, nn.PixelUnshuffle),
    ("roll", torch.roll, "roll"),
    ("select", torch.select, "select"),
    ("sum", torch.sum, "sum"),
    ("transpose", torch.transpose, "transpose", torch.t, "t"),
    ("zero_pad", nn.ZeroPad1d, nn.ZeroPad2d),
):
    rule(_name, *_targets)(linear_map)


@rule("pad", functional.pad)
def _pad(
    call: Call, _sides: Any = None, mode: str = "constant", value: object = None
) -> list[Statement]:
    if mode != "constant" or value:
        raise call.refused("only padding with zeros is a layer")
    return linear_map(call)


@rule("einsum", torch.einsum)
def _einsum(call: Call) -> list[Statement]:
    """An einsum in which what depends on the input stands once."""
    args = call.node.args
    operands = args[1] if isinstance(args[1], list | tuple) else args[1:]
    if sum(map(call.depends, operands)) != 1:
        raise call.refused(
            "an einsum of several values that depend on the input has no global constant; write "
            "`similarity` or `product` in a spec, where the inputs' norms are bounded"
        )

    def terms(x: torch.Tensor) -> torch.Tensor:
        ones = (x if call.depends(o) else torch.ones_like(call.constant(o)[1]) for o in operands)
        return torch.einsum(args[0], *ones)

    if len(operands) > 2 or bool((matrix_of(call, terms) > 1).any()):
        raise call.refused(
            "an einsum that multiplies or adds up entries of fixed tensors, which is rounded; "
            "apply them one after the other, or give it the tensor that comes of them"
        )
    return linear_map(call)


@rule("flatten", torch.flatten, "flatten", nn.Flatten)
@rule("unflatten", torch.unflatten, "unflatten", nn.Unflatten)
@rule("reshape", torch.reshape, "reshape", "view")
@rule("squeeze", torch.squeeze, "squeeze")
@rule("unsqueeze", torch.unsqueeze, "unsqueeze")
def _reshaped(call: Call) -> list[Statement]:
    """Other axes for the same entries in the same order."""
    old, new = call.before, call.after
    if call.graph.batched and call.given.shape[0] != call.value.shape[0]:
        raise call.refused("a change of shape that mixes what is in a batch is no layer")
    if old == new:
        return []
    return [
        *as_vector(old),
        Statement("", lambda x: x.reshape(*x.shape[: x.ndim - len(old)], *new)),
        *from_vector(new),
    ]


def mean_of(call: Call, total: Function) -> list[Statement]:
    """A mean: the sum, whose matrix is of ones, over the number of its terms."""
    matrix = matrix_of(call, total)
    counts = {int(count) for count in matrix.double().sum(dim=1).tolist()}
    if len(counts) != 1:
        raise call.refused("a mean over windows of different sizes is no layer")
    return whole_map(call, matrix, factor=Fraction(1, counts.pop()))
