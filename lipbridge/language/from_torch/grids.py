"""Operations on grids: convolutions, pools and batch norms of sequences and images.

A grid is the vector of its entries, and a convolution on it is one sparse matrix: the constant is
the norm of that matrix, exact for the grid's size and the zeros around it, not of the kernel.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, cast

import torch
from torch import fx, nn
from torch.nn import functional

from lipbridge.language.from_torch.graph import located
from lipbridge.language.from_torch.linear_maps import (
    as_vector,
    from_vector,
    mean_of,
    refuse_large,
    whole_map,
)
from lipbridge.language.from_torch.operations import Converter, rule
from lipbridge.language.from_torch.statements import Statement

GRIDS = (nn.Conv2d, nn.MaxPool2d, nn.AvgPool2d, nn.AdaptiveAvgPool2d, nn.BatchNorm2d)
"""Modules whose input is an image: three axes without a batch."""


def _pair(value: Any, rank: int) -> tuple[int, ...]:
    """A setting for every size of a grid, from one number or several."""
    given = cast("Sequence[int]", value if isinstance(value, list | tuple) else (value,))
    numbers = tuple(given)
    return numbers if len(numbers) == rank else numbers * rank


def _grid(converter: Converter, node: fx.Node, rank: int) -> tuple[int, ...]:
    """Channels and sizes of a node's operand.

    Raises:
        SpecError: it has other axes.
    """
    (operand,) = converter.graph.inputs(node)
    axes = converter.axes(operand)
    if len(axes) != rank + 1:
        raise located(
            f"a value with axes {list(axes)}, and channels with {rank} sizes were expected; "
            "from_torch(…, batched=…) says whether axis 0 is a batch",
            node,
        )
    return axes


def _windows(
    node: fx.Node,
    axes: tuple[int, ...],
    kernel: tuple[int, ...],
    stride: tuple[int, ...],
    pads: tuple[tuple[int, int], ...],
    dilation: tuple[int, ...],
) -> torch.Tensor:
    """Which entry of the grid lies where in which window; -1 in the zeros around it.

    Shape:
        (channels, places in a window, windows).
    """
    channels, *sizes = axes if len(axes) == 3 else (axes[0], 1, axes[1])
    one = len(axes) == 2
    index = torch.arange(1, math.prod(axes) + 1, dtype=torch.float64)
    around = [amount for pair in reversed(pads) for amount in pair]
    padded = functional.pad(index.reshape(1, channels, *sizes), around)
    flat = functional.unfold(
        padded,
        (1, *kernel) if one else kernel,
        dilation=(1, *dilation) if one else dilation,
        stride=(1, *stride) if one else stride,
    )
    found = flat.reshape(channels, math.prod(kernel), -1).long() - 1
    refuse_large(node, found.shape[1], found.shape[2] * channels)
    return found


@rule("conv1d", functional.conv1d, torch.conv1d, nn.Conv1d)
@rule("conv2d", functional.conv2d, torch.conv2d, nn.Conv2d)
def _conv(converter: Converter, node: fx.Node) -> list[Statement]:
    """A convolution with zeros around the grid: the matrix of the stored kernel."""
    _, weight = converter.constant(node, converter.argument(node, 1, "weight"), "weight")
    rank = weight.ndim - 2
    axes = _grid(converter, node, rank)
    if converter.argument(node, 99, "padding_mode", "zeros") != "zeros":
        raise located("only convolutions with zeros around the grid are layers", node)
    bias = converter.argument(node, 2, "bias")
    stride = _pair(converter.argument(node, 3, "stride", 1), rank)
    padding = converter.argument(node, 4, "padding", 0)
    dilation = _pair(converter.argument(node, 5, "dilation", 1), rank)
    groups = int(converter.argument(node, 6, "groups", 1))
    kernel = tuple(weight.shape[2:])
    if padding == "same":
        spans = [d * (k - 1) for d, k in zip(dilation, kernel, strict=True)]
        pads = tuple((span // 2, span - span // 2) for span in spans)
    else:
        pads = tuple((p, p) for p in _pair(0 if padding == "valid" else padding, rank))
    places = _windows(node, axes, kernel, stride, pads, dilation)
    outputs, inputs = weight.shape[0], math.prod(axes)
    windows = places.shape[2]
    refuse_large(node, outputs * windows, inputs)
    # One column more takes what falls outside.
    matrix = torch.zeros(outputs, windows, inputs + 1, dtype=weight.dtype)
    columns = torch.where(places < 0, inputs, places)
    each, wide = outputs // groups, axes[0] // groups
    for group in range(groups):
        own = slice(group * each, (group + 1) * each)
        at = columns[group * wide : (group + 1) * wide].flatten(0, 1).T
        entries = weight[own].flatten(1)[:, None, :].expand(each, windows, at.shape[1])
        matrix[own].scatter_(2, at.expand(each, *at.shape), entries)
    shift = None
    if bias is not None:
        shift = converter.constant(node, bias, "bias")[1].repeat_interleave(windows)
    return whole_map(converter, node, matrix[..., :-1].flatten(0, 1), shift)


@rule("max_pool1d", functional.max_pool1d, torch.max_pool1d, nn.MaxPool1d)
@rule("max_pool2d", functional.max_pool2d, torch.max_pool2d, nn.MaxPool2d)
def _max_pool(converter: Converter, node: fx.Node) -> list[Statement]:
    """Every window's entries side by side, then the maximum of each group."""
    rank = len(converter.axes(node)) - 1
    axes = _grid(converter, node, rank)
    kernel = _pair(converter.argument(node, 1, "kernel_size"), rank)
    step = converter.argument(node, 2, "stride")
    pads = tuple((p, p) for p in _pair(converter.argument(node, 3, "padding", 0), rank))
    dilation = _pair(converter.argument(node, 4, "dilation", 1), rank)
    ceil, indices = (5, "ceil_mode", False), (6, "return_indices", False)
    if any(converter.argument(node, *option) for option in (ceil, indices)):
        raise located("max pooling with ceil_mode or return_indices is no layer", node)
    # torch's functions take [] for the kernel's own size.
    stride = _pair(step if step not in (None, [], ()) else kernel, rank)
    places = _windows(node, axes, kernel, stride, pads, dilation).transpose(1, 2).flatten(0, 1)
    # Outside are no entries: one of the window stands in for them, which changes no maximum.
    places = torch.where(places < 0, places.amax(1, keepdim=True), places).flatten()
    inputs, group = math.prod(axes), math.prod(kernel)
    refuse_large(node, len(places), inputs)
    value = converter.graph.values[node]
    matrix = torch.zeros(len(places), inputs, dtype=value.dtype)
    matrix[torch.arange(len(places)), places] = 1
    text = converter.linear("", (f"{node.name}.windows", matrix), None).text
    after = converter.axes(node)

    def windows(x: torch.Tensor) -> torch.Tensor:
        return x.reshape(*x.shape[: x.ndim - len(axes)], -1)[..., places]

    def largest(x: torch.Tensor) -> torch.Tensor:
        return x.unflatten(-1, (*after, group)).amax(-1)

    return [
        *as_vector(axes),
        Statement(text, windows),
        Statement(f"block_max {group}", largest),
        *from_vector(after),
    ]


