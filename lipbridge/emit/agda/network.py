"""A network as an Agda module: stored integers, certificates, layers, one theorem."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import jinja2

from lipbridge.certify import SpectralCertificate
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.rules import environment
from lipbridge.emit.network.tensor_context import TensorContext
from lipbridge.errors import InputError
from lipbridge.layers import Layer, Norm

__all__ = ["AgdaNetwork", "agda_network"]

_LIMIT = 64
"""Rows and columns of a matrix whose certificate Agda checks in seconds."""


@dataclass(frozen=True)
class _Tensor:
    """A stored tensor.

    Attributes:
        context: its numbers, and its certificate.
    """

    context: TensorContext

    @property
    def name(self) -> str:
        """Agda name; ``_`` would be a hole for an argument."""
        return f"tensor-{_plain(self.context.name)}"

    @property
    def source(self) -> str:
        """Where it comes from."""
        return self.context.source

    @property
    def certificate(self) -> SpectralCertificate | None:
        """Its certificate, absent for biases."""
        return self.context.certificate

    @property
    def rows(self) -> int:
        """Its rows."""
        return self.context.matrix.rows

    @property
    def cols(self) -> int:
        """Its columns."""
        return self.context.matrix.cols

    @property
    def denominator(self) -> int:
        """The common denominator of its entries."""
        return self.context.matrix.denominator

    @property
    def transposed(self) -> bool:
        """Whether it is kept by columns, as its certificate is about the transpose."""
        return self.certificate is not None and self.certificate.transpose

    @cached_property
    def data(self) -> list[list[str]]:
        """Its numerators by rows, or by columns."""
        numerators = self.context.matrix.numerators
        numerators = numerators.T if self.transposed else numerators
        return [[_signed(int(entry)) for entry in line] for line in numerators]

    @cached_property
    def factor(self) -> list[list[str]]:
        """The factor of its certificate; what is missing at the end of a row is 0."""
        assert self.certificate is not None, "only certified tensors have a factor"
        found: list[list[str]] = []
        for row in self.certificate.L:
            last = max((i for i, entry in enumerate(row, start=1) if entry), default=0)
            found.append([_signed(entry) for entry in row[:last]])
        return found


@dataclass(frozen=True)
class _Layer:
    """A layer.

    Attributes:
        context: its sizes and numbers.
        matrix: its matrix, where it has one.
        bias: its bias, where it has one.
    """

    context: LayerContext
    matrix: _Tensor | None
    bias: _Tensor | None

    @property
    def layer(self) -> Layer:
        """The layer's facts."""
        return self.context.layer

    @property
    def name(self) -> str:
        """Agda name of its function."""
        return f"layer-{_plain(self.context.name)}"

    @property
    def kind(self) -> str:
        """Its keyword."""
        return self.context.kind

    @property
    def input(self) -> int:
        """Size of its input."""
        return self.context.input

    @property
    def output(self) -> int:
        """Size of its output."""
        return self.context.output

    @property
    def block(self) -> int:
        """Tokens of its input."""
        return self.context.block

    @property
    def width(self) -> int:
        """Dimension of a token of its input."""
        return self.context.width

    def signed(self, entry: int) -> str:
        """An integer."""
        return _signed(entry)

    @property
    def value(self) -> str:
        """Entry ``j`` of its value at ``x``."""
        return self._printed("value", "x")

    @property
    def proof(self) -> str:
        """Proof of the square of its constant."""
        return self._printed("proof")

    def _printed(self, macro: str, *arguments: str) -> str:
        rule = environment().get_template(_rule(self.kind)).module
        return str(getattr(rule, macro)(self, *arguments)).strip()


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
    def name(self) -> str:
        """The network's name."""
        return self.context.body.name

    @property
    def module(self) -> str:
        """The module's name."""
        return self.context.namespace

    @property
    def input(self) -> int:
        """Size of the input."""
        return self.context.body.input

    @property
    def output(self) -> int:
        """Size of the output."""
        return self.context.body.output

    @property
    def denominators(self) -> tuple[int, ...]:
        """Those whose reciprocal it uses."""
        return self.context.denominators

    @property
    def bound(self) -> str:
        """The constant."""
        return self.context.bound

    @property
    def over(self) -> int:
        """N of the constant N/D."""
        return self.context.constant.numerator

    @property
    def under(self) -> int:
        """D of the constant N/D."""
        return self.context.constant.denominator

    @property
    def theorem(self) -> str:
        """The theorem's full name."""
        return f"{self.module}.Network.network-lipschitz"

    @property
    def statement(self) -> str:
        """The theorem's statement."""
        return f"Lipschitz {self.input} {self.output} (nat {self.over}) (nat {self.under}) network"


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
        _refuse(layer)
        own = {role: tensors[found.name] for role, found in layer.tensors.items()}
        weight = None if layer.weight is None else tensors[layer.weight.name]
        layers.append(_Layer(layer, weight, own.get("bias")))
    for tensor in tensors.values():
        if max(tensor.rows, tensor.cols) > _LIMIT:
            raise InputError(
                f"tensor {tensor.context.matrix.name!r} is {tensor.rows}×{tensor.cols}; Agda "
                f"checks up to {_LIMIT}×{_LIMIT}: export it for Lean"
            )
        certificate = tensor.certificate
        if certificate is not None and certificate.transpose and not certificate.T:
            raise InputError(f"tensor {tensor.context.matrix.name!r} is 0; leave the layer out")
    return AgdaNetwork(context, tuple(layers), tuple(tensors.values()))


def _refuse(layer: LayerContext) -> None:
    """Refuse a layer without a rule."""
    try:
        environment().get_template(_rule(layer.kind))
    except jinja2.TemplateNotFound:
        raise InputError(
            f"layer {layer.name!r}: {layer.kind} has no rule for Agda, which knows "
            f"{', '.join(_kinds())}; export it for Lean"
        ) from None
    if layer.weight is not None and layer.block > 1:
        raise InputError(
            f"layer {layer.name!r}: {layer.kind} on each of {layer.block} tokens has no rule for "
            "Agda; pool first, or export it for Lean"
        )


def _rule(kind: str) -> str:
    return f"agda/layers/{kind}.agda.jinja"


def _kinds() -> list[str]:
    start, end = _rule(" ").split(" ")
    names = environment().list_templates(filter_func=lambda name: name.startswith(start))
    return sorted(name.removeprefix(start).removesuffix(end) for name in names)


def _signed(entry: int) -> str:
    return f"plus {entry}" if entry >= 0 else f"minus {-entry}"


def _plain(name: str) -> str:
    return name.replace("_", "′")
