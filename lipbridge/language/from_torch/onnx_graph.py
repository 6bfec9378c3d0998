"""An ONNX graph as a torch module: every operator a call, the initializers its buffers.

The module is held against the reference implementation of the package ``onnx`` on random inputs.
"""

# Operands are what fx traces: proxies, tensors, numbers.
# pyright: reportUnknownLambdaType=false

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import fx, nn
from torch.nn import functional

from lipbridge.errors import InputError, SpecError

_TOLERANCE = 1e-4
_SIZES = (1e-3, 1.0, 1e3, 1e6)
"""Of the random inputs on which values are compared."""
_OLDEST, _NEWEST = 7, 25
"""Versions of the operators that the converters below follow."""
_KINDS = ("float16", "float32", "float64")
_CONSTANTS = ("value", "value_float", "value_floats", "value_int", "value_ints")
_WITHOUT_EFFECT = frozenset(("momentum", "ratio", "seed", "stash_type", "storage_order"))
"""Attributes about training, further outputs and the accuracy of intermediate values."""


def onnx_module(path: Path) -> tuple[nn.Module, torch.Tensor]:
    """A module that computes what the graph does, and an input for it, with a batch of 1.

    Raises:
        InputError: the file is damaged, or ``onnx`` is not installed.
        SpecError: an operator, an attribute or a graph that is not understood.
    """
    try:
        import onnx
    except ImportError:
        raise InputError(f"{path}: reading ONNX takes the package onnx; pip install onnx") from None
    try:
        model: Any = onnx.load(str(path), load_external_data=False)
        onnx.checker.check_model(model)
    except Exception as error:  # protobuf's reader lets through whatever damaged bytes provoke
        raise InputError(f"{path}: cannot be read as an ONNX model ({_first(error)})") from error
    try:
        return _converted(model, path.name)
    except (InputError, SpecError):
        raise
    except Exception as error:  # what numpy, torch or onnx's reference raise on a graph
        said = f"the graph cannot be evaluated ({_first(error)})"
        raise SpecError(said, source=path.name) from error


