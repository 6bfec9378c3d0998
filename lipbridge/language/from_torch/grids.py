"""Operations on grids: convolutions, pools and batch norms of sequences and images.

A grid is the vector of its entries, and a convolution on it is one sparse matrix: the constant is
the norm of that matrix, exact for the grid's size and the zeros around it, not of the kernel.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, cast

import torch
from torch import nn
from torch.nn import functional

from lipbridge.language.from_torch.away_from_zero import normed_gains
from lipbridge.language.from_torch.call import Call
from lipbridge.language.from_torch.linear_maps import (
    as_vector,
    from_vector,
    matrix_of,
    mean_of,
    refuse_large,
    whole_map,
)
from lipbridge.language.from_torch.operations import Rule, rule
from lipbridge.language.from_torch.statements import Statement

GRIDS = (nn.Conv2d, nn.MaxPool2d, nn.AvgPool2d, nn.AdaptiveAvgPool2d, nn.BatchNorm2d)
"""Modules whose input is an image: three axes without a batch."""


def _pair(value: object, rank: int) -> tuple[int, ...]:
    """A setting for every size of a grid, from one number or several."""
    given = cast("Sequence[int]", value if isinstance(value, list | tuple) else (value,))
    numbers = tuple(given)
    return numbers if len(numbers) == rank else numbers * rank


def _kernel(
    kernel_size: object, stride: object, rank: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Kernel and stride of a pool; torch's functions take [] for the kernel's own size."""
    kernel = _pair(kernel_size, rank)
    return kernel, kernel if stride in (None, [], ()) else _pair(stride, rank)


def _grid(call: Call, rank: int) -> tuple[int, ...]:
    """Channels and sizes of the operand.

    Raises:
        SpecError: it has other axes.
    """
    if len(call.before) != rank + 1:
        raise call.refused(
            f"a value with axes {list(call.before)}, and channels with {rank} sizes were expected; "
            "from_torch(…, batched=…) says whether axis 0 is a batch"
        )
    return call.before


@rule("conv1d", functional.conv1d, torch.conv1d, nn.Conv1d)
@rule("conv2d", functional.conv2d, torch.conv2d, nn.Conv2d)
def _conv(
    call: Call,
    weight: object = None,
    bias: object = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
    padding_mode: str = "zeros",
) -> list[Statement]:
    """A convolution with zeros around the grid: the matrix of the stored kernel."""
    kernel = call.constant(weight, "weight")[1]
    _grid(call, kernel.ndim - 2)
    if padding_mode != "zeros":
        raise call.refused("only convolutions with zeros around the grid are layers")
    convolve = functional.conv1d if kernel.ndim == 3 else functional.conv2d

    def convolved(x: torch.Tensor) -> torch.Tensor:
        # In float64 torch multiplies and adds, so that each entry is one of the kernel's.
        wide = convolve(x.double(), kernel.double(), None, stride, padding, dilation, groups)
        return wide.to(kernel.dtype)

    shift = None
    if bias is not None:
        windows = math.prod(call.after[1:])
        shift = call.constant(bias, "bias")[1].repeat_interleave(windows)
    return whole_map(call, matrix_of(call, convolved), shift)


def _max_pool(rank: int) -> Rule:
    """Every window's entries side by side, then the maximum of each group."""

    def convert(
        call: Call,
        kernel_size: object = None,
        stride: object = None,
        padding: object = 0,
        dilation: object = 1,
        ceil_mode: bool = False,
        return_indices: bool = False,
    ) -> list[Statement]:
        axes, after = _grid(call, rank), call.after
        if ceil_mode or return_indices:
            raise call.refused("max pooling with ceil_mode or return_indices is no layer")
        kernel, step = _kernel(kernel_size, stride, rank)
        # Which entry of the grid, counted from 1, lies where in which window; 0 is outside.
        index = torch.arange(1, math.prod(axes) + 1, dtype=torch.float64)
        flat = [1] * (2 - rank)
        unfolded = functional.unfold(
            index.reshape(1, axes[0], *flat, *axes[1:]),
            (*flat, *kernel),
            (*flat, *_pair(dilation, rank)),
            (*[0] * (2 - rank), *_pair(padding, rank)),
            (*flat, *step),
        )
        windows = unfolded.reshape(axes[0], math.prod(kernel), -1).long() - 1
        windows = windows.transpose(1, 2).flatten(0, 1)
        # Outside are no entries: one of the window stands in for them, which changes no maximum.
        places = torch.where(windows < 0, windows.amax(1, keepdim=True), windows).flatten()
        inputs, group = math.prod(axes), math.prod(kernel)
        refuse_large(call, len(places), inputs)
        matrix = torch.zeros(len(places), inputs, dtype=call.value.dtype)
        matrix[torch.arange(len(places)), places] = 1

        def side_by_side(x: torch.Tensor) -> torch.Tensor:
            return x.reshape(*x.shape[: x.ndim - len(axes)], -1)[..., places]

        def largest(x: torch.Tensor) -> torch.Tensor:
            return x.unflatten(-1, (*after, group)).amax(-1)

        return [
            *as_vector(axes),
            call.linear((f"{call.node.name}.windows", matrix), None, side_by_side),
            Statement(f"block_max {group}", largest),
            *from_vector(after),
        ]

    return convert


