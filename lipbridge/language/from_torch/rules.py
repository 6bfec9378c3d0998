"""The torch operations that have a layer, a rule each."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any

import torch
from torch import fx, nn
from torch.nn import functional

from lipbridge.language.from_torch.away_from_zero import reciprocals
from lipbridge.language.from_torch.call import Call, Join
from lipbridge.language.from_torch.linear_maps import linear_map, mean_of
from lipbridge.language.from_torch.norms import DIFFERENCES, MEANS, PRODUCTS, QUOTIENTS, SUMS
from lipbridge.language.from_torch.operations import DEPENDENT_PRODUCT, rule
from lipbridge.language.from_torch.statements import (
    NEGATED,
    Statement,
    concatenated,
    difference,
    scale,
    sum_of,
)


@rule("contiguous", "contiguous")
@rule("clone", torch.clone, "clone")
@rule("detach", "detach")
@rule("identity", nn.Identity)
def _unchanged(_call: Call) -> list[Statement]:
    return []


@rule("to", "to", "float", "double", "type_as")
def _cast(call: Call) -> list[Statement]:
    if not call.value.is_floating_point():
        raise call.refused("a conversion to numbers that are not real is no layer")
    kind = call.value.dtype
    return [] if call.given.dtype == kind else [Statement("", lambda x: x.to(kind))]


@rule("dropout", functional.dropout, nn.Dropout, nn.AlphaDropout)
def _dropout(call: Call, _p: object = None, training: bool = True) -> list[Statement]:
    if training:
        raise call.refused("dropout in training mode is random; call module.eval() first")
    return []


@rule("softmax", torch.softmax, functional.softmax, "softmax", nn.Softmax)
def _softmax(call: Call, dim: object = None) -> list[Statement]:
    if len(call.after) != 1 or _axes(call.value, dim) != [-1]:
        raise call.refused("softmax is known over the entries of a vector: dim=-1, no tokens")
    return [Statement("softmax", lambda x: torch.softmax(x, -1))]


def _axes(value: torch.Tensor, dim: object) -> list[int] | None:
    """The axes of a value that an argument names, counted from the last, which is -1.

    None where it names none, or not by numbers.
    """
    given = dim if isinstance(dim, Sequence) else [dim]
    numbers = [axis for axis in given if isinstance(axis, int)]
    return [a % value.ndim - value.ndim for a in numbers] if len(numbers) == len(given) else None


def _require_normed(call: Call, size: Sequence[int]) -> None:
    if list(call.after[-1:]) != list(size) or len(call.after) > 2:
        raise call.refused(f"a norm over {list(size)} of a value of shape {list(call.after)}")


@rule("layer_norm", functional.layer_norm, nn.LayerNorm, torch.layer_norm)
def _layer_norm(
    call: Call,
    normalized_shape: Sequence[int] = (),
    weight: object = None,
    bias: object = None,
    eps: object = 1e-5,
) -> list[Statement]:
    _require_normed(call, normalized_shape)
    return call.norm("layer_norm", call.number(eps, "eps"), weight, bias)


@rule("rms_norm", functional.rms_norm, nn.RMSNorm)
def _rms_norm(
    call: Call, normalized_shape: Sequence[int] = (), weight: object = None, eps: object = None
) -> list[Statement]:
    _require_normed(call, normalized_shape)
    if eps is None:
        wide = call.value.dtype == torch.float64
        eps = torch.finfo(torch.float64 if wide else torch.float32).eps
    return call.norm("rms_norm", call.number(eps, "eps"), weight, None)


@rule("group_norm", functional.group_norm, nn.GroupNorm, torch.group_norm)
def _group_norm(
    call: Call,
    num_groups: int = 1,
    weight: object = None,
    bias: object = None,
    eps: object = 1e-5,
) -> list[Statement]:
    """GroupNorm of a vector or of each token, whose entries are the channels."""
    if call.value.dim() != 2:
        shape = list(call.value.shape)
        raise call.refused(f"group_norm of a value of shape {shape} has its channels on axis 1")
    return call.norm("group_norm", call.number(eps, "eps"), weight, bias, groups=num_groups)


@rule("linear", functional.linear, nn.Linear)
def _linear(call: Call, weight: object = None, bias: object = None) -> list[Statement]:
    """``linear(x, W, b)``, for a matrix that does not depend on the input."""
    if _from_left(call, weight):
        return linear_map(call)
    name, matrix = _factor(call, weight)
    if matrix.ndim != 2:
        return linear_map(call)
    fixed = None if bias is None else call.constant(bias, "bias")
    if fixed is not None and fixed[1].shape != matrix.shape[:1]:
        raise call.refused("a bias that is no vector with an entry a row; add it in a sum")
    return [call.linear((name, matrix), fixed, label=call.label)]


@rule("matmul", torch.matmul, operator.matmul, "matmul", torch.mm, "mm")
def _product(call: Call, other: object = None) -> list[Statement]:
    """``x @ A``, for a matrix that does not depend on the input."""
    second = call.node.kwargs.get("mat2") if other is None else other
    if _from_left(call, second):
        name, matrix = call.constant(_first(call))
        plain = call.given.ndim == 1 and matrix.ndim == 2
        return [call.linear((name, matrix))] if plain else linear_map(call)
    name, matrix = _factor(call, second, turned=True)
    return [call.linear((name, matrix))] if matrix.ndim == 2 else linear_map(call)


def _from_left(call: Call, second: object) -> bool:
    """Whether the first factor is fixed, and the second is not."""
    return call.depends(second) and not call.depends(_first(call))


def _first(call: Call) -> object:
    return call.node.args[0] if call.node.args else call.node.kwargs.get("input")


def _factor(call: Call, matrix: object, *, turned: bool = False) -> tuple[str, torch.Tensor]:
    if call.depends(matrix):
        raise call.refused(
            "a product of two values that depend on the input has no global constant; "
            "only x @ A with a fixed matrix A is a layer"
        )
    found = call.constant(matrix, "weight", turned=turned)
    if len(call.before) > 2:
        raise call.refused("a product along one axis of a grid; flatten it first")
    return found


def _over_tokens(call: Call, axes: object, keepdim: object) -> bool:
    """Whether a pool is over the tokens of a block."""
    return len(call.before) == 2 and not keepdim and _axes(call.given, axes) == [-2]


@rule("mean", *MEANS)
def _mean(call: Call, dim: object = None, keepdim: bool = False) -> list[Statement]:
    """Over the tokens of a block; over other axes a linear map."""
    if _over_tokens(call, dim, keepdim):
        return [Statement("mean_pool", lambda x: torch.mean(x, -2))]
    axes = _axes(call.given, dim)
    if axes is None:
        raise _pooled(call)
    return mean_of(call, lambda x: x.sum(axes, keepdim=bool(keepdim)))


@rule("amax", torch.amax, "amax")
def _largest(call: Call, dim: object = None, keepdim: bool = False) -> list[Statement]:
    if not _over_tokens(call, dim, keepdim):
        raise _pooled(call)
    return [Statement("max_pool", lambda x: torch.amax(x, -2))]


def _pooled(call: Call) -> Exception:
    return call.refused("pooling is known over the tokens of a block (the last axis but one)")


@rule("neg", operator.neg, torch.neg, "neg")
def _negated(_call: Call) -> list[Statement]:
    return [NEGATED]


@rule("mul", *PRODUCTS)
@rule("div", *QUOTIENTS)
def _scaled(call: Call) -> list[Statement]:
    """``c·x``, ``x/c``, ``g ⊙ x`` and ``x ⊘ v`` for what does not depend on the input.

    1/c is exact; 1/v is rounded away from 0, to float32 or to a dtype of the value that is wider.
    """
    if len(call.node.args) != 2 or call.node.kwargs:
        raise call.refused("a product with keyword arguments is no layer; write x * c")
    first, second = call.node.args
    divides = call.node.target in QUOTIENTS
    fixed = second if call.depends(first) else first
    if call.depends(fixed):
        quotient = "a quotient of two values that depend on the input has no global constant"
        raise call.refused(quotient if divides else DEPENDENT_PRODUCT)
    if divides and fixed is first:
        raise call.refused("c / x has no constant near x = 0")
    known = call.graph.values.get(fixed) if isinstance(fixed, fx.Node) else fixed
    if divides and isinstance(known, torch.Tensor) and known.numel() == 1:
        call.entries(known)  # refuses one that changes the shape
        known = known.item()
    if not isinstance(known, torch.Tensor):
        factor = call.number(known, "a factor")
        if divides and not factor:
            raise call.refused("a division by 0")
        return scale(1 / factor if divides else factor)
    name, constant = call.constant(fixed)
    vector, kind = call.entries(constant), call.value.dtype
    if divides:
        shape, wide = vector.shape, torch.promote_types(kind, torch.float32)
        vector = reciprocals(vector.flatten(), wide).reshape(shape)
        if not bool((vector.isfinite() & (vector != 0)).all()):
            raise call.refused("a division by 0, or by a number whose reciprocal is out of range")
    elif not constant.ndim and constant.is_floating_point():
        # In low precision torch multiplies by one number in float32.
        wide = torch.promote_types(kind, torch.float32)
        vector = constant.to(wide).expand(vector.shape).clone()
    whole = (
        not divides and vector.ndim == 1 and constant.shape in (vector.shape, (1, *vector.shape))
    )
    kept = call.graph.keep(name if whole else f"{name}.gain", vector.flatten())
    return [Statement(f"gain gain={kept}", lambda x: (x * vector).to(kind))]


@rule("add", *SUMS)
@rule("sub", *DIFFERENCES)
def _sum(call: Call) -> list[Statement] | Join:
    """``x + c``, a linear layer with the identity for its matrix; or a sum of branches."""
    if call.node.kwargs or len(call.node.args) != 2:
        raise call.refused("a sum with keyword arguments is no layer; write x + c * y")
    operands = call.node.args
    subtracts = call.node.target in DIFFERENCES
    if all(map(call.depends, operands)):
        nodes = tuple(operand for operand in operands if isinstance(operand, fx.Node))
        if any(call.graph.axes(node) != call.after for node in nodes):
            raise call.refused("a sum of values of different shapes is no layer")
        return Join(nodes, difference if subtracts else sum_of)
    forward = call.depends(operands[0])
    name, constant = call.constant(operands[1 if forward else 0], like=call.value)
    entries = call.entries(constant)
    shift = -entries if subtracts and forward else entries
    return call.shift(shift, -1 if subtracts and not forward else 1, name)


@rule("cat", torch.cat, torch.concat)
def _concatenated(call: Call, dim: object = 0) -> Join:
    given = call.node.args[0] if call.node.args else call.node.kwargs.get("tensors")
    if _axes(call.value, dim) != [-1]:
        raise call.refused("only concatenation along the last axis is a layer")
    operands = tuple(given) if isinstance(given, Sequence) else ()
    nodes = tuple(operand for operand in operands if isinstance(operand, fx.Node))
    if not nodes or not all(map(call.depends, operands)):
        raise call.refused("concatenation with a constant is no layer")
    if len(call.after) != 1:
        raise call.refused("blocks of tokens cannot be concatenated; concatenate vectors")
    return Join(nodes, concatenated)


@rule("chunk", torch.chunk, "chunk")
@rule("split", torch.split, "split")
def _split(call: Call, _size: object = None, dim: object = 0) -> list[Statement]:
    """``x.chunk(h, -1)``: nothing yet; the parts are picked where they are taken out."""
    if _axes(call.given, dim) != [-1] or len(call.before) > 2:
        raise call.refused("only the last axis of a vector or a block can be split")
    return []


@rule("slices", operator.getitem)
def _sliced(call: Call, index: Any) -> list[Statement]:
    """``x[..., a:b]``: a linear layer that picks entries."""
    value: Any = call.given
    if isinstance(value, tuple | list):
        if not isinstance(index, int):
            raise call.refused("the parts of a split are taken by their numbers")
        sizes = [part.shape[-1] for part in value]
        start = sum(sizes[: index % len(sizes)])
        return call.picked(sum(sizes), slice(start, start + sizes[index]))
    index = index if isinstance(index, tuple) else (index,)
    last = index[-1] if index else None
    if (
        not isinstance(last, slice)
        or not (Ellipsis in index or len(index) == value.ndim)
        or any(i not in (Ellipsis, slice(None)) for i in index[:-1])
        or not all(b is None or isinstance(b, int) for b in (last.start, last.stop, last.step))
        or len(call.before) > 2
    ):
        return linear_map(call)
    return call.picked(value.shape[-1], last)
