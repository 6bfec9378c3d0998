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
Attributes = Mapping[str, Any]


def onnx_module(path: Path) -> tuple[nn.Module, torch.Tensor]:
    """A module that computes what the graph does, and an input for it, with a batch of 1.

    Raises:
        InputError: the file is damaged, or ``onnx`` is not installed.
        SpecError: an operator, an attribute or a graph that is not understood.
    """
    try:
        import onnx
        from onnx import numpy_helper, reference
    except ImportError:
        raise InputError(f"{path}: reading ONNX takes the package onnx; pip install onnx") from None
    try:
        model: Any = onnx.load(str(path), load_external_data=False)
        onnx.checker.check_model(model)
        tensors = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
    except Exception as error:  # protobuf's reader lets through whatever damaged bytes provoke
        first = (str(error).splitlines() or [""])[0][:200]
        raise InputError(f"{path}: cannot be read as an ONNX model ({first})") from error
    inputs = [value for value in model.graph.input if value.name not in tensors]
    if len(inputs) != 1 or len(model.graph.output) != 1:
        raise SpecError("an ONNX graph must have one input and one output", source=path.name)
    sizes = [d.dim_value for d in inputs[0].type.tensor_type.shape.dim]
    if len(sizes) < 2 or any(size < 1 for size in sizes[1:]):
        said = f"the input has shape {sizes}; all but a batch must be known"
        raise SpecError(said, source=path.name)
    steps = [(node, _attributes(node)) for node in model.graph.node]
    unknown = sorted({node.op_type for node, _ in steps} - {*_OPERATORS, "Constant"})
    if unknown:
        known = ", ".join(sorted(_OPERATORS))
        raise SpecError(f"no layer for {', '.join(unknown)}; known: {known}", source=path.name)
    module = _Graph(steps, tensors, inputs[0].name, model.graph.output[0].name).eval()
    evaluator: Any = reference.ReferenceEvaluator(model)
    generator = np.random.default_rng(0)
    for size in (1.0, 5.0):
        x = (size * generator.standard_normal((1, *sizes[1:]))).astype(np.float32)
        theirs = np.asarray(evaluator.run(None, {inputs[0].name: x})[0])
        with torch.no_grad():
            ours = module(torch.from_numpy(x)).numpy()
        if ours.shape != theirs.shape or not np.allclose(ours, theirs, _TOLERANCE, _TOLERANCE):
            raise SpecError("its values differ from those of onnx's reference", source=path.name)
    return module, torch.zeros(1, *sizes[1:])


def _attributes(node: Any) -> dict[str, Any]:
    from onnx import helper

    return {a.name: helper.get_attribute_value(a) for a in node.attribute}


class _Graph(nn.Module):
    def __init__(
        self,
        steps: Sequence[tuple[Any, Attributes]],
        tensors: Mapping[str, Any],
        source: str,
        result: str,
    ) -> None:
        super().__init__()
        from onnx import numpy_helper

        self.source, self.result = source, result
        self.held: dict[str, str] = {}
        constants = {
            node.output[0]: numpy_helper.to_array(given["value"])
            for node, given in steps
            if node.op_type == "Constant"
        }
        for name, array in {**tensors, **constants}.items():
            word = re.sub(r"\W", "_", name) or "t"
            word = word if not hasattr(self, word) else f"{word}_{len(self.held)}"
            self.register_buffer(word, torch.from_numpy(np.array(array)))
            self.held[name] = word
        self.steps = [step for step in steps if step[0].op_type != "Constant"]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        values: dict[str, Any] = {self.source: x, "": None}
        gates: dict[str, str] = {}
        for node, given in self.steps:
            operands = [
                getattr(self, self.held[name]) if name in self.held else values[name]
                for name in node.input
            ]
            kind = node.op_type
            if kind == "Sigmoid" and node.input[0] in values:
                gates[node.output[0]] = node.input[0]
            # x·Sigmoid(x) in either order is SiLU, which has no operator of its own.
            for one, other in zip(node.input, reversed(node.input), strict=True):
                if kind == "Mul" and gates.get(other) == one:
                    kind, operands = "SiLU", [values[one]]
            result = (
                functional.silu(*operands) if kind == "SiLU" else _OPERATORS[kind](given, *operands)
            )
            if isinstance(result, fx.Proxy):
                result.node.meta["place"] = f"node {node.name or node.output[0]!r} ({node.op_type})"
            values[node.output[0]] = result
        return values[self.result]


def _gemm(a: Attributes, x: Any, w: Any, b: Any = None) -> Any:
    if a.get("transA") or a.get("alpha", 1.0) != 1.0 or a.get("beta", 1.0) != 1.0:
        raise SpecError("Gemm with transA, alpha or beta", source="<onnx>")
    return functional.linear(x, w if a.get("transB") else w.T, b)


