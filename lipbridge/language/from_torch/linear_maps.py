"""Linear operations as matrices: permutations, sums, means, einsum, products from the left.

The operation itself is evaluated on the coordinate vectors: every entry of its value is then one
entry of a fixed operand, or 0, so the matrix is exact.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import torch
from torch import fx, nn
from torch.fx.node import map_arg
from torch.nn import functional

from lipbridge.language.from_torch.graph import located
from lipbridge.language.from_torch.operations import DEPENDENT_PRODUCT, Converter, rule
from lipbridge.language.from_torch.statements import Function, Statement, scale

_MIXES = "an operation that mixes what is in a batch is no layer"
_MAX_ENTRIES = 1 << 26
"""Of a matrix that is made here."""


def as_vector(axes: tuple[int, ...]) -> list[Statement]:
    """A block of tokens read as the stacked vector; a vector and a grid are one."""
    return [Statement("flatten", lambda x: x)] if len(axes) == 2 else []


def from_vector(axes: tuple[int, ...]) -> list[Statement]:
    """The reverse."""
    return [Statement(f"split {axes[0]}", lambda x: x)] if len(axes) == 2 else []


def whole_map(
    converter: Converter,
    node: fx.Node,
    matrix: torch.Tensor,
    bias: torch.Tensor | None = None,
    factor: Fraction = Fraction(1),
) -> list[Statement]:
    """``x ↦ factor·Mx + b`` on the vector of all entries of a node's operand.

    Args:
        converter: keeps the tensors.
        node: the operation.
        matrix: M, shape (entries of the value, entries of the operand).
        bias: b, an entry an entry of the value.
        factor: an exact factor, which the matrix's dtype need not hold.
    """
    (operand,) = converter.graph.inputs(node)
    module = node.op == "call_module"
    name = str(node.target) if module else node.name
    tensor = None if bias is None else (f"{name}.bias", bias)
    made = converter.linear(name if module else "", (f"{name}.matrix", matrix), tensor)
    before, after = converter.axes(operand), converter.axes(node)

    def apply(x: torch.Tensor) -> torch.Tensor:
        rows = x.reshape(*x.shape[: x.ndim - len(before)], -1)
        return functional.linear(rows, matrix, bias).unflatten(-1, after)

    return [
        *as_vector(before),
        Statement(made.text, apply, label=made.label),
        *([] if factor == 1 else scale(factor)),
        *from_vector(after),
    ]


def refuse_large(node: fx.Node, rows: int, cols: int) -> None:
    """Refuse a matrix that memory does not hold.

    Raises:
        SpecError: with its size.
    """
    if rows * cols > _MAX_ENTRIES:
        raise located(
            f"as a matrix this operation is {rows}×{cols}, beyond {_MAX_ENTRIES} entries; trace it "
            "on a smaller grid, whose bound holds for that grid alone",
            node,
        )


def _matrix_of(converter: Converter, node: fx.Node, function: Function) -> torch.Tensor:
    """The matrix of a linear function of a node's operand: its values on coordinate vectors.

    One vector at a time, in a batch as long as the module's: all of it the same vector, whose
    values must be the same, and once with NaN in every other place, which must not spread.
    """
    (operand,) = converter.graph.inputs(node)
    axes, value = converter.axes(operand), converter.graph.values[operand]
    size, rows = math.prod(axes), math.prod(converter.axes(node))
    batch = value.shape[:1] if converter.batched else torch.Size()
    refuse_large(node, rows * batch.numel(), size)
    basis = torch.eye(size, dtype=value.dtype).reshape(size, *axes)

    def repeated(x: torch.Tensor) -> torch.Tensor:
        return function(x.expand(*batch, *axes).clone())

    with torch.no_grad():
        found = torch.vmap(repeated)(basis)
        if found.shape != (size, *batch, *converter.axes(node)):
            raise located(_MIXES, node)
        if converter.batched:
            alone = torch.eye(batch[0], dtype=torch.bool).reshape(*batch, *batch, *[1] * len(axes))
            parts = torch.where(alone, value.new_zeros(()), torch.nan).repeat(1, 1, *axes)
            own = torch.stack([function(part)[i] for i, part in enumerate(parts)])
            if not bool((found == found[:, :1]).all() and (own == 0).all()):
                raise located(_MIXES, node)
            found = found[:, 0]
        elif bool(function(torch.zeros(axes, dtype=value.dtype)).any()):
            raise located("an operation that adds a constant besides is no linear map", node)
    return found.reshape(size, rows).T


def _again(converter: Converter, node: fx.Node) -> Function:
    """The node's operation as a function of its operand."""
    (operand,) = converter.graph.inputs(node)
    values = converter.graph.values

    def run(x: torch.Tensor) -> torch.Tensor:
        def known(one: fx.Node) -> Any:
            return x if one is operand else values[one]

        args: Any = map_arg(node.args, known)
        given: Any = map_arg(node.kwargs, known)
        if node.op == "call_module":
            return converter.graph.module.get_submodule(str(node.target))(*args, **given)
        if node.op == "call_method":
            return getattr(args[0], str(node.target))(*args[1:], **given)
        target = node.target
        assert callable(target)
        return target(*args, **given)

    return run


