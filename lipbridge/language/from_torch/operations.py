"""The operations that have a layer: from a traced node to statements of the spec language."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import torch
from torch import fx, nn
from torch.nn import functional

from lipbridge.errors import SpecError
from lipbridge.language.from_torch.graph import Graph, located
from lipbridge.language.from_torch.statements import Statement
from lipbridge.layers import kinds

__all__ = ["ADDITIONS", "Converter", "operation_name"]

ADDITIONS: frozenset[object] = frozenset(
    {operator.add, operator.iadd, torch.add, "add", "add_", operator.sub, torch.sub, "sub"}
)
"""Targets of nodes that add or subtract."""

_IDENTITIES = (nn.Identity, nn.Dropout, nn.AlphaDropout)
_SIMPLE: dict[object, str] = {
    nn.ReLU: "relu",
    torch.relu: "relu",
    functional.relu: "relu",
    "relu": "relu",
    nn.Tanh: "tanh",
    torch.tanh: "tanh",
    functional.tanh: "tanh",
    "tanh": "tanh",
    nn.Sigmoid: "sigmoid",
    torch.sigmoid: "sigmoid",
    functional.sigmoid: "sigmoid",
    "sigmoid": "sigmoid",
    nn.SiLU: "silu",
    functional.silu: "silu",
    torch.abs: "abs",
    operator.abs: "abs",
    "abs": "abs",
}
_TORCH_MEANING: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "relu": torch.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "silu": functional.silu,
    "abs": torch.abs,
}
_POOLS = {
    torch.mean: "mean_pool",
    "mean": "mean_pool",
    torch.amax: "max_pool",
    "amax": "max_pool",
}
_PRODUCTS = {functional.linear, torch.matmul, operator.matmul, "matmul"}
_SPLITS = {torch.chunk, torch.split, "chunk", "split"}
_UNCHANGED = {"contiguous", "clone", "detach"}


def operation_name(node: fx.Node, module: nn.Module) -> str:
    """The operation as a reader of the module's code knows it."""
    if node.op == "call_module":
        return type(module.get_submodule(str(node.target))).__name__
    if isinstance(node.target, str):
        return node.target
    return getattr(node.target, "__name__", str(node.target))


