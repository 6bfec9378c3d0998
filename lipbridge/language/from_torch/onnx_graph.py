"""An ONNX graph as a torch module: every operator a call, the initializers its buffers.

The module is held against the reference implementation of the package ``onnx`` on random inputs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import fx, nn
from torch.nn import functional

from lipbridge.errors import InputError, SpecError
from lipbridge.language.from_torch.onnx_operators import NEWEST, OLDEST, OPERATORS, Node

_TOLERANCE = 1e-4
_SIZES = (1e-3, 1.0, 1e3, 1e6)
"""Of the random inputs on which values are compared."""
_KINDS = ("FLOAT16", "FLOAT", "DOUBLE")
_STORED = (*_KINDS, "INT8", "INT16", "INT32", "INT64", "UINT8", "BOOL")
"""Types of ONNX that the input, and tensors, may have."""


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
        # The checker would look for what lies in other files, which is refused below.
        if not any(map(_outside, model.graph.initializer)):
            onnx.checker.check_model(model)
    except Exception as error:  # protobuf's reader lets through whatever damaged bytes provoke
        first = (str(error).splitlines() or [type(error).__name__])[0][:200]
        raise InputError(
            f"{path}: cannot be read as an ONNX model ({first}); export it again"
        ) from error
    try:
        return _converted(model, path.name)
    except (InputError, SpecError):
        raise
    except Exception as error:  # what numpy, torch or onnx's reference raise on a graph
        first = (str(error).splitlines() or [""])[0][:200]
        said = (
            f"the graph cannot be evaluated by onnx's reference ({type(error).__name__}: {first})"
        )
        raise SpecError(f"{said}; does it run elsewhere?", source=path.name) from error


def _outside(tensor: Any) -> bool:
    return tensor.data_location == tensor.EXTERNAL


def _array(tensor: Any, source: str) -> Any:
    """A tensor of the file, of numbers that torch holds.

    Raises:
        SpecError: it holds something else, or lies in another file.
    """
    from onnx import TensorProto, numpy_helper

    if _outside(tensor):
        said = "lies in another file, which is not read; save the model with its data inside"
    elif tensor.data_type not in {getattr(TensorProto, kind) for kind in _STORED}:
        kind = TensorProto.DataType.Name(tensor.data_type)
        said = f"holds {kind}; known are {', '.join(_STORED)}: convert it, or leave it out"
    else:
        return numpy_helper.to_array(tensor)
    raise SpecError(f"the tensor {tensor.name!r} {said}", source=source)


def _converted(model: Any, source: str) -> tuple[nn.Module, torch.Tensor]:
    """The module of a model, held against the reference."""
    from onnx import TensorProto, helper, reference

    tensors = {t.name: _array(t, source) for t in model.graph.initializer}
    inputs = [value for value in model.graph.input if value.name not in tensors]
    if len(inputs) != 1 or len(model.graph.output) != 1:
        raise SpecError("an ONNX graph must have one input and one output", source=source)
    given = inputs[0].type.tensor_type
    sizes = [d.dim_value for d in given.shape.dim]
    if len(sizes) < 2 or any(size < 1 for size in sizes[1:]):
        shown = " x ".join(str(d.dim_value or d.dim_param or "?") for d in given.shape.dim)
        said = (
            f"the input {inputs[0].name!r} has shape {shown or 'of one number'}; all sizes but the "
            "first, a batch, must be numbers: export the model with fixed sizes"
        )
        raise SpecError(said, source=source)
    held = TensorProto.DataType.Name(given.elem_type)
    if held not in _KINDS:
        said = (
            f"the input {inputs[0].name!r} holds {held}; known are {', '.join(_KINDS)}: give real "
            "numbers, such as the rows of an embedding in place of its indices"
        )
        raise SpecError(said, source=source)
    kind = helper.tensor_dtype_to_np_dtype(given.elem_type)
    nodes = _nodes(model, source)
    for node in nodes:
        if node.kind == "Constant":
            found = node.constant()
            array = found if isinstance(found, np.ndarray) else _array(found, source)
            tensors[node.output[0]] = array
    module = OnnxGraph(nodes, tensors, inputs[0].name, model.graph.output[0].name)
    module.eval()
    old = [_old_softmax()] if nodes and nodes[0].opset < 13 else []
    evaluator: Any = reference.ReferenceEvaluator(model, new_ops=old)
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


def _old_softmax() -> Any:
    """Softmax before opset 13, whose reference knows the one of now alone."""
    from onnx.reference.op_run import OpRun

    class Softmax(OpRun):
        op_domain = ""

        def _run(self, x: Any, axis: int = 1) -> tuple[Any]:  # the default given is that of now
            if not any(attribute.name == "axis" for attribute in self.onnx_node.attribute):
                axis = 1
            rows = x.reshape(int(np.prod(x.shape[:axis])), -1)
            powers = np.exp(rows - rows.max(axis=1, keepdims=True))
            return ((powers / powers.sum(axis=1, keepdims=True)).reshape(x.shape),)

    return Softmax


def _nodes(model: Any, source: str) -> list[Node]:
    """The nodes, all of standard operators in versions that are known.

    Raises:
        SpecError: other operators, or operators that the model itself defines.
    """
    from onnx import defs

    plain = ("", "ai.onnx")
    versions = [entry.version for entry in model.opset_import if entry.domain in plain]
    own = {(function.domain, function.name) for function in model.functions}
    if versions and versions[0] > defs.onnx_opset_version():
        newest = defs.onnx_opset_version()
        said = f"opset {versions[0]}, where the installed package onnx knows those up to {newest}"
        raise SpecError(f"{said}: export the model with opset 20, say", source=source)
    unknown: set[str] = set()
    for node in model.graph.node:
        if node.domain not in plain or {("", node.op_type), ("ai.onnx", node.op_type)} & own:
            raise SpecError(
                f"node {node.name or node.op_type!r} is {node.domain or 'ai.onnx'}."
                f"{node.op_type}, which may mean anything; only ONNX's own operators are known",
                source=source,
            )
        if node.op_type not in {*OPERATORS, "Constant"}:
            unknown.add(node.op_type)
        elif versions[0] < OLDEST or (
            defs.get_schema(node.op_type, versions[0], "").since_version > NEWEST
        ):
            said = f"{node.op_type} of opset {versions[0]}; {OLDEST} to {NEWEST} are known"
            raise SpecError(f"{said}: export the model with one of them", source=source)
    if unknown:
        known = ", ".join(sorted(OPERATORS))
        raise SpecError(f"no layer for {', '.join(sorted(unknown))}; known: {known}", source=source)
    return [Node(node, versions[0], source) for node in model.graph.node]


class OnnxGraph(nn.Module):
    """The nodes of a graph in sequence.

    Attributes:
        names: the file's name of each buffer.
    """

    def __init__(
        self, nodes: Sequence[Node], tensors: Mapping[str, Any], source: str, result: str
    ) -> None:
        super().__init__()
        self.source, self.result = source, result
        self.steps = [node for node in nodes if node.kind != "Constant"]
        self.held: dict[str, str] = {}
        self.ranks: dict[str, int] = {}
        self.names: dict[str, str] = {}
        for name, array in tensors.items():
            word = re.sub(r"\W", "_", name) or "t"
            word = word if not hasattr(self, word) else f"{word}_{len(self.names)}"
            self.register_buffer(word, torch.from_numpy(np.array(array)))
            self.held[name], self.names[word] = word, name

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
