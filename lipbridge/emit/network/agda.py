"""A network as an Agda module: stored integers, certificates, layers, one theorem."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.rules import Rule, template_kinds
from lipbridge.errors import InputError
from lipbridge.layers import Norm

_LIMIT = 64
"""Rows and columns of a matrix whose certificate Agda checks in seconds."""

_RULES = "agda/layers/"


@dataclass(frozen=True)
class _Tensor:
    """A stored tensor.

    Attributes:
        context: its numbers, and its certificate.
    """

    context: LeanMatrix

    @property
    def name(self) -> str:
        """Agda name; ``_`` would be a hole for an argument."""
        return f"tensor-{_plain(self.context.name)}"

    @cached_property
    def data(self) -> list[list[str]]:
        """Its numerators by rows, or by columns."""
        numerators = self.context.matrix.numerators
        numerators = numerators.T if self.context.by_columns else numerators
        return [[_signed(int(entry)) for entry in line] for line in numerators]

    @cached_property
    def factor(self) -> list[list[str]]:
        """The factor of its certificate; what is missing at the end of a row is 0."""
        assert self.context.certificate is not None, "only certified tensors have a factor"
        found: list[list[str]] = []
        for row in self.context.certificate.L:
            last = max((i for i, entry in enumerate(row, start=1) if entry), default=0)
            found.append([_signed(entry) for entry in row[:last]])
        return found


@dataclass(frozen=True)
class _Layer:
    """A layer.

    Attributes:
        context: its sizes and numbers.
        rule: what its template for Agda says.
        matrix: its matrix, where it has one.
        bias: its bias, where it has one.
    """

    context: LayerContext
    rule: Rule
    matrix: _Tensor | None
    bias: _Tensor | None

    @property
    def name(self) -> str:
        """Agda name of its function."""
        return f"layer-{_plain(self.context.name)}"

    def signed(self, entry: int) -> str:
        """An integer."""
        return _signed(entry)

    @property
    def value(self) -> str:
        """Entry ``j`` of its value at ``x``."""
        return self.rule.text("value", self, "x")

    @property
    def proof(self) -> str:
        """Proof of the square of its constant."""
        return self.rule.text("proof", self)


@dataclass(frozen=True)
class AgdaNetwork:
    """A network, ready to be rendered.

    Attributes:
        context: names and constants, as for Lean.
        layers: its layers.
        tensors: every tensor once.
    """

    context: NetworkContext
    layers: tuple[_Layer, ...]
    tensors: tuple[_Tensor, ...]

    @property
    def theorem(self) -> str:
        """The theorem's full name."""
        return f"{self.context.namespace}.Network.network-lipschitz"

    @property
    def statement(self) -> str:
        """The theorem's statement."""
        body = self.context.body
        over, under = self.context.constant.as_integer_ratio()
        return f"Lipschitz {body.input} {body.output} (nat {over}) (nat {under}) network"


def agda_network(context: NetworkContext) -> AgdaNetwork:
    """Take a network to Agda.

    Args:
        context: its names and numbers.

    Raises:
        InputError: naming the layer that has no rule for Agda, or the tensor that is too large.
    """
    network = context.network
    if len(network.parts) > 1 or network.local or network.norm is not Norm.EUCLIDEAN:
        raise InputError(
            f"network {network.name!r} has several or bounded inputs or another norm, for which "
            "there is no rule for Agda; export it for Lean"
        )
    tensors = {tensor.name: _Tensor(tensor) for tensor in context.tensors}
    layers: list[_Layer] = []
    for layer in context.body.layers:
        own = {role: tensors[found.name] for role, found in layer.tensors.items()}
        weight = None if layer.weight is None else tensors[layer.weight.name]
        layers.append(_Layer(layer, _rule(layer), weight, own.get("bias")))
    for tensor in tensors.values():
        matrix, certificate = tensor.context.matrix, tensor.context.certificate
        if max(matrix.rows, matrix.cols) > _LIMIT:
            raise InputError(
                f"tensor {matrix.name!r} is {matrix.rows}×{matrix.cols}; Agda checks up to "
                f"{_LIMIT}×{_LIMIT}: export it for Lean"
            )
        if certificate is not None and certificate.transpose and not certificate.T:
            raise InputError(f"tensor {matrix.name!r} is 0; leave the layer out")
    return AgdaNetwork(context, tuple(layers), tuple(tensors.values()))


def _rule(layer: LayerContext) -> Rule:
    """The rule of a layer; refuses one without."""
    kinds = template_kinds(_RULES)
    if layer.kind not in kinds:
        raise InputError(
            f"layer {layer.name!r}: {layer.kind} has no rule for Agda, which knows "
            f"{', '.join(kinds)}; export it for Lean"
        )
    if layer.weight is not None and layer.block > 1:
        raise InputError(
            f"layer {layer.name!r}: {layer.kind} on each of {layer.block} tokens has no rule for "
            "Agda; pool first, or export it for Lean"
        )
    return Rule(f"{_RULES}{layer.kind}.agda.jinja")


def _signed(entry: int) -> str:
    return f"plus {entry}" if entry >= 0 else f"minus {-entry}"


def _plain(name: str) -> str:
    return name.replace("_", "′")