class Converter:
    """Statements for nodes with one operand that depends on the input.

    Args:
        graph: the traced graph.
        batched: whether axis 0 of every value is a batch.

    Attributes:
        tensors: the tensors that the statements name, as stored.
    """

    def __init__(self, graph: Graph, *, batched: bool) -> None:
        self.graph, self.batched = graph, batched
        self.tensors: dict[str, torch.Tensor] = {}

    def shape(self, node: fx.Node) -> tuple[int, ...]:
        """A node's shape without the batch: ``(n,)`` or ``(tokens, n)``.

        Raises:
            SpecError: its value is no tensor, or of another rank.
        """
        value = self.graph.values[node]
        if not isinstance(value, torch.Tensor):
            raise located(f"a {type(value).__name__} is no layer's value", node)
        shape = tuple(value.shape[1:] if self.batched else value.shape)
        if len(shape) not in (1, 2):
            raise located(
                f"{operation_name(node, self.graph.module)} gives shape {list(value.shape)}; "
                "a vector or a block of tokens was expected",
                node,
            )
        return shape

    def convert(self, node: fx.Node) -> list[Statement]:
        """The layers that compute a node from its operand.

        Raises:
            SpecError: no layer does; the error is located at the module's line.
        """
        if node.target in _SPLITS:
            return self._split(node)
        if node.target in _PRODUCTS:
            return self._product(node)
        self.shape(node)
        if node.op == "call_module":
            return self._module(node)
        simple = _SIMPLE.get(node.target)
        if simple is not None:
            return self._simple(node, simple)
        if node.target is functional.gelu:
            return self._gelu(node, self._argument(node, 1, "approximate", "none"))
        if node.target in (functional.leaky_relu,):
            return self._leaky(node, self._argument(node, 1, "negative_slope", 0.01))
        if node.target in (functional.dropout,):
            return self._dropout(node, bool(self._argument(node, 2, "training", True)))
        if node.target in _POOLS:
            return self._pool(node, _POOLS[node.target])
        if node.target in (operator.mul, torch.mul, "mul", operator.truediv, torch.div, "div"):
            return self._scaled(node)
        if node.target in (operator.neg, torch.neg, "neg"):
            return [_scale(Fraction(-1))]
        if node.target in ADDITIONS:
            return self._shifted(node)
        if node.target in (operator.getitem,):
            return self._sliced(node)
        if node.target in _UNCHANGED:
            return []
        raise self.unsupported(node)

    def unsupported(self, node: fx.Node) -> SpecError:
        """The error for an operation without a layer."""
        name = operation_name(node, self.graph.module)
        return located(f"the operation {name} has no layer; layers: {', '.join(kinds())}", node)

    def _module(self, node: fx.Node) -> list[Statement]:
        path = str(node.target)
        module = self.graph.module.get_submodule(path)
        if isinstance(module, nn.Linear):
            bias: torch.Tensor | None = getattr(module, "bias", None)
            named = None if bias is None else (f"{path}.bias", bias)
            return [self._linear(path, f"{path}.weight", module.weight, named)]
        if isinstance(module, _IDENTITIES):
            return self._dropout(node, module.training and not isinstance(module, nn.Identity))
        if isinstance(module, nn.LeakyReLU):
            return self._leaky(node, module.negative_slope)
        if isinstance(module, nn.GELU):
            return self._gelu(node, module.approximate)
        if isinstance(module, nn.LayerNorm | nn.RMSNorm):
            return self._norm(node, path, module)
        simple = _SIMPLE.get(type(module))
        if simple is None:
            raise self.unsupported(node)
        return self._simple(node, simple)

    def _gelu(self, node: fx.Node, approximate: object) -> list[Statement]:
        if approximate != "none":
            raise located("only the exact GELU has a layer, approximate='none'", node)
        return [Statement("gelu", functional.gelu)]

    def _norm(self, node: fx.Node, path: str, module: nn.LayerNorm | nn.RMSNorm) -> list[Statement]:
        """A norm over the entries of a vector or of each token; without a stored gain, of ones."""
        shape, size = self.shape(node), list(module.normalized_shape)
        if list(shape[-1:]) != size:
            raise located(f"a norm over {size} of a value of shape {list(shape)}", node)
        value = self.graph.values[node]
        eps = torch.finfo(value.dtype).eps if module.eps is None else module.eps
        gain: torch.Tensor | None = getattr(module, "weight", None)
        ones = torch.ones(size, dtype=value.dtype) if gain is None else gain.detach()
        kind = "layer_norm" if isinstance(module, nn.LayerNorm) else "rms_norm"
        text = f'{kind} gain="{self._name(f"{path}.weight", ones)}" eps={_exact(eps)}'
        if isinstance(module, nn.LayerNorm):
            bias: torch.Tensor | None = getattr(module, "bias", None)
            if bias is not None:
                text += f' bias="{self._name(f"{path}.bias", bias)}"'
        return [Statement(text, module, label=path)]

    def _simple(self, node: fx.Node, kind: str) -> list[Statement]:
        if kind not in kinds():
            raise self.unsupported(node)
        return [Statement(kind, _TORCH_MEANING[kind])]

    def _leaky(self, node: fx.Node, slope: object) -> list[Statement]:
        if not isinstance(slope, int | float) or not 0 <= slope <= 1:
            raise located(f"a leaky ReLU of slope {slope}; slopes from 0 to 1 are known", node)
        return [
            Statement(
                f"leaky_relu {_exact(slope)}", lambda x: functional.leaky_relu(x, float(slope))
            )
        ]

    def _dropout(self, node: fx.Node, training: bool) -> list[Statement]:
        if training:
            raise located("dropout in training mode is random; call module.eval() first", node)
        return []

    def _linear(
        self,
        label: str,
        name: str,
        weight: torch.Tensor,
        bias: tuple[str, torch.Tensor] | None,
    ) -> Statement:
        rows = weight.shape[0]
        text = f'linear {rows} weight="{self._name(name, weight)}"'
        if bias is not None:
            text += f' bias="{self._name(*bias)}"'
        vector = None if bias is None else bias[1].detach()
        matrix = weight.detach()
        return Statement(text, lambda x: functional.linear(x, matrix, vector), label=label)

    def _product(self, node: fx.Node) -> list[Statement]:
        """``x @ A`` and ``linear(x, W, b)``, for matrices that do not depend on the input."""
        operands = [
            node.args[0],
            self._argument(node, 1, "weight" if node.target is functional.linear else "other"),
        ]
        if not self.graph.depends(operands[0]) or self.graph.depends(operands[1]):
            raise located(
                "a product of two values that depend on the input has no global constant; "
                "only x @ A with a fixed matrix A is a layer",
                node,
            )
        name, matrix = self._constant(operands[1])
        if matrix.ndim != 2:
            raise located(f"a product with a tensor of shape {list(matrix.shape)}", node)
        if node.target is not functional.linear:
            return [self._linear("", f"{name}.T", matrix.T, None)]
        bias = self._argument(node, 2, "bias", None)
        return [self._linear("", name, matrix, None if bias is None else self._constant(bias))]

    def _pool(self, node: fx.Node, kind: str) -> list[Statement]:
        (operand,) = self.graph.inputs(node)
        axis, keep = self._argument(node, 1, "dim", None), self._argument(node, 2, "keepdim", False)
        rank = self.graph.values[operand].ndim
        axes = [axis] if isinstance(axis, int) else axis
        if (
            len(self.shape(operand)) != 2
            or keep
            or not isinstance(axes, Sequence)
            or [a % rank if isinstance(a, int) else None for a in axes] != [rank - 2]
        ):
            raise located(
                "pooling is known over the tokens of a block (the last axis but one)", node
            )
        pool = torch.mean if kind == "mean_pool" else torch.amax
        return [Statement(kind, lambda x: pool(x, -2))]

    def _scaled(self, node: fx.Node) -> list[Statement]:
        numbers = [arg for arg in node.args if isinstance(arg, int | float)]
        divides = node.target in (operator.truediv, torch.div, "div")
        if not numbers and not divides and len(node.args) == 2 and not node.kwargs:
            return [self._gained(node)]
        if len(numbers) != 1 or len(node.args) != 2 or node.kwargs:
            raise located(
                "a product of tensors is no layer; multiply by a number or by a fixed vector", node
            )
        if divides and numbers[0] is node.args[0]:
            raise self.unsupported(node)
        factor = Fraction(numbers[0])
        return [_scale(1 / factor if divides and factor else factor)]

    def _gained(self, node: fx.Node) -> Statement:
        """``x * g`` for a vector g that does not depend on the input."""
        first, second = node.args
        fixed = second if self.graph.depends(first) else first
        if self.graph.depends(fixed):
            raise located(
                "a product of two values that depend on the input has no global constant; "
                "only x * g with a fixed vector g is a layer",
                node,
            )
        name, constant = self._constant(fixed)
        vector = self._entries(node, constant)
        stored = name if constant.shape == vector.shape else f"{name}.gain"
        return Statement(f'gain gain="{self._name(stored, vector)}"', lambda x: x * vector)

    def _entries(self, node: fx.Node, constant: torch.Tensor) -> torch.Tensor:
        """One number an entry of a node's value, from a constant that is the same for all tokens.

        Raises:
            SpecError: it is not, or it changes the value's shape.
        """
        value, (operand,) = self.graph.values[node], self.graph.inputs(node)
        if self.graph.values[operand].shape != value.shape:
            raise located("a constant that changes the shape of its operand", node)
        rows = constant.to(value.dtype).expand(value.shape).reshape(-1, value.shape[-1])
        if not bool((rows == rows[0]).all()):
            raise located("a constant that differs from token to token is no layer", node)
        return rows[0].detach().clone()

    def _shifted(self, node: fx.Node) -> list[Statement]:
        """``x + c``: a linear layer with the identity for its matrix; c only shifts."""
        if node.kwargs or len(node.args) != 2:
            raise self.unsupported(node)
        first, second = node.args
        forward = self.graph.depends(first)
        subtracts = node.target in (operator.sub, torch.sub, "sub")
        value = self.graph.values[node]
        size = value.shape[-1]
        name, constant = self._constant(second if forward else first, like=value)
        entries = self._entries(node, constant)
        shift = -entries if subtracts and forward else entries
        sign = -1 if subtracts and not forward else 1
        matrix = sign * torch.eye(size, dtype=value.dtype)
        label = f"{name}.shift"
        return [self._linear("", f"{label}.matrix", matrix, (label, shift))]

    def _split(self, node: fx.Node) -> list[Statement]:
        """``x.chunk(h, -1)``: nothing yet; the parts are picked where they are taken out."""
        axis = self._argument(node, 2, "dim", 0)
        rank = self.graph.values[self.graph.inputs(node)[0]].ndim
        if not isinstance(axis, int) or axis % rank != rank - 1:
            raise located("only the last axis can be split", node)
        return []

    def _part(self, node: fx.Node, parts: Sequence[torch.Tensor], index: object) -> list[Statement]:
        if not isinstance(index, int):
            raise self.unsupported(node)
        sizes = [part.shape[-1] for part in parts]
        index %= len(sizes)
        start = sum(sizes[:index])
        identity = torch.eye(sum(sizes), dtype=parts[0].dtype)
        picked = identity[start : start + sizes[index]]
        return [self._linear("", f"{node.name}.pick", picked, None)]

    def _sliced(self, node: fx.Node) -> list[Statement]:
        """``x[..., a:b]``: a linear layer that picks entries."""
        (operand,) = self.graph.inputs(node)
        index = node.args[1]
        if isinstance(self.graph.values[operand], tuple):
            return self._part(node, self.graph.values[operand], index)
        index = index if isinstance(index, tuple) else (index,)
        value = self.graph.values[operand]
        whole = (Ellipsis, slice(None))
        inner, last = index[:-1], index[-1] if index else None
        full = Ellipsis in index or len(index) == value.ndim
        if not isinstance(last, slice) or not full or any(i not in whole for i in inner):
            raise located("only slices x[..., a:b] of the last axis are layers", node)
        size = value.shape[-1]
        bounds = (last.start, last.stop, last.step)
        if not all(b is None or isinstance(b, int) for b in bounds):
            raise self.unsupported(node)
        picked = torch.eye(size, dtype=value.dtype)[last]
        return [self._linear("", f"{node.name}.pick", picked, None)]

    def _constant(self, value: Any, like: torch.Tensor | None = None) -> tuple[str, torch.Tensor]:
        """Name and value of an operand that does not depend on the input."""
        if isinstance(value, fx.Node):
            tensor = self.graph.values[value]
            assert isinstance(tensor, torch.Tensor), "an operand that is no tensor"
            return (str(value.target) if value.op == "get_attr" else value.name), tensor
        assert like is not None, "a number where a tensor is needed"
        return "constant", torch.tensor(value, dtype=like.dtype)

    def _argument(self, node: fx.Node, index: int, name: str, *default: object) -> Any:
        if len(node.args) > index:
            return node.args[index]
        if name in node.kwargs:
            return node.kwargs[name]
        return default[0] if default else None

    def _name(self, name: str, tensor: torch.Tensor) -> str:
        """Keep a tensor under a name; under another one if the name is taken by another tensor."""
        stored = tensor.detach().contiguous()
        free, count = name, 1
        while free in self.tensors and not _same(self.tensors[free], stored):
            count += 1
            free = f"{name}.{count}"
        self.tensors[free] = stored
        return free


def _same(one: torch.Tensor, other: torch.Tensor) -> bool:
    return one.dtype == other.dtype and torch.equal(one, other)


def _exact(number: float) -> str:
    """A number as the spec language writes it, exactly."""
    return str(Fraction(number))


def _scale(factor: Fraction) -> Statement:
    return Statement(f"scale {factor}", lambda x: x * float(factor))