def _sides(a: Attributes, rank: int) -> Any:
    """The room around a grid, the same before and after."""
    if a.get("auto_pad", b"NOTSET") not in (b"NOTSET", b"VALID"):
        raise SpecError("automatic padding; give the pads", source="<onnx>")
    pads = tuple(a.get("pads", (0,) * 2 * rank))
    if pads[:rank] != pads[rank:]:
        raise SpecError("padding that differs before and after", source="<onnx>")
    return pads[:rank]


def _conv(a: Attributes, x: Any, w: Any, b: Any = None) -> Any:
    rank = w.ndim - 2
    convolve = functional.conv1d if rank == 1 else functional.conv2d
    stride, dilation = tuple(a.get("strides", (1,) * rank)), tuple(a.get("dilations", (1,) * rank))
    return convolve(x, w, b, stride, _sides(a, rank), dilation, a.get("group", 1))


def _pool(kind: str) -> Callable[..., Any]:
    def pool(a: Attributes, x: Any) -> Any:
        kernel = tuple(a["kernel_shape"])
        if a.get("ceil_mode") or a.get("dilations", [1]) != [1] * len(a.get("dilations", [1])):
            raise SpecError(f"{kind} pooling with ceil_mode or dilations", source="<onnx>")
        function = getattr(functional, f"{kind}_pool{len(kernel)}d")
        stride = tuple(a.get("strides", (1,) * len(kernel)))
        return function(x, kernel, stride, _sides(a, len(kernel)))

    return pool


def _batch_norm(a: Attributes, x: Any, w: Any, b: Any, mean: Any, var: Any) -> Any:
    return functional.batch_norm(x, mean, var, w, b, False, 0.0, a.get("epsilon", 1e-5))


def _layer_norm(a: Attributes, x: Any, w: Any, b: Any = None) -> Any:
    return functional.layer_norm(x, tuple(w.shape), w, b, a.get("epsilon", 1e-5))


def _clip(a: Attributes, x: Any, low: Any = None, high: Any = None) -> Any:
    ends = (a.get(k) if t is None else float(t) for k, t in (("min", low), ("max", high)))
    return torch.clamp(x, *ends)


def _mean(a: Attributes, x: Any, axes: Any = None) -> Any:
    given = a["axes"] if axes is None else axes.tolist()
    return torch.mean(x, list(given), bool(a.get("keepdims", 1)))


def _gelu(a: Attributes, x: Any) -> Any:
    return functional.gelu(x, approximate=a.get("approximate", b"none").decode())


_OPERATORS: dict[str, Callable[..., Any]] = {
    "Abs": lambda _, x: torch.abs(x),
    "Add": lambda _, x, y: x + y,
    "AveragePool": _pool("avg"),
    "BatchNormalization": _batch_norm,
    "Clip": _clip,
    "Concat": lambda a, *x: torch.cat(x, a["axis"]),
    "Conv": _conv,
    "Div": lambda _, x, y: x / y,
    "Dropout": lambda _, x, *__: x,
    "Elu": lambda a, x: functional.elu(x, a.get("alpha", 1.0)),
    "Erf": lambda _, x: torch.erf(x),
    "Flatten": lambda a, x: torch.flatten(x, a.get("axis", 1)),
    "Gelu": _gelu,
    "Gemm": _gemm,
    "GlobalAveragePool": lambda _, x: functional.adaptive_avg_pool2d(x, 1),
    "HardSwish": lambda _, x: functional.hardswish(x),
    "Identity": lambda _, x: x,
    "LayerNormalization": _layer_norm,
    "LeakyRelu": lambda a, x: functional.leaky_relu(x, a.get("alpha", 0.01)),
    "MatMul": lambda _, x, y: x @ y,
    "MaxPool": _pool("max"),
    "Mish": lambda _, x: functional.mish(x),
    "Mul": lambda _, x, y: x * y,
    "Neg": lambda _, x: -x,
    "PRelu": lambda _, x, a: torch.prelu(x, a.flatten()),
    "ReduceMean": _mean,
    "Relu": lambda _, x: torch.relu(x),
    "Reshape": lambda _, x, shape: x.reshape([int(size) for size in shape.tolist()]),
    "Selu": lambda _, x: functional.selu(x),
    "Sigmoid": lambda _, x: torch.sigmoid(x),
    "Softmax": lambda a, x: torch.softmax(x, a.get("axis", -1)),
    "Softplus": lambda _, x: functional.softplus(x),
    "Softsign": lambda _, x: functional.softsign(x),
    "Sub": lambda _, x, y: x - y,
    "Tanh": lambda _, x: torch.tanh(x),
    "Transpose": lambda a, x: x.permute(*a["perm"]),
}
