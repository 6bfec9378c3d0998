"""ONNX's operators as calls of torch, each with the attributes that it understands."""

# Operands are what fx traces: proxies, tensors, numbers.
# pyright: reportUnknownLambdaType=false

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from lipbridge.errors import SpecError

OLDEST, NEWEST = 7, 25
"""Versions of the operators that are followed here."""
_CONSTANTS = ("value", "value_float", "value_floats", "value_int", "value_ints")
_WITHOUT_EFFECT = frozenset(("momentum", "ratio", "seed", "stash_type", "storage_order"))
"""Attributes about training, further outputs and the accuracy of intermediate values."""
_SELU = (1.67326319217681884765625, 1.05070102214813232421875)


class Node:
    """An operator's node and the attributes that a converter asks for.

    Attributes:
        rank: the number of axes of its first operand, when it is evaluated.
    """

    def __init__(self, node: Any, opset: int, source: str) -> None:
        from onnx import helper

        self.input, self.output, self.kind = list(node.input), node.output, node.op_type
        self.opset, self.rank = opset, 0
        self.place = f"node {node.name or node.output[0]!r} ({node.op_type})"
        self._source = source
        self._given = {a.name: helper.get_attribute_value(a) for a in node.attribute}
        self._unread = set(self._given) - _WITHOUT_EFFECT

    def get(self, name: str, default: Any = None) -> Any:
        """An attribute, or its default."""
        self._unread.discard(name)
        return self._given.get(name, default)

    def constant(self) -> Any:
        """What a Constant holds: a tensor of the file, or an array."""
        ((name, value),) = self._given.items()
        if name not in _CONSTANTS:
            raise self.refused(f"a constant given as {name}; known are {', '.join(_CONSTANTS)}")
        if name == "value":
            return value
        return np.array(value, np.float32 if "float" in name else np.int64)

    def refused(self, reason: str) -> SpecError:
        """An error at this node."""
        return SpecError(f"{self.place}: {reason}", source=self._source)

    def computed(self, *operands: Any) -> Any:
        """Its value.

        Raises:
            SpecError: it fails, or has an attribute that its converter does not know.
        """
        try:
            result = OPERATORS[self.kind](self, *operands)
        except SpecError:
            raise
        except Exception as error:  # whatever torch raises on operands that do not fit
            said = " and ".join(map(_described, operands))
            raise self.refused(f"it cannot be evaluated on {said}; see that they fit") from error
        if self._unread:
            raise self.refused(f"the attribute {', '.join(sorted(self._unread))} is not known")
        return result


def _described(operand: Any) -> str:
    if not isinstance(operand, torch.Tensor):
        return "nothing" if operand is None else str(operand)
    return f"{str(operand.dtype).removeprefix('torch.')} {list(operand.shape)}"


def _gemm(a: Node, x: Any, w: Any, b: Any = None) -> Any:
    if a.get("transA") or a.get("alpha", 1.0) != 1.0 or a.get("beta", 1.0) != 1.0:
        raise a.refused("Gemm with transA, alpha or beta")
    weight = w if a.get("transB") else w.T
    if isinstance(b, torch.Tensor) and b.shape == weight.shape[:1]:
        return functional.linear(x, weight, b)
    product = functional.linear(x, weight)
    return product if b is None else product + b


def _sides(a: Node, rank: int) -> Any:
    """The room around a grid, the same before and after."""
    if rank not in (1, 2):
        raise a.refused(f"a grid of {rank} sizes; one and two are known")
    if a.get("auto_pad", b"NOTSET") not in (b"NOTSET", b"VALID"):
        raise a.refused("automatic padding; give the pads")
    pads = tuple(a.get("pads", (0,) * 2 * rank))
    if pads[:rank] != pads[rank:]:
        raise a.refused("padding that differs before and after")
    return pads[:rank]


def _conv(a: Node, x: Any, w: Any, b: Any = None) -> Any:
    rank = w.ndim - 2
    pads = _sides(a, rank)
    if list(a.get("kernel_shape", w.shape[2:])) != list(w.shape[2:]):
        raise a.refused("a kernel_shape that is not the kernel's")
    convolve = functional.conv1d if rank == 1 else functional.conv2d
    stride, dilation = tuple(a.get("strides", (1,) * rank)), tuple(a.get("dilations", (1,) * rank))
    return convolve(x, w, b, stride, pads, dilation, a.get("group", 1))


def _pool(kind: str) -> Callable[..., Any]:
    def pool(a: Node, x: Any) -> Any:
        kernel = tuple(a.get("kernel_shape"))
        pads = _sides(a, len(kernel))
        if a.get("ceil_mode") or set(a.get("dilations", (1,))) != {1}:
            raise a.refused("pooling with ceil_mode or dilations")
        a.get("count_include_pad")
        if kind == "avg" and any(pads):
            raise a.refused("average pooling with padding")
        function = getattr(functional, f"{kind}_pool{len(kernel)}d")
        return function(x, kernel, tuple(a.get("strides", (1,) * len(kernel))), pads)

    return pool


