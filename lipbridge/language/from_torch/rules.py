"""The torch operations that have a layer, a rule each."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from fractions import Fraction
from functools import partial

import torch
from torch import fx, nn
from torch.nn import functional

from lipbridge.language.from_torch.graph import located
from lipbridge.language.from_torch.linear_maps import linear_map, mean_of
from lipbridge.language.from_torch.operations import DEPENDENT_PRODUCT, Converter, register, rule
from lipbridge.language.from_torch.statements import Statement, scale

SUBTRACTIONS = (operator.sub, operator.isub, torch.sub, "sub")
"""Targets of nodes that subtract."""

_DIVISIONS = (operator.truediv, operator.itruediv, torch.div, "div")
_SUMS = (operator.add, operator.iadd, torch.add, "add", "add_")
ADDITIONS: frozenset[object] = frozenset((*_SUMS, *SUBTRACTIONS))
"""Targets of nodes that add or subtract."""


@rule("contiguous", "contiguous")
@rule("clone", torch.clone, "clone")
@rule("detach", "detach")
@rule("identity", nn.Identity)
def _unchanged(_converter: Converter, _node: fx.Node) -> list[Statement]:
    return []


@rule("to", "to", "float", "double", "type_as")
def _cast(converter: Converter, node: fx.Node) -> list[Statement]:
    if not converter.graph.values[node].is_floating_point():
        raise located("a conversion to numbers that are not real is no layer", node)
    return []


@rule("dropout", functional.dropout, nn.Dropout, nn.AlphaDropout)
def _dropout(converter: Converter, node: fx.Node) -> list[Statement]:
    if converter.argument(node, 2, "training", True):
        raise located("dropout in training mode is random; call module.eval() first", node)
    return []


@rule("softmax", torch.softmax, functional.softmax, "softmax", nn.Softmax)
def _softmax(converter: Converter, node: fx.Node) -> list[Statement]:
    axis, rank = converter.argument(node, 1, "dim"), converter.graph.values[node].ndim
    if len(converter.axes(node)) != 1 or not isinstance(axis, int) or axis % rank != rank - 1:
        raise located("softmax is known over the entries of a vector: dim=-1, no tokens", node)
    return [Statement("softmax", lambda x: torch.softmax(x, -1))]


def _norm(kind: str, converter: Converter, node: fx.Node) -> list[Statement]:
    """A norm over the entries of a vector or of each token; without a stored gain, of ones."""
    shape, value = converter.axes(node), converter.graph.values[node]
    size = converter.argument(node, 1, "normalized_shape")
    if list(shape[-1:]) != list(size) or len(shape) > 2:
        raise located(f"a norm over {list(size)} of a value of shape {list(shape)}", node)
    centred = kind == "layer_norm"
    gain, bias = converter.argument(node, 2, "weight"), None
    eps = converter.argument(node, 4 if centred else 3, "eps", 1e-5 if centred else None)
    if eps is None:
        wide = value.dtype == torch.float64
        eps = torch.finfo(torch.float64 if wide else torch.float32).eps
    exact = converter.number(node, eps, "eps")
    if gain is None:
        gain = torch.ones(size, dtype=value.dtype, device=value.device)
    name, weight = converter.constant(node, gain, "weight")
    text = f'{kind} gain="{converter.keep(name, weight)}" eps={exact}'
    given = converter.argument(node, 3, "bias") if centred else None
    if given is not None:
        name, bias = converter.constant(node, given, "bias")
        text += f' bias="{converter.keep(name, bias)}"'

    def apply(x: torch.Tensor) -> torch.Tensor:
        if centred:
            return functional.layer_norm(x, (x.shape[-1],), weight, bias, float(exact))
        return functional.rms_norm(x, (x.shape[-1],), weight, float(exact))

    label = str(node.target) if node.op == "call_module" else ""
    return [Statement(text, apply, label=label)]


@rule("group_norm", functional.group_norm, nn.GroupNorm, torch.group_norm)
def _group_norm(converter: Converter, node: fx.Node) -> list[Statement]:
    """GroupNorm of a vector or of each token, whose entries are the channels."""
    value = converter.graph.values[node]
    if value.dim() != 2:
        raise located(
            f"group_norm of a value of shape {list(value.shape)} has its channels on axis 1", node
        )
    ones = torch.ones(value.shape[1], dtype=value.dtype, device=value.device)
    groups = int(converter.argument(node, 1, "num_groups"))
    gain, given = converter.argument(node, 2, "weight"), converter.argument(node, 3, "bias")
    eps = converter.number(node, converter.argument(node, 4, "eps", 1e-5), "eps")
    name, weight = converter.constant(node, ones if gain is None else gain, "weight")
    text, bias = f'group_norm {groups} gain="{converter.keep(name, weight)}" eps={eps}', None
    if given is not None:
        name, bias = converter.constant(node, given, "bias")
        text += f' bias="{converter.keep(name, bias)}"'
    label = str(node.target) if node.op == "call_module" else ""
    return [
        Statement(
            text, lambda x: functional.group_norm(x, groups, weight, bias, float(eps)), label=label
        )
    ]


register("layer_norm", partial(_norm, "layer_norm"), functional.layer_norm, nn.LayerNorm)
register("layer_norm", partial(_norm, "layer_norm"), torch.layer_norm)
register("rms_norm", partial(_norm, "rms_norm"), functional.rms_norm, nn.RMSNorm)


@rule("linear", functional.linear, nn.Linear)
@rule("matmul", torch.matmul, operator.matmul, "matmul", torch.mm, "mm")
def _product(converter: Converter, node: fx.Node) -> list[Statement]:
    """``x @ A`` and ``linear(x, W, b)``, for matrices that do not depend on the input."""
    module = node.op == "call_module"
    straight = module or node.target is functional.linear
    first = node.args[0] if node.args else node.kwargs.get("input")
    second = converter.argument(node, 1, "weight" if straight else "other")
    if second is None:
        second = node.kwargs.get("mat2")
    if not converter.graph.depends(first) and converter.graph.depends(second):
        return linear_map(converter, node)
    if converter.graph.depends(second):
        raise located(
            "a product of two values that depend on the input has no global constant; "
            "only x @ A with a fixed matrix A is a layer",
            node,
        )
    name, matrix = converter.constant(node, second, "weight")
    (operand,) = converter.graph.inputs(node)
    if len(converter.axes(operand)) > 2:
        raise located("a product along one axis of a grid; flatten it first", node)
    if matrix.ndim != 2:
        return linear_map(converter, node)
    if not straight:
        return [converter.linear("", (f"{name}.T", matrix.T), None)]
    bias = converter.argument(node, 2, "bias")
    fixed = None if bias is None else converter.constant(node, bias, "bias")
    if fixed is not None and fixed[1].shape != matrix.shape[:1]:
        raise located("a bias that is no vector with an entry a row; add it in a sum", node)
    return [converter.linear(str(node.target) if module else "", (name, matrix), fixed)]


def _pool(kind: str, converter: Converter, node: fx.Node) -> list[Statement]:
    """Over the tokens of a block; a mean also over other axes, as a linear map."""
    (operand,) = converter.graph.inputs(node)
    axis = converter.argument(node, 1, "dim")
    keep = converter.argument(node, 2, "keepdim", False)
    rank = converter.graph.values[operand].ndim
    axes = [axis] if isinstance(axis, int) else axis
    tokens = (
        len(converter.axes(operand)) == 2
        and not keep
        and isinstance(axes, Sequence)
        and [a % rank if isinstance(a, int) else None for a in axes] == [rank - 2]
    )
    if tokens:
        pool = torch.mean if kind == "mean_pool" else torch.amax
        return [Statement(kind, lambda x: pool(x, -2))]
    if kind == "max_pool" or not isinstance(axes, Sequence):
        raise located("pooling is known over the tokens of a block (the last axis but one)", node)
    back = [a if a < 0 else a - rank for a in axes]
    return mean_of(converter, node, lambda x: x.sum(back, keepdim=bool(keep)))


register("mean", partial(_pool, "mean_pool"), torch.mean, "mean")
register("amax", partial(_pool, "max_pool"), torch.amax, "amax")


@rule("neg", operator.neg, torch.neg, "neg")
def _negated(_converter: Converter, _node: fx.Node) -> list[Statement]:
    return scale(Fraction(-1))


@rule("mul", operator.mul, operator.imul, torch.mul, "mul")
@rule("div", *_DIVISIONS)
def _scaled(converter: Converter, node: fx.Node) -> list[Statement]:
    """``c·x``, ``x/c`` and ``g ⊙ x`` for what does not depend on the input."""
    if len(node.args) != 2 or node.kwargs:
        raise located("a product with keyword arguments is no layer; write x * c", node)
    first, second = node.args
    divides = node.target in _DIVISIONS
    fixed = second if converter.graph.depends(first) else first
    if converter.graph.depends(fixed):
        quotient = "a quotient of two values that depend on the input has no global constant"
        raise located(quotient if divides else DEPENDENT_PRODUCT, node)
    if divides and fixed is first:
        raise located("c / x has no constant near x = 0", node)
    known = converter.graph.values.get(fixed) if isinstance(fixed, fx.Node) else fixed
    if not isinstance(known, torch.Tensor):
        factor = converter.number(node, known, "a factor")
        if divides and not factor:
            raise located("a division by 0", node)
        return scale(1 / factor if divides else factor)
    name, constant = converter.constant(node, fixed)
    if divides:
        raise located("only division by a number is a layer; multiply by a fixed vector", node)
    vector = converter.entries(node, constant)
    stored = name if constant.shape == vector.shape else f"{name}.gain"
    kept = converter.keep(stored, vector.flatten())
    return [Statement(f'gain gain="{kept}"', lambda x: x * vector)]


@rule("add", *_SUMS)
@rule("sub", *SUBTRACTIONS)
def _shifted(converter: Converter, node: fx.Node) -> list[Statement]:
    """``x + c``: a linear layer with the identity for its matrix; c only shifts."""
    if node.kwargs or len(node.args) != 2:
        raise located("a sum with keyword arguments is no layer; write x + c * y", node)
    first, second = node.args
    forward = converter.graph.depends(first)
    subtracts = node.target in SUBTRACTIONS
    value = converter.graph.values[node]
    name, constant = converter.constant(node, second if forward else first, like=value)
    entries = converter.entries(node, constant)
    shift = -entries if subtracts and forward else entries
    sign = -1 if subtracts and not forward else 1
    return converter.shift(node, shift, sign, name)


@rule("chunk", torch.chunk, "chunk")
@rule("split", torch.split, "split")
def _split(converter: Converter, node: fx.Node) -> list[Statement]:
    """``x.chunk(h, -1)``: nothing yet; the parts are picked where they are taken out."""
    axis = converter.argument(node, 2, "dim", 0)
    (operand,) = converter.graph.inputs(node)
    rank = converter.graph.values[operand].ndim
    if not isinstance(axis, int) or axis % rank != rank - 1 or len(converter.axes(operand)) > 2:
        raise located("only the last axis of a vector or a block can be split", node)
    return []


@rule("slices", operator.getitem)
def _sliced(converter: Converter, node: fx.Node) -> list[Statement]:
    """``x[..., a:b]``: a linear layer that picks entries."""
    (operand,) = converter.graph.inputs(node)
    index, value = node.args[1], converter.graph.values[operand]
    if isinstance(value, tuple | list):
        if not isinstance(index, int):
            raise located("the parts of a split are taken by their numbers", node)
        sizes = [part.shape[-1] for part in value]
        index %= len(sizes)
        start = sum(sizes[:index])
        return converter.picked(node, sum(sizes), slice(start, start + sizes[index]), value[0])
    index = index if isinstance(index, tuple) else (index,)
    whole = (Ellipsis, slice(None))
    inner, last = index[:-1], index[-1] if index else None
    full = Ellipsis in index or len(index) == value.ndim
    bounds = (last.start, last.stop, last.step) if isinstance(last, slice) else (last,)
    if (
        not isinstance(last, slice)
        or not full
        or any(i not in whole for i in inner)
        or not all(b is None or isinstance(b, int) for b in bounds)
    ):
        return linear_map(converter, node)
    if len(converter.axes(operand)) > 2:
        return linear_map(converter, node)
    return converter.picked(node, value.shape[-1], last, value)