@rule("avg_pool1d", functional.avg_pool1d, torch.avg_pool1d, nn.AvgPool1d)
@rule("avg_pool2d", functional.avg_pool2d, nn.AvgPool2d)
def _avg_pool(converter: Converter, node: fx.Node) -> list[Statement]:
    rank = len(converter.axes(node)) - 1
    _grid(converter, node, rank)
    kernel = _pair(converter.argument(node, 1, "kernel_size"), rank)
    step = converter.argument(node, 2, "stride")
    stride = _pair(step if step not in (None, [], ()) else kernel, rank)
    pads = _pair(converter.argument(node, 3, "padding", 0), rank)
    others = ((4, "ceil_mode", False), (6, "divisor_override", None))
    if any(pads) or any(converter.argument(node, *option) for option in others):
        raise located("average pooling with padding, ceil_mode or another divisor", node)

    def total(x: torch.Tensor) -> torch.Tensor:
        if rank == 2:
            return functional.avg_pool2d(x, kernel, stride, divisor_override=1)
        return functional.avg_pool2d(
            x[..., None, :], (1, *kernel), (1, *stride), divisor_override=1
        )[..., 0, :]

    return mean_of(converter, node, total)


@rule("adaptive_avg_pool1d", functional.adaptive_avg_pool1d, nn.AdaptiveAvgPool1d)
@rule("adaptive_avg_pool2d", functional.adaptive_avg_pool2d, nn.AdaptiveAvgPool2d)
def _adaptive(converter: Converter, node: fx.Node) -> list[Statement]:
    rank = len(converter.axes(node)) - 1
    before, after = _grid(converter, node, rank)[1:], converter.axes(node)[1:]
    if any(b % a for b, a in zip(before, after, strict=True)):
        raise located("adaptive pooling to a size that does not divide the grid's", node)
    sizes = [part for b, a in zip(before, after, strict=True) for part in (a, b // a)]

    def total(x: torch.Tensor) -> torch.Tensor:
        parts = x.unflatten(-1, sizes[-2:])
        if rank == 1:
            return parts.sum(-1)
        return parts.unflatten(-3, sizes[:2]).sum((-3, -1))

    return mean_of(converter, node, total)


@rule("batch_norm", functional.batch_norm, torch.batch_norm, nn.BatchNorm1d, nn.BatchNorm2d)
def _batch_norm(converter: Converter, node: fx.Node) -> list[Statement]:
    """In evaluation ``x ↦ g·x + b`` on each channel, g and b rounded to the module's dtype."""
    module = node.op == "call_module"
    names = ("running_mean", "running_var", "weight", "bias")
    mean, var, gain, bias = (
        None
        if (given := converter.argument(node, place, name)) is None
        else converter.constant(node, given, name)[1].double()
        for place, name in enumerate(names, start=1)
    )
    if converter.argument(node, 5, "training", False) or mean is None or var is None:
        raise located("batch norm in training mode mixes a batch; call module.eval() first", node)
    eps = float(converter.argument(node, 7, "eps", 1e-5))
    scales = (1.0 if gain is None else gain) / (var + eps).sqrt()
    shifts = (0.0 if bias is None else bias) - mean * scales
    value, axes = converter.graph.values[node], converter.axes(node)
    inner = math.prod(axes[2 - value.ndim + len(axes) :])
    whole = len(axes) > 1 and converter.batched
    if len(axes) > 2 and not converter.batched:
        raise located("batch norm takes its channels from axis 1, so there must be a batch", node)
    scales, shifts = (
        part.to(value.dtype).repeat_interleave(inner if whole else 1) for part in (scales, shifts)
    )
    if whole:
        return whole_map(converter, node, torch.diag(scales), shifts)
    name = str(node.target) if module else node.name
    tensors = ((f"{name}.matrix", torch.diag(scales)), (f"{name}.bias", shifts))
    return [converter.linear(name if module else "", *tensors)]