def _global_mean(a: Node, x: Any) -> Any:
    _sides(a, a.rank - 2)
    return getattr(functional, f"adaptive_avg_pool{a.rank - 2}d")(x, 1)


def _batch_norm(a: Node, x: Any, w: Any, b: Any, mean: Any, var: Any) -> Any:
    if a.get("training_mode") or not a.get("spatial", 1):
        raise a.refused("in training, or with a mean an entry, it is no layer")
    return functional.batch_norm(x, mean, var, w, b, False, 0.0, a.get("epsilon", 1e-5))


def _layer_norm(a: Node, x: Any, w: Any, b: Any = None) -> Any:
    if a.get("axis", -1) % a.rank != a.rank - w.ndim:
        raise a.refused("a gain of other axes than those that are normed")
    return functional.layer_norm(x, tuple(w.shape), w, b, a.get("epsilon", 1e-5))


def _clip(a: Node, x: Any, low: Any = None, high: Any = None) -> Any:
    low, high = (a.get(k) if t is None else float(t) for k, t in (("min", low), ("max", high)))
    return x if low is None and high is None else torch.clamp(x, low, high)


def _dropout(a: Node, x: Any, _ratio: Any = None, training: Any = None) -> Any:
    if training is not None and bool(training):
        raise a.refused("dropout in training is random")
    return x


def _flatten(a: Node, x: Any) -> Any:
    if a.get("axis", 1) not in (1, 1 - a.rank):
        raise a.refused("only Flatten with axis 1 keeps the batch")
    return torch.flatten(x, 1)


def _prelu(a: Node, x: Any, slopes: Any) -> Any:
    channels = slopes.ndim - a.rank + 1
    if slopes.numel() > 1 and (channels < 0 or slopes.shape[channels] != slopes.numel()):
        raise a.refused("slopes along another axis than the channels")
    return torch.prelu(x, slopes.flatten())


def _mean(a: Node, x: Any, axes: Any = None) -> Any:
    given = list(a.get("axes", ()) if axes is None else axes.tolist())
    if a.get("noop_with_empty_axes") and not given:
        return x
    return torch.mean(x, given or list(range(a.rank)), bool(a.get("keepdims", 1)))


def _reshape(a: Node, x: Any, shape: Any) -> Any:
    if a.get("allowzero"):
        raise a.refused("Reshape with allowzero")
    sizes = [int(size) for size in shape.tolist()]
    return x.reshape([size or x.shape[axis] for axis, size in enumerate(sizes)])


def _selu(a: Node, x: Any) -> Any:
    if (a.get("alpha", _SELU[0]), a.get("gamma", _SELU[1])) != _SELU:
        raise a.refused("only the alpha and gamma of its definition are known")
    return functional.selu(x)


def _softmax(a: Node, x: Any) -> Any:
    if a.opset >= 13:
        return torch.softmax(x, a.get("axis", -1))
    # Older versions norm all axes from the given one on together.
    axis = a.get("axis", 1) % a.rank
    if not axis:
        raise a.refused("Softmax before opset 13 with axis 0 norms the whole batch together")
    return torch.softmax(torch.flatten(x, axis), -1).reshape(x.shape)


def _gelu(a: Node, x: Any) -> Any:
    return functional.gelu(x, approximate=a.get("approximate", b"none").decode())


OPERATORS: dict[str, Callable[..., Any]] = {
    "Abs": lambda _, x: torch.abs(x),
    "Add": lambda _, x, y: x + y,
    "AveragePool": _pool("avg"),
    "BatchNormalization": _batch_norm,
    "Clip": _clip,
    "Concat": lambda a, *x: torch.cat(x, a.get("axis")),
    "Conv": _conv,
    "Div": lambda _, x, y: x / y,
    "Dropout": _dropout,
    "Elu": lambda a, x: functional.elu(x, a.get("alpha", 1.0)),
    "Erf": lambda _, x: torch.erf(x),
    "Flatten": _flatten,
    "Gelu": _gelu,
    "Gemm": _gemm,
    "GlobalAveragePool": _global_mean,
    "HardSwish": lambda _, x: functional.hardswish(x),
    "Identity": lambda _, x: x,
    "LayerNormalization": _layer_norm,
    "LeakyRelu": lambda a, x: functional.leaky_relu(x, a.get("alpha", 0.01)),
    "MatMul": lambda _, x, y: x @ y,
    "MaxPool": _pool("max"),
    "Mish": lambda _, x: functional.mish(x),
    "Mul": lambda _, x, y: x * y,
    "Neg": lambda _, x: -x,
    "PRelu": _prelu,
    "ReduceMean": _mean,
    "Relu": lambda _, x: torch.relu(x),
    "Reshape": _reshape,
    "Selu": _selu,
    "Sigmoid": lambda _, x: torch.sigmoid(x),
    "Softmax": _softmax,
    "Softplus": lambda _, x: functional.softplus(x),
    "Softsign": lambda _, x: functional.softsign(x),
    "Sub": lambda _, x, y: x - y,
    "Tanh": lambda _, x: torch.tanh(x),
    "Transpose": lambda a, x: x.permute(*a.get("perm", range(a.rank)[::-1])),
}