def linear_map(converter: Converter, node: fx.Node) -> list[Statement]:
    """The matrix of an operation that is linear in its one operand."""
    if len(converter.graph.inputs(node)) != 1:
        raise located(DEPENDENT_PRODUCT, node)
    run = _again(converter, node)
    return whole_map(converter, node, _matrix_of(converter, node, run))


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
def _pad(converter: Converter, node: fx.Node) -> list[Statement]:
    if converter.argument(node, 2, "mode", "constant") != "constant" or converter.argument(
        node, 3, "value", None
    ):
        raise located("only padding with zeros is a layer", node)
    return linear_map(converter, node)


@rule("einsum", torch.einsum)
def _einsum(converter: Converter, node: fx.Node) -> list[Statement]:
    """An einsum in which what depends on the input stands once."""
    operands = node.args[1] if isinstance(node.args[1], list | tuple) else node.args[1:]
    if sum(map(converter.graph.depends, operands)) != 1:
        raise located(
            "an einsum of several values that depend on the input has no global constant; write "
            "`similarity` or `product` in a spec, where the inputs' norms are bounded",
            node,
        )
    return linear_map(converter, node)


@rule("flatten", torch.flatten, "flatten", nn.Flatten)
@rule("unflatten", torch.unflatten, "unflatten", nn.Unflatten)
@rule("reshape", torch.reshape, "reshape", "view")
@rule("squeeze", torch.squeeze, "squeeze")
@rule("unsqueeze", torch.unsqueeze, "unsqueeze")
def _reshaped(converter: Converter, node: fx.Node) -> list[Statement]:
    """Other axes for the same entries in the same order."""
    (operand,) = converter.graph.inputs(node)
    before, after = converter.graph.values[operand], converter.graph.values[node]
    old, new = converter.axes(operand), converter.axes(node)
    if converter.batched and before.shape[0] != after.shape[0]:
        raise located("a change of shape that mixes what is in a batch is no layer", node)
    if old == new:
        return []
    return [
        *as_vector(old),
        Statement("", lambda x: x.reshape(*x.shape[: x.ndim - len(old)], *new)),
        *from_vector(new),
    ]


def mean_of(
    converter: Converter, node: fx.Node, total: Callable[[torch.Tensor], torch.Tensor]
) -> list[Statement]:
    """A mean: the sum, whose matrix is of ones, over the number of its terms."""
    matrix = _matrix_of(converter, node, total)
    counts = {int(count) for count in matrix.double().sum(dim=1).tolist()}
    if len(counts) != 1:
        raise located("a mean over windows of different sizes is no layer", node)
    return whole_map(converter, node, matrix, factor=Fraction(1, counts.pop()))