rule("max_pool1d", functional.max_pool1d, torch.max_pool1d, nn.MaxPool1d)(_max_pool(1))
rule("max_pool2d", functional.max_pool2d, torch.max_pool2d, nn.MaxPool2d)(_max_pool(2))


def _avg_pool(rank: int) -> Rule:
    def convert(
        call: Call,
        kernel_size: object = None,
        stride: object = None,
        padding: object = 0,
        ceil_mode: bool = False,
        _count_include_pad: bool = True,
        divisor_override: int | None = None,
    ) -> list[Statement]:
        _grid(call, rank)
        kernel, step = _kernel(kernel_size, stride, rank)
        if any(_pair(padding, rank)) or ceil_mode or divisor_override:
            raise call.refused("average pooling with padding, ceil_mode or another divisor")

        def total(x: torch.Tensor) -> torch.Tensor:
            if rank == 2:
                return functional.avg_pool2d(x, kernel, step, divisor_override=1)
            wide, size, steps = x[..., None, :], (1, *kernel), (1, *step)
            return functional.avg_pool2d(wide, size, steps, divisor_override=1)[..., 0, :]

        return mean_of(call, total)

    return convert


rule("avg_pool1d", functional.avg_pool1d, torch.avg_pool1d, nn.AvgPool1d)(_avg_pool(1))
rule("avg_pool2d", functional.avg_pool2d, nn.AvgPool2d)(_avg_pool(2))


def _adaptive(rank: int) -> Rule:
    def convert(call: Call) -> list[Statement]:
        before, after = _grid(call, rank)[1:], call.after[1:]
        if any(b % a for b, a in zip(before, after, strict=True)):
            raise call.refused("adaptive pooling to a size that does not divide the grid's")
        sizes = [part for b, a in zip(before, after, strict=True) for part in (a, b // a)]

        def total(x: torch.Tensor) -> torch.Tensor:
            parts = x.unflatten(-1, sizes[-2:])
            if len(sizes) == 2:
                return parts.sum(-1)
            return parts.unflatten(-3, sizes[:2]).sum((-3, -1))

        return mean_of(call, total)

    return convert


rule("adaptive_avg_pool1d", functional.adaptive_avg_pool1d, nn.AdaptiveAvgPool1d)(_adaptive(1))
rule("adaptive_avg_pool2d", functional.adaptive_avg_pool2d, nn.AdaptiveAvgPool2d)(_adaptive(2))


@rule("batch_norm", functional.batch_norm, nn.BatchNorm1d, nn.BatchNorm2d)
def _batch_norm(
    call: Call,
    running_mean: object = None,
    running_var: object = None,
    weight: object = None,
    bias: object = None,
    training: bool = False,
    _momentum: object = None,
    eps: float = 1e-5,
) -> list[Statement]:
    """In evaluation ``x ↦ s·x + t`` on each channel.

    s = g/√(var + ε) is rounded away from 0, to float32 or to the module's dtype where that is
    wider, so that no constant of the layer is below the module's.
    """
    given = {
        "running_mean": running_mean,
        "running_var": running_var,
        "weight": weight,
        "bias": bias,
    }
    mean, var, gain, shift = (
        None if tensor is None else call.constant(tensor, role)[1].double()
        for role, tensor in given.items()
    )
    if training or mean is None or var is None:
        raise call.refused("batch norm in training mode mixes a batch; call module.eval() first")
    if not math.isfinite(eps):
        raise call.refused(f"eps must be a finite number, not {eps}")
    kind = torch.promote_types(call.value.dtype, torch.float32)
    scales = normed_gains(torch.ones_like(var) if gain is None else gain, var, Fraction(eps), kind)
    shifts = (0.0 if shift is None else shift) - mean * scales.double()
    value, axes, batched = call.value, call.after, call.graph.batched
    inner = math.prod(axes[2 - value.ndim + len(axes) :])
    if len(axes) > 2 and not batched:
        raise call.refused("batch norm takes its channels from axis 1, so there must be a batch")
    whole = len(axes) > 1 and batched
    scales, shifts = (
        part.to(kind).repeat_interleave(inner if whole else 1) for part in (scales, shifts)
    )
    if whole:
        return whole_map(call, torch.diag(scales), shifts)
    name = call.label or call.node.name
    tensors = ((f"{name}.matrix", torch.diag(scales)), (f"{name}.bias", shifts))
    return [call.linear(*tensors, label=call.label)]


@rule("batch_norm", torch.batch_norm)
def _batch_norm_of_torch(
    call: Call,
    weight: object = None,
    bias: object = None,
    running_mean: object = None,
    running_var: object = None,
    training: bool = False,
    _momentum: object = None,
    eps: float = 1e-5,
) -> list[Statement]:
    """The same with its arguments in another order."""
    return _batch_norm(call, running_mean, running_var, weight, bias, training, eps=eps)