def _first(error: Exception) -> str:
    """The first line of an error."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _converted(model: Any, source: str) -> tuple[nn.Module, torch.Tensor]:
    """The module of a checked model, held against the reference."""
    from onnx import helper, numpy_helper, reference

    tensors = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
    inputs = [value for value in model.graph.input if value.name not in tensors]
    if len(inputs) != 1 or len(model.graph.output) != 1:
        raise SpecError("an ONNX graph must have one input and one output", source=source)
    given = inputs[0].type.tensor_type
    sizes = [d.dim_value for d in given.shape.dim]
    if len(sizes) < 2 or any(size < 1 for size in sizes[1:]):
        said = f"the input has shape {sizes}; all but a batch must be known"
        raise SpecError(said, source=source)
    kind = helper.tensor_dtype_to_np_dtype(given.elem_type)
    if kind.name not in _KINDS:
        said = f"the input holds {kind}; known are {', '.join(_KINDS)}"
        raise SpecError(said, source=source)
    module = _Graph(_nodes(model, source), tensors, inputs[0].name, model.graph.output[0].name)
    module.eval()
    evaluator: Any = reference.ReferenceEvaluator(model)
    generator = np.random.default_rng(0)
    shape = (max(1, sizes[0]), *sizes[1:])
    example = torch.from_numpy(np.zeros(shape, kind))
    for size in _SIZES:
        scale = min(size, float(np.finfo(kind).max) / 8)
        x = (scale * generator.standard_normal(shape)).astype(kind)
        with torch.no_grad(), np.errstate(all="ignore"):
            ours = module(torch.from_numpy(x)).numpy()
            theirs = np.asarray(evaluator.run(None, {inputs[0].name: x})[0])
        close = (5e-2 if kind == np.float16 else _TOLERANCE) * np.abs(theirs).max(initial=0.0)
        same = ours.shape == theirs.shape and (
            not np.isfinite(close) or (np.abs(ours - theirs) <= close).all()
        )
        if not same:
            raise SpecError("its values differ from those of onnx's reference", source=source)
    return module, example


class _Node:
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
        """The array of a Constant."""
        from onnx import numpy_helper

        ((name, value),) = self._given.items()
        if name not in _CONSTANTS:
            raise self.refused(f"a constant given as {name}")
        if name == "value":
            return numpy_helper.to_array(value)
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
            result = _OPERATORS[self.kind](self, *operands)
        except SpecError:
            raise
        except Exception as error:  # whatever torch raises on operands that do not fit
            raise self.refused(f"it cannot be evaluated ({_first(error)})") from error
        if self._unread:
            raise self.refused(f"the attribute {', '.join(sorted(self._unread))} is not known")
        return result


def _nodes(model: Any, source: str) -> list[_Node]:
    """The nodes, all of standard operators in versions that are known.

    Raises:
        SpecError: other operators, or operators that the model itself defines.
    """
    from onnx import defs

    plain = ("", "ai.onnx")
    versions = [entry.version for entry in model.opset_import if entry.domain in plain]
    own = {(function.domain, function.name) for function in model.functions}
    unknown: set[str] = set()
    for node in model.graph.node:
        if node.domain not in plain or {("", node.op_type), ("ai.onnx", node.op_type)} & own:
            raise SpecError(
                f"node {node.name or node.op_type!r} is {node.domain or 'ai.onnx'}."
                f"{node.op_type}, which may mean anything; only ONNX's own operators are known",
                source=source,
            )
        if node.op_type not in {*_OPERATORS, "Constant"}:
            unknown.add(node.op_type)
        elif versions[0] < _OLDEST or (
            defs.get_schema(node.op_type, versions[0], "").since_version > _NEWEST
        ):
            said = f"{node.op_type} of opset {versions[0]}; {_OLDEST} to {_NEWEST} are known"
            raise SpecError(said, source=source)
    if unknown:
        known = ", ".join(sorted(_OPERATORS))
        raise SpecError(f"no layer for {', '.join(sorted(unknown))}; known: {known}", source=source)
    return [_Node(node, versions[0], source) for node in model.graph.node]


class _Graph(nn.Module):
    def __init__(
        self, nodes: Sequence[_Node], tensors: Mapping[str, Any], source: str, result: str
    ) -> None:
        super().__init__()
        self.source, self.result = source, result
        self.steps = [node for node in nodes if node.kind != "Constant"]
        self.held: dict[str, str] = {}
        self.ranks: dict[str, int] = {}
        constants = {node.output[0]: node.constant() for node in nodes if node.kind == "Constant"}
        for name, array in {**tensors, **constants}.items():
            word = re.sub(r"\W", "_", name) or "t"
            word = word if not hasattr(self, word) else f"{word}_{len(self.held)}"
            self.register_buffer(word, torch.from_numpy(np.array(array)))
            self.held[name] = word

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        values: dict[str, Any] = {name: getattr(self, word) for name, word in self.held.items()}
        values |= {self.source: x, "": None}
        gates: dict[str, str] = {}
        for node in self.steps:
            missing = [name for name in node.input if name not in values]
            if missing:
                raise node.refused(f"it reads {missing[0]!r}, which is no node's first output")
            first = values[node.input[0]] if node.input else None
            if isinstance(first, torch.Tensor):  # fx's proxies come later, and have no rank
                self.ranks[node.input[0]] = first.ndim
            node.rank = self.ranks.get(node.input[0], 0) if node.input else 0
            if node.kind == "Sigmoid" and node.input[0] not in self.held:
                gates[node.output[0]] = node.input[0]
            # x·Sigmoid(x) in either order is SiLU, which has no operator of its own.
            pairs = zip(node.input, node.input[::-1], strict=True)
            gated = [one for one, other in pairs if gates.get(other) == one]
            if node.kind == "Mul" and gated:
                result = functional.silu(values[gated[0]])
            else:
                result = node.computed(*map(values.get, node.input))
            if isinstance(result, fx.Proxy):
                result.node.meta["place"] = node.place
            values[node.output[0]] = result
        if self.result not in values:
            raise self.steps[-1].refused(f"{self.result!r} is no node's first output")
        return values[self.result]


def _gemm(a: _Node, x: Any, w: Any, b: Any = None) -> Any:
    if a.get("transA") or a.get("alpha", 1.0) != 1.0 or a.get("beta", 1.0) != 1.0:
        raise a.refused("Gemm with transA, alpha or beta")
    weight = w if a.get("transB") else w.T
    if isinstance(b, torch.Tensor) and b.shape == weight.shape[:1]:
        return functional.linear(x, weight, b)
    product = functional.linear(x, weight)
    return product if b is None else product + b


def _sides(a: _Node, rank: int) -> Any:
    """The room around a grid, the same before and after."""
    if rank not in (1, 2):
        raise a.refused(f"a grid of {rank} sizes; one and two are known")
    if a.get("auto_pad", b"NOTSET") not in (b"NOTSET", b"VALID"):
        raise a.refused("automatic padding; give the pads")
    pads = tuple(a.get("pads", (0,) * 2 * rank))
    if pads[:rank] != pads[rank:]:
        raise a.refused("padding that differs before and after")
    return pads[:rank]


def _conv(a: _Node, x: Any, w: Any, b: Any = None) -> Any:
    rank = w.ndim - 2
    pads = _sides(a, rank)
    if list(a.get("kernel_shape", w.shape[2:])) != list(w.shape[2:]):
        raise a.refused("a kernel_shape that is not the kernel's")
    convolve = functional.conv1d if rank == 1 else functional.conv2d
    stride, dilation = tuple(a.get("strides", (1,) * rank)), tuple(a.get("dilations", (1,) * rank))
    return convolve(x, w, b, stride, pads, dilation, a.get("group", 1))


def _pool(kind: str) -> Callable[..., Any]:
    def pool(a: _Node, x: Any) -> Any:
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


def _global_mean(a: _Node, x: Any) -> Any:
    _sides(a, a.rank - 2)
    return getattr(functional, f"adaptive_avg_pool{a.rank - 2}d")(x, 1)


def _batch_norm(a: _Node, x: Any, w: Any, b: Any, mean: Any, var: Any) -> Any:
    if a.get("training_mode") or not a.get("spatial", 1):
        raise a.refused("in training, or with a mean an entry, it is no layer")
    return functional.batch_norm(x, mean, var, w, b, False, 0.0, a.get("epsilon", 1e-5))


def _layer_norm(a: _Node, x: Any, w: Any, b: Any = None) -> Any:
    if a.get("axis", -1) % a.rank != a.rank - w.ndim:
        raise a.refused("a gain of other axes than those that are normed")
    return functional.layer_norm(x, tuple(w.shape), w, b, a.get("epsilon", 1e-5))


def _clip(a: _Node, x: Any, low: Any = None, high: Any = None) -> Any:
    low, high = (a.get(k) if t is None else float(t) for k, t in (("min", low), ("max", high)))
    return x if low is None and high is None else torch.clamp(x, low, high)


def _dropout(a: _Node, x: Any, _ratio: Any = None, training: Any = None) -> Any:
    if training is not None and bool(training):
        raise a.refused("dropout in training is random")
    return x


def _flatten(a: _Node, x: Any) -> Any:
    if a.get("axis", 1) not in (1, 1 - a.rank):
        raise a.refused("only Flatten with axis 1 keeps the batch")
    return torch.flatten(x, 1)


def _prelu(a: _Node, x: Any, slopes: Any) -> Any:
    channels = slopes.ndim - a.rank + 1
    if slopes.numel() > 1 and (channels < 0 or slopes.shape[channels] != slopes.numel()):
        raise a.refused("slopes along another axis than the channels")
    return torch.prelu(x, slopes.flatten())


def _mean(a: _Node, x: Any, axes: Any = None) -> Any:
    given = list(a.get("axes", ()) if axes is None else axes.tolist())
    if a.get("noop_with_empty_axes") and not given:
        return x
    return torch.mean(x, given or list(range(a.rank)), bool(a.get("keepdims", 1)))


def _reshape(a: _Node, x: Any, shape: Any) -> Any:
    if a.get("allowzero"):
        raise a.refused("Reshape with allowzero")
    sizes = [int(size) for size in shape.tolist()]
    return x.reshape([size or x.shape[axis] for axis, size in enumerate(sizes)])


def _selu(a: _Node, x: Any) -> Any:
    if (a.get("alpha", _SELU[0]), a.get("gamma", _SELU[1])) != _SELU:
        raise a.refused("only the alpha and gamma of its definition are known")
    return functional.selu(x)


_SELU = (1.67326319217681884765625, 1.05070102214813232421875)


def _softmax(a: _Node, x: Any) -> Any:
    if a.opset >= 13:
        return torch.softmax(x, a.get("axis", -1))
    # Older versions norm all axes from the given one on together.
    return torch.softmax(torch.flatten(x, a.get("axis", 1)), -1).reshape(x.shape)


def _gelu(a: _Node, x: Any) -> Any:
    return functional.gelu(x, approximate=a.get("approximate", b"none").decode())


_OPERATORS: dict[str, Callable[..., Any]] = {
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
